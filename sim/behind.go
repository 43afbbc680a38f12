package sim

import "github.com/harmproof/harmproof/sim/data"

// behind returns the store whose change made an answer otherwise, as far as one can be named:
// it is the one that the answer is written by.
func (h *holdings) behind(question int) int32 {
	switch q := &h.Questions[question]; q.Kind {
	case data.KAnonymity, data.LDiversity, data.TCloseness, data.UniqueShare, data.Unicity, data.StolenFrom:
		return q.Store
	case data.KeptAfterErasure:
		for _, person := range h.Overdue(question, 1) {
			return h.firstOf(h.Held(person).And(h.Up(question, person)))
		}
	case data.CollectedAfterOptOut:
		if shelf, a := h.Unwelcome(question); a != nil {
			return h.Shelves[shelf].Store
		}
	case data.Unnotified:
		if at := h.Untold(question); at >= 0 {
			return h.Breaches()[at].Store
		}
	case data.Unanswered:
		if at := h.unanswered(question); at >= 0 {
			return h.firstOf(h.Late(question, at))
		}
	}
	return h.last
}

// firstOf returns the store of the first shelf of a set.
func (h *holdings) firstOf(set data.Set) int32 {
	for i := range h.Shelves {
		if set.Has(int32(i)) {
			return h.Shelves[i].Store
		}
	}
	return h.last
}

// unanswered returns the first request that stores should have answered by now and have not, or -1.
func (h *holdings) unanswered(question int) int {
	for i := range h.Asks() {
		if late := h.Late(question, i); late.Any() {
			return i
		}
	}
	return -1
}
