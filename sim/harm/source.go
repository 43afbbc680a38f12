package harm

// sources are who says how badly each exposure harms, where that holds, and what is counted
// elsewhere.
var sources = [...]struct{ exposure, text string }{
	{"contact", "ISO/TS 15066, annex A, which holds up to the limit; how badly more than that harms is our choice"},
	{"separation", "our choice: contact of unknown force counts as irreversible"},
	{"glucose", "ADA, ATTD and Cryer 2007, from 18 to 600 mg/dL; below that is death"},
	{"collision", "Joksch 1993 up to 31.7 m/s for who is in a car, Tefft 2013 from 7.6 to 24.4 m/s for who is hit; above that is death"},
	{"temperature", "Collins 1986 down to 0 degC, heat index of the NWS up to 43.3 degC of air; beyond that is irreversible or death"},
	{"co", "UL 2034 and WHO EHC 213, up to 40 % of COHb; above that as the equation has it"},
	{"gas", "Crowl and Louvar, from 0.1 to 99.9 % of death"},
	{"overpressure", "Clancey 1972, Crowl and Louvar"},
}

// Source says by whom an exposure is judged, and where that holds; nothing of what is none.
func Source(exposure string) string {
	for i := range sources {
		if sources[i].exposure == exposure {
			return sources[i].text
		}
	}
	return ""
}
