package person

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A grip is a contact of somebody who is free to give way, and whether it lasts: who has been touched
// for longer than a transient contact takes has not given way.
type grip struct {
	force   *device.In[float64]
	factor  float64 // by which less is borne of a contact that lasts
	touched *device.Out[bool]
	lasts   *device.Out[bool]
	due     *device.Timer
}

// declareContact declares the force of what touches them.
func (p *person) declareContact(ports *device.Ports) {
	in := p.input(ports, "contact", unit.Newton, 0, "force of what touches them")
	if in == nil {
		return
	}
	if p.shared() {
		in = p.declareStrike(ports, in)
	}
	courses, reads := []course{{some(in), someOver(in), p.contact()}}, []device.Readable{in}
	if limit := p.limit(); p.gives() {
		g := &grip{force: in, factor: limit.Factor}
		g.declare(ports)
		courses, reads = append(courses, course{g.lasting, g.lastingOver, limit.Model(false)}), append(reads, g.lasts)
	}
	p.expose(ports, "contact", unit.Newton, courses, reads...)
}

// gives reports whether they are free to give way, and bear more as long as they do.
func (p *person) gives() bool { return p.spec.Touch == "transient" && p.limit().Factor > 1 }

// limit is what they bear of a contact.
func (p *person) limit() harm.Limit {
	limit := harm.LimitOf(harm.Region(slices.Index(harm.Regions(), p.spec.Region)))
	if p.spec.Bears > 0 {
		limit.Force = p.spec.Bears
	}
	return limit
}

// contact is the model of contact by the person's configuration, as it begins.
func (p *person) contact() *harm.Model { return p.limit().Model(p.spec.Touch == "transient") }

func (g *grip) declare(ports *device.Ports) {
	g.touched = device.State(ports, "touched", unit.One, false, internal)
	g.lasts = device.State(ports, "contact_lasts", unit.One, false, device.Doc("they have been touched for too long to have given way: what they bear of a lasting contact counts"))
	g.due = ports.Timer("contact lasts", func(c *device.Context) { g.lasts.Set(c, true) }, g.force, g.touched)
	device.Computed(ports, "contact_worth", unit.Newton, g.worth, device.Reads(g.force, g.lasts),
		device.Doc("force of a transient contact that is as bad: more than it is once it lasts"))
	ports.OnStart(g.begin)
	ports.OnLimitWithin("is touched", g.begins, g.beginsOver, g.begin, g.force, g.touched)
	ports.OnLimitWithin("is let go", g.ends, g.endsOver, g.end, g.force, g.touched)
}

// lasting is the force of a contact that lasts; as long as it does not, it is short of any harm.
func (g *grip) lasting(c *device.Context) float64 {
	if !g.lasts.Get(c) {
		return -far
	}
	return max(0, g.force.Get(c))
}

// worth is the force that a transient contact would have that is as bad.
func (g *grip) worth(c *device.Context) float64 {
	if g.lasts.Get(c) {
		return float64(g.factor * max(0, g.force.Get(c)))
	}
	return max(0, g.force.Get(c))
}

func (g *grip) begins(c *device.Context) float64 {
	if g.touched.Get(c) {
		return never
	}
	return g.force.Get(c) - math.SmallestNonzeroFloat64
}

func (g *grip) begin(c *device.Context) {
	if g.force.Get(c) > 0 && !g.touched.Get(c) {
		g.touched.Set(c, true)
		c.Start(g.due, vtime.FromSeconds(harm.Transient))
	}
}

func (g *grip) ends(c *device.Context) float64 {
	if !g.touched.Get(c) {
		return never
	}
	return -g.force.Get(c)
}

func (g *grip) end(c *device.Context) {
	g.touched.Set(c, false)
	g.lasts.Set(c, false)
	c.Stop(g.due)
}
