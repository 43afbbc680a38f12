package campaign_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A clock goes on at the rate it is set to.
type clock struct{}

func (clock) Declare(p *device.Ports) {
	rate := device.Tunable(p, "rate", unit.One, 1.0)
	device.Continuous(p, "x", unit.One, 0, func(c *device.Context) float64 { return rate.Get(c) })
}

// plan is a clock that reaches its limit after so many seconds, and is made faster at
// 10 s, to reach it sooner.
func plan(t testing.TB, limit float64) *sim.Plan {
	x := sim.NewSystem()
	require.NoError(t, x.Add(sim.Device{ID: "clock", Twin: clock{}}))
	x.Layout()
	at, _ := x.Lookup("clock", "x")
	rate, _ := x.Lookup("clock", "rate")
	slot := at.Cell.Slot
	gap := func(v []float64, _ int) float64 { return v[slot] - limit }
	reads := []signal.Read{{Slot: slot, Count: 1}}
	below := &signal.Condition{
		Holds: func(v []float64, m int) bool { return gap(v, m) < 0 }, Margin: func(v []float64, m int) float64 { return -gap(v, m) },
		Atoms: []signal.Atom{{Gap: gap, Reads: reads, Continuous: true}}, Reads: reads, Continuous: true,
	}
	invariants := []sim.Invariant{{Name: "below", Atoms: []*signal.Condition{below}, Formula: formula.New(formula.Always, formula.Of(0))}}
	op := inject.Op{Kind: inject.LayerOp, Point: x.StatePoint(rate.Cell.Slot), Layer: signal.Layer{Op: signal.Const, A: 2}}
	steps := []sim.Step{{Step: inject.Step{Name: "faster", Time: vtime.Time(10 * vtime.Second), Ops: []inject.Op{op}}}}
	p, err := x.Plan(sim.Scenario{Name: "clock", Run: vtime.Time(100 * vtime.Second)}, invariants, steps, nil)
	require.NoError(t, err)
	return p
}

func jobs(t testing.TB) (list []campaign.Job) {
	for limit := range 20 {
		list = append(list, campaign.Job{Plan: plan(t, float64(5+10*limit))})
	}
	return list
}

// However many runs are made at once, the outcomes are those of the jobs, in order:
// x reaches a limit of up to 10 after so many seconds, beyond at 10 + (limit-10)/2.
func TestOutcomesAreInOrder(t *testing.T) {
	list := jobs(t)
	for _, workers := range []int{0, 1, 3, 50} {
		outcomes, err := campaign.Run(context.Background(), workers, list)
		require.NoError(t, err)
		require.Len(t, outcomes, len(list))
		for i, o := range outcomes {
			require.NoError(t, o.Err)
			limit := float64(5 + 10*i)
			want := limit
			if limit > 10 {
				want = 10 + (limit-10)/2
			}
			v := o.Result.Invariants[0]
			if want > 100 {
				require.Equal(t, monitor.Holds, v.Verdict)
				continue
			}
			require.Equal(t, monitor.Violated, v.Verdict)
			require.InDelta(t, want, v.At.Seconds(), 1e-8)
		}
	}
}

// A run that need only decide one verdict ends then, with the verdict and the time
// that the whole run has; a fork shares its past.
func TestUntilAndFrom(t *testing.T) {
	p := plan(t, 30) // reached at 20 s
	past, err := sim.New(p)
	require.NoError(t, err)
	require.NoError(t, past.RunTo(context.Background(), vtime.Time(9*vtime.Second)))
	slow, err := p.Without("faster")
	require.NoError(t, err)
	outcomes, err := campaign.Run(context.Background(), 2, []campaign.Job{
		{Plan: p}, {Plan: p, Until: "below"}, {Plan: p, From: past, Until: "below"}, {Plan: slow, From: past}, {Plan: slow, Until: "below"},
	})
	require.NoError(t, err)
	for i, want := range []struct{ at, ended float64 }{{20, 100}, {20, 21}, {20, 21}, {30, 100}, {30, 31}} {
		require.NoError(t, outcomes[i].Err)
		r := outcomes[i].Result
		require.InDelta(t, want.at, r.Invariants[0].At.Seconds(), 1e-8, "job %d", i)
		require.LessOrEqual(t, r.Ended.Seconds(), want.ended+1, "job %d", i)
		require.GreaterOrEqual(t, r.Ended.Seconds(), want.at)
	}
}

// A campaign that is cancelled makes no further run, and says so.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	outcomes, err := campaign.Run(ctx, 2, jobs(t))
	require.ErrorIs(t, err, context.Canceled)
	for _, o := range outcomes {
		require.ErrorIs(t, o.Err, context.Canceled)
	}
}

// What cannot be forked is that job's error alone.
func TestErrorOfOne(t *testing.T) {
	p, other := plan(t, 30), plan(t, 40)
	past, err := sim.New(p)
	require.NoError(t, err)
	outcomes, err := campaign.Run(context.Background(), 1, []campaign.Job{{Plan: other, From: past}, {Plan: p, From: past}})
	require.NoError(t, err)
	require.ErrorContains(t, outcomes[0].Err, "no variation")
	require.NoError(t, outcomes[1].Err)
}
