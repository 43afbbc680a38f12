package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Vertices is how many vertices a trace has at most.
const Vertices = 4096

// Trace tells the vertices of a piecewise straight approximation of a function of
// the watch's signals over [from, to], in order, from and to among them, which is
// off by at most tol. Each vertex is a value of the function; its extremes between
// two samples are vertices to the nanosecond, and so are both sides of a jump. A
// function that needs more than Vertices is told with four times the tolerance,
// which takes half as many, and so on. What is straight takes five looks.
//
// Where the bounds of the function are known, as Watch.Margin, nothing between two
// vertices is missed, however short: it is off by at most four times the tolerance.
// Else a pulse between two samples is.
func (p *Plant) Trace(w *Watch, eval signal.Eval, from, to vtime.Time, tol float64, emit func(at vtime.Time, value float64)) {
	t := tracer{p: p, w: w, eval: eval}
	for tries := 0; ; tries++ {
		if tries == mostTries {
			tol = math.Inf(1)
		}
		t.polyline = polyline{list: p.vertices[:0], tol: tol / 2}
		t.prove()
		t.trace(from, to)
		p.vertices = t.list
		if len(t.list) <= Vertices {
			break
		}
		tol = max(float64(4*tol), float64(0x1p-40*spread(t.list)))
	}
	for _, v := range p.vertices {
		emit(v.t, v.x)
	}
}

const (
	// mostTries is how often the tolerance grows; then anything is near enough.
	mostTries = 32
	// division is where a span is cut: off the middle, so that a function of a round
	// period does not meet all samples in one and the same phase.
	division = 0.4721359549995794 // 2 sqrt(5) - 4
	// bulging is how far the samples of an arc may be off its chord, as a part of how
	// far the arc may: it may be off further between them.
	bulging = 0.8
	// ripple is the part of the tolerance below which an extreme is none: rounding
	// makes such.
	ripple = 0x1p-20
)

// spread is how far the finite values of a list lie apart.
func spread(list []point) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range list {
		if v.x-v.x == 0 {
			lo, hi = min(lo, v.x), max(hi, v.x)
		}
	}
	return max(0, hi-lo)
}

// A tracer looks at a function where it has to.
type tracer struct {
	p      *Plant
	w      *Watch
	eval   signal.Eval
	proves bool
	boxes  int
	polyline
}

// prove begins to look at bounds of the function, where they are known.
func (t *tracer) prove() {
	if t.proves = t.w.Margin != nil && t.p.bounded(&t.w.View); t.proves {
		t.p.enter(&t.w.View)
		t.boxes = Boxes
	}
}

// near reports whether bounds of the slope let the function be no further off the
// chord than a few tolerances; so does it once it has looked too often.
func (t *tracer) near(a, b point) bool {
	const few = 4
	if !t.proves {
		return true
	}
	if t.boxes--; t.boxes < 0 {
		t.proves = false
		t.p.Unproven++
		return true
	}
	t.p.enclose(&t.w.View, a.t, b.t)
	r := t.w.Margin(&t.p.box, int(t.w.Member))
	if !r.Sloped() {
		return false
	}
	seconds := vtime.Seconds(b.t.Sub(a.t))
	chord := (b.x - a.x) / seconds
	// Where a rise as steep as can be meets a fall as steep as can be.
	off := float64(float64((r.Up-chord)*(chord-r.Down)) / (r.Up - r.Down) * seconds)
	return !(off > float64(2*few*t.tol))
}

func (t *tracer) at(at vtime.Time) point { return point{at, t.p.Value(t.w, t.eval, at)} }

// within looks between two points that are more than a nanosecond apart.
func (t *tracer) within(a, b point) point {
	return t.at(a.t + max(1, vtime.Time(division*float64(b.t-a.t))))
}

func (t *tracer) trace(from, to vtime.Time) {
	a := t.at(from)
	t.begin(a)
	if to == from {
		t.end(a)
		return
	}
	b := t.at(to)
	if to-from < 2*Samples {
		t.each(a, b)
	} else {
		t.span(a, t.within(a, b), b)
	}
	t.end(b)
}

// span adds what lies behind a, up to b; m is between them. Where the samples are
// off the chord it is cut in two.
func (t *tracer) span(a, m, b point) {
	switch {
	case len(t.list) > Vertices:
		return
	case b.t-a.t < 2*Samples:
		t.each(a, b)
		return
	}
	leaf := [5]point{a, t.within(a, m), m, t.within(m, b), b}
	off := offChord(&leaf)
	if off > bulging*t.tol || !t.near(a, b) {
		t.span(a, leaf[1], m)
		t.span(m, leaf[3], b)
		return
	}
	// An arc that is off its chord by so much has its top inside where the chord
	// rises by less than four times that.
	if off > ripple*t.tol && !(16*off < math.Abs(b.x-a.x)) {
		t.tops(&leaf)
	}
	t.add(b)
}

// each adds every nanosecond of a short span behind a, up to b.
func (t *tracer) each(a, b point) {
	for at := a.t + 1; at < b.t; at++ {
		t.add(t.at(at))
	}
	t.add(b)
}

// tops adds the extremes inside of a leaf.
func (t *tracer) tops(leaf *[5]point) {
	p, from, to := t.p, leaf[0].t, leaf[4].t
	a := p.sample(t.w, t.eval, leaf[0], from, to)
	for _, next := range leaf[1:] {
		b := p.sample(t.w, t.eval, next, from, to)
		for _, s := range [2]float64{1, -1} {
			lo, hi, ok := p.turn(t.w, t.eval, a, b, from, to, s)
			if !ok {
				continue
			}
			if top := p.lowest(t.w, t.eval, lo, hi, s); top > t.last.t && top < to {
				t.add(t.at(top))
			}
		}
		a = b
	}
}

// offChord returns by how much the inner samples are off the chord between the
// outer ones; where they are not finite that is all or nothing.
func offChord(leaf *[5]point) (off float64) {
	a, b := leaf[0], leaf[4]
	if alike := a.alike(b); !finite(a.x) || !finite(b.x) {
		for _, m := range leaf[1:4] {
			alike = alike && a.alike(m)
		}
		if alike {
			return 0
		}
		return math.Inf(1)
	}
	slope := (b.x - a.x) / float64(b.t-a.t)
	for _, m := range leaf[1:4] {
		d := math.Abs(m.x - a.x - float64(slope*float64(m.t-a.t)))
		if !(d <= math.MaxFloat64) {
			return math.Inf(1)
		}
		off = max(off, d)
	}
	return off
}

func finite(x float64) bool { return x-x == 0 }

// alike reports whether two points have the same value.
func (a point) alike(b point) bool { return a.x == b.x || a.x != a.x && b.x != b.x }
