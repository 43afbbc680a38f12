package view

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// tree is the causes of the violation that is explained, or nil.
func (v *View) tree() *trace.Tree {
	r := v.main().trace().Result
	if r == nil || v.panel.broken < 0 || v.panel.broken >= len(r.Invariants) {
		return nil
	}
	return r.Invariants[v.panel.broken].Causes
}

// chain is the way from a root to the violation, as it went in time.
func (v *View) chain() (links []*trace.Link) {
	t := v.tree()
	if t == nil || len(t.Links) == 0 {
		return nil
	}
	at := 0
	if len(t.Roots) > 0 {
		at = t.Roots[min(v.panel.root, len(t.Roots)-1)][1]
	}
	for at >= 0 && at < len(t.Links) && len(links) < 100 {
		links = append(links, &t.Links[at])
		if next := t.Links[at].Effect; next < at {
			at = next
		} else {
			break
		}
	}
	return links
}

// linkDevice is the device of a link, or -1.
func (s *side) linkDevice(c *trace.Link) int {
	if c.Cell >= 0 && c.Cell < s.trace().Cells() {
		return s.deviceOf(c.Cell)
	}
	for _, name := range []string{c.Who, c.True, c.Signal} {
		id, _, _ := strings.Cut(name, ".")
		id, _, _ = strings.Cut(id, "[")
		if d, ok := s.names[id]; ok {
			return d
		}
	}
	if c.Step >= 0 && c.Step < len(s.header().Steps) {
		if d, ok := s.names[s.header().Steps[c.Step].From]; ok {
			return d
		}
	}
	return -1
}

// whyList draws the violations to choose from, and the chain of causes of one.
func (v *View) whyList(l *draw.List, r draw.Rect) {
	t := v.tree()
	y := v.scrolled(l, r)
	line := func(h float32) draw.Rect {
		row := draw.Rect{X: r.X, Y: y, W: r.W - v.pt(6), H: v.pt(h)}
		y += v.pt(h)
		return row
	}
	v.left(l, line(20), label, v.theme.Faint, "VIOLATED")
	v.brokenOnes(l, r, line)
	if t == nil {
		v.left(l, line(30), body, v.theme.Soft, "Nothing is explained: no invariant was violated")
		v.listed(l, r, y)
		return
	}
	line(6)
	head := line(24)
	v.left(l, head, label, v.theme.Faint, fmt.Sprintf("CHAIN %d OF %d, FROM ITS ROOT", min(v.panel.root+1, max(1, len(t.Roots))), max(1, len(t.Roots))))
	if len(t.Roots) > 1 {
		next, _ := head.CutRight(v.pt(56))
		v.button(l, next, "Next", false, func(v *View, _ int) { v.nextRoot(1) }, 0)
	}
	line(4)
	chain := v.chain()
	for i, c := range chain {
		v.link(l, r, line, c, i, i == len(chain)-1)
	}
	v.listed(l, r, y)
}

// nextRoot shows another chain.
func (v *View) nextRoot(by int) {
	if t := v.tree(); t != nil && len(t.Roots) > 0 {
		v.panel.root = (v.panel.root + by + len(t.Roots)) % len(t.Roots)
		v.panel.step = 0
	}
}

// nextBroken explains another invariant that was violated.
func (v *View) nextBroken(by int) {
	v.panel.tab = whyTab
	r := v.main().trace().Result
	if r == nil {
		v.tell("Nothing is explained: the trace has no result")
		return
	}
	n, from := min(len(r.Invariants), len(v.main().header().Invariants)), v.panel.broken
	if from < 0 && by < 0 {
		from = 0
	}
	for i := 1; i <= n; i++ {
		k := ((from+by*i)%n + n) % n
		if r.Invariants[k].Verdict == "violated" {
			v.explain(k)
			return
		}
	}
	v.tell("No invariant was violated")
}

// explain shows why an invariant was violated, and goes to where it was.
func (v *View) explain(n int) {
	v.panel.broken, v.panel.root, v.panel.step, v.panel.reveal = n, 0, 0, true
	v.toViolation(n)
}

// brokenOnes draws a row for each invariant that was violated.
func (v *View) brokenOnes(l *draw.List, list draw.Rect, line func(h float32) draw.Rect) {
	result := v.main().trace().Result
	if result == nil {
		return
	}
	for i := range result.Invariants[:min(len(result.Invariants), len(v.main().header().Invariants))] {
		x := &result.Invariants[i]
		if x.Verdict != "violated" {
			continue
		}
		row := line(22)
		if !v.row(l, list, row, i == v.panel.broken, (*View).explain, i) {
			continue
		}
		in := row.InsetXY(v.pt(10), 0)
		if x.At != nil {
			used := v.right(l, in, number, v.theme.Soft, x.At.Short())
			_, in = in.CutRight(used + v.pt(8))
		}
		v.left(l, in, body, v.theme.Violated, v.main().header().Invariants[i].Name)
	}
}

// toViolation goes to where an invariant is violated.
func (v *View) toViolation(n int) {
	if at := v.main().trace().Result.Invariants[n].At; at != nil {
		v.player.Playing = false
		v.Seek(*at)
	}
}

// link draws a cause, and the arrow to its effect.
func (v *View) link(l *draw.List, list draw.Rect, line func(h float32) draw.Rect, c *trace.Link, i int, last bool) {
	s := v.style(body)
	text := v.main().linkText(c)
	width := list.W - v.pt(44)
	n := wrapped(s, text, width, 4, func(int, string) {})
	row := line(22 + 15*float32(n))
	if !v.row(l, list, row, i == v.panel.step, chooseLink, i) {
		return
	}
	x := row.X + v.pt(15)
	ink := v.theme.Soft
	if c.Step >= 0 && c.Step < len(v.main().header().Steps) {
		ink = v.ink(v.main().header().Steps[c.Step].Kind)
	}
	if last {
		ink = v.theme.Violated
	}
	l.Disc(draw.Point{X: x, Y: row.Y + v.pt(12)}, v.pt(5), ink)
	if !last {
		l.Fill(draw.Rect{X: x - v.pt(1), Y: row.Y + v.pt(18), W: v.pt(2), H: row.H - v.pt(16)}, 0, v.theme.Border)
		tip := row.Bottom() + v.pt(5)
		l.Polygon(v.theme.Border, draw.Point{X: x - v.pt(5), Y: tip - v.pt(6)}, draw.Point{X: x + v.pt(5), Y: tip - v.pt(6)}, draw.Point{X: x, Y: tip})
	}
	in := draw.Rect{X: row.X + v.pt(28), Y: row.Y + v.pt(3), W: width, H: v.pt(16)}
	used := v.left(l, in, number, v.theme.Soft, c.At.Short())
	_, after := in.CutLeft(used + v.pt(8))
	v.left(l, after, caption, v.theme.Faint, c.Kind)
	wrapped(s, text, width, 4, func(i int, line string) {
		l.Text(draw.Point{X: round(in.X), Y: round(in.Bottom() + v.pt(11) + float32(i)*v.pt(15))}, s, v.theme.Text, line)
	})
}

// linkText puts a cause into words.
func (s *side) linkText(c *trace.Link) string {
	var b strings.Builder
	if c.Step >= 0 && c.Step < len(s.header().Steps) {
		x := &s.header().Steps[c.Step]
		fmt.Fprintf(&b, "%s %s: %s. ", capital(x.Kind), x.Name, x.Summary)
	}
	if c.Signal != "" {
		b.WriteString(c.Signal)
		if c.Value != nil && c.Cell >= 0 && c.Cell < s.trace().Cells() {
			b.WriteString(" was " + scene.Show(s.trace().KindOf(c.Cell), *c.Value))
		}
	} else if c.Who != "" {
		b.WriteString(c.Who)
	}
	switch {
	case c.Claimed != "" && c.True != "" && c.Claimed != c.True:
		fmt.Fprintf(&b, ", sent by %s in the name of %s", c.True, c.Claimed)
	case c.True != "":
		fmt.Fprintf(&b, ", sent by %s", c.True)
	}
	if c.Check != "" {
		fmt.Fprintf(&b, ", check %s", c.Check)
	}
	if c.Owner != "" {
		fmt.Fprintf(&b, "; answered for by %s", c.Owner)
	}
	if b.Len() == 0 {
		return c.Kind
	}
	return b.String()
}

func capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func chooseLink(v *View, n int) {
	chain := v.chain()
	if n < 0 || n >= len(chain) {
		return
	}
	v.panel.step = n
	v.player.Playing = false
	v.Seek(chain[n].At)
	if d := v.main().linkDevice(chain[n]); d >= 0 {
		v.chosen = d
	}
}
