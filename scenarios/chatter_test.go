package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// Guards that rise without end are named: rules that undo one another at one
// level, a ball that bounces ever faster (its bounces end at (1+e)/(1-e) times the
// first fall, sqrt(2h/g)).
func TestGuardsThatChatter(t *testing.T) {
	trials.Long(t)
	const head = "scenario: chatter\nabout: A guard that chatters\nrun: 100s\nsystem:\n  devices:\n"
	for _, c := range []struct {
		name, devices, signal string
		after, before         float64 // s
	}{
		{"rules", `    d:
      is: custom
      signals: {x: {start: 1, rate: -1 + 2 * u}, u: {start: 0}}
      rules:
        - {when: x > 1, set: {u: 0}}
        - {when: x < 1, set: {u: 1}}
`, "d.rule 2", 0, 0.001},
		{"rules and a pump", `    tank: {is: tank, area: 1 m2, height: 4 m, level: 2 m, inflow: pump.flow, outflow: 10 L/s}
    pump: {is: pump, rate: 20 L/s, run: {wired: c.on}}
    c:
      is: custom
      inputs: {l: tank.level}
      signals: {on: {start: false}}
      rules:
        - {when: l > 2, set: {on: false}}
        - {when: l < 2, set: {on: true}}
`, "c.rule 2", 0, 0.001},
		{"ball", `    b:
      is: custom
      signals: {h: {start: 1, rate: v}, v: {start: 0, rate: '-9.81'}}
      rules:
        - {when: h < 0, set: {v: -0.99 * v, h: 0}}
`, "b.rule 1", 89.8, 89.9}, // sqrt(2/9.81) * 1.99/0.01 = 89.85
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse("chatter.yaml", []byte(head+c.devices))
			require.NoError(t, err)
			_, err = sim.Run(context.Background(), s.Plan)
			var stuck *plant.StuckError
			require.ErrorAs(t, err, &stuck)
			require.Equal(t, c.signal, stuck.Signal)
			require.Contains(t, stuck.Reason, "give it a band")
			require.Greater(t, stuck.At.Seconds(), c.after)
			require.Less(t, stuck.At.Seconds(), c.before)
		})
	}
}

// A guard that rises every 25 microseconds, as x does that grows by 1/s and is set
// back by 25e-6 each time, is let go on, and told of.
func TestRestlessGuardsAreToldOf(t *testing.T) {
	s, err := Parse("restless.yaml", []byte(`scenario: restless
about: A guard that is restless
run: 3s
system:
  devices:
    d:
      is: custom
      signals: {x: {start: 0, rate: 1}, back: {start: 0.000025}}
      rules:
        - {when: x > 1, set: {x: 1 - back}}
`))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Len(t, r.Restless, 1)
	require.Equal(t, "d.rule 1", r.Restless[0].Guard)
	require.Equal(t, uint64(2*32768), r.Restless[0].Rises)
	require.InDelta(t, 25e-6, r.Restless[0].Apart.Seconds(), 2e-9) // of the later half: the first rise is at 1 s
}
