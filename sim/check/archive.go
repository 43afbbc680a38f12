package check

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives all that guards remember. Nothing is under way between two
// judgements.
func (s *State) Archive(a *snapshot.Archive) {
	snapshot.Column(a, s.keeps, func(a *snapshot.Archive, k *keep) {
		snapshot.Int(a, &k.influence)
		snapshot.Int(a, &k.alarms)
		snapshot.Int(a, &k.refused)
		snapshot.Bool(a, &k.tripped)
		snapshot.Int(a, &k.by)
		snapshot.Int(a, &k.since)
	})
	snapshot.Column(a, s.counts, func(a *snapshot.Archive, c *Count) {
		snapshot.Int(a, &c.Passed)
		snapshot.Int(a, &c.Reacted)
		snapshot.Int(a, &c.First)
	})
	s.archiveMemory(a)
	for i := range s.guards {
		for _, k := range s.guards[i].keeps {
			if k.by < -1 || int(k.by) >= len(s.guards[i].rules) && k.by > 0 {
				a.Fail("guard %d was tripped by rule %d, which there is not", i, k.by)
			}
		}
	}
}

// archiveMemory archives what rules remember of messages.
func (s *State) archiveMemory(a *snapshot.Archive) {
	snapshot.Column(a, s.series, func(a *snapshot.Archive, x *series) {
		snapshot.Int(a, &x.high)
		snapshot.Int(a, &x.seen)
	})
	snapshot.Column(a, s.arrivals, snapshot.Int)
	snapshot.Column(a, s.courses, func(a *snapshot.Archive, c *course) {
		snapshot.Int(a, &c.at)
		snapshot.Float(a, &c.y)
		snapshot.Float(a, &c.sum)
		snapshot.Bool(a, &c.known)
	})
	snapshot.Column(a, s.ballots, func(a *snapshot.Archive, b *ballot) {
		snapshot.Float(a, &b.x)
		snapshot.Bool(a, &b.cast)
	})
	snapshot.Column(a, s.proposals, func(a *snapshot.Archive, p *proposal) {
		snapshot.Int(a, &p.what)
		snapshot.Int(a, &p.at)
		snapshot.Bool(a, &p.made)
	})
	snapshot.Column(a, s.vigils, func(a *snapshot.Archive, v *vigil) {
		snapshot.Int(a, &v.heard)
		snapshot.Bool(a, &v.told)
	})
}
