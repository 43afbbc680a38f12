// Package tachometer models a tachometer: a pickup at a rotor that is independent
// of what drives it, with a contact that closes above a speed.
//
// The contact closes in the first nanosecond at which the speed is at or above its
// limit, and stays closed until it is reset below that. The reading is told by
// exception, each time that the speed has moved by the deadband; a speed that does
// not change costs nothing. Valid for an ideal pickup: no noise, no delay.
package tachometer

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a tachometer.
type Spec struct {
	Trips    float64 `twin:"trips,Hz" above:"0 Hz" default:"1 MHz" doc:"speed at which the contact closes"`
	Deadband float64 `twin:"deadband,Hz" above:"0 Hz" default:"1 Hz" doc:"how far the speed moves before it is told anew"`
}

// Kind describes the tachometer to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "tachometer",
		Summary: "measures the speed of a rotor by itself; a latched contact trips above a limit",
		Text: `speed is told anew whenever the rotor's has moved by the deadband. tripped from
the first nanosecond of >= trips until reset is told while it is below.`,
		Source: "an ideal pickup with a dead band, and an overspeed contact that is latched",
		Example: `tachometer:
  is: tachometer
  of: rotor.speed
  trips: 1230 Hz`,
	}, Spec{Trips: 1, Deadband: 1}, New)
}

type tachometer struct {
	spec    Spec
	of      *device.In[float64]
	reset   *device.In[bool]
	trips   *device.In[float64]
	speed   *device.ReportOut[float64]
	tripped *device.ReportOut[bool]
}

// New returns a tachometer.
func New(s Spec) (device.Device, error) { return &tachometer{spec: s}, device.Valid(s) }

// Look implements device.Looker.
func (t *tachometer) Look() device.Look {
	return device.Look{Icon: "tachometer"}.By("alarm", "tripped").By("value", "speed")
}

// Declare implements device.Device.
func (t *tachometer) Declare(p *device.Ports) {
	t.of = device.Input[float64](p, "of", unit.Hertz, device.Doc("the speed that it measures"))
	t.reset = device.Told[bool](p, "reset", unit.One, device.Optional(0), device.Doc("opens the contact again, below the limit"))
	t.trips = device.Tunable(p, "trips", unit.Hertz, t.spec.Trips, device.Doc("speed at which the contact closes"))
	t.speed = device.Report(p, "speed", unit.Hertz, 0.0, device.Doc("the reading"))
	t.tripped = device.Report(p, "tripped", unit.One, false, device.Doc("the contact is closed"))
	p.OnInit(func(c *device.Context) {
		t.speed.Set(c, t.of.Get(c))
		t.tripped.Set(c, t.over(c) >= 0)
	})
	p.OnRise("moved", t.moved, func(c *device.Context) { t.speed.Set(c, t.of.Get(c)) }, t.of, t.speed)
	p.OnLimit("overspeed", t.over, t.trip, t.of, t.trips)
	p.OnChange("reset", t.open, t.reset)
}

// moved rises when the speed has left the deadband about the reading.
func (t *tachometer) moved(c *device.Context) float64 {
	return math.Abs(t.of.Get(c)-t.speed.Get(c)) - t.spec.Deadband
}

// over rises when the speed comes to the limit.
func (t *tachometer) over(c *device.Context) float64 { return t.of.Get(c) - t.trips.Get(c) }

// trip closes the contact.
func (t *tachometer) trip(c *device.Context) {
	if !t.tripped.Get(c) {
		t.tripped.Set(c, true)
	}
}

func (t *tachometer) open(c *device.Context) {
	if t.reset.Get(c) && t.tripped.Get(c) && t.over(c) < 0 {
		t.tripped.Set(c, false)
	}
}
