package view

import (
	"math"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/ground"
	"github.com/harmproof/harmproof/viz/scene"
)

// fieldInk is the color of a zone: of the severity of what is there, or whether somebody is
// in it; and how much of it fills the zone.
func (v *View) fieldInk(z *ground.Zone) (c draw.Color, fill float32) {
	switch {
	case z.Severity > 0 && (z.Occupied || z.Alarm):
		return v.theme.Severity[z.Severity], 0.34
	case z.Severity > 0:
		return v.theme.Severity[z.Severity], 0.16
	case z.Alarm, z.Occupied:
		return v.theme.Text, 0.14
	}
	return v.theme.Faint, 0.06
}

// field draws a zone: filled, and with a border that is whole where something is in it.
func (v *View) field(l *draw.List, z *ground.Zone, e *eye) {
	if !z.Here {
		return
	}
	c, fill := v.fieldInk(z)
	whole, w := z.Alarm || z.Occupied, max(1, v.pt(1.3))
	if z.Radius > 0 {
		v.disc(l, z, e, c.Fade(fill), c, w, whole)
		return
	}
	if z.Widens {
		v.wedge(l, z, e, c.Fade(fill), c, w, whole)
		return
	}
	r := e.rect(z.Low, z.High).Intersect(e.r.Inset(-v.pt(20)))
	switch {
	case r.W < 0 || r.H < 0 || r.W == 0 && r.H == 0:
	case r.W < w || r.H < w: // a line
		line := draw.Rect{X: r.X - w, Y: r.Y - w, W: r.W + 2*w, H: r.H + 2*w}
		l.Fill(line, 0, c.Fade(0.9))
	default:
		l.Fill(r, 0, c.Fade(fill))
		if whole {
			l.Frame(r, 0, w, c)
		} else {
			v.dashed(l, r, c.Fade(0.7))
		}
	}
}

// disc draws a round zone. One that is far larger than the picture fills it.
func (v *View) disc(l *draw.List, z *ground.Zone, e *eye, fill, c draw.Color, w float32, whole bool) {
	m, n := e.at(z.Low), float32(z.Radius)*e.scale
	if n > 20*(e.r.W+e.r.H) {
		if z.Has(&ground.Body{At: e.frame.Center()}) {
			l.Fill(e.r, 0, fill)
		}
		return
	}
	if !(draw.Rect{X: m.X - n, Y: m.Y - n, W: 2 * n, H: 2 * n}).Overlaps(e.r) {
		return
	}
	l.Disc(m, n, fill)
	if whole {
		l.Ring(m, n, w, c)
		return
	}
	dashes := max(8, min(72, int(2*math.Pi*n/v.pt(12))))
	for i := range dashes {
		from := 2 * math.Pi * float32(i) / float32(dashes)
		l.Arc(m, n, w, from, from+math.Pi/float32(dashes), c.Fade(0.7))
	}
}

// fieldNames writes what zones are called, and what is there.
func (v *View) fieldNames(l *draw.List, s *side, e *eye) {
	style := v.style(caption)
	for worst := len(scene.Severities) - 1; worst >= 0; worst-- {
		for i := range s.ground.Zones {
			z := &s.ground.Zones[i]
			if !z.Here || z.Severity != worst {
				continue
			}
			text := z.Name
			if z.Hazard >= 0 && z.Hazard < len(s.header().Hazards) {
				text += ": " + s.header().Hazards[z.Hazard].Name
				if z.Occupied {
					text = s.header().Hazards[z.Hazard].Name + ": " + scene.Severities[z.Severity]
				}
			}
			v.fieldName(l, z, e, style, text)
		}
	}
}

// fieldName writes the name of a zone that is large enough for it, along its upper or its
// lower border.
func (v *View) fieldName(l *draw.List, z *ground.Zone, e *eye, style draw.Style, text string) {
	r := e.rect(z.Low, z.High)
	if z.Radius > 0 {
		m, n := e.at(z.Low), float32(z.Radius)*e.scale
		r = draw.Rect{X: m.X - n, Y: m.Y - n, W: 2 * n, H: 2 * n}
	}
	if r = r.Intersect(e.r); r.W < 0 || r.H < 0 || max(r.W, r.H) < v.pt(26) {
		return
	}
	c, _ := v.fieldInk(z)
	if c == v.theme.Faint {
		c = v.theme.Soft
	}
	w, h := style.Width(text)+v.pt(4), style.Height()
	within := draw.Rect{X: round(r.Center().X - w/2), Y: round(r.Y + v.pt(5)), W: w, H: h}
	if z.Radius == 0 && r.H > 4*h && r.W > w+v.pt(8) && v.pill(l, within, e.r, style, c, text) {
		return
	}
	v.nameBeside(l, r, e.r, style, c, text)
}
