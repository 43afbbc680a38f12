package powergrid

import (
	"context"
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A short is a three-phase fault at a bus from the first instant on, cleared with the
// tripping of branches.
type short struct {
	bus, trips string
	lasts      float64 // s
}

func (f short) plan(t testing.TB, s Spec, run float64, solver plant.Solver) *sim.Plan {
	t.Helper()
	breakers := map[string][]simtest.Point{}
	for _, branch := range strings.Fields(f.trips) {
		breakers[branch+"_closed"] = simtest.Steps(0, 1, f.lasts, 0)
	}
	return assemble(t, s, run, solver, breakers, change{f.bus + "_fault", 1, 0, f.lasts})
}

// play runs a grid for so many seconds with a fault.
func (f short) play(t testing.TB, s Spec, run float64) *played {
	t.Helper()
	return record(t, f.plan(t, s, run, plant.Automatic))
}

func spread(t testing.TB, p *played) *sim.Signal {
	s, err := p.Signal("grid.spread")
	require.NoError(t, err)
	return s
}

// survived reports whether the machines stay in step. Nothing but their angles is
// recorded: it is asked often.
func (f short) survived(t testing.TB, s Spec) bool {
	t.Helper()
	most := 0.0
	watch := sim.Sample(sampled, []string{"grid.spread"}, func(_ vtime.Time, values []float64) error {
		most = max(most, values[0])
		return nil
	})
	_, err := sim.Run(context.Background(), f.plan(t, s, 3, plant.Automatic), watch)
	require.NoError(t, err)
	return most < 180*degree
}

// critical is the longest fault after which the machines stay in step, by bisection
// over runs of the twin.
func critical(t testing.TB, s Spec, bus, trips string) float64 {
	low, high := 0.05, 0.6
	for high-low > 1e-5 {
		mid := (low + high) / 2
		if (short{bus, trips, mid}).survived(t, s) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// TestCriticalClearingTimes holds the longest faults that are survived against the
// figures of an integrator that stepped the clearing time by half a millisecond.
func TestCriticalClearingTimes(t *testing.T) {
	for _, c := range []struct {
		bus, trips    string
		printed, twin float64 // s
	}{
		{"b7", "l57", 0.161, 0.1612}, {"b7", "l78", 0.181, 0.1814}, {"b9", "l89", 0.234, 0.2342}, {"b4", "l46", 0.3095, 0.3099},
	} {
		t.Run(c.bus+" "+c.trips, func(t *testing.T) {
			t.Parallel()
			got := critical(t, wscc(), c.bus, c.trips)
			assert.InDelta(t, c.twin, got, 5e-5)
			assert.InDelta(t, c.printed, math.Floor(got/0.0005)*0.0005, 1e-9)
		})
	}
}

// TestClearedAtFiveCycles: the textbook's case (Anderson and Fouad, example 2.7), in
// which the angles are 85 deg apart at most.
func TestClearedAtFiveCycles(t *testing.T) {
	p := short{"b7", "l57", 0.083}.play(t, wscc(), 2)
	assert.InDelta(t, 85.5, spread(t, p).Max()/degree, 0.05)
	assert.Zero(t, p.At("grid.b7_voltage", 50*vtime.Millisecond))
}

// A model is the nine buses once more: for an elimination, an integrator and functions
// that share nothing with the twin.
type model struct {
	y       [3][3]complex128
	e, h, p [3]float64
}

// bare eliminates, one by one, all buses from the full matrix of buses and rotors.
func bare(t *testing.T, faulted, open string) (m model) {
	s, g := wscc(), made(t, wscc())
	n := len(g.buses)
	y := make([][]complex128, n+3)
	for i := range y {
		y[i] = make([]complex128, n+3)
	}
	join := func(a, b int, series complex128) {
		y[a][a], y[b][b], y[a][b], y[b][a] = y[a][a]+series, y[b][b]+series, y[a][b]-series, y[b][a]-series
	}
	for i, b := range s.Branches {
		if b.Name != open {
			join(g.from[i], g.to[i], 1/complex(b.Resistance, b.Reactance))
			y[g.from[i]][g.from[i]] += complex(0, b.Charging/2)
			y[g.to[i]][g.to[i]] += complex(0, b.Charging/2)
		}
	}
	for i := range s.Loads {
		y[g.load[i]][g.load[i]] += complex(g.base[i].re, g.base[i].im)
	}
	for i, x := range s.Machines {
		join(g.machine[i], n+i, 1/complex(0, x.Reactance))
		m.e[i], m.h[i], m.p[i] = g.emf[i], x.Inertia, g.given[i]/1e8
	}
	for k := range n {
		if g.buses[k] == faulted {
			continue // it stays at zero, and what leads to it as well
		}
		for i := k + 1; i < n+3; i++ {
			for j := k + 1; j < n+3; j++ {
				y[i][j] -= y[i][k] * y[k][j] / y[k][k]
			}
		}
	}
	for i := range 3 {
		copy(m.y[i][:], y[n+i][n:])
	}
	return m
}

// slope is the swing equation: three angles in rad, three speeds in rad/s.
func (m *model) slope(x [6]float64) (d [6]float64) {
	for i := range 3 {
		power := 0.0
		for j := range 3 {
			power += real(cmplx.Rect(m.e[i], x[i]) * cmplx.Conj(m.y[i][j]*cmplx.Rect(m.e[j], x[j])))
		}
		d[i], d[3+i] = x[3+i], 2*math.Pi*60/(2*m.h[i])*(m.p[i]-power)
	}
	return d
}

// run steps the classical method of Runge and Kutta.
func (m *model) run(x [6]float64, seconds float64, steps int) [6]float64 {
	h := seconds / float64(steps)
	along := func(x, d [6]float64, h float64) [6]float64 {
		for i := range x {
			x[i] += h * d[i]
		}
		return x
	}
	for range steps {
		k1 := m.slope(x)
		k2 := m.slope(along(x, k1, h/2))
		k3 := m.slope(along(x, k2, h/2))
		k4 := m.slope(along(x, k3, h))
		x = along(along(along(along(x, k1, h/6), k2, h/3), k3, h/3), k4, h/6)
	}
	return x
}

// TestSecondIntegrator: step and method make no difference.
func TestSecondIntegrator(t *testing.T) {
	p := short{"b7", "l57", 0.083}.play(t, wscc(), 2)
	during, after := bare(t, "b7", ""), bare(t, "", "l57")
	for _, steps := range []int{2000, 4000} {
		var x [6]float64
		copy(x[:], made(t, wscc()).angles)
		x = after.run(during.run(x, 0.083, steps), 2-0.083, 10*steps)
		for i, name := range []string{"g1", "g2", "g3"} {
			assert.InDelta(t, x[i], p.At("grid."+name+"_angle", 2*vtime.Second), 2e-8)
			assert.InDelta(t, x[3+i], 2*math.Pi*(p.At("grid."+name+"_frequency", 2*vtime.Second)-60), 2e-7)
		}
	}
}

// TestStiffSolver: nor does the implicit method.
func TestStiffSolver(t *testing.T) {
	last := func(solver plant.Solver) (list []float64) {
		p := record(t, short{"b7", "", 0.083}.plan(t, wscc(), 2, solver))
		for _, name := range []string{"g1", "g2", "g3"} {
			s, err := p.Signal("grid." + name + "_angle")
			require.NoError(t, err)
			list = append(list, s.Last())
		}
		return list
	}
	assert.InDeltaSlice(t, last(plant.Explicit), last(plant.Implicit), 1e-6)
}

// lossless is three machines in a triangle of reactances without a load.
func lossless() Spec {
	s := wscc()
	s.Branches = []Branch{{"l12", "b1", "b2", 0, 0.2, 0}, {"l23", "b2", "b3", 0, 0.15, 0}, {"l31", "b3", "b1", 0, 0.25, 0}}
	s.Machines[1].Power, s.Machines[2].Power, s.Loads = 90e6, -60e6, nil
	return s
}

// TestEnergy: without damping and conductances the sum of what is in the rotors, in the
// turbines and in the reactances stays (Anderson and Fouad, 2.12).
func TestEnergy(t *testing.T) {
	s, g := lossless(), made(t, lossless())
	p := short{"b2", "", 0.1}.play(t, s, 20)
	energy := func(at vtime.Duration) (sum float64) {
		var angle [3]float64
		for i, m := range s.Machines {
			angle[i] = p.At("grid."+m.Name+"_angle", at)
			deviation := p.At("grid."+m.Name+"_frequency", at)/60 - 1
			sum += m.Inertia*deviation*deviation*2*math.Pi*60 - g.given[i]/1e8*angle[i]
		}
		for i := range 3 {
			for j := range i {
				sum -= g.emf[i] * g.emf[j] * g.reduction.admittance[i][j].im * math.Cos(angle[i]-angle[j])
			}
		}
		return sum
	}
	for i := range 3 {
		for j := range 3 {
			assert.InDelta(t, 0, g.reduction.admittance[i][j].re, 1e-12)
		}
	}
	start := energy(100 * vtime.Millisecond)
	assert.Greater(t, start, energy(0)+0.01, "the fault has put some in")
	for at := 200 * vtime.Millisecond; at < 20*vtime.Second; at += 130 * vtime.Millisecond {
		assert.InDelta(t, start, energy(at), 1e-7, "%v", at)
	}
}
