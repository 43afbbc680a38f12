package sim_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A leaky vessel drains by Torricelli's law without a guard at the bottom, from a level
// that it finds out before the run.
type leaky struct{ level *device.Out[float64] }

// Declare implements device.Device.
func (v *leaky) Declare(p *device.Ports) {
	v.level = device.Continuous(p, "level", unit.Metre, 1, func(c *device.Context) float64 { return -0.02 * math.Sqrt(v.level.Get(c)) })
	p.OnInit(func(c *device.Context) { v.level.Set(c, 4) })
}

// A derivative that is not a number any more ends the run, and the error names
// the signal and the time, whoever watches.
func TestDerivativeBecomesNaN(t *testing.T) {
	s := sim.NewSystem()
	require.NoError(t, s.Add(sim.Device{ID: "vessel", Twin: &leaky{}}))
	s.Layout()
	sym, _ := s.Lookup("vessel", "level")
	plan, err := s.Plan(sim.Scenario{Run: vtime.Time(250 * vtime.Second)}, []sim.Invariant{
		{Name: "full", Formula: neverFor(vtime.Second), Atoms: atoms(below(sym.Cell.Slot, 0.5))},
	}, nil, nil)
	require.NoError(t, err)
	h := &sim.History{}
	_, err = sim.Run(context.Background(), plan, sim.Record(h))
	var broken *sim.BrokenError
	require.ErrorAs(t, err, &broken)
	assert.Equal(t, "vessel", broken.Device)
	assert.InDelta(t, 200, broken.At.Seconds(), 1e-3, "2*sqrt(4)/0.02 s from the level of OnInit")
	assert.ErrorContains(t, err, "its derivative becomes NaN")

	r, err := sim.Run(context.Background(), plan, sim.Until(vtime.Time(190*vtime.Second)))
	require.NoError(t, err)
	assert.InDelta(t, 2*(2-math.Sqrt(0.5))/0.02+1, r.Invariants[0].At.Seconds(), 1e-6)
}
