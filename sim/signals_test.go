package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A link has one signal of each sort that lies somewhere else.
type link struct{}

func (link) Declare(p *device.Ports) {
	device.Input[float64](p, "in", unit.Metre, device.Optional(3))
	device.Told[float64](p, "told", unit.Metre, device.Optional(4))
	device.State(p, "state", unit.Metre, 5.0)
	device.Report(p, "report", unit.Metre, 6.0)
	p.Chance("luck")
}

// chained assembles a.a, b with three members, and c: each listens to the one
// before; the last one is hard-wired.
func chained(t *testing.T) *sim.Plan {
	s := sim.NewSystem()
	for _, d := range []sim.Device{{ID: "c"}, {ID: "a.a"}, {ID: "b", Count: 3}} {
		d.Twin, d.Owner = link{}, "of "+d.ID
		require.NoError(t, s.Add(d))
	}
	s.Layout()
	s.ReportPoints("b", "report")
	wire := func(id, input string, src sim.Source) { require.NoError(t, s.Wire(id, input, src)) }
	require.NoError(t, s.Unwired("a.a", "in"))
	require.NoError(t, s.Unwired("a.a", "told"))
	wire("b", "in", sim.Source{Device: "a.a", Signal: "state", Member: -1})
	wire("b", "told", sim.Source{Device: "a.a", Signal: "report", Member: -1})
	wire("c", "in", sim.Source{Device: "b", Signal: "state", Member: 1})
	wire("c", "told", sim.Source{Device: "b", Signal: "report", Member: 2, Wired: true})
	p, err := s.Plan(sim.Scenario{Run: vtime.Time(vtime.Second)}, nil, nil, nil)
	require.NoError(t, err)
	return p
}

// A path leads to a cell, and the cell tells the path, unless it is another name.
func TestPaths(t *testing.T) {
	p := chained(t)
	var paths []string
	slots := 0
	for info := range p.Signals.All() {
		require.Equal(t, signal.Slot(slots), info.Slot)
		require.Equal(t, info, p.Signals.At(info.Slot))
		slots++
		if slot, ok := p.Slot(info.Path()); !info.Internal {
			paths = append(paths, info.Path())
			require.True(t, ok, info.Path())
			require.Equal(t, info.Slot, slot)
		} else if ok { // a cell of its own that is not used
			require.Equal(t, "c.told", info.Path())
			require.NotEqual(t, info.Slot, slot)
		}
	}
	require.Equal(t, p.Signals.Len(), slots)
	require.Equal(t, []string{
		"a.a.told", "a.a.state", "a.a.report",
		"b[0].told", "b[1].told", "b[2].told", "b[0].state", "b[1].state", "b[2].state", "b[0].report", "b[1].report", "b[2].report",
		"c.state", "c.report", "a.a.in",
	}, paths)
	for name, of := range map[string]string{
		"b[0].in": "a.a.state", "b[2].in": "a.a.state", "c.in": "b[1].state", "c.told": "b[2].report",
	} {
		slot, ok := p.Slot(name)
		require.True(t, ok, name)
		require.Equal(t, of, p.Signals.At(slot).Path())
	}
	for _, path := range []string{
		"", ".", "time", ".time", "b.state", "b[3].state", "b[-1].state", "b[01].state", "b[+1].state", "b[1.state", "b1].state",
		"a.a[0].state", "a.state", "c.luck_drawn", "b[1].told(report)", "d.state", "c.", "c.state.state",
	} {
		_, ok := p.Slot(path)
		require.False(t, ok, path)
	}
	require.Equal(t, "of b", p.Device("b").Owner)
	require.Nil(t, p.Device("bb"))
}
