package scene

import (
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Severities are the scale of harm in words, from none to death.
var Severities = [...]string{"none", "slight", "serious", "irreversible", "death"}

// Harm returns what a line of the story says of harm, if it is of a person that there is.
func (s *Story) Harm(l *Line) (*trace.Harm, bool) {
	h := &s.trace.Header
	if l.Kind != trace.Harmed || l.Index < 0 || l.Index >= len(h.Harms) {
		return nil, false
	}
	x := &h.Harms[l.Index]
	return x, x.Person >= 0 && x.Person < len(h.People)
}

// Hazard returns the hazard that came or went by a line of the story, or nil.
func (s *Story) Hazard(l *Line) *trace.Hazard {
	if l.Kind != trace.HazardBegan && l.Kind != trace.HazardEnded || l.Index < 0 || l.Index >= len(s.trace.Header.Hazards) {
		return nil
	}
	return &s.trace.Header.Hazards[l.Index]
}

// Injuries returns when somebody was harmed, or harmed worse, in order of time.
func (s *Story) Injuries() (list []vtime.Time) {
	for i := range s.Lines {
		if s.Lines[i].Kind == trace.Harmed {
			list = append(list, s.Lines[i].At)
		}
	}
	return slices.Compact(list)
}

// harm says who is harmed, by what and how badly.
func (s *Story) harm(l *Line) {
	l.Lane, l.Text = Harm, "Somebody is HARMED"
	if x, ok := s.Harm(l); ok {
		p := &s.trace.Header.People[x.Person]
		l.Device = p.Device
		l.Text, l.Detail = p.Name+" is HARMED by "+x.Exposure+": "+x.Word, s.wound(x)
	}
}

// wound says in words who is harmed, by what and how badly.
func (s *Story) wound(x *trace.Harm) string {
	p := &s.trace.Header.People[x.Person]
	return p.Name + ", " + p.Role + ": " + x.Exposure + ", " + x.Word
}

// Victims says in words who had been harmed when an invariant of their harm began to be
// violated; it is empty of any other line.
func (s *Story) Victims(l *Line) string {
	r := s.trace.Result
	if l.Kind != trace.ViolationBegan || r == nil || l.Index < 0 || l.Index >= len(r.Invariants) || r.Invariants[l.Index].Causes == nil {
		return ""
	}
	return s.victims(r.Invariants[l.Index].Causes, l.At)
}

// victims says in words who had been harmed by a time, by what and how badly, of those whose
// signals an invariant reads; empty where it is of nobody's harm.
func (s *Story) victims(tree *trace.Tree, when vtime.Time) (text string) {
	for i := range s.trace.Header.People {
		p := &s.trace.Header.People[i]
		reads := slices.ContainsFunc(tree.Links, func(c trace.Link) bool { return c.Effect < 0 && s.deviceOf(c.Signal) == p.Device })
		if worst := s.worst(i, when); reads && worst != nil {
			if text != "" {
				text += "; "
			}
			text += s.wound(worst)
		}
	}
	return text
}

// worst is how a person had been harmed worst up to a time, nil where they were not.
func (s *Story) worst(person int, when vtime.Time) (worst *trace.Harm) {
	for i := range s.Lines {
		if s.Lines[i].At > when {
			break
		}
		if x, ok := s.Harm(&s.Lines[i]); ok && x.Person == person && (worst == nil || x.Severity > worst.Severity) {
			worst = x
		}
	}
	return worst
}
