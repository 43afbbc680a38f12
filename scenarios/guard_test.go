package scenarios

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// ranText runs a scenario and returns what it did.
func ranText(t *testing.T, text string) (*sim.Result, *sim.History) {
	t.Helper()
	s, err := Parse("guarded.yaml", []byte(text))
	require.NoError(t, err)
	h := &sim.History{}
	r, err := sim.Run(context.Background(), s.Plan, sim.Record(h))
	require.NoError(t, err)
	return r, h
}

// valueAt is the value of a signal after so many seconds.
func valueAt(t *testing.T, h *sim.History, path string, seconds float64) float64 {
	t.Helper()
	s, err := h.Signal(path)
	require.NoError(t, err)
	return s.At(vtime.Time(vtime.FromSeconds(seconds)))
}

// A check that trips makes the device safe and shuts it to all that it is told, until
// somebody resets it.
func TestTripAndReset(t *testing.T) {
	_, h := ranText(t, `scenario: tripped
run: 1m
system:
  devices:
    a: {is: custom, signals: {speed: {start: 1}}, rules: [{every: 1s, set: {speed: speed + 1}}]}
    motor:
      is: custom
      inputs: {wanted: a.speed}
      signals: {doing: {start: 0}}
      rules: [{every: 100ms, set: {doing: wanted}}]
      checks: [{range: [0, 10], of: wanted, reaction: trip}]
      safe: {wanted: 0}
timeline:
  - {at: 20.5s, act: reset, device: motor}
`)
	at := func(path string, seconds float64) float64 { return valueAt(t, h, path, seconds) }
	// The speed is n+2 from n s on: 10 at 8 s, 11 at 9 s, which trips. All later ones are
	// refused, and so is the first after the reset, which trips again.
	require.Equal(t, []float64{10, 0, 0, 0}, []float64{at("motor.doing", 8.9), at("motor.doing", 9.2), at("motor.doing", 19), at("motor.doing", 59)})
	require.Equal(t, []float64{0, 1, 0, 1}, []float64{at("motor.latched", 8.9), at("motor.latched", 9.1), at("motor.latched", 20.7), at("motor.latched", 21.1)})
	require.Equal(t, 51.0, at("motor.refused", 59.5))
}

// What the plant can answer for is the share of commands that were authenticated,
// authorised and written down.
func TestAccountable(t *testing.T) {
	const text = `scenario: accounted
run: 1m
seed: 1
system:
  devices:
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    pump: {is: pump, rate: 10 L/s, run: plc.run, %s}
    clock: {is: custom, signals: {up: {start: true}}}
    plc: {is: custom, signals: {run: {start: false}}, rules: [{every: 1s, set: {run: not run}}]}
  credentials: {key: {held_by: [plc]}}
timeline:
  - {at: 30.5s, attack: command, signal: pump.run, value: true}
invariants:
  answered: {always: accountable >= 1}
  half: {always: accountable > 0.5}
`
	const checks = "checks: [{authenticate: key}, {authorise: [{who: plc}]}]"
	for with, answered := range map[string]uint64{
		"owner: a": 0, checks: 0, checks + ", log: {keep: 9}": 60, "log: {keep: 9}, checks: [{authenticate: key}]": 0,
	} {
		for _, assumed := range []bool{true, false} {
			text, commands := strings.Replace(text, "%s", with, 1), uint64(61)
			if !assumed { // for what is assumed nobody can answer
				text, commands = strings.Replace(text, "at: 30.5s", "at: 2m", 1), 60
			}
			r, _ := ranText(t, text)
			require.Equal(t, sim.Accounts{Commands: commands, Answered: answered}, r.Accounts, with)
			for name, least := range map[string]float64{"answered": 1, "half": 0.5} {
				verdict, err := r.Verdict(name)
				require.NoError(t, err)
				require.Equal(t, r.Accounts.Share() >= least, verdict == monitor.Holds)
			}
		}
	}
}
