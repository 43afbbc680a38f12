package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
)

// hazards writes what became of each hazard, as a risk assessment does: the hazard, what
// began it, which layers acted or failed, the harm, and what was left.
func (s *sheet) hazards(r *sim.Result) {
	for i := range r.Hazards {
		s.hazard(r, &r.Hazards[i])
	}
}

func (s *sheet) hazard(r *sim.Result, h *sim.HazardResult) {
	text := "may harm " + clean(strings.Join(h.Exposes, ", ")) + ": " + graded(h.Severity)
	if h.What != "" {
		text = clean(h.What) + "; " + text
	}
	s.bullet("Hazard "+clean(h.Name), text)
	if text = foreseen(r, h); text != "" {
		s.bullet("  prevented by", text)
	}
	if h.Demands == 0 {
		s.block("  ", "  ", s.paint(green, wrap("it never was there ("+clean(h.When)+"): no layer was put to the test", s.width-2, s.width-2)...))
		s.line("")
		return
	}
	text = counted(h.Demands, "time", "times") + ", " + violations(&h.Presence, r)
	if m := marginOf(&h.Presence); strings.HasPrefix(m, "-") && len(m) > 1 {
		text += "; at worst by " + m[1:]
	}
	s.bullet("  was there", text)
	s.bullet("  began with", began(r, last(h.Presence.Causes)))
	for k := range h.Acted {
		s.layer(&h.Acted[k])
	}
	text, harmed := consequence(r, h)
	s.bullet("  harm", text)
	s.bullet("  left", remaining(h, harmed))
	s.line("")
}

// graded is a severity in words and as a number.
func graded(s harm.Severity) string { return fmt.Sprintf("%s (%d of 4)", s, int(s)) }

// last is the injection at the end of a chain of causes, or -1.
func last(causes []sim.Cause) int {
	if n := len(causes); n > 0 {
		return causes[n-1].Injection
	}
	return -1
}

// foreseen is what is to prevent a hazard, and how it did where that can be told.
func foreseen(r *sim.Result, h *sim.HazardResult) string {
	p := &h.Prevented
	if p.Kind == "" {
		return ""
	}
	text := p.Kind + " " + clean(p.Name)
	if p.Target != "" {
		text += ", " + clean(p.Target)
	}
	if len(p.In) > 0 {
		text += ", in " + clean(strings.Join(p.In, ", "))
	}
	return text + performed(r, p)
}

// performed says how a safety function did that is an invariant or a check.
func performed(r *sim.Result, p *sim.Prevention) string {
	if p.Kind == "invariant" {
		if i, err := r.Invariant(p.Name); err == nil {
			word, _ := verdictWord(i)
			return ": " + word
		}
	}
	var judged, reacted uint64
	for i := range r.Checks {
		if c := &r.Checks[i]; p.Kind == "check" && c.Check == p.Name && (len(p.In) == 0 || slices.Contains(p.In, c.Device)) {
			judged, reacted = judged+c.Passed+c.Reacted, reacted+c.Reacted
		}
	}
	if p.Kind != "check" {
		return ""
	}
	return fmt.Sprintf(": reacted to %d of %d messages", reacted, judged)
}

// layer writes how a layer of protection did.
func (s *sheet) layer(l *sim.LayerResult) {
	demands, c := l.Acted+l.Failed+l.Open, green
	text := fmt.Sprintf("acted on %d of %s", l.Acted, counted(demands, "demand", "demands"))
	if l.Failed > 0 {
		c, text = red, fmt.Sprintf("FAILED on %d of %s: %s did not come", l.Failed, counted(demands, "demand", "demands"), clean(l.Text))
		if l.Within > 0 {
			text += " within " + span(l.Within)
		}
	}
	if l.Open > 0 {
		text += fmt.Sprintf("; %d had time left at the end", l.Open)
	}
	head := "  layer " + clean(l.Name)
	s.block(head+"  ", "    ", s.paint(c, wrap(text, s.width-width(head)-2, s.width-4)...))
}

// consequence says how those were harmed who are exposed to a hazard, and whether anybody was
// after it came.
func consequence(r *sim.Result, h *sim.HazardResult) (text string, after bool) {
	var parts []string
	for i := range r.Harm {
		p := &r.Harm[i]
		if !exposes(h, p) || p.Severity == harm.None {
			continue
		}
		text := fmt.Sprintf("%s: %s at %s", clean(p.Device), graded(p.Severity), p.At.Short())
		switch {
		case p.At < h.Presence.At:
			text += ", before it was there"
		case p.Severity > h.Severity:
			text += ", worse than foreseen"
		}
		parts, after = append(parts, text), after || p.At >= h.Presence.At
	}
	if len(parts) == 0 {
		return "none", false
	}
	return strings.Join(parts, "; "), after
}

// exposes reports whether a hazard may harm a person.
func exposes(h *sim.HazardResult, p *sim.HarmResult) bool {
	return slices.Contains(h.Exposes, p.Of)
}

// remaining lists the layers that never failed, and says where that was not enough.
func remaining(h *sim.HazardResult, harmed bool) string {
	var names []string
	for k := range h.Acted {
		if h.Acted[k].Failed == 0 {
			names = append(names, clean(h.Acted[k].Name))
		}
	}
	switch {
	case len(h.Acted) == 0:
		return "no layer is declared"
	case len(names) == 0:
		return "nothing: every layer failed"
	case harmed:
		return strings.Join(names, ", ") + ": never failed, and yet there was harm"
	}
	return strings.Join(names, ", ")
}
