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

// A sheet is a picture that can be moved and magnified: the plant of a side, or its ground.
type sheet struct {
	camera        *camera
	r             draw.Rect
	width, height float32
}

// onGround is what is added to the number of a side for the sheet of its ground.
const onGround = 2

// sheet returns the plant of side n, or the ground of side n - onGround.
func (v *View) sheet(n int) sheet {
	if n < onGround {
		s, r := v.sides[n], v.chart(n)
		inner := draw.Rect{X: r.X + v.pt(8), Y: r.Y, W: r.W - v.pt(16), H: r.H - v.pt(8)}
		return sheet{&s.camera, inner, s.plan.Width, s.plan.Height}
	}
	s := v.sides[n-onGround]
	frame := s.ground.Frame()
	return sheet{&s.eye, v.floor(n - onGround), float32(frame.Width()), float32(frame.Height())}
}

// looked is the sheet of a side that keys move: its plant, where that is shown.
func (v *View) looked(n int) int {
	if v.showing == groundAlone && v.sides[n].ground != nil {
		return n + onGround
	}
	return n
}

func (t sheet) lens() lens { return t.camera.lens(t.r, t.width, t.height) }

// magnify zooms by a factor and keeps what lies below a place of the screen.
func (t sheet) magnify(p draw.Point, factor float32) {
	before := t.lens().back(p)
	if t.camera.zoom <= 1 {
		*t.camera = camera{1, draw.Point{X: t.width / 2, Y: t.height / 2}}
	}
	t.camera.zoom = max(1, min(mostZoom, t.camera.zoom*factor))
	t.camera.center = t.camera.center.Plus(before.Minus(t.lens().back(p)))
	t.bound()
}

// bound keeps the middle of the picture within the sheet.
func (t sheet) bound() {
	c := &t.camera.center
	c.X, c.Y = max(0, min(t.width, c.X)), max(0, min(t.height, c.Y))
}

func (t sheet) pan(by draw.Point) {
	if t.camera.zoom <= 1 {
		return
	}
	t.camera.center = t.camera.center.Minus(by.Times(1 / t.lens().scale))
	t.bound()
}

func panMap(v *View, n int, by draw.Point) { v.sheet(n).pan(by) }

// pan moves all plants by parts of what is seen of them.
func (v *View) pan(x, y float32) {
	for n := range v.sides {
		t := v.sheet(v.looked(n))
		t.pan(draw.Point{X: -x * t.r.W, Y: -y * t.r.H})
	}
}

func zoomMap(v *View, n int, by draw.Point) {
	factor := float32(1.2)
	if by.Y < 0 {
		factor = 1 / factor
	}
	v.sheet(n).magnify(v.in.Pointer, factor)
}

// zoomPlant zooms around the device that is chosen, or around the middle.
func (v *View) zoomPlant(factor float32) {
	for n, s := range v.sides {
		t := v.sheet(v.looked(n))
		at := t.r.Center()
		if n == 0 && v.looked(n) == n && v.chosen >= 0 && v.chosen < len(s.plan.Devices) {
			p := &s.plan.Devices[v.chosen]
			if s.camera.zoom <= 1 {
				s.camera = camera{1.0001, draw.Point{X: p.X + p.W/2, Y: p.Y + p.H/2}}
			}
			at = t.lens().at(p.X+p.W/2, p.Y+p.H/2)
		}
		t.magnify(at, factor)
	}
}
