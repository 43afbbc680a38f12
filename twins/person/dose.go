package person

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A dose is what adds up of what somebody is exposed to, while that is as much as counts.
type dose struct {
	amount func(c *device.Context) float64
	over   device.Bounds
	floor  float64 // as much counts; all does where it is 0
	counts *device.Out[bool]
	shown  string // what it says that it counts, for people; where it is empty nobody sees that
	grows  func(c *device.Context) float64
	reads  []device.Readable
}

// doseOf is a dose of an input alone.
func doseOf(in *device.In[float64], floor float64, grows func(amount float64) float64) *dose {
	return &dose{
		amount: in.Get, over: in.Over, floor: floor, reads: []device.Readable{in},
		grows: func(c *device.Context) float64 { return grows(in.Get(c)) },
	}
}

// declareDose declares what adds up.
func (p *person) declareDose(ports *device.Ports, d *dose, name string, u unit.Unit, doc string) *device.Out[float64] {
	reads := slices.Clone(d.reads)
	if d.floor > 0 {
		seen := internal
		if d.shown != "" {
			seen = device.Doc(d.shown)
		}
		d.counts = device.State(ports, name+"_counts", unit.One, false, seen, device.SetBy(d.reads...))
		reads = append(reads, d.counts)
		if len(p.counted) == 0 {
			ports.OnInit(p.count)
		}
		p.counted = append(p.counted, d)
		ports.OnLimitWithin(name+" counts", d.enough, d.enoughOver, d.judge, reads...)
		ports.OnLimitWithin(name+" no longer counts", d.little, d.littleOver, d.judge, reads...)
	}
	return device.Continuous(ports, name, u, 0, d.rate, device.Reads(reads...), device.SetBy(), device.Doc(doc))
}

// count notes of which doses there is as much as counts.
func (p *person) count(c *device.Context) {
	for _, d := range p.counted {
		d.judge(c)
	}
}

// rate is how fast it adds up.
func (d *dose) rate(c *device.Context) float64 {
	if d.counts != nil && !d.counts.Get(c) {
		return 0
	}
	return d.grows(c)
}

// judge notes whether there is as much as counts.
func (d *dose) judge(c *device.Context) { d.counts.Set(c, d.amount(c) >= d.floor) }

// enough rises when there is as much as counts, little when there no longer is.
func (d *dose) enough(c *device.Context) float64 {
	if d.counts.Get(c) {
		return never
	}
	return d.amount(c) - d.floor
}

func (d *dose) little(c *device.Context) float64 {
	if !d.counts.Get(c) {
		return never
	}
	return d.floor - d.amount(c) - math.SmallestNonzeroFloat64
}

// enoughOver are the bounds of enough, littleOver those of little.
func (d *dose) enoughOver(b *device.Stretch, m int) device.Span {
	if d.counts.Over(b, m).Lo != 0 {
		return device.Still(never)
	}
	return device.Less(d.over(b, m), device.Still(d.floor))
}

func (d *dose) littleOver(b *device.Stretch, m int) device.Span {
	if d.counts.Over(b, m).Lo == 0 {
		return device.Still(never)
	}
	return device.Less(device.Less(device.Still(d.floor), d.over(b, m)), device.Still(math.SmallestNonzeroFloat64))
}
