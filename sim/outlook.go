package sim

import (
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/unit"
)

// An Outlook is what is known of an invariant while the run goes on.
type Outlook struct {
	Name string
	// Verdict is what holds whatever comes; Undecided where it may still be either.
	Verdict monitor.Verdict
	// The margin lies between Low and High, in SI, whatever comes; infinite where
	// nothing is known.
	Low, High float64
	Unit      unit.Unit // in which it prints: that of the first comparison
}

// Outlook says of each invariant what is known of it up to now.
func (s *Simulation) Outlook() (list []Outlook, err error) {
	if err := s.over(); err != nil {
		return nil, err
	}
	defer s.guard(&err)
	w := s.w
	for i := range w.observers {
		o := &w.observers[i]
		if o.over == nil || o.spec.index >= w.plan.named {
			continue
		}
		w.close(int32(i), s.Now())
		spec := &w.plan.invariants[o.spec.index]
		x := Outlook{Name: spec.Name, Verdict: o.over.monitor.Verdict()}
		x.Low, x.High = o.over.monitor.Interval()
		for k := range spec.Atoms {
			if a := spec.comparison(k, -1); a != nil {
				x.Unit = a.Unit
				break
			}
		}
		list = append(list, x)
	}
	return list, nil
}
