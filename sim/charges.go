package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/network"
)

// A battery is what the members of a device live on.
type battery struct {
	device string
	base   int // of member 0, among all members of the system
	count  int
	*network.Battery
}

// batteries lists those of the system.
func (s *System) batteries() (list []battery) {
	for _, p := range s.parts {
		if p.Battery != nil {
			list = append(list, battery{p.ID, p.base, p.Count, p.Battery})
		}
	}
	return list
}

// A Charge is what is left of the batteries of a device at the end.
type Charge struct {
	Device string
	Full   float64 // J
	// Least is what the member has left that has least, the first of them, Mean that of all.
	Least, Mean float64 // J
	Member      int
	Count       int // members
	Empty       int // of them, those with nothing left
	// Lasts is how many days that of the member with least would last from full, if it went on as in this run; +Inf
	// where nothing was drawn. Of one that is empty it lasted less.
	Lasts float64
}

// charges collects what is left of batteries.
func (w *world) charges() (list []Charge) {
	now := w.kernel.Now()
	for _, b := range w.plan.batteries {
		c := Charge{Device: b.device, Full: b.Energy, Least: b.Energy, Count: b.count}
		sum := 0.0
		for m := range b.count {
			left := b.Left(now, w.network.OnAir(b.base+m))
			if sum += left; left < c.Least {
				c.Least, c.Member = left, m
			}
			if left == 0 {
				c.Empty++
			}
		}
		c.Mean, c.Lasts = sum/float64(b.count), math.Inf(1)
		if c.Least < c.Full {
			c.Lasts = float64(now.Seconds()/86400*c.Full) / (c.Full - c.Least)
		}
		list = append(list, c)
	}
	return list
}
