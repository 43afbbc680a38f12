// Package drive models a frequency drive: a converter that feeds a motor with the
// frequency it is commanded.
//
// The frequency of its output goes towards the command at a constant rate,
//
//	d(frequency)/dt = +-ramp,
//
// and rests exactly there. Nothing happens while it rests, however long. What it
// says of itself is told by exception: each time that the frequency has moved by
// the deadband, and when it comes to rest.
//
// Valid for a motor that follows: slip, torque and current are not modelled, nor
// how the motor slows down without current. A ramp that the motor cannot follow
// must be made slower by whoever configures the drive.
package drive

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a drive.
type Spec struct {
	Ramp     float64 `twin:"ramp,Hz/s" above:"0 Hz/s" max:"1000000 Hz/s" why:"our estimate: drives change by some 100 Hz/s" default:"5 Hz/s" doc:"how fast the frequency changes"`
	Highest  float64 `twin:"highest,Hz" above:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"2000 Hz" doc:"highest output; commands are limited to it"`
	Low      float64 `twin:"low,Hz" min:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"807 Hz" doc:"below it there is an alarm"`
	High     float64 `twin:"high,Hz" min:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"1210 Hz" doc:"above it there is an alarm"`
	Start    float64 `twin:"starts,Hz" min:"0 Hz" default:"0 Hz" doc:"frequency at the start"`
	Deadband float64 `twin:"deadband,Hz" above:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"1 Hz" doc:"how far it moves before it is told anew"`
}

// Kind describes the drive to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "frequency-drive",
		Summary: "a converter for a motor: commanded frequency, ramp, alarm band",
		Text: `d(frequency)/dt = +-ramp towards the command, which is limited to 0 to highest,
and to 0 while inhibit is closed; there it rests. actual is what the drive says
of itself: anew whenever frequency has moved by the deadband, and at rest. alarm
says that actual is below low or above high.`,
		Source: "a converter with a linear ramp; 807 to 1210 Hz: the drives that Stuxnet looked for (drivesncontrols.com, 15 Nov 2010)",
		Example: `drive:
  is: frequency-drive
  starts: 1064 Hz
  command: plc.frequency`,
	}, Spec{Ramp: 1, Highest: 1, High: 1, Deadband: 1}, New)
}

type drive struct {
	spec            Spec
	command         *device.In[float64]
	inhibit         *device.In[bool]
	ramp, low, high *device.In[float64]
	motion          *device.Out[int]
	frequency       *device.Out[float64]
	actual          *device.ReportOut[float64]
	alarm           *device.ReportOut[bool]
}

// The directions of the motion signal.
const (
	steady = iota
	rising
	falling
)

// New returns a drive at its frequency at the start.
func New(s Spec) (device.Device, error) {
	switch err := device.Valid(s); {
	case err != nil:
		return nil, err
	case s.Low >= s.High:
		return nil, device.Invalid("low", "must be below high")
	case s.Start > s.Highest:
		return nil, device.Invalid("starts", "must be at most highest")
	}
	return &drive{spec: s}, nil
}

// Look implements device.Looker.
func (d *drive) Look() device.Look {
	return device.Look{Icon: "drive"}.Between("turn", "frequency", 0, d.spec.High).By("alarm", "alarm").By("value", "frequency")
}

// Declare implements device.Device.
func (d *drive) Declare(p *device.Ports) {
	s := &d.spec
	d.command = device.Told[float64](p, "command", unit.Hertz, device.Optional(s.Start), device.Doc("the frequency to go to"))
	d.inhibit = device.Told[bool](p, "inhibit", unit.One, device.Optional(0), device.Doc("while it is closed it goes to 0 Hz"))
	d.ramp = device.Tunable(p, "ramp", hertzPerSecond(), s.Ramp, device.Doc("how fast the frequency changes"))
	d.low = device.Tunable(p, "low", unit.Hertz, s.Low, device.Doc("below it there is an alarm"))
	d.high = device.Tunable(p, "high", unit.Hertz, s.High, device.Doc("above it there is an alarm"))
	d.motion = device.State(p, "motion", unit.One, steady, device.Labels("steady", "rising", "falling"), device.Doc("of the frequency"))
	d.frequency = device.Continuous(p, "frequency", unit.Hertz, s.Start, d.slope,
		device.Reads(d.motion, d.ramp), device.Doc("of its output"))
	device.Computed(p, "slope", hertzPerSecond(), d.slope, device.Reads(d.motion, d.ramp), device.Doc("how fast the frequency changes now"))
	d.actual = device.Report(p, "actual", unit.Hertz, s.Start, device.Doc("the frequency that it says it has"))
	d.alarm = device.Report(p, "alarm", unit.One, d.outside(s.Start, s.Low, s.High), device.Doc("what it says is out of the band"))

	p.OnStart(d.head)
	p.OnChange("command", d.head, d.command, d.inhibit)
	p.OnChange("band", d.warn, d.low, d.high)
	p.OnRise("arrives", d.arrival, d.head, d.command, d.inhibit, d.motion, d.frequency)
	p.OnRise("moved", d.moved, func(c *device.Context) { d.say(c, d.settled(c)) }, d.frequency, d.actual)
}

// hertzPerSecond is the unit of a ramp.
func hertzPerSecond() unit.Unit { return unit.Hertz.Div(unit.Second) }

// slope is the derivative of the frequency.
func (d *drive) slope(c *device.Context) float64 {
	switch d.motion.Get(c) {
	case rising:
		return d.ramp.Get(c)
	case falling:
		return -d.ramp.Get(c)
	}
	return 0
}

// target is where the frequency goes.
func (d *drive) target(c *device.Context) float64 {
	if d.inhibit.Get(c) {
		return 0
	}
	return min(d.spec.Highest, max(0, d.command.Get(c)))
}

// near is how far from the target, in seconds of the ramp, the frequency counts as
// there: a located instant is a nanosecond late at most.
const near = 1e-8

// settled is the frequency, and exactly the target where it has come to that.
func (d *drive) settled(c *device.Context) float64 {
	target, at := d.target(c), d.frequency.Get(c)
	if math.Abs(target-at) <= float64(near*d.ramp.Get(c)) {
		return target
	}
	return at
}

// head starts the ramp towards the target, or ends it exactly there.
func (d *drive) head(c *device.Context) {
	switch target, at := d.target(c), d.settled(c); {
	case target == at:
		d.rest(c, target)
	case target > at:
		d.motion.Set(c, rising)
	default:
		d.motion.Set(c, falling)
	}
}

func (d *drive) rest(c *device.Context, at float64) {
	d.motion.Set(c, steady)
	if d.frequency.Get(c) != at {
		d.frequency.Set(c, at)
	}
	if d.actual.Get(c) != at {
		d.say(c, at)
	}
}

// arrival rises when the frequency comes to the target.
func (d *drive) arrival(c *device.Context) float64 {
	switch d.motion.Get(c) {
	case rising:
		return d.frequency.Get(c) - d.target(c)
	case falling:
		return d.target(c) - d.frequency.Get(c)
	}
	return math.Inf(-1)
}

// moved rises when the frequency has left the deadband about what was told.
func (d *drive) moved(c *device.Context) float64 {
	return math.Abs(d.frequency.Get(c)-d.actual.Get(c)) - d.spec.Deadband
}

// say tells a frequency, and whether it is out of the band.
func (d *drive) say(c *device.Context, frequency float64) {
	d.actual.Set(c, frequency)
	if alarm := d.outside(frequency, d.low.Get(c), d.high.Get(c)); alarm != d.alarm.Get(c) {
		d.alarm.Set(c, alarm)
	}
}

// warn judges by a band that has changed.
func (d *drive) warn(c *device.Context) {
	if alarm := d.outside(d.actual.Get(c), d.low.Get(c), d.high.Get(c)); alarm != d.alarm.Get(c) {
		d.alarm.Set(c, alarm)
	}
}

func (d *drive) outside(frequency, low, high float64) bool {
	return frequency < low || frequency > high
}
