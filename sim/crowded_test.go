package sim

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A ticker counts milliseconds.
type ticker struct{ n *device.Out[float64] }

// Declare implements device.Device.
func (d *ticker) Declare(p *device.Ports) {
	d.n = device.State(p, "n", unit.One, 0.0)
	p.Every("tick", vtime.Millisecond, func(c *device.Context) { d.n.Set(c, d.n.Get(c)+1) })
}

// A run that has had as many events as there can be ends soon after, and says when that was; one
// that is a few thousand short of it does not.
func TestTooManyEventsEndTheRun(t *testing.T) {
	s := NewSystem()
	require.NoError(t, s.Add(Device{ID: "clock", Count: 2, Twin: &ticker{}}))
	s.Layout()
	plan, err := s.Plan(Scenario{Run: vtime.Time(20 * vtime.Second)}, nil, nil, nil)
	require.NoError(t, err)
	require.Len(t, plan.Beats(), 1)
	beats := plan.Beats()[0]
	require.Equal(t, 40_000.0, beats.Events(), "two members, each a thousand times a second")

	run, err := New(plan)
	require.NoError(t, err)
	run.w.kernel.Events = MostEvents - 10_000
	err = run.RunTo(context.Background(), plan.Run)
	long := (*TooLongError)(nil)
	require.ErrorAs(t, err, &long)
	require.InDelta(t, 8.2, long.At.Seconds(), 0.1, "10 000 events later, when 4096 instants are over for the second time")
	broken := (*BrokenError)(nil)
	require.ErrorAs(t, err, &broken)
	require.True(t, broken.OfModel())

	run, err = New(plan)
	require.NoError(t, err)
	run.w.kernel.Events = MostEvents - 50_000
	require.NoError(t, run.RunTo(context.Background(), plan.Run))
}

// A pace at which there would be a hundred times more events than a run can have is told by a share of them; one that
// a run can have to its end, or that is nearly so, is not.
func TestHopelessPace(t *testing.T) {
	const run = 30 * vtime.Day
	require.True(t, hopeless(fewEvents, vtime.Second, run))
	require.False(t, hopeless(fewEvents, vtime.Hour, run))
	require.False(t, hopeless(fewEvents, 200*vtime.Millisecond, vtime.Minute), "it is over soon")
	require.False(t, hopeless(fewEvents, 10*vtime.Minute, 3650*vtime.Day), "a burst")
	require.True(t, hopeless(fewEvents, 0, run))
	err := &TooLongError{At: vtime.Time(vtime.Second), Run: vtime.Time(run), Had: fewEvents}
	require.ErrorContains(t, err, "messages that make others")
}
