package powergrid

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A change gives a setting another value for a while, in s.
type change struct {
	signal      string
	value       float64
	from, lasts float64
}

// assemble puts a grid together. Inputs follow scripts of times and values.
func assemble(t testing.TB, s Spec, run float64, solver plant.Solver, inputs map[string][]simtest.Point, changes ...change) *sim.Plan {
	t.Helper()
	x := sim.NewSystem()
	require.NoError(t, x.Add(sim.Device{ID: "grid", Twin: made(t, s), Solver: solver}))
	names := slices.Sorted(maps.Keys(inputs))
	for _, name := range names {
		u := unit.One
		if strings.HasSuffix(name, "_demand") {
			u = unit.Watt
		}
		script := simtest.Script{Unit: u, Values: map[string][]simtest.Point{"value": inputs[name]}}
		require.NoError(t, x.Add(sim.Device{ID: name, Twin: script}))
	}
	x.Layout()
	for _, in := range x.Inputs("grid") {
		if slices.Contains(names, in.Name) {
			require.NoError(t, x.Wire("grid", in.Name, sim.Source{Device: in.Name, Signal: "value", Member: -1}))
		} else {
			require.NoError(t, x.Unwired("grid", in.Name))
		}
	}
	var steps []sim.Step
	for _, c := range changes {
		at, ok := x.Lookup("grid", c.signal)
		require.True(t, ok)
		steps = append(steps, sim.Step{Step: inject.Step{
			Name: c.signal, Kind: inject.Fault, Start: inject.At, Time: vtimeOf(c.from), For: vtime.FromSeconds(c.lasts),
			Ops: []inject.Op{{Kind: inject.LayerOp, Point: x.StatePoint(at.Cell.Slot), Layer: signal.Layer{Op: signal.Const, A: c.value}}},
		}})
	}
	p, err := x.Plan(sim.Scenario{Name: "grid", Run: vtimeOf(run)}, nil, steps, nil)
	require.NoError(t, err)
	return p
}

func play(t testing.TB, s Spec, run float64, inputs map[string][]simtest.Point, changes ...change) *played {
	t.Helper()
	return record(t, assemble(t, s, run, plant.Automatic, inputs, changes...))
}

// played is what happened in a run: the courses of what moves and of what there is one
// of, and all signals every 10 ms.
type played struct {
	*sim.Result
	*sim.History
	t        testing.TB
	followed map[signal.Slot]bool
	rows     [][]float64
	index    map[string]int
}

// Follows implements sim.Recorder.
func (p *played) Follows(slot signal.Slot) sim.Closeness {
	if p.followed[slot] {
		return sim.Extremes
	}
	return sim.Apart
}

const sampled = 10 * vtime.Millisecond

func record(t testing.TB, plan *sim.Plan) *played {
	t.Helper()
	p := &played{History: &sim.History{}, t: t, followed: map[signal.Slot]bool{}, index: map[string]int{}}
	infos, err := plan.Select(nil)
	require.NoError(t, err)
	for i, info := range infos {
		p.index[info.Path()] = i
		moves := info.Role == device.RoleContinuous
		p.followed[info.Slot] = moves || slices.Contains([]string{"grid.spread", "grid.frequency"}, info.Path())
	}
	row := func(_ vtime.Time, values []float64) error {
		p.rows = append(p.rows, slices.Clone(values))
		return nil
	}
	p.Result, err = sim.Run(context.Background(), plan, sim.Record(p), sim.Sample(sampled, nil, row))
	require.NoError(t, err)
	return p
}

// At returns the value of a signal, in SI, at a multiple of 10 ms.
func (p *played) At(path string, at vtime.Duration) float64 {
	p.t.Helper()
	i, ok := p.index[path]
	require.True(p.t, ok && at%sampled == 0 && int(at/sampled) < len(p.rows), "%s at %v", path, at)
	return p.rows[at/sampled][i]
}

// Changes returns the recorded changes of a signal.
func (p *played) Changes(path string) []sim.Change {
	p.t.Helper()
	s, err := p.Signal(path)
	require.NoError(p.t, err)
	return s.Changes
}
