package view

import (
	"github.com/harmproof/harmproof/viz/draw"
)

// conduit draws a conduit, with a wall where it has rules or lets pass one way only.
func (v *View) conduit(l *draw.List, s *side, i int, view lens) {
	t := &s.plan.Conduits[i]
	box, ok := v.conduitBox(s, i, view)
	if !ok {
		return
	}
	v.route(l, t, view, max(2, view.scale*5), v.theme.Border)
	ink, heavy := v.load(s, t.Index)
	inner := max(1, view.scale*2)
	if heavy {
		inner = max(2, view.scale*4)
	}
	v.route(l, t, view, inner, ink)
	c := &s.header().Conduits[t.Index]
	switch {
	case c.OneWay:
		v.diode(l, box)
	case len(c.Rules) > 0:
		v.wall(l, box)
	default:
		l.Disc(box.Center(), box.W*0.2, ink)
	}
}

// conduitBox is where the mark of a conduit lies: in the middle of its way.
func (v *View) conduitBox(s *side, i int, view lens) (draw.Rect, bool) {
	t := &s.plan.Conduits[i]
	if len(t.Points) < 2 || t.Index < 0 || t.Index >= len(s.header().Conduits) {
		return draw.Rect{}, false
	}
	at := along(v.points(t, view), 0.5)
	size := max(v.pt(7), view.scale*11)
	return draw.Rect{X: at.X - size, Y: at.Y - size*0.75, W: 2 * size, H: size * 1.5}, true
}

// A conduitName is where the name of a conduit has room.
type conduitName struct {
	at    draw.Rect
	text  string
	found bool
}

// conduitNames keeps where names are, as long as the plant does not move.
type conduitNames struct {
	view  lens
	room  draw.Rect
	names []conduitName
}

// The most conduits whose names are written, and how near to something a name may be.
const (
	mostNames = 100
	nameGap   = 2
)

// conduitNames writes the names of conduits where nothing else is; one that has no room
// is told where the pointer is over it.
func (v *View) conduitNames(l *draw.List, s *side, view lens, r draw.Rect) {
	style, ok := v.small(caption, view.scale*24)
	if !ok || len(s.plan.Conduits) > mostNames {
		return
	}
	if k := &s.conduits; k.view != view || k.room != r || len(k.names) != len(s.plan.Conduits) {
		*k = conduitNames{view, r, v.settle(s, view, r, style)}
	}
	for i := range s.conduits.names {
		if x := &s.conduits.names[i]; x.found {
			ink, _ := v.load(s, s.plan.Conduits[i].Index)
			v.left(l, x.at, style, ink, x.text)
		}
	}
}

// settle finds room for the names of all conduits.
func (v *View) settle(s *side, view lens, r draw.Rect, style draw.Style) []conduitName {
	taken := v.taken(s, view)
	names := make([]conduitName, len(s.plan.Conduits))
	told := map[int]bool{}
	for i := range names {
		box, ok := v.conduitBox(s, i, view)
		if index := s.plan.Conduits[i].Index; !ok || told[index] {
			continue
		} else {
			names[i].text = s.conduitName(index)
			told[index] = true
		}
		full := v.style(style)
		w, h := min(full.Width(names[i].text), v.pt(140))+1, full.Height()
		names[i].at, names[i].found = free(v.beside(s, i, view, box, w, h), taken, r)
		if names[i].found {
			taken = append(taken, names[i].at)
		}
	}
	return names
}

// taken are the places where nothing may be written: areas, and lines between them.
func (v *View) taken(s *side, view lens) (list []draw.Rect) {
	for i := range s.plan.Areas {
		a := &s.plan.Areas[i]
		list = append(list, view.rect(a.X, a.Y, a.W, a.H))
	}
	for i := range s.plan.Conduits {
		if box, ok := v.conduitBox(s, i, view); ok {
			list = append(list, box)
		}
		list = append(list, lines(v.points(&s.plan.Conduits[i], view))...)
	}
	for i := range s.plan.Wires {
		list = append(list, lines(v.points(&s.plan.Wires[i], view))...)
	}
	for i := range s.plan.Ties {
		list = append(list, lines(v.points(&s.plan.Ties[i], view))...)
	}
	return list
}

// lines are the boxes around the pieces of a way.
func lines(way []draw.Point) (list []draw.Rect) {
	for i := 1; i < len(way); i++ {
		a, b := way[i-1], way[i]
		r := draw.Rect{X: min(a.X, b.X), Y: min(a.Y, b.Y), W: max(a.X, b.X) - min(a.X, b.X), H: max(a.Y, b.Y) - min(a.Y, b.Y)}
		list = append(list, r.Inset(-1))
	}
	return list
}

// beside lists where the name of a conduit could be: beside its mark, above and below it,
// then along its way.
func (v *View) beside(s *side, i int, view lens, box draw.Rect, w, h float32) (list []draw.Rect) {
	gap := v.pt(4)
	m := box.Center()
	list = append(list,
		draw.Rect{X: box.Right() + gap, Y: m.Y - h/2, W: w, H: h}, draw.Rect{X: box.X - gap - w, Y: m.Y - h/2, W: w, H: h},
		draw.Rect{X: m.X - w/2, Y: box.Y - h - gap/2, W: w, H: h}, draw.Rect{X: m.X - w/2, Y: box.Bottom() + gap/2, W: w, H: h})
	way := v.points(&s.plan.Conduits[i], view)
	for _, part := range [...]float32{0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9} {
		p := along(way, part)
		for _, dy := range [...]float32{-h - gap, gap} {
			for _, dx := range [...]float32{gap, -w - gap, -w / 2} {
				list = append(list, draw.Rect{X: p.X + dx, Y: p.Y + dy, W: w, H: h})
			}
		}
		list = append(list, draw.Rect{X: p.X + gap, Y: p.Y - h/2, W: w, H: h}, draw.Rect{X: p.X - gap - w, Y: p.Y - h/2, W: w, H: h})
	}
	return list
}

// free returns the first place where nothing is, within a room.
func free(places, taken []draw.Rect, room draw.Rect) (draw.Rect, bool) {
	for _, p := range places {
		if p.X < room.X || p.Y < room.Y || p.Right() > room.Right() || p.Bottom() > room.Bottom() {
			continue
		}
		if around := p.Inset(-nameGap); !overlapsAny(around, taken) {
			return p, true
		}
	}
	return draw.Rect{}, false
}

func overlapsAny(r draw.Rect, list []draw.Rect) bool {
	for i := range list {
		if r.Overlaps(list[i]) {
			return true
		}
	}
	return false
}

// wall draws a firewall: bricks.
func (v *View) wall(l *draw.List, r draw.Rect) {
	l.Fill(r, v.pt(2), v.theme.Raised)
	l.Frame(r, v.pt(2), max(1, v.pt(1.2)), v.theme.Warning)
	w := max(1, v.pt(1))
	for i := 1; i < 3; i++ {
		y := r.Y + r.H*float32(i)/3
		l.Line(w, v.theme.Warning, draw.Point{X: r.X, Y: y}, draw.Point{X: r.Right(), Y: y})
	}
	for i := range 3 {
		x := r.X + r.W*(0.3+0.4*float32(i%2))
		l.Line(w, v.theme.Warning, draw.Point{X: x, Y: r.Y + r.H*float32(i)/3}, draw.Point{X: x, Y: r.Y + r.H*float32(i+1)/3})
	}
}

// diode draws a conduit that lets pass one way only.
func (v *View) diode(l *draw.List, r draw.Rect) {
	l.Fill(r, v.pt(2), v.theme.Raised)
	l.Frame(r, v.pt(2), max(1, v.pt(1.2)), v.theme.Check)
	in := r.Inset(r.H * 0.2)
	l.Polygon(v.theme.Check, draw.Point{X: in.X, Y: in.Y}, draw.Point{X: in.Right() - in.W*0.2, Y: in.Y + in.H/2}, draw.Point{X: in.X, Y: in.Bottom()})
	l.Fill(draw.Rect{X: in.Right() - in.W*0.2, Y: in.Y, W: max(1, v.pt(1.5)), H: in.H}, 0, v.theme.Check)
}
