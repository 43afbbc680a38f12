package view

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// timeline draws transport, time axis, lanes and plots.
func (v *View) timeline(l *draw.List) {
	r := v.frame.timeline
	l.Fill(r, 0, v.theme.Panel)
	l.Fill(draw.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}, 0, v.theme.Border)
	bar, rest := r.CutTop(v.pt(40))
	v.transport(l, bar.InsetXY(v.pt(12), v.pt(7)))
	rest = rest.InsetXY(v.pt(12), v.pt(2))
	gutter, strip := rest.CutLeft(v.pt(gutterWidth))
	gutter.W -= v.pt(8)
	v.strip = strip
	axis, strip := strip.CutTop(v.pt(18))
	_, gutter = gutter.CutTop(v.pt(18))
	v.axis(l, axis)
	v.hits = append(v.hits, hit{r: v.strip, press: scrub, drag: scrubbed, wheel: zoomTime})
	height := v.pt(15)
	for lane := range scene.Lanes {
		var row, name draw.Rect
		row, strip = strip.CutTop(height)
		name, gutter = gutter.CutTop(height)
		v.left(l, name, caption, v.theme.Soft, v.main().read.Story.LaneName(lane))
		v.lane(l, lane, row.InsetXY(0, v.pt(1)))
	}
	v.graphs(l, strip, gutter)
	v.cursors(l, axis)
}

// gutterWidth is that of the names beside lanes and plots, in points.
const gutterWidth = 128

// transport draws what plays and where it is.
func (v *View) transport(l *draw.List, r draw.Rect) {
	press := func(width float32, text string, on bool, click func(v *View, n int), n int) {
		var b draw.Rect
		b, r = r.CutLeft(v.pt(width))
		v.button(l, b, text, on, click, n)
		_, r = r.CutLeft(v.pt(5))
	}
	harm := len(v.main().header().People) > 0
	if harm {
		press(58, "< Harm", false, skipInjury, -1)
	}
	press(84, "< Violation", false, skipViolation, -1)
	press(62, "< Event", false, skipEvent, -1)
	b, rest := r.CutLeft(v.pt(44))
	r = rest
	v.button(l, b, "", v.player.Playing, func(v *View, _ int) { v.player.Toggle() }, 0)
	v.playMark(l, b)
	_, r = r.CutLeft(v.pt(5))
	press(62, "Event >", false, skipEvent, 1)
	press(84, "Violation >", false, skipViolation, 1)
	if harm {
		press(58, "Harm >", false, skipInjury, 1)
	}
	_, r = r.CutLeft(v.pt(9))
	used := v.left(l, r, clock, v.theme.Text, v.player.Now.Short())
	_, r = r.CutLeft(used + v.pt(8))
	used = -v.pt(4)
	if !harm || v.marks[0] == nil || r.W > v.pt(520) { // where cursors are set they need the room
		used = v.left(l, r, caption, v.theme.Faint, "of "+v.player.To.Short())
	}
	_, r = r.CutLeft(used + v.pt(16))
	press(26, "-", false, faster, -1)
	var speed draw.Rect
	speed, r = r.CutLeft(v.pt(52))
	v.center(l, speed, number, v.theme.Text, fmt.Sprintf("%gx", v.player.Speed))
	press(26, "+", false, faster, 1)
	_, r = r.CutLeft(v.pt(9))
	press(58, "All time", v.window == v.whole(), func(v *View, _ int) { v.window = v.whole() }, 0)
	v.marked(l, r)
}

// playMark draws a triangle, or two bars.
func (v *View) playMark(l *draw.List, r draw.Rect) {
	m, n := r.Center(), v.pt(6)
	if v.player.Playing {
		l.Fill(draw.Rect{X: m.X - n, Y: m.Y - n, W: n * 0.7, H: 2 * n}, 0, v.theme.Accent)
		l.Fill(draw.Rect{X: m.X + n*0.3, Y: m.Y - n, W: n * 0.7, H: 2 * n}, 0, v.theme.Accent)
		return
	}
	l.Polygon(v.theme.Text, draw.Point{X: m.X - n*0.7, Y: m.Y - n}, draw.Point{X: m.X + n, Y: m.Y}, draw.Point{X: m.X - n*0.7, Y: m.Y + n})
}

// marked writes where the two cursors are and how far apart.
func (v *View) marked(l *draw.List, r draw.Rect) {
	text, apart := "", ""
	for i, at := range v.marks {
		if at != nil {
			text += string(rune('A'+i)) + " " + at.Short() + "   "
		}
	}
	if v.marks[0] != nil && v.marks[1] != nil {
		d := *v.marks[1] - *v.marks[0]
		sign := ""
		if d < 0 {
			d, sign = -d, "-"
		}
		apart = "B - A = " + sign + d.Short()
	}
	if v.style(number).Width(text+apart) > r.W { // the difference is what matters
		text = ""
	}
	v.right(l, r, number, v.theme.Accent, strings.TrimSpace(text+apart))
}

// whole is all of the time that there is.
func (v *View) whole() span { return span{v.player.From, max(v.player.To, v.player.From+1)} }

// axis draws the time axis. Where a cursor has its flag no time is written.
func (v *View) axis(l *draw.List, r draw.Rect) {
	step := v.window.tick(r.W / v.pt(96))
	s := v.style(caption)
	until := r.X // how far the times reach that are written
	for at := v.window.from / step * step; at <= v.window.to; at += step {
		if at < v.window.from {
			continue
		}
		x := round(v.window.x(at, r.X, r.W))
		l.Fill(draw.Rect{X: x, Y: r.Y, W: 1, H: v.strip.H}, 0, v.theme.Grid)
		text := brief(at, step)
		box := draw.Rect{X: x + v.pt(3), Y: r.Y, W: s.Width(text), H: r.H}
		if box.X >= until && box.Right() < r.Right() && !v.flagged(box.Inset(-v.pt(2)), r) {
			l.Text(draw.Point{X: box.X, Y: middle(r, s)}, s, v.theme.Faint, text)
			until = box.Right() + v.pt(6)
		}
	}
}

// flagged reports whether the flag of a cursor lies over a place of the axis.
func (v *View) flagged(box, axis draw.Rect) bool {
	for i := range v.marks {
		if flag, ok := v.flag(i, axis); ok && flag.Overlaps(box) {
			return true
		}
	}
	if now := v.window.x(v.player.Now, axis.X, axis.W); now > box.X-v.pt(3) && now < box.Right()+v.pt(3) {
		return true
	}
	return false
}

// flag is where the flag of a cursor lies: B to the left of it, so that it is seen beside A,
// unless it has no room there.
func (v *View) flag(i int, axis draw.Rect) (draw.Rect, bool) {
	at := v.marks[i]
	if at == nil || *at < v.window.from || *at > v.window.to {
		return draw.Rect{}, false
	}
	flag := draw.Rect{X: round(v.window.x(*at, axis.X, axis.W)), Y: axis.Y, W: v.pt(14), H: v.pt(14)}
	if i == 1 {
		right := flag.X
		flag.X -= flag.W
		if a, ok := v.flag(0, axis); ok && flag.X < a.Right() && right > a.X {
			flag.X = max(right, a.Right())
		}
	}
	return flag, true
}

// cursors draws now, and the marks of the reviewer.
func (v *View) cursors(l *draw.List, axis draw.Rect) {
	r := v.strip
	for i := range v.marks {
		flag, ok := v.flag(i, axis)
		if !ok {
			continue
		}
		x := round(v.window.x(*v.marks[i], r.X, r.W))
		l.Fill(draw.Rect{X: x, Y: r.Y, W: max(1, v.pt(1)), H: r.H}, 0, v.theme.Accent)
		l.Fill(flag, 0, v.theme.Accent)
		v.center(l, flag, label, v.theme.Back, string(rune('A'+i)))
	}
	if now := v.player.Now; now >= v.window.from && now <= v.window.to {
		x := round(v.window.x(now, r.X, r.W))
		l.Fill(draw.Rect{X: x - v.pt(0.5), Y: r.Y, W: max(1, v.pt(1.5)), H: r.H}, 0, v.theme.Cursor)
		n := v.pt(5)
		l.Polygon(v.theme.Cursor, draw.Point{X: x - n, Y: r.Y}, draw.Point{X: x + n, Y: r.Y}, draw.Point{X: x, Y: r.Y + n*1.4})
	}
}

func scrub(v *View, _ int) {
	v.player.Seek(v.window.at(v.in.Pointer.X, v.strip.X, v.strip.W))
}

func scrubbed(v *View, _ int, by draw.Point) {
	if v.in.Shift {
		length := v.window.length() * float64(by.X/max(1, v.strip.W))
		v.window = span{v.window.from - vtime.Time(length), v.window.to - vtime.Time(length)}.within(v.whole())
		return
	}
	scrub(v, 0)
}

func zoomTime(v *View, _ int, by draw.Point) {
	if by.X != 0 && by.Y == 0 {
		length := vtime.Time(v.window.length() * 0.05 * float64(by.X))
		v.window = span{v.window.from - length, v.window.to - length}.within(v.whole())
		return
	}
	factor := 0.8
	if by.Y < 0 {
		factor = 1.25
	}
	v.zoom(factor, v.window.at(v.in.Pointer.X, v.strip.X, v.strip.W))
}

func (v *View) zoom(factor float64, keep vtime.Time) {
	v.window = v.window.zoomed(factor, keep, v.whole())
}

// follow keeps now in the window.
func (v *View) follow() {
	if now := v.player.Now; now < v.window.from || now > v.window.to {
		tenth := vtime.Time(v.window.length() / 10)
		v.window = span{now - tenth, now - tenth + (v.window.to - v.window.from)}.within(v.whole())
	}
}

func faster(v *View, n int) { v.player.Faster(n) }

func skipEvent(v *View, n int) {
	found := v.player.NextEvent
	if n < 0 {
		found = v.player.PreviousEvent
	}
	if !found() {
		v.tell("There is no further event")
	}
	v.follow()
}

func skipInjury(v *View, n int) {
	found := v.player.NextInjury
	if n < 0 {
		found = v.player.PreviousInjury
	}
	if !found() {
		v.tell("There is no further harm to anybody")
	}
	v.follow()
}

func skipViolation(v *View, n int) {
	found := v.player.NextViolation
	if n < 0 {
		found = v.player.PreviousViolation
	}
	if !found() {
		v.tell("There is no further violation")
	}
	v.follow()
}
