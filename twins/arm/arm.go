package arm

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Kind describes an arm to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "robot-arm",
		Summary: "a robot arm beside people: speed, stops, force of a contact",
		Text: `The tool goes to and fro between two ends. Asked to stop it brakes as its data
sheet says, d(speed)/dt = -(a + b speed); stop_time and stop_distance are what
a stop would take now. Where it meets a body the force is that of a mass on a
spring, up to v sqrt(k mu), and stays until the body is taken away: wire it to
a person's contact, and body to where they are, such as anna.x: it meets nobody
else. v is how fast they close in: wire body_speed, such as anna.speed_x, or the
body counts as standing. It goes no faster than turns times reach, whatever is
set.`,
		Source: "stops: Universal Robots UR5 manual, p. 52, 65; contact: " + norm + "; categories: IEC 60204-1",
		Example: `arm:
  is: robot-arm
  speed: 1 m/s
  stop: {wired: float.tripped}`,
	}, UR5(), New)
}

// What an arm does.
const (
	moving = iota
	stopping
	standing
)

type arm struct {
	spec      Spec
	brake     brake
	mu        float64
	spring    float64
	stop      *device.In[bool]
	guard     *device.In[bool]
	body      body
	knows     bool // how fast the body goes
	sees      bool // how far aside it is
	set, tool *device.In[float64]
	safeSpeed *device.In[float64]
	safeTo    *device.In[float64]
	motion    *device.Out[int]
	heading   *device.Out[float64]
	tripped   *device.Out[bool]
	powered   *device.Out[bool]
	x, speed  *device.Out[float64]
	force     *device.In[float64]
	tooFast   *device.Timer
	tooFar    *device.Timer
	unpowered *device.Timer
}

// New returns an arm that moves.
func New(s Spec) (device.Device, error) {
	if err := s.plausible(); err != nil {
		return nil, err
	}
	return &arm{spec: s, brake: s.brakes(), mu: s.meets(s.Payload), spring: s.body().Spring}, nil
}

// far is where nobody is.
const far = 1e9

// Declare implements device.Device.
func (a *arm) Declare(p *device.Ports) {
	s := &a.spec
	a.stop = device.Told[bool](p, "stop", unit.One, device.Optional(0), device.Doc("stop"))
	a.guard = device.Told[bool](p, "guard", unit.One, device.Optional(0), device.Doc("stop, from somewhere else"))
	a.set = device.Tunable(p, "set_speed", unit.MetrePerSecond, s.Speed, device.Doc("at which it is to go"))
	a.tool = device.Tunable(p, "tool", unit.Kilogram, s.Payload, device.Doc("what it was told that it carries"))
	a.safeSpeed = device.Tunable(p, "most_speed", unit.MetrePerSecond, s.SafeSpeed, device.Doc("faster than that it stops by itself; 0 for never"))
	a.safeTo = device.Tunable(p, "most_x", unit.Metre, s.SafeTo, device.Doc("beyond it it stops by itself"))
	a.motion = device.State(p, "motion", unit.One, moving, device.Labels("moving", "stopping", "standing"), device.Doc("what it does"))
	a.heading = device.State(p, "heading", unit.One, 1.0, device.Doc("1 on its way to the other end, -1 on its way back"))
	a.tripped = device.State(p, "tripped", unit.One, false, device.Doc("it stopped by itself, for good"))
	a.powered = device.State(p, "powered", unit.One, true, device.Doc("its drives have power"))
	a.body.declare(p)
	a.tooFast, a.tooFar, a.unpowered = p.Timer("too fast", a.trip), p.Timer("too far", a.trip), p.Timer("power", a.cut)
	a.moves(p)
	a.acts(p)
}

// moves declares what is continuous, and what follows from it.
func (a *arm) moves(p *device.Ports) {
	s := &a.spec
	at := len(p.Signals)
	a.x = device.Continuous(p, "x", unit.Metre, s.From, a.goes, device.Doc("where the tool is"))
	a.speed = device.Continuous(p, "speed", unit.MetrePerSecond, a.wanted(s.Speed, s.Payload), a.slows, device.Doc("of the tool"))
	a.body.closing = device.Continuous(p, "closing", unit.MetrePerSecond, 0, a.yields, device.Doc("how fast the tool and a body that came towards it close in; 0 while it touches no such body"))
	// Each of them reads the others.
	device.Reads(a.motion, a.heading, a.body.touching, a.body.behind, a.body.bumped, a.body.closing, a.speed)(&p.Signals[at])
	device.Reads(a.motion, a.body.touching, a.body.met, a.body.behind, a.body.bumped, a.body.share, a.body.at, a.body.closing, a.x, a.speed)(&p.Signals[at+1])
	device.Reads(a.motion, a.body.touching, a.body.met, a.body.behind, a.body.bumped, a.body.at, a.x, a.body.closing)(&p.Signals[at+2])
	a.force = device.Computed(p, "force", unit.Newton, func(c *device.Context) float64 { return float64(a.spring * a.pressed(c)) },
		device.Reads(a.body.touching, a.body.met, a.body.behind, a.body.at, a.x), device.Doc("with which it presses on somebody"))
	device.Computed(p, "stop_time", unit.Second, func(c *device.Context) float64 { return a.brake.time(max(0, a.speed.Get(c))) },
		device.Reads(a.speed), device.Doc("that a stop would take now"))
	device.Computed(p, "stop_distance", unit.Metre, func(c *device.Context) float64 { return a.brake.distance(max(0, a.speed.Get(c))) },
		device.Reads(a.speed), device.Doc("that it would go meanwhile"))
	device.Computed(p, "moving", unit.One, func(c *device.Context) bool { return a.motion.Get(c) != standing },
		device.Reads(a.motion), device.Doc("it does not stand"))
}

// acts declares what happens to it.
func (a *arm) acts(p *device.Ports) {
	p.OnInit(a.see)
	p.OnStart(a.obey)
	p.OnChange("asked", a.obey, a.stop, a.guard, a.tripped, a.motion, a.set)
	p.OnChange("set", a.adjust, a.set, a.tool)
	p.OnLimit("turns", a.ends, a.turn, a.heading, a.body.touching, a.x)
	p.OnLimit("touches", a.crosses, a.cross, a.body.touching, a.body.behind, a.speed, a.motion, a.x, a.body.at)
	p.OnLimit("parts", a.parts, a.part, a.body.touching, a.body.behind, a.x, a.body.at)
	p.OnLimit("rests", a.rests, a.rest, a.motion, a.speed, a.body.bumped, a.body.closing)
	p.OnRise("speeds", a.faster, func(c *device.Context) { c.Start(a.tooFast, a.spec.SeesSpeed) }, a.speed, a.safeSpeed)
	p.OnRise("strays", func(c *device.Context) float64 { return a.x.Get(c) - a.safeTo.Get(c) - more },
		func(c *device.Context) { c.Start(a.tooFar, a.spec.SeesPlace) }, a.x, a.safeTo)
}

// never is a gap that does not rise; more makes a gap strict: x > 0 instead of x >= 0.
const (
	never = -1
	more  = math.SmallestNonzeroFloat64
)

// wanted is the speed to go at, by what is set.
func (a *arm) wanted(set, tool float64) float64 {
	v := max(0, min(set, a.spec.Fastest()))
	if a.spec.PowerLimited {
		v = min(v, a.spec.bearable(max(0, tool)))
	}
	return v
}

// goes is the derivative of the place.
func (a *arm) goes(c *device.Context) float64 {
	if a.motion.Get(c) == standing {
		return 0
	}
	if a.body.touching.Get(c) {
		return float64(a.body.side(c) * a.nears(c))
	}
	return float64(a.heading.Get(c) * a.speed.Get(c))
}

// slows is the derivative of the speed: brakes, and whoever it presses on.
func (a *arm) slows(c *device.Context) float64 {
	motion := a.motion.Get(c)
	switch {
	case motion == standing || a.speed.Get(c) <= 0:
		return 0
	case a.body.bumped.Get(c): // it loses as the two do
		return float64(a.body.share.Get(c) * a.yields(c))
	}
	rate := -float64(a.spring*a.pressed(c)) / a.mu
	if motion == stopping {
		rate -= a.brake.at(a.speed.Get(c))
	}
	return rate
}

// obey stops when something asks for it, and goes on when nothing does any more.
func (a *arm) obey(c *device.Context) {
	asked := a.stop.Get(c) || a.guard.Get(c) || a.tripped.Get(c)
	wanted := a.wanted(a.set.Get(c), a.tool.Get(c))
	switch motion := a.motion.Get(c); {
	case asked && motion == moving:
		a.motion.Set(c, stopping)
		a.remove(c)
	case !asked && motion == standing && a.spec.Resumes && wanted > 0:
		a.motion.Set(c, moving)
		a.powered.Set(c, true)
		c.Stop(a.unpowered)
		a.speed.Set(c, wanted)
	}
}

// deenergises is how long a controlled stop may take until power is gone.
const deenergises = vtime.Second

// remove takes the power away by the category of the stop.
func (a *arm) remove(c *device.Context) {
	switch a.spec.Category {
	case "cat_0":
		a.powered.Set(c, false)
	case "cat_1":
		c.Start(a.unpowered, deenergises)
	}
}

func (a *arm) cut(c *device.Context) { a.powered.Set(c, false) }

func (a *arm) trip(c *device.Context) { a.tripped.Set(c, true) }

// adjust goes at what is set now.
func (a *arm) adjust(c *device.Context) {
	if a.motion.Get(c) == moving && !a.body.touching.Get(c) {
		a.speed.Set(c, a.wanted(a.set.Get(c), a.tool.Get(c)))
	}
}

// ends rises at the end that it heads for.
func (a *arm) ends(c *device.Context) float64 {
	if a.body.touching.Get(c) {
		return never
	}
	if a.heading.Get(c) > 0 {
		return a.x.Get(c) - a.spec.To
	}
	return a.spec.From - a.x.Get(c)
}

func (a *arm) turn(c *device.Context) {
	if a.heading.Get(c) > 0 {
		a.x.Set(c, a.spec.To)
		a.heading.Set(c, -1)
		return
	}
	a.x.Set(c, a.spec.From)
	a.heading.Set(c, 1)
}

func (a *arm) rests(c *device.Context) float64 {
	if a.motion.Get(c) == standing {
		return never
	}
	return -a.nears(c)
}

// rest holds it by its brakes. One that somebody stopped does not go on.
func (a *arm) rest(c *device.Context) {
	a.motion.Set(c, standing)
	a.speed.Set(c, 0)
	a.body.closing.Set(c, 0)
	if a.body.touching.Get(c) {
		a.tripped.Set(c, true)
	}
	if a.spec.Category == "cat_1" {
		a.powered.Set(c, false)
	}
}

func (a *arm) faster(c *device.Context) float64 {
	if a.safeSpeed.Get(c) <= 0 {
		return never
	}
	return a.speed.Get(c) - a.safeSpeed.Get(c) - more
}
