package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
)

// A scope is what can be behind an answer about what somebody can learn: what was done with the stores of
// the recipe, and what that somebody took. What others took is behind none of it, though all that happens to
// stores has influence on all answers.
type scope struct {
	principal int32
	stores    []int32 // none: it cannot be learnt now, so that any of them may have mattered
}

// scope returns that of a place, nil where it is no such answer. It is found once for each now.
func (t *tracer) scope(at place) *scope {
	h := &t.w.holdings
	if h.State == nil || !t.w.plan.sways.isCell(at) {
		return nil
	}
	if s, known := t.scopes[at]; known {
		return s
	}
	for i := range h.Questions {
		q, cell := &h.Questions[i], t.w.plan.Data.cells[i]
		if q.Kind != data.CanLearn && q.Kind != data.Confidence {
			continue
		}
		if k, ok := memberAt(cell, int(max(1, q.Count)), signal.Slot(at)); ok {
			s := &scope{q.Principal, h.RecipeStores(i, k)}
			t.scopes[at] = s
			return s
		}
	}
	return nil
}

// within reports whether a search may go from a place on to one that it could follow from: not out of the scope
// of an answer, nor from what leads to one to who only took of it for themselves, or came there.
func (t *tracer) within(at, from place) bool {
	if s := t.scope(at); s != nil {
		return s.concerns(t.w, from)
	}
	x := t.w.plan.sways
	if x.isCell(at) {
		return true
	}
	up := at
	for up >= 0 && !x.isCell(up) {
		up = place(t.parent[up])
	}
	if up < 0 {
		return true
	}
	s := t.scope(up)
	if s == nil {
		return true
	}
	if step, is := x.isStep(from); is {
		return !s.others(t.w, &t.w.plan.steps[step])
	}
	if step, is := x.isStep(at); is && t.scope(from) != nil {
		return t.w.waitsFor(step, signal.Slot(from)) // else it only acts on the same answers
	}
	return true
}

// others reports whether a step of another attacker only takes something, or comes to where that is.
func (s *scope) others(w *world, step *inject.Step) bool {
	if f := step.Footing; f == nil || f.Intruder == w.holdings.Principals[s.principal].Intruder {
		return false
	}
	return !slices.ContainsFunc(step.Ops, func(op inject.Op) bool {
		return op.Deed != inject.StealDeed && (op.Kind != inject.SendOp || op.Deed != inject.NoDeed || len(op.Values) > 0)
	})
}

// concerns reports whether a place that an answer could follow from is within its scope.
func (s *scope) concerns(w *world, from place) bool {
	x := w.plan.sways
	if step, is := x.isStep(from); is {
		return slices.ContainsFunc(w.plan.steps[step].Ops, func(op inject.Op) bool { return s.concernedBy(w, &op) })
	}
	if from < x.members || from >= x.islands {
		return true
	}
	member := int(from - x.members)
	for store, rank := range w.plan.storeRanks {
		if u := &w.plan.assembly.Units[rank]; member >= int(u.Base) && member < int(u.Base)+int(u.Count) {
			return s.has(int32(store))
		}
	}
	return false // who is told of a breach learns nothing by that
}

// has reports whether a store is within it.
func (s *scope) has(store int32) bool { return len(s.stores) == 0 || slices.Contains(s.stores, store) }

// concernedBy reports whether an operation that acts on answers straight is within it. What people ask for
// comes to stores by messages: that they asked teaches nobody anything.
func (s *scope) concernedBy(w *world, op *inject.Op) bool {
	switch op.Deed {
	case inject.StealDeed:
		return op.Value == float64(s.principal) && s.has(int32(op.Unit))
	case inject.RestoreDeed:
		return slices.ContainsFunc(w.holdings.PutsBackTo(int32(op.Flow)), s.has)
	}
	return false
}
