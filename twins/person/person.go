package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a person.
type Spec struct {
	Role     string         `twin:"role" default:"visitor" choices:"operator maintenance patient resident driver passenger visitor child" doc:"what they are here for"`
	X        float64        `twin:"starts_x,m" min:"-100 km" max:"100 km" why:"as far as anybody walks in a day, our estimate" default:"0 m" doc:"where they are at the start"`
	Y        float64        `twin:"starts_y,m" min:"-100 km" max:"100 km" why:"as far as anybody walks in a day, our estimate" default:"0 m" doc:"where they are at the start"`
	Speed    float64        `twin:"speed,m/s" min:"0.01 m/s" max:"12.5 m/s" why:"our estimate: who crawls does 0.1 m/s; nobody ever ran faster than 12.5 m/s: 100 m sprint, 2009" default:"1.6 m/s" doc:"at which they walk; 1.6 m/s where nothing better is known (ISO 13855)"`
	Reaction vtime.Duration `twin:"reaction" min:"0s" max:"24h" why:"our estimate: who reacts later has not been warned" default:"1s" doc:"from being warned to acting"`
	Path     []Waypoint     `twin:"path" doc:"where they go, and when" default:""`
	Region   string         `twin:"region" default:"unknown" choices:"unknown skull face neck back chest abdomen pelvis upper_arm forearm hand thigh lower_leg" doc:"of the body, that contact is with; unknown bears least"`
	Touch    string         `twin:"touch" default:"quasi_static" choices:"quasi_static transient" doc:"clamped by what touches them, or free to give way"`
	Bears    float64        `twin:"bears,N" min:"0 N" max:"1000 N" why:"nobody bears more without pain: ISO/TS 15066 has 65 to 220 N" default:"0 N" doc:"the force that the region bears, where it is not the published one; 0 for that"`
	Collides string         `twin:"collides" default:"pedestrian" choices:"pedestrian occupant" doc:"what they are in a collision: hit by a car, or in one, with a belt"`
	Gas      string         `twin:"gas_is" default:"none" choices:"none chlorine ammonia phosgene hydrogen_chloride sulphur_dioxide hydrogen_fluoride" doc:"which gas they breathe"`
	Guards   bool           `twin:"opens_guards" default:"false" doc:"there is a guard that they can open, or tape, by an act of the timeline"`
	Lasts    vtime.Duration `twin:"lasts" min:"0s" max:"24h" default:"1h" why:"the models of air are of hours" doc:"how long air must be too hot or too cold to harm; hot air from 43.3 degC on and frost add up beside that"`
}

// A Waypoint is a place on a person's path.
type Waypoint struct {
	Name   string
	At     vtime.Duration `twin:"at" min:"0s" default:"0s" doc:"when they leave for it"`
	Warned bool           `twin:"warned" default:"false" doc:"go there when warned, not at a time"`
	X      float64        `twin:"x,m" min:"-100 km" max:"100 km" why:"as far as anybody walks in a day, our estimate" default:"0 m" doc:"where it is"`
	Y      float64        `twin:"y,m" min:"-100 km" max:"100 km" why:"as far as anybody walks in a day, our estimate" default:"0 m" doc:"where it is"`
	Opens  bool           `twin:"opens" default:"false" doc:"open the guard that is there, once they are"`
	Closes bool           `twin:"closes" default:"false" doc:"close it"`
}

// Kind describes a person to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "person",
		Summary: "a human: walks, is warned, presses a stop, is exposed and harmed",
		Text: `Walks at speed from waypoint to waypoint in straight lines, leaving at its
time. When warned for reaction long, pressed becomes true, and they go to the
waypoint with warned: true. Only what is wired harms: each exposure has a
severity, contact_harm, glucose_harm and so on; harm is the worst of now, worst
the worst since the start: 0 none, 1 slight, 2 serious, 3 irreversible, 4 death.
From 3 on they neither walk nor press.`,
		Source: "models of sim/harm: ISO/TS 15066, ISO 13855, ADA, Joksch, Tefft, NWS, ISO 13571, UL 2034, Crowl and Louvar, AEGL, TNO",
		Example: `anna:
  is: person
  role: operator
  path:
    robot: {at: 10s, x: 2 m}
    exit: {x: -5 m, warned: true}
  warned: {wired: float.tripped}
  separation: tower.height - tower.level`,
	}, Spec{
		Role: "visitor", Speed: harm.WalkingSpeed, Region: "unknown", Touch: "quasi_static", Collides: "pedestrian", Gas: "ammonia", Lasts: vtime.Hour,
		Path: []Waypoint{{Name: "there", X: 1}},
	}, New)
}

// A person's signals. What is not wired has none.
type person struct {
	spec  Spec
	wired func(input string) bool

	warned           *device.In[bool]
	presses          *device.In[bool]
	perceives        *device.Out[bool]
	pressed          *device.ReportOut[bool]
	opens            *device.In[bool]
	opened           *device.Out[bool]
	turns            *device.Out[int]
	seenOpens        *device.Out[bool]
	goes, passed     *device.Out[int]
	arrivals         *device.Out[int]
	seenPassed       *device.Out[int]
	seenWarned       *device.Out[bool]
	vx, vy, x, y     *device.Out[float64]
	worst            *device.Out[int]
	harm             *device.In[int]
	exposures        []*exposure
	severities       []device.Readable
	counted          []*dose
	leaves, reaction *device.Timer
}

// New returns a person at the start of their path.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.Bears > 0 && s.Bears < 1 {
		return nil, device.Invalid("bears", "must be 0, for the published force, or at least 1 N: that is what weighs 100 g (our estimate)")
	}
	if err := ordered(s.Path); err != nil {
		return nil, err
	}
	p := &person{spec: s, wired: func(string) bool { return true }}
	if err := p.inTime(); err != nil {
		return nil, err
	}
	return p, nil
}

// ordered checks that a path goes forward in time, and that there is one way out.
func ordered(path []Waypoint) error {
	last, out := vtime.Duration(-1), ""
	for _, w := range path {
		switch {
		case w.Name == nowhere:
			return device.Invalid("path", "has a waypoint named %s: give it another name", nowhere)
		case w.Opens && w.Closes:
			return device.Invalid("path", "both opens and closes the guard at %s: give it two waypoints", w.Name)
		case w.Warned && out != "":
			return device.Invalid("path", "has two waypoints for warnings, %s and %s: there can be one", out, w.Name)
		case w.Warned:
			out = w.Name
		case w.At <= last:
			return device.Invalid("path", "leaves for %s at %s, and not after what stands before it: put them in the order of time", w.Name, vtime.Shortest(w.At))
		default:
			last = w.At
		}
	}
	return nil
}

// Fit implements device.Fitter: what nothing is wired to does not harm.
func (p *person) Fit(wired func(input string) bool) (device.Device, error) {
	if wired("gas") && p.spec.Gas == "none" {
		return nil, device.Invalid("gas_is", "must name the gas where gas is wired: chlorine, ammonia, phosgene, hydrogen_chloride, sulphur_dioxide or hydrogen_fluoride")
	}
	for _, input := range []string{"humidity", "wind"} {
		if wired(input) && !wired("temperature") {
			return nil, device.Invalid(input, "is of air whose temperature is not known: wire temperature as well")
		}
	}
	if err := strikesOf(wired); err != nil {
		return nil, err
	}
	fitted := *p
	fitted.wired = wired
	return &fitted, nil
}

// Declare implements device.Device.
func (p *person) Declare(ports *device.Ports) {
	if p.wired("warned") {
		p.warned = device.Told[bool](ports, "warned", unit.One, device.Optional(0), device.Doc("what warns them: an alarm, a lamp, a screen"))
	}
	p.exposures, p.severities, p.counted = nil, nil, nil
	p.declareHands(ports)
	p.declareWalk(ports)
	p.declareExposures(ports)
	p.harm = device.Computed(ports, "harm", unit.One, p.worstNow, device.Reads(p.severities...), device.Doc("severity of what harms them now: 0 none to 4 death"))
	p.worst = device.State(ports, "worst", unit.One, 0, device.Doc("severity of the worst that harmed them"))
	p.declareActs(ports)
	ports.OnChange("is harmed", p.suffers, p.harm)
	ports.GoesBy(p.harm)
	ports.OnChange("moves", p.move, p.passed, p.perceives, p.arrivals, p.worst)
	ports.GoesBy(p.passed, p.perceives, p.worst)
	ports.OnStart(func(c *device.Context) { p.schedule(c, 0) }) // sets off
}

// worstNow is the worst severity of now.
func (p *person) worstNow(c *device.Context) (worst int) {
	for _, e := range p.exposures {
		worst = max(worst, e.severity.Get(c))
	}
	return worst
}

// able reports whether they can walk and press.
func (p *person) able(c *device.Context) bool {
	return p.worst.Get(c) < int(harm.Irreversible)
}

// suffers notes what is worse than before.
func (p *person) suffers(c *device.Context) {
	if now := p.harm.Get(c); now > p.worst.Get(c) {
		p.worst.Set(c, now)
	}
}

// finite keeps a gap of what can never be out of the infinite.
func finite(gap float64) float64 {
	if math.IsInf(gap, -1) {
		return never
	}
	return gap
}
