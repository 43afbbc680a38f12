package view

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// top draws what is replayed, and how it ended.
func (v *View) top(l *draw.List) {
	r := v.frame.top
	l.Fill(r, 0, v.theme.Panel)
	l.Fill(draw.Rect{X: r.X, Y: r.Bottom() - 1, W: r.W, H: 1}, 0, v.theme.Border)
	r = r.InsetXY(v.pt(12), v.pt(9))
	tool := func(width float32, text string, on bool, click func(v *View, n int)) {
		var b draw.Rect
		b, r = r.CutRight(v.pt(width))
		v.button(l, b, text, on, click, 0)
		_, r = r.CutRight(v.pt(6))
	}
	tool(26, "?", v.help, func(v *View, _ int) { v.help = !v.help })
	tool(52, v.other(), false, func(v *View, _ int) { v.turn() })
	tool(112, "As it is told", v.told, func(v *View, _ int) { v.told = !v.told })
	_, r = r.CutRight(v.pt(8))
	if len(v.sides) == 2 {
		v.rivals(l, r)
		return
	}
	s := v.main()
	text, ink := verdict(s, v)
	w := v.style(label).Width(text) + v.pt(20)
	var chip draw.Rect
	chip, r = r.CutRight(w)
	l.Fill(chip, v.pt(13), ink.Fade(0.18))
	v.center(l, chip, label, ink, text)
	_, r = r.CutRight(v.pt(8))
	r = v.toll(l, s, r)
	_, r = r.CutRight(v.pt(4))
	used := v.left(l, r, title, v.theme.Text, s.header().Scenario)
	_, r = r.CutLeft(used + v.pt(14))
	v.left(l, r, body, v.theme.Soft, s.story)
}

// toll says how many people are harmed in the run, and how badly.
func (v *View) toll(l *draw.List, s *side, r draw.Rect) draw.Rect {
	people, worst := s.toll()
	if people == 0 {
		return r
	}
	text := fmt.Sprintf("%d HARMED: %s", people, strings.ToUpper(scene.Severities[worst]))
	chip, rest := r.CutRight(v.style(label).Width(text) + v.pt(20))
	l.Fill(chip, v.pt(13), v.theme.Severity[worst].Fade(0.18))
	v.center(l, chip, label, v.theme.Severity[worst], text)
	_, rest = rest.CutRight(v.pt(8))
	return rest
}

// A toll is how many people are harmed, of so many lines of the story, and how badly at worst.
type toll struct{ lines, people, worst int }

// toll counts the people who are harmed, as far as the story has been read.
func (s *side) toll() (people, worst int) {
	lines := s.read.Story.Lines
	if s.harmed.lines == len(lines) {
		return s.harmed.people, s.harmed.worst
	}
	seen := map[int]bool{}
	for i := range lines {
		if h, ok := s.read.Story.Harm(&lines[i]); ok {
			seen[h.Person] = true
			worst = max(worst, severityOf(h))
		}
	}
	s.harmed = toll{len(lines), len(seen), worst}
	return len(seen), worst
}

// severityOf is how bad harm is, on the scale.
func severityOf(h *trace.Harm) int { return max(0, min(len(scene.Severities)-1, h.Severity)) }

// other is the theme that there is as well.
func (v *View) other() string {
	if v.theme.Name == "dark" {
		return "Light"
	}
	return "Dark"
}

// verdict says how the run of a trace ended.
func verdict(s *side, v *View) (string, draw.Color) {
	r := s.trace().Result
	if s.read.Story.Err() != nil {
		return "DAMAGED, NOT ALL IS HERE", v.theme.Warning
	}
	if r == nil {
		return "CUT SHORT", v.theme.Warning
	}
	violated := 0
	for i := range r.Invariants {
		if r.Invariants[i].Verdict == "violated" {
			violated++
		}
	}
	text := "ALL INVARIANTS HOLD"
	ink := v.theme.Met
	if violated > 0 {
		text, ink = fmt.Sprintf("%d OF %d VIOLATED", violated, len(r.Invariants)), v.theme.Violated
	}
	switch {
	case s.trace().Warning != nil:
		text, ink = text+", DAMAGED", v.theme.Warning
	case r.AsExpected && violated > 0:
		text += ", AS EXPECTED"
	case !r.AsExpected:
		text += ", NOT AS EXPECTED"
	}
	return text, ink
}

// rivals draws the names of two traces.
func (v *View) rivals(l *draw.List, r draw.Rect) {
	halves := [2]draw.Rect{}
	halves[0], halves[1] = r.CutLeft(r.W / 2)
	for i, s := range v.sides {
		h := halves[i]
		text, ink := verdict(s, v)
		mark := draw.Rect{X: h.X, Y: h.Y, W: v.pt(22), H: h.H}
		l.Fill(mark, v.pt(4), v.theme.Series[i].Fade(0.25))
		v.center(l, mark, label, v.theme.Series[i], string(rune('A'+i)))
		_, h = h.CutLeft(v.pt(30))
		used := v.left(l, h, strong, v.theme.Text, s.name)
		_, h = h.CutLeft(used + v.pt(12))
		v.left(l, h, caption, ink, text)
	}
}
