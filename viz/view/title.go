package view

import (
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/layout"
)

// titleRoom is how high the line of a zone's name is, in lengths of the plan.
const titleRoom = 26

// titleBox is where the name of a zone is written.
func (v *View) titleBox(a *layout.Area, view lens) draw.Rect {
	r := view.rect(a.X, a.Y, a.W, titleRoom)
	inset := min(v.pt(10), view.scale*15)
	return draw.Rect{X: r.X + inset, Y: r.Y + view.scale*2, W: r.W - 2*inset, H: r.H}
}

// title writes the name of a zone, and its level where it has room before the first line
// that crosses it.
func (v *View) title(l *draw.List, s *side, i int, view lens) {
	a := &s.plan.Areas[i]
	r := v.titleBox(a, view)
	name, ok := v.small(label, r.H)
	if !ok {
		return
	}
	room := v.lettering(s, view).clear[i]
	if w := v.style(name).Width(a.Name); w > room {
		name.Size = max(min(name.Size, readable/v.frame.points), name.Size*room/w)
	}
	used := v.left(l, r, name, v.theme.Soft, a.Name) + v.pt(8)
	level := "level " + a.Level
	name.Font = draw.Regular
	if a.Level != "" && used+v.style(name).Width(level) <= room {
		_, r = r.CutLeft(used)
		v.left(l, r, name, v.theme.Faint, level)
	}
}

// clearance is how much of the line of each zone's name no wire crosses.
func (v *View) clearance(s *side, view lens) (list []float32) {
	var all []draw.Rect
	for i := range s.plan.Wires {
		all = append(all, lines(v.points(&s.plan.Wires[i], view))...)
	}
	for i := range s.plan.Ties {
		all = append(all, lines(v.points(&s.plan.Ties[i], view))...)
	}
	for i := range s.plan.Areas {
		r := v.titleBox(&s.plan.Areas[i], view)
		for _, x := range all {
			if x.Overlaps(r) {
				r.W = max(0, x.X-v.pt(2)-r.X)
			}
		}
		list = append(list, r.W)
	}
	return list
}
