// Package hysteresis models a two-point controller: it switches on at a low
// level and off at a high one.
package hysteresis

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a two-point controller of a level.
type Spec struct {
	Low  float64 `twin:"low,m" doc:"it switches on at or below"`
	High float64 `twin:"high,m" doc:"it switches off at or above"`
	On   bool    `twin:"starts_on" default:"false" doc:"on at the start"`
}

// Kind describes the controller to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "hysteresis",
		Summary: "a two-point level controller: on at low, off at high, latched between",
		Text: `Each reading that it is told it answers with its command: on at or below low,
off at or above high, as before in between. A lost command is so made up for by
the next.`,
		Source: "two-point control",
		Example: `plc:
  is: hysteresis
  reads: gauge.level
  low: 1.5 m
  high: 3.5 m`,
	}, Spec{Low: 1, High: 2}, New)
}

type controller struct {
	spec             Spec
	reads, low, high *device.In[float64]
	command          *device.ReportOut[bool]
}

// New returns a two-point controller.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.Low >= s.High {
		return nil, device.Invalid("low", "must be below high")
	}
	return &controller{spec: s}, nil
}

// Look implements device.Looker.
func (k *controller) Look() device.Look {
	return device.Look{Icon: "plc"}.By("on", "command")
}

// Declare implements device.Device.
func (k *controller) Declare(p *device.Ports) {
	k.reads = device.Told[float64](p, "reads", unit.Metre, device.Doc("the reading that it acts on"))
	k.low = device.Tunable(p, "low", unit.Metre, k.spec.Low, device.Doc("it switches on at or below"))
	k.high = device.Tunable(p, "high", unit.Metre, k.spec.High, device.Doc("it switches off at or above"))
	k.command = device.Report(p, "command", unit.One, k.spec.On, device.Doc("on"))
	p.OnMessage(k.act)
}

func (k *controller) act(c *device.Context) {
	on := k.command.Get(c)
	switch level := k.reads.Get(c); {
	case level >= k.high.Get(c):
		on = false
	case level <= k.low.Get(c):
		on = true
	}
	k.command.Set(c, on)
}
