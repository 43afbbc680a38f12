package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
)

// announced notes of an operation that changes a report itself which one that is: who
// is wired to it is told.
func (s *System) announced(op *inject.Op) {
	slot := op.Cell
	switch op.Kind {
	case inject.LayerOp:
		if slot = s.points[op.Point].Shown; s.points[op.Point].Source != slot {
			return // what is told of it, not the report
		}
	case inject.CommandOp:
	default:
		return
	}
	if slot <= signal.Clock || slot >= s.signals.laid {
		return
	}
	d, _ := s.signals.locate(slot)
	part := s.parts[d]
	i := slices.IndexFunc(part.decl.Signals, func(sig device.Signal) bool {
		first := sig.Cell.Slot
		return sig.Role == device.RoleReport && slot >= first && slot < first+signal.Slot(part.Count)
	})
	if i < 0 {
		return
	}
	cell := part.decl.Signals[i].Cell
	op.Outlet, op.Unit, op.Member = cell.Outlet+1, d, int(slot-cell.Slot)
}
