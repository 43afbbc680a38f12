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
	seeds := false
	name := width("Scenario")
	for i := range list {
		seeds = seeds || i > 0 && list[i].Name == list[i-1].Name
		if n := width(clean(list[i].Name)); n <= nameMost {
			name = max(name, n)
		}
	}
	s.line("%s", s.bold(left("Scenario", name)+seedHead(seeds)+"  "+left("Verdict", 15)+"  Violations      Simulated"))
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
		s.outcome(one, name, seeds)
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

func seedHead(seeds bool) string {
	if seeds {
		return "  " + right("Seed", 6)
	}
	return ""
}

// outcome writes the line of one scenario, and what was not as expected.
func (s *sheet) outcome(o *Outcome, name int, seeds bool) {
	text := clean(o.Name)
	if width(text) > name {
		s.line("%s", text)
		text = ""
	}
	text = left(text, name)
	if seeds {
		text += "  " + right(fmt.Sprint(o.Seed), 6)
	}
	word, c := outcomeWord(o)
	text += "  " + s.ink(c, left(word, 15))
	if o.Result == nil {
		s.line("%s", text)
		s.block("  - ", "    ", wrap(clean(firstLine(o.Problem)), s.width-4, s.width-4))
		return
	}
	s.line("%s  %s  %s", text, left(tallied(o.Result), 14), span(o.Result.Ended.Sub(0)))
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
