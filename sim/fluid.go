package sim

import (
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// A swarm is a step that has infected hosts send: each of a class at a rate, so the whole
// changes as their number does.
type swarm struct {
	step int
	op   *inject.Op
	on   bool // state
}

// makeSwarms makes the state of all swarms.
func (w *world) makeSwarms() {
	for i := range w.timeline.Steps {
		for k := range w.timeline.Steps[i].Ops {
			if op := &w.timeline.Steps[i].Ops[k]; op.Each > 0 {
				w.swarms = append(w.swarms, swarm{step: i, op: op})
			}
		}
	}
	w.timeline.Stream = w.stream
}

// stream begins or ends what a step has infected hosts send.
func (w *world) stream(step int, op *inject.Op, on bool) {
	for i := range w.swarms {
		s := &w.swarms[i]
		if s.step != step || s.op != op {
			continue
		}
		s.on = on
		rate, roots := w.poured(s)
		if on {
			w.network.Surge(op.Flow, rate, roots)
		} else {
			w.network.Swell(op.Flow, rate, roots)
		}
	}
}

// poured returns how much a swarm sends now, in bytes a second, and who made it so.
func (w *world) poured(s *swarm) (rate float64, roots signal.Mask) {
	o, m := &w.infections[s.op.Unit], &w.plan.malware[s.op.Unit]
	roots = w.timeline.Influence(s.step) | o.roots
	if d := m.devices[s.op.Member]; !s.on || d >= 0 && w.devices.Down()[w.plan.assembly.Units[d].Base] > 0 {
		return 0, roots
	}
	return float64(s.op.Each * float64(o.Infected(s.op.Member))), roots
}

// swell has swarms send more or less, after the number of hosts of a malware changed.
func (w *world) swell(malware int) {
	for i := range w.swarms {
		if s := &w.swarms[i]; s.on && s.op.Unit == malware {
			rate, roots := w.poured(s)
			w.network.Swell(s.op.Flow, rate, roots)
		}
	}
}

func (w *world) archiveSwarms(a *snapshot.Archive) {
	snapshot.Column(a, w.swarms, func(a *snapshot.Archive, s *swarm) { snapshot.Bool(a, &s.on) })
}
