package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Span is so many items about one person, evenly spread over a time as far as anybody
// knows, which came by one intake.
type Span struct {
	From, To vtime.Time // of the first and the last
	N        uint64
	Via      int32 // of Intakes; -1: from the start
}

// maxSpans is how many spans a row remembers besides the last; older ones become one.
const maxSpans = 32

// A row is what a shelf has about one person, in the order of time. The last span is what
// grows. Items are numbered as they came, from 1 on: those that are here are gone+1 to total.
type row struct {
	last  Span // of no items where there are none
	older []Span
	total uint64 // that ever came
	gone  uint64 // of them, that are here no longer: the first ones
}

// held returns how many items there are.
func (r *row) held() uint64 { return r.total - r.gone }

// add adds items. Those that come less than gap after the last ones by the same way make the
// last span longer.
func (r *row) add(s Span, gap vtime.Duration) {
	r.total += s.N
	if l := &r.last; l.N > 0 && l.Via == s.Via && s.From >= l.To && s.From.Sub(l.To) < gap {
		l.To, l.N = s.To, l.N+s.N
		return
	}
	r.lay(s)
}

// lay makes a span the last one. Where there are too many the two oldest become one.
func (r *row) lay(s Span) {
	if r.last.N > 0 {
		if len(r.older) == maxSpans {
			a, b := &r.older[0], r.older[1]
			a.From, a.To, a.N = min(a.From, b.From), max(a.To, b.To), a.N+b.N
			r.older = slices.Delete(r.older, 1, 2)
		}
		r.older = append(r.older, r.last)
	}
	r.last = s
}

// spans returns a copy of all spans, the oldest first.
func (r *row) spans() []Span {
	if r.last.N == 0 {
		return nil
	}
	return append(slices.Clone(r.older), r.last)
}

// clear forgets all items and returns how many they were.
func (r *row) clear() (n uint64) {
	n = r.held()
	r.gone, r.last, r.older = r.total, Span{}, nil
	return n
}

// trim forgets items before a time and returns how many they were.
func (r *row) trim(before vtime.Time) (n uint64) {
	if r.last.N == 0 {
		return 0
	}
	keep := r.older[:0]
	for _, s := range r.older {
		n += s.cut(before)
		if s.N > 0 {
			keep = append(keep, s)
		}
	}
	n += r.last.cut(before)
	if r.last.N == 0 && len(keep) > 0 {
		r.last, keep = keep[len(keep)-1], keep[:len(keep)-1]
	}
	if r.older = keep; len(keep) == 0 {
		r.older = nil
	}
	r.gone += n
	return n
}

// revive puts items back that went from here, before those that did not, and returns how
// many they are: as many of the later ones as are gone, at most.
func (r *row) revive(list []Span) (n uint64) {
	for i := range list {
		n += list[i].N
	}
	for len(list) > 0 && n > r.gone {
		drop := min(list[0].N, n-r.gone)
		list[0].drop(drop)
		if n -= drop; list[0].N == 0 {
			list = list[1:]
		}
	}
	if n == 0 {
		return 0
	}
	now := r.spans()
	r.gone, r.last, r.older = r.gone-n, Span{}, nil
	for _, s := range append(list, now...) {
		r.lay(s)
	}
	return n
}

// since calls a function with the items that came after the first so many, the oldest first.
func (r *row) since(seen uint64, do func(Span)) {
	skip := max(seen, r.gone) - r.gone
	for _, s := range r.older {
		n := min(skip, s.N)
		if skip -= n; n < s.N {
			s.drop(n)
			do(s)
		}
	}
	if last := r.last; skip < last.N {
		last.drop(skip)
		do(last)
	}
}

// extent returns the times of the first and the last item.
func (r *row) extent() (from, to vtime.Time) {
	from, to = r.last.From, r.last.To
	for i := range r.older {
		from, to = min(from, r.older[i].From), max(to, r.older[i].To)
	}
	return from, to
}

// cut takes the items before a time from a span and returns how many they are.
func (s *Span) cut(before vtime.Time) (n uint64) {
	switch {
	case s.N == 0 || s.From >= before:
		return 0
	case s.To < before:
		n = s.N
	default:
		n = min(s.before(before), s.N-1)
	}
	s.drop(n)
	return n
}

// before returns how many items there are before a time that is within the span.
func (s *Span) before(t vtime.Time) uint64 {
	step := s.step()
	return min(s.N, uint64((t.Sub(s.From)+step-1)/step))
}

// drop takes the first items from a span.
func (s *Span) drop(n uint64) {
	switch {
	case n == 0:
	case n >= s.N:
		*s = Span{}
	case n == s.N-1:
		s.From, s.N = s.To, 1
	default:
		s.From, s.N = min(s.To, s.From.Add(vtime.Duration(n)*s.step())), s.N-n
	}
}

// step returns how far apart the items are, at least 1 ns.
func (s *Span) step() vtime.Duration {
	if s.N < 2 {
		return 1
	}
	return max(1, s.To.Sub(s.From)/vtime.Duration(s.N-1))
}

// after returns the part of a span of which the items are later than a time.
func (s Span) after(t vtime.Time) Span {
	s.cut(t.Add(1))
	return s
}

// until returns the part of a span of which the items are before a time.
func (s Span) until(t vtime.Time) Span {
	switch {
	case s.N == 0 || s.From >= t:
		return Span{}
	case s.To >= t:
		step := s.step()
		s.N = min(s.before(t), s.N-1)
		s.To = s.From.Add(vtime.Duration(s.N-1) * step)
	}
	return s
}

// coarser returns the first item of each period of fine in a span, but for the period that
// a time is in.
func (s Span) coarser(fine vtime.Duration, seen vtime.Time) Span {
	if seen >= 0 {
		s.cut((seen - seen%vtime.Time(fine)).Add(fine))
	}
	step := s.step()
	if s.N < 2 || step >= fine {
		return s
	}
	to, last := s.To, s.To-s.To%vtime.Time(fine) // where the last period begins
	s.N = uint64((last-(s.From-s.From%vtime.Time(fine)))/vtime.Time(fine)) + 1
	if s.To = s.From; last > s.From {
		s.To = min(to, s.From.Add((last.Sub(s.From)+step-1)/step*step))
	}
	return s
}
