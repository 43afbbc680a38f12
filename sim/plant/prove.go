package plant

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Boxes is how many spans a search encloses before it gives up.
const Boxes = 4096

// nanoseconds is up to which length a span is looked through one by one.
const nanoseconds = 4

// A search looks for the first change of a condition by enclosures, leftmost first:
// a span in which no gap can change its sign is done, one in which all that may
// change it go one way is left to the root finder, any other is cut in two.
type search struct {
	p      *Plant
	w      *Watch
	truth  bool
	boxes  int
	spent  bool
	proven vtime.Time // up to which the condition does not change
}

// prove is Next by enclosures. Where it gives up, it has found nothing up to a
// time, which it returns for the caller to look there and go on; ok is false where
// that is next to no progress.
func (p *Plant) prove(w *Watch, from, to vtime.Time, truth bool) (at vtime.Time, found, ok bool) {
	s := search{p: p, w: w, truth: truth, boxes: Boxes, proven: from}
	p.enter(&w.View)
	if at, found = s.first(from, to); !s.spent {
		return at, found, true
	}
	return s.proven, s.proven > from, s.proven-from > max(vtime.Time(vtime.Millisecond), (to-from)/Boxes)
}

// first returns the first change in (from, to].
func (s *search) first(from, to vtime.Time) (at vtime.Time, found bool) {
	if to-from <= nanoseconds {
		return s.scan(from, to)
	}
	if s.boxes--; s.boxes < 0 {
		s.spent = true
		return s.proven, true
	}
	s.p.enclose(&s.w.View, from, to)
	switch s.judge(from, to) {
	case resting:
		s.proven = to
		return 0, false
	case oneWay:
		if at, found = s.p.turnOnce(s.w, from, to, s.truth); !found {
			s.proven = to
		}
		return at, found
	}
	half := from + (to-from)/2
	if at, found = s.first(from, half); found {
		return at, found
	}
	return s.first(half, to)
}

// scan looks at every nanosecond.
func (s *search) scan(from, to vtime.Time) (vtime.Time, bool) {
	for t := from + 1; t <= to; t++ {
		if s.p.Holds(s.w, t) != s.truth {
			return t, true
		}
	}
	s.proven = to
	return 0, false
}

// A course is how a condition goes over a span.
type course uint8

const (
	resting course = iota // it does not change
	oneWay                // each gap goes one way or keeps its sign
	wild                  // nothing is known
)

// judge tells how the condition goes over the span that the box is of.
func (s *search) judge(from, to vtime.Time) course {
	c := resting
	if s.w.Verdict != nil {
		if a := s.w.Verdict(&s.p.box, int(s.w.Member)); a == interval.Certainly(s.truth) {
			return resting
		} else if a == interval.Maybe && s.w.Hidden {
			return wild
		}
	}
	for i, bounds := range s.w.Bounds {
		r := bounds(&s.p.box, int(s.w.Member))
		if _, ok := r.Sign(); ok {
			continue
		}
		if r.Monotone() {
			c = max(c, oneWay)
			continue
		}
		if _, ok := s.p.between(s.w, s.w.Gaps[i], r, from, to).Sign(); !ok {
			return wild
		}
	}
	return c
}

// between narrows bounds of a function by its values at the ends of the span.
func (p *Plant) between(w *Watch, eval signal.Eval, r interval.Range, from, to vtime.Time) interval.Range {
	if !r.Sloped() {
		return r
	}
	return r.Between(p.Value(w, eval, from), p.Value(w, eval, to), vtime.Seconds(to.Sub(from)))
}

// turnOnce is Next where each gap goes one way or keeps its sign.
func (p *Plant) turnOnce(w *Watch, from, to vtime.Time, truth bool) (vtime.Time, bool) {
	for tries := 0; from < to; tries++ {
		first, found := to, false
		for _, gap := range w.Gaps {
			a, b := point{from, p.Value(w, gap, from)}, point{first, p.Value(w, gap, first)}
			if was := sign(a.x); sign(b.x) != was {
				first, found = p.root(w, gap, bracket{a, b, b}, was), true
			}
		}
		if !found {
			return 0, false
		}
		if p.Holds(w, first) != truth || tries > patience {
			return first, true
		}
		from = first
	}
	return 0, false
}
