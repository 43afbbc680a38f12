package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A dose is what adds up of what somebody is exposed to, while that is as much as counts.
type dose struct {
	of     *device.In[float64]
	floor  float64 // as much counts; all does where it is 0
	counts *device.Out[bool]
	grows  func(amount float64) float64
}

// declareDose declares what adds up.
func (p *person) declareDose(ports *device.Ports, d *dose, name string, u unit.Unit, doc string) *device.Out[float64] {
	reads := []device.Readable{d.of}
	if d.floor > 0 {
		d.counts = device.State(ports, name+"_counts", unit.One, false, internal)
		reads = append(reads, d.counts)
		ports.OnInit(d.judge)
		ports.OnLimitWithin(name+" counts", d.enough, d.enoughOver, d.judge, reads...)
		ports.OnLimitWithin(name+" no longer counts", d.little, d.littleOver, d.judge, reads...)
	}
	return device.Continuous(ports, name, u, 0, d.rate, device.Reads(reads...), device.Doc(doc))
}

// rate is how fast it adds up.
func (d *dose) rate(c *device.Context) float64 {
	if d.counts != nil && !d.counts.Get(c) {
		return 0
	}
	return d.grows(d.of.Get(c))
}

// judge notes whether there is as much as counts.
func (d *dose) judge(c *device.Context) { d.counts.Set(c, d.of.Get(c) >= d.floor) }

// enough rises when there is as much as counts, little when there no longer is.
func (d *dose) enough(c *device.Context) float64 {
	if d.counts.Get(c) {
		return never
	}
	return d.of.Get(c) - d.floor
}

func (d *dose) little(c *device.Context) float64 {
	if !d.counts.Get(c) {
		return never
	}
	return d.floor - d.of.Get(c) - math.SmallestNonzeroFloat64
}

// enoughOver are the bounds of enough, littleOver those of little.
func (d *dose) enoughOver(b *device.Stretch, m int) device.Span {
	if d.counts.Over(b, m).Lo != 0 {
		return device.Still(never)
	}
	return device.Less(d.of.Over(b, m), device.Still(d.floor))
}

func (d *dose) littleOver(b *device.Stretch, m int) device.Span {
	if d.counts.Over(b, m).Lo == 0 {
		return device.Still(never)
	}
	return device.Less(device.Less(device.Still(d.floor), d.of.Over(b, m)), device.Still(math.SmallestNonzeroFloat64))
}
