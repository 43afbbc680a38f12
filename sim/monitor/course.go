package monitor

import "github.com/harmproof/harmproof/sim/vtime"

// A course is what an atom did lately: the runs in which it held or did not, and how
// far it was from changing in each.
type course struct {
	runs [maxStretches]stretch
	n    int // how many there were; the latest is at (n-1) modulo the size
}

// maxStretches is how many runs of an atom are remembered for explanations.
const maxStretches = 32

// A stretch is a time in which an atom held, or did not, without a break, and the
// extremes of its margin there.
type stretch struct {
	from            vtime.Time
	holds           bool
	least, most     float64
	leastAt, mostAt vtime.Time
}

func (c *course) latest() *stretch { return &c.runs[(c.n-1)%maxStretches] }

func (c *course) settled(at vtime.Time, holds bool, margin float64) {
	if c.n == 0 || c.latest().holds != holds {
		c.n++
		*c.latest() = stretch{at, holds, margin, margin, at, at}
		return
	}
	c.between(at, margin)
}

func (c *course) between(at vtime.Time, margin float64) {
	s := c.latest()
	if margin < s.least {
		s.least, s.leastAt = margin, at
	}
	if margin > s.most {
		s.most, s.mostAt = margin, at
	}
}

// at returns the stretch that a time lies in. ok is false where that is forgotten.
func (c *course) at(t vtime.Time) (s stretch, ok bool) {
	for k := c.n; k > 0 && k > c.n-maxStretches; k-- {
		if s = c.runs[(k-1)%maxStretches]; s.from <= t {
			return s, true
		}
	}
	return stretch{}, false
}
