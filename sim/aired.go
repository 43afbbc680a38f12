package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// aired collects what was sent by radio: as such, and as a load of a link like any other.
func (w *world) aired(c *Capacity) {
	for _, a := range w.network.AirCounts() {
		if a.Offered == 0 {
			continue
		}
		link := &w.plan.book.Links[a.Link]
		delay := delayOf(a.Delay)
		c.Airs = append(c.Airs, Air{link.Name, a.Offered, a.Withheld, a.Sent, a.Collided, a.Airtime, a.Duty, a.AsRate, delay})
		load := Load{
			Name: w.plan.LinkName(&network.LinkCount{Link: a.Link}), Link: true, Radio: true,
			Offered: a.Offered, Lost: a.Withheld + a.Collided, Delay: delay,
		}
		if now := w.kernel.Now(); now > 0 {
			load.Utilisation = vtime.Seconds(a.Airtime) / now.Seconds() / float64(link.Radio.Channels)
		}
		c.Loads = append(c.Loads, load)
	}
}

// untimed reports whether all that an invariant reads is how long messages took, and none ever came, nor
// was lost on its way.
func (w *world) untimed(spec *Invariant) bool {
	reads := slices.DeleteFunc(spec.reads(), func(s signal.Slot) bool { return s == signal.Clock })
	return len(reads) > 0 && !slices.ContainsFunc(reads, func(s signal.Slot) bool { return !w.network.Untimed(s) })
}
