package compile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/inject/technique"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A step is a step of the timeline while it is compiled.
type step struct {
	sim.Step
	syntax syntax.Step
	broken bool // it has a mistake: those that build on it are silent
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
		"modify": (*reader).modify, "suppress": (*reader).suppress,
		"scan": (*reader).scan, "connect": (*reader).connect, "login": (*reader).login, "exploit": (*reader).exploit,
		"pivot": (*reader).pivot, "sniff": (*reader).sniff, "download": (*reader).download, "flood": (*reader).flood,
		"release": (*reader).release, "steal": (*reader).steal,
		"wipe": (*reader).wipe, "forge": (*reader).forge, "jam": (*reader).jam, "hijack": (*reader).hijack, "resend": (*reader).resend,
	},
	syntax.Fault: {
		"stuck": (*reader).stuck, "bias": (*reader).bias, "drift": (*reader).drift, "noise": (*reader).noise,
		"slow": (*reader).slow, "crash": (*reader).crash, "power-loss": (*reader).powerLoss, "link-loss": (*reader).block,
		"clock-drift": (*reader).clockDrift,
	},
	syntax.Act: {"set": (*reader).modify, "command": (*reader).command, "download": (*reader).download, "reset": (*reader).reset, "ask": (*reader).ask, "restore": (*reader).restore},
}

// parameterKeys are the parameters of all injections.
var parameterKeys = []string{
	"signal", "value", "offset", "scale", "rate", "receiver", "sender", "conduit", "record", "share", "by", "every",
	"how", "place", "device", "deviation", "to", "zone", "with", "weakness", "as", "set", "size", "verb", "range", "position", "age",
	"malware", "on", "each", "right", "person", "purpose", "store",
}

// timeline compiles the steps but for their conditions, which need the wiring.
// What they act on gets its points.
func (b *builder) timeline() (steps []step) {
	counts := map[syntax.Class]int{}
	index := map[string]int{}
	payloads := b.payloads()
	for i, s := range append(payloads, b.file.Timeline...) {
		if i >= len(payloads) { // those have names
			counts[s.Class]++
		}
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
	b.waits(steps)
	b.attainable(steps)
	b.quenched(steps)
	b.askedAgain(steps)
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
	for _, need := range s.syntax.Needs {
		if k, ok := find(need); ok {
			s.Needs = append(s.Needs, k)
		}
	}
	if s.syntax.At.Present() && s.Time > vtime.Time(b.file.Run.Value) && b.file.Run.Present() {
		b.Warnf(s.syntax.At.Span, "begin it earlier, or let the run last longer", "the run is over at %v, before this step begins", vtime.Time(b.file.Run.Value).Short())
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
	do := b.readerOf(&s.syntax)
	if do == nil {
		return
	}
	b.technique(s.syntax.Technique)
	r := &reader{b: b, step: s, used: map[string]bool{}}
	before := b.mistakes()
	do(r)
	if s.Summary == "" {
		s.Summary = s.What + " " + s.Target
	}
	if from := s.syntax.From; from.Usable() && s.syntax.Class != syntax.Fault && s.Footing == nil && !r.stopped && b.mistakes() == before {
		b.Errorf(from.Span, "leave it out", "%v %s does not act through the network", s.syntax.Class, s.syntax.Kind.Value)
	}
	failed := r.stopped || b.mistakes() > before
	s.broken = failed
	for _, e := range s.syntax.Params {
		// Where something is wrong already, keys may be left over for that reason.
		if !r.used[e.Key.Value] && !(failed && slices.Contains(parameterKeys, e.Key.Value)) {
			hint := source.DidYouMean(e.Key.Value, append(r.asked, syntax.StepKeys...))
			if word := otherWords[e.Key.Value]; slices.Contains(r.asked, word) {
				hint = "; did you mean " + source.Quote(word) + "?"
			}
			b.Errorf(e.Key.Span, r.takes(failed), "%s %s has no %s%s", s.syntax.Class, s.syntax.Kind.Value, source.Quote(e.Key.Value), hint)
		}
	}
}

// otherWords are words that somebody may write for a key of a step.
var otherWords = map[string]string{
	"link": "conduit", "network": "conduit", "zone": "conduit", "source": "sender", "to": "receiver", "target": "device",
}

// readerOf returns what reads the parameters of a step; where there is nothing such, it
// reports that and returns nil.
func (b *builder) readerOf(s *syntax.Step) func(*reader) {
	kinds := injections[s.Class]
	do := kinds[s.Kind.Value]
	if do == nil && s.Class != syntax.NoClass && s.Kind.Usable() {
		names := slices.Sorted(maps.Keys(kinds))
		b.Errorf(s.Kind.Span, fmt.Sprintf("the %ss are %s", s.Class, list(names)),
			"there is no %v %s%s", s.Class, source.Quote(s.Kind.Value), meant(s.Kind.Value, names))
	}
	return do
}

// meant is source.DidYouMean; of spoofing it knows too that spoof is meant.
func meant(word string, names []string) string {
	for _, name := range names {
		if strings.HasPrefix(word, name) {
			return "; did you mean " + source.Quote(name) + "?"
		}
	}
	return source.DidYouMean(word, names)
}

// technique checks an id of ATT&CK for ICS.
func (b *builder) technique(t syntax.Text) {
	if !t.Usable() {
		return
	}
	if _, ok := technique.Lookup(t.Value); !ok {
		b.Errorf(t.Span, "write "+technique.Nearest(t.Value)+"; `technique:` may be left out", "ATT&CK for ICS v18.1 has no technique %s", source.Quote(t.Value))
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
