package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// blood is what takes up carbon monoxide: all of its haemoglobin, and no more.
type blood struct {
	air  *device.In[float64]
	full *device.Out[bool]
	cohb *device.Out[float64]
}

// declareMonoxide declares carbon monoxide, in the air and in the blood.
func (p *person) declareMonoxide(ports *device.Ports) {
	b := &blood{air: p.input(ports, "co", unit.PPM, 0, "carbon monoxide in the air that they breathe")}
	if b.air == nil {
		return
	}
	b.full = device.State(ports, "full", unit.One, false, internal)
	b.cohb = device.Continuous(ports, "cohb", unit.Percent, harm.Settled(0), b.takes, device.Reads(b.air, b.full), device.Doc("haemoglobin that carbon monoxide has taken"))
	own := &ports.Signals[len(ports.Signals)-1]
	own.Reads = append(own.Reads, own.Cell)
	ports.OnLimit("blood is full", b.brim, b.fills, b.air, b.full, b.cohb)
	ports.OnLimit("blood clears", b.ebb, func(c *device.Context) { b.full.Set(c, false) }, b.air, b.full)
	p.expose(ports, "co", unit.Percent, []course{{b.cohb.Get, b.cohb.Over, harm.Monoxide()}}, b.cohb)
}

// takes is how fast the blood takes it up, 1/s; none where it is full.
func (b *blood) takes(c *device.Context) float64 {
	if b.full.Get(c) {
		return 0
	}
	return harm.Uptake(b.air.Get(c), b.cohb.Get(c))
}

// fills holds the blood at all of it, which it has passed by what it takes in the nanosecond that the
// instant is located to.
func (b *blood) fills(c *device.Context) {
	b.full.Set(c, true)
	b.cohb.Set(c, 1)
}

// brim rises when all is taken, and more would be.
func (b *blood) brim(c *device.Context) float64 {
	if b.full.Get(c) {
		return never
	}
	return min(b.cohb.Get(c)-1, harm.Settled(b.air.Get(c))-1-math.SmallestNonzeroFloat64)
}

// ebb rises when the air is such that less would be.
func (b *blood) ebb(c *device.Context) float64 {
	if !b.full.Get(c) {
		return never
	}
	return 1 - harm.Settled(b.air.Get(c)) - math.SmallestNonzeroFloat64
}
