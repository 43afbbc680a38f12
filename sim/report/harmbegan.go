package report

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/inject"
)

// beginning says which step of the timeline a chain of causes ends in, which let it come through, and what those
// needed. Where several steps are on the way it is traced to them: which of them it needed, or whether it needed
// the first at all, only runs without them tell (harmproof why), so that none is said to have begun it.
func beginning(r *sim.Result, injection int, let, means []int) sentence {
	head := "began with"
	if several(r, injection, let) {
		head = "traced to"
	}
	return sentence{head, began(r, injection, let, means)}
}

// several reports whether more than one step is on the way to something, but for those that only hold back what
// others began, and for what people did before they did the last of it.
func several(r *sim.Result, injection int, let []int) bool {
	return injection >= 0 && slices.ContainsFunc(let, func(step int) bool {
		s := &r.Injections[step].Step
		return !holdsBack(s.What) && (s.Kind != inject.Act || r.Injections[injection].Step.Kind != inject.Act)
	})
}

// undecided says how to find out which of several steps somebody was harmed by needed; once, of the first.
func (s *sheet) undecided(r *sim.Result) {
	for i := range r.Harm {
		if h := &r.Harm[i]; h.Severity > harm.None && several(r, blamed(h).injection, h.Let) {
			s.bullet("  which it needed", "harmproof why "+shell(source(r.Plan))+" "+clean(h.Device)+"."+clean(h.Exposure))
			return
		}
	}
}

// began says which step of the timeline a chain of causes ends in, and which let it come through.
func began(r *sim.Result, injection int, let, means []int) string {
	text := "nothing that was injected: as far as the causes go, the system did this by itself"
	if injection >= 0 {
		text = originOf(r, injection) + ", at " + r.ActedAt(injection).Short()
	}
	all := func(string) bool { return true }
	if several(r, injection, let) {
		held := slices.DeleteFunc(slices.Clone(let), func(step int) bool { return !holdsBack(r.Injections[step].Step.What) })
		on := slices.DeleteFunc(slices.Clone(let), func(step int) bool { return holdsBack(r.Injections[step].Step.What) })
		return joining(r, append(on, injection), "", all) + joining(r, held, "; let through by ", all) + joining(r, means, "; made possible by ", all)
	}
	text += joining(r, let, "; let through by ", holdsBack) + joining(r, let, "; also on the way to it ", func(what string) bool { return !holdsBack(what) })
	return text + joining(r, means, "; made possible by ", all)
}

// joining lists the steps of some sort, in order of time, after a word.
func joining(r *sim.Result, steps []int, word string, of func(what string) bool) (text string) {
	steps = slices.Clone(steps)
	slices.SortFunc(steps, func(a, b int) int { return cmp.Or(cmp.Compare(r.ActedAt(a), r.ActedAt(b)), a-b) })
	for _, step := range steps {
		if !of(r.Injections[step].Step.What) {
			continue
		}
		text += word + originOf(r, step) + ", at " + r.ActedAt(step).Short()
		word = ", "
	}
	return text
}

// holdsBack reports whether a step of a sort keeps something from being known or done, so that
// what others began goes its way.
func holdsBack(what string) bool {
	return slices.Contains([]string{"block", "crash", "delay", "drop", "flood", "freeze", "jam", "link-loss", "power-loss", "slow", "stuck", "suppress", "wipe"}, what)
}
