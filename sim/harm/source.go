package harm

import "slices"

// Models of air, each with a source of its own.
const (
	ColdRoom    = "cold"
	HeatIndexed = "heat"
	HotAirDose  = "hot air"
	FrostDose   = "frost"
)

// sources are who says how badly each exposure harms, where that holds, and what is counted
// elsewhere. An exposure that is judged by several models has one for each.
var sources = [...]struct{ exposure, model, text string }{
	{"contact", "", "ISO/TS 15066, annex A, which holds up to the limit; how badly more than that harms is our choice"},
	{"separation", "", "our choice: contact of unknown force counts as irreversible"},
	{"glucose", "", "ADA, ATTD, Cryer 2007 and Kitabchi 2009, from 18 to 600 mg/dL; beyond that, to either side, is death"},
	{"collision", "", "Joksch 1993 up to 31.7 m/s for who is in a car, Tefft 2013 from 7.6 to 24.4 m/s for who is hit, of 15 or more; who is hit slower is counted as serious, faster is death"},
	{"temperature", ColdRoom, "Collins 1986 down to 0 degC, for who sits in a room, and no more than a hint out of doors: colder is death once it has lasted"},
	{"temperature", HeatIndexed, "heat index of the NWS up to 43.3 degC of air"},
	{"temperature", HotAirDose, "hotter air by its dose, ISO 13571 and Purser 2016, up to 180 degC"},
	{"temperature", FrostDose, "frost on bare skin by its dose, Nelson 2002"},
	{"co", "", "UL 2034 and WHO EHC 213, up to 40 % of COHb; above that as the equation has it, held at 100 %"},
	{"gas", "", "Crowl and Louvar, from 0.1 to 99.9 % of death, and nothing of injuries; hydrogen fluoride: AEGL of US EPA and NRC, up to AEGL-3"},
	{"overpressure", "", "Clancey 1972, Crowl and Louvar"},
	{"thermal_radiation", "", "TNO Green Book, on bare skin, from 1 kW/m2 and up to 99.9 % of death; more is death"},
}

// Source says by whom an exposure is judged, and where that holds; nothing of what is none. Where models are
// named only those are told, and all where none of them is known.
func Source(exposure string, models ...string) (text string) {
	known := func(model string) bool { return model != "" && slices.Contains(models, model) }
	any := slices.ContainsFunc(sources[:], func(s struct{ exposure, model, text string }) bool {
		return s.exposure == exposure && known(s.model)
	})
	for i := range sources {
		if s := &sources[i]; s.exposure == exposure && (!any || known(s.model)) {
			if text != "" {
				text += "; "
			}
			text += s.text
		}
	}
	return text
}
