package scene

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
)

// Sort is what a line of the story is of, in a word: of a step of the timeline whether it is an
// attack, a fault or an act, and of all else its lane.
func (s *Story) Sort(l *Line) string {
	step := l.Kind == trace.StepApplied || l.Kind == trace.StepStopped || l.Kind == trace.StepReverted
	if h := &s.trace.Header; step && l.Index >= 0 && l.Index < len(h.Steps) && h.Steps[l.Index].Kind != "" {
		return capital(h.Steps[l.Index].Kind)
	}
	return l.Lane.String()
}

// Sentences is all that a line of the story says, as text: what happened, and what more is
// known. Of harm that says no more than who it is that is harmed.
func (s *Story) Sentences(l *Line) string {
	if h, ok := s.Harm(l); ok {
		if role := s.trace.Header.People[h.Person].Role; role != "" {
			return l.Text + " (" + role + ")."
		}
		return l.Text + "."
	}
	text := l.Text
	if l.Detail != "" {
		text += ". " + capital(l.Detail)
	}
	return strings.TrimRight(text, ".") + "."
}

// LaneName names a lane after what can be in it: that of the timeline's steps after their kinds.
func (s *Story) LaneName(l Lane) string {
	h := &s.trace.Header
	if l != Attack || len(h.Steps) == 0 {
		return l.String()
	}
	var kinds []string
	for _, kind := range [...]string{"attack", "fault", "act"} {
		of := func(x trace.Step) bool { return x.Kind == kind }
		if kind == "attack" && s.attacked() || slices.ContainsFunc(h.Steps, of) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 0 {
		return l.String()
	}
	return capital(strings.Join(kinds, ", "))
}

// attacked reports whether there is an attack, or malware.
func (s *Story) attacked() bool {
	h := &s.trace.Header
	return len(h.Malware) > 0 || slices.ContainsFunc(h.Steps, func(x trace.Step) bool { return x.Kind == "attack" })
}
