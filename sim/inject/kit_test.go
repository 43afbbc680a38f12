package inject_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins"
)

// A plant is a small system with a timeline. The level of the tower is 2 m and
// rises by 1 mm/s; the gauge tells it each second to the plc and, asked every
// second, to the desk. The plc opens the valve and runs the pump below 1.5 m and
// stops both above 3.5 m. The float inhibits the pump above 3.8 m by wire. All
// messages take 1 ms. Nothing flows back.
type plant struct {
	*sim.System
	t     testing.TB
	steps []sim.Step
	run   vtime.Duration
	rule  []sim.Invariant
}

type wiring struct {
	id, input, from, signal string
	wired                   bool
	poll                    vtime.Duration
}

const (
	s  = vtime.Second
	ms = vtime.Millisecond
)

func newPlant(t testing.TB, noise float64) *plant {
	p := &plant{System: sim.NewSystem(), t: t, run: 100 * s}
	catalog, err := twins.Catalog()
	require.NoError(t, err)
	profile := device.Series{Times: []vtime.Duration{0}, Values: []float64{0.001}}
	for _, d := range []struct {
		id, kind string
		values   []device.Assignment
	}{
		{"source", "demand", []device.Assignment{{Name: "profile", Value: profile}}},
		{"tower", "tank", []device.Assignment{{Name: "area", Value: 1.0}, {Name: "height", Value: 10.0}, {Name: "level", Value: 2.0}}},
		{"gauge", "level-gauge", []device.Assignment{{Name: "every", Value: s}, {Name: "noise", Value: noise}, {Name: "low", Value: -100.0}}},
		{"float", "float-switch", []device.Assignment{{Name: "trips", Value: 3.8}}},
		{"plc", "hysteresis", []device.Assignment{{Name: "low", Value: 1.5}, {Name: "high", Value: 3.5}}},
		{"desk", "hysteresis", []device.Assignment{{Name: "low", Value: 1.5}, {Name: "high", Value: 3.5}}},
		{"pump", "pump", []device.Assignment{{Name: "rate", Value: 0.1}}},
		{"valve", "valve", []device.Assignment{{Name: "rate", Value: 0.1}, {Name: "travel", Value: 10 * s}}},
	} {
		twin, err := catalog.Kind(d.kind).New(d.values)
		require.NoError(t, err, d.kind)
		require.NoError(t, p.Add(sim.Device{ID: d.id, Twin: twin}))
	}
	p.Layout()
	return p
}

func (p *plant) slot(id, name string) signal.Slot {
	sym, ok := p.Lookup(id, name)
	require.True(p.t, ok, "%s.%s", id, name)
	return sym.Cell.Slot
}

// step adds a step; without a name it is named by its place.
func (p *plant) step(step inject.Step, when *signal.Condition, disturb ...sim.Disturb) {
	if step.Name == "" {
		step.Name = fmt.Sprintf("step %d", len(p.steps))
	}
	p.steps = append(p.steps, sim.Step{Step: step, Condition: when, Disturb: disturb})
}

// over makes operations of a layer on what the gauge tells to all.
func (p *plant) over(l signal.Layer) []inject.Op {
	return []inject.Op{{Kind: inject.LayerOp, Point: p.ReportPoints("gauge", "level")[0], Layer: l}}
}

// attack and fault add a step from one time to another one (0: for good) that
// puts a layer on what the gauge tells.
func (p *plant) attack(from, to vtime.Duration, l signal.Layer) { p.layer(inject.Attack, from, to, l) }
func (p *plant) fault(from, to vtime.Duration, l signal.Layer)  { p.layer(inject.Fault, from, to, l) }

func (p *plant) layer(kind inject.Kind, from, to vtime.Duration, l signal.Layer) {
	p.step(inject.Step{Kind: kind, Time: vtime.Time(from), For: max(0, to-from), Ops: p.over(l)}, nil)
}

// outcome is a run with what was recorded.
type outcome struct {
	*sim.Result
	*sim.History
	t testing.TB
}

// play wires the plant and runs it.
func (p *plant) play() outcome {
	for _, w := range []wiring{
		{id: "tower", input: "inflow", from: "source", signal: "flow"},
		{id: "gauge", input: "of", from: "tower", signal: "level"},
		{id: "float", input: "of", from: "tower", signal: "level"},
		{id: "plc", input: "reads", from: "gauge", signal: "level"},
		{id: "desk", input: "reads", from: "gauge", signal: "level", poll: s},
		{id: "valve", input: "open", from: "plc", signal: "command"},
		{id: "pump", input: "run", from: "plc", signal: "command"},
		{id: "pump", input: "inhibit", from: "float", signal: "tripped", wired: true},
	} {
		source := sim.Source{Device: w.from, Signal: w.signal, Member: -1, Wired: w.wired, Poll: w.poll}
		require.NoError(p.t, p.Wire(w.id, w.input, source), w.id+"."+w.input)
	}
	require.NoError(p.t, p.Unwired("tower", "outflow"))
	require.NoError(p.t, p.Unwired("pump", "suction"))
	plan, err := p.Plan(sim.Scenario{Name: "test", Run: vtime.Time(p.run), Seed: 1}, p.rule, p.steps, nil)
	require.NoError(p.t, err)
	o := outcome{History: &sim.History{}, t: p.t}
	o.Result, err = sim.Run(context.Background(), plan, sim.Record(o.History))
	require.NoError(p.t, err)
	return o
}

func (o outcome) changes(path string) []sim.Change {
	sig, err := o.Signal(path)
	require.NoError(o.t, err)
	return sig.Changes
}

func (o outcome) at(path string, at vtime.Duration) float64 {
	sig, err := o.Signal(path)
	require.NoError(o.t, err)
	return sig.At(vtime.Time(at))
}

// read is what the plc was told of the sample of a second, in millimetres.
func (o outcome) read(second int) float64 { return o.reading("plc", second) }

func (o outcome) reading(by string, second int) float64 {
	return math.Round(1e6*o.at(by+".reads", vtime.Duration(second)*s+500*ms)) / 1e3
}

// told is the reading of a second as it is.
func told(second int) float64 { return float64(2000 + second) }

func (o outcome) report(step int) inject.Report { return o.Injections[step].Report }

// rises is the condition that a cell rises to a limit or above.
func rises(slot signal.Slot, limit float64, continuous bool) *signal.Condition {
	gap := func(v []float64, _ int) float64 { return v[slot] - limit }
	return &signal.Condition{
		Holds:  func(v []float64, m int) bool { return gap(v, m) >= 0 },
		Margin: gap,
		Atoms:  []signal.Atom{{Gap: gap, Unit: unit.Metre, Continuous: continuous}},
		Reads:  []signal.Read{{Slot: slot, Count: 1}}, Continuous: continuous,
	}
}
