package floor

// A Wall is what nobody walks through.
type Wall struct {
	Name    string
	About   string
	Corners []Point
	// Solid says that it is all within its corners, which are of one polygon; else it is the
	// line from corner to corner, so thick (mm), and round at its ends.
	Solid bool
	Thick int64
}

// Thickest is how thick a line can be, in millimetres: 100 m.
const Thickest = 100_000

// Fold returns two edges of a solid wall, by the corners at which they begin, that
// meet where they must not: its outline crosses or touches itself. It is false where there
// are none. A wall of fewer than three corners is not asked.
func (w *Wall) Fold() (i, j int, folds bool) {
	n := len(w.Corners)
	for i := range n {
		for j := i + 1; j < n; j++ {
			e, f := w.edge(i), w.edge(j)
			switch {
			case e.B == f.A:
				folds = e.Has(f.B) || f.Has(e.A)
			case f.B == e.A:
				folds = f.Has(e.B) || e.Has(f.A)
			default:
				folds = e.Meets(f)
			}
			if folds {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// edges is how many edges it has.
func (w *Wall) edges() int {
	if w.Solid {
		return len(w.Corners)
	}
	return len(w.Corners) - 1
}

// edge is the edge that begins at a corner.
func (w *Wall) edge(i int) Segment {
	return Segment{w.Corners[i], w.Corners[(i+1)%len(w.Corners)]}
}

// Holds reports whether a place is in the wall, its edge included.
func (w *Wall) Holds(p Point) bool {
	if !w.Solid {
		for i := range w.edges() {
			if w.edge(i).within(p, w.Thick) {
				return true
			}
		}
		return false
	}
	return w.OnEdge(p) || w.encloses(p)
}

// OnEdge reports whether a place is on the outline of a solid wall.
func (w *Wall) OnEdge(p Point) bool {
	for i := range w.edges() {
		if w.Solid && w.edge(i).Has(p) {
			return true
		}
	}
	return false
}

// encloses reports whether a place that is on no edge is within the corners: a ray to the right
// leaves them once more than it enters them.
func (w *Wall) encloses(p Point) (inside bool) {
	for i := range w.edges() {
		e := w.edge(i)
		if up := e.B.Y > e.A.Y; (e.A.Y > p.Y) != (e.B.Y > p.Y) && (e.side(p) > 0) == up {
			inside = !inside
		}
	}
	return inside
}

// Meets reports whether a straight way meets the wall.
func (w *Wall) Meets(s Segment) bool {
	for i := range w.edges() {
		if e := w.edge(i); w.Solid && e.Meets(s) || !w.Solid && e.near(s, w.Thick) {
			return true
		}
	}
	return w.Solid && w.encloses(s.A)
}

// MeetsAny reports whether some way from anywhere on a segment straight to a place meets the
// wall: they cover a triangle.
func (w *Wall) MeetsAny(from Segment, to Point) bool {
	if w.Meets(from) || w.Meets(Segment{from.A, to}) || w.Meets(Segment{from.B, to}) {
		return true
	}
	triangle := Wall{Corners: []Point{from.A, from.B, to}, Solid: true}
	return triangle.encloses(w.Corners[0]) // what meets no edge is all within or all without
}
