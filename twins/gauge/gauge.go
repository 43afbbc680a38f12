// Package gauge models sampling sensors: level gauge, flow meter, pressure gauge, glucose
// sensor.
//
// Every period the sensor takes a sample of what it is put on, adds noise, rounds
// to its resolution, clips to its range, and tells the reading:
//
//	reading = clip(round((of + noise*N(0,1)) / resolution) * resolution)
package gauge

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A spec is what all gauges have in common.
type spec struct {
	every                        vtime.Duration
	noise, resolution, low, high float64
	signal, icon                 string
	unit                         unit.Unit
}

type gauge struct {
	spec
	of      *device.In[float64]
	reading *device.ReportOut[float64]
	noise   *device.Chance
}

// describe describes a gauge of a quantity to the catalog.
func describe(kind, quantity, what, of string) device.Describe {
	return device.Describe{
		Name:    kind,
		Summary: "samples " + what + " and tells the reading: noise, resolution, range",
		Text:    quantity + " = clip(round((of + noise*N(0,1)) / resolution) * resolution), every period.",
		Source:  "a sampled sensor with white noise",
		Example: "gauge:\n  is: " + kind + "\n  of: " + of + "\n  every: 400ms",
	}
}

func build(config any, s spec) (device.Device, error) {
	if err := device.Valid(config); err != nil {
		return nil, err
	}
	if s.low >= s.high {
		return nil, device.Invalid("low", "must be below high")
	}
	return &gauge{spec: s}, nil
}

// Look implements device.Looker.
func (g *gauge) Look() device.Look { return device.Look{Icon: g.icon}.By("value", g.signal) }

// Declare implements device.Device.
func (g *gauge) Declare(p *device.Ports) {
	g.of = device.Input[float64](p, "of", g.unit, device.Doc("what it measures"))
	g.reading = device.Report(p, g.signal, g.unit, 0.0, device.Doc("the reading"))
	if g.spec.noise > 0 {
		g.noise = p.Chance("noise")
	}
	p.OnInit(func(c *device.Context) { g.reading.Set(c, g.round(g.of.Get(c))) })
	p.Every("sample", g.every, g.sample)
}

func (g *gauge) sample(c *device.Context) {
	x := g.of.Get(c)
	if g.noise != nil {
		x += float64(g.spec.noise * g.noise.Normal(c))
	}
	g.reading.Set(c, g.round(x))
}

// round rounds to the resolution and clips to the range.
func (g *gauge) round(x float64) float64 {
	if g.resolution > 0 {
		x = float64(math.RoundToEven(x/g.resolution) * g.resolution)
	}
	return min(g.high, max(g.low, x))
}
