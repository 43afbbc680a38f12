package compile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A step is a step of the timeline while it is compiled.
type step struct {
	sim.Step
	syntax syntax.Step
}

func plain(steps []step) (list []sim.Step) {
	for _, s := range steps {
		list = append(list, s.Step)
	}
	return list
}

// injections lists what a step may do: by class, the kinds and who reads their
// parameters.
var injections = map[syntax.Class]map[string]func(*reader){
	syntax.Attack: {
		"spoof": (*reader).spoof, "freeze": (*reader).freeze, "replay": (*reader).replay, "tamper": (*reader).tamper,
		"drop": (*reader).drop, "block": (*reader).block, "delay": (*reader).slowDown, "command": (*reader).command,
		"modify": (*reader).modify,
	},
	syntax.Fault: {
		"stuck": (*reader).stuck, "bias": (*reader).bias, "drift": (*reader).drift, "noise": (*reader).noise,
		"slow": (*reader).slow, "crash": (*reader).crash, "power-loss": (*reader).powerLoss, "link-loss": (*reader).block,
		"clock-drift": (*reader).clockDrift,
	},
	syntax.Act: {"set": (*reader).modify},
}

// parameterKeys are the parameters of all injections.
var parameterKeys = []string{
	"signal", "value", "offset", "scale", "rate", "receiver", "sender", "conduit", "record", "share", "by", "every",
	"how", "place", "device", "deviation", "to",
}

var techniqueID = regexp.MustCompile(`^T0\d{3}$`)

// timeline compiles the steps but for their conditions, which need the wiring.
// What they act on gets its points.
func (b *builder) timeline() (steps []step) {
	counts := map[syntax.Class]int{}
	index := map[string]int{}
	for _, s := range b.file.Timeline {
		counts[s.Class]++
		out := step{syntax: s}
		out.Name = s.Name.Value
		if !s.Name.Present() {
			out.Name = fmt.Sprintf("%c%d", "?AFP"[s.Class], counts[s.Class])
		}
		if before, twice := index[out.Name]; twice {
			b.Errorf(s.Name.Span, "give it another name", "two steps are named %s (line %d)", out.Name, steps[before].syntax.Span.Line)
		}
		index[out.Name] = len(steps)
		out.Kind = map[syntax.Class]inject.Kind{syntax.Attack: inject.Attack, syntax.Fault: inject.Fault, syntax.Act: inject.Act}[s.Class]
		out.What, out.Technique = s.Kind.Value, s.Technique.Value
		out.Assumed = s.Class == syntax.Attack && !s.From.Present()
		out.Time, out.For = vtime.Time(s.At.Value), s.For.Value
		out.Delay, out.Times = s.Delay.Value, int(s.Times.Value)
		b.inject(&out)
		steps = append(steps, out)
	}
	for i := range steps {
		b.order(steps, i, index)
	}
	for i := range steps {
		b.circle(steps, i)
	}
	return steps
}

// order resolves what a step starts with and needs.
func (b *builder) order(steps []step, i int, index map[string]int) {
	s := &steps[i]
	var names []string
	for k := range steps {
		if k != i && steps[k].syntax.Class != 0 {
			names = append(names, steps[k].Name)
		}
	}
	find := func(t syntax.Text) (int, bool) {
		k, ok := index[t.Value]
		switch {
		case !t.Usable():
			return 0, false
		case !ok:
			b.Errorf(t.Span, choice("the steps are", names, "there is no other step"), "there is no step %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
			return 0, false
		case k == i:
			b.Errorf(t.Span, "name another step", "a step cannot wait for itself")
			return 0, false
		}
		return k, true
	}
	if s.syntax.After.Present() {
		if k, ok := find(s.syntax.After); ok {
			s.Start, s.Previous = inject.After, k
		}
	}
	if s.syntax.Needs.Present() {
		if k, ok := find(s.syntax.Needs); ok {
			s.Needs = append(s.Needs, k)
		}
	}
	if s.syntax.At.Present() && s.Time > vtime.Time(b.file.Run.Value) && b.file.Run.Present() {
		b.Warnf(s.syntax.At.Span, "begin it earlier, or let the run last longer", "the run is over at %v, before this step begins", vtime.Time(b.file.Run.Value).Short())
	}
}

// circle reports steps that come after one another in a circle: none of them ever
// begins.
func (b *builder) circle(steps []step, i int) {
	at := i
	for range steps {
		if steps[at].Start != inject.After {
			return
		}
		if at = steps[at].Previous; at < i {
			return // reported already, if it is one
		}
		if at == i {
			b.Errorf(steps[i].syntax.After.Span, "let one of them begin `at:` a time", "%s comes after itself: the steps wait for one another in a circle", steps[i].Name)
			return
		}
	}
}

// triggers compiles the conditions of steps with when.
func (b *builder) triggers(steps []step) {
	for i := range steps {
		if s := &steps[i]; s.syntax.When.Present() {
			s.Start = inject.When
			s.Condition = b.condition(s.syntax.When, expression.Trigger)
		}
	}
}

// inject compiles what a step does.
func (b *builder) inject(s *step) {
	if s.syntax.Class == syntax.NoClass || !s.syntax.Kind.Usable() {
		return
	}
	kinds := injections[s.syntax.Class]
	do, ok := kinds[s.syntax.Kind.Value]
	if !ok {
		var names []string
		for name := range kinds {
			names = append(names, name)
		}
		slices.Sort(names)
		b.Errorf(s.syntax.Kind.Span, fmt.Sprintf("the %ss are %s", s.syntax.Class, list(names)),
			"there is no %v %s%s", s.syntax.Class, source.Quote(s.syntax.Kind.Value), source.DidYouMean(s.syntax.Kind.Value, names))
		return
	}
	if t := s.syntax.Technique; t.Usable() && !techniqueID.MatchString(t.Value) {
		b.Errorf(t.Span, "write an id of ATT&CK for ICS such as T0856", "%s is no technique", source.Quote(t.Value))
	}
	if f := s.syntax.From; f.Usable() {
		b.Errorf(f.Span, "leave from: out; the attack is then marked as assumed", "footholds are not supported yet")
	}
	r := &reader{b: b, step: s, used: map[string]bool{}}
	before := len(b.Problems)
	do(r)
	if s.Summary == "" {
		s.Summary = s.What + " " + s.Target
	}
	failed := r.stopped || len(b.Problems) > before
	for _, e := range s.syntax.Params {
		// Where something is wrong already, keys may be left over for that reason.
		if !r.used[e.Key.Value] && !(failed && slices.Contains(parameterKeys, e.Key.Value)) {
			b.Errorf(e.Key.Span, r.takes(failed), "%s %s has no %s%s", s.syntax.Class, s.syntax.Kind.Value, source.Quote(e.Key.Value),
				source.DidYouMean(e.Key.Value, append(r.asked, syntax.StepKeys...)))
		}
	}
}

// takes says which parameters an injection has, where all were asked for.
func (r *reader) takes(failed bool) string {
	page := "`harmproof doc " + r.step.syntax.Kind.Value + "` explains "
	if failed { // not all were asked for
		return page + "what it takes"
	}
	var keys []string
	for _, key := range r.asked {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return "it takes " + strings.Join(keys, ", ") + "; " + page + "them"
}

// Injections lists the kinds of a class: attack, fault or act.
func Injections(class string) (names []string) {
	for c, kinds := range injections {
		if c.String() == class {
			for name := range kinds {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}
