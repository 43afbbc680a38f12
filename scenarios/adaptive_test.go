package scenarios_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// scripted logs in with what the maker ships; another way in is a weakness.
const scripted = "scenario: scripted" + `
run: 1d
seed: 3
system:
  devices:
    tower: {is: tank, area: 30 m2, height: 4 m, level: 2 m, inflow: pump.flow, outflow: draw.flow}
    draw: {is: demand, profile: [[0s, 20 L/s]]}
    pump: {is: pump, rate: 50 L/s, run: plc.command}
    gauge: {is: level-gauge, of: tower.level, every: 1m}
    plc: {is: hysteresis, reads: gauge.level, low: 1.5 m, high: 2.5 m}
    ews: {is: custom, signals: {}, weaknesses: {spooler: {}}, remote: [shipped]}
    pc: {is: custom, signals: {}}
  credentials: {shipped: {kind: password, default: true, held_by: [ews]}}
  attackers: {mallory: {at: pc, knows: all}}
timeline:
  - {at: 1h, name: enter, attack: login, from: pc, to: ews, with: default}
  - {after: enter, delay: 10m, name: go-on, attack: pivot, from: pc, to: ews}
  - {after: go-on, delay: 10m, name: raise, attack: download, from: ews, to: plc, set: {high: 4.5 m}}
invariants: {no-overflow: {always: tower.level < tower.height}}
expect: {violated: {no-overflow: {}}}
barriers:
  no-default: {cost: 1, remove: shipped}
  patch: {cost: 1, patch: spooler}
`

// Off its script an attacker takes the way that the script left out.
func TestAttackersOffTheirScript(t *testing.T) {
	s, err := scenarios.Parse("scripted.yaml", []byte(scripted))
	require.NoError(t, err)
	violated := func(p *sim.Plan, err error) bool {
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), p)
		require.NoError(t, err)
		return len(r.Violations()) > 0
	}
	for _, c := range []struct {
		raise            []string
		script, unscript bool
	}{
		{nil, true, true},
		{[]string{"no-default"}, false, true},
		{[]string{"patch"}, true, true},
		{[]string{"no-default", "patch"}, false, false},
	} {
		if len(c.raise) > 0 {
			require.Equal(t, c.script, violated(s.Fortified(c.raise...)), "%v by the script", c.raise)
		}
		require.Equal(t, c.unscript, violated(s.Adaptive(c.raise...)), "%v without it", c.raise)
	}
}

// Of every scenario of the library, of each third without -long, attackers can be let off
// their script, or there are none who act from a foothold.
func TestAttackersOfTheLibraryOffTheirScript(t *testing.T) {
	trials.Long(t)
	for i, e := range scenarios.Library() {
		if i%3 > 0 && !trials.Asked() {
			continue
		}
		if s, err := scenarios.Load(e.Name); assert.NoError(t, err) {
			_, err = s.Adaptive()
			assert.NoError(t, err, e.Name)
		}
	}
}
