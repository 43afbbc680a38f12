package truth

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive writes or reads all that the network knows; the program is that of New.
func (n *Network) Archive(a *snapshot.Archive) {
	snapshot.Bool(a, &n.heard)
	snapshot.Slice(a, &n.atoms, snapshot.Bool)
	for _, at := range []*formula.Instant{&n.known, &n.done, &n.told} {
		archiveInstant(a, at)
	}
	snapshot.Int(a, &n.was)
	snapshot.Int(a, &n.wake)
	snapshot.Int(a, &n.epoch)
	snapshot.Int(a, &n.fault)
	snapshot.Column(a, n.courses, archiveCourse)
	if a.Reading() {
		n.check(a)
	}
}

func archiveInstant(a *snapshot.Archive, i *formula.Instant) {
	snapshot.Int(a, &i.At)
	snapshot.Int(a, &i.Round)
}

func archiveCourse(a *snapshot.Archive, c *course) {
	c.spans = c.spans[c.head:]
	c.head = 0
	snapshot.Slice(a, &c.spans, func(a *snapshot.Archive, s *span) {
		archiveInstant(a, &s.from)
		snapshot.Int(a, &s.moved)
		snapshot.Int(a, &s.value)
	})
	snapshot.Int(a, &c.most)
	archiveInstant(a, &c.first[0])
	archiveInstant(a, &c.first[1])
}

// check fails where what was read is not what a network can have written.
func (n *Network) check(a *snapshot.Archive) {
	if n.fault < none || n.fault > disorder {
		a.Fail("the fault %d is unknown", n.fault)
		n.fault = none
	}
	for _, o := range n.ops {
		if n.heard && o.kind == leaf && int(o.atom) >= len(n.atoms) {
			a.Fail("there are %d atoms, too few for the formula", len(n.atoms))
		}
	}
	for k := range n.courses {
		c := &n.courses[k]
		if len(c.spans) == 0 {
			a.Fail("nothing is known of a part of a formula, not even that")
			c.spans = make([]span, 1)
		}
		for i := range c.spans {
			s := &c.spans[i]
			if s.value < False || s.value > True || i > 0 && !c.spans[i-1].from.Before(s.from) {
				a.Fail("what is known of a part of a formula is out of order")
			}
		}
	}
}
