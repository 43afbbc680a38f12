package room

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// coldest holds a temperature at 0 K, below which there is none, while more heat is drawn than comes in.
type coldest struct {
	held *device.Out[bool]
	is   *device.Out[float64]
	rate func(c *device.Context) float64 // as if there were no 0 K, K/s
}

// A gap that does not rise, and what makes one strict: x > 0 instead of x >= 0.
const (
	never = -1
	more  = math.SmallestNonzeroFloat64
)

// temperature declares one that changes at a rate, which reads itself and some inputs.
func temperature(p *device.Ports, name string, start float64, rate func(c *device.Context) float64, doc string, inputs ...device.Readable) *device.Out[float64] {
	k := &coldest{rate: rate}
	k.held = device.State(p, name+"_held", unit.One, false, func(s *device.Signal) { s.Internal = true })
	inputs = append(inputs, k.held)
	k.is = device.Continuous(p, name, unit.Celsius, start, k.warms, device.Reads(inputs...), device.Doc(doc))
	itself(p)
	inputs = append(inputs, k.is)
	p.OnLimit(name+" comes to 0 K", k.falls, k.holds, inputs...)
	p.OnLimit(name+" leaves 0 K", k.rises, func(c *device.Context) { k.held.Set(c, false) }, inputs...)
	return k.is
}

func (k *coldest) warms(c *device.Context) float64 {
	if k.held.Get(c) {
		return 0
	}
	return k.rate(c)
}

// holds takes back by what it has passed 0 K in the nanosecond that the instant is located to.
func (k *coldest) holds(c *device.Context) {
	k.held.Set(c, true)
	k.is.Set(c, 0)
}

func (k *coldest) falls(c *device.Context) float64 {
	if k.held.Get(c) {
		return never
	}
	return min(-k.is.Get(c), -k.rate(c)-more)
}

func (k *coldest) rises(c *device.Context) float64 {
	if !k.held.Get(c) {
		return never
	}
	return k.rate(c) - more
}
