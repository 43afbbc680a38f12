package scenarios

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
)

// windy is somebody in air of a temperature, which a second step may change, and in a wind that an attacker makes after a
// minute.
const windy = `scenario: windy
run: %s
system:
  devices:
    fan: {is: plc, owner: hvac, scan: 1s, settings: {blow: 0 m/s}, outputs: {w: {value: blow}}}
    kiln: {is: plc, owner: works, scan: 1s, settings: {set: %s}, outputs: {t: {value: set}}}
    room: {is: custom, inputs: {w: {wired: fan.w}, t: {wired: kiln.t}}, signals: {air: {value: t, unit: degC}, wind: {value: w, unit: m/s}}}
    bert: {is: person, role: resident, temperature: room.air, wind: room.wind%s}
timeline:
  - {at: 1m, attack: modify, name: storm, signal: fan.blow, value: 15 m/s}%s
invariants:
  bert: {always: bert.worst < 1}
`

// Harm by what has added up of air is blamed on who made that add up, and on nobody else: a wind is behind frost that came
// sooner by it, but not behind air that is cold for hours, nor behind a burn.
func TestHarmByADoseHasItsCauses(t *testing.T) {
	const overfire = "\n  - {at: 2m, attack: modify, name: overfire, signal: kiln.set, value: 120 degC}"
	for name, c := range map[string]struct {
		lasts, air, waits, also string
		severity                harm.Severity
		began                   string
	}{
		"the wind has skin freeze":             {"15m", "-20 degC", ", lasts: 24h", "", harm.Serious, "storm"},
		"cold air lasts, wind or not":          {"2h", "5 degC", "", "", harm.Irreversible, ""},
		"hot air adds up, wind or not":         {"10m", "60 degC", ", lasts: 24h", "", harm.Slight, ""},
		"a furnace is overfired, wind or not":  {"30m", "20 degC", ", lasts: 24h", overfire, harm.Irreversible, "overfire"},
		"hot air at once, by what it is alone": {"4m", "30 degC", ", lasts: 0s", overfire, harm.Irreversible, "overfire"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse("windy.yaml", fmt.Appendf(nil, windy, c.lasts, c.air, c.waits, c.also))
			r := explained(t, s, err)
			require.Equal(t, c.severity, r.Harm[0].Severity)
			assert.Equal(t, c.began, beganBy(r, r.Harm[0].Causes), "who harmed")
			violated, err := r.Invariant("bert")
			require.NoError(t, err)
			assert.Equal(t, c.began, beganBy(r, violated.Causes), "who violated what forbids it")
			assert.Empty(t, r.Harm[0].Let)
		})
	}
}

// beganBy is the name of the step that causes end in, empty where they end in none.
func beganBy(r *sim.Result, causes []sim.Cause) string {
	if n := len(causes); n > 0 && causes[n-1].Injection >= 0 {
		return r.Injections[causes[n-1].Injection].Step.Name
	}
	return ""
}
