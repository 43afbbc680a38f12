package recording

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A bend finds the course of the margin of an atom that goes along no straight line,
// though what it reads does: a piecewise straight approximation that is off by little,
// with the extremes among its vertices. It is looked at where it bends. (That is how
// plant.Trace does it.)
type bend struct {
	*gap
	atom    int
	tol     float64
	list    []point // vertices
	last    point   // that was added
	lo, hi  float64 // the slopes from the last vertex that pass all points since
	rising  float64 // the sign of the last change
	changes []vtime.Time
}

const (
	// finest is by what part of its range so far the course of a margin may be off.
	finest = 1e-6
	// mostVertices is how many vertices a course has in one gap. One that needs more
	// may be off by four times as much, and so on.
	mostVertices = 4096
	mostTries    = 32
	// division is where a span is cut: off the middle, so that a function of a round
	// period does not meet all samples in one and the same phase.
	division = 0.4721359549995794 // 2 sqrt(5) - 4
	// bulging is how far the samples of an arc may be off its chord, as a part of how
	// far the arc may.
	bulging = 0.8
	// ripple is the part of what it may be off below which an extreme is none.
	ripple = 0x1p-20
	// thorough is how often a gap is cut in two whatever is seen.
	thorough = 2
	// narrow is the span of which every nanosecond is looked at.
	narrow = 16
)

// find finds the course from a point to the end of the gap, and where the atom changes
// before that; before is the point just before the end.
func (b *bend) find(from, before, end point) {
	within := extent{math.Inf(1), math.Inf(-1)}
	for _, x := range []float64{b.ranges[b.atom].lo, b.ranges[b.atom].hi, from.x, before.x, end.x, b.within(from, end).x} {
		within.add(x)
	}
	tol := finest * max(0, within.hi-within.lo)
	for tries := 0; ; tries++ {
		if tries == mostTries {
			tol = math.Inf(1)
		}
		b.tol, b.list, b.changes = tol/2, append(b.list[:0], from), b.changes[:0]
		b.last, b.rising = from, 0
		b.open()
		if before.t > from.t {
			b.span(from, b.within(from, before), before, thorough)
		}
		before.holds, end.holds = b.last.holds, b.last.holds // what changes at the end is the next row's business
		b.add(end)
		b.keep()
		if len(b.list) <= mostVertices {
			return
		}
		tol = max(float64(4*tol), float64(0x1p-40*max(0, within.hi-within.lo)))
	}
}

// within looks between two points.
func (b *bend) within(from, to point) point {
	return b.point(b.atom, from.t+max(1, vtime.Time(division*float64(to.t-from.t))))
}

// span adds what lies behind one point, up to another; m is between them. Where the
// samples are off the chord it is cut in two.
func (b *bend) span(from, m, to point, cuts int) {
	switch {
	case len(b.list) > mostVertices:
		return
	case to.t-from.t < narrow:
		for at := from.t + 1; at < to.t; at++ {
			b.add(b.point(b.atom, at))
		}
		b.add(to)
		return
	}
	leaf := [5]point{from, b.within(from, m), m, b.within(m, to), to}
	off := offChord(&leaf)
	if cuts > 0 || off > bulging*b.tol {
		b.span(from, leaf[1], m, cuts-1)
		b.span(m, leaf[3], to, cuts-1)
		return
	}
	for k := 1; k < 4; k++ {
		if off > ripple*b.tol {
			b.top(leaf[k-1], leaf[k], leaf[k+1])
		} else {
			b.changed(leaf[k])
		}
	}
	b.add(to)
}

// top adds the extreme between two points, if the one between them is beyond both.
func (b *bend) top(from, m, to point) {
	s := 1.0
	if m.x < from.x || m.x < to.x {
		s = -1
	}
	if s*m.x < s*from.x || s*m.x < s*to.x || m.x == from.x && m.x == to.x {
		b.changed(m)
		return
	}
	lo, hi := from.t, to.t
	for hi-lo > 2 {
		p := b.point(b.atom, lo+max(1, vtime.Time(0.382*float64(hi-lo))))
		q := b.point(b.atom, max(p.t+1, hi-max(1, vtime.Time(0.382*float64(hi-lo)))))
		if s*p.x >= s*q.x {
			hi = q.t
		} else {
			lo = p.t
		}
	}
	if at := lo + (hi-lo)/2; at > b.last.t {
		b.add(b.point(b.atom, at))
	}
}

// changed notes a change of the atom up to a point that need not be a vertex.
func (b *bend) changed(p point) {
	if p.holds != b.last.holds && p.t > b.last.t {
		b.add(p)
	}
}

// add goes on to the next point: it keeps those without which the course would be off
// by too much, and the extremes.
func (b *bend) add(p point) {
	if p.t <= b.last.t {
		return
	}
	b.changes = b.change(b.atom, b.last, p, b.changes)
	if turn := change(b.last, p); turn != b.rising || !b.passes(p) {
		b.keep()
		b.rising = turn
	}
	if v := b.list[len(b.list)-1]; finite(v.x) && finite(p.x) {
		b.lo, b.hi = max(b.lo, slope(v, p, -b.tol)), min(b.hi, slope(v, p, b.tol))
	}
	b.last = p
}

// keep makes the point that was added last a vertex.
func (b *bend) keep() {
	if b.last.t > b.list[len(b.list)-1].t {
		b.list = append(b.list, b.last)
		b.open()
	}
}

func (b *bend) open() { b.lo, b.hi = math.Inf(-1), math.Inf(1) }

// passes reports whether the line from the last vertex to a point passes all points
// since.
func (b *bend) passes(p point) bool {
	v := b.list[len(b.list)-1]
	if !finite(p.x) || !finite(v.x) {
		return v.x == p.x
	}
	s := slope(v, p, 0)
	return b.lo <= s && s <= b.hi
}

// offChord returns by how much the inner samples are off the chord between the outer
// ones; where they are not finite that is all or nothing.
func offChord(leaf *[5]point) (off float64) {
	a, z := leaf[0], leaf[4]
	if !finite(a.x) || !finite(z.x) {
		for _, m := range leaf {
			if m.x != a.x {
				return math.Inf(1)
			}
		}
		return 0
	}
	s := slope(a, z, 0)
	for _, m := range leaf[1:4] {
		d := math.Abs(m.x - a.x - float64(s*float64(m.t-a.t)))
		if !(d <= math.MaxFloat64) {
			return math.Inf(1)
		}
		off = max(off, d)
	}
	return off
}

func finite(x float64) bool { return x-x == 0 }

// slope is that of the line from one point to what lies off another.
func slope(a, b point, off float64) float64 { return (b.x - a.x + off) / float64(b.t-a.t) }

// change is the sign of the change from one value to another.
func change(a, b point) float64 {
	switch {
	case a.x < b.x:
		return 1
	case a.x > b.x:
		return -1
	}
	return 0
}
