package view

import (
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// A difference is where two traces part: the first line of their stories that is not the
// same, or a signal that is.
type difference struct {
	found bool
	at    vtime.Time
	text  [2]string
	lines [2]int // of the stories, when it was sought
}

// compare seeks the first difference of two traces.
func (v *View) compare() {
	if len(v.sides) != 2 {
		return
	}
	a, b := v.sides[0].read.Story, v.sides[1].read.Story
	if d := v.differ; d != nil && (d.found || d.lines == [2]int{len(a.Lines), len(b.Lines)}) {
		return
	}
	d := &difference{lines: [2]int{len(a.Lines), len(b.Lines)}}
	v.differ = d
	for i := 0; i < len(a.Lines) || i < len(b.Lines); i++ {
		switch {
		case i >= len(a.Lines):
			if !a.Done() {
				return
			}
			d.set(b.Lines[i].At, "nothing", b.Lines[i].Text)
		case i >= len(b.Lines):
			if !b.Done() {
				return
			}
			d.set(a.Lines[i].At, a.Lines[i].Text, "nothing")
		case !same(&a.Lines[i], &b.Lines[i]):
			d.set(min(a.Lines[i].At, b.Lines[i].At), a.Lines[i].Text, b.Lines[i].Text)
		default:
			continue
		}
		return
	}
}

func (d *difference) set(at vtime.Time, a, b string) {
	d.found, d.at, d.text = true, at, [2]string{a, b}
}

// same reports whether two lines tell the same.
func same(a, b *scene.Line) bool { return a.At == b.At && a.Text == b.Text && a.Detail == b.Detail }

// message draws the difference of two traces in the place of the caption.
func (v *View) message(l *draw.List, r draw.Rect) {
	if v.differ == nil {
		return
	}
	if !v.differ.found {
		v.left(l, r, body, v.theme.Soft, "No difference was found in what happened")
		return
	}
	b, rest := r.CutLeft(v.pt(150))
	v.button(l, b, "First difference", v.player.Now == v.differ.at, func(v *View, _ int) { v.toDifference() }, 0)
	_, rest = rest.CutLeft(v.pt(10))
	used := v.left(l, rest, number, v.theme.Told, v.differ.at.Short())
	_, rest = rest.CutLeft(used + v.pt(10))
	top, low := rest.CutTop(rest.H / 2)
	v.left(l, top, caption, v.theme.Series[0], "A: "+v.differ.text[0])
	v.left(l, low, caption, v.theme.Series[1], "B: "+v.differ.text[1])
}
