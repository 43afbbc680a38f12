package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Amount is how much of something there was when it was the worst for a person.
type Amount struct {
	Value float64 // in SI; NaN where nobody can say it, as of many people at once
	Unit  unit.Unit
	At    vtime.Time
}

// Known reports whether there is a number.
func (a *Amount) Known() bool { return !math.IsNaN(a.Value) }

// amountsOf finds, by invariant of the dangers, the cell of what an exposure is about: what
// its margin is computed of first. It is -1 where there is not one such cell.
func (p *Plan) amountsOf() []signal.Slot {
	list := make([]signal.Slot, len(p.perils))
	for i := range list {
		list[i] = -1
		if p.perils[i].kind != exposurePeril {
			continue
		}
		margins := slots(p.invariants[p.named+i].Atoms[0].Reads, 0)
		if len(margins) != 1 {
			continue
		}
		if p.g.producer[margins[0]] < 0 { // a dose, whose margin nobody computes
			list[i] = margins[0]
			continue
		}
		margin := &p.g.nodes[p.g.producer[margins[0]]]
		if reads := slots(margin.reads, int(margin.member)); len(reads) > 0 {
			list[i] = reads[0]
		}
	}
	return list
}

// worst notes, of an exposure whose margin was never so small, how much of it there is.
func (w *world) worst(o *observer, at vtime.Time) {
	i := o.spec.index - w.plan.named
	if i < 0 || w.plan.amounts[i] < 0 {
		return
	}
	slot := w.plan.amounts[i]
	w.amounts[i] = w.plant.Value(&o.spec.watches[0], func(f *signal.Frame) float64 { return f.V[slot] }, at)
}

// amount is what was worst of an exposure, by the invariant of the dangers that follows it.
func (w *world) amount(peril int, r *InvariantResult) Amount {
	slot := w.plan.amounts[peril]
	if slot < 0 || r.Verdict == monitor.Undecided || r.Closest == vtime.Never {
		return Amount{Value: math.NaN(), At: vtime.Never}
	}
	return Amount{Value: w.amounts[peril], Unit: w.plan.Signals.At(slot).Unit, At: r.Closest}
}

// makeAmounts begins with none known.
func (w *world) makeAmounts() {
	w.amounts, w.models = make([]float64, len(w.plan.perils)), make([]int, len(w.plan.perils))
	for i := range w.amounts {
		w.amounts[i] = math.NaN()
	}
}
