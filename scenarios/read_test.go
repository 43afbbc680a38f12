package scenarios

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// doorRead is a pump that refuses to stop while its interlock does not hold, which reads
// the door that somebody has opened.
const doorRead = `scenario: readings
run: 1m
system:
  devices:
    door: {is: custom, signals: {shut: {start: true}}}
    plc: {is: custom, signals: {run: {start: true}}, rules: [{every: 10s, set: {run: time < 15}}]}
    pump: {is: custom, inputs: {run: plc.run, closed: door.shut}, signals: {on: {value: run}}, checks: [{interlock: closed, of: run, name: door-shut}]}
timeline:
  - {at: 18s, act: set, name: open-door, signal: door.shut, value: false}
invariants:
  stops: {whenever: time > 30, then: not pump.on}
`

// A decision is linked to what the check read, and that to who made it so.
func TestADecisionIsLinkedToWhatItRead(t *testing.T) {
	s, err := Parse("readings.yaml", []byte(doorRead))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
	require.NoError(t, err)
	require.NotEmpty(t, r.Decisions)
	d := &r.Decisions[0]
	require.Len(t, d.Read, 1)
	assert.Equal(t, "pump.closed", r.Plan.Signals.At(d.Read[0].Slot).Path())
	assert.Zero(t, d.Read[0].Value)

	i, err := r.Invariant("stops")
	require.NoError(t, err)
	require.NotNil(t, i.Tree)
	check := slices.IndexFunc(i.Tree.Links, func(l sim.Link) bool { return l.Kind == sim.CheckCause && l.Check != "" })
	require.GreaterOrEqual(t, check, 0)
	assert.Contains(t, i.Tree.Links[check].Check, "door-shut")
	read := slices.IndexFunc(i.Tree.Links, func(l sim.Link) bool { return l.Effect == check && l.Signal.Path() == "pump.closed" })
	require.GreaterOrEqual(t, read, 0, "the signal that the check read")
	for k := range i.Tree.Links {
		assert.LessOrEqual(t, i.Tree.Links[k].At, i.At)
		if e := i.Tree.Links[k].Effect; e >= 0 {
			assert.LessOrEqual(t, i.Tree.Links[k].At, i.Tree.Links[e].At, "no cause is later than its effect")
		}
	}
	assert.Equal(t, 0, i.Tree.Links[slices.IndexFunc(i.Tree.Links, func(l sim.Link) bool { return l.Effect == read })].Injection, "who opened the door")
}
