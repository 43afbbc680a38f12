package report_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor/formula"
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

// A plant is the water tower of the language's description, put together by
// hand, and what a test changes of it.
type plant struct {
	sim.Scenario
	expect  sim.Expectations
	extra   []sim.Step
	columns int            // how many are shown
	every   vtime.Duration // of the gauge
	noise   float64
}

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

func above(slot signal.Slot, limit float64) *signal.Condition {
	gap := func(v []float64, _ int) float64 { return v[slot] - limit }
	return &signal.Condition{
		Holds:  func(v []float64, m int) bool { return gap(v, m) > 0 },
		Margin: gap,
		Atoms:  []signal.Atom{{Gap: gap, Unit: unit.Millimetre, Continuous: true}},
		Reads:  []signal.Read{{Slot: slot, Count: 1}}, Continuous: true,
	}
}

func not(c *signal.Condition) *signal.Condition {
	n := *c
	n.Holds = func(v []float64, m int) bool { return !c.Holds(v, m) }
	n.Margin = func(v []float64, m int) float64 { return -c.Margin(v, m) }
	return &n
}

// named is a condition as it was written.
func named(text string, c *signal.Condition) *signal.Condition {
	c.Text = text
	return c
}

func isTrue(slot signal.Slot) *signal.Condition {
	return &signal.Condition{
		Holds: func(v []float64, _ int) bool { return v[slot] != 0 },
		Margin: func(v []float64, _ int) float64 {
			return math.Copysign(math.Inf(1), v[slot]-0.5)
		},
		Reads: []signal.Read{{Slot: slot, Count: 1}},
	}
}

func closer(a, b signal.Slot, limit float64) *signal.Condition {
	gap := func(v []float64, _ int) float64 { return math.Abs(v[a]-v[b]) - limit }
	return &signal.Condition{
		Holds:  func(v []float64, m int) bool { return gap(v, m) < 0 },
		Margin: func(v []float64, m int) float64 { return -gap(v, m) },
		Atoms:  []signal.Atom{{Gap: gap, Unit: unit.Metre, Continuous: true}},
		Reads:  []signal.Read{{Slot: a, Count: 1}, {Slot: b, Count: 1}}, Continuous: true,
	}
}

// system adds and wires the devices.
func (p plant) system(t *testing.T) *sim.System {
	s := sim.NewSystem()
	s.Topology = network.Topology{
		Zones: []network.Zone{
			{Link: network.Link{Name: "field", Latency: vtime.Millisecond}, Devices: []string{"tower", "pump", "gauge", "float"}},
			{Link: network.Link{Name: "control", Latency: vtime.Millisecond}, Devices: []string{"plc"}},
		},
		Conduits: []network.Conduit{{
			Link: network.Link{Name: "uplink", Latency: 5 * vtime.Millisecond}, Joins: []string{"field", "control"},
		}},
	}
	if p.every == 0 {
		p.every = 200 * vtime.Millisecond
	}
	for _, d := range []sim.Device{
		{ID: "tower", Twin: must(tank.New(tank.Spec{Area: 3, Height: 4, Level: 2}))},
		{ID: "pump", Twin: must(pump.New(pump.Spec{Rate: 0.05, Prime: 0.02}))},
		{ID: "gauge", Owner: "instrumentation", Twin: must(gauge.NewLevel(gauge.LevelSpec{Every: p.every, Noise: p.noise, High: 100}))},
		{ID: "float", Twin: must(floatswitch.New(floatswitch.Spec{Trips: 3.8}))},
		{ID: "plc", Owner: "operations", Twin: must(hysteresis.New(hysteresis.Spec{Low: 1.5, High: 3.5}))},
	} {
		require.NoError(t, s.Add(d))
	}
	s.Layout()
	s.ReportPoints("gauge", "level")
	s.ReportPoints("float", "tripped")
	s.FaultPoints("float", "tripped")
	for _, w := range []struct {
		id, input, device, signal string
		wired                     bool
	}{
		{"tower", "inflow", "pump", "flow", false},
		{"pump", "run", "plc", "command", false},
		{"pump", "inhibit", "float", "tripped", true},
		{"gauge", "of", "tower", "level", false},
		{"float", "of", "tower", "level", false},
		{"plc", "reads", "gauge", "level", false},
	} {
		require.NoError(t, s.Wire(w.id, w.input, sim.Source{Device: w.device, Signal: w.signal, Member: -1, Wired: w.wired}))
	}
	require.NoError(t, s.Unwired("tower", "outflow"))
	require.NoError(t, s.Unwired("pump", "suction"))
	return s
}

// plan puts the plant together.
func (p plant) plan(t *testing.T) *sim.Plan {
	s := p.system(t)
	slot := func(id, name string) signal.Slot {
		sym, ok := s.Lookup(id, name)
		require.True(t, ok, id+"."+name)
		return sym.Cell.Slot
	}
	level, running, reads := slot("tower", "level"), slot("pump", "running"), slot("plc", "reads")
	show := func(title string, at signal.Slot, typ signal.Type, u unit.Unit) sim.Column {
		return sim.Column{Title: title, Expression: signal.Expression{
			Text: title, Type: typ, Unit: u, Eval: func(v []float64, _ int) float64 { return v[at] },
			Reads: []signal.Read{{Slot: at, Count: 1}}, Continuous: at == level,
		}}
	}
	columns := []sim.Column{
		show("tower.level", level, signal.Number, unit.Metre),
		show("told(gauge.level, plc)", reads, signal.Number, unit.Metre),
		show("pump.running", running, signal.Bool, unit.One),
	}
	told, stuck := s.ReportPoints("gauge", "level"), append(s.ReportPoints("float", "tripped"), s.FaultPoints("float", "tripped")...)
	steps := append([]sim.Step{
		{Step: inject.Step{
			Name: "A1", Kind: inject.Attack, What: "spoof", Technique: "T0856", Target: "gauge.level", Summary: "gauge.level told as 1.2 m",
			Assumed: true, Start: inject.At, Time: vtime.Time(2 * vtime.Minute), For: 3 * vtime.Minute,
			Ops: []inject.Op{{Kind: inject.LayerOp, Point: told[0], Layer: signal.Layer{Op: signal.Const, A: 1.2}}},
		}},
		{Step: inject.Step{
			Name: "F1", Kind: inject.Fault, What: "stuck", Target: "float.tripped", Summary: "float.tripped stuck",
			Start: inject.When, For: 20 * vtime.Second,
			Ops: []inject.Op{
				{Kind: inject.LayerOp, Point: stuck[0], Layer: signal.Layer{Op: signal.Hold}},
				{Kind: inject.LayerOp, Point: stuck[1], Layer: signal.Layer{Op: signal.Hold}},
			},
		}, Condition: above(level, 3.6)},
	}, p.extra...)
	p.Expect = p.expect
	if p.Run == 0 {
		p.Run = vtime.Time(10 * vtime.Minute)
	}
	always := formula.New(formula.Always, formula.Of(0))
	plan, err := s.Plan(p.Scenario, []sim.Invariant{
		{Name: "no-overflow", Text: "tower.level < tower.height", Formula: always, Atoms: []*signal.Condition{not(above(level, 4))}},
		{
			Name: "interlock-works", Text: "whenever tower.level > 3.8 then not pump.running within 2s",
			Formula: answered(2 * vtime.Second), Atoms: []*signal.Condition{named("tower.level > 3.8", above(level, 3.8)), named("not pump.running", not(isTrue(running)))},
		},
		{Name: "gauge-is-true", Text: `abs(told(gauge.level, plc) - tower.level) < "20 mm"`, Formula: always, Atoms: []*signal.Condition{closer(reads, level, 0.02)}},
		{
			Name: "drains-in-time", Text: "whenever tower.level > 3.99 then tower.level < 3.5",
			Formula: answered(vtime.Hour), Atoms: []*signal.Condition{named("tower.level > 3.99", above(level, 3.99)), named("tower.level < 3.5", not(above(level, 3.5)))},
		},
		{
			Name: "stops-at-the-top", Text: "whenever tower.level > 3.9 then tower.level < 3.5 within 1h",
			Formula: answered(vtime.Hour), Atoms: []*signal.Condition{named("tower.level > 3.9", above(level, 3.9)), named("tower.level < 3.5", not(above(level, 3.5)))},
		},
	}, steps, columns[:p.columns])
	require.NoError(t, err)
	return plan
}

// answered is that whenever the first condition holds, the second does so soon.
func answered(within vtime.Duration) *formula.Formula {
	return formula.New(formula.Always, formula.New(formula.Implies, formula.Of(0), formula.In(formula.Eventually, 0, within, formula.Of(1))))
}

// run runs the plant.
func (p plant) run(t *testing.T, opts ...sim.Option) *sim.Result {
	r, err := sim.Run(context.Background(), p.plan(t), opts...)
	require.NoError(t, err)
	return r
}

// spoofed is the plant whose violations are all expected.
func spoofed() plant {
	seconds := func(s float64) vtime.Time { return vtime.Time(vtime.FromSeconds(s)) }
	return plant{
		columns: 3,
		Scenario: sim.Scenario{
			Name: "spoofed-gauge", File: "library:spoofed-gauge", Seed: 7,
			About: "Spoofed level reading against a water tower with an independent float switch. The gauge lies from 2 min on, " +
				"and the float switch sticks while the level passes it: does the tower still not overflow?",
		},
		expect: sim.Expectations{
			Violated: map[string]sim.Violation{
				"interlock-works": {After: seconds(230), Before: seconds(231)},
				"gauge-is-true":   {After: seconds(120), Before: seconds(121), Because: "the spoof is the point of this scenario"},
			},
			Undecided: map[string]bool{"stops-at-the-top": true},
		},
	}
}
