package view

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// caption tells in a line what happens now.
func (v *View) caption(l *draw.List) {
	r := v.frame.caption
	l.Fill(r, 0, v.theme.Panel)
	l.Fill(draw.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}, 0, v.theme.Border)
	r = r.InsetXY(v.pt(12), v.pt(4))
	if v.say != "" {
		v.left(l, r, strong, v.theme.Accent, v.say)
		return
	}
	if len(v.sides) == 2 {
		v.message(l, r)
		return
	}
	s := v.main()
	if until := s.read.Story.Until(); v.player.Now > until {
		v.left(l, r, body, v.theme.Faint, "The trace is being read: what happened is known up to "+until.Short())
		return
	}
	i := s.headline(v.player.Now)
	if i < 0 {
		return
	}
	line := &s.read.Story.Lines[i]
	used := v.left(l, r, number, v.theme.Faint, line.At.Short())
	_, r = r.CutLeft(used + v.pt(12))
	text := line.Text
	if _, harm := s.read.Story.Harm(line); harm {
		text = line.Detail
	} else if who := s.read.Story.Victims(line); who != "" {
		text += ": " + who
	} else if line.Detail != "" {
		text += ". " + capital(line.Detail)
	}
	now := v.now(s, i)
	top, low := r.CutTop(r.H / 2)
	if now == "" {
		top = r
	}
	v.left(l, top, strong, v.colorOf(line), text)
	v.left(l, low, caption, v.theme.Soft, now)
}

// last is the line of the story that is told at a time: the last one, or, of those of one
// instant, that somebody was harmed worst; -1 where nothing happened so far.
func (s *side) last(now vtime.Time) (last int) {
	lines := s.read.Story.Lines
	last = s.read.Story.After(now) - 1
	worst := 0
	for i := last; i >= 0 && lines[i].At == lines[last].At; i-- {
		if h, ok := s.read.Story.Harm(&lines[i]); ok && h.Severity > worst {
			worst, last = h.Severity, i
		}
	}
	return last
}

// now says what is wrong now, and what the headline has kept from being told.
func (v *View) now(s *side, headline int) string {
	text := ""
	add := func(x string) {
		if text != "" {
			text += " · "
		}
		text += x
	}
	if last := s.last(v.player.Now); last != headline {
		add(s.read.Story.Lines[last].Text)
	}
	for i, x := range s.suffers(headline) {
		if i == 2 {
			add("and more people")
			break
		}
		add(x)
	}
	for i, phase := range s.scene.Steps {
		if phase == scene.InForce && len(text) < 200 {
			add(s.header().Steps[i].Name + " is in force")
		}
	}
	for i := range s.scene.False {
		if i == 2 {
			add("and more")
			break
		}
		x := &s.scene.False[i]
		t := s.trace()
		add(fmt.Sprintf("%s is told %s = %s, but it is %s", s.header().Devices[x.To].ID, t.Path(x.Source),
			scene.Show(t.KindOf(x.Source), s.scene.Values[x.Told]), scene.Show(t.KindOf(x.Source), s.scene.Values[x.Source])))
	}
	return text
}

// colorOf is the color of a line of the story.
func (v *View) colorOf(line *scene.Line) draw.Color {
	switch line.Lane {
	case scene.Attack:
		if line.Index >= 0 && line.Index < len(v.main().header().Steps) {
			return v.ink(v.main().header().Steps[line.Index].Kind)
		}
		return v.theme.Attack
	case scene.Harm, scene.Invariants:
		if h, ok := v.main().read.Story.Harm(line); ok {
			return v.severityInk(h.Severity)
		}
		if line.Kind == violationEnded || line.Kind == trace.HazardEnded {
			return v.theme.Met
		}
		return v.theme.Violated
	case scene.Control:
		return v.theme.Check
	}
	return v.theme.Text
}
