package floor

import "math"

// clearances are how far beyond a corner one walks by it, in millimetres, the best first: half
// a metre is half a wide door, 0.2 m as much as somebody needs to either side.
var clearances = []int64{500, 200}

// Where returns a place at which a way meets the wall, for people to read: the first of its
// edges along the way, or where it comes nearest to its line.
func (w *Wall) Where(s Segment) Point {
	if w.Holds(s.A) {
		return s.A
	}
	best, at := math.Inf(1), s.B
	for i := range w.edges() {
		e := w.edge(i)
		if !e.Meets(s) {
			continue
		}
		if t := e.share(s); t < best {
			best, at = t, s.along(t)
		}
	}
	if math.IsInf(best, 1) { // only its thickness is in the way
		for _, c := range w.Corners {
			if t := s.foot(c); s.within(c, w.Thick) && t < best {
				best, at = t, s.along(t)
			}
		}
	}
	return at
}

// share is how much of a way lies before it meets the segment.
func (s Segment) share(way Segment) float64 {
	before, after := float64(s.side(way.A)), float64(s.side(way.B))
	if before != after {
		return before / (before - after)
	}
	return min(way.foot(s.A), way.foot(s.B)) // along it
}

// foot is how much of a segment lies before the place on it that is nearest to another one.
func (s Segment) foot(p Point) float64 {
	along := s.B.minus(s.A)
	if along == (Point{}) {
		return 0
	}
	return min(max(float64(along.dot(p.minus(s.A)))/float64(along.dot(along)), 0), 1)
}

// along is the place after a share of a segment.
func (s Segment) along(share float64) Point {
	d := s.B.minus(s.A)
	return Point{s.A.X + int64(math.Round(float64(share*float64(d.X)))), s.A.Y + int64(math.Round(float64(share*float64(d.Y))))}
}

// Around finds the shortest way past a wall by one place beyond a corner of it, which meets
// none of the walls. It returns that place and the corner, and false where there is none.
func Around(s Segment, past *Wall, walls []Wall) (by, corner Point, ok bool) {
	for _, clear := range clearances {
		shortest := math.Inf(1)
		off := clear + past.Thick/2
		for _, c := range past.Corners {
			for _, d := range []Point{{off, off}, {off, -off}, {-off, off}, {-off, -off}, {off, 0}, {-off, 0}, {0, off}, {0, -off}} {
				p := Point{c.X + d.X, c.Y + d.Y}
				if far := s.A.to(p) + p.to(s.B); far < shortest && free(Segment{s.A, p}, walls) && free(Segment{p, s.B}, walls) {
					shortest, by, corner, ok = far, p, c, true
				}
			}
		}
		if ok {
			return by, corner, true
		}
	}
	return Point{}, Point{}, false
}

// to is how far it is to another place.
func (p Point) to(o Point) float64 {
	d := o.minus(p)
	return math.Sqrt(float64(d.dot(d)))
}

// free reports whether a way meets no wall.
func free(s Segment, walls []Wall) bool {
	for i := range walls {
		if walls[i].Meets(s) {
			return false
		}
	}
	return true
}
