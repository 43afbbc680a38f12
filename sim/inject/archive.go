package inject

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive archives what became of the steps so far, with their layers and their
// disturbances.
func (t *Timeline) Archive(a *snapshot.Archive) {
	snapshot.Column(a, t.state, func(a *snapshot.Archive, s *state) {
		snapshot.Bool(a, &s.active)
		snapshot.Int(a, &s.times)
		snapshot.Int(a, &s.until)
		snapshot.Int(a, &s.applied)
		snapshot.Int(a, &s.reverted)
		snapshot.Int(a, &s.effects)
		snapshot.String(a, &s.missing)
	})
	t.store.Archive(a, func(place, part uint32) (signal.Layer, bool) {
		if op := t.op(place, part); op != nil && (op.Kind == LayerOp || op.Kind == PowerOp) {
			return t.Steps[place].layer(place, part), true
		}
		return signal.Layer{}, false
	})
	t.network.Archive(a, func(place, part uint32) (network.Disturbance, bool) {
		if op := t.op(place, part); op != nil && op.Kind == DisturbOp {
			return t.Steps[place].disturbance(place, part), true
		}
		return network.Disturbance{}, false
	})
	for i := range t.Steps {
		for k := range t.Steps[i].Ops {
			if tape := t.Steps[i].Ops[k].Tape; tape != nil {
				tape.Archive(a)
			}
		}
	}
}

// op returns an operation, nil where there is none.
func (t *Timeline) op(place, part uint32) *Op {
	if int(place) < len(t.Steps) && int(part) < len(t.Steps[place].Ops) {
		return &t.Steps[place].Ops[part]
	}
	return nil
}

// layer returns the layer of a part of a step.
func (s *Step) layer(place, part uint32) signal.Layer {
	l := s.Ops[part].Layer
	l.Attack, l.Place, l.Part, l.By, l.Roots = s.Kind == Attack, place, part, s.By, s.Roots
	return l
}

// disturbance returns the disturbance of a part of a step.
func (s *Step) disturbance(place, part uint32) network.Disturbance {
	d := s.Ops[part].Disturbance
	d.Name, d.Place, d.Part, d.By, d.Roots = s.Name, place, part, s.By, s.Roots
	return d
}
