package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// side is 1 above zero, else -1.
func side(x float64) float64 {
	if x > 0 {
		return 1
	}
	return -1
}

// until advances until an error, a time or so many steps.
func (r *rig) until(end vtime.Time, steps int) (err error) {
	for range steps {
		if err = r.Advance(0); err != nil {
			break
		}
		if _, to := r.Step(0); to >= end {
			break
		}
	}
	return err
}

// A rate that pushes its state to a threshold from both sides, or circles it ever
// faster, is named in bounded work, by either method and at any tolerance, however
// slow it is in itself.
func TestTurningToAndFro(t *testing.T) {
	const work = 100_000 // steps
	for name, test := range map[string]struct {
		start  []float64
		rates  []signal.Eval
		signal string
		at     float64 // when it gets there
		late   float64 // how much later it is named at most
	}{
		"to zero": {[]float64{-0.5}, []signal.Eval{func(f *signal.Frame) float64 { return -side(a(f)) }}, "a", 0.5, 1},
		"fast":    {[]float64{1 - 500}, []signal.Eval{func(f *signal.Frame) float64 { return -1000 * side(a(f)-1) }}, "a", 0.5, 1},
		"slow":    {[]float64{1 - 0.5e-3}, []signal.Eval{func(f *signal.Frame) float64 { return -1e-3 * side(a(f)-1) }}, "a", 0.5, 1},
		"askew":   {[]float64{1 - 0.5}, []signal.Eval{func(f *signal.Frame) float64 { return 0.3 - side(a(f)-1) }}, "a", 0.5 / 1.3, 1},
		"thermostat": {[]float64{15}, []signal.Eval{func(f *signal.Frame) float64 {
			if a(f) < 20 {
				return (30 - a(f)) / 10
			}
			return (10 - a(f)) / 10
		}}, "a", 10 * math.Log(1.5), 2},
		"sliding surface": {[]float64{1, 0}, []signal.Eval{b, func(f *signal.Frame) float64 { return -side(a(f) + b(f)) }}, "b", math.Sqrt(3) - 1, 1},
		"spiral": {[]float64{1, 0}, []signal.Eval{
			func(f *signal.Frame) float64 { return 1000 * b(f) },
			func(f *signal.Frame) float64 { return float64(-1000*side(a(f))) - float64(2000*b(f)) },
		}, "b", 0, 1},
	} {
		for _, solver := range []plant.Solver{plant.Automatic, plant.Explicit} {
			t.Run(name+" "+solver.String(), func(t *testing.T) {
				r := newRigBy(solver, plant.Options{}, test.start, test.rates...)
				err := r.until(1000*second, work)
				var stuck *plant.StuckError
				require.ErrorAs(t, err, &stuck)
				t.Logf("%d steps: %v", r.Steps, err)
				assert.Equal(t, test.signal, stuck.Signal)
				assert.GreaterOrEqual(t, stuck.At.Seconds(), test.at-1e-6)
				assert.LessOrEqual(t, stuck.At.Seconds(), test.at+test.late)
				assert.Contains(t, stuck.Reason, "turns to and fro")
				assert.Contains(t, stuck.Reason, "a band or a delay")
			})
		}
	}
}

// A guard that fires without end: a ball that bounces ever lower writes its state
// more and more often.
func TestZeno(t *testing.T) {
	const g, keeps = 9.81, 0.5
	r := newRig(plant.Options{}, []float64{1, 0}, b, func(*signal.Frame) float64 { return -g })
	w := r.level(0, 0)
	w.Holds = func(f *signal.Frame) bool { return a(f) < 0 }
	var err error
	for n := 0; err == nil; n++ {
		require.Less(t, n, 100_000)
		from, to := r.Step(0)
		if at, ok := r.Next(w, from, to, false); ok {
			up := -keeps * r.at(at, 1)
			err = r.Restart(0, at, []plant.Jump{{Slot: first}, {Slot: first + 1, Value: up}})
		} else {
			err = r.Advance(0)
		}
	}
	var stuck *plant.StuckError
	require.ErrorAs(t, err, &stuck)
	// sqrt(2/g) to fall, and then twice the rest of the geometric series.
	assert.InDelta(t, math.Sqrt(2/g)*(1+2*keeps/(1-keeps)), stuck.At.Seconds(), 1e-2)
	assert.Contains(t, stuck.Reason, "turns to and fro")
}

// What is fast but gets on is not refused: by a clock, by an oscillator of its
// own, smoothly, or in one great jump.
func TestFastIsNotChattering(t *testing.T) {
	saw := func(x float64) float64 { return x - math.Floor(x) }
	for name, test := range map[string]struct {
		start []float64
		rates []signal.Eval
		end   vtime.Time
		want  float64
		delta float64
		most  vtime.Duration // step
	}{
		// A tank under a valve that a clock pulses at 10 kHz: 0.3 of the time open. Each
		// of the 10,000 edges is within the tolerance of 1.15e-10, as far as an estimate
		// that takes the rate for smooth can tell: to a factor of two.
		"pulses": {[]float64{1}, []signal.Eval{func(f *signal.Frame) float64 {
			if saw(float64(clock(f)*1e4)) < 0.3 {
				return 1
			}
			return 0
		}}, second / 2, 1.15, 2.3e-6, 10 * vtime.Microsecond},
		"strong pulses": {[]float64{1}, []signal.Eval{func(f *signal.Frame) float64 {
			if saw(float64(clock(f)*1e4)) < 0.3 {
				return 1000
			}
			return 0
		}}, second / 10, 31, 1e-2, 10 * vtime.Microsecond},
		// The same by an oscillator that is part of the island.
		"of its own": {[]float64{1, 0, 1}, []signal.Eval{
			func(f *signal.Frame) float64 { return 2e3 * math.Pi * b(f) },
			func(f *signal.Frame) float64 { return -2e3 * math.Pi * a(f) },
			func(f *signal.Frame) float64 { return max(0, side(a(f))) },
		}, second * 2, 2, 1e-3, 0},
		"oscillator of 1 MHz": {[]float64{1, 0}, []signal.Eval{
			func(f *signal.Frame) float64 { return 2e6 * math.Pi * b(f) },
			func(f *signal.Frame) float64 { return -2e6 * math.Pi * a(f) },
		}, second / 1000, 0, 1e-6, 0},
		// A jump of the derivative by a million per second, with a tolerance of 1e-10.
		"a jump": {[]float64{-1e5}, []signal.Eval{func(f *signal.Frame) float64 {
			if a(f) < 1 {
				return 1e6
			}
			return 0.5
		}}, second, 1.45, 1.1e-3, 0},
	} {
		for _, solver := range []plant.Solver{plant.Automatic, plant.Explicit} {
			t.Run(name+" "+solver.String(), func(t *testing.T) {
				r := newRigBy(solver, plant.Options{Longest: test.most}, test.start, test.rates...)
				require.NoError(t, r.until(test.end, 3_000_000))
				t.Logf("%d steps, %d rejected", r.Steps, r.Rejected)
				assert.InDelta(t, test.want, r.at(test.end, len(test.start)-1), test.delta)
			})
		}
	}
}

// A rate that rests and then gives a pulse is missed by steps that grow meanwhile,
// unless they are bounded: for all islands, or for that one.
func TestPulsesOfTheTime(t *testing.T) {
	frame := &signal.Frame{V: make([]float64, cells)}
	p := plant.New(nil, []plant.Island{{
		Longest: vtime.Second,
		States: []plant.State{{Slot: first, Factor: -1, Rate: func(f *signal.Frame) float64 {
			if s := clock(f) / 60; s-math.Floor(s) < 0.1 {
				return 1
			}
			return 0
		}}},
	}}, frame, plant.Options{})
	r := &rig{Plant: p, frame: frame, view: plant.View{Islands: []int32{0}, States: all(1)}}
	r.to(t, 3600*second)
	assert.InDelta(t, 360, r.at(3600*second, 0), 120*2*plant.Rtol*360, "120 edges, as above")
	assert.Less(t, r.Steps, uint64(10_000))
}
