package view

import (
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/ground"
)

// wedge draws a zone that widens from a point on.
func (v *View) wedge(l *draw.List, z *ground.Zone, e *eye, fill, c draw.Color, w float32, whole bool) {
	if r := e.rect(z.Low, z.High); !r.Overlaps(e.r) || r.W < w || r.H < w {
		return
	}
	var p [3]draw.Point
	for i, corner := range z.Corners() {
		p[i] = e.at(corner)
	}
	l.Polygon(fill, p[:]...)
	if whole {
		l.Loop(w, c, p[:]...)
		return
	}
	for i := range p {
		v.dashedLine(l, p[i], p[(i+1)%len(p)], w, c.Fade(0.7))
	}
}

// mostDashes bounds what a border far beyond the picture costs.
const mostDashes = 200

// dashedLine draws a line of dashes from one point to another.
func (v *View) dashedLine(l *draw.List, from, to draw.Point, w float32, c draw.Color) {
	way := to.Minus(from)
	n := max(1, min(mostDashes, int(far(from, to)/v.pt(12))))
	for i := range n {
		a, b := float32(i)/float32(n), (float32(i)+0.5)/float32(n)
		l.Line(w, c, from.Plus(way.Times(a)), from.Plus(way.Times(b)))
	}
}
