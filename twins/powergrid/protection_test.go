package powergrid

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
)

func vtimeOf(seconds float64) vtime.Time { return vtime.Time(vtime.FromSeconds(seconds)) }

// at is when a signal first became a value.
func at(t *testing.T, p *played, path string, value float64) float64 {
	t.Helper()
	for _, c := range p.Changes(path) {
		if c.Value == value {
			return c.At.Seconds()
		}
	}
	require.Fail(t, "never", "%s never became %v", path, value)
	return 0
}

// missing takes so much power from a turbine at once.
func missing(t *testing.T, s Spec, megawatts, run float64) *played {
	t.Helper()
	g := made(t, s)
	return play(t, s, run, nil, change{"g1_set_point", g.given[0] - megawatts*1e6, 0, run})
}

// TestRateOfChange: RoCoF = dP f0 / (2 sum of H), for good where no load changes.
func TestRateOfChange(t *testing.T) {
	exact := -0.945 * 60 / (2 * (23.64 + 6.40 + 3.01))
	assert.InDelta(t, -0.858, exact, 5e-4)
	p := missing(t, lossless(), 94.5, 4)
	for _, c := range []struct{ frequency, seconds float64 }{{59.5, 0.58}, {57, 3.50}} {
		got := crossing(t, p, "grid.frequency", c.frequency)
		assert.InDelta(t, (c.frequency-60)/exact, got, 1e-6)
		assert.InDelta(t, c.seconds, got, 0.005)
	}
	p = missing(t, wscc(), 94.5, 4)
	assert.InDelta(t, exact, p.At("grid.rocof", 0), 1e-12)
	slope := (p.At("grid.frequency", 1010*vtime.Millisecond) - p.At("grid.frequency", 990*vtime.Millisecond)) / 0.02
	assert.InDelta(t, slope, p.At("grid.rocof", vtime.Second), 2e-4)
}

// TestGovernors: all machines share what is missing by droop and rating, and settle
// where the sum of what they add is what the loads take more.
func TestGovernors(t *testing.T) {
	s := wscc()
	ratings := []float64{247.5e6, 192e6, 128e6}
	for i := range s.Machines {
		s.Machines[i].Droop, s.Machines[i].Rating, s.Machines[i].Damping = 0.05, ratings[i], 2
	}
	p := play(t, s, 300, nil, change{"a_factor", 1.2, 0, 300})
	end := 299 * vtime.Second
	added, taken, deviation := 0.0, 0.0, p.At("grid.frequency", end)/60-1
	for i, name := range []string{"g1", "g2", "g3"} {
		mechanical := p.At("grid."+name+"_mechanical", end)
		assert.InEpsilon(t, -deviation/0.05*ratings[i], mechanical-made(t, s).given[i], 1e-6)
		added += mechanical - made(t, s).given[i] - 2*1e8*deviation
		taken += p.At("grid."+name+"_power", end) - made(t, s).given[i]
	}
	assert.InEpsilon(t, taken, added, 1e-6)
	assert.Greater(t, taken, 15e6)
}

// TestRelayWaits: a relay trips when the frequency was out of bounds for its delay,
// and forgets what ended before.
func TestRelayWaits(t *testing.T) {
	s := wscc()
	s.Relays = []Relay{{"slow", 59.5, 0, 2 * vtime.Second}, {"quick", 58.5, 0, 0}}
	p := missing(t, s, 94.5, 4)
	for _, name := range []string{"g1", "g2", "g3"} {
		low := crossing(t, p, "grid."+name+"_frequency", 58.5)
		assert.InDelta(t, low, at(t, p, "grid."+name+"_tripped", 1), 1e-6, "the quick one is first")
		assert.Equal(t, float64(underFrequency), p.At("grid."+name+"_cause", 399*10*vtime.Millisecond))
	}
	assert.Zero(t, p.At("grid.connected", 3990*vtime.Millisecond))
	assert.Zero(t, p.At("grid.b5_voltage", 3990*vtime.Millisecond))
	assert.Zero(t, p.At("grid.frequency", 3990*vtime.Millisecond))

	s.Relays = s.Relays[:1]
	p = missing(t, s, 94.5, 4)
	for _, name := range []string{"g1", "g2"} {
		assert.InDelta(t, crossing(t, p, "grid."+name+"_frequency", 59.5)+2, at(t, p, "grid."+name+"_tripped", 1), 1e-6)
	}
	g := made(t, s)
	p = play(t, s, 6, nil, change{"g1_set_point", g.given[0] - 94.5e6, 0, 1}, change{"g1_set_point", g.given[0] + 94.5e6, 1, 1})
	assert.Less(t, p.At("grid.frequency", vtime.Second), 59.3)
	assert.Equal(t, 3.0, p.At("grid.connected", 5*vtime.Second), "it came back in time")
}

// crossing is when a signal first fell to a value.
func crossing(t *testing.T, p *played, path string, value float64) float64 {
	t.Helper()
	s, err := p.Signal(path)
	require.NoError(t, err)
	step := 0.01
	from := 0.0
	for s.At(vtimeOf(from+step)) > value {
		from += step
		require.Less(t, from, 10.0)
	}
	low, high := from, from+step
	for range 40 {
		if mid := (low + high) / 2; s.At(vtimeOf(mid)) > value {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// TestOverFrequency: what loses its load runs away and is tripped.
func TestOverFrequency(t *testing.T) {
	s := wscc()
	s.Relays = []Relay{{"over", 0, 61.7, 0}}
	p := play(t, s, 2, map[string][]simtest.Point{"t27_closed": simtest.Steps(0, 1, 0.5, 0)})
	tripped := at(t, p, "grid.g2_tripped", 1)
	assert.InDelta(t, 0.5+1.7*2*6.40/(60*1.63), tripped, 1e-6, "all of its power makes it faster")
	assert.Equal(t, float64(overFrequency), p.At("grid.g2_cause", 2*vtime.Second))
	assert.Zero(t, p.At("grid.g2_mechanical", 2*vtime.Second))
}

// TestShedding: each stage takes its share off once, after its delay.
func TestShedding(t *testing.T) {
	s := wscc()
	s.Shedding = []Stage{{"first", 59.5, 0.1, 200 * vtime.Millisecond}, {"second", 58.5, 0.2, 0}}
	p := missing(t, s, 94.5, 3)
	first := at(t, p, "grid.first_shed", 1)
	assert.InDelta(t, crossing(t, p, "grid.frequency", 59.5)+0.2, first, 1e-6)
	g := made(t, s)
	taken := func(name string, factor float64, seconds float64) {
		t.Helper()
		i := map[string]int{"a": 0, "c": 2}[name]
		v := p.At("grid."+g.buses[g.load[i]]+"_voltage", vtime.FromSeconds(seconds))
		assert.InEpsilon(t, factor*g.base[i].re*v*v*1e8, p.At("grid."+name+"_power", vtime.FromSeconds(seconds)), 1e-9)
	}
	taken("a", 1, 0.5)
	taken("a", 0.9, 1)
	taken("c", 0.9, 1)
	assert.Less(t, p.At("grid.frequency", 3*vtime.Second), 60.0)
}

// TestOutOfStep: a fault that was cleared too late ends with a machine cut off.
func TestOutOfStep(t *testing.T) {
	s := wscc()
	s.OutOfStep = 180 * degree
	p := short{"b7", "l57", 0.2}.play(t, s, 3)
	tripped := at(t, p, "grid.g2_tripped", 1)
	assert.Equal(t, float64(outOfStep), p.At("grid.g2_cause", 3*vtime.Second))
	var angles []float64
	sum, weight := 0.0, 0.0
	for i, name := range []string{"g1", "g2", "g3"} {
		a, err := p.Signal("grid." + name + "_angle")
		require.NoError(t, err)
		angles = append(angles, a.At(vtimeOf(tripped)))
		sum, weight = sum+s.Machines[i].Inertia*angles[i], weight+s.Machines[i].Inertia
	}
	assert.InDelta(t, math.Pi, slices.Max(angles)-sum/weight, 1e-6, "the first of them")
}

// TestIsland: a machine that is cut off moves by its surplus alone, t = sqrt(4 H d /
// (w0 dP)); closed again out of phase it gets the current of both voltages.
func TestIsland(t *testing.T) {
	s := glover()
	p := play(t, s, 2, map[string][]simtest.Point{"g_closed": simtest.Steps(0, 1, 0.1, 0, 0.3, 1)})
	g := made(t, s)
	angle := g.angles[0] + 2*math.Pi*60*0.2*0.2/(4*3)
	assert.InDelta(t, angle, angleAt(t, p, 0.3), 1e-9)
	assert.Zero(t, p.At("grid.g_current", 200*vtime.Millisecond))
	distance := math.Sqrt(g.emf[0]*g.emf[0] + 1 - 2*g.emf[0]*math.Cos(angle))
	assert.InEpsilon(t, distance/0.52, p.At("grid.g_current", 300*vtime.Millisecond), 1e-9)
}

// TestDemand: what is demanded beyond the start is taken at the voltage of the start;
// what moves by less than the resolution waits.
func TestDemand(t *testing.T) {
	s := wscc()
	p := play(t, s, 1, map[string][]simtest.Point{"a_demand": simtest.Steps(0, 0, 0.2, 5e4, 0.4, 20e6)})
	g := made(t, s)
	start := p.At("grid.a_power", 0)
	assert.InEpsilon(t, 125e6, start, 1e-9)
	assert.Equal(t, start, p.At("grid.a_power", 300*vtime.Millisecond))
	v := p.At("grid.b5_voltage", 400*vtime.Millisecond) / g.voltages[g.load[0]].magnitude()
	assert.InEpsilon(t, 145e6*v*v, p.At("grid.a_power", 400*vtime.Millisecond), 1e-9)
}

// TestFlows: what enters the lines at a bus is what leaves it.
func TestFlows(t *testing.T) {
	p := short{"b7", "l57", 0.083}.play(t, wscc(), 1)
	for _, when := range []vtime.Duration{0, 500 * vtime.Millisecond} {
		assert.InDelta(t, p.At("grid.g1_power", when), p.At("grid.t14_power", when), 1)
		assert.InDelta(t, p.At("grid.t14_power", when), p.At("grid.l45_power", when)+p.At("grid.l46_power", when), 1)
	}
	assert.Zero(t, p.At("grid.l57_power", 500*vtime.Millisecond))
}

// TestLineFault: a fault on a line is one at the bus where it begins, until the line is
// opened; and again when it is closed.
func TestLineFault(t *testing.T) {
	want := short{"b7", "l57", 0.083}.play(t, wscc(), 1)
	got := play(t, wscc(), 1, map[string][]simtest.Point{"l57_closed": simtest.Steps(0, 1, 0.083, 0, 0.5, 1)}, change{"l57_fault", atTo, 0, 1})
	for _, name := range []string{"grid.g1_angle", "grid.g2_frequency", "grid.b8_voltage"} {
		assert.InDelta(t, want.At(name, 490*vtime.Millisecond), got.At(name, 490*vtime.Millisecond), 1e-8, name)
	}
	assert.Zero(t, got.At("grid.b7_voltage", 500*vtime.Millisecond))
	assert.NotZero(t, got.At("grid.b5_voltage", 500*vtime.Millisecond))
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *Spec){
		"frequency must be at least 10 Hz (railways have 16.7 Hz, aircraft 400 Hz)": func(s *Spec) { s.Frequency = 0 },
		"has g1, whose inertia must be above 0 s":                                   func(s *Spec) { s.Machines[0].Inertia = 0 },
		"has two entries named \"g1\"":                                              func(s *Spec) { s.Machines[1].Name = "g1" },
		"there are two b1":                                                          func(s *Spec) { s.Loads[0].Name = "b1" },
		"lead nowhere near the bus b9":                                              func(s *Spec) { s.Loads[0].Bus = "b9" },
		"leads from b1 to itself":                                                   func(s *Spec) { s.Branches[0].To = "b1" },
		"must be at different buses":                                                func(s *Spec) { s.Machines[1].Bus = "b1" },
		"must name one at least":                                                    func(s *Spec) { s.Machines = nil },
		"use letters, digits and _":                                                 func(s *Spec) { s.Loads[0].Name = "my city" },
		"have no power flow":                                                        func(s *Spec) { s.Loads[0].Power = 5e9 },
		"on the right side of the nominal frequency":                                func(s *Spec) { s.Relays = []Relay{{Name: "r", Below: 61}} },
		"must be below the nominal frequency, and all shares":                       func(s *Spec) { s.Shedding = []Stage{{Name: "r", Below: 61, Share: 0.1}} },
		"whose governor needs its rating, above its power":                          func(s *Spec) { s.Machines[1].Droop = 0.05 },
	} {
		s := Sample()
		change(&s)
		_, err := New(s)
		assert.ErrorContains(t, err, want)
	}
}
