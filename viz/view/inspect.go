package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// inspect draws what is known of the device that is chosen: each signal as it is, beside
// it as somebody is told it.
func (v *View) inspect(l *draw.List, r draw.Rect) {
	s := v.main()
	y := v.scrolled(l, r)
	line := func(h float32) draw.Rect {
		row := draw.Rect{X: r.X, Y: y, W: r.W - v.pt(6), H: v.pt(h)}
		y += v.pt(h)
		return row
	}
	if v.chosen < 0 || v.chosen >= len(s.header().Devices) {
		v.left(l, line(30), body, v.theme.Soft, "Choose a device: click it, or press D")
		v.listed(l, r, y)
		return
	}
	x := &s.header().Devices[v.chosen]
	v.left(l, line(24), title, v.theme.Text, strings.Trim(x.Tag+"  "+x.ID, " "))
	v.left(l, line(18), caption, v.theme.Soft, s.about(v.chosen))
	for _, x := range v.troubles(v.chosen) {
		v.left(l, line(20), strong, x.ink, x.text)
	}
	line(4)
	if len(s.cells[v.chosen]) == 0 {
		v.left(l, line(20), body, v.theme.Faint, "It has no signals")
		v.listed(l, r, y)
		return
	}
	head := line(20)
	cols := v.columns(head)
	v.left(l, cols[0], label, v.theme.Faint, "SIGNAL")
	v.right(l, cols[1], label, v.theme.True, "TRUE")
	v.right(l, cols[2], label, v.theme.Told, "AS TOLD")
	for i, cell := range s.cells[v.chosen] {
		v.signal(l, r, line(22), cell, i)
	}
	v.listed(l, r, y)
}

// columns are those of the table of signals.
func (v *View) columns(row draw.Rect) (c [3]draw.Rect) {
	_, row = row.InsetXY(v.pt(8), 0).CutLeft(v.pt(12))
	c[0], row = row.CutLeft(row.W * 0.42)
	c[1], row = row.CutLeft(row.W / 2)
	c[2] = row
	return c
}

// signal draws a row of the table.
func (v *View) signal(l *draw.List, list, row draw.Rect, cell, i int) {
	s := v.main()
	click := func(v *View, n int) { v.panel.signal = i; v.plot(n) }
	if !v.row(l, list, row, v.panel.signal == i, click, cell) {
		return
	}
	if slices.Contains(v.plots, cell) {
		m := draw.Rect{X: row.X + v.pt(3), Y: row.Y, W: v.pt(14), H: row.H}.Center()
		l.Line(max(1, v.pt(1.6)), v.theme.Accent, draw.Point{X: m.X - v.pt(5), Y: m.Y + v.pt(3)}, draw.Point{X: m.X - v.pt(1), Y: m.Y - v.pt(3)},
			draw.Point{X: m.X + v.pt(2), Y: m.Y + v.pt(1)}, draw.Point{X: m.X + v.pt(5), Y: m.Y - v.pt(4)})
	}
	t := s.trace()
	kind := t.KindOf(cell)
	cols := v.columns(row)
	name := strings.TrimPrefix(strings.TrimPrefix(t.Path(cell), s.header().Devices[v.chosen].ID), ".")
	v.left(l, cols[0], body, v.theme.Text, name)
	is, told, ok := cell, 0, false
	if source, heard := s.source[cell]; heard {
		is, told, ok = source, cell, true
	} else {
		told, ok = s.told[cell]
	}
	v.right(l, cols[1], number, v.theme.Text, scene.Show(t.KindOf(is), s.scene.Values[is]))
	if ok {
		ink := v.theme.Soft
		if s.lies(is, told) {
			ink = v.theme.Told
		}
		v.right(l, cols[2], number, ink, scene.Show(kind, s.scene.Values[told]))
	}
}

// lies reports whether what is told of a cell is false now.
func (s *side) lies(cell, told int) bool {
	for i := range s.scene.False {
		if x := &s.scene.False[i]; x.Told == told || x.Source == cell {
			return true
		}
	}
	return false
}

// about says what a device is.
func (s *side) about(d int) string {
	x := &s.header().Devices[d]
	parts := []string{x.Kind}
	if x.Count > 1 {
		parts = append(parts, fmt.Sprintf("%d of them", x.Count))
	}
	if x.Owner != "" {
		parts = append(parts, "answered for by "+x.Owner)
	}
	for _, z := range x.Zones {
		if z >= 0 && z < len(s.header().Zones) {
			parts = append(parts, "zone "+s.header().Zones[z].Name)
		}
	}
	return strings.Join(parts, " · ")
}

// A trouble is something that has become of a device.
type trouble struct {
	text string
	ink  draw.Color
}

// troubles says what has become of a device.
func (v *View) troubles(d int) (list []trouble) {
	add := func(ink draw.Color, text string) { list = append(list, trouble{text, ink}) }
	s := v.main()
	x := &s.scene.Devices[d]
	if x.Held {
		add(v.theme.Attack, "An attacker acts from it")
	}
	if x.Infected > 0 {
		add(v.theme.Attack, fmt.Sprintf("Malware is on %d of %d", x.Infected, max(1, x.Hosts)))
	}
	if x.Step >= 0 {
		add(v.ink(s.header().Steps[x.Step].Kind), s.header().Steps[x.Step].Name+" is in force: "+s.header().Steps[x.Step].Summary)
	}
	if x.Deceived {
		add(v.theme.Told, "It is told what is not so")
	}
	if x.Lies {
		add(v.theme.Told, "Others are told otherwise of it")
	}
	return list
}
