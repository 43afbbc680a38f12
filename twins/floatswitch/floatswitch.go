// Package floatswitch models a float that closes a contact at a level: the
// independent last line of defence that needs no power, no sample and no network.
package floatswitch

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a float switch.
type Spec struct {
	Trips float64 `twin:"trips,m" min:"-1 km" max:"1 km" why:"our estimate: no tank is so high" doc:"level at which the contact closes"`
	Drop  float64 `twin:"drop,mm" min:"0 mm" max:"1 km" why:"our estimate: no tank is so high" default:"0 mm" doc:"how far below that it opens again"`
}

// Kind describes the float switch to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "float-switch",
		Summary: "closes a contact when a level reaches a height",
		Text:    "tripped from the instant of >= trips until of < trips - drop.",
		Source:  "an ideal switch with hysteresis",
		Example: `float:
  is: float-switch
  of: tower.level
  trips: 3.8 m`,
	}, Spec{Trips: 1}, New)
}

type float struct {
	spec    Spec
	of      *device.In[float64]
	trips   *device.In[float64]
	tripped *device.ReportOut[bool]
}

// New returns a float switch.
func New(s Spec) (device.Device, error) { return &float{spec: s}, device.Valid(s) }

// Look implements device.Looker.
func (f *float) Look() device.Look {
	return device.Look{Icon: "float-switch"}.By("on", "tripped").By("alarm", "tripped")
}

// Declare implements device.Device.
func (f *float) Declare(p *device.Ports) {
	f.of = device.Input[float64](p, "of", unit.Metre, device.Doc("the level that it floats on"))
	f.trips = device.Tunable(p, "trips", unit.Metre, f.spec.Trips, device.Doc("level at which the contact closes"))
	f.tripped = device.Report(p, "tripped", unit.One, false, device.Doc("the contact is closed"))
	p.OnInit(func(c *device.Context) { f.tripped.Set(c, f.of.Get(c) >= f.trips.Get(c)) })
	p.OnLimit("rises", func(c *device.Context) float64 { return f.of.Get(c) - f.trips.Get(c) },
		func(c *device.Context) { f.tripped.Set(c, true) }, f.of, f.trips)
	// Strictly below: at the height itself the contact is closed.
	p.OnLimit("falls", func(c *device.Context) float64 {
		return f.trips.Get(c) - f.spec.Drop - f.of.Get(c) - math.SmallestNonzeroFloat64
	}, func(c *device.Context) { f.tripped.Set(c, false) }, f.of, f.trips)
}
