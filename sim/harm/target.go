package harm

// A Target is what a safety function is made for: between which failures it may be, [low, high).
type Target struct {
	Name, Standard string
	// Demand is the average probability that it fails when it is demanded, where that is once
	// a year or less often; 0 where the standard knows none.
	Demand [2]float64
	// Hourly is how often it fails dangerously in an hour, where it is demanded more often.
	Hourly [2]float64
}

// targets are those of IEC 61508-1, tables 2 and 3, and of ISO 13849-1, table 2.
var targets = [...]Target{
	{"SIL 1", "IEC 61508", [2]float64{1e-2, 1e-1}, [2]float64{1e-6, 1e-5}},
	{"SIL 2", "IEC 61508", [2]float64{1e-3, 1e-2}, [2]float64{1e-7, 1e-6}},
	{"SIL 3", "IEC 61508", [2]float64{1e-4, 1e-3}, [2]float64{1e-8, 1e-7}},
	{"SIL 4", "IEC 61508", [2]float64{1e-5, 1e-4}, [2]float64{1e-9, 1e-8}},
	{"PL a", "ISO 13849-1", [2]float64{}, [2]float64{1e-5, 1e-4}},
	{"PL b", "ISO 13849-1", [2]float64{}, [2]float64{3e-6, 1e-5}},
	{"PL c", "ISO 13849-1", [2]float64{}, [2]float64{1e-6, 3e-6}},
	{"PL d", "ISO 13849-1", [2]float64{}, [2]float64{1e-7, 1e-6}},
	{"PL e", "ISO 13849-1", [2]float64{}, [2]float64{1e-8, 1e-7}},
}

// Targets are the names of the targets, from the least of each standard on.
func Targets() (names []string) {
	for i := range targets {
		names = append(names, targets[i].Name)
	}
	return names
}

// TargetOf returns the target of a name, such as SIL 2 or PL d.
func TargetOf(name string) (Target, bool) {
	for _, t := range targets {
		if t.Name == name {
			return t, true
		}
	}
	return Target{}, false
}
