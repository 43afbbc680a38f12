package view

import (
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// A spell is something that lasts: a step in force, an invariant that is violated.
type spell struct {
	lane     scene.Lane
	from, to vtime.Time
	index    int
	stopped  bool
	hazard   bool
	harm     int // the severity of harm, 0 of what is none
}

// long returns what lasts, of as much of the story as has been read.
func (s *side) long() []spell {
	lines, until := s.read.Story.Lines, s.read.Story.Until()
	if until == s.until && s.spells != nil {
		return s.spells
	}
	s.spells, s.until = s.spells[:0], until
	open := map[[2]int]int{}
	for i := range lines {
		x := &lines[i]
		switch x.Kind {
		case trace.StepApplied, trace.StepStopped, trace.ViolationBegan:
			sort := 0
			if x.Kind == trace.ViolationBegan {
				sort = 1
			}
			open[[2]int{sort, x.Index}] = len(s.spells)
			one := spell{lane: x.Lane, from: x.At, to: until, index: x.Index, stopped: x.Kind == trace.StepStopped}
			if one.stopped || sort == 0 && x.Index < len(s.header().Steps) && x.Index >= 0 && s.header().Steps[x.Index].Momentary {
				one.to = x.At
			}
			s.spells = append(s.spells, one)
		case trace.Harmed:
			if h, ok := s.read.Story.Harm(x); ok {
				s.spells = append(s.spells, spell{lane: x.Lane, from: x.At, to: x.At, index: x.Index, harm: severityOf(h)})
			}
		case trace.HazardBegan:
			open[[2]int{2, x.Index}] = len(s.spells)
			s.spells = append(s.spells, spell{lane: x.Lane, from: x.At, to: until, index: x.Index, hazard: true})
		case trace.StepReverted, trace.ViolationEnded, trace.HazardEnded:
			sort := 0
			switch x.Kind {
			case trace.ViolationEnded:
				sort = 1
			case trace.HazardEnded:
				sort = 2
			}
			if k, ok := open[[2]int{sort, x.Index}]; ok && !s.spells[k].stopped {
				s.spells[k].to = max(s.spells[k].from, x.At)
			}
		}
	}
	return s.spells
}

// lane draws a row of the timeline.
func (v *View) lane(l *draw.List, lane scene.Lane, r draw.Rect) {
	l.Fill(r, 0, v.theme.Back.Fade(0.5))
	l.Clip(r)
	for i, s := range v.sides {
		row := r
		if len(v.sides) == 2 {
			row = draw.Rect{X: r.X, Y: r.Y + float32(i)*r.H/2, W: r.W, H: r.H/2 - 1}
		}
		switch lane {
		case scene.Messages:
			v.heat(l, s, trace.Messages, row, v.theme.Message)
			v.heat(l, s, trace.Failures, draw.Rect{X: row.X, Y: row.Y, W: row.W, H: row.H * 0.4}, v.theme.Violated)
		case scene.Control:
			v.heat(l, s, trace.Checks, row, v.theme.Check)
		case scene.Attack:
			v.unread(l, s, trace.Injections, row, v.theme.Attack)
		case scene.Invariants:
			v.unread(l, s, trace.Violations, row, v.theme.Violated)
		}
		if lane == scene.Harm || lane == scene.Invariants { // what is met and violated in turns is violated
			v.strokes(l, s, lane, row)
			v.spells(l, s, lane, row)
			continue
		}
		v.spells(l, s, lane, row)
		v.strokes(l, s, lane, row)
	}
	l.Unclip()
	if lane == scene.Harm && v.differ != nil && v.differ.found {
		x := v.window.x(v.differ.at, r.X, r.W)
		l.Fill(draw.Rect{X: x, Y: r.Y - r.H*4, W: max(1, v.pt(2)), H: r.H * 6}, 0, v.theme.Told)
	}
}

// spells draws what lasts as bars, and what is done at once as diamonds.
func (v *View) spells(l *draw.List, s *side, lane scene.Lane, r draw.Rect) {
	if lane == scene.Harm {
		defer v.injuriesIn(l, s, r)
	}
	for _, x := range s.long() {
		if x.lane != lane || x.harm > 0 || x.to < v.window.from || x.from > v.window.to {
			continue
		}
		c := v.theme.Violated
		if x.hazard {
			v.peril(l, s, &x, r)
			continue
		}
		if lane == scene.Attack && x.index >= 0 && x.index < len(s.header().Steps) {
			c = v.ink(s.header().Steps[x.index].Kind)
		}
		a := max(r.X-2, v.window.x(x.from, r.X, r.W))
		b := min(r.Right()+2, v.window.x(x.to, r.X, r.W))
		if b-a >= v.pt(4) {
			l.Fill(draw.Rect{X: a, Y: r.Y + r.H*0.2, W: b - a, H: r.H * 0.6}, v.pt(2), c.Fade(0.65))
			l.Fill(draw.Rect{X: a, Y: r.Y, W: max(1, v.pt(2)), H: r.H}, 0, c)
			continue
		}
		v.diamond(l, draw.Point{X: a, Y: r.Y + r.H/2}, min(r.H*0.48, v.pt(6)), c, x.stopped)
	}
}

// peril draws a hazard while it is there as a thin bar at the bottom, in the color of how bad
// it is.
func (v *View) peril(l *draw.List, s *side, x *spell, r draw.Rect) {
	a, b := max(r.X-2, v.window.x(x.from, r.X, r.W)), min(r.Right()+2, v.window.x(x.to, r.X, r.W))
	severity := 0
	if h := s.header().Hazards; x.index >= 0 && x.index < len(h) {
		severity = h[x.index].Severity
	}
	l.Fill(draw.Rect{X: a, Y: r.Bottom() - r.H*0.42, W: max(v.pt(2), b-a), H: r.H * 0.34}, 0, v.severityInk(severity).Fade(0.6))
}

// injuriesIn draws when people are harmed as diamonds, the worst above the others.
func (v *View) injuriesIn(l *draw.List, s *side, r draw.Rect) {
	for severity := 1; severity < len(scene.Severities); severity++ {
		last := float32(-1e9)
		for _, x := range s.long() {
			if x.harm != severity || x.to < v.window.from || x.from > v.window.to {
				continue
			}
			at := draw.Point{X: v.window.x(x.from, r.X, r.W), Y: r.Y + r.H/2}
			if at.X-last < v.pt(2) {
				continue
			}
			last = at.X
			n := min(r.H*0.48, v.pt(6))
			v.diamond(l, at, n+v.pt(1.6), v.theme.Inside, false) // what it lies on may be as red
			v.diamond(l, at, n, v.severityInk(severity), false)
		}
	}
}

// diamond draws something that is done at once; an empty one was stopped.
func (v *View) diamond(l *draw.List, m draw.Point, n float32, c draw.Color, empty bool) {
	p := [4]draw.Point{{X: m.X, Y: m.Y - n}, {X: m.X + n, Y: m.Y}, {X: m.X, Y: m.Y + n}, {X: m.X - n, Y: m.Y}}
	if empty {
		l.Loop(max(1, v.pt(1.3)), c, p[:]...)
		return
	}
	l.Polygon(c, p[:]...)
}

// mostStrokes bounds how many lines of the story a lane draws.
const mostStrokes = 600

// strokes draws the other lines of the story.
func (v *View) strokes(l *draw.List, s *side, lane scene.Lane, r draw.Rect) {
	lines := s.read.Story.Lines
	last, drawn := float32(-1e9), 0
	for i := s.read.Story.After(v.window.from - 1); i < len(lines) && lines[i].At <= v.window.to && drawn < mostStrokes; i++ {
		x := &lines[i]
		if x.Lane != lane || x.Kind == trace.StepApplied || x.Kind == trace.StepStopped || x.Kind == trace.ViolationBegan || x.Kind == trace.Harmed || x.Kind == trace.HazardBegan {
			continue
		}
		at := v.window.x(x.At, r.X, r.W)
		if at-last < v.pt(2) {
			continue
		}
		last = at
		drawn++
		l.Fill(draw.Rect{X: at, Y: r.Y + r.H*0.15, W: max(1, v.pt(1.5)), H: r.H * 0.7}, 0, v.colorOf(x))
	}
}

// unread draws what the overview counts where the story has not been read yet.
func (v *View) unread(l *draw.List, s *side, lane trace.Lane, r draw.Rect, c draw.Color) {
	if s.read.Story.Done() {
		return
	}
	rest := r
	rest.X = max(r.X, v.window.x(s.read.Story.Until(), r.X, r.W))
	rest.W = r.Right() - rest.X
	if rest.W <= 0 {
		return
	}
	l.Clip(rest)
	v.heat(l, s, lane, r, c)
	l.Unclip()
}

// heat draws how much of a sort happened, from the overview: the more the brighter.
func (v *View) heat(l *draw.List, s *side, lane trace.Lane, r draw.Rect, c draw.Color) {
	o := s.trace().Overview
	if o == nil || int(lane) >= len(o.Lanes) {
		return
	}
	counts := o.Lanes[lane]
	most := uint64(1)
	for _, n := range counts {
		most = max(most, n)
	}
	for i, n := range counts {
		if n == 0 {
			continue
		}
		from := o.From + vtime.Time(i)*o.Span
		if from+o.Span < v.window.from || from > v.window.to {
			continue
		}
		a := v.window.x(from, r.X, r.W)
		b := v.window.x(from+o.Span, r.X, r.W)
		bar := draw.Rect{X: a, Y: r.Y, W: max(1, b-a), H: r.H}
		if lane == trace.Failures { // or else the messages below would turn its color into that of an attack
			l.Fill(bar, 0, v.theme.Back)
		}
		l.Fill(bar, 0, c.Fade(0.2+0.55*float32(n)/float32(most)))
	}
}
