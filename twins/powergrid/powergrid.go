package powergrid

import (
	"github.com/harmproof/harmproof/sim/device"
)

// A grid is what does not change in a run: configuration, layout, and the start.
type grid struct {
	spec Spec
	layout
	voltages  []phasor  // of buses, at the start
	base      []phasor  // admittances of loads, at the start
	emf       []float64 // of sources
	angles    []float64 // of machines, at the start
	given     []float64 // by machines, in W, at the start
	reduction reduction // at the start

	ports
}

// New returns a grid in its steady state.
func New(s Spec) (device.Device, error) { return newGrid(s) }

func newGrid(s Spec) (*grid, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if err := protected(&s); err != nil {
		return nil, err
	}
	l, err := lay(&s)
	if err != nil {
		return nil, err
	}
	g := &grid{spec: s, layout: l}
	if g.voltages, err = flowOf(&s, &l).solve(); err != nil {
		return nil, err
	}
	g.excite()
	w := g.undisturbed()
	g.reduction = reduce(&s, &l, w)
	for i := range l.machine {
		current := g.seen(i, func(j int) phasor { return g.reduction.admittance[i][j] }, g.startAngle)
		g.given = append(g.given, g.watts(i, current))
	}
	return g, nil
}

// excite finds the voltages behind the machines' reactances, and what the loads are
// as admittances.
func (g *grid) excite() {
	currents := make([]phasor, len(g.buses))
	y := lines(&g.spec, &g.layout, nil)
	for i := range currents {
		for j, v := range g.voltages {
			currents[i] = currents[i].plus(y[i][j].times(v))
		}
	}
	for i, bus := range g.load {
		x, v := &g.spec.Loads[i], g.voltages[bus]
		admittance := phasor{x.Power, -x.Reactive}.scaled(1 / float64(g.spec.Base*v.square()))
		g.base = append(g.base, admittance)
		currents[bus] = currents[bus].plus(admittance.times(v))
	}
	for i, bus := range g.machine {
		behind := g.voltages[bus].plus(phasor{0, g.spec.Machines[i].Reactance}.times(currents[bus]))
		g.emf = append(g.emf, behind.magnitude())
		g.angles = append(g.angles, behind.angle())
	}
	for i := range g.infinite {
		g.emf = append(g.emf, g.spec.Infinite[i].Voltage)
	}
}

// undisturbed is the network as it starts: all in service.
func (g *grid) undisturbed() *switching {
	w := &switching{faulted: make([]bool, len(g.buses)), load: g.base}
	for range g.spec.Branches {
		w.closed = append(w.closed, true)
	}
	for range g.machine {
		w.connected = append(w.connected, true)
	}
	return w
}

// startAngle is the angle of a source at the start.
func (g *grid) startAngle(source int) float64 {
	if source < len(g.angles) {
		return g.angles[source]
	}
	return 0
}

// seen is the current of a machine, as seen from its own rotor: the sum of all
// sources' voltages by their admittances.
func (g *grid) seen(machine int, admittance func(source int) phasor, angle func(source int) float64) (current phasor) {
	own := angle(machine)
	for j, emf := range g.emf {
		y := admittance(j)
		if y.re == 0 && y.im == 0 {
			continue
		}
		voltage := phasor{emf, 0}
		if j != machine {
			voltage = polar(emf, angle(j)-own)
		}
		current = current.plus(y.times(voltage))
	}
	return current
}

// watts is the power of a machine with a current that is seen from its rotor.
func (g *grid) watts(machine int, current phasor) float64 {
	return float64(float64(g.emf[machine]*current.re) * g.spec.Base)
}
