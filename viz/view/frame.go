package view

import "github.com/harmproof/harmproof/viz/draw"

// A frame is where the parts of the picture are.
type frame struct {
	all, top, caption, panel, timeline draw.Rect
	maps                               [2]draw.Rect
	points                             float32 // pixels of a point
}

// The least screen that all parts fit on, in points. A smaller one has smaller points.
const leastWidth, leastHeight = 1000, 620

// place divides the screen.
func (v *View) place() (f frame) {
	w, h := max(1, v.in.Width), max(1, v.in.Height)
	f.points = max(0.25, v.in.Scale)
	f.points = min(f.points, w/leastWidth, h/leastHeight)
	if dense := min(w/1920, h/1080); dense > f.points { // on a wall everything may be larger
		f.points = dense
	}
	p := f.points
	f.all = draw.Rect{W: w, H: h}
	rest := f.all
	f.top, rest = rest.CutTop(round(44 * p))
	f.timeline, rest = rest.CutBottom(round(max(232*p, min(0.33*h, 420*p))))
	f.panel, rest = rest.CutRight(round(max(286*p, min(0.27*w, 430*p))))
	f.caption, rest = rest.CutBottom(round(40 * p))
	f.maps[0] = rest
	if len(v.sides) == 2 {
		f.maps[0], f.maps[1] = rest.CutLeft(round(rest.W / 2))
	}
	return f
}

// pt is a length of points in pixels.
func (v *View) pt(points float32) float32 { return points * v.frame.points }

// round returns the nearest whole pixel, where edges are sharp.
func round(x float32) float32 { return float32(int(x + 0.5)) }
