package vehicle_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/vehicle"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// two has a vehicle follow another one; what is asked of them changes in steps.
func two(t testing.TB, run vtime.Duration, ahead, behind vehicle.Spec, asksAhead, asksBehind []float64) *simtest.Played {
	return simtest.Scene{
		Run: run, Every: 10 * vtime.Millisecond,
		Devices: map[string]device.Device{
			"a": leads(ahead), "b": must(vehicle.New(behind)),
			"asks": simtest.Script{Unit: unit.MetrePerSecondSquared, Values: map[string][]simtest.Point{
				"a": simtest.Steps(asksAhead...), "b": simtest.Steps(asksBehind...),
			}},
		},
		Wires: map[string]string{
			"a.drive": "asks.a", "b.drive": "asks.b",
			"b.ahead": "a.rear", "b.ahead_speed": "a.speed", "a.behind": "b.push",
		},
	}.Play(t)
}

// From 8 m/s on at -8 m/s2 the speed is 8 - 8 (t - lag (1 - exp(-t/lag))), till it stands, and stays where it is.
func TestBrakes(t *testing.T) {
	s := car
	s.Speed, s.Position = 8, 100
	a := car
	a.Position = 200
	p := two(t, 5*second, a, s, []float64{0, 0}, []float64{0, -20})
	for _, at := range []float64{0.1, 0.5, 1, 1.4} {
		e := 1 - math.Exp(-at/0.5)
		at10 := vtime.FromSeconds(at)
		assert.InDelta(t, -8*e, p.At("b.acceleration", at10), 1e-9, "at most as hard as it can")
		assert.InDelta(t, 8-8*(at-0.5*e), p.At("b.speed", at10), 1e-9)
		assert.InDelta(t, 100+8*at-8*(at*at/2-0.5*at+0.25*e), p.At("b.position", at10), 1e-9)
	}
	assert.Equal(t, 1.0, p.At("b.standing", 2*second))
	assert.Zero(t, p.At("b.speed", 2*second))
	assert.Equal(t, p.At("b.position", 2*second), p.At("b.position", 5*second))
	assert.Equal(t, p.At("b.position", 0)-4, p.At("b.rear", 0))
}

// stopping is how far one goes whose brakes follow with a lag.
func stopping(v, brakes, lag float64) float64 { return v*v/2/brakes + v*lag - brakes*lag*lag/2 }

// The braking floor: gap >= v delay + v^2/2 (1/brakes - 1/brakes of the one ahead), with 100 km/h: as
// published for a follower that is 0.1 s late, 1 s late, or brakes with 6 m/s2. With a little more of a gap
// it stands before it touches, with a little less it does not.
func TestBrakingFloor(t *testing.T) {
	const v = 27.78
	for _, c := range []struct {
		delay, brakes float64
		want          string
		digits        int
	}{{0.1, 8, "2.78", 2}, {1, 8, "27.8", 1}, {0.1, 6, "18.9", 1}} {
		floor := v*c.delay + v*v/2*(1/c.brakes-1./8)
		assert.Equal(t, c.want, fmt.Sprintf("%.*f", c.digits, floor))
		for _, lag := range []float64{0.02, 0.5} {
			need := v*c.delay + stopping(v, c.brakes, lag) - stopping(v, 8, lag)
			assert.InDelta(t, floor, need, math.Abs(8-c.brakes)*lag*lag/2+1e-9)
			for _, spare := range []float64{0.002, -0.002} {
				a, b := car, car
				a.Lag, b.Lag, b.Brakes = lag, lag, c.brakes
				a.Speed, b.Speed, a.Position = v, v, 4+need+spare
				p := two(t, 10*second, a, b, []float64{0, -20}, []float64{0, 0, c.delay, -20})
				assert.Equal(t, spare < 0, len(p.Changes("b.touching")) > 1, "lag %v, %+v m", lag, spare)
			}
		}
	}
}

// parting is the speed w at which two part that met at v, of -c w - ln(1 - c w) = c v - ln(1 + c v), by bisection.
func parting(c, v float64) float64 {
	want := c*v - math.Log1p(c*v)
	low, high := 0.0, 1/c
	for range 200 {
		w := (low + high) / 2
		if -c*w-math.Log1p(-c*w) < want {
			low = w
		} else {
			high = w
		}
	}
	return low
}

// Momentum is kept, and two part as slowly as the equation of the contact says.
func TestCollision(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := car, car
		a.Mass, b.Mass = rapid.Float64Range(600, 40000).Draw(rt, "ahead"), rapid.Float64Range(600, 40000).Draw(rt, "behind")
		v := rapid.Float64Range(1, 30).Draw(rt, "v")
		a.Speed, b.Speed, a.Position = 20, 20+v, 4.5
		a.Wrecks, b.Wrecks = 1000, 1000
		b.Plasticity = rapid.Float64Range(0.2, 3).Draw(rt, "plasticity")
		p := two(t, 8*second, a, b, []float64{0, 0}, []float64{0, 0})
		w := parting(b.Plasticity, v)
		end := 8 * second
		meeting, share := p.At("b.impact", end), a.Mass/(a.Mass+b.Mass)
		require.InEpsilon(rt, v, meeting, 1e-5)
		require.InDelta(rt, w, p.At("a.speed", end)-p.At("b.speed", end), 1e-5)
		require.InEpsilon(rt, a.Mass*20+b.Mass*(20+v), a.Mass*p.At("a.speed", end)+b.Mass*p.At("b.speed", end), 1e-9)
		require.LessOrEqual(rt, p.At("b.delta_v", end), (v+w)*share*(1+1e-6))
		require.LessOrEqual(rt, p.At("a.delta_v", end), (v+w)*(1-share)*(1+1e-6))
		require.Zero(rt, p.At("b.touching", end))
	})
}

// After a collision both brake, whatever is asked of their engines. What pushes them at 20 m/s2 and less
// is none: not those 5 m/s2 by which the one behind leans on the other one.
func TestWrecked(t *testing.T) {
	a, b := car, car
	a.Mass, a.Position, b.Speed = 3000, 10, 25
	p := two(t, 20*second, a, b, []float64{0, 4}, []float64{0, 4})
	for _, id := range []string{"a", "b"} {
		assert.Equal(t, 1.0, p.At(id+".wrecked", 20*second))
		assert.Equal(t, 1.0, p.At(id+".standing", 20*second))
		assert.Equal(t, p.At(id+".delta_v", 5*second), p.At(id+".delta_v", 20*second))
	}
	impact := p.At("b.impact", 20*second)
	assert.InEpsilon(t, (impact+parting(1, impact))*2/3, p.At("b.delta_v", 20*second), 0.05)
	assert.InEpsilon(t, 2, p.At("b.delta_v", 20*second)/p.At("a.delta_v", 20*second), 0.05)

	a, b = car, car
	a.Position = 4.2
	a.Brakes = 0.5
	p = two(t, 20*second, a, b, []float64{0, -1}, []float64{0, 4})
	assert.Equal(t, 1.0, p.At("b.touching", 20*second))
	assert.Positive(t, p.At("a.position", 20*second)-4.2, "it is pushed")
	assert.Zero(t, p.At("b.delta_v", 20*second))
	assert.Zero(t, p.At("a.wrecked", 20*second))
}

// One that stands pushed is moved by more than its brakes hold, and by no less.
func TestStandsItsGround(t *testing.T) {
	for force, moves := range map[float64]bool{11900: false, 12100: true} {
		s := simtest.Scene{
			Run: 10 * second,
			Devices: map[string]device.Device{
				"a":    leads(car),
				"asks": simtest.Script{Unit: unit.MetrePerSecondSquared, Values: map[string][]simtest.Point{"brakes": simtest.Steps(0, -8)}},
				"hand": simtest.Script{Unit: unit.Newton, Values: map[string][]simtest.Point{"push": simtest.Steps(0, 0, 5, force)}},
			},
			Wires: map[string]string{"a.drive": "asks.brakes", "a.behind": "hand.push"},
		}.Play(t)
		assert.Equal(t, moves, s.At("a.position", 10*second) > 0, "%v N", force)
	}
}

// What touches from the start has met, and vehicles are pushed apart without a number that is none.
func TestOverlapFromTheStart(t *testing.T) {
	a, b := car, car
	a.Position = 3.9
	p := two(t, 10*second, a, b, []float64{0, 0}, []float64{0, 0})
	assert.Equal(t, 1.0, p.At("b.touching", 0))
	assert.Greater(t, p.At("b.gap", 10*second), 0.0)
	assert.Zero(t, p.At("b.impact", 10*second))
}

// What the equations are not for is refused, by name, range and source.
func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *vehicle.Spec){
		"mass must be from 400 kg to 60000 kg (Rajamani": func(s *vehicle.Spec) { s.Mass = 1 },
		"mass must be from 400 kg to":                    func(s *vehicle.Spec) { s.Mass = -1500 },
		"lag must be from 0.02 s to 2 s (Rajamani":       func(s *vehicle.Spec) { s.Lag = 3 },
		"brakes must be from 0.5 m/s2 to 12 m/s2":        func(s *vehicle.Spec) { s.Brakes = 20 },
		"length must be from 1 m to 30 m (our estimate":  func(s *vehicle.Spec) { s.Length = 0.1 },
		"dead_time must be from 0.01 s to 1 s (our est":  func(s *vehicle.Spec) { s.DeadTime = 2 * second },
		"stiffness must be from 100000 N/m to":           func(s *vehicle.Spec) { s.Stiffness = 1 },
		"to 1e+07 N/m (our estimate":                     func(s *vehicle.Spec) { s.Stiffness = 1e8 },
		"plasticity must be from 0.1 s/m to 10 s/m (our": func(s *vehicle.Spec) { s.Plasticity = 20 },
		"starts_with must be from 0 m/s to 100 m/s":      func(s *vehicle.Spec) { s.Speed = 101 },
	} {
		s := car
		change(&s)
		_, err := vehicle.New(s)
		require.ErrorContains(t, err, want)
	}
	for want, change := range map[string]func(s *vehicle.ControllerSpec){
		"headway must be from 0.1 s to 10 s": func(s *vehicle.ControllerSpec) { s.Headway = 20 },
		"headway must be from 0.1 s to":      func(s *vehicle.ControllerSpec) { s.Headway = -1 },
		"kp must be from 0.001 1/s2":         func(s *vehicle.ControllerSpec) { s.KP = 11 },
		"easing must be from 1 s to 1000 s":  func(s *vehicle.ControllerSpec) { s.Easing = 0.5 },
		"xi":                                 func(s *vehicle.ControllerSpec) { s.Damping = math.NaN() },
		"law":                                func(s *vehicle.ControllerSpec) { s.Law = "none" },
	} {
		s := ecu
		change(&s)
		_, err := vehicle.NewController(s)
		require.ErrorContains(t, err, want)
	}
	_, err := vehicle.NewRadar(vehicle.RadarSpec{Every: 0, Range: 1})
	require.Error(t, err)
}
