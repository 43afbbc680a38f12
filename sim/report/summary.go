package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Summary writes a table of several outcomes: one line each, and below it what
// was not as expected.
func Summary(w io.Writer, list []Outcome, o Options) error {
	s := newSheet(o)
	t := s.outcomeTable(list)
	s.line("%s", s.bold(t.row("Scenario", right("Seed", 6), left("Verdict", t.verdict), "Violations", "Harm", "Simulated")))
	good := 0
	var total vtime.Duration
	for i := range list {
		one := &list[i]
		if one.AsExpected() {
			good++
		}
		if one.Result != nil {
			total += one.Result.Ended.Sub(0)
		}
		s.outcome(one, &t)
	}
	s.crossings(list)
	s.line("")
	word, c := "AS EXPECTED", green
	if good < len(list) {
		word, c = "NOT AS EXPECTED", red
	}
	s.line("%s  %d of %s as expected, %s simulated", s.ink(c, word), good, count(len(list), "run"), span(total))
	_, err := io.WriteString(w, s.String())
	return err
}

// An outcomeTable is how wide the columns of a table of outcomes are; a column of no width is
// left out.
type outcomeTable struct {
	name, verdict, violations, harm int
	seeds                           bool
}

// outcomeTable makes room for several outcomes: who was harmed has a column where anybody is there who
// could be, and what leaves less for names.
func (s *sheet) outcomeTable(list []Outcome) outcomeTable {
	t := outcomeTable{name: width("Scenario"), verdict: 15, violations: 14}
	verdict, violations := width("Verdict"), width("Violations")
	for i := range list {
		o := &list[i]
		t.seeds = t.seeds || i > 0 && o.Name == list[i-1].Name
		word, _ := outcomeWord(o)
		verdict = max(verdict, width(word))
		if o.Result != nil && len(o.Result.Harm) > 0 {
			t.harm = max(t.harm, width("Harm"), width(worstHarm(o.Result)))
		}
		if o.Result != nil {
			violations = max(violations, width(tallied(o.Result)))
		}
	}
	most := nameMost
	if t.harm > 0 {
		t.verdict, t.violations = verdict, violations
		most = min(most, s.width-width(t.row("", right("", 6), left("", t.verdict), "", "", "Simulated")))
	}
	for i := range list {
		if n := width(clean(list[i].Name)); n <= most {
			t.name = max(t.name, n)
		}
	}
	return t
}

// row is a line of the table; the verdict has its width already.
func (t *outcomeTable) row(name, seed, verdict, violations, harm, simulated string) string {
	text := left(name, t.name)
	if t.seeds {
		text += "  " + seed
	}
	text += "  " + verdict + "  " + left(violations, t.violations)
	if t.harm > 0 {
		text += "  " + left(harm, t.harm)
	}
	return text + "  " + simulated
}

// worstHarm says who was harmed worst, and how many were harmed where that is more than one.
func worstHarm(r *sim.Result) string {
	people := r.Harmed()
	switch {
	case len(r.Harm) == 0:
		return ""
	case len(people) == 0:
		return "none"
	}
	text := clean(r.Harm[people[0]].Role) + " " + r.Harm[people[0]].Severity.String()
	if n := len(people) - 1; n > 0 {
		text += fmt.Sprintf(" (+%d)", n)
	}
	return text
}

// outcome writes the line of one scenario, and what was not as expected.
func (s *sheet) outcome(o *Outcome, t *outcomeTable) {
	name := clean(o.Name)
	if width(name) > t.name {
		s.line("%s", name)
		name = ""
	}
	word, c := outcomeWord(o)
	seed := right(fmt.Sprint(o.Seed), 6)
	word = s.ink(c, left(word, t.verdict))
	if o.Result == nil {
		s.line("%s", t.row(name, seed, word, "", "", ""))
		s.block("  - ", "    ", wrap(clean(firstLine(o.Problem)), s.width-4, s.width-4))
		return
	}
	s.line("%s", t.row(name, seed, word, tallied(o.Result), worstHarm(o.Result), span(o.Result.Ended.Sub(0))))
	for _, unmet := range o.Result.Unmet {
		s.block("  - ", "    ", wrap(clean(unmet), s.width-4, s.width-4))
	}
	if !o.AsExpected() {
		s.line("  rerun  %s", rerun(o.Result))
	}
}

func outcomeWord(o *Outcome) (string, colour) {
	switch {
	case o.Result == nil && o.Broken:
		return "BROKEN", red
	case o.Result == nil:
		return "NOT RUN", red
	case early(o.Result) && o.AsExpected():
		return "stopped early", yellow
	case o.Result.Stopped != nil && !early(o.Result):
		return "INTERRUPTED", yellow
	case o.AsExpected():
		return "as expected", green
	}
	return "NOT AS EXPECTED", red
}

// tallied counts violations: "2 known", "1 new, 2 known", "none".
func tallied(r *sim.Result) string {
	violated := 0
	for i := range r.Invariants {
		if r.Invariants[i].Verdict == monitor.Violated {
			violated++
		}
	}
	var parts []string
	if n := violated - r.Known; n > 0 {
		parts = append(parts, fmt.Sprintf("%d new", n))
	}
	if r.Known > 0 {
		parts = append(parts, fmt.Sprintf("%d known", r.Known))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
