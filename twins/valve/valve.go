// Package valve models a motorised on/off valve with a travel time.
//
// While it travels its position goes from 0 (closed) to 1 (open) at a constant
// speed, and its flow is the rate times the position. It answers a command at
// once and can turn round half-way. Its limit switches tell when it has come to
// an end.
package valve

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a valve.
type Spec struct {
	Rate   float64        `twin:"rate,m3/h" min:"0 m3/h" max:"300000 m3/s" why:"the Amazon carries 209000 m3/s" doc:"flow when fully open"`
	Travel vtime.Duration `twin:"travel" min:"0s" max:"24h" why:"our estimate: the slowest valves take minutes" default:"0s" doc:"time from one end to the other"`
	Open   bool           `twin:"starts_open" default:"false" doc:"open at the start"`
}

// Kind describes the valve to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "valve",
		Summary: "a motorised on/off valve: travel time, position, limit switches",
		Text: `d(position)/dt = +-1/travel towards what open says, between 0 and 1;
flow = rate * position. It holds its position without power.`,
		Source: "an actuator of constant speed and a linear characteristic",
		Example: `inlet:
  is: valve
  rate: 2.3 m3/h
  travel: 10s
  open: plc.inlet`,
	}, Spec{Rate: 1, Travel: vtime.Second}, New)
}

type valve struct {
	spec           Spec
	rate           *device.In[float64]
	open, power    *device.In[bool]
	motion         *device.Out[int]
	position       *device.Out[float64]
	opened, closed *device.ReportOut[bool]
}

// The directions of Spec's motion signal.
const (
	still = iota
	opening
	closing
)

// New returns a valve at one of its ends.
func New(s Spec) (device.Device, error) { return &valve{spec: s}, device.Valid(s) }

// Look implements device.Looker.
func (v *valve) Look() device.Look {
	return device.Look{Icon: "valve"}.Between("open", "position", 0, 1).By("value", "flow")
}

// Declare implements device.Device.
func (v *valve) Declare(p *device.Ports) {
	start, isOpen := 0.0, v.spec.Open
	if isOpen {
		start = 1
	}
	v.rate = device.Tunable(p, "rate", unit.CubicMetrePerHour, v.spec.Rate, device.Doc("flow when fully open"))
	v.open = device.Told[bool](p, "open", unit.One, device.Optional(start), device.Doc("command: open it, else close it"))
	v.power = p.Power()
	v.motion = device.State(p, "motion", unit.One, still, device.Labels("still", "opening", "closing"), device.Doc("of the drive"))
	v.position = device.Continuous(p, "position", unit.Percent, start, v.speed,
		device.Reads(v.motion, v.power), device.Actuator(), device.Doc("0 % closed, 100 % open"))
	device.Computed(p, "flow", unit.CubicMetrePerHour, func(c *device.Context) float64 { return float64(v.rate.Get(c) * v.position.Get(c)) },
		device.Reads(v.rate, v.position), device.Doc("what passes"))
	device.Computed(p, "state", unit.One, v.state, device.Labels("closed", "opening", "open", "closing", "between"),
		device.Reads(v.motion, v.position), device.Doc("in a word"))
	v.opened = device.Report(p, "opened", unit.One, isOpen, device.Doc("limit switch of the open end"))
	v.closed = device.Report(p, "closed", unit.One, !isOpen, device.Doc("limit switch of the closed end"))

	p.OnStart(v.travel)
	p.OnChange("command", v.travel, v.open)
	p.OnLimit("end", v.end, v.arrive, v.motion, v.position)
}

// speed is the derivative of the position.
func (v *valve) speed(c *device.Context) float64 {
	if !v.power.Get(c) {
		return 0
	}
	speed := 1 / vtime.Seconds(max(v.spec.Travel, vtime.Nanosecond))
	switch v.motion.Get(c) {
	case opening:
		return speed
	case closing:
		return -speed
	}
	return 0
}

// travel starts the drive towards what the command says.
func (v *valve) travel(c *device.Context) {
	open, at := v.open.Get(c), v.position.Get(c)
	if open && at >= 1 || !open && at <= 0 {
		v.rest(c, open)
		return
	}
	if v.opened.Get(c) {
		v.opened.Set(c, false)
	}
	if v.closed.Get(c) {
		v.closed.Set(c, false)
	}
	motion, end := closing, 0.0
	if open {
		motion, end = opening, 1
	}
	v.motion.Set(c, motion)
	if v.spec.Travel == 0 {
		v.position.Set(c, end)
	}
}

// rest stops the drive exactly at an end, which it has passed by a nanosecond's
// travel at most.
func (v *valve) rest(c *device.Context, open bool) {
	v.motion.Set(c, still)
	end, limit := 0.0, v.closed
	if open {
		end, limit = 1, v.opened
	}
	if v.position.Get(c) != end {
		v.position.Set(c, end)
	}
	if !limit.Get(c) {
		limit.Set(c, true)
	}
}

// end rises when the drive comes to the end that it goes to.
func (v *valve) end(c *device.Context) float64 {
	switch v.motion.Get(c) {
	case opening:
		return v.position.Get(c) - 1
	case closing:
		return -v.position.Get(c)
	}
	return math.Inf(-1)
}

// arrive stops the drive, unless it is told in this very instant to turn round.
func (v *valve) arrive(c *device.Context) {
	if open := v.motion.Get(c) == opening; open == v.open.Get(c) || c.Down() {
		v.rest(c, open)
	}
}

// state names the position and the motion.
func (v *valve) state(c *device.Context) int {
	const closed, open, between = 0, 2, 4
	switch at := v.position.Get(c); {
	case v.motion.Get(c) == opening:
		return 1
	case v.motion.Get(c) == closing:
		return 3
	case at <= 0:
		return closed
	case at >= 1:
		return open
	}
	return between
}
