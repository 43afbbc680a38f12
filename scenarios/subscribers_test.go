package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
)

// What of a grant changes in a run is asked for those who subscribe as well: hours, mode
// and while. The level rises by 10 mm/s from 2 m and is told once a second; the broker
// hears of it 5 ms later.
func TestGrantsOfSubscribersChange(t *testing.T) {
	const publisher = "{who: gauge, verb: publish}, "
	for _, c := range []struct {
		checks string
		told   func(second int) bool
	}{
		{"{authorise: [" + publisher + "{who: plc, verb: subscribe, hours: [0h, 5s]}]}", func(s int) bool { return s < 5 }},
		{"{authorise: [" + publisher + "{who: plc, verb: subscribe, hours: [5s, 10s]}]}", func(s int) bool { return s >= 5 && s < 10 }},
		{"{authorise: [" + publisher + "{who: plc, verb: subscribe, mode: gauge_level < 2.085}]}", func(s int) bool { return s <= 8 }},
		{"{authorise: [" + publisher + "{who: pump, verb: subscribe}], while: gauge_level > 2.085}", func(s int) bool { return s <= 8 }},
		{"{authorise: [" + publisher + "{who: plc, verb: subscribe, mode: gauge_level < 2.085}], reaction: alarm}", func(int) bool { return true }},
		{"{authorise: [" + publisher + "{who: plc, verb: subscribe, mode: gauge_level < 2.085}], off: true}", func(int) bool { return true }},
	} {
		r, h := ran(t, brokered, "15s", "1s", "subscribe: gauge.level, via: bus", ", checks: ["+c.checks+"]", "0%", "0%", "")
		var want []news
		for _, n := range heard(t, h, "bus.gauge_level", 0) {
			if c.told(int(n.at.Seconds())) {
				want = append(want, n)
			}
		}
		got := heard(t, h, "plc.reads", 7*ms)
		require.NotEmpty(t, want)
		assert.Equal(t, want, got, c.checks)
		for _, d := range r.Decisions {
			assert.Equal(t, "authorise", d.Check)
			assert.Equal(t, "plc", d.Claimed, "who subscribes")
			assert.Equal(t, "gauge_level", d.Object)
		}
		if len(got) < 14 {
			assert.NotEmpty(t, r.Decisions, c.checks)
		}
	}
}

// What changes a grant could have mattered to who is told by it.
func TestAGrantIsACause(t *testing.T) {
	const checks = ", checks: [{authorise: [{verb: publish}, {who: plc, verb: subscribe, mode: gauge_level < 20}]}]"
	r, _ := ran(t, brokered, "15s", "1s", "subscribe: gauge.level, via: bus", checks, "0%", "0%", `timeline:
  - {at: 5.5s, name: shut, attack: command, signal: bus.gauge_level, value: 25 m}
  - {at: 6.2s, name: deaf, attack: block, signal: gauge.level, receiver: bus}
invariants:
  told: {eventually: 'plc.reads > 2.08'}
`)
	i, err := r.Invariant("told")
	require.NoError(t, err)
	require.NotContains(t, i.Untouched, 0)
	require.NotEmpty(t, r.Decisions)
}

// So could what changes a grant only by something else that was published.
func TestAGrantIsACauseByAnotherTopic(t *testing.T) {
	s, err := Parse("granted.yaml", []byte(`scenario: granted
run: 15s
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 40 m, level: 2 m, inflow: feed.flow}
    feed: {is: demand, profile: [[0s, 108 m3/h]]}
    gauge: {is: level-gauge, of: tower.level, every: 1s, high: 50 m}
    door: {is: custom, signals: {shut: {start: true}}}
    lamp: {is: custom, inputs: {shut: {subscribe: door.shut, via: bus}}, signals: {on: {value: not shut}}}
    plc: {is: hysteresis, reads: {subscribe: gauge.level, via: bus}, low: 30 m, high: 35 m}
    bus:
      is: mqtt-broker
      checks: [{authorise: [{verb: publish}, {who: lamp, verb: subscribe}, {who: plc, verb: subscribe, mode: door_shut}]}]
timeline:
  - {at: 5.5s, name: open, act: set, signal: door.shut, value: false}
invariants:
  told: {eventually: 'told(gauge.level, plc) > 2.08'}
`))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
	require.NoError(t, err)
	require.Equal(t, monitor.Violated, r.Invariants[0].Verdict)
	require.True(t, r.Invariants[0].Tree.Has(0), "it was not told because the door was open")
}
