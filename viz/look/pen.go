package look

import (
	"math"

	"github.com/harmproof/harmproof/viz/draw"
)

// units is how many units an icon is wide and high.
const units = 24

// A pen draws an icon on its grid, from 0 to 24 to the right and down.
type pen struct {
	State
	l     *draw.List
	x, y  float32 // of the left upper corner
	unit  float32 // in pixels
	width float32 // of all lines
	ink   draw.Color
}

// penFor returns the pen for an icon in the middle of a rectangle. Its lines say whose the
// device is, and whether it can be believed.
func penFor(l *draw.List, r draw.Rect, size float32, s State) pen {
	s.Fill, s.Open, s.Heat, s.Told = share(s.Fill), share(s.Open), share(s.Heat), share(s.Told)
	if s.Theme == nil {
		s.Theme = &Dark
	}
	p := pen{
		State: s, l: l, x: whole(r.X + (r.W-size)/2), y: whole(r.Y + (r.H-size)/2), unit: size / units,
		width: max(min(1.5, size/12), 0.6+size*0.034), ink: s.Theme.Metal,
	}
	switch {
	case s.Compromised:
		p.ink = s.Theme.Attack
	case s.False:
		p.ink = s.Theme.Told
	}
	return p
}

// share is a number from 0 to 1.
func share(x float32) float32 {
	if x != x {
		return 0
	}
	return max(0, min(1, x))
}

func whole(x float32) float32 { return float32(math.Round(float64(x))) }

// at returns a place on the grid.
func (p pen) at(x, y float32) draw.Point { return draw.Point{X: p.x + x*p.unit, Y: p.y + y*p.unit} }

// rect returns a rectangle on the grid, its borders on those of pixels.
func (p pen) rect(x, y, w, h float32) draw.Rect {
	left, top := whole(p.x+x*p.unit), whole(p.y+y*p.unit)
	return draw.Rect{X: left, Y: top, W: whole(p.x+(x+w)*p.unit) - left, H: whole(p.y+(y+h)*p.unit) - top}
}

// body draws a rectangle with a border.
func (p pen) body(x, y, w, h, radius float32) {
	r := p.rect(x, y, w, h)
	p.l.Fill(r, radius*p.unit, p.Theme.Inside)
	p.l.Frame(r, radius*p.unit, p.width, p.ink)
}

// fill fills a rectangle.
func (p pen) fill(x, y, w, h, radius float32, c draw.Color) {
	p.l.Fill(p.rect(x, y, w, h), radius*p.unit, c)
}

// disc fills a circle.
func (p pen) disc(x, y, radius float32, c draw.Color) { p.l.Disc(p.at(x, y), radius*p.unit, c) }

// round draws a circle with a border.
func (p pen) round(x, y, radius float32) {
	p.disc(x, y, radius, p.Theme.Inside)
	p.l.Ring(p.at(x, y), radius*p.unit, p.width, p.ink)
}

// arc draws a part of a circle, clockwise from an angle to another.
func (p pen) arc(x, y, radius, from, to float32) {
	p.l.Arc(p.at(x, y), radius*p.unit+p.width/2, p.width, from, to, p.ink)
}

// line draws a line along points, given as x, y, x, y.
func (p pen) line(c draw.Color, xy ...float32) {
	var points [most]draw.Point
	p.l.Line(p.width, c, points[:p.points(&points, xy)]...)
}

// loop draws a line along points and back to the first.
func (p pen) loop(c draw.Color, xy ...float32) {
	var points [most]draw.Point
	p.l.Loop(p.width, c, points[:p.points(&points, xy)]...)
}

// polygon fills what points surround.
func (p pen) polygon(c draw.Color, xy ...float32) {
	var points [most]draw.Point
	p.l.Polygon(c, points[:p.points(&points, xy)]...)
}

// most is how many points a line has at most.
const most = 24

func (p pen) points(into *[most]draw.Point, xy []float32) (n int) {
	for ; n < most && 2*n+1 < len(xy); n++ {
		into[n] = p.at(xy[2*n], xy[2*n+1])
	}
	return n
}

// letter writes a letter in the middle of a place.
func (p pen) letter(x, y, size float32, text string) {
	style := draw.Style{Font: draw.Bold, Size: size * p.unit}
	at := p.at(x, y)
	at.X -= style.Width(text) / 2
	at.Y = whole(style.Base(at.Y))
	p.l.Text(at, style, p.ink, text)
}

// lamp draws a light, which shines while it is on.
func (p pen) lamp(x, y float32, on bool) {
	if on {
		p.disc(x, y, 1.9, p.Theme.Warm.Fade(0.35))
		p.disc(x, y, 1.2, p.Theme.Warm)
		return
	}
	p.disc(x, y, 1, p.ink.Mix(p.Theme.Inside, 0.45))
}

// alarm draws the sign of an alarm at the lower left.
func (p pen) alarm() {
	p.polygon(p.Theme.Inside, 3.5, 11.8, 9.7, 23.9, -2.7, 23.9)
	p.polygon(p.Theme.Violated, 3.5, 14, 8.1, 23, -1.1, 23)
	p.line(p.Theme.Inside, 3.5, 16.8, 3.5, 19.6)
	p.disc(3.5, 21.4, 0.9, p.Theme.Inside)
}

// rim returns a place on a circle.
func rim(x, y, radius float32, angle float64) (float32, float32) {
	sin, cos := math.Sincos(angle)
	return x + radius*float32(cos), y + radius*float32(sin)
}

const turn = 2 * math.Pi
