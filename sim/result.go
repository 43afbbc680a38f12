package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Result is what happened in a run.
type Result struct {
	Plan  *Plan
	Seed  uint64
	Ended vtime.Time
	// Resumed is when it was taken up from a snapshot, 0 where it ran from the start.
	Resumed vtime.Time
	// Stopped is why the run ended early, nil where it ran to its end.
	Stopped error
	// Digest is SHA-256 over the canonical changes of signals.
	Digest     string
	Stats      Stats
	Invariants []InvariantResult
	Injections []InjectionResult
	// Harm is what became of each person, Hazards of each hazard.
	Harm    []HarmResult
	Hazards []HazardResult
	Ranges  []RangeResult     // that models hold in, left or not
	perils  []InvariantResult // of all that is followed of them
	Story   []StoryEvent
	// StoryDropped is how many lines of the story were not kept.
	StoryDropped int
	// Chanced says that chance was drawn: another seed may end otherwise.
	Chanced bool
	// Unmet says, in words, which expectations the run did not meet; of one that was
	// stopped only which violations were not expected.
	Unmet []string
	// Profile says where the time went, nil where nobody asked.
	Profile *Profile
	// Known counts the violations that were expected.
	Known int

	Checks    []CheckResult
	Decisions []Decision
	// DecisionsDropped is how many of them were not kept.
	DecisionsDropped int
	Accounts         Accounts
	Evidence         []Evidence
	// Named is whom the logs that are left can name.
	Named []logbook.Named
	Links []network.LinkCount
	// Capacity is how much was carried, and of how much.
	Capacity Capacity
	// Gains are what attackers earned, in the order of time.
	Gains []Gain
	// Restless are guards that rose very often.
	Restless []Restless
	// Outbreaks is how far each malware came, HostNews what the story says of hosts.
	Outbreaks []Outbreak
	HostNews  []HostNews
	// Privacy is what became of data about people, nil where a system has none.
	Privacy *Privacy
}

// A CheckResult is what a check did in a run.
type CheckResult struct {
	Device, Check, Kind, Owner string
	Guard                      int32  // that it is of, see Decision
	Text                       string // as it is written
	Reaction                   check.Reaction
	Off                        bool // it was not asked
	check.Count
}

// Stats counts what a run did.
type Stats struct {
	Events, Instants          uint64
	Sent, Delivered, Lost     uint64
	Steps, Rejected, Restarts uint64
	Opened                    uint64 // sessions of OPC UA that were opened anew
	// Unproven is how many searches for a change or an extreme went by samples, because
	// what is certain did not suffice.
	Unproven uint64
}

// An InvariantResult is what became of an invariant.
type InvariantResult struct {
	Name string
	Text string
	// Article is the article of a law that it is about, empty where it is none.
	Article string
	// Harm is what it forbids, where that is harm to a person and no invariant of the file.
	Harm *Harm
	// Hazard is the one that it says is never there, empty where it is about something else.
	Hazard string
	monitor.Result
	// Unit is that of the margin, Decided the comparison that decided it, empty where
	// none did.
	Unit    unit.Unit
	Decided string
	// Witness says why it was violated first; nil where each instant decides by itself.
	Witness *Witness
	// NeverAsked are the left sides of implications that never came true.
	NeverAsked []string
	// Untouched are the injections that changed nothing that the invariant reads.
	Untouched []int
	// Causes lead from the first violation back to its root.
	Causes []Cause
	// Also are the other steps on a way to it, by index, beside the one that the causes end in.
	Also []int
	// Tree leads to all that had influence, where the run was to Explain; see there.
	Tree *Tree
	// Expected says that a violation was expected as it came; Because why that is
	// all right.
	Expected bool
	Because  string
}

// An InjectionResult is what became of an injection.
type InjectionResult struct {
	Step inject.Step
	inject.Report
	Expected bool // where it did not take effect, that was expected
	// Attacker is who earns what it does, and From the device that it acts from; empty
	// where that is assumed.
	Attacker, From string
	// Detected is when a check noticed first what it did; At is Never where none did.
	Detected Detection
}

// AsExpected reports whether the run met all expectations.
func (r *Result) AsExpected() bool { return len(r.Unmet) == 0 }

// Verdict returns the verdict of an invariant. A name that does not exist is an
// error with the names that do.
func (r *Result) Verdict(name string) (monitor.Verdict, error) {
	i, err := r.Invariant(name)
	if err != nil {
		return monitor.Undecided, err
	}
	return i.Verdict, nil
}

// Invariant returns what became of an invariant, also of those that follow dangers (HarmTo).
func (r *Result) Invariant(name string) (*InvariantResult, error) {
	var names []string
	for i := range r.Invariants {
		if r.Invariants[i].Name == name {
			return &r.Invariants[i], nil
		}
		names = append(names, r.Invariants[i].Name)
	}
	for i := range r.perils {
		if r.perils[i].Name == name {
			return &r.perils[i], nil
		}
	}
	return nil, fmt.Errorf("there is no invariant %q; there are %v", name, names)
}

// Violations returns the invariants that were violated, by the time at which
// they first were.
func (r *Result) Violations() (list []*InvariantResult) {
	for i := range r.Invariants {
		if r.Invariants[i].Verdict == monitor.Violated {
			list = append(list, &r.Invariants[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *InvariantResult) int { return int(min(1, max(-1, a.At-b.At))) })
	return list
}

// Why returns the causes of an invariant's first violation.
func (r *Result) Why(name string) ([]Cause, error) {
	i, err := r.Invariant(name)
	if err != nil {
		return nil, err
	}
	return i.Causes, nil
}

// result collects what happened up to the present instant.
func (w *world) result(seed uint64, stopped error) *Result {
	now := w.kernel.Now()
	r := &Result{
		Plan: w.plan, Seed: seed, Ended: now, Resumed: w.resumed, Stopped: stopped, Chanced: w.devices.Chanced,
		Story: w.story.events, StoryDropped: w.story.dropped,
		Stats: Stats{
			Events: w.kernel.Events - w.looks, Instants: w.kernel.Instants, Sent: w.network.Sent,
			Delivered: w.network.Delivered, Lost: w.network.Lost, Opened: w.network.Opened,
			Steps: w.plant.Steps, Rejected: w.plant.Rejected, Restarts: w.plant.Restarts, Unproven: w.plant.Unproven,
		},
	}
	for i := range w.observers {
		if o := &w.observers[i]; o.over != nil {
			r.Invariants = append(r.Invariants, w.judge(o, now, stopped != nil))
		}
	}
	w.dangerResults(r)
	for i := range w.timeline.Steps {
		r.Injections = append(r.Injections, w.injectionResult(i))
	}
	r.oneStory()
	r.Checks, r.Decisions, r.DecisionsDropped, r.Accounts = w.checkResults(), w.decisions, w.decisionsDropped, w.accounts
	r.Evidence, r.Named = w.evidence()
	r.Gains = w.gainResults()
	r.Outbreaks, r.HostNews = w.outbreakResults(), w.hostNews()
	w.upToDate()
	r.Privacy = w.privacyResult(now)
	r.Links = w.network.LinkCounts()
	r.Capacity = w.capacity()
	r.Restless = w.restless()
	w.markHoldings()
	r.Digest = w.digest.sum()
	r.Profile = w.profile()
	r.expect()
	return r
}

// injectionResult is what became of a step.
func (w *world) injectionResult(i int) InjectionResult {
	r := InjectionResult{Step: w.timeline.Steps[i], Report: w.timeline.Report(i), Detected: w.detections[i]}
	if f := r.Step.Footing; f != nil {
		r.Attacker, r.From = w.plan.earned.Intruders[f.Intruder].Name, w.plan.Devices[f.At].ID
	}
	return r
}

// judge ends an invariant.
func (w *world) judge(o *observer, now vtime.Time, stopped bool) InvariantResult {
	spec := &w.plan.invariants[o.spec.index]
	i := InvariantResult{Name: spec.Name, Text: spec.Text, Article: spec.Article, Result: o.ended(now, stopped), Causes: w.why[o.spec.index]}
	layer, _ := w.acts(o.spec.index)
	late := i.Verdict == monitor.Violated && i.Causes == nil && layer == nil
	if late {
		i.Causes = w.explain(w.causesOf(o.spec.index), now)
	}
	if o.spec.index < w.plan.named {
		if i.Also = w.also[o.spec.index]; late {
			i.Also, _ = w.letThrough(o.spec.index, i.Causes, now)
		}
	}
	if i.Atom >= 0 {
		if a := spec.comparison(i.Atom, o.over.decided); a != nil {
			i.Unit, i.Decided = a.Unit, a.Text
		}
	}
	if i.Result.Witness != nil {
		words := spec.witnessOf(i.Result.Witness)
		i.Witness = &words
	}
	for _, k := range i.Unasked {
		i.NeverAsked = append(i.NeverAsked, o.over.plan.Asked[k].Show(func(atom int) string { return spec.condition(atom).Text }))
	}
	if spec.Formula != nil && i.Verdict == monitor.Holds && w.untimed(spec) {
		i.Vacuous = true // nothing took any time, since nothing came
	}
	i.Untouched = w.untouched(o)
	if i.Tree = w.trees[o.spec.index]; i.Tree == nil && w.explains {
		i.Tree = w.grow(w.causesOf(o.spec.index), now)
	}
	return i
}

func (o *observer) ended(now vtime.Time, stopped bool) monitor.Result {
	if stopped {
		return o.over.monitor.Stop(now)
	}
	return o.over.monitor.End(now)
}

// untouched lists the injections that changed nothing that an invariant reads.
func (w *world) untouched(o *observer) (list []int) {
	var influence signal.Mask
	for _, slot := range o.spec.influences {
		influence |= w.store.Stamp(slot).Influence
	}
	for k := range w.timeline.Steps {
		if step := &w.timeline.Steps[k]; w.timeline.Report(k).Outcome == inject.Applied && step.Roots&influence == 0 {
			list = append(list, k)
		}
	}
	return list
}

// comparison returns the comparison that decided the margin of an atom: of the only
// one that there is, its number is known.
func (i *Invariant) comparison(atom, decided int) *signal.Atom {
	list := i.condition(atom).Atoms
	if decided >= 0 && decided < len(list) && list[decided].Gap != nil {
		return &list[decided]
	}
	for k := range list {
		if list[k].Gap != nil {
			return &list[k]
		}
	}
	return nil
}

// expect compares the result with the expectations.
func (r *Result) expect() {
	defer func() {
		if r.Stopped != nil {
			r.Unmet = r.surprises()
		}
	}()
	e := &r.Plan.Expect
	for k := range r.Invariants {
		i := &r.Invariants[k]
		known, named := e.Violated[i.Name]
		switch {
		case i.Verdict == monitor.Violated && named:
			i.Because = known.Because
			if i.At < known.After || i.At > known.Before {
				r.unmet("%s was violated at %v, but that was expected %s", i.Name, i.At.Short(), known.when())
				continue
			}
			i.Expected = true
			r.Known++
		case i.Verdict == monitor.Violated:
			r.unmet("%s was violated at %v", i.Name, i.At.Short())
		case named && share(known.In) < 1: // other seeds may show it
		case named:
			r.unmet("%s was expected to be violated, but %s", i.Name, verdictWords(i))
		case e.Vacuous[i.Name] && !i.Vacuous:
			r.unmet("%s was expected to hold vacuously, but it was put to the test", i.Name)
		case i.Verdict == monitor.Undecided && !e.Undecided[i.Name]:
			r.unmet("%s is undecided: %s", i.Name, i.Missing)
		}
	}
	for k := range r.Injections {
		i := &r.Injections[k]
		name := i.Step.Name
		switch {
		case (i.Outcome == inject.NotTriggered || i.HeldUp()) && e.Stopped[name] == "" && r.foreseen(i):
			i.Expected = true
		case i.Outcome == inject.NotTriggered && !e.NotTriggered[name]:
			r.unmet("%s %s never triggered%s", i.Step.Kind, name, missing(i.Missing))
		case i.Outcome == inject.NoEffect && !e.NoEffect[name]:
			r.unmet("%s %s had no effect", i.Step.Kind, name)
		case i.Outcome == inject.Pending && e.Stopped[name] == "":
			r.unmet("%s %s is pending at %s: %s", i.Step.Kind, name, i.StoppedBy, i.Why)
		case i.Outcome == inject.Stopped && e.Stopped[name] == "":
			r.unmet("%s %s was stopped by %s: %s", i.Step.Kind, name, i.StoppedBy, i.Why)
		case i.HeldUp() && e.Stopped[name] != i.StoppedBy:
			r.unmet("%s %s was stopped by %s, but that was expected by %s", i.Step.Kind, name, i.StoppedBy, e.Stopped[name])
		case i.Outcome == inject.Applied && (e.NotTriggered[name] || e.NoEffect[name] || e.Stopped[name] != ""):
			r.unmet("%s %s took effect, but that was not expected", i.Step.Kind, name)
		default:
			i.Expected = i.Outcome != inject.Applied
		}
	}
}

// HeldUp reports whether something kept it from taking effect: it was stopped, or what it
// proposes waits for others to agree.
func (i *InjectionResult) HeldUp() bool {
	return i.Outcome == inject.Stopped || i.Outcome == inject.Pending
}

// foreseen reports whether a step did not come to anything because one that it needs,
// or that would have got what it lacks, was stopped as expected.
func (r *Result) foreseen(i *InjectionResult) bool {
	for n := range r.Injections {
		before := &r.Injections[n]
		if !slices.Contains(i.Step.Needs, n) && !(before.Applied < i.Applied && i.Step.Lacks(i.StoppedBy, &before.Step)) {
			continue
		}
		expected := before.HeldUp() && r.Plan.Expect.Stopped[before.Step.Name] != ""
		if expected || before.Outcome != inject.Applied && r.foreseen(before) {
			return true
		}
	}
	return false
}

// surprises says which violations were not expected.
func (r *Result) surprises() (list []string) {
	for _, i := range r.Violations() {
		if !i.Expected {
			list = append(list, fmt.Sprintf("%s was violated at %s", i.Name, i.At.Short()))
		}
	}
	return list
}

func (r *Result) unmet(format string, args ...any) {
	r.Unmet = append(r.Unmet, fmt.Sprintf(format, args...))
}

func (v Violation) when() string {
	switch {
	case v.Before == vtime.Never:
		return fmt.Sprintf("after %v", v.After.Short())
	case v.After == 0:
		return fmt.Sprintf("before %v", v.Before.Short())
	}
	return fmt.Sprintf("between %v and %v", v.After.Short(), v.Before.Short())
}

func verdictWords(i *InvariantResult) string {
	if i.Verdict == monitor.Undecided {
		return "it is undecided"
	}
	if i.Vacuous {
		return "it holds (vacuously: nothing ever put it to the test)"
	}
	return "it holds"
}

func missing(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}
