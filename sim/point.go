package sim

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// ReportPoints returns the points between a report and everybody who is told it
// by messages or looks at told(path): one for each member. Where faults are to
// act on it, call FaultPoints as well: they also reach those who are hard-wired.
// Both must be called before Wire.
func (s *System) ReportPoints(id, name string) []int {
	p, sig := s.signalOf(id, name)
	cell, ok := s.told[sig.Cell.Slot]
	if !ok {
		cell = s.shadow(p, sig, "told("+name+")")
		s.told[sig.Cell.Slot] = cell
	}
	return s.pointsOf(cell, p.Count)
}

// OnlyTold says of points on what is told of a report that nobody asks for that.
func (s *System) OnlyTold(points []int) {
	for _, p := range points {
		s.points[p].OnlyTold = true
	}
}

// FaultPoints returns the points between a report and those who are hard-wired
// to it.
func (s *System) FaultPoints(id, name string) []int {
	p, sig := s.signalOf(id, name)
	cell, ok := s.wired[sig.Cell.Slot]
	if !ok {
		cell = s.shadow(p, sig, "wired("+name+")")
		s.wired[sig.Cell.Slot] = cell
	}
	return s.pointsOf(cell, p.Count)
}

// shadow makes cells that show a report, and the points between.
func (s *System) shadow(p *part, sig *device.Signal, name string) network.Cell {
	cell := s.hidden(p.rank, kindOf(sig), name, p.Count, 0)
	s.shadows[cell.Slot] = len(s.points)
	for m := range p.Count {
		s.points = append(s.points, signal.Point{Source: sig.Cell.At(m), Shown: cell.At(m)})
	}
	return cell
}

func (s *System) pointsOf(shadow network.Cell, count int) []int {
	list := make([]int, count)
	for m := range list {
		list[m] = s.shadows[shadow.Slot] + m
	}
	return list
}

// StatePoint returns the point that acts on a cell itself: a state, a tunable, an
// input with a cell of its own.
func (s *System) StatePoint(slot signal.Slot) int {
	if i, ok := s.inPlace[slot]; ok {
		return i
	}
	s.points = append(s.points, signal.Point{Source: slot, Shown: slot})
	s.inPlace[slot] = len(s.points) - 1
	return len(s.points) - 1
}

// PrivatePoints returns the points that act on what one receiver alone is told
// of a report, one for each member of the sender, one after the other. It must be
// called before Plan.
func (s *System) PrivatePoints(id, name, receiver string) (list []int) {
	key := [2]string{id + "." + name, receiver}
	p, sig := s.signalOf(id, name)
	first, ok := s.privy[key]
	if !ok {
		first = len(s.points)
		s.privy[key] = first
		for m := range p.Count {
			s.points = append(s.points, signal.Point{Source: sig.Cell.At(m), Shown: -1})
		}
	}
	for m := range p.Count {
		list = append(list, first+m)
	}
	return list
}

// Factor returns the cell that the derivative of a continuous signal is
// multiplied with: 1 unless a layer makes it slow or stuck.
func (s *System) Factor(id, name string, member int) signal.Slot {
	p, sig := s.signalOf(id, name)
	slot := sig.Cell.At(member)
	if f, ok := s.factors[slot]; ok {
		return f
	}
	cell := s.hidden(p.rank, kind{role: device.RoleTunable}, "factor("+name+")", 1, 1)
	s.factors[slot] = cell.Slot
	return cell.Slot
}

func (s *System) signalOf(id, name string) (*part, *device.Signal) {
	p := s.byID[id]
	return p, &p.decl.Signals[p.signal(name)]
}

// Told returns the cell of what is told of a report: to everybody, or to one
// receiver, whose input it then is. ok is false where the receiver is not wired
// to it.
func (s *System) Told(id, name, receiver string) (cell network.Cell, ok bool) {
	_, sig := s.signalOf(id, name)
	if receiver == "" {
		if c, shadowed := s.told[sig.Cell.Slot]; shadowed {
			return c, true
		}
		return network.Cell{Slot: sig.Cell.Slot, Stride: sig.Cell.Stride}, true
	}
	for _, w := range s.wires {
		if w.source == sig && w.to.ID == receiver {
			return network.Cell{Slot: w.input.Cell.Slot, Stride: w.input.Cell.Stride}, true
		}
	}
	to := s.byID[receiver]
	if to == nil {
		return cell, false
	}
	for i := range to.decl.Signals {
		in := &to.decl.Signals[i]
		if in.Role != device.RoleTold {
			continue
		}
		wired, shadowed := s.wired[sig.Cell.Slot]
		if in.Cell.Slot == sig.Cell.Slot || shadowed && in.Cell.Slot == wired.Slot {
			return network.Cell{Slot: in.Cell.Slot, Stride: in.Cell.Stride}, true
		}
	}
	return cell, false
}
