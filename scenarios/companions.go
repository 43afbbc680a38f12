package scenarios

import (
	"regexp"
	"slices"
	"strings"
)

// A companion is a device that examples of kinds are wired to.
type companion struct{ name, text string }

// companions are what a file needs besides for an example to run; each may need others.
var companions = []companion{
	{"tower", " {is: tank, area: 3 m2, height: 4 m, level: 2 m}"},
	{"pump", " {is: pump, rate: 50 L/s}"},
	{"gauge", " {is: level-gauge, of: tower.level, every: 1s}"},
	{"float", " {is: float-switch, of: tower.level, trips: 3.8 m}"},
	{"inlet", " {is: valve, rate: 2 m3/h, travel: 10s}"},
	{"plc", "\n  is: custom\n  signals: {command: {start: true}, inlet: {start: true}, frequency: {start: 1064 Hz}}"},
	{"drive", " {is: frequency-drive, starts: 1064 Hz}"},
	{"rotor", " {is: rotor, frequency: drive.frequency}"},
	{"patient", " {is: bergman-patient, insulin: infusion.flow}"},
	{"infusion", " {is: custom, signals: {flow: {value: '\"1 U/h\"'}}}"},
	{"meter", " {is: telemetry, every: 15m, count: 100}"},
	{"phone", " {is: portal, count: 100}"},
	{"filter", " {is: custom, signals: {pressure: {value: '\"10 kPa\"'}}}"},
}

// aboutPeople is what the example of a store is about, and what for.
var aboutPeople = []string{"purposes: [billing]", "subjects: {resident: {count: 100}}"}

var dotted = regexp.MustCompile(`\b([a-z]\w*)\.[a-z]`)

// Companions returns the devices that an example is wired to and does not have itself, one after the other, and what has to stand
// below `system:` for it.
func Companions(example string) (devices, system []string) {
	text := "\n" + example
	for i := 0; i < len(companions); i++ {
		c := &companions[i]
		needs := slices.ContainsFunc(dotted.FindAllStringSubmatch(text, -1), func(m []string) bool { return m[1] == c.name })
		if line := c.name + ":" + c.text; needs && !strings.Contains(text, "\n"+c.name+":") {
			devices = append(devices, line)
			text += "\n" + line
			i = -1 // which may need one that comes before it
		}
	}
	if strings.Contains(example, "purpose: billing") {
		system = aboutPeople
	}
	return devices, system
}
