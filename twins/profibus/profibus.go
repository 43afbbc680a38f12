// Package profibus models a communication module between a controller and the drives
// on its fieldbus: one telegram a cycle for all of them, not one for each.
//
// Each cycle it looks at what its drives say and tells the controller the lowest and
// the highest frequency and whether any of them has an alarm, in one message. A new
// frequency that it is told it hands to its drives at once, and no other.
//
// Valid for drives that are commanded alike. A telegram carries what sums up the
// drives, not the words of each; acyclic services, diagnosis and the bus's own timing
// are left out.
package profibus

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a module.
type Spec struct {
	Cycle vtime.Duration `twin:"cycle" above:"0s" default:"1s" doc:"how often it tells the controller"`
	Start float64        `twin:"starts,Hz" min:"0 Hz" max:"100 kHz" why:"our estimate: the fastest spindles turn at 5 kHz" default:"0 Hz" doc:"frequency that the drives have at the start"`
}

// Kind describes the module to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "profibus-module",
		Summary: "stands between a controller and up to 31 drives: one telegram a cycle",
		Text: `Each cycle lowest, highest and alarm are told in one message, equal or not, from
what low, high and fault then show. command is told when frequency changes.`,
		Source: "cyclic exchange of a DP master, EN 50170; 31 drives on one CP 342-5 (drivesncontrols.com, 15 Nov 2010)",
		Example: `module:
  is: profibus-module
  starts: 1064 Hz
  frequency: plc.frequency
  low: min(drive.actual)
  high: max(drive.actual)`,
	}, Spec{Cycle: vtime.Second}, New)
}

type module struct {
	spec                 Spec
	frequency, low, high *device.In[float64]
	fault                *device.In[bool]
	command              *device.ReportOut[float64]
	lowest, highest      *device.ReportOut[float64]
	alarm                *device.ReportOut[bool]
}

// New returns a module.
func New(s Spec) (device.Device, error) { return &module{spec: s}, device.Valid(s) }

// Look implements device.Looker.
func (m *module) Look() device.Look {
	return device.Look{Icon: "module"}.By("alarm", "alarm").By("value", "command")
}

// Declare implements device.Device.
func (m *module) Declare(p *device.Ports) {
	at := m.spec.Start
	m.frequency = device.Told[float64](p, "frequency", unit.Hertz, device.Optional(at), device.Doc("for all its drives"))
	m.low = device.Input[float64](p, "low", unit.Hertz, device.Optional(at), device.Doc("lowest frequency that a drive says it has"))
	m.high = device.Input[float64](p, "high", unit.Hertz, device.Optional(at), device.Doc("highest frequency that a drive says it has"))
	m.fault = device.Input[bool](p, "fault", unit.One, device.Optional(0), device.Doc("a drive says that it has an alarm"))
	m.command = device.Report(p, "command", unit.Hertz, at, device.Doc("what it hands to the drives"))
	m.lowest = device.Report(p, "lowest", unit.Hertz, at, device.Doc("of the drives, as told to the controller"))
	m.highest = device.Report(p, "highest", unit.Hertz, at, device.Doc("of the drives, as told to the controller"))
	m.alarm = device.Report(p, "alarm", unit.One, false, device.Doc("of any drive, as told to the controller"))
	p.OnInit(func(c *device.Context) {
		m.command.Set(c, m.frequency.Get(c))
		m.tell(c)
	})
	p.OnChange("command", func(c *device.Context) { m.command.Set(c, m.frequency.Get(c)) }, m.frequency)
	p.Every("cycle", m.spec.Cycle, m.tell)
}

// tell puts what the drives say into one telegram.
func (m *module) tell(c *device.Context) {
	m.lowest.Set(c, m.low.Get(c))
	m.highest.Set(c, m.high.Get(c))
	m.alarm.Set(c, m.fault.Get(c))
}
