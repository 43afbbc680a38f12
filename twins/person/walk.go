package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// nowhere is where somebody goes who stays.
const nowhere = "nowhere"

// never is a gap that does not rise.
const never = -1

// internal keeps a signal out of sight: what was seen of another before.
func internal(s *device.Signal) { s.Internal = true }

// declareWalk declares place and movement. Times, warnings, arrivals and harm may come in
// one instant, so each only says that it came, and one handler decides.
func (p *person) declareWalk(ports *device.Ports) {
	labels := []string{nowhere}
	for _, w := range p.spec.Path {
		labels = append(labels, w.Name)
	}
	p.goes = device.State(ports, "goes_to", unit.One, 0, device.Labels(labels...), device.Doc("the waypoint that they are on their way to"))
	p.passed = device.State(ports, "passed", unit.One, 0, device.Doc("how many waypoints of the path have had their time"))
	p.perceives = device.State(ports, "perceives", unit.One, false, device.Doc("they have become aware of what warns them"))
	p.arrivals = device.State(ports, "arrivals", unit.One, 0, internal)
	p.seenPassed = device.State(ports, "seen_passed", unit.One, 0, internal)
	p.seenWarned = device.State(ports, "seen_warned", unit.One, false, internal)
	p.vx = device.State(ports, "speed_x", unit.MetrePerSecond, 0.0, device.Doc("how fast they walk along x"))
	p.vy = device.State(ports, "speed_y", unit.MetrePerSecond, 0.0, device.Doc("how fast they walk along y"))
	p.x = device.Continuous(ports, "x", unit.Metre, p.spec.X, p.vx.Get, device.Reads(p.vx), device.Doc("where they are"))
	p.y = device.Continuous(ports, "y", unit.Metre, p.spec.Y, p.vy.Get, device.Reads(p.vy), device.Doc("where they are"))
	device.Computed(ports, "walking", unit.One, func(c *device.Context) bool { return p.goes.Get(c) > 0 }, device.Reads(p.goes), device.Doc("on their way"))
	p.leaves = ports.Timer("leaves", p.leave)
	ports.OnLimit("arrives", p.beyond, func(c *device.Context) { p.arrivals.Set(c, p.arrivals.Get(c)+1) }, p.goes, p.vx, p.vy, p.x, p.y)
}

// timed is the first waypoint from number i on that has a time, or how many there are.
func (p *person) timed(i int) int {
	for i < len(p.spec.Path) && p.spec.Path[i].Warned {
		i++
	}
	return i
}

// schedule waits for the time of the first waypoint from number i on that has one.
func (p *person) schedule(c *device.Context, i int) {
	if i = p.timed(i); i < len(p.spec.Path) {
		c.Start(p.leaves, p.spec.Path[i].At-sinceStart(c))
	}
}

// leave says that the time of a waypoint has come.
func (p *person) leave(c *device.Context) {
	after := p.timed(p.passed.Get(c)) + 1
	p.passed.Set(c, after)
	p.schedule(c, after)
}

// move decides where to go: who cannot, stays; a warning drives them out, and keeps them
// there; else they go where it is time to go to; and who has arrived, stays.
func (p *person) move(c *device.Context) {
	passed, warned, out := p.passed.Get(c), p.perceives.Get(c), p.refuge()
	switch {
	case !p.able(c):
		p.stay(c)
	case warned && out >= 0:
		if !p.seenWarned.Get(c) {
			p.walk(c, out)
		} else {
			p.arrive(c)
		}
	case passed != p.seenPassed.Get(c):
		p.walk(c, passed-1)
	default:
		p.arrive(c)
	}
	p.seenPassed.Set(c, passed)
	p.seenWarned.Set(c, warned)
}

// refuge is the waypoint for warnings, or -1.
func (p *person) refuge() int {
	for i := range p.spec.Path {
		if p.spec.Path[i].Warned {
			return i
		}
	}
	return -1
}

// walk sets off for waypoint i.
func (p *person) walk(c *device.Context, i int) {
	w := &p.spec.Path[i]
	dx, dy := w.X-p.x.Get(c), w.Y-p.y.Get(c)
	far := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if far == 0 {
		p.reach(c, i)
		p.stay(c)
		return
	}
	p.goes.Set(c, i+1)
	p.vx.Set(c, float64(p.spec.Speed*(dx/far)))
	p.vy.Set(c, float64(p.spec.Speed*(dy/far)))
}

// stay stops them where they are.
func (p *person) stay(c *device.Context) {
	p.goes.Set(c, 0)
	p.vx.Set(c, 0)
	p.vy.Set(c, 0)
}

// beyond is how far they are beyond where they go, times their speed.
func (p *person) beyond(c *device.Context) float64 {
	i := p.goes.Get(c) - 1
	if i < 0 {
		return never
	}
	w := &p.spec.Path[i]
	return float64((p.x.Get(c)-w.X)*p.vx.Get(c)) + float64((p.y.Get(c)-w.Y)*p.vy.Get(c))
}

// arrive puts who has arrived where they went, which they have passed by what they walk
// in the nanosecond that the instant is located to.
func (p *person) arrive(c *device.Context) {
	i := p.goes.Get(c) - 1
	if i < 0 || p.beyond(c) < 0 {
		return
	}
	p.x.Set(c, p.spec.Path[i].X)
	p.y.Set(c, p.spec.Path[i].Y)
	p.reach(c, i)
	p.stay(c)
}
