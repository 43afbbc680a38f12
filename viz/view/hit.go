package view

import "github.com/harmproof/harmproof/viz/draw"

// A hit is what the pointer can do at a place: press does something at once, drag while
// the button is held, click when it is let go; wheel turns.
type hit struct {
	r            draw.Rect
	n            int
	press, click func(v *View, n int)
	drag         func(v *View, n int, by draw.Point)
	wheel        func(v *View, n int, by draw.Point)
}

// at returns the hit at a place that can do something, the last that was drawn; or -1.
func (v *View) at(p draw.Point, can func(h *hit) bool) int {
	for i := len(v.hits) - 1; i >= 0; i-- {
		if v.hits[i].r.Contains(p) && can(&v.hits[i]) {
			return i
		}
	}
	return -1
}

// hot reports whether the pointer is over a place that can be clicked, and nothing lies
// above it.
func (v *View) hot(r draw.Rect) bool {
	return v.in.Inside && r.Contains(v.in.Pointer) && !v.help
}

// pointer does what the button and the wheel do.
func (v *View) pointer() {
	p := v.in.Pointer
	if v.in.Pressed {
		v.press(p)
	}
	if v.holding {
		v.hold(p)
	}
	if v.in.Released || !v.in.Down {
		v.holding = false
	}
	if v.in.Wheel != (draw.Point{}) {
		if i := v.at(p, func(h *hit) bool { return h.wheel != nil }); i >= 0 {
			v.hits[i].wheel(v, v.hits[i].n, v.in.Wheel)
		}
	}
}

func (v *View) press(p draw.Point) {
	i := v.at(p, func(h *hit) bool { return h.press != nil || h.click != nil || h.drag != nil })
	v.holding, v.moved, v.grip = i >= 0, false, p
	if i < 0 {
		return
	}
	v.held = v.hits[i]
	if v.held.press != nil {
		v.held.press(v, v.held.n)
	}
}

// hold drags what is held, once the pointer has gone further than a hand trembles, and
// clicks it where it is let go.
func (v *View) hold(p draw.Point) {
	by := p.Minus(v.grip)
	if far := max(by.X, -by.X) + max(by.Y, -by.Y); v.in.Down && (v.moved && far > 0 || far > v.pt(3)) {
		v.moved = true
		if v.held.drag != nil {
			v.held.drag(v, v.held.n, by)
			v.grip = p
		}
	}
	if v.in.Released && !v.moved && v.held.click != nil && v.held.r.Contains(p) {
		v.held.click(v, v.held.n)
	}
}

// button draws a button and returns its rectangle's right end.
func (v *View) button(l *draw.List, r draw.Rect, text string, on bool, click func(v *View, n int), n int) {
	back := v.theme.Raised
	switch {
	case on:
		back = v.theme.Accent.Fade(0.28)
	case v.hot(r):
		back = v.theme.Border
	}
	l.Fill(r, v.pt(4), back)
	ink := v.theme.Text
	if on {
		ink = v.theme.Accent
	}
	v.center(l, r, label, ink, text)
	v.hits = append(v.hits, hit{r: r, click: click, n: n})
}
