package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// untold says why nobody was told of the first breach of which the time is up.
func (w *world) untold(question int) (list []fact, asked plea) {
	h := &w.holdings
	at := h.Untold(question)
	if at < 0 {
		return nil, plea{person: -1}
	}
	b := &h.Breaches()[at]
	st := &h.Stores[b.Store]
	owner := h.Controllers[st.Controller]
	list = append(list, fact{b.Store, fmt.Sprintf("%s has been aware since %s that %s took what %s holds", owner, b.Aware.Short(), h.Principals[b.By].Name, st.Name)})
	if b.Told == vtime.Never {
		list = append(list, fact{b.Store, owner + " has sent no notice of it so far"})
	} else {
		list = append(list, fact{b.Store, fmt.Sprintf("%s sent a notice of it at %s, and none has come so far", owner, b.Told.Short())})
	}
	for i := range h.Stores {
		if s := &h.Stores[i]; s.Controller == st.Controller && s.Warned && !w.plan.informs(int32(i)) {
			list = append(list, fact{int32(i), fmt.Sprintf("no notice of %s can come to anybody: nothing of somebody else is wired to %s.%s", s.Name, s.Name, data.Breached)})
		}
	}
	return list, plea{person: -1, breach: at + 1}
}

// behindBreach lists the steps by which something was taken, and those that lost or held back the notice of it.
func (w *world) behindBreach(at int) (steps []int) {
	b := &w.holdings.Breaches()[at]
	for i := range w.timeline.Steps {
		if w.timeline.Report(i).Effects > 0 && slices.ContainsFunc(w.timeline.Steps[i].Ops, func(op inject.Op) bool {
			switch {
			case op.Deed == inject.StealDeed:
				return op.Unit == int(b.Store) && op.Value == float64(b.By)
			case op.Kind == inject.DisturbOp && b.Told != vtime.Never:
				store, ok := noticeOf(&w.plan.book.Flows[op.Flow])
				return ok && w.holdings.Stores[store].Controller == w.holdings.Stores[b.Store].Controller
			}
			return false
		}) {
			steps = append(steps, i)
		}
	}
	return steps
}
