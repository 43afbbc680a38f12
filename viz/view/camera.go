package view

import "github.com/harmproof/harmproof/viz/draw"

// A camera is how a plan lies on the screen. At zero the whole plan is seen.
type camera struct {
	zoom   float32 // over that at which all is seen; 0 is 1
	center draw.Point
}

// A lens is a camera over a rectangle of the screen.
type lens struct {
	scale  float32 // pixels of a unit of the plan
	origin draw.Point
}

// The most that a plan is zoomed.
const mostZoom = 12

// lens returns where a plan of a size lies in a rectangle.
func (c *camera) lens(r draw.Rect, width, height float32) lens {
	fit := min(r.W/max(1, width), r.H/max(1, height))
	zoom := max(1, c.zoom)
	center := draw.Point{X: width / 2, Y: height / 2}
	if zoom > 1 {
		center = c.center
	}
	scale := fit * zoom
	at := r.Center()
	return lens{scale, draw.Point{X: at.X - center.X*scale, Y: at.Y - center.Y*scale}}
}

// at returns a place of the plan on the screen.
func (n lens) at(x, y float32) draw.Point {
	return draw.Point{X: n.origin.X + x*n.scale, Y: n.origin.Y + y*n.scale}
}

// rect returns a rectangle of the plan on the screen.
func (n lens) rect(x, y, w, h float32) draw.Rect {
	p := n.at(x, y)
	return draw.Rect{X: p.X, Y: p.Y, W: w * n.scale, H: h * n.scale}
}

// back returns the place of the plan below a place of the screen.
func (n lens) back(p draw.Point) draw.Point {
	return draw.Point{X: (p.X - n.origin.X) / n.scale, Y: (p.Y - n.origin.Y) / n.scale}
}

// magnify zooms the plant of a side by a factor and keeps what lies below a place of the
// screen.
func (v *View) magnify(n int, p draw.Point, factor float32) {
	s := v.sides[n]
	before := v.lens(n).back(p)
	if s.camera.zoom <= 1 {
		s.camera = camera{1, draw.Point{X: s.plan.Width / 2, Y: s.plan.Height / 2}}
	}
	s.camera.zoom = max(1, min(mostZoom, s.camera.zoom*factor))
	s.camera.center = s.camera.center.Plus(before.Minus(v.lens(n).back(p)))
	s.bound()
}

// bound keeps the middle of the picture within the plan.
func (s *side) bound() {
	c := &s.camera.center
	c.X, c.Y = max(0, min(s.plan.Width, c.X)), max(0, min(s.plan.Height, c.Y))
}

func panMap(v *View, n int, by draw.Point) {
	s := v.sides[n]
	if s.camera.zoom <= 1 {
		return
	}
	s.camera.center = s.camera.center.Minus(by.Times(1 / v.lens(n).scale))
	s.bound()
}

// pan moves all plants by parts of what is seen of them.
func (v *View) pan(x, y float32) {
	for n := range v.sides {
		r := v.chart(n)
		panMap(v, n, draw.Point{X: -x * r.W, Y: -y * r.H})
	}
}

func zoomMap(v *View, n int, by draw.Point) {
	factor := float32(1.2)
	if by.Y < 0 {
		factor = 1 / factor
	}
	v.magnify(n, v.in.Pointer, factor)
}

// zoomPlant zooms around the device that is chosen, or around the middle.
func (v *View) zoomPlant(factor float32) {
	for n, s := range v.sides {
		at := v.chart(n).Center()
		if n == 0 && v.chosen >= 0 && v.chosen < len(s.plan.Devices) {
			p := &s.plan.Devices[v.chosen]
			if s.camera.zoom <= 1 {
				s.camera = camera{1.0001, draw.Point{X: p.X + p.W/2, Y: p.Y + p.H/2}}
			}
			at = v.lens(n).at(p.X+p.W/2, p.Y+p.H/2)
		}
		v.magnify(n, at, factor)
	}
}
