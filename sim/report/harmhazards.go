package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// hazards writes what became of each hazard, as a risk assessment does: the hazard, what
// began it, which layers acted or failed, the harm, and what was left.
func (s *sheet) hazards(r *sim.Result) {
	for i := range r.Hazards {
		s.hazard(r, &r.Hazards[i])
	}
}

func (s *sheet) hazard(r *sim.Result, h *sim.HazardResult) {
	var exposed []string
	for _, name := range h.Exposes {
		exposed = append(exposed, clean(name))
	}
	text := "may harm " + s.few(exposed) + ": " + graded(h.Severity)
	if h.What != "" {
		text = clean(h.What) + "; " + text
	}
	s.bullet("Hazard "+clean(h.Name), text)
	if text = foreseen(r, h); text != "" {
		s.bullet("  to be prevented by", text)
	}
	if text = aimed(r, h); text != "" && tested(h) {
		s.bullet("  made for", text)
	}
	began := s.presence(r, h)
	if h.Demands == 0 && !tested(h) {
		s.line("")
		return
	}
	for _, l := range inOrder(h) {
		s.layer(r, h, l, began)
	}
	text, harmed := s.consequence(r, h)
	s.bullet("  harm", text)
	s.bullet("  left", remaining(h, harmed))
	s.line("")
}

// presence writes whether a hazard was there, how badly, and what began it. What kept a layer from acting is told of
// that layer.
func (s *sheet) presence(r *sim.Result, h *sim.HazardResult) (root int) {
	p := &h.Presence
	if h.Demands > 0 {
		text := counted(h.Demands, "time", "times") + ", " + violations(p, r)
		if m := marginOf(p); strings.HasPrefix(m, "-") && len(m) > 1 {
			text += "; at worst " + m[1:] + " past " + clipped(p.Decided)
		}
		s.bullet("  was there", text)
		root = last(p.Causes)
		b := beginning(r, root, h.Let, h.Means)
		s.bullet("  "+b.head, b.text)
		return root
	}
	text := "it never was there"
	switch {
	case p.Margin > 0 && !math.IsInf(p.Margin, 0):
		text += "; closest " + strings.TrimPrefix(marginOf(p), "+") + " from " + clipped(p.Decided) + " at " + p.At.Short()
	case width(h.When) <= someWords:
		text += " (" + clean(h.When) + ")"
	}
	if !tested(h) {
		text += ": no layer was put to the test"
	}
	s.block("  ", "    ", s.paint(green, wrap(text, s.width-2, s.width-4)...))
	return -1
}

// someWords is how long a condition may be that is shown whole.
const someWords = 100

// clipped is a condition, or as much of it as is read.
func clipped(condition string) string {
	text := strings.Join(strings.Fields(clean(condition)), " ")
	if width(text) <= someWords {
		return text
	}
	short := string([]rune(text)[:someWords])
	return short[:max(1, strings.LastIndexByte(short, ' '))] + " ..."
}

// tested reports whether a layer of a hazard was demanded.
func tested(h *sim.HazardResult) bool {
	return slices.ContainsFunc(h.Acted, func(l sim.LayerResult) bool { return l.Demands() > 0 })
}

// inOrder lists the layers of a hazard as they were demanded, those that were not after them.
func inOrder(h *sim.HazardResult) (list []*sim.LayerResult) {
	for k := range h.Acted {
		list = append(list, &h.Acted[k])
	}
	slices.SortStableFunc(list, func(a, b *sim.LayerResult) int { return cmp.Compare(a.First, b.First) })
	return list
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
	if t, ok := harm.TargetOf(p.Target); ok {
		text += ", " + t.Name
		if !tested(h) {
			text += " (" + ranges(&t) + ")"
		}
	}
	if p.Layer != "" && p.Layer != p.Name {
		text += ", the layer " + clean(p.Layer)
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

// layer writes how a layer of protection did. What its hazard began with is not told again.
func (s *sheet) layer(r *sim.Result, h *sim.HazardResult, l *sim.LayerResult, root int) {
	demands, c := l.Demands(), green
	text := fmt.Sprintf("acted on %d of %s", l.Acted, counted(demands, "demand", "demands"))
	switch {
	case !l.Fitted:
		if c, text = yellow, "not fitted"; l.Absent > 0 {
			text += "; it would have been demanded " + counted(l.Absent, "time", "times")
		}
	case demands == 0:
		c, text = dim, "not demanded"
	case l.Failed > 0:
		c, text = red, failure(l)
		if n := hindered(r, l); n >= 0 && n != root {
			text += "; behind it " + originOf(r, n)
		}
	case l.Acted > 0 && l.Slowest > 0 && l.Within > 0:
		text += ", after " + span(l.Slowest.Round(vtime.Millisecond)) + " of " + span(l.Within)
	}
	if l.Open > 0 {
		text += fmt.Sprintf("; %d had time left at the end", l.Open)
	}
	if l.Absent > 0 && l.Fitted {
		text += "; not fitted when " + counted(l.Absent, "demand", "demands") + " more came"
	}
	head := "  layer " + clean(l.Name)
	if ofSeveral(r, l.Name) {
		head += " against " + clean(h.Name)
	}
	s.block(head+"  ", "    ", s.paint(c, wrap(text, s.width-width(head)-2, s.width-4)...))
}

// ofSeveral reports whether several hazards have a layer of a name, each of which does by itself.
func ofSeveral(r *sim.Result, name string) bool {
	n := 0
	for i := range r.Hazards {
		if slices.ContainsFunc(r.Hazards[i].Layers, func(l sim.Layer) bool { return l.Name == name }) {
			n++
		}
	}
	return n > 1
}

// hindered is the attack or the fault that kept a layer from acting, or -1.
func hindered(r *sim.Result, l *sim.LayerResult) int {
	if n := last(l.Causes); n >= 0 && r.Injections[n].Step.Kind != inject.Act {
		return n
	}
	if len(l.Let) > 0 {
		return l.Let[0]
	}
	return -1
}

// failure says how a layer failed.
func failure(l *sim.LayerResult) string {
	text := fmt.Sprintf("FAILED on %d of %s", l.Failed, counted(l.Demands(), "demand", "demands"))
	if l.Demands() == 1 {
		text += " at " + l.First.Short()
	}
	what := "it did not act"
	if width(l.Text) <= someWords {
		what = clean(l.Text) + " did not come"
	}
	if text += ": " + what; l.Within > 0 {
		text += " within " + span(l.Within)
	}
	switch {
	case l.Late > 0 && l.Failed == 1:
		text += ", but late"
	case l.Late > 0:
		text += fmt.Sprintf(", but late on %d of them", l.Late)
	}
	return text
}

// exposes reports whether a hazard may harm a person.
func exposes(h *sim.HazardResult, p *sim.HarmResult) bool {
	return slices.Contains(h.Exposes, p.Of)
}

// remaining lists the layers that never failed, and says where that was not enough.
func remaining(h *sim.HazardResult, harmed bool) string {
	var names []string
	fitted, idle := 0, 0
	for k := range h.Acted {
		l := &h.Acted[k]
		if l.Fitted {
			fitted++
		}
		switch {
		case !l.Fitted || l.Failed > 0:
		case l.Demands() == 0:
			names, idle = append(names, clean(l.Name)+" (not put to the test)"), idle+1
		case l.Acted == 0:
			names = append(names, clean(l.Name)+" (it had time left)")
		default:
			names = append(names, clean(l.Name))
		}
	}
	switch {
	case len(h.Acted) == 0:
		return "no layer is declared"
	case fitted == 0:
		return "nothing: no layer is fitted"
	case len(names) == 0 && fitted < len(h.Acted):
		return "nothing: every layer that is fitted failed"
	case len(names) == 0:
		return "nothing: every layer failed"
	case harmed && idle < len(names):
		return strings.Join(names, ", ") + ": never failed, and yet there was harm"
	}
	return strings.Join(names, ", ")
}
