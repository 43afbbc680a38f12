package scenarios

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// cast is what the examples of kinds are wired to.
var cast = map[string]string{
	"tower":    "{is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}",
	"pump":     "{is: pump, rate: 50 L/s, run: plc.command, inhibit: {wired: float.tripped}}",
	"gauge":    "{is: level-gauge, of: tower.level, every: 1s}",
	"float":    "{is: float-switch, of: tower.level, trips: 3.8 m}",
	"inlet":    "{is: valve, rate: 2 m3/h, travel: 10s, open: plc.inlet}",
	"plc":      "{is: custom, signals: {command: {start: false}, inlet: {start: false}, frequency: {start: 1064 Hz}}}",
	"drive":    "{is: frequency-drive, starts: 1064 Hz}",
	"rotor":    "{is: rotor, frequency: drive.frequency}",
	"patient":  "{is: bergman-patient, insulin: infusion.flow}",
	"infusion": "{is: custom, signals: {flow: {start: 1 U/h, rate: 0 * flow / \"1 s\"}}}",
	"meter":    "{is: telemetry, every: 15m, count: 100}",
	"phone":    "{is: portal, count: 100}",
	"filter":   "{is: custom, signals: {pressure: {start: 10 kPa, rate: 0 * pressure / \"1 s\"}}}",
}

// aboutPeople is whom the example of a store is about, and what it is for.
const aboutPeople = "  purposes: [billing]\n  subjects: {resident: {count: 100}}\n"

// What `harmproof doc KIND` shows to paste, runs.
func TestExamplesOfKindsRun(t *testing.T) {
	catalog, err := Catalog()
	require.NoError(t, err)
	for _, k := range catalog.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			require.NotEmpty(t, k.Example)
			own := regexp.MustCompile(`(?m)^(\w+):`).FindStringSubmatch(k.Example)
			require.NotEmpty(t, own)
			text := "scenario: example\nrun: 10s\nsystem:\n"
			if k.Name == "store" {
				text += aboutPeople
			}
			text += "  devices:\n"
			for _, name := range slices.Sorted(maps.Keys(cast)) {
				if name == own[1] || name == "inlet" && own[1] == "plc" || name == "pump" && own[1] == "plc" && k.Name == "plc" {
					continue
				}
				if name == "tower" && own[1] == "plc" {
					text += "    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m}\n"
					continue
				}
				text += "    " + name + ": " + cast[name] + "\n"
			}
			text += "    " + strings.ReplaceAll(k.Example, "\n", "\n    ") + "\n"
			s, err := Parse("example.yaml", []byte(text))
			require.NoError(t, err, text)
			_, err = sim.Run(context.Background(), s.Plan)
			assert.NoError(t, err)
		})
	}
}
