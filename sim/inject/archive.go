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
		snapshot.Int(a, &s.left)
		snapshot.Int(a, &s.until)
		snapshot.Int(a, &s.applied)
		snapshot.Int(a, &s.reverted)
		snapshot.Int(a, &s.effects)
		snapshot.Int(a, &s.refused)
		snapshot.Int(a, &s.pending)
		snapshot.Bool(a, &s.trying)
		snapshot.Slice(a, &s.recorded, snapshot.Float)
		snapshot.Int(a, &s.number)
		snapshot.Int(a, &s.sent)
		for k := range s.carried {
			snapshot.Int(a, &s.carried[k])
		}
		snapshot.Int(a, &s.roots)
		snapshot.Int(a, &s.way)
		snapshot.String(a, &s.missing)
		snapshot.String(a, &s.stop.By)
		snapshot.String(a, &s.stop.Why)
		snapshot.Int(a, &s.proposal.Guard)
		snapshot.Int(a, &s.proposal.Member)
		snapshot.Int(a, &s.proposal.What)
		snapshot.Int(a, &s.proposal.Until)
	})
	for i := range t.intruders {
		t.intruders[i].archive(a)
	}
	t.store.Archive(a, func(place, part uint32) (signal.Layer, bool) {
		if op := t.op(place, part); op != nil && (op.Kind == LayerOp || op.Kind == PowerOp) {
			return t.layerOf(place, part), true
		}
		return signal.Layer{}, false
	})
	t.network.Archive(a, func(place, part uint32) (network.Disturbance, bool) {
		if op := t.op(place, part); op != nil && op.Kind == DisturbOp {
			return t.disturbanceOf(place, part), true
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

// layerOf returns the layer of a part of a step that has begun.
func (t *Timeline) layerOf(place, part uint32) signal.Layer {
	s := &t.Steps[place]
	l := s.Ops[part].Layer
	l.Attack, l.Place, l.Part, l.By, l.Roots = s.Kind == Attack, place, part, s.By, t.state[place].roots
	return l
}

// disturbanceOf returns the disturbance of a part of a step that has begun.
func (t *Timeline) disturbanceOf(place, part uint32) network.Disturbance {
	s := &t.Steps[place]
	d := s.Ops[part].Disturbance
	d.Name, d.Place, d.Part, d.By, d.Roots = s.Name, place, part, s.By, t.state[place].roots
	return d
}
