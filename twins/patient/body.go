package patient

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// The ends of what any of the models is taken for, in kg/m3: just beyond 18 and 600
// mg/dL, from where on package harm counts the worst.
const (
	lowest  = 0.15 // 15 mg/dL
	highest = 6.5  // 650 mg/dL
)

// Where glucose has been.
const (
	within = iota
	below
	above
)

// never is a gap that does not rise.
var never = math.Inf(-1)

// A model is the inside of a body.
type model interface {
	// declare declares the states, glucose among them.
	declare(b *body)
	// start is the glucose at the start, in kg/m3.
	start() float64
	// lag is the time constant of the tissue under the skin, in s.
	lag() float64
	// validity is where the model holds.
	validity() validity
}

// A body is what all models have in common.
type body struct {
	model
	ports         *device.Ports
	insulin, meal *device.In[float64]
	state         *device.Out[int]
	glucose       *device.Out[float64]
	interstitial  *device.Out[float64]
}

// Look implements device.Looker.
func (b *body) Look() device.Look {
	return device.Look{Icon: "person"}.Between("fill", "glucose", lowest, 3).By("alarm", "lost").By("value", "glucose")
}

// Declare implements device.Device.
func (b *body) Declare(p *device.Ports) {
	b.ports = p
	b.insulin = device.Input[float64](p, "insulin", unitsPerHour, device.Optional(0), device.Doc("what is infused"),
		device.Possible(0, float64(3600*unitsPerHour.Scale), "no pump gives more than about 1 U in a second (our estimate), or takes any back"),
		device.Counted("less than none counts as none, more as it is"))
	b.meal = device.Input[float64](p, "meal", gramsPerMinute, device.Optional(0), device.Doc("carbohydrate that is eaten"),
		device.Possible(0, float64(1000*gramsPerMinute.Scale), "nobody eats less than none, or a kilogram of it in a minute"),
		device.Counted("less than none counts as none, more as it is"))
	b.state = device.State(p, "state", unit.One, within, device.Labels("within", "below", "above"), device.Doc("whether glucose was always where the model holds"))
	device.Computed(p, "lost", unit.One, func(c *device.Context) bool { return b.state.Get(c) != within },
		device.Reads(b.state), device.Doc("it was not: the worst is taken for granted"))
	first := len(p.Signals)
	b.declare(b)
	b.interstitial = b.continuous("interstitial", unit.MilligramPerDecilitre, b.start(), func(c *device.Context) float64 {
		return (b.glucose.Get(c) - b.interstitial.Get(c)) / b.lag()
	}, "glucose where a sensor sits")
	couple(p, first)
	p.OnLimit("leaves the model", b.leaves, b.lose, b.glucose, b.state)
}

// continuous declares a state of the body, which stands still once the body is lost.
func (b *body) continuous(name string, u unit.Unit, start float64, rate func(c *device.Context) float64, doc string) *device.Out[float64] {
	return device.Continuous(b.ports, name, u, start, func(c *device.Context) float64 {
		if b.state.Get(c) != within {
			return 0
		}
		return rate(c)
	}, device.Doc(doc))
}

// couple has the rates of all states read all states: they go round in circles.
func couple(p *device.Ports, first int) {
	var states []*device.Cell
	for i := first; i < len(p.Signals); i++ {
		if p.Signals[i].Role == device.RoleContinuous {
			states = append(states, p.Signals[i].Cell)
		}
	}
	for i := first; i < len(p.Signals); i++ {
		if s := &p.Signals[i]; s.Role == device.RoleContinuous {
			s.Reads = s.Reads[:first] // the inputs and the state
			s.Reads = append(s.Reads, states...)
		}
	}
}

// infused is the insulin that comes in, U/s, and eaten the carbohydrate, kg/s: nothing can be drawn out.
func (b *body) infused(c *device.Context) float64 { return max(0, b.insulin.Get(c)) }
func (b *body) eaten(c *device.Context) float64   { return max(0, b.meal.Get(c)) }

func (b *body) leaves(c *device.Context) float64 {
	if b.state.Get(c) != within {
		return never
	}
	g := b.glucose.Get(c)
	return max(lowest-g, g-highest)
}

func (b *body) lose(c *device.Context) {
	switch {
	case b.state.Get(c) != within:
	case b.glucose.Get(c) > (lowest+highest)/2:
		b.state.Set(c, above)
	default:
		b.state.Set(c, below)
	}
}

// The units of what is infused, eaten and found in blood.
var (
	unitsPerHour    = unit.Unit{Symbol: "U/h", Dim: unit.PerSecond.Dim, Scale: 1.0 / 3600}
	gramsPerMinute  = unit.Unit{Symbol: "g/min", Dim: unit.KilogramPerSecond.Dim, Scale: 1.0 / 60_000}
	gram            = unit.Unit{Symbol: "g", Dim: unit.Kilogram.Dim, Scale: 1.0 / 1000}
	perMinute       = unit.Unit{Symbol: "1/min", Dim: unit.PerSecond.Dim, Scale: 1.0 / 60}
	milliunitPerL   = unit.Unit{Symbol: "mU/L", Dim: unit.CubicMetre.Dim.Pow(-1), Scale: 1}
	milligramsPerDL = unit.MilligramPerDecilitre
)
