package guard

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a guard.
type Spec struct {
	Coding string         `twin:"coding" default:"none" choices:"none low medium high" doc:"of the actuator that the switch sees; only high keeps it from being taped (ISO 14119)"`
	Sees   vtime.Duration `twin:"sees" min:"0s" default:"100ms" doc:"how long the switch takes to see it; at most 10 s"`
	Every  vtime.Duration `twin:"every" above:"0s" max:"24h" why:"our estimate: switches tell it many times a second" default:"50ms" doc:"how often the switch tells it again"`
}

// slowest is longer than any switch takes: who is harmed by then was not protected by it.
const slowest = 10 * vtime.Second

// Kind describes a guard to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "guard",
		Summary: "a gate, hood or flap that people open, with the switch that tells it",
		Text: `open while somebody holds it open (a person's opened). closed is what its
switch tells, sees later: true where it is closed, or where the switch is
taped (a person's tapes) and its actuator is not of a high coding. It does not
lock. Who walks is not stopped by it: let them open it on their way.`,
		Source: "ISO 14119:2013 (coding, defeat); ISO 13855:2010, clause 9 (distance); 100 ms: Schmersal RSS 16, data sheet",
		Example: `gate:
  is: guard
  open_by: tower.level > "3.9 m"`,
	}, Spec{Coding: "none", Sees: 100 * vtime.Millisecond, Every: 50 * vtime.Millisecond}, New)
}

type guard struct {
	spec        Spec
	openBy      *device.In[bool]
	taped       *device.In[bool]
	open, shows *device.In[bool]
	seen        *device.Out[bool]
	closed      *device.ReportOut[bool]
	sees        *device.Timer
}

// New returns a guard.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.Sees > slowest {
		return nil, device.Invalid("sees", "must be at most %v: switches of guards take at most 0.1 s, 0.2 s with a fault (Schmersal RSS 16, data sheet)", slowest)
	}
	return &guard{spec: s}, nil
}

// Look implements device.Looker.
func (g *guard) Look() device.Look {
	return device.Look{Icon: "gate"}.Between("open", "open", 0, 1).By("on", "open").By("alarm", "defeated")
}

// Declare implements device.Device.
func (g *guard) Declare(p *device.Ports) {
	g.openBy = device.Input[bool](p, "open_by", unit.One, device.Doc("somebody holds it open: anna.opened"))
	g.taped = device.Input[bool](p, "taped", unit.One, device.Optional(0), device.Doc("something is at the switch that looks like the closed guard: bert.tapes"))
	g.open = device.Computed(p, "open", unit.One, g.openBy.Get, device.Reads(g.openBy), device.Doc("it is open"))
	defeated := device.Computed(p, "defeated", unit.One, func(c *device.Context) bool { return g.open.Get(c) && g.fooled(c) },
		device.Reads(g.open, g.taped), device.Doc("it is open, and what its switch sees is as if it were closed"))
	g.shows = device.Computed(p, "shows_closed", unit.One, func(c *device.Context) bool { return !g.open.Get(c) || defeated.Get(c) },
		device.Reads(g.open, defeated), device.Doc("what is to be seen at its switch is as if it were closed"))
	g.seen = device.State(p, "seen_closed", unit.One, true, device.Doc("what the switch has seen of that"))
	g.closed = device.Report(p, "closed", unit.One, true, device.Doc("its switch says that it is closed"))
	g.sees = p.Timer("sees", func(c *device.Context) { g.seen.Set(c, g.shows.Get(c)) })
	p.OnInit(func(c *device.Context) {
		g.seen.Set(c, g.shows.Get(c))
		g.closed.Set(c, g.shows.Get(c))
	})
	p.OnChange("moves", g.moved, g.shows)
	p.OnChange("tells", g.tell, g.seen)
	p.Every("tells again", g.spec.Every, func(c *device.Context) {
		g.tell(c)
		g.moved(c) // whatever changed while the switch was down is seen from here on
	})
}

// fooled reports whether the switch takes what is taped to it for the guard.
func (g *guard) fooled(c *device.Context) bool { return g.taped.Get(c) && g.spec.Coding != "high" }

// moved waits whether what there is to see lasts.
func (g *guard) moved(c *device.Context) {
	switch {
	case g.shows.Get(c) == g.seen.Get(c):
		c.Stop(g.sees)
	case !c.Armed(g.sees):
		c.Start(g.sees, g.spec.Sees)
	}
}

// tell says what was seen last.
func (g *guard) tell(c *device.Context) { g.closed.Set(c, g.seen.Get(c)) }
