package vehicle

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a vehicle.
type Spec struct {
	Length      float64        `twin:"length,m" default:"4 m" doc:"from its rear to its front"`
	Mass        float64        `twin:"mass,kg" default:"1500 kg" doc:"with all that is in it"`
	Lag         float64        `twin:"lag,s" default:"0.5 s" doc:"time constant of engine and brakes"`
	DeadTime    vtime.Duration `twin:"dead_time" min:"0s" default:"0s" doc:"how much later they do what is asked, from 10 ms on; 0 s: at once"`
	Brakes      float64        `twin:"brakes,m/s2" default:"8 m/s2" doc:"how hard it can brake"`
	Accelerates float64        `twin:"accelerates,m/s2" default:"4 m/s2" doc:"how hard it can accelerate"`
	Stiffness   float64        `twin:"stiffness,kN/m" default:"1000 kN/m" doc:"of its front, when it is crushed"`
	Plasticity  float64        `twin:"plasticity,s/m" default:"1 s/m" doc:"those who collided part at less than 1 by this"`
	Wrecks      float64        `twin:"wrecks,m/s" above:"0 m/s" max:"1000 km/s" why:"so much is for never" default:"1 m/s" doc:"change of speed by a collision from which on it only brakes"`
	Position    float64        `twin:"starts_at,m" min:"-1e7 m" max:"1e7 m" why:"from the equator to a pole" default:"0 m" doc:"of its front, at the start"`
	Speed       float64        `twin:"starts_with,km/h" default:"0 km/h" doc:"its speed at the start"`
}

// Kind describes the vehicle to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "vehicle",
		Summary: "a road vehicle: engine lag, brakes, gap to the one ahead, collision",
		Text: `d(acceleration)/dt = (drive dead_time ago - acceleration) / lag, drive from -brakes to accelerates;
d(speed)/dt = acceleration + (behind - push) / mass; gap = ahead - position.
In a collision push = stiffness crush (1 + plasticity closing): momentum is kept, and the
two hardly part. impact is the greatest closing speed at a contact, delta_v what the last collision
changed of its speed: a person with collision: car.delta_v and collides: occupant is in it.
Where ahead is not wired nobody is. It does not roll backwards.`,
		Source: "lag of first order: " + textbook + ", chapter 5; contact: Hunt, Crossley, J. Appl. Mech. 42 (1975)",
		Example: `car:
  is: vehicle
  starts_with: 100 km/h`,
	}, Spec{Length: 4, Mass: 1500, Lag: 0.5, Brakes: 8, Accelerates: 4, Stiffness: 1e6, Plasticity: 1, Wrecks: 1}, New)
}

type body struct {
	spec                          Spec
	first                         bool                // nobody is ahead of it
	drive, obeys                  *device.In[float64] // what is asked, and what comes of it
	ahead, aheadSpeed             *device.In[float64]
	behind, gap, closing, push    *device.In[float64]
	standing, touching            *device.Out[bool]
	wrecked, crashing             *device.Out[bool]
	impact                        *device.Out[float64]
	acceleration, speed, position *device.Out[float64]
	change                        *device.Out[float64]
}

// New returns a vehicle that rolls.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	return &body{spec: s}, within(
		limit{"length", s.Length, 1, 30, "m", lengths}, limit{"mass", s.Mass, 400, 60000, "kg", textbook}, limit{"lag", s.Lag, 0.02, 2, "s", textbook},
		limit{"dead_time", s.dead(), shortestDead, 1, "s", engines},
		limit{"brakes", s.Brakes, 0.5, 12, "m/s2", textbook}, limit{"accelerates", s.Accelerates, 0.1, 12, "m/s2", textbook},
		limit{"stiffness", s.Stiffness, 1e5, 1e7, "N/m", crushes}, limit{"plasticity", s.Plasticity, 0.1, 10, "s/m", bouncing},
		limit{"starts_with", s.Speed, 0, 100, "m/s", textbook},
	)
}

// Fit implements device.Fitter: where nobody is ahead there is no gap.
func (b *body) Fit(wired func(input string) bool) (device.Device, error) {
	fitted := *b
	fitted.first = !wired("ahead")
	return &fitted, nil
}

// deepest is the crush beyond which the push no longer grows, in m.
const deepest = 1

// Declare implements device.Device.
func (b *body) Declare(p *device.Ports) {
	s := &b.spec
	b.drive = device.Input[float64](p, "drive", unit.MetrePerSecondSquared, device.Optional(0), device.Doc("what is asked of engine and brakes"),
		device.Possible(-1000, 1000, "no brakes or engine change a speed by more than 1000 m/s2, our estimate"))
	b.behind = device.Input[float64](p, "behind", unit.Newton, device.Optional(0), device.Doc("with what the one behind pushes it"),
		device.Possible(0, 1e9, "a push is from none to 1e9 N, our estimate"))
	b.obeys = b.drive
	if s.DeadTime > 0 {
		b.obeys = delayed(p, b.drive, s.DeadTime)
	}
	b.standing = device.State(p, "standing", unit.One, s.Speed == 0, device.Doc("it stands"))
	b.wrecked = device.State(p, "wrecked", unit.One, false, device.Doc("it has been in a collision, and brakes for good"))
	b.acceleration = device.Continuous(p, "acceleration", unit.MetrePerSecondSquared, 0, b.yields,
		device.Reads(b.obeys, b.wrecked), device.Doc("by engine and brakes"))
	readsItself(p)
	speed := len(p.Signals)
	b.speed = device.Continuous(p, "speed", symbol("km/h"), s.Speed, b.accelerates, device.Reads(b.standing, b.acceleration, b.behind), device.Doc("over ground"))
	b.position = device.Continuous(p, "position", unit.Metre, s.Position, b.speed.Get, device.Reads(b.speed), device.Doc("of its front"))
	device.Computed(p, "rear", unit.Metre, func(c *device.Context) float64 { return b.position.Get(c) - s.Length }, device.Reads(b.position), device.Doc("where its rear is"))
	pushes := []device.Readable{b.behind}
	if !b.first {
		b.contact(p)
		pushes = append(pushes, b.push)
		p.Signals[speed].Reads = append(p.Signals[speed].Reads, p.Signals[len(p.Signals)-1].Cell)
	}
	b.suffers(p, pushes)
	p.OnLimit("stops", b.stops, b.stand, append(pushes, b.standing, b.speed, b.acceleration)...)
	p.OnLimit("starts", b.starts, func(c *device.Context) { b.standing.Set(c, false) }, append(pushes, b.standing, b.acceleration)...)
}

// contact declares what is between it and the one ahead. The last of it is the push.
func (b *body) contact(p *device.Ports) {
	b.ahead = device.Input[float64](p, "ahead", unit.Metre, device.Optional(100), device.Doc("where the rear of the one ahead is"),
		device.Possible(-1e9, 1e9, "it is a place within a million kilometres"))
	b.aheadSpeed = device.Input[float64](p, "ahead_speed", unit.MetrePerSecond, device.Optional(0), device.Doc("of the one ahead"),
		device.Possible(-350, 350, "nothing on wheels was faster than 341 m/s (Thrust SSC, 1997)"))
	b.touching = device.State(p, "touching", unit.One, false, device.Doc("its front touches the one ahead"))
	b.impact = device.State(p, "impact", unit.MetrePerSecond, 0.0, device.Doc("greatest closing speed at which its front met the one ahead"))
	b.gap = device.Computed(p, "gap", unit.Metre, func(c *device.Context) float64 { return b.ahead.Get(c) - b.position.Get(c) },
		device.Reads(b.ahead, b.position), device.Doc("to the one ahead"))
	b.closing = device.Computed(p, "closing", unit.MetrePerSecond, func(c *device.Context) float64 { return b.speed.Get(c) - b.aheadSpeed.Get(c) },
		device.Reads(b.speed, b.aheadSpeed), device.Doc("how fast it comes nearer to the one ahead"))
	b.push = device.Computed(p, "push", unit.Newton, b.pushes, device.Reads(b.gap, b.closing), device.Doc("with what it pushes the one ahead, and is pushed back"))
	p.OnStart(b.begin)
	p.OnLimit("touches", b.touches, b.meet, b.touching, b.gap)
	p.OnLimit("parts", b.parts, func(c *device.Context) { b.touching.Set(c, false) }, b.touching, b.gap)
}

// A collision is a push of more than crash, and over once it is less than calm, both in m/s2.
const (
	crash = 20
	calm  = 5
)

// suffers declares what collisions do to it.
func (b *body) suffers(p *device.Ports, pushes []device.Readable) {
	b.crashing = device.State(p, "crashing", unit.One, false, device.Doc("it is in a collision"))
	reads := append(pushes, b.standing, b.crashing)
	b.change = device.Continuous(p, "delta_v", unit.MetrePerSecond, 0, b.changes, device.Reads(reads...),
		device.Doc("what the last collision has changed of its speed"))
	p.OnLimit("crashes", b.crashes, func(c *device.Context) { b.crashing.Set(c, true); b.change.Set(c, 0) }, reads...)
	p.OnLimit("calms", b.calms, func(c *device.Context) { b.crashing.Set(c, false) }, reads...)
	p.OnLimit("wrecked", func(c *device.Context) float64 { return b.change.Get(c) - b.spec.Wrecks }, func(c *device.Context) { b.wrecked.Set(c, true) }, b.change)
}

// changes is the derivative of delta_v.
func (b *body) changes(c *device.Context) float64 {
	if b.crashing.Get(c) {
		return b.feels(c)
	}
	return 0
}

// feels is how much collisions accelerate it, either way. What stands and is held by its brakes feels
// nothing.
func (b *body) feels(c *device.Context) float64 {
	if b.standing.Get(c) {
		return 0
	}
	return math.Abs(b.pushed(c))
}

func (b *body) crashes(c *device.Context) float64 {
	if b.crashing.Get(c) {
		return never
	}
	return b.feels(c) - crash
}

func (b *body) calms(c *device.Context) float64 {
	if !b.crashing.Get(c) {
		return never
	}
	return calm - b.feels(c)
}

// begin finds vehicles that touch from the start.
func (b *body) begin(c *device.Context) {
	if b.gap.Get(c) <= 0 {
		b.meet(c)
	}
}

// meet notes how hard it met the one ahead.
func (b *body) meet(c *device.Context) {
	b.touching.Set(c, true)
	if closing := b.closing.Get(c); closing > b.impact.Get(c) {
		b.impact.Set(c, closing)
	}
}

func (b *body) stand(c *device.Context) {
	b.standing.Set(c, true)
	b.speed.Set(c, 0)
}

// yields is the derivative of the acceleration: engine and brakes follow what is asked.
func (b *body) yields(c *device.Context) float64 {
	drive := -b.spec.Brakes
	if !b.wrecked.Get(c) {
		drive = min(b.spec.Accelerates, max(-b.spec.Brakes, b.obeys.Get(c)))
	}
	return (drive - b.acceleration.Get(c)) / b.spec.Lag
}

// accelerates is the derivative of the speed.
func (b *body) accelerates(c *device.Context) float64 {
	if b.standing.Get(c) {
		return 0
	}
	return b.net(c)
}

// net is what would be the derivative of the speed if it were free to roll.
func (b *body) net(c *device.Context) float64 { return b.acceleration.Get(c) + b.pushed(c) }

// pushed is the acceleration by those that it touches.
func (b *body) pushed(c *device.Context) float64 {
	force := b.behind.Get(c)
	if !b.first {
		force -= b.push.Get(c)
	}
	return force / b.spec.Mass
}

// pushes is the force between it and the one ahead.
func (b *body) pushes(c *device.Context) float64 {
	crush := min(deepest, -b.gap.Get(c))
	if crush <= 0 {
		return 0
	}
	return max(0, float64(float64(b.spec.Stiffness*crush)*(1+float64(b.spec.Plasticity*b.closing.Get(c)))))
}

// never is a gap that does not rise; more makes a gap strict: x > 0 instead of x >= 0.
const (
	never = -1
	more  = math.SmallestNonzeroFloat64
)

func (b *body) touches(c *device.Context) float64 {
	if b.touching.Get(c) {
		return never
	}
	return -b.gap.Get(c)
}

func (b *body) parts(c *device.Context) float64 {
	if !b.touching.Get(c) {
		return never
	}
	return b.gap.Get(c) - more
}

func (b *body) stops(c *device.Context) float64 {
	if b.standing.Get(c) {
		return never
	}
	return min(-b.speed.Get(c), -b.net(c)-more)
}

func (b *body) starts(c *device.Context) float64 {
	if !b.standing.Get(c) {
		return never
	}
	return b.net(c) - more
}
