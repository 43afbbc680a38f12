package vehicle

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// short is how far from the one ahead an emergency brake wants to stand, in m.
const short = 1

// brakes declares the emergency brake.
func (k *controller) brakes(p *device.Ports) {
	k.braking = device.State(p, "braking", unit.One, false, device.Doc("it brakes in full, by its radar"))
	p.OnRise("emergency", func(c *device.Context) float64 {
		if k.braking.Get(c) {
			return never
		}
		return k.takes(c) - k.spec.Emergency
	}, func(c *device.Context) { k.braking.Set(c, true) }, k.braking, k.distance, k.approach)
	p.OnRise("relief", func(c *device.Context) float64 {
		if !k.braking.Get(c) {
			return never
		}
		return float64(k.spec.Emergency/2) - k.takes(c)
	}, func(c *device.Context) { k.braking.Set(c, false) }, k.braking, k.distance, k.approach)
}

// takes is how hard it must brake for the speed of the one ahead.
func (k *controller) takes(c *device.Context) float64 {
	approach := max(0, k.approach.Get(c))
	return float64(approach*approach) / 2 / max(0.1, k.distance.Get(c)-short)
}
