package sim_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/floatswitch"
	"github.com/harmproof/harmproof/twins/gauge"
	"github.com/harmproof/harmproof/twins/hysteresis"
	"github.com/harmproof/harmproof/twins/pump"
	"github.com/harmproof/harmproof/twins/tank"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

func below(slot signal.Slot, limit float64) *signal.Condition {
	gap := func(v []float64, _ int) float64 { return v[slot] - limit }
	return &signal.Condition{
		Holds:  func(v []float64, m int) bool { return gap(v, m) < 0 },
		Margin: func(v []float64, m int) float64 { return -gap(v, m) },
		Atoms:  []signal.Atom{{Gap: gap, Unit: unit.Metre, Continuous: true}},
		Reads:  []signal.Read{{Slot: slot, Count: 1}}, Continuous: true,
	}
}

func not(c *signal.Condition) *signal.Condition {
	n := *c
	n.Holds = func(v []float64, m int) bool { return !c.Holds(v, m) }
	n.Margin = func(v []float64, m int) float64 { return -c.Margin(v, m) }
	return &n
}

func isFalse(slot signal.Slot) *signal.Condition {
	holds := func(v []float64, _ int) bool { return v[slot] == 0 }
	return &signal.Condition{
		Holds: holds, Margin: func(v []float64, m int) float64 {
			if holds(v, m) {
				return math.Inf(1)
			}
			return math.Inf(-1)
		},
		Reads: []signal.Read{{Slot: slot, Count: 1}},
	}
}

// tower is the example of the language's description, by hand.
func tower(t testing.TB) *sim.Plan {
	s := sim.NewSystem()
	s.Topology = network.Topology{
		Zones: []network.Zone{
			{Link: network.Link{Name: "field", Latency: vtime.Millisecond}, Devices: []string{"tower", "pump", "gauge", "float"}},
			{Link: network.Link{Name: "control", Latency: vtime.Millisecond}, Devices: []string{"plc"}},
		},
		Conduits: []network.Conduit{{
			Link:  network.Link{Name: "uplink", Latency: 5 * vtime.Millisecond, Jitter: vtime.Millisecond, Loss: 0.001},
			Joins: []string{"field", "control"},
		}},
	}
	for id, d := range map[string]device.Device{
		"tower": must(tank.New(tank.Spec{Area: 3, Height: 4, Level: 2})),
		"pump":  must(pump.New(pump.Spec{Rate: 0.05, Prime: 0.02})),
		"gauge": must(gauge.NewLevel(gauge.LevelSpec{Every: 200 * vtime.Millisecond, High: 100})),
		"float": must(floatswitch.New(floatswitch.Spec{Trips: 3.8})),
		"plc":   must(hysteresis.New(hysteresis.Spec{Low: 1.5, High: 3.5})),
	} {
		require.NoError(t, s.Add(sim.Device{ID: id, Twin: d}))
	}
	s.Layout()
	told := s.ReportPoints("gauge", "level")
	stuck := append(s.ReportPoints("float", "tripped"), s.FaultPoints("float", "tripped")...)
	wireTower(t, s)
	slot := func(id, name string) signal.Slot {
		sym, ok := s.Lookup(id, name)
		require.True(t, ok)
		return sym.Cell.Slot
	}
	level, running := slot("tower", "level"), slot("pump", "running")
	steps := []sim.Step{
		{Step: inject.Step{
			Name: "A1", Kind: inject.Attack, Start: inject.At, Time: vtime.Time(2 * vtime.Minute), For: 3 * vtime.Minute,
			Ops: []inject.Op{{Kind: inject.LayerOp, Point: told[0], Layer: signal.Layer{Op: signal.Const, A: 1.2}}},
		}},
		{Step: inject.Step{
			Name: "F1", Kind: inject.Fault, Start: inject.When, For: 20 * vtime.Second,
			Ops: []inject.Op{
				{Kind: inject.LayerOp, Point: stuck[0], Layer: signal.Layer{Op: signal.Hold}},
				{Kind: inject.LayerOp, Point: stuck[1], Layer: signal.Layer{Op: signal.Hold}},
			},
		}, Condition: not(below(level, 3.6))},
	}
	plan, err := s.Plan(sim.Scenario{Name: "spoofed-gauge", Run: vtime.Time(10 * vtime.Minute), Seed: 7}, []sim.Invariant{
		{Name: "no-overflow", Formula: always, Atoms: atoms(below(level, 4))},
		{Name: "interlock-works", Formula: answered(2 * vtime.Second), Atoms: atoms(not(below(level, 3.8)), isFalse(running))},
		{Name: "gauge-is-true", Formula: always, Atoms: atoms(near(slot("plc", "reads"), level, 0.02))},
	}, steps, nil)
	require.NoError(t, err)
	return plan
}

func wireTower(t testing.TB, s *sim.System) {
	for _, w := range []struct {
		id, input string
		src       sim.Source
	}{
		{"tower", "inflow", sim.Source{Device: "pump", Signal: "flow", Member: -1}},
		{"pump", "run", sim.Source{Device: "plc", Signal: "command", Member: -1}},
		{"pump", "inhibit", sim.Source{Device: "float", Signal: "tripped", Member: -1, Wired: true}},
		{"gauge", "of", sim.Source{Device: "tower", Signal: "level", Member: -1}},
		{"float", "of", sim.Source{Device: "tower", Signal: "level", Member: -1}},
		{"plc", "reads", sim.Source{Device: "gauge", Signal: "level", Member: -1}},
	} {
		require.NoError(t, s.Wire(w.id, w.input, w.src), w.id+"."+w.input)
	}
	require.NoError(t, s.Unwired("tower", "outflow"))
	require.NoError(t, s.Unwired("pump", "suction"))
}

// near is the condition that two cells differ by less than a limit.
func near(a, b signal.Slot, limit float64) *signal.Condition {
	gap := func(v []float64, _ int) float64 { return math.Abs(v[a]-v[b]) - limit }
	return &signal.Condition{
		Holds:  func(v []float64, m int) bool { return gap(v, m) < 0 },
		Margin: func(v []float64, m int) float64 { return -gap(v, m) },
		Atoms:  []signal.Atom{{Gap: gap, Unit: unit.Metre, Continuous: true}},
		Reads:  []signal.Read{{Slot: a, Count: 1}, {Slot: b, Count: 1}}, Continuous: true,
	}
}

// The times are those of the closed form: 50 L/s on 3 m2 is 16.7 mm/s from about
// ten milliseconds after the first false sample.
func TestTower(t *testing.T) {
	r, err := sim.Run(context.Background(), tower(t))
	require.NoError(t, err)
	at := func(want vtime.Duration, got vtime.Time) { // some messages later
		assert.InDelta(t, want.Seconds()+0.0085, got.Seconds(), 0.0035)
	}
	verdicts := map[string]monitor.Verdict{"no-overflow": monitor.Holds, "interlock-works": monitor.Violated, "gauge-is-true": monitor.Violated}
	for name, want := range verdicts {
		got, err := r.Verdict(name)
		require.NoError(t, err)
		assert.Equal(t, want, got, name)
	}
	interlock, _ := r.Invariant("interlock-works")
	at(3*vtime.Minute+50*vtime.Second, interlock.At)
	require.Len(t, interlock.Violations, 1)
	at(3*vtime.Minute+56*vtime.Second, interlock.Violations[0].To)
	gauge, _ := r.Invariant("gauge-is-true")
	assert.InDelta(t, 120.008, gauge.At.Seconds(), 0.004, "when the lie is told")
	assert.InDelta(t, 0.02-(3.9333-1.2), gauge.Margin, 1e-3)
	overflow, _ := r.Invariant("no-overflow")
	assert.InDelta(t, 4-3.9333, overflow.Margin, 1e-3)

	spoof, stuck := r.Injections[0], r.Injections[1]
	assert.Equal(t, inject.Applied, spoof.Outcome)
	assert.Equal(t, inject.Applied, stuck.Outcome)
	assert.Equal(t, vtime.Time(2*vtime.Minute), spoof.Applied)
	assert.Equal(t, vtime.Time(5*vtime.Minute), spoof.Reverted)
	at(3*vtime.Minute+36*vtime.Second, stuck.Applied)
	assert.Equal(t, 20*vtime.Second, stuck.Reverted.Sub(stuck.Applied))

	again, err := sim.Run(context.Background(), tower(t))
	require.NoError(t, err)
	assert.Equal(t, r.Digest, again.Digest)
}
