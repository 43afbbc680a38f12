package trace

import (
	"strings"

	"github.com/harmproof/harmproof/sim/trace/robotics"
)

// log writes a log line of an event.
func (w *Writer) log(x *Event) {
	s := &w.stage
	switch x.Kind {
	case StepApplied:
		s.steps[x.Index] = true
	case StepReverted, StepStopped:
		s.steps[x.Index] = false
	}
	level, name, text := s.header.line(x)
	if text == "" || s.lines > mostLines {
		return
	}
	if s.lines++; s.lines > mostLines {
		level, name, text = robotics.Info, "harmproof", "what comes after this is not in the log any more; /events has it"
	}
	s.text = robotics.AppendLog(s.text[:0], x.At, level, name, text)
	w.out.Add(onLog, uint64(x.At), s.text)
}

// line is an event in words, and who says so; empty where there is no line of it.
func (h *Header) line(x *Event) (level robotics.Level, name, text string) {
	switch x.Kind {
	case Began:
		return robotics.Info, "harmproof", "the run of " + h.Scenario + " begins"
	case Ended:
		return robotics.Info, "harmproof", "the run ends"
	case StepApplied, StepStopped, StepReverted:
		return h.stepLine(x)
	case ViolationBegan:
		return robotics.Error, h.Invariants[x.Index].Name, "is violated: " + h.Invariants[x.Index].Text
	case ViolationEnded:
		return robotics.Info, h.Invariants[x.Index].Name, "is not violated any more"
	case ColumnChanged:
		if c := &h.Columns[x.Index]; x.Index < len(x.Values) {
			return robotics.Info, c.Title, shown(c.Type, c.Unit, c.Labels, x.Values[x.Index])
		}
	case StepGained:
		return robotics.Warning, "attacker", "has something that it had not before"
	case Decided:
		d := x.Decision
		return robotics.Warning, d.Device, strings.TrimSpace(d.Check + ": " + d.Reaction + " " + d.Grounds)
	case Harmed, HazardBegan:
		name, text = h.danger(x)
		return robotics.Error, name, text
	case HazardEnded:
		name, text = h.danger(x)
		return robotics.Info, name, text
	case Infected, Cleared:
		return robotics.Warning, h.Malware[x.Index].Name, h.infected(x)
	}
	return 0, "", ""
}

// stepLine is what a step of the timeline does, in words.
func (h *Header) stepLine(x *Event) (level robotics.Level, name, text string) {
	s := &h.Steps[x.Index]
	text = strings.TrimSpace(s.Kind + " " + s.Technique)
	if s.Target != "" {
		text += " on " + s.Target
	}
	switch x.Kind {
	case StepApplied:
		return robotics.Warning, s.Name, text + " takes effect"
	case StepStopped:
		return robotics.Info, s.Name, text + " is stopped"
	}
	return robotics.Info, s.Name, text + " ends"
}
