package view

import (
	"strings"

	"github.com/harmproof/harmproof/viz/draw"
)

// style is a style of the type scale in pixels.
func (v *View) style(s draw.Style) draw.Style {
	s.Size *= v.frame.points
	return s
}

// middle is where the letters of a line stand in the middle of a rectangle.
func middle(r draw.Rect, s draw.Style) float32 { return round(s.Base(r.Y + r.H/2)) }

// left writes a line at the left of a rectangle, as much as there is room for. It returns
// how wide it is.
func (v *View) left(l *draw.List, r draw.Rect, s draw.Style, c draw.Color, text string) float32 {
	s = v.style(s)
	text = fit(s, text, r.W)
	l.Text(draw.Point{X: round(r.X), Y: middle(r, s)}, s, c, text)
	return s.Width(text)
}

// small is a style that is no larger than what a plan has room for, at its scale.
func (v *View) small(s draw.Style, room float32) (draw.Style, bool) {
	s.Size = min(s.Size, room*0.86/v.frame.points)
	return s, s.Size*v.frame.points >= leastLetter
}

// fitting is a style in which a text has room, as far as it is still read; it reports
// whether it is.
func (v *View) fitting(s draw.Style, r draw.Rect, text string) (draw.Style, bool) {
	s.Size = min(s.Size, r.H*0.86/v.frame.points)
	pixels := s.Size * v.frame.points
	if pixels < readable {
		return s, false
	}
	if w := v.style(s).Width(text); w > r.W {
		s.Size = max(readable, 0.98*pixels*r.W/w) / v.frame.points
	}
	return s, true
}

// readable is the size that names of devices are not smaller than, in pixels.
const readable = 7.5

// leastLetter is the size below which letters are not drawn, in pixels.
const leastLetter = 6.5

// right writes a line at the right of a rectangle.
func (v *View) right(l *draw.List, r draw.Rect, s draw.Style, c draw.Color, text string) float32 {
	s = v.style(s)
	text = fit(s, text, r.W)
	w := s.Width(text)
	l.Text(draw.Point{X: round(r.Right() - w), Y: middle(r, s)}, s, c, text)
	return w
}

// center writes a line in the middle of a rectangle.
func (v *View) center(l *draw.List, r draw.Rect, s draw.Style, c draw.Color, text string) {
	s = v.style(s)
	text = fit(s, text, r.W)
	l.Text(draw.Point{X: round(r.X + (r.W-s.Width(text))/2), Y: middle(r, s)}, s, c, text)
}

// fit shortens a text to a width.
func fit(s draw.Style, text string, width float32) string {
	if s.Width(text) <= width {
		return text
	}
	cut := strings.TrimRight(text[:s.Fit(text, width-s.Width("…"))], " ")
	if cut == "" {
		return ""
	}
	return cut + "…"
}

// wrapped calls for each line of a text that is broken to a width, most of them; the last
// one is shortened where there is more. It returns how many there are.
func wrapped(s draw.Style, text string, width float32, most int, tell func(i int, line string)) int {
	lines := 0
	for text != "" && lines < most {
		line, rest := text, ""
		if lines < most-1 {
			line, rest = broken(s, text, width)
		}
		tell(lines, fit(s, line, width))
		text = rest
		lines++
	}
	return lines
}

// broken breaks the first line off a text.
func broken(s draw.Style, text string, width float32) (line, rest string) {
	if s.Width(text) <= width {
		return text, ""
	}
	end := max(1, s.Fit(text, width))
	if blank := strings.LastIndexByte(text[:end], ' '); blank > 0 && text[end] != ' ' {
		end = blank
	}
	return text[:end], strings.TrimLeft(text[end:], " ")
}
