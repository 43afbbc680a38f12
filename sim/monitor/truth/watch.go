package truth

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// watch finds when next something happens though no atom changes.
//
// What moves is the end of what is known, where it is so because time has come so far: it
// keeps its distance from the present. All else stands: where what is known begins, and
// where it ends for another reason, as at what an atom was, or at a decision that came
// early. Something happens only as what moves comes to what stands, in a course or in one
// that is read together with it; it passes that once, and leaves it behind for good. Two
// that move never meet. So there are no more wakes than such encounters, whatever the
// spans, and none when all that stands lies behind.
//
// That holds only if nothing that moves is taken for standing: it would be met again and
// again, always at the same distance. So watch looks when all has moved that moves in the
// step. What became known in it ends at something that moves, or stands for good; it is
// enough to see what lies before the ends of what became known, and of what moved within
// what was known (see pass), where it can make a difference. before is where the step
// began: what leaps with the first round of a time has not moved when all rounds passed.
func (n *Network) watch(before formula.Instant) {
	if n.leaps && before.Round > 0 && before.After() == n.known {
		n.wake = n.known.At
		return
	}
	for i := range n.inside {
		n.meetAt(&n.courses[n.inside[i].k], n.inside[i].at)
	}
	for k := range n.ops {
		o := &n.ops[k]
		n.meet(n.courses[k].fresh, k)
		if o.two() {
			n.meet(n.courses[k].fresh, int(o.x), int(o.y))
			n.meet(n.courses[o.x].fresh, k, int(o.y))
			n.meet(n.courses[o.y].fresh, k, int(o.x))
		}
		if o.kind == veil {
			n.meetAt(&n.courses[o.x], ceil(n.known))
		}
	}
}

// An inner is an end that moves within what is known of an operation already.
type inner struct {
	k  int
	at formula.Instant
}

// meet finds when the ends of pieces come to something that stands, in some courses.
func (n *Network) meet(pieces []piece, courses ...int) {
	for i := range pieces {
		if p := &pieces[i]; p.moves {
			for _, k := range courses {
				n.meetAt(&n.courses[k], p.to)
			}
		}
	}
}

func (n *Network) meetAt(c *course, m formula.Instant) {
	i := c.find(m)
	// What begins at this time, or leapt with it, is not left behind: rounds matter.
	near := m.At
	if n.leaps {
		near--
	}
	for j := i; j > c.head && c.spans[j].from.At >= near; j-- {
		if c.stands(j, n.epoch) {
			n.delay(m.At, m.At)
			return
		}
	}
	if i+1 < len(c.spans) && c.stands(i+1, n.epoch) {
		n.delay(c.spans[i+1].from.At, m.At)
	}
}

// stands reports whether the start of a span stays where it is.
func (c *course) stands(k int, epoch uint32) bool {
	return c.spans[k].value != Unknown || c.spans[k].moved != epoch
}

// delay notes that something happens when what is at a time now comes to another one.
func (n *Network) delay(to, now vtime.Time) {
	if to < vtime.Never {
		n.wake = min(n.wake, n.known.At.Add(max(0, to.Sub(now))))
	}
}
