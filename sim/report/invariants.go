package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

const (
	verdictWidth = len("undecided")

	nameMost = 30 // a longer name of an invariant has a line of its own
	someHold = 6  // how many that hold are shown
)

// invariants writes the verdicts: first what asks for attention.
func (s *sheet) invariants(r *sim.Result) {
	list, more := ordered(r, s.All)
	if len(list) == 0 {
		s.line("No invariants: nothing was checked. Write some under `invariants:`.")
		s.line("")
		return
	}
	t := verdictTable{sheet: s, name: width("Invariant") - gutter, margin: width("Margin")}
	for _, i := range list {
		if n := width(i.Name); n <= nameMost {
			t.name = max(t.name, n)
		}
		t.margin = max(t.margin, width(marginOf(i)))
	}
	t.name += gutter
	s.line("%s", s.bold(left("Invariant", t.name)+"  "+left("Verdict", verdictWidth)+"  "+left("Margin", t.margin)+"  When"))
	for _, i := range list {
		t.row(i, r)
	}
	var notes []string
	if more > 0 {
		notes = append(notes, fmt.Sprintf("%d more hold (--all).", more))
	}
	if names := aloof(r); len(names) > 0 {
		notes = append(notes, "Nothing injected changed what these read: "+strings.Join(names, ", ")+".")
	}
	if r.Chanced {
		notes = append(notes, "One run, and chance was drawn: another seed may end otherwise.")
	}
	if len(notes) > 0 {
		s.block("  ", "  ", s.paint(dim, wrap(strings.Join(notes, " "), s.width-2, s.width-2)...))
	}
	s.line("")
}

// aloof names the invariants that hold and read nothing that an injection changed.
func aloof(r *sim.Result) (names []string) {
	applied := 0
	for k := range r.Injections {
		if r.Injections[k].Outcome == inject.Applied {
			applied++
		}
	}
	for k := range r.Invariants {
		if i := &r.Invariants[k]; applied > 0 && len(i.Untouched) == applied && i.Verdict == monitor.Holds {
			names = append(names, clean(i.Name))
		}
	}
	return names
}

// ordered lists the invariants: violated, undecided, never put to the
// test, and those that hold, with how many of the last are left out.
func ordered(r *sim.Result, all bool) (list []*sim.InvariantResult, more int) {
	list = suspects(r)
	var undecided, vacuous, hold []*sim.InvariantResult
	for k := range r.Invariants {
		switch i := &r.Invariants[k]; {
		case i.Verdict == monitor.Violated:
		case i.Verdict == monitor.Undecided:
			undecided = append(undecided, i)
		case i.Vacuous:
			vacuous = append(vacuous, i)
		default:
			hold = append(hold, i)
		}
	}
	if n := len(hold); !all && n > someHold {
		slices.SortStableFunc(hold, func(a, b *sim.InvariantResult) int { return margins(b) - margins(a) })
		more, hold = n-someHold+1, hold[:someHold-1]
	}
	return append(append(append(list, undecided...), vacuous...), hold...), more
}

// margins is 1 where an invariant has a margin to tell, else 0.
func margins(i *sim.InvariantResult) int {
	if math.IsInf(i.Margin, 0) {
		return 0
	}
	return 1
}

// A verdictTable is the table of invariants with the widths of its columns.
type verdictTable struct {
	*sheet
	name, margin int
}

func (t *verdictTable) row(i *sim.InvariantResult, r *sim.Result) {
	name := "  " + i.Name
	if width(name) > t.name {
		t.line("%s", name)
		name = ""
	}
	word, c := verdictWord(i)
	head := left(name, t.name) + "  " + t.ink(c, left(word, verdictWidth)) + "  " + left(marginOf(i), t.margin) + "  "
	before := t.name + 2 + verdictWidth + 2 + t.margin + 2
	room := t.width - before
	what := when(i, r)
	if text := "  (" + clean(i.Text) + ")"; i.Text != "" && width(what)+width(text) <= room {
		what += strings.ReplaceAll(text, " ", "\u00a0")
	} else if i.Text != "" && t.All {
		defer t.block("      ", "      ", t.paint(dim, wrap(clean(i.Text), t.width-6, t.width-6)...))
	}
	if t.All && i.Decided != "" && i.Verdict != monitor.Holds {
		text := "margin decided at " + i.Closest.Short() + " by " + clean(i.Decided)
		defer t.block("      ", "      ", t.paint(dim, wrap(text, t.width-6, t.width-6)...))
	}
	lines := wrap(what, room, room)
	for k := range lines {
		lines[k] = strings.ReplaceAll(lines[k], "\u00a0", " ")
	}
	t.block(head, strings.Repeat(" ", before), lines)
	if i.Article != "" && (i.Verdict == monitor.Violated || t.All) {
		t.block("      concerns ", "      ", wrap(clean(i.Article), t.width-15, t.width-6))
	}
	if i.Verdict == monitor.Violated && asksDelays(i.Text) && loses(&r.Capacity) {
		t.block("      ", "      ", t.paint(dim, wrap("delays: what is lost or never answered counts as out to the end of the run; Capacity below has what arrived", t.width-6, t.width-6)...))
	}
	if i.Because != "" && i.Expected {
		t.block("      known: ", "      ", wrap(clean(i.Because), t.width-13, t.width-6))
	}
}

// delays are the figures of how long messages take, in which what is lost has a part.
var delays = []string{"p50(", "p90(", "p95(", "p99(", "p999(", "mean_delay("}

func asksDelays(text string) bool {
	return slices.ContainsFunc(delays, func(figure string) bool { return strings.Contains(text, figure) })
}

// loses reports whether a message was lost, or a poll never answered.
func loses(c *sim.Capacity) bool {
	return slices.ContainsFunc(c.Loads, func(l sim.Load) bool { return l.Lost > 0 }) ||
		slices.ContainsFunc(c.Polls, func(p sim.PollDelay) bool { return p.Unanswered > 0 })
}

// verdictWord is the verdict as people read it.
func verdictWord(i *sim.InvariantResult) (string, colour) {
	switch {
	case i.Verdict == monitor.Violated && i.Expected:
		return "VIOLATED", yellow
	case i.Verdict == monitor.Violated:
		return "VIOLATED", red
	case i.Verdict == monitor.Undecided:
		return "undecided", yellow
	case i.Vacuous:
		return "vacuous", yellow
	}
	return "holds", green
}

func marginOf(i *sim.InvariantResult) string {
	if i.Vacuous {
		return "-"
	}
	if i.Verdict == monitor.Undecided && i.Low != i.High && !math.IsInf(i.Margin, 0) {
		return map[bool]string{true: "<= ", false: ">= "}[i.Margin == i.High] + margin(i.Margin, i.Unit)
	}
	return margin(i.Margin, i.Unit)
}

// when says when an invariant was violated, or how close it came.
func when(i *sim.InvariantResult, r *sim.Result) string {
	switch {
	case i.Verdict == monitor.Violated:
		text := violations(i, r)
		if i.Expected && i.Because == "" {
			text += ", known"
		}
		return text
	case i.Verdict == monitor.Undecided:
		return clean(i.Missing)
	case i.Vacuous:
		return "nothing put it to the test" + never(i)
	case math.IsInf(i.Margin, 0) || i.At == vtime.Never:
		return "throughout"
	}
	return "closest at " + i.At.Short()
}

// never says what would have put an invariant to the test.
func never(i *sim.InvariantResult) string {
	if len(i.NeverAsked) != 1 {
		return ""
	}
	return ": never " + clean(i.NeverAsked[0])
}

// violations says when an invariant was violated.
func violations(i *sim.InvariantResult, r *sim.Result) string {
	if len(i.Violations) == 0 {
		return i.At.Short()
	}
	first, last := i.Violations[0], i.Violations[len(i.Violations)-1]
	text := interval(first, r)
	switch {
	case i.Count == 2:
		text += ", again " + interval(last, r)
	case i.Count > len(i.Violations):
		text += fmt.Sprintf(", then %d times more", i.Count-1)
	case i.Count > 2:
		text += fmt.Sprintf(", %d times more, last %s", i.Count-1, interval(last, r))
	}
	return text
}

func interval(v monitor.Span, r *sim.Result) string {
	switch {
	case v.To == vtime.Never && r.Stopped != nil:
		return "from " + v.From.Short() + " on"
	case v.To == vtime.Never && v.From >= r.Ended:
		return "at the end, " + v.From.Short()
	case v.To == vtime.Never:
		return v.From.Short() + " to the end"
	case v.To == v.From:
		return v.From.Short()
	}
	return v.From.Short() + " to " + v.To.Short()
}
