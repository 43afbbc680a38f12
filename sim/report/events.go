package report

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A row is one line of the story.
type row struct {
	at     string
	mark   string // > applied, + gained, x stopped or refused, ! alarmed, < reverted, X violated, v recovered
	colour colour
	text   string
	values []float64 // of the plan's columns; nil: none are shown

	event  sim.StoryEvent
	gains  []sim.Gain // that are told with it, after what was before
	before string

	key   string // what sort of line of what it is, for those that are not shown
	first bool   // of its key
	rank  int    // what is shown first when not all fits
}

// The ranks of rows: what a reader misses most comes first.
const (
	ends      = iota // start, end, the first violation of each invariant
	steppings        // steps that apply for the first time, and are stopped
	turns            // the first of anything else
	ways             // attacks that only find and enter devices, and what they gain
	others
)

// A teller makes rows of the events of a run.
type teller struct {
	*sim.Result
	columns []sim.Column
	seen    map[string]bool
	since   map[int]vtime.Time // by step: when it applied last
	last    []float64
}

// rows returns the lines of the story in order.
func rows(r *sim.Result) (list []row) {
	t := teller{Result: r, columns: r.Plan.Columns(), seen: map[string]bool{}, since: map[int]vtime.Time{}}
	for _, e := range r.Story {
		line, ok := t.row(e)
		t.last = e.Values
		if !ok {
			continue
		}
		line.at, line.values, line.event = e.At.Short(), e.Values, e
		line.first = !t.seen[line.key]
		t.seen[line.key] = true
		if !line.first && line.rank > ends {
			line.rank = others
		}
		list = t.join(list, line)
	}
	return list
}

// row makes a row of an event; ok is false where it shows nothing new.
func (t *teller) row(e sim.StoryEvent) (line row, ok bool) {
	switch e.Kind {
	case sim.Began:
		return row{text: "start", key: "start"}, true
	case sim.Ended:
		return row{text: t.end(), key: "end"}, true
	case sim.AppliedStep:
		t.since[e.Index] = e.At
		step := &t.Injections[e.Index].Step
		return row{
			mark: ">", colour: yellow, text: label(step) + ": " + t.doing(e.Index),
			key: clean(step.Name) + " applied", rank: weight(step, steppings),
		}, true
	case sim.StoppedStep:
		return t.stopped(e), true
	case sim.GainedStep:
		return t.gained(e), true
	case sim.StoreDid:
		return t.store(e), true
	case sim.HostCaught:
		return t.host(e), true
	case sim.CheckReacted:
		return t.reacted(e), true
	case sim.Reverted:
		return t.reverted(e), true
	case sim.Harmed, sim.HazardBegan, sim.HazardEnded:
		return t.endangered(e), true
	case sim.ViolationBegan, sim.ViolationEnded:
		return t.judged(e), true
	}
	return t.changed(e)
}

func (t *teller) end() string {
	if t.Stopped != nil {
		return "stopped here"
	}
	return "end"
}

func (t *teller) reverted(e sim.StoryEvent) row {
	i := &t.Injections[e.Index]
	name := clean(i.Step.Name)
	text := name + " ends"
	if since, ok := t.since[e.Index]; ok && e.At > since {
		text += " after " + span(e.At.Sub(since))
	}
	return row{mark: "<", colour: yellow, text: text + ": " + outcome(i), key: name + " ended", rank: turns}
}

// metAgain ends the key of a row that says that an invariant is met again.
const metAgain = " met again"

// judged tells that an invariant is violated, or met again.
func (t *teller) judged(e sim.StoryEvent) row {
	i := &t.Invariants[e.Index]
	if e.Kind == sim.ViolationEnded {
		return row{mark: "v", colour: dim, text: i.Name + " is met again", key: i.Name + metAgain, rank: turns}
	}
	line := row{mark: "X", colour: red, text: i.Name + " VIOLATED", key: i.Name + " violated", rank: ends}
	if i.Expected {
		line.colour = yellow
	}
	if t.seen[line.key] {
		line.rank, line.text = others, line.text+" again"
	}
	return line
}

// changed tells that a word in a column is another one than before.
func (t *teller) changed(e sim.StoryEvent) (line row, ok bool) {
	if e.Index < len(t.last) && t.last[e.Index] == e.Values[e.Index] {
		return line, false
	}
	c := &t.columns[e.Index]
	now := word(e.Values[e.Index], c.Expression.Type, c.Expression.Labels)
	return row{text: clean(c.Title) + ": " + now, key: clean(c.Title) + " changed", rank: turns}, true
}

// weight is the rank of a row about a step: what only finds and enters devices
// matters less than what is done there.
func weight(s *inject.Step, rank int) int {
	if slices.ContainsFunc(s.Ops, func(op inject.Op) bool {
		return op.Kind != inject.SniffOp && op.Kind != inject.LocalOp && op.Kind != inject.SendOp || len(op.Values) > 0 || op.Deed != inject.NoDeed
	}) || s.Kind != inject.Attack {
		return rank
	}
	return ways
}

// label names a step: "A1 attack".
func label(s *inject.Step) string { return clean(s.Name) + " " + s.Kind.String() }

// doing says what a step does.
func doing(s *inject.Step) string {
	if s.Summary != "" {
		return clean(s.Summary)
	}
	return clean(s.What + " " + s.Target)
}

// outcome says how an injection ended.
func outcome(i *sim.InjectionResult) string {
	switch i.Outcome {
	case inject.NotTriggered:
		if i.Missing != "" {
			return "never triggered: " + clean(i.Missing)
		}
		return "never triggered"
	case inject.NoEffect:
		return "no effect"
	case inject.Pending:
		return "pending at " + clean(i.StoppedBy)
	case inject.Stopped:
		return "stopped by " + clean(i.StoppedBy)
	}
	return "took effect"
}

// unhappened lists the injections that did not take effect, in words. Of attacks a
// table may say so.
func unhappened(r *sim.Result) (list []string) {
	_, tabled := attempts(r)
	for k := range r.Injections {
		i := &r.Injections[k]
		if i.Outcome == inject.Applied || tabled && i.Step.Kind == inject.Attack {
			continue
		}
		text := fmt.Sprintf("%s: %s", label(&i.Step), outcome(i))
		switch {
		case r.Stopped != nil:
			text += ", so far"
		case i.Expected:
			text += ", as expected"
		}
		list = append(list, text)
	}
	return list
}
