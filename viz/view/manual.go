package view

import (
	"github.com/harmproof/harmproof/viz/draw"
)

// manual draws the page of help.
func (v *View) manual(l *draw.List) {
	l.Fill(v.frame.all, 0, v.theme.Shade)
	w, h := min(v.pt(860), v.frame.all.W-v.pt(40)), min(v.pt(560), v.frame.all.H-v.pt(40))
	r := draw.Rect{X: round((v.frame.all.W - w) / 2), Y: round((v.frame.all.H - h) / 2), W: w, H: h}
	l.Fill(r, v.pt(10), v.theme.Panel)
	l.Frame(r, v.pt(10), max(1, v.pt(1)), v.theme.Border)
	v.hits = append(v.hits, hit{r: v.frame.all, click: func(v *View, _ int) { v.help = false }})
	in := r.Inset(v.pt(22))
	head, in := in.CutTop(v.pt(30))
	v.left(l, head, title, v.theme.Text, "Keys")
	foot, in := in.CutBottom(v.pt(104))
	cols := [2]draw.Rect{}
	cols[0], cols[1] = in.CutLeft(in.W / 2)
	n, rows := 0, (shown()+1)/2
	for i := range commands {
		c := &commands[i]
		if c.shown == "" {
			continue
		}
		col := &cols[n/rows]
		n++
		var row draw.Rect
		row, *col = col.CutTop(in.H / float32(rows))
		key, what := row.CutLeft(v.pt(96))
		v.left(l, key, label, v.theme.Accent, c.shown)
		v.left(l, what, body, v.theme.Text, c.about)
	}
	v.legend(l, foot)
}

// shown is how many lines the page of help has.
func shown() (n int) {
	for i := range commands {
		if commands[i].shown != "" {
			n++
		}
	}
	return n
}

// legend says what the marks of the picture mean.
func (v *View) legend(l *draw.List, r draw.Rect) {
	l.Fill(draw.Rect{X: r.X, Y: r.Y + v.pt(6), W: r.W, H: 1}, 0, v.theme.Border)
	_, r = r.CutTop(v.pt(14))
	entries := [...]struct {
		c    draw.Color
		text string
	}{
		{v.theme.Attack, "in an attacker's hands, forged, malware"}, {v.theme.Told, "told otherwise than it is"}, {v.theme.Violated, "violated, stopped on its way"},
		{v.theme.Message, "message on its way"}, {v.theme.Check, "a check that reacted, a diode"}, {v.theme.Warning, "a wall: conduit with rules"},
	}
	w := r.W / 3
	for i := range entries {
		cell := draw.Rect{X: r.X + float32(i%3)*w, Y: r.Y + float32(i/3)*v.pt(22), W: w - v.pt(10), H: v.pt(20)}
		l.Fill(draw.Rect{X: cell.X, Y: cell.Y + v.pt(4), W: v.pt(12), H: v.pt(12)}, v.pt(3), entries[i].c)
		_, cell = cell.CutLeft(v.pt(20))
		v.left(l, cell, caption, v.theme.Soft, entries[i].text)
	}
	harm, scale := draw.Rect{X: r.X, Y: r.Y + v.pt(46), W: r.W, H: v.pt(18)}.CutLeft(v.pt(90))
	v.left(l, harm, caption, v.theme.Soft, "how harmed:")
	v.severities(l, scale)
	last := draw.Rect{X: r.X, Y: r.Y + v.pt(68), W: r.W, H: v.pt(18)}
	v.left(l, last, caption, v.theme.Faint, "Pointer: drag in the timeline to scrub, Shift drag to move it, wheel to zoom; wheel and drag in the plant; click a signal to plot it.")
}
