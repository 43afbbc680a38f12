package report

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// verdict writes whether all went as expected, and what to do next.
func (s *sheet) verdict(r *sim.Result) {
	if s.All {
		s.block("", "  ", s.paint(dim, wrap(work(r), s.width, s.width-2)...))
	}
	word, c := "AS EXPECTED", green
	switch {
	case r.Stopped != nil:
		word, c = stopped(r), yellow
	case !r.AsExpected():
		word, c = "NOT AS EXPECTED", red
	}
	counts, digest := tally(r), "digest "+short(r.Digest)
	fill := s.width - width(word) - 2 - width(counts) - width(digest)
	if fill >= 2 {
		s.line("%s  %s%s%s", s.ink(c, word), counts, strings.Repeat(" ", fill), digest)
	} else {
		s.line("%s  %s", s.ink(c, word), counts)
		defer s.line("  digest  %s", short(r.Digest))
	}
	for _, text := range r.Unmet {
		s.block("  - ", "    ", wrap(clean(text), s.width-4, s.width-4))
	}
	if fix := accept(r); len(fix) > 0 && r.Stopped == nil {
		s.line("  If that is how it is, add to the scenario:")
		for _, line := range fix {
			s.line("      %s", line)
		}
	}
	s.line("  rerun  %s", rerun(r))
}

// short is the part of a digest that people compare.
func short(digest string) string { return digest[:min(len(digest), 12)] }

// tally counts what the run was about.
func tally(r *sim.Result) string {
	violated := 0
	for i := range r.Invariants {
		if r.Invariants[i].Verdict == monitor.Violated {
			violated++
		}
	}
	var kinds [3]int
	for i := range r.Injections {
		kinds[r.Injections[i].Step.Kind]++
	}
	parts := []string{count(violated, "violation")}
	switch {
	case r.Known > 0 && violated == r.Known:
		parts = []string{count(violated, "known violation")}
	case r.Known > 0:
		parts = []string{count(violated-r.Known, "new violation"), fmt.Sprintf("%d known", r.Known)}
	}
	parts = append(parts, attacked(r, kinds[inject.Attack]), count(kinds[inject.Fault], "fault"))
	if n := kinds[inject.Act]; n > 0 {
		parts = append(parts, count(n, "act"))
	}
	return strings.Join(parts, ", ")
}

// attacked counts the attacks, and those of them that have no foothold.
func attacked(r *sim.Result, attacks int) string {
	n := 0
	for i := range r.Injections {
		if s := &r.Injections[i].Step; s.Kind == inject.Attack && s.Assumed {
			n++
		}
	}
	switch {
	case n == 0:
		return count(attacks, "attack")
	case n == attacks:
		return count(attacks, "assumed attack")
	}
	return count(attacks, "attack") + fmt.Sprintf(" (%d assumed)", n)
}

// work says how much the simulator did.
func work(r *sim.Result) string {
	text := fmt.Sprintf("%s simulated: %d events, %d messages (%d lost), %d steps of integration",
		span(r.Ended.Sub(0)), r.Stats.Events, r.Stats.Sent, r.Stats.Lost, r.Stats.Steps)
	if n := r.Stats.Opened; n > 0 {
		text += ", " + count(int(n), "session") + " opened anew"
	}
	return text
}

// accept is the part of `expect:` that would make the run as expected: where the
// system is right as it is.
func accept(r *sim.Result) (lines []string) {
	var violated, undecided, gone, outcomes []string
	for k := range r.Invariants {
		i := &r.Invariants[k]
		known, named := r.Plan.Expect.Violated[i.Name]
		switch {
		case i.Verdict == monitor.Violated && (!named || !i.Expected):
			violated = append(violated, "    "+i.Name+": {"+around(i.At)+reason(known)+"}")
		case i.Verdict == monitor.Undecided && !r.Plan.Expect.Undecided[i.Name]:
			undecided = append(undecided, i.Name)
		case named && i.Verdict != monitor.Violated:
			gone = append(gone, "  (and take "+i.Name+" out of `violated:`)")
		}
	}
	for _, o := range []inject.Outcome{inject.NoEffect, inject.NotTriggered} {
		if names := unlisted(r, o); len(names) > 0 {
			outcomes = append(outcomes, fmt.Sprintf("  %s: [%s]", o, strings.Join(names, ", ")))
		}
	}
	outcomes = append(outcomes, checked(r)...)
	if len(violated) > 0 {
		lines = append(lines, "  violated:")
		lines = append(lines, violated...)
	}
	if len(undecided) > 0 {
		lines = append(lines, "  undecided: ["+strings.Join(undecided, ", ")+"]")
	}
	lines = append(append(lines, outcomes...), gone...)
	if len(lines) > 0 {
		lines = append([]string{"expect:"}, lines...)
	}
	return lines
}

// around writes the seconds in which a violation began.
func around(at vtime.Time) string {
	second := at - at%vtime.Time(vtime.Second)
	return "after: " + span(second.Sub(0)) + ", before: " + span(second.Add(vtime.Second).Sub(0))
}

// reason leaves room for why a violation is all right, where that is not said.
func reason(v sim.Violation) string {
	if v.Because != "" {
		return ""
	}
	return ", because: ..."
}

// unlisted names the injections that ended so, but were not expected to.
func unlisted(r *sim.Result, o inject.Outcome) (names []string) {
	for k := range r.Injections {
		if i := &r.Injections[k]; i.Outcome == o && !i.Expected {
			names = append(names, clean(i.Step.Name))
		}
	}
	return names
}

// checked lists the injections that a check stopped or keeps waiting, though that was not
// expected.
func checked(r *sim.Result) (lines []string) {
	for k := range r.Injections {
		if i := &r.Injections[k]; i.HeldUp() && !i.Expected {
			if len(lines) == 0 {
				lines = append(lines, "  stopped:")
			}
			lines = append(lines, "    "+clean(i.Step.Name)+": {by: "+clean(i.StoppedBy)+"}")
		}
	}
	return lines
}
