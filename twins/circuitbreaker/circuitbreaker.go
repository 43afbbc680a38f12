// Package circuitbreaker models a circuit breaker with a synchronism check.
//
// It opens and closes so long after it is commanded; a hard-wired trip opens it and
// keeps it open while it lasts. With a window it closes only if the angle across it is
// within, when the command comes; else it refuses, until it is commanded anew.
//
// Opening in two to three cycles of 60 Hz is what transmission breakers are rated for
// (IEEE C37.04: two, three or five cycles, interrupting). Limits of synchronism check in
// IEEE C50.12: 10 deg.
package circuitbreaker

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a circuit breaker.
type Spec struct {
	Opens  vtime.Duration `twin:"opens" min:"0s" max:"1h" why:"our estimate: breakers take less than a second" default:"50ms" doc:"after the command"`
	Closes vtime.Duration `twin:"closes" min:"0s" max:"1h" why:"our estimate: breakers take less than a second" default:"100ms" doc:"after the command"`
	Closed bool           `twin:"starts_closed" default:"true" doc:"at the start"`
	Window float64        `twin:"window,deg" min:"0 deg" max:"180 deg" why:"no angle is greater" default:"0 deg" doc:"greatest angle across it at which it closes; 0: any"`
}

// Kind describes the breaker to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "circuit-breaker",
		Summary: "a circuit breaker: operating times, trip contact, synchronism check",
		Text: `It follows the command after opens or closes; trip overrules it. With a window it refuses
to close while the angle across it is greater.`,
		Source: "IEEE C37.04 (operating times), IEEE C50.12 (10 deg)",
		Example: `breaker:
  is: circuit-breaker
  opens: 50ms
  close: plc.command`,
	}, Spec{Opens: 50 * vtime.Millisecond, Closes: 100 * vtime.Millisecond, Closed: true}, New)
}

type breaker struct {
	spec        Spec
	close, trip *device.In[bool]
	angle       *device.In[float64]
	window      *device.In[float64]
	power       *device.In[bool]
	closed      *device.Out[bool]
	blocked     *device.Out[bool]
	target      *device.Out[bool]
	across      *device.Out[float64]
	position    *device.ReportOut[bool]
	travel      *device.Timer
}

// New returns a breaker at rest.
func New(s Spec) (device.Device, error) { return &breaker{spec: s}, device.Valid(s) }

// Look implements device.Looker: it is open at the value 0 of closed.
func (b *breaker) Look() device.Look {
	return device.Look{Icon: "breaker"}.Between("open", "closed", 1, 0).By("alarm", "blocked")
}

// Declare implements device.Device.
func (b *breaker) Declare(p *device.Ports) {
	start := 0.0
	if b.spec.Closed {
		start = 1
	}
	b.close = device.Told[bool](p, "close", unit.One, device.Optional(start), device.Doc("command: close it, else open it"))
	b.trip = device.Told[bool](p, "trip", unit.One, device.Optional(0), device.Doc("open it, and keep it open"))
	b.angle = device.Input[float64](p, "angle", unit.Degree, device.Optional(0), device.Doc("between the voltages at its two sides"))
	b.window = device.Tunable(p, "window", unit.Degree, b.spec.Window, device.Doc("greatest angle at which it closes; 0: any"))
	b.power = p.Power()
	b.closed = device.State(p, "closed", unit.One, b.spec.Closed, device.Actuator(), device.Doc("its contacts touch"))
	b.blocked = device.State(p, "blocked", unit.One, false, device.Doc("the synchronism check has refused the last command"))
	b.target = device.State(p, "target", unit.One, b.spec.Closed, device.Doc("where it goes, or is"))
	b.across = device.State(p, "closed_at", unit.Degree, 0.0, device.Doc("angle across it when it closed last"))
	b.position = device.Report(p, "position", unit.One, b.spec.Closed, device.Doc("its auxiliary contact: closed"))
	b.travel = p.Timer("travel", b.arrive)
	p.OnStart(b.command)
	p.OnChange("command", b.command, b.close, b.trip)
}

// command starts the drive towards what is wanted.
func (b *breaker) command(c *device.Context) {
	want := b.close.Get(c) && !b.trip.Get(c)
	if !b.power.Get(c) {
		return
	}
	refused := want && !b.target.Get(c) && !b.within(c)
	if refused != b.blocked.Get(c) {
		b.blocked.Set(c, refused)
	}
	if refused || want == b.target.Get(c) {
		return
	}
	b.target.Set(c, want)
	after := b.spec.Opens
	if want {
		after = b.spec.Closes
	}
	c.Start(b.travel, after)
}

// within reports whether both sides are in step.
func (b *breaker) within(c *device.Context) bool {
	window := b.window.Get(c)
	return window <= 0 || math.Abs(b.angle.Get(c)) <= window
}

func (b *breaker) arrive(c *device.Context) {
	if to := b.target.Get(c); to != b.closed.Get(c) {
		if to {
			b.across.Set(c, b.angle.Get(c))
		}
		b.closed.Set(c, to)
		b.position.Set(c, to)
	}
}
