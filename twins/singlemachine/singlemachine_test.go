package singlemachine_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/singlemachine"
)

const (
	degree = math.Pi / 180
	omega  = 2 * math.Pi * 60
)

// A fault is a machine and what its network transfers during and after a fault.
type fault struct {
	spec          singlemachine.Spec
	during, after float64
}

// from is a layer on a setting, from a time on for a while, in s.
func from(x *sim.System, name string, value, start, lasts float64) sim.Step {
	at, _ := x.Lookup("machine", name)
	return sim.Step{Step: inject.Step{
		Name: name, Kind: inject.Fault, Start: inject.At, Time: vtime.Time(vtime.FromSeconds(start)), For: vtime.FromSeconds(lasts),
		Ops: []inject.Op{{Kind: inject.LayerOp, Point: x.StatePoint(at.Cell.Slot), Layer: signal.Layer{Op: signal.Const, A: value}}},
	}}
}

func machine(t testing.TB, s singlemachine.Spec) device.Device {
	t.Helper()
	d, err := singlemachine.New(s)
	require.NoError(t, err)
	return d
}

// play clears the fault after so many seconds.
func (f fault) play(t testing.TB, lasts float64) *simtest.Played {
	return simtest.Scene{
		Run: 5 * vtime.Second, Every: 10 * vtime.Millisecond,
		Devices: map[string]device.Device{"machine": machine(t, f.spec)},
		Injections: func(x *sim.System) []sim.Step {
			return []sim.Step{from(x, "transfer", f.during, 0, lasts), from(x, "transfer", f.after, lasts, 10)}
		},
	}.Play(t)
}

func course(t testing.TB, p *simtest.Played, name string) *sim.Signal {
	t.Helper()
	s, err := p.Signal("machine." + name)
	require.NoError(t, err)
	return s
}

// survived reports whether the machine stays in step. Nothing but its angle is
// recorded: it is asked often.
func (f fault) survived(t testing.TB, lasts float64) bool {
	t.Helper()
	x := sim.NewSystem()
	require.NoError(t, x.Add(sim.Device{ID: "machine", Twin: machine(t, f.spec)}))
	x.Layout()
	require.NoError(t, x.Unwired("machine", "closed"))
	steps := []sim.Step{from(x, "transfer", f.during, 0, lasts), from(x, "transfer", f.after, lasts, 10)}
	plan, err := x.Plan(sim.Scenario{Name: "fault", Run: vtime.Time(5 * vtime.Second)}, nil, steps, nil)
	require.NoError(t, err)
	most := 0.0
	_, err = sim.Run(context.Background(), plan, sim.Sample(10*vtime.Millisecond, []string{"machine.angle"}, func(_ vtime.Time, values []float64) error {
		most = max(most, values[0])
		return nil
	}))
	require.NoError(t, err)
	return most < math.Pi
}

// critical is the longest fault that the twin survives, by bisection over its runs.
func (f fault) critical(t testing.TB) float64 {
	low, high := 0.01, 1.0
	for high-low > 1e-7 {
		if mid := (low + high) / 2; f.survived(t, mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// equalArea is the angle at which a fault must be cleared at the latest.
func equalArea(power, before, during, after float64) float64 {
	start, last := math.Asin(power/before), math.Pi-math.Asin(power/after)
	return math.Acos((power*(last-start) + after*math.Cos(last) - during*math.Cos(start)) / (after - during))
}

// TestCriticalClearing holds the twin against the closed form, and both against the
// printed figures.
func TestCriticalClearing(t *testing.T) {
	glover := singlemachine.Spec{Frequency: 60, Inertia: 3, Power: 1, Internal: 1.2812, Voltage: 1, Reactance: 0.52}
	for name, c := range map[string]struct {
		fault
		start, angle, seconds, within float64 // deg, s
	}{
		"Glover, all power lost": {fault{glover, 0, 1.2812 / 0.52}, 23.95, 88.74, 0.1897, 5e-5},
		"Glover, a line lost":    {fault{glover, 0.9152, 2.1353}, 23.95, 113.5, 0.343, 5e-4},
		"three transfers": {fault{singlemachine.Spec{Frequency: 60, Inertia: 3, Power: 1.2, Internal: 1, Voltage: 1, Reactance: 0.4}, 0.5, 1.8},
			28.69, 66.75, 0.1521, 5e-5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			power, before := c.spec.Power, c.spec.Internal/c.spec.Reactance
			angle := equalArea(power, before, c.during, c.after)
			assert.InDelta(t, c.start, math.Asin(power/before)/degree, 0.005)
			assert.InDelta(t, c.angle, angle/degree, 0.05)
			got := c.critical(t)
			assert.InDelta(t, c.seconds, got, c.within)
			reached := course(t, c.play(t, got), "angle").At(vtime.Time(vtime.FromSeconds(got)))
			assert.InDelta(t, angle, reached, 1e-5)
			if c.during == 0 {
				assert.InDelta(t, math.Sqrt(4*3*(angle-math.Asin(power/before))/(omega*power)), got, 1e-6)
			}
		})
	}
}

// TestRest: at rest nothing moves.
func TestRest(t *testing.T) {
	s := singlemachine.Spec{Frequency: 60, Inertia: 3, Power: 1, Internal: 1.2812, Voltage: 1, Reactance: 0.52}
	p := simtest.Scene{Run: vtime.Hour, Every: vtime.Hour, Devices: map[string]device.Device{"machine": machine(t, s)}}.Play(t)
	assert.Equal(t, 60.0, p.At("machine.frequency", vtime.Hour))
	assert.InDelta(t, 1, p.At("machine.power", vtime.Hour), 1e-15)
}

// TestSmallSwings have the frequency of the linear equation, and its damping.
func TestSmallSwings(t *testing.T) {
	s := singlemachine.Spec{Frequency: 60, Inertia: 3, Damping: 10, Power: 1, Internal: 1.2812, Voltage: 1, Reactance: 0.52}
	p := simtest.Scene{
		Run: 5 * vtime.Second, Every: 10 * vtime.Millisecond, Devices: map[string]device.Device{"machine": machine(t, s)},
		Injections: func(x *sim.System) []sim.Step { return []sim.Step{from(x, "power", 1.0001, 0, 10)} },
	}.Play(t)
	stiffness := 1.2812 / 0.52 * math.Cos(math.Asin(1/(1.2812/0.52)))
	decay := s.Damping / (4 * s.Inertia)
	swing := math.Sqrt(omega*stiffness/(2*s.Inertia) - decay*decay)
	start := course(t, p, "angle").At(0)
	for seconds := 0.0; seconds < 5; seconds += 0.07 {
		sin, cos := math.Sincos(swing * seconds)
		want := 1e-4 / stiffness * (1 - math.Exp(-decay*seconds)*(cos+decay/swing*sin))
		got := course(t, p, "angle").At(vtime.Time(vtime.FromSeconds(seconds)))
		assert.InDelta(t, want, got-start, 5e-8, "%v s", seconds)
	}
}

// TestAurora: the times and currents of a machine that is cut off with a surplus of 1 pu
// and closed again.
func TestAurora(t *testing.T) {
	s := singlemachine.Spec{Frequency: 60, Inertia: 1, Power: 1, Internal: 1, Voltage: 1, Reactance: 0.3}
	start := math.Asin(0.3)
	after := func(angle float64) *simtest.Played {
		return simtest.Scene{
			Run: vtime.Second, Every: vtime.FromSeconds(math.Sqrt(4 * angle / omega)),
			Devices: map[string]device.Device{
				"machine": machine(t, s),
				"breaker": simtest.Script{Unit: unit.One, Values: map[string][]simtest.Point{"closed": simtest.Steps(0, 0)}},
			},
			Wires: map[string]string{"machine.closed": "breaker.closed"},
		}.Play(t)
	}
	for _, c := range []struct{ angle, seconds, current float64 }{
		{60, 0.105, 0}, {90, 0.129, 0}, {120, 0.149, 5.77}, {180, 0.183, 6.67},
	} {
		exact := math.Sqrt(4 * 1 * c.angle * degree / omega)
		assert.InDelta(t, c.seconds, exact, 5e-4)
		assert.InDelta(t, start+c.angle*degree, after(c.angle*degree).At("machine.angle", vtime.FromSeconds(exact)), 1e-6)
		if c.current > 0 {
			gained := c.angle*degree - start
			got := after(gained).At("machine.current", vtime.FromSeconds(math.Sqrt(4*gained/omega)))
			assert.InDelta(t, c.current, got, 5e-3)
			assert.InDelta(t, 2*math.Sin(c.angle*degree/2)/0.3, got, 1e-6)
		}
	}
}

func TestRefuses(t *testing.T) {
	good := singlemachine.Spec{Frequency: 60, Inertia: 3, Power: 1, Internal: 1, Voltage: 1, Reactance: 0.5}
	for want, change := range map[string]func(s *singlemachine.Spec){
		"inertia must be above 0 s":            func(s *singlemachine.Spec) { s.Inertia = 0 },
		"than the network can transfer":        func(s *singlemachine.Spec) { s.Power = 2 },
		"reactance must be at least 0.0001 pu": func(s *singlemachine.Spec) { s.Reactance = 0 },
		"frequency must be finite":             func(s *singlemachine.Spec) { s.Frequency = math.Inf(1) },
	} {
		s := good
		change(&s)
		_, err := singlemachine.New(s)
		assert.ErrorContains(t, err, want)
	}
}
