package vehicle

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A ControllerSpec is the configuration of a platoon's controller.
type ControllerSpec struct {
	Law         string         `twin:"law" default:"ploeg" choices:"ploeg path acc lead" doc:"how it follows; lead: as the driver asks"`
	Headway     float64        `twin:"headway,s" default:"0.5 s" doc:"of ploeg and of acc: gap by speed"`
	Spacing     float64        `twin:"spacing,m" default:"2 m" doc:"gap at standstill; of path at all speeds"`
	KP          float64        `twin:"kp,1/s2" default:"0.2 1/s2" doc:"acceleration by the error of the gap"`
	KD          float64        `twin:"kd,1/s" default:"0.7 1/s" doc:"acceleration by how fast that error changes"`
	C1          float64        `twin:"c1" min:"0" max:"1" default:"0.5" doc:"of path: share of the leader"`
	Damping     float64        `twin:"xi" default:"1" doc:"of path: damping"`
	Frequency   float64        `twin:"w,rad/s" default:"0.2 rad/s" doc:"of path: bandwidth"`
	Brakes      float64        `twin:"brakes,m/s2" default:"8 m/s2" doc:"the hardest braking it asks for"`
	Accelerates float64        `twin:"accelerates,m/s2" default:"4 m/s2" doc:"the most it asks for"`
	Fastest     float64        `twin:"fastest,km/h" default:"130 km/h" doc:"speed that it does not exceed by itself"`
	Beacon      vtime.Duration `twin:"beacon" above:"0s" max:"1h" why:"our estimate: cars tell ten times a second" default:"100ms" doc:"how often it tells what it does"`
	Patience    vtime.Duration `twin:"patience" min:"0s" max:"1h" why:"our estimate: cars tell ten times a second" default:"300ms" doc:"age from which on a beacon is not used; 0: never"`
	AccHeadway  float64        `twin:"acc_headway,s" default:"3.2 s" doc:"headway without beacons"`
	Easing      float64        `twin:"easing,s" default:"30 s" doc:"time constant with which it goes over to that"`
	Tolerance   float64        `twin:"tolerance,m/s" min:"0 m/s" max:"350 m/s" why:"nothing on wheels was faster than 341 m/s: Thrust SSC, 1997" default:"0 m/s" doc:"by how much beacons may be off its radar; 0: by anything"`
	Memory      float64        `twin:"memory,s" default:"2 s" doc:"how long what beacons say of the acceleration is added up"`
	Emergency   float64        `twin:"emergency,m/s2" default:"0 m/s2" doc:"it brakes in full where its radar says that it takes more than this; 0: never"`
	Lag         float64        `twin:"lag,s" default:"0.5 s" doc:"what it takes for that of the one ahead"`
}

// Controller describes the controller to the catalog.
func Controller() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "platoon-controller",
		Summary: "follows the vehicle ahead by radar and beacons: Ploeg, PATH, ACC; falls back",
		Text: `ploeg: headway du/dt = -u + kp e + kd de/dt + ahead_acceleration, e = distance - spacing
- room - headway speed. acc: the same without ahead_acceleration. path: a constant distance,
by beacons of the one ahead and of the leader. Without a beacon for patience, or once beacons
are off the radar by more than tolerance, it is acc, and goes over to acc_headway.
With emergency it brakes in full where approach^2/2/(distance - 1 m) is more, by its radar alone.
It tells beacons itself: beacon_acceleration (what it asks of its engine), beacon_speed,
beacon_time.`,
		Source: "Ploeg et al., IEEE ITSC 2011; " + textbook + ", 7.6; defaults: Plexe, examples/platooning",
		Example: `ecu:
  is: platoon-controller
  law: lead
  speed: car.speed
  acceleration: car.acceleration
car: {is: vehicle, starts_with: 100 km/h}`,
	}, ControllerSpec{
		Law: "ploeg", Headway: 0.5, Spacing: 2, KP: 0.2, KD: 0.7, C1: 0.5, Damping: 1, Frequency: 0.2, Brakes: 8, Accelerates: 4, Fastest: 36,
		Beacon: 1, Patience: 1, AccHeadway: 3.2, Easing: 30, Memory: 2, Lag: 0.5,
	}, NewController)
}

type controller struct {
	spec                                 ControllerSpec
	byBeacons, byLeader                  bool
	speed, acceleration, driver          *device.In[float64]
	distance, approach, room             *device.In[float64]
	aheadAcceleration, aheadSpeed        *device.In[float64]
	aheadTime, leadTime                  *device.In[float64]
	leadAcceleration, leadSpeed          *device.In[float64]
	headway, command, seen               *device.In[float64]
	late, doubts, braking                *device.Out[bool]
	asked, kept, felt, expected          *device.Out[float64]
	alone                                *device.In[bool]
	tellAcceleration, tellSpeed, tellNow *device.ReportOut[float64]
	silence                              *device.Timer
}

// NewController returns a controller that has just been switched on.
func NewController(s ControllerSpec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	k := &controller{spec: s, byBeacons: s.Law == "ploeg" || s.Law == "path", byLeader: s.Law == "path"}
	return k, within(
		limit{"headway", s.Headway, shortest, 10, "s", tunings}, limit{"acc_headway", s.AccHeadway, shortest, 10, "s", tunings}, limit{"spacing", s.Spacing, 0, 100, "m", tunings},
		limit{"kp", s.KP, 0.001, 10, "1/s2", tunings}, limit{"kd", s.KD, 0, 10, "1/s", tunings}, limit{"w", s.Frequency, 0.01, 10, "rad/s", tunings}, limit{"xi", s.Damping, 1, 10, "", textbook},
		limit{"brakes", s.Brakes, 0.5, 12, "m/s2", textbook}, limit{"accelerates", s.Accelerates, 0.1, 12, "m/s2", textbook}, limit{"lag", s.Lag, 0.02, 2, "s", textbook}, limit{"emergency", s.Emergency, 0, 12, "m/s2", tunings},
		limit{"easing", s.Easing, 1, 1000, "s", tunings}, limit{"memory", s.Memory, 0.1, 100, "s", tunings}, limit{"fastest", s.Fastest, 1, 100, "m/s", tunings},
	)
}

// Look implements device.Looker.
func (k *controller) Look() device.Look {
	return device.Look{Icon: "module"}.By("alarm", "alone").By("value", "command")
}

// Declare implements device.Device.
func (k *controller) Declare(p *device.Ports) {
	k.hears(p)
	s := &k.spec
	k.headway = device.Tunable(p, "headway", unit.Second, s.Headway, device.Doc("gap by speed, of ploeg and of acc"))
	k.late = device.State(p, "late", unit.One, false, device.Doc("the last beacon is too old to be used"))
	k.doubts = device.State(p, "doubts", unit.One, false, device.Doc("beacons have been off what the radar sees"))
	k.alone = device.Computed(p, "alone", unit.One, func(c *device.Context) bool { return s.Law == "acc" || k.late.Get(c) || k.doubts.Get(c) },
		device.Reads(k.late, k.doubts), device.Doc("it does without beacons"))
	if k.byBeacons {
		k.kept = device.Continuous(p, "kept", unit.Second, s.Headway, k.eases, device.Reads(k.headway, k.alone), device.Doc("headway that it keeps now"))
		readsItself(p)
	}
	if s.Emergency > 0 {
		k.brakes(p)
	}
	k.follows(p)
	k.tells(p)
	if k.byBeacons {
		k.guards(p)
	}
}

// hears declares what it reads of others.
func (k *controller) hears(p *device.Ports) {
	speed, acceleration := unit.MetrePerSecond, unit.MetrePerSecondSquared
	k.speed = device.Input[float64](p, "speed", speed, device.Doc("its own"))
	k.acceleration = device.Input[float64](p, "acceleration", acceleration, device.Doc("its own"))
	k.driver = device.Input[float64](p, "driver", acceleration, device.Optional(0), device.Doc("what its driver asks for, with the law lead"))
	k.distance = device.Told[float64](p, "distance", unit.Metre, device.Optional(250), device.Doc("to the one ahead, of the radar"))
	k.approach = device.Told[float64](p, "approach", speed, device.Optional(0), device.Doc("how fast that closes, of the radar"))
	k.aheadAcceleration = device.Told[float64](p, "ahead_acceleration", acceleration, device.Optional(0), device.Doc("what the one ahead asks of its engine"))
	k.aheadSpeed = device.Told[float64](p, "ahead_speed", speed, device.Optional(0), device.Doc("of the one ahead"))
	k.aheadTime = device.Told[float64](p, "ahead_time", unit.Second, device.Optional(0), device.Doc("when the one ahead told it"))
	k.leadAcceleration = device.Told[float64](p, "lead_acceleration", acceleration, device.Optional(0), device.Doc("what the leader asks of its engine"))
	k.leadSpeed = device.Told[float64](p, "lead_speed", speed, device.Optional(0), device.Doc("of the leader"))
	k.leadTime = device.Told[float64](p, "lead_time", unit.Second, device.Optional(0), device.Doc("when the leader told it"))
	k.room = device.Told[float64](p, "room", unit.Metre, device.Optional(0), device.Doc("what it leaves more, for one that wants to join"))
}

// tells declares the beacon.
func (k *controller) tells(p *device.Ports) {
	k.tellAcceleration = device.Report(p, "beacon_acceleration", unit.MetrePerSecondSquared, 0.0, device.Doc("what it says that it asks of its engine"))
	k.tellSpeed = device.Report(p, "beacon_speed", unit.MetrePerSecond, 0.0, device.Doc("the speed that it says it has"))
	k.tellNow = device.Report(p, "beacon_time", unit.Second, 0.0, device.Doc("when it said so"))
	p.OnInit(k.begin)
	p.Every("beacon", k.spec.Beacon, k.tell)
}

// begin tells the first beacon, and expects what is seen.
func (k *controller) begin(c *device.Context) {
	k.tell(c)
	if k.expected != nil {
		k.expected.Set(c, k.seen.Get(c))
	}
}

func (k *controller) tell(c *device.Context) {
	k.tellAcceleration.Set(c, k.command.Get(c))
	k.tellSpeed.Set(c, k.speed.Get(c))
	k.tellNow.Set(c, c.Now().Seconds())
}

// guards declares when it does without beacons.
func (k *controller) guards(p *device.Ports) {
	s := &k.spec
	if s.Patience > 0 {
		k.silence = p.Timer("silence", k.fallBack)
		p.OnStart(k.heard)
		p.OnMessage(k.heard)
	}
	if s.Tolerance <= 0 {
		return
	}
	k.felt = device.Continuous(p, "felt", unit.MetrePerSecondSquared, 0, k.feels, device.Doc("what the engine of the one ahead should do by its beacons"))
	k.expected = device.Continuous(p, "expected", unit.MetrePerSecond, 0, k.expects, device.Doc("speed that the one ahead should have by its beacons"))
	p.OnRise("implausible", k.odd, func(c *device.Context) { k.doubts.Set(c, true); k.settle(c) },
		k.doubts, k.expected, k.seen, k.aheadSpeed)
}

// heard weighs how old what it knows is.
func (k *controller) heard(c *device.Context) {
	oldest := k.aheadTime.Get(c)
	if k.byLeader {
		oldest = min(oldest, k.leadTime.Get(c))
	}
	age := vtime.FromSeconds(c.Now().Seconds() - oldest)
	if age <= k.spec.Patience {
		c.Start(k.silence, k.spec.Patience-age+1)
		if k.late.Get(c) {
			k.late.Set(c, false)
		}
	} else if !k.late.Get(c) {
		k.fallBack(c)
	}
}

// fallBack does without beacons that are too old.
func (k *controller) fallBack(c *device.Context) {
	k.late.Set(c, true)
	k.settle(c)
}

// odd rises when the beacons are off what the radar sees.
func (k *controller) odd(c *device.Context) float64 {
	if k.doubts.Get(c) {
		return math.Inf(-1)
	}
	seen := k.seen.Get(c)
	return max(math.Abs(k.expected.Get(c)-seen), math.Abs(k.aheadSpeed.Get(c)-seen)) - k.spec.Tolerance
}
