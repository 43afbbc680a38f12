package powergrid

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// glover is a machine against an infinite bus: Glover, Sarma, Overbye, Power System
// Analysis and Design, examples 11.3 to 11.7. At the infinite bus the machine gives
// 1 pu at a power factor of 0.95 lagging.
func glover() Spec {
	lag := math.Tan(math.Acos(0.95))
	return Spec{
		Base: 100e6, Frequency: 60, Resolution: 1e5,
		Branches: []Branch{
			{"xt", "t", "n1", 0, 0.10, 0}, {"l12", "n1", "n2", 0, 0.20, 0}, {"l13", "n1", "n3", 0, 0.10, 0}, {"l23", "n3", "n2", 0, 0.20, 0},
		},
		Machines: []Machine{{Name: "g", Bus: "t", Power: 100e6, Voltage: math.Hypot(1+0.22*lag, 0.22), Inertia: 3, Reactance: 0.30, Lag: 1}},
		Infinite: []Infinite{{"system", "n2", 1}},
	}
}

// transfers is the greatest power that a network takes from the machine, in pu.
func transfers(g *grid, faulted string, open ...int) float64 {
	w := g.undisturbed()
	for i, bus := range g.buses {
		w.faulted[i] = bus == faulted
	}
	for _, i := range open {
		w.closed[i] = false
	}
	y := reduce(&g.spec, &g.layout, w).admittance
	return g.emf[0] * g.emf[1] * y[0][1].magnitude()
}

// TestGloverStart: the voltage behind the reactance and what each network transfers.
func TestGloverStart(t *testing.T) {
	g := made(t, glover())
	assert.InDelta(t, 1.2812, g.emf[0], 5e-5)
	assert.InDelta(t, 23.95, g.angles[0]/degree, 0.005)
	assert.InDelta(t, 0.4179, g.angles[0], 1e-4, "printed from 23.95 deg")
	assert.InDelta(t, 1, g.given[0]/1e8, 1e-12)
	assert.InDelta(t, 2.4638, transfers(g, ""), 1e-4)
	assert.Zero(t, transfers(g, "n1"))
	assert.InDelta(t, 0.9152, transfers(g, "n3"), 1e-4)
	assert.InDelta(t, 2.1353, transfers(g, "", 2, 3), 1e-4)
}

// equalArea is the angle at which a fault must be cleared at the latest.
func equalArea(power, before, during, after float64) float64 {
	start, last := math.Asin(power/before), math.Pi-math.Asin(power/after)
	return math.Acos((power*(last-start) + after*math.Cos(last) - during*math.Cos(start)) / (after - during))
}

// TestEqualArea holds critical clearing against the closed form, and the closed form
// against the printed figures.
func TestEqualArea(t *testing.T) {
	for _, c := range []struct {
		name, bus, trips     string
		after, during, angle float64
		seconds, within      float64
	}{
		{"all power lost, nothing tripped", "n1", "", 2.4638, 0, 88.74, 0.1897, 5e-5},
		{"a bus between two lines", "n3", "l13 l23", 2.1353, 0.9152, 113.5, 0.343, 5e-4},
	} {
		t.Run(c.name, func(t *testing.T) {
			angle := equalArea(1, 2.4638, c.during, c.after)
			assert.InDelta(t, c.angle, angle/degree, 0.05)
			got := critical(t, glover(), c.bus, c.trips)
			assert.InDelta(t, c.seconds, got, c.within)
			reached := angleAt(t, short{c.bus, c.trips, got}.play(t, glover(), 1), got)
			assert.InDelta(t, angle, reached, 5e-4)
			if c.during == 0 {
				assert.InDelta(t, math.Sqrt(4*3*(angle-0.41798)/(2*math.Pi*60)), got, 2e-5)
				assert.InDelta(t, 11.4, got*60, 0.05, "cycles")
			}
		})
	}
}

func angleAt(t *testing.T, p *played, seconds float64) float64 {
	t.Helper()
	s, err := p.Signal("grid.g_angle")
	if err != nil {
		t.Fatal(err)
	}
	return s.At(vtimeOf(seconds))
}
