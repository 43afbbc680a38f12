package plant

import (
	"math"
)

// A polyline keeps of the points that it is given those without which it would be
// off by more than its tolerance, and those that are its extremes.
//
// Behind the vertex that was kept last there is a cone of slopes: a straight line
// from there that stays in it passes all points since within the tolerance.
type polyline struct {
	list   []point
	tol    float64
	last   point // that was given
	lo, hi float64
	rising float64 // the sign of the last change
}

func (l *polyline) begin(a point) {
	l.list = append(l.list, a)
	l.last = a
	l.open()
}

// open opens the cone behind a vertex.
func (l *polyline) open() { l.lo, l.hi = math.Inf(-1), math.Inf(1) }

// keep makes the point that was given last a vertex.
func (l *polyline) keep() {
	if l.last.t > l.list[len(l.list)-1].t {
		l.list = append(l.list, l.last)
		l.open()
	}
}

// add goes on to the next point.
func (l *polyline) add(b point) {
	if turn := change(l.last, b); turn != l.rising || !l.reaches(b) {
		l.keep()
		l.rising = turn
	}
	l.narrow(b)
	l.last = b
}

func (l *polyline) end(b point) {
	l.last = b
	l.keep()
}

// reaches reports whether the line from the last vertex to a point is in the cone.
func (l *polyline) reaches(b point) bool {
	v := l.list[len(l.list)-1]
	if v.alike(b) && !finite(b.x) {
		return true // as all since are: else that one would be a vertex
	}
	s := slope(v, b, 0)
	return l.lo <= s && s <= l.hi
}

func (l *polyline) narrow(b point) {
	v := l.list[len(l.list)-1]
	if finite(v.x) && finite(b.x) {
		l.lo, l.hi = max(l.lo, slope(v, b, -l.tol)), min(l.hi, slope(v, b, l.tol))
	}
}

// slope is that of the line from one point to what lies off another.
func slope(a, b point, off float64) float64 { return (b.x - a.x + off) / float64(b.t-a.t) }

// change is the sign of the change from one value to another, NaN's a sign of its
// own.
func change(a, b point) float64 {
	if a.alike(b) {
		return 0
	}
	return float64(sign(b.x - a.x))
}
