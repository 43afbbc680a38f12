package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// Commands are those that came and were acted on: what is lost on the way, or comes to a
// device that is down, or is held by a check, moved nothing. 61 are sent, one a second;
// the last one is on its way when the run ends.
func TestCommandsAreWhatWasActedOn(t *testing.T) {
	const text = `scenario: acted-on
run: 1m
seed: 1
system:
  devices:
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    pump: {is: pump, rate: 10 L/s, run: plc.run PUMP}
    plc: {is: custom, signals: {run: {start: false}}, rules: [{every: 1s, set: {run: not run}}]}
  zones: {field: [tank, pump], control: [plc]}
  conduits: {lan: {joins: [field, control], latency: 5ms, loss: LOSS}}
timeline:
  - {at: 20.5s, fault: crash, device: pump, for: DOWN}
invariants: {ASKED}
`
	for _, c := range []struct {
		pump, loss, down, asked string
		commands                uint64
	}{
		{"", "0%", "1ms", "", 60},
		{"", "100%", "1ms", "", 0},
		{"", "0%", "10s", "", 50},
		{"", "0%", "10s", "share: {always: accountable <= 1}", 50},
		{", checks: [{interlock: time < 40.5, reaction: hold}]", "0%", "10s", "", 31},
		{", checks: [{interlock: time < 40.5, reaction: reject}]", "0%", "10s", "share: {always: accountable <= 1}", 31},
	} {
		r, _ := ranText(t, strings.NewReplacer(" PUMP", c.pump, "LOSS", c.loss, "DOWN", c.down, "ASKED", c.asked).Replace(text))
		require.Equal(t, sim.Accounts{Commands: c.commands}, r.Accounts, "%+v", c)
	}
}

// What decided that a command came or not could have mattered to the share of those
// that are answered for.
func TestTheShareIsUnderTheInfluenceOfWhatNeverCame(t *testing.T) {
	const text = `scenario: kept-away
run: 20s
system:
  devices:
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    pump: {is: pump, rate: 10 L/s, run: plc.run}
    plc: {is: custom, signals: {run: {start: false}}, rules: [{every: 2s, set: {run: not run}}]}
timeline:
  - {at: 1s, attack: drop, name: cut, signal: plc.run, receiver: pump}
invariants: {asked: {eventually: accountable < 0}}
`
	r, _ := ranText(t, text)
	i, err := r.Invariant("asked")
	require.NoError(t, err)
	require.EqualValues(t, 1, r.Accounts.Commands, "at the start")
	require.NotContains(t, i.Untouched, 0)
}
