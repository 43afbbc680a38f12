// Package demand models a flow over time: what is drawn by, or comes from, a part
// of the world that is not modelled.
package demand

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a demand.
type Spec struct {
	Profile device.Series  `twin:"profile,m3/h" doc:"times and flows: {from: demand.csv} or a list of [time, flow]"`
	Between string         `twin:"between" default:"hold" choices:"hold linear" doc:"hold the last value, or go linearly to the next"`
	Repeat  vtime.Duration `twin:"repeat" min:"0s" default:"0s" doc:"begin again after so long; 0 for never"`
}

// Kind describes the demand to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "demand",
		Summary: "a flow over time, from a table or a CSV file",
		Text:    "flow follows the profile times factor, held or linear between its points, over and over where it repeats.",
		Source:  "a table",
		Example: `demand:
  is: demand
  profile: [[0s, 0 m3/h], [6h, 2 m3/h], [22h, 0.5 m3/h]]
  repeat: 24h`,
	}, Spec{Profile: device.Series{Times: []vtime.Duration{0}, Values: []float64{1}}, Between: "hold"}, New)
}

type demand struct {
	spec   Spec
	factor *device.In[float64]
	index  *device.Out[int]
	base   *device.Out[float64]
	slope  *device.Out[float64]
	next   *device.Timer
}

// New returns a demand.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	switch n := len(s.Profile.Times); {
	case n == 0:
		return nil, device.Invalid("profile", "needs at least one point")
	case s.Profile.Times[0] != 0:
		return nil, device.Invalid("profile", "must begin at 0s")
	case s.Repeat > 0 && s.Repeat <= s.Profile.Times[n-1]:
		return nil, device.Invalid("repeat", "must be later than the last point of the profile")
	}
	return &demand{spec: s}, nil
}

// Look implements device.Looker.
func (d *demand) Look() device.Look {
	return device.Look{Icon: "load"}.Between("turn", "factor", 0, 1).By("value", "flow")
}

// Declare implements device.Device.
func (d *demand) Declare(p *device.Ports) {
	first := d.spec.Profile.Values[0]
	d.factor = device.Tunable(p, "factor", unit.One, 1.0, device.Doc("what the profile is multiplied with"))
	d.index = device.State(p, "point", unit.One, 0, device.Doc("of the profile that was passed last"))
	d.slope = device.State(p, "slope", unit.One, 0.0, device.Doc("of the profile, in SI per second"))
	if d.spec.Between == "linear" {
		d.base = device.Continuous(p, "base", unit.CubicMetrePerHour, first,
			func(c *device.Context) float64 { return d.slope.Get(c) }, device.Reads(d.slope), device.Doc("the profile"))
	} else {
		d.base = device.State(p, "base", unit.CubicMetrePerHour, first, device.Doc("the profile"))
	}
	device.Computed(p, "flow", unit.CubicMetrePerHour, func(c *device.Context) float64 {
		return float64(d.base.Get(c) * d.factor.Get(c))
	}, device.Reads(d.base, d.factor), device.Doc("what is drawn"))
	d.next = p.Timer("next point", func(c *device.Context) {
		d.reach(c, (d.index.Get(c)+1)%len(d.spec.Profile.Times))
	})
	p.OnStart(func(c *device.Context) { d.reach(c, 0) })
}

// reach passes point i of the profile.
func (d *demand) reach(c *device.Context, i int) {
	times, values := d.spec.Profile.Times, d.spec.Profile.Values
	d.index.Set(c, i)
	d.base.Set(c, values[i])
	until, target := d.spec.Repeat, values[0]
	if i+1 < len(times) {
		until, target = times[i+1], values[i+1]
	}
	if until == 0 {
		d.slope.Set(c, 0)
		return
	}
	span := until - times[i]
	c.Start(d.next, span)
	if d.spec.Between == "linear" {
		d.slope.Set(c, (target-values[i])/vtime.Seconds(span))
	}
}
