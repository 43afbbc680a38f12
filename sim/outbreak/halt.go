package outbreak

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Halt takes a host down: nothing spreads from it or comes to it, what was about to land
// there never does, and nobody looks for malware on it.
func (o *Outbreak) Halt(class, member int) {
	h := o.Classes[class].First + int32(member)
	i, down := slices.BinarySearch(o.down, h)
	if down {
		return
	}
	o.down = slices.Insert(o.down, i, h)
	if o.state[h] == Landing {
		o.state[h] = Clean
	}
	o.heap.set(o.lifeEntry(h, class), vtime.Never)
	for s := range o.Classes[class].Scanners {
		o.heap.set(o.scanEntry(h, class, s), vtime.Never)
	}
}

// Revive lets a host that was down run again, and tells it in News. That was a reboot:
// malware that does not survive one is gone.
func (o *Outbreak) Revive(class, member int, now vtime.Time) {
	o.News = o.News[:0]
	h := o.Classes[class].First + int32(member)
	i, down := slices.BinarySearch(o.down, h)
	if !down {
		return
	}
	o.down = slices.Delete(o.down, i, i+1)
	switch {
	case o.state[h] != Infected:
	case !o.Lasts:
		o.hosts[h].leaves = reboots
		o.leave(h, class, now)
	default:
		o.outlook(h, class, now)
		for s := range o.Classes[class].Scanners {
			o.pend(h, class, s, max(now, o.hosts[h].since.Add(o.Dwells)))
		}
	}
}

// halted reports whether a host is down.
func (o *Outbreak) halted(h int32) bool {
	if len(o.down) == 0 {
		return false
	}
	_, down := slices.BinarySearch(o.down, h)
	return down
}

// scanEntry is the entry of when a scanner of a host hits.
func (o *Outbreak) scanEntry(h int32, c, s int) int32 {
	at := o.entries[c]
	return at.first + (h-o.Classes[c].First)*at.each + int32(s)
}
