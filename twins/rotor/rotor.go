package rotor

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a rotor. The defaults are a tube of aluminium 7075.
type Spec struct {
	Diameter  float64 `twin:"diameter,m" above:"0 m" max:"10 m" why:"our estimate: tubes of centrifuges have tenths of a metre" default:"0.1 m" doc:"of the tube"`
	Density   float64 `twin:"density,kg/m3" above:"0 kg/m3" max:"23000 kg/m3" why:"osmium has 22590 kg/m3" default:"2800 kg/m3" doc:"of its material"`
	Yield     float64 `twin:"yield,MPa" above:"0 MPa" max:"1e6 MPa" why:"our estimate: nanotubes bear 1e5 MPa" default:"500 MPa" doc:"above it the tube stays deformed"`
	Ultimate  float64 `twin:"ultimate,MPa" above:"0 MPa" max:"1e6 MPa" why:"our estimate: nanotubes bear 1e5 MPa" default:"570 MPa" doc:"at which the tube bursts, on average"`
	Scatter   float64 `twin:"scatter,%" min:"0 %" max:"50 %" why:"twice that is all of it" default:"0 %" doc:"standard deviation of ultimate between rotors"`
	Life      float64 `twin:"life,min" min:"1 s" why:"our estimate: what lasts less bursts" default:"30 min" doc:"how long it lasts just below ultimate"`
	Exponent  float64 `twin:"exponent" min:"1" max:"100" why:"our estimate: metals have 3 to 30" default:"20" doc:"how steeply life falls with stress"`
	Lowest    float64 `twin:"lowest,Hz" min:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"807 Hz" doc:"speed below which band says so"`
	Highest   float64 `twin:"highest,Hz" above:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"1210 Hz" doc:"speed above which band says so"`
	Nominal   float64 `twin:"nominal,Hz" min:"1 Hz" max:"100 kHz" why:"our estimate: centrifuges have about 1 kHz" default:"1064 Hz" doc:"speed for which separation is 100 %"`
	Critical  float64 `twin:"critical,Hz" min:"1 Hz" max:"100 kHz" why:"our estimate: centrifuges have some hundred Hz" default:"350 Hz" doc:"speed of the first bending resonance"`
	Damping   float64 `twin:"damping,%" above:"0 %" max:"50 %" default:"2 %" doc:"of that resonance, as a share of the critical one"`
	Unbalance float64 `twin:"unbalance,mm" min:"0 mm" default:"0.01 mm" doc:"how far the centre of mass is off the axis"`
	Clearance float64 `twin:"clearance,mm" above:"0 mm" max:"1 m" why:"our estimate: rotors have some 0.1 mm" default:"0.5 mm" doc:"to the casing; who touches it fails"`
}

// Kind describes the rotor to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "rotor",
		Summary: "a thin tube that spins: wall speed, hoop stress, wear, resonance, burst",
		Text: `speed = frequency, while it has not failed; wall = pi d speed;
stress = density wall^2; separation = (speed / nominal)^2;
d(wear)/dt = (stress / strength)^exponent / life;
vibration = unbalance r^2 / sqrt((1 - r^2)^2 + (2 damping r)^2), r = speed / critical.
band says whether speed is from lowest to highest.
It fails for good when stress comes to strength, wear to 1, or vibration to the
clearance. strength is ultimate, scattered between rotors by chance.`,
		Source: "thin ring: Timoshenko, Strength of Materials; life fractions: Robinson, Trans. ASME 74 (1952); unbalance: Jeffcott, Phil. Mag. 37 (1919)",
		Example: `rotor:
  is: rotor
  frequency: drive.frequency`,
	}, Spec{
		Diameter: 0.1, Density: 2800, Yield: 500e6, Ultimate: 570e6, Life: 1800, Exponent: 20,
		Lowest: 807, Highest: 1210, Nominal: 1064, Critical: 350, Damping: 0.02, Clearance: 0.001,
	}, New)
}

type rotor struct {
	spec                   Spec
	frequency              *device.In[float64]
	strength               *device.Out[float64]
	cause, band            *device.Out[int]
	speed, wall            *device.In[float64]
	stress                 *device.In[float64]
	wear                   *device.Out[float64]
	luck                   *device.Chance
	touchesFrom, touchesTo float64
}

// What a rotor failed of.
const (
	whole = iota
	burst
	worn
	touched
)

// Where its speed is.
const (
	inside = iota
	below
	above
)

// New returns a rotor that is as good as new.
func New(s Spec) (device.Device, error) {
	switch err := device.Valid(s); {
	case err != nil:
		return nil, err
	case s.Yield >= s.Ultimate:
		return nil, device.Invalid("yield", "must be below ultimate")
	case s.Lowest >= s.Highest:
		return nil, device.Invalid("lowest", "must be below highest")
	case s.Unbalance >= s.Clearance:
		return nil, device.Invalid("unbalance", "must be below the clearance")
	}
	r := &rotor{spec: s}
	r.touchesFrom, r.touchesTo = s.touching()
	return r, nil
}

// Look implements device.Looker.
func (r *rotor) Look() device.Look {
	return device.Look{Icon: "centrifuge"}.Between("turn", "speed", 0, r.spec.Nominal).Between("fill", "wear", 0, 1).By("alarm", "failed").By("value", "speed")
}

// Declare implements device.Device.
func (r *rotor) Declare(p *device.Ports) {
	s := &r.spec
	r.frequency = device.Input[float64](p, "frequency", unit.Hertz, device.Doc("of the motor's field, with which it turns"))
	if s.Scatter > 0 {
		r.luck = p.Chance("strength")
	}
	r.strength = device.State(p, "strength", megapascal(), s.Ultimate, device.Doc("stress at which this one bursts"))
	r.cause = device.State(p, "state", unit.One, whole, device.Labels("whole", "burst", "worn", "touched"), device.Doc("whether, and of what, it has failed"))
	device.Computed(p, "failed", unit.One, func(c *device.Context) bool { return r.cause.Get(c) != whole },
		device.Reads(r.cause), device.Doc("it is destroyed"))
	r.speed = device.Computed(p, "speed", unit.Hertz, r.turns, device.Reads(r.frequency, r.cause), device.Doc("turns a second"))
	r.wall = device.Computed(p, "wall", unit.MetrePerSecond, func(c *device.Context) float64 { return s.wall(r.speed.Get(c)) },
		device.Reads(r.speed), device.Doc("speed of the wall"))
	r.stress = device.Computed(p, "stress", megapascal(), func(c *device.Context) float64 { return s.stress(r.wall.Get(c)) },
		device.Reads(r.wall), device.Doc("hoop stress in the wall"))
	device.Computed(p, "yields", unit.One, func(c *device.Context) bool { return r.stress.Get(c) > s.Yield },
		device.Reads(r.stress), device.Doc("the stress is above yield"))
	device.Computed(p, "separation", unit.Percent, func(c *device.Context) float64 { return s.separation(r.speed.Get(c)) },
		device.Reads(r.speed), device.Doc("what it separates, by its nominal speed"))
	device.Computed(p, "vibration", unit.Millimetre, func(c *device.Context) float64 { return s.vibration(r.speed.Get(c)) },
		device.Reads(r.speed), device.Doc("how far the axis swings"))
	r.wear = device.Continuous(p, "wear", unit.Percent, 0, r.wears,
		device.Reads(r.stress, r.strength, r.cause), device.Doc("share of its life that is used up"))

	r.band = device.State(p, "band", unit.One, inside, device.Labels("inside", "below", "above"), device.Doc("where the speed is"))

	p.OnInit(r.judge)
	p.OnLimit("leaves the band", r.leaves, r.judge, r.speed, r.band)
	p.OnLimit("comes back", r.returns, r.judge, r.speed, r.band)
	p.OnStart(r.begin)
	p.OnLimit("bursts", r.breaks, r.fail(burst), r.stress, r.strength, r.cause)
	p.OnLimit("wears out", func(c *device.Context) float64 { return r.wear.Get(c) - 1 }, r.fail(worn), r.wear)
	if r.touchesFrom < r.touchesTo {
		p.OnLimit("touches from below", func(c *device.Context) float64 { return r.speed.Get(c) - r.touchesFrom }, r.touch, r.speed)
		p.OnLimit("touches from above", func(c *device.Context) float64 { return r.touchesTo - r.speed.Get(c) }, r.touch, r.speed)
	}
}

// begin gives the rotor a strength of its own.
func (r *rotor) begin(c *device.Context) {
	if r.luck != nil {
		r.strength.Set(c, float64(r.spec.Ultimate*max(0.1, 1+float64(r.spec.Scatter*r.luck.Normal(c)))))
	}
	r.touch(c)
}

// leaves rises when the speed leaves the band, of which both ends are part.
func (r *rotor) leaves(c *device.Context) float64 {
	if r.band.Get(c) != inside {
		return math.Inf(-1)
	}
	speed := r.speed.Get(c)
	return max(speed-r.spec.Highest, r.spec.Lowest-speed) - math.SmallestNonzeroFloat64
}

// returns rises when the speed comes back, or has gone to the other side.
func (r *rotor) returns(c *device.Context) float64 {
	switch r.band.Get(c) {
	case below:
		return r.speed.Get(c) - r.spec.Lowest
	case above:
		return r.spec.Highest - r.speed.Get(c)
	}
	return math.Inf(-1)
}

// judge says where the speed is.
func (r *rotor) judge(c *device.Context) {
	switch speed := r.speed.Get(c); {
	case speed < r.spec.Lowest:
		r.band.Set(c, below)
	case speed > r.spec.Highest:
		r.band.Set(c, above)
	default:
		r.band.Set(c, inside)
	}
}

// turns is the speed: that of the field, as long as there is a rotor.
func (r *rotor) turns(c *device.Context) float64 {
	if r.cause.Get(c) != whole {
		return 0
	}
	return r.frequency.Get(c)
}

// farBeyond is a multiple of its strength that no tube sees: what it takes stays a number.
const farBeyond = 100

// wears is the derivative of the wear.
func (r *rotor) wears(c *device.Context) float64 {
	stress := r.stress.Get(c)
	if r.cause.Get(c) != whole || stress <= 0 {
		return 0
	}
	times := min(stress/r.strength.Get(c), farBeyond) // it bursts at 1
	return detmath.Pow(times, r.spec.Exponent) / r.spec.Life
}

// breaks rises when the stress comes to the strength.
func (r *rotor) breaks(c *device.Context) float64 {
	if r.cause.Get(c) != whole {
		return math.Inf(-1)
	}
	return r.stress.Get(c) - r.strength.Get(c)
}

// fail returns what happens when the rotor fails.
func (r *rotor) fail(cause int) func(c *device.Context) {
	return func(c *device.Context) {
		if r.cause.Get(c) == whole {
			r.cause.Set(c, cause)
		}
	}
}

// touch has the rotor fail where it swings as far as the casing.
func (r *rotor) touch(c *device.Context) {
	if speed := r.speed.Get(c); speed >= r.touchesFrom && speed <= r.touchesTo {
		r.fail(touched)(c)
	}
}

// wall is the speed of the wall at so many turns a second.
func (s *Spec) wall(turns float64) float64 { return float64(float64(math.Pi*s.Diameter) * turns) }

// stress is the hoop stress of a thin ring whose wall has a speed.
func (s *Spec) stress(wall float64) float64 { return float64(s.Density * float64(wall*wall)) }

func (s *Spec) separation(turns float64) float64 {
	x := turns / s.Nominal
	return float64(x * x)
}

// vibration is the swing of a Jeffcott rotor that turns steadily.
func (s *Spec) vibration(turns float64) float64 {
	r := turns / s.Critical
	q := float64(r * r)
	off, damped := 1-q, float64(float64(2*s.Damping)*r)
	return float64(s.Unbalance*q) / math.Sqrt(float64(off*off)+float64(damped*damped))
}

// touching returns the speeds between which the swing reaches the clearance: with
// q = r^2, k = (unbalance / clearance)^2 the ends are the roots of
// (1 - k) q^2 - (2 - 4 damping^2) q + 1 = 0. Where there are none it never does.
func (s *Spec) touching() (from, to float64) {
	share := s.Unbalance / s.Clearance
	a := 1 - float64(share*share)
	b := 1 - float64(float64(2*s.Damping)*s.Damping) // half of it
	under := float64(b*b) - a
	if under <= 0 {
		return math.Inf(1), math.Inf(-1)
	}
	root := math.Sqrt(under)
	return float64(s.Critical * math.Sqrt((b-root)/a)), float64(s.Critical * math.Sqrt((b+root)/a))
}

// megapascal is the unit of stresses.
func megapascal() unit.Unit {
	return unit.Unit{Symbol: "MPa", Dim: unit.Pascal.Dim, Scale: 1e6}
}
