package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// resends reports whether a step sends again what it has heard.
func (w *world) resends(step int) bool {
	return slices.ContainsFunc(w.plan.steps[step].Ops, func(op inject.Op) bool { return op.Again })
}

// ActedAt is when a step of a result, by index, did what it does: one that sends something again does
// so as much later as that is to be old.
func (r *Result) ActedAt(injection int) vtime.Time {
	i := &r.Injections[injection]
	again := slices.ContainsFunc(i.Step.Ops, func(op inject.Op) bool { return op.Again })
	return sent(&i.Step, again, i.Applied)
}

func (w *world) sent(step int) vtime.Time {
	return sent(&w.plan.steps[step], w.resends(step), w.timeline.Report(step).Applied)
}

func sent(s *inject.Step, again bool, applied vtime.Time) vtime.Time {
	if !again || s.Footing == nil || applied == vtime.Never {
		return applied
	}
	return applied.Add(s.Footing.Takes)
}

// sentBefore is the link of what was sent again to a device and made it decide as it did, where
// the last thing that was sent to it again came only after that: to let go of a button is no reason for what
// came of pressing it. What was under no such influence when it was decided was left so by what came last.
func (w *world) sentBefore(link, decision Cause, decided signal.Slot) Cause {
	if link.Kind != InjectionCause || decision.Kind != DecisionCause || link.At <= decision.At || !w.resends(link.Injection) {
		return link
	}
	best := -1
	for i := range w.plan.steps {
		s := &w.plan.steps[i]
		if s.Roots&w.store.Stamp(decided).Influence == 0 || !w.resends(i) || !sameTarget(s, &w.plan.steps[link.Injection]) || w.sent(i) > decision.At {
			continue
		}
		if best < 0 || w.sent(i) > w.sent(best) {
			best = i
		}
	}
	if best >= 0 {
		link.Injection, link.At, link.Value, link.Otherwise = best, w.sent(best), math.NaN(), math.NaN()
	}
	return link
}

func sameTarget(a, b *inject.Step) bool {
	return a.Footing != nil && b.Footing != nil && a.Footing.Target == b.Footing.Target
}
