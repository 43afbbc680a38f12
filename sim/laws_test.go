package sim_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

func TestSameSeedSameBytes(t *testing.T) {
	a, ra := (&house{seed: 3, noisy: true, jitter: vtime.Second}).play(t)
	b, rb := (&house{seed: 3, noisy: true, jitter: vtime.Second}).play(t)
	require.Equal(t, a.Digest, b.Digest)
	require.Equal(t, a.Stats, b.Stats)
	equalWithin(t, ra, rb)
	require.True(t, a.Chanced)
	// One plan can be run again and again.
	plan := (&house{seed: 3, noisy: true, jitter: vtime.Second}).plan(t)
	for range 2 {
		again, err := sim.Run(context.Background(), plan)
		require.NoError(t, err)
		require.Equal(t, a.Digest, again.Digest)
	}
}

func TestOtherSeedOtherLuck(t *testing.T) {
	for name, h := range map[string]house{"noise": {noisy: true}, "jitter": {jitter: vtime.Second}} {
		one, two := h, h
		one.seed, two.seed, one.without, two.without = 1, 2, true, true
		a, _ := one.play(t)
		b, _ := two.play(t)
		require.NotEqual(t, a.Digest, b.Digest, name)
		c, _ := one.play(t, sim.Seed(2))
		require.Equal(t, b.Digest, c.Digest, name)
	}
	// Without chance there is no luck.
	one, two := house{seed: 1, without: true}, house{seed: 2, without: true}
	a, _ := one.play(t)
	b, _ := two.play(t)
	require.Equal(t, a.Digest, b.Digest)
}

// Unconnected devices that sample, drain, tell one another and draw chance change
// no byte of anybody else's signals.
func TestNewcomersChangeNobody(t *testing.T) {
	h := house{seed: 5, noisy: true, jitter: vtime.Second}
	_, without := h.play(t)
	h.newcomers = true
	_, with := h.play(t)
	equalWithin(t, without, with)
	require.Greater(t, len(with.list), len(without.list))
}

// Observing changes no byte: invariants, triggers, recorders, samples.
func TestObservingChangesNothing(t *testing.T) {
	h := house{seed: 5, noisy: true, jitter: vtime.Second}
	want, base := h.play(t)

	watched := h
	watched.invariant, watched.trigger = true, true
	r, list := watched.play(t)
	require.Equal(t, want.Digest, r.Digest)
	equalWithin(t, base, list)
	require.Len(t, r.Invariants, 3)

	silent, err := sim.Run(context.Background(), h.plan(t))
	require.NoError(t, err)
	require.Equal(t, want.Digest, silent.Digest)

	all := &changes{follow: true}
	followed, err := sim.Run(context.Background(), h.plan(t), sim.Record(all))
	require.NoError(t, err)
	require.Equal(t, want.Digest, followed.Digest)
	equalWithin(t, base, all)
	require.Positive(t, all.course)

	rows := 0
	sampled, list := h.play(t, sim.Sample(13*vtime.Millisecond, nil, func(vtime.Time, []float64) error { rows++; return nil }))
	require.Equal(t, want.Digest, sampled.Digest)
	equalWithin(t, base, list)
	require.Greater(t, rows, 9000)
}

// A re-run without an attack leaves the luck of all else as it was.
func TestRerunWithoutAnAttack(t *testing.T) {
	h := house{seed: 5, noisy: true, jitter: vtime.Second}
	_, with := h.play(t)
	h.without = true
	_, without := h.play(t)
	equalWithin(t, without, with) // it spoofed what nobody hears
}

// A crossing is located to the nanosecond, and for a guard, a trigger and an
// invariant it is the same one.
func TestCrossings(t *testing.T) {
	for _, test := range []struct {
		name      string
		rate      func(float64) float64
		want      float64 // seconds: when the level is 1 m
		tolerance vtime.Duration
	}{
		{"linear", func(float64) float64 { return -1.0 / 32 }, 96, 1},
		{"linear, not exact in binary", func(float64) float64 { return -1.0 / 30 }, 90, 1},
		// sqrt(level) falls by drain/2 a second.
		{"Torricelli", func(x float64) float64 { return -0.04 * math.Sqrt(max(0, x)) }, 50, vtime.Microsecond},
		{"exponential", func(x float64) float64 { return -x / 50 }, 50 * math.Log(4), vtime.Microsecond},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := house{rateOf: test.rate, invariant: true}
			r, list := h.play(t)
			low := list.list["first.low"]
			require.Len(t, low, 2)
			guard := low[1].At
			require.InDelta(t, test.want*1e9, float64(guard), float64(test.tolerance))
			// The guard is at or below, the others are strictly below: a nanosecond later
			// where the level is hit exactly.
			i, err := r.Invariant("first-above-1")
			require.NoError(t, err)
			require.Equal(t, monitor.Violated, i.Verdict)
			require.Equal(t, i.At, r.Injections[1].Applied)
			require.InDelta(t, 0, float64(i.At-guard), 1)
		})
	}
}

// A derivative that is no number ends the run there and names the signal.
func TestBrokenDerivative(t *testing.T) {
	h := house{rateOf: func(x float64) float64 {
		if x < 2 {
			return math.NaN()
		}
		return -0.1
	}}
	_, err := sim.Run(context.Background(), h.plan(t))
	var broken *sim.BrokenError
	require.ErrorAs(t, err, &broken)
	require.Empty(t, broken.Stack, "it is no panic")
	var stuck *plant.StuckError
	require.ErrorAs(t, err, &stuck)
	require.Equal(t, "first", broken.Device)
	require.InDelta(t, 20, broken.At.Seconds(), 1)
}

// solo plans a system of one twin, or of twins that are not wired.
func solo(t *testing.T, twins map[string]device.Device) *sim.Plan {
	s := sim.NewSystem()
	for id, twin := range twins {
		require.NoError(t, s.Add(sim.Device{ID: id, Twin: twin}))
	}
	s.Layout()
	for id := range twins {
		if len(s.Inputs(id)) > 0 {
			other := map[string]string{"ping": "pong", "pong": "ping"}[id]
			require.NoError(t, s.Wire(id, "in", sim.Source{Device: other, Signal: "out", Member: -1}))
		}
	}
	p, err := s.Plan(sim.Scenario{Run: vtime.Time(vtime.Minute)}, nil, nil, nil)
	require.NoError(t, err)
	return p
}

// However many of the signals that it reads change together, OnChange runs once; a
// change in the next round is another one.
func TestOnChangeRunsOnce(t *testing.T) {
	runs := map[vtime.Time]int{}
	d := twin(func(p *device.Ports) {
		x := device.State(p, "x", unit.One, 0.0)
		y := device.State(p, "y", unit.One, 0.0)
		p.OnChange("change", func(c *device.Context) {
			runs[c.Now()]++
			if c.Now() == vtime.Time(2*vtime.Second) && runs[c.Now()] == 1 {
				x.Set(c, -1)
				y.Set(c, -1)
			}
		}, x, y)
		p.Every("tick", vtime.Second, func(c *device.Context) {
			x.Set(c, c.Now().Seconds())
			y.Set(c, c.Now().Seconds())
		})
	})
	_, err := sim.Run(context.Background(), solo(t, map[string]device.Device{"one": d}), sim.Until(vtime.Time(3*vtime.Second)))
	require.NoError(t, err)
	require.Equal(t, map[vtime.Time]int{vtime.Time(vtime.Second): 1, vtime.Time(2 * vtime.Second): 2, vtime.Time(3 * vtime.Second): 1}, runs)
}

// twin is a device of one function.
type twin func(p *device.Ports)

func (f twin) Declare(p *device.Ports) { f(p) }

func TestPanicOfATwin(t *testing.T) {
	boom := twin(func(p *device.Ports) {
		p.Every("tick", vtime.Second, func(c *device.Context) {
			if c.Now() > vtime.Time(3*vtime.Second) {
				panic("boom")
			}
		})
	})
	_, err := sim.Run(context.Background(), solo(t, map[string]device.Device{"bomb": boom}))
	var broken *sim.BrokenError
	require.ErrorAs(t, err, &broken)
	require.Equal(t, "bomb", broken.Device)
	require.Equal(t, "tick", broken.Doing)
	require.Equal(t, vtime.Time(4*vtime.Second), broken.At)
	require.ErrorContains(t, err, "boom")
	require.NotEmpty(t, broken.Stack)
}

// Two devices that answer each other at once are a livelock; both are named, and
// who stands by is not.
func TestLivelock(t *testing.T) {
	echo := func(change float64) device.Device {
		return twin(func(p *device.Ports) {
			in := device.Input[float64](p, "in", unit.One)
			out := device.State(p, "out", unit.One, 0.0)
			p.OnChange("echo", func(c *device.Context) { out.Set(c, in.Get(c)+change) }, in)
			p.Every("begin", vtime.Minute/2, func(c *device.Context) {
				if c.Now() > 0 {
					out.Set(c, out.Get(c)+change)
				}
			})
		})
	}
	idle := twin(func(p *device.Ports) { p.Every("tick", vtime.Second, func(*device.Context) {}) })
	_, err := sim.Run(context.Background(), solo(t, map[string]device.Device{"ping": echo(1), "pong": echo(2), "idle": idle}))
	var live *des.LivelockError
	require.ErrorAs(t, err, &live)
	require.Equal(t, vtime.Time(30*vtime.Second), live.At)
	var broken *sim.BrokenError
	require.ErrorAs(t, err, &broken)
	require.Contains(t, broken.Device, "ping")
	require.Contains(t, broken.Device, "pong")
	require.NotContains(t, broken.Device, "idle")
}

// A run that is stopped says what is known up to then.
func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	h := house{noisy: true, run: 100 * vtime.Hour}
	r, err := sim.Run(ctx, h.plan(t), sim.Progress(func(at vtime.Time) {
		if at > vtime.Time(vtime.Hour) {
			cancel()
		}
	}))
	require.NoError(t, err)
	require.True(t, errors.Is(r.Stopped, context.Canceled))
	require.Greater(t, r.Ended, vtime.Time(vtime.Hour))
	require.Less(t, r.Ended, vtime.Time(3*vtime.Hour))
	require.NotEmpty(t, r.Digest)
}
