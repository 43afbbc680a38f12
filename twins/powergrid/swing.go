package powergrid

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
)

const twoPi = 2 * math.Pi

// A reading is a function of a grid's signals.
type reading = func(c *device.Context) float64

// slip is the rate of a machine's angle.
func (g *grid) slip(i int) reading {
	return func(c *device.Context) float64 {
		return float64(twoPi * (g.machines[i].frequency.Get(c) - g.spec.Frequency))
	}
}

// acceleration is the rate of a machine's frequency: the swing equation.
func (g *grid) acceleration(i int) reading {
	by := g.spec.Frequency / (2 * g.spec.Machines[i].Inertia * g.spec.Base)
	return func(c *device.Context) float64 { return float64(by * g.surplus(c, i)) }
}

// surplus is the power, in W, that makes a machine faster.
func (g *grid) surplus(c *device.Context, i int) float64 {
	m, r := &g.spec.Machines[i], &g.machines[i]
	given := r.mechanical.Get(c) - r.power.Get(c)
	if m.Damping == 0 {
		return given
	}
	deviation := (r.frequency.Get(c) - g.spec.Frequency) / g.spec.Frequency
	return given - float64(m.Damping*g.spec.Base*deviation)
}

// turbine is what a turbine without a governor gives.
func (g *grid) turbine(i int) reading {
	return func(c *device.Context) float64 {
		if r := &g.machines[i]; !r.tripped.Get(c) {
			return r.setPoint.Get(c)
		}
		return 0
	}
}

// govern is the rate of what a turbine with a governor gives: it follows, with its
// lag, what the governor asks for, between nothing and its rating.
func (g *grid) govern(i int) reading {
	m := &g.spec.Machines[i]
	return func(c *device.Context) float64 {
		r := &g.machines[i]
		if r.tripped.Get(c) {
			return 0
		}
		deviation := (r.frequency.Get(c) - g.spec.Frequency) / g.spec.Frequency
		asked := r.setPoint.Get(c) - float64(deviation/m.Droop*m.Rating)
		return (min(max(asked, 0), m.Rating) - r.governed.Get(c)) / m.Lag
	}
}

// angle is the angle of a source.
func (g *grid) angle(c *device.Context, source int) float64 {
	if source < len(g.machines) {
		return g.machines[source].angle.Get(c)
	}
	return 0
}

// stator is the current of a machine, as seen from its rotor.
func (g *grid) stator(c *device.Context, i int) phasor {
	return g.seen(i, func(j int) phasor { return g.admittance[i][j].get(c) }, func(j int) float64 { return g.angle(c, j) })
}

func (g *grid) power(i int) reading {
	return func(c *device.Context) float64 { return g.watts(i, g.stator(c, i)) }
}

func (g *grid) current(i int) reading {
	return func(c *device.Context) float64 { return g.stator(c, i).magnitude() }
}

func (g *grid) connected(i int) func(c *device.Context) bool {
	return func(c *device.Context) bool { return g.on(c, i) }
}

// on reports whether a machine is connected.
func (g *grid) on(c *device.Context, i int) bool {
	r := &g.machines[i]
	return r.closed.Get(c) && !r.tripped.Get(c)
}

// voltage is that of a bus.
func (g *grid) voltage(c *device.Context, bus int) (v phasor) {
	for j, emf := range g.emf {
		if share := g.share[bus][j].get(c); share.re != 0 || share.im != 0 {
			v = v.plus(share.times(polar(emf, g.angle(c, j))))
		}
	}
	return v
}

// difference is the angle between the ends of a branch, 0 where one is dead.
func (g *grid) difference(i int) reading {
	return func(c *device.Context) float64 {
		return g.voltage(c, g.from[i]).times(g.voltage(c, g.to[i]).conj()).angle()
	}
}

// passing is the power that enters a branch at its one end.
func (g *grid) passing(i int) reading {
	b := &g.spec.Branches[i]
	series, half := phasor{b.Resistance, b.Reactance}.inverse(), phasor{0, b.Charging / 2}
	return func(c *device.Context) float64 {
		if !g.branches[i].Get(c) {
			return 0
		}
		from := g.voltage(c, g.from[i])
		current := from.minus(g.voltage(c, g.to[i])).times(series).plus(from.times(half))
		return float64(from.times(current.conj()).re * g.spec.Base)
	}
}

// admits is a load as an admittance, with a demand beyond that of the start.
func (g *grid) admits(c *device.Context, i int, demand float64) phasor {
	y := g.base[i].scaled(g.loads[i].factor.Get(c))
	y.re += demand / float64(g.spec.Base*g.voltages[g.load[i]].square())
	kept := 1.0
	for j, shed := range g.stages {
		if shed.Get(c) {
			kept -= g.spec.Shedding[j].Share
		}
	}
	return y.scaled(max(kept, 0))
}

// taken is what a load takes.
func (g *grid) taken(i int) reading {
	return func(c *device.Context) float64 {
		y := g.admits(c, i, g.loads[i].applied.Get(c))
		return float64(float64(y.re*g.voltage(c, g.load[i]).square()) * g.spec.Base)
	}
}

// over adds up, over the machines that are connected, a quantity of each, weighed
// by its inertia; it returns the mean, and 0 where there is none.
func (g *grid) over(c *device.Context, quantity func(i int) float64) float64 {
	sum, all := 0.0, 0.0
	for i := range g.machines {
		if g.on(c, i) {
			inertia := g.spec.Machines[i].Inertia
			sum += float64(inertia * quantity(i))
			all += inertia
		}
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

func (g *grid) centre(c *device.Context) float64 {
	return g.over(c, func(i int) float64 { return g.machines[i].frequency.Get(c) })
}

func (g *grid) rocof(c *device.Context) float64 {
	return g.over(c, func(i int) float64 {
		return g.surplus(c, i) * g.spec.Frequency / (2 * g.spec.Machines[i].Inertia * g.spec.Base)
	})
}

// spread is the greatest angle between two machines that are connected, and the
// infinite buses.
func (g *grid) spread(c *device.Context) float64 {
	least, most := math.Inf(1), math.Inf(-1)
	for i := range g.machines {
		if g.on(c, i) {
			angle := g.machines[i].angle.Get(c)
			least, most = min(least, angle), max(most, angle)
		}
	}
	if len(g.infinite) > 0 {
		least, most = min(least, 0), max(most, 0)
	}
	return max(most-least, 0)
}

func (g *grid) count(c *device.Context) (n int) {
	for i := range g.machines {
		if g.on(c, i) {
			n++
		}
	}
	return n
}

// rewire reduces the network as it is now.
func (g *grid) rewire(c *device.Context) {
	var w switching
	for _, x := range g.branches {
		w.closed = append(w.closed, x.Get(c))
	}
	for _, x := range g.faults {
		w.faulted = append(w.faulted, x.Get(c))
	}
	for i, x := range g.shorts {
		switch where := x.Get(c); {
		case !w.closed[i]:
		case where == atFrom:
			w.faulted[g.from[i]] = true
		case where == atTo:
			w.faulted[g.to[i]] = true
		}
	}
	for i := range g.machines {
		w.connected = append(w.connected, g.on(c, i))
	}
	for i := range g.loads {
		demand := g.loads[i].demand.Get(c)
		w.load = append(w.load, g.admits(c, i, demand))
		if g.loads[i].applied.Get(c) != demand {
			g.loads[i].applied.Set(c, demand)
		}
	}
	r := reduce(&g.spec, &g.layout, &w)
	put(c, g.admittance, r.admittance)
	put(c, g.share, r.share)
}

func put(c *device.Context, cells [][]cell, values [][]phasor) {
	for i := range cells {
		for j := range cells[i] {
			cells[i][j].set(c, values[i][j])
		}
	}
}

// behindDemand rises when the demand has moved away from what is in the network.
func (g *grid) behindDemand(i int) reading {
	return func(c *device.Context) float64 {
		x := &g.loads[i]
		return math.Abs(x.demand.Get(c)-x.applied.Get(c)) - g.spec.Resolution
	}
}
