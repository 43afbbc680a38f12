package view

import (
	"fmt"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/ground"
	"github.com/harmproof/harmproof/viz/scene"
)

// leastBody is how large a body is at least, in points: who is too small to be seen is
// drawn larger than to scale.
const leastBody = 9

// bodyBox is where a body is drawn.
func (v *View) bodyBox(b *ground.Body, e *eye) draw.Rect {
	r := e.rect(b.Box())
	least := v.pt(leastBody)
	if b.Length > 0 {
		least = v.pt(leastBody / 2)
	}
	if grow := least - r.W; grow > 0 {
		r.X, r.W = r.X-grow/2, least
	}
	if grow := least - r.H; grow > 0 {
		r.Y, r.H = r.Y-grow/2, least
	}
	return r
}

// body draws somebody, or a machine and who is in it.
func (v *View) body(l *draw.List, s *side, i int, e *eye) {
	b := &s.ground.Bodies[i]
	if !b.Here || b.In >= 0 {
		return
	}
	r := v.bodyBox(b, e)
	if !r.Overlaps(e.r) {
		return
	}
	v.hits = append(v.hits, hit{r: r.Intersect(e.r), n: b.Device, click: (*View).choose})
	free := !overlapsAny(r, v.ledger.boxes[:min(1, v.ledger.people)]) && !overlapsAny(r, v.ledger.boxes[v.ledger.people:])
	v.ledger.boxes = append(v.ledger.boxes, r)
	if b.Device == v.chosen {
		l.Frame(r.Inset(-v.pt(3)), v.pt(4), max(1.5, v.pt(2)), v.theme.Accent)
	}
	switch {
	case b.Person >= 0:
		v.somebody(l, r, b.Severity, free)
	case b.Length > 0:
		v.machine(l, s, i, r)
	default:
		m, n := r.Center(), min(r.W, r.H)/2
		l.Disc(m, n, v.theme.Inside)
		l.Ring(m, n, max(1.5, v.pt(2)), v.ownColor(s, b.Device))
		l.Disc(m, n*0.35, v.ownColor(s, b.Device))
	}
}

// somebody draws a person, with the number of the severity where that is read.
func (v *View) somebody(l *draw.List, r draw.Rect, severity int, free bool) {
	m, n := r.Center(), min(r.W, r.H)/2
	l.Disc(m, n+max(1, v.pt(1)), v.theme.Inside)
	l.Disc(m, n, v.theme.Severity[severity])
	if severity > 0 && n >= v.pt(5) && free {
		v.center(l, draw.Rect{X: m.X - n, Y: m.Y - n, W: 2 * n, H: 2 * n}, tiny, v.theme.Inside, string(rune('0'+severity)))
	}
}

// machine draws a vehicle, its front to the right, and who is in it.
func (v *View) machine(l *draw.List, s *side, i int, r draw.Rect) {
	b := &s.ground.Bodies[i]
	c := v.ownColor(s, b.Device)
	radius := min(r.H*0.3, r.W*0.2)
	l.Fill(r, radius, c.Mix(v.theme.Inside, 0.72))
	l.Frame(r, radius, max(1, v.pt(1.4)), c)
	l.Fill(draw.Rect{X: r.X + r.W*0.68, Y: r.Y + r.H*0.16, W: max(1, r.W*0.06), H: r.H * 0.68}, 0, c)
	n, seat := min(r.H*0.19, r.W*0.14), 0
	for k := range s.ground.Bodies {
		if x := &s.ground.Bodies[k]; x.In == i && seat < 4 {
			at := draw.Point{X: r.X + r.W*(0.5-0.3*float32(seat/2)), Y: r.Y + r.H*(0.29+0.42*float32(seat%2))}
			l.Disc(at, max(n, v.pt(1.6)), v.theme.Severity[x.Severity])
			seat++
		}
	}
}

// ownColor is the color of a machine: whose it is.
func (v *View) ownColor(s *side, d int) draw.Color {
	if x := &s.scene.Devices[d]; x.Held || x.Infected > 0 {
		return v.theme.Attack
	}
	return v.theme.Metal
}

// nameOf is the name of a body.
func (s *side) nameOf(b *ground.Body) string {
	if b.Person >= 0 && b.Person < len(s.header().People) {
		return s.header().People[b.Person].Name
	}
	d := &s.header().Devices[b.Device]
	if d.Count > 1 {
		return fmt.Sprintf("%s[%d]", d.ID, b.Member)
	}
	return d.ID
}

// bodyName is the name of a body, and how badly somebody is harmed.
func (v *View) bodyName(s *side, i int) string {
	b := &s.ground.Bodies[i]
	name := s.nameOf(b)
	if b.Severity > 0 {
		name += ": " + scene.Severities[b.Severity]
	}
	return name
}

// bodyNames writes names beside bodies, where nothing else is written: of those who are
// harmed worst first.
func (v *View) bodyNames(l *draw.List, s *side, e *eye) {
	style := v.style(caption)
	for worst := len(scene.Severities) - 1; worst >= 0; worst-- {
		for i := range s.ground.Bodies {
			b := &s.ground.Bodies[i]
			if !b.Here || b.In >= 0 || b.Severity != worst {
				continue
			}
			r := v.bodyBox(b, e)
			if !r.Overlaps(e.r) {
				continue
			}
			ink := v.theme.Text
			if worst > 0 {
				ink = v.theme.Severity[worst]
			}
			v.nameBeside(l, r, e.r, style, ink, v.bodyName(s, i))
		}
	}
}

// nameBeside writes a text above a rectangle, below it or at its sides.
func (v *View) nameBeside(l *draw.List, r, room draw.Rect, style draw.Style, ink draw.Color, text string) {
	w, h := style.Width(text)+v.pt(4), style.Height()
	m := r.Center()
	gap := v.pt(2)
	for _, at := range [...]draw.Point{
		{X: m.X - w/2, Y: r.Y - h - gap}, {X: m.X - w/2, Y: r.Bottom() + gap}, {X: r.Right() + gap, Y: m.Y - h/2}, {X: r.X - w - gap, Y: m.Y - h/2},
		{X: m.X - w/2, Y: r.Y - 2*h - gap}, {X: m.X - w/2, Y: r.Bottom() + h + gap},
	} {
		box := draw.Rect{X: round(max(room.X+v.pt(4), min(room.Right()-w-v.pt(4), at.X))), Y: round(at.Y), W: w, H: h}
		if v.pill(l, box, room, style, ink, text) {
			return
		}
	}
}

// pill writes a text on a ground of its own, where nothing else is written. It reports whether
// there was room.
func (v *View) pill(l *draw.List, box, room draw.Rect, style draw.Style, ink draw.Color, text string) bool {
	if !v.ledger.take(box, room) {
		return false
	}
	l.Fill(box, v.pt(3), v.theme.Inside.Fade(0.75))
	l.Text(draw.Point{X: round(box.X + v.pt(2)), Y: middle(box, style)}, style, ink, text)
	return true
}
