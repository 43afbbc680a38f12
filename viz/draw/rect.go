package draw

// A Rect is a rectangle: its left upper corner, and its width and height.
type Rect struct{ X, Y, W, H float32 }

// Right is where it ends.
func (r Rect) Right() float32 { return r.X + r.W }

// Bottom is where it ends.
func (r Rect) Bottom() float32 { return r.Y + r.H }

// Center is its middle.
func (r Rect) Center() Point { return Point{r.X + r.W/2, r.Y + r.H/2} }

// Contains reports whether a point is within.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X && p.X < r.Right() && p.Y >= r.Y && p.Y < r.Bottom()
}

// Inset returns the rectangle without a margin; with a negative one it grows.
func (r Rect) Inset(margin float32) Rect { return r.InsetXY(margin, margin) }

// InsetXY returns the rectangle without margins at its sides, and above and below.
func (r Rect) InsetXY(x, y float32) Rect {
	x, y = min(x, r.W/2), min(y, r.H/2)
	return Rect{r.X + x, r.Y + y, r.W - 2*x, r.H - 2*y}
}

// Overlaps reports whether two rectangles have something in common.
func (r Rect) Overlaps(q Rect) bool {
	return r.X < q.Right() && q.X < r.Right() && r.Y < q.Bottom() && q.Y < r.Bottom()
}

// Intersect returns what two rectangles have in common, empty where there is nothing.
func (r Rect) Intersect(q Rect) Rect {
	x, y := max(r.X, q.X), max(r.Y, q.Y)
	return Rect{x, y, max(0, min(r.Right(), q.Right())-x), max(0, min(r.Bottom(), q.Bottom())-y)}
}

// CutTop cuts a strip off and returns it and what is left.
func (r Rect) CutTop(h float32) (strip, rest Rect) {
	h = max(0, min(h, r.H))
	return Rect{r.X, r.Y, r.W, h}, Rect{r.X, r.Y + h, r.W, r.H - h}
}

// CutBottom cuts a strip off and returns it and what is left.
func (r Rect) CutBottom(h float32) (strip, rest Rect) {
	h = max(0, min(h, r.H))
	return Rect{r.X, r.Y + r.H - h, r.W, h}, Rect{r.X, r.Y, r.W, r.H - h}
}

// CutLeft cuts a strip off and returns it and what is left.
func (r Rect) CutLeft(w float32) (strip, rest Rect) {
	w = max(0, min(w, r.W))
	return Rect{r.X, r.Y, w, r.H}, Rect{r.X + w, r.Y, r.W - w, r.H}
}

// CutRight cuts a strip off and returns it and what is left.
func (r Rect) CutRight(w float32) (strip, rest Rect) {
	w = max(0, min(w, r.W))
	return Rect{r.X + r.W - w, r.Y, w, r.H}, Rect{r.X, r.Y, r.W - w, r.H}
}
