package inject

import "github.com/harmproof/harmproof/sim/signal"

// A fault on a group is one operation, however many members it has: what a step takes of memory
// does not grow with them.

// Count returns how many members an operation acts on.
func (op *Op) Count() int { return max(1, op.Members) }

// On reports whether an operation acts on a member of its unit.
func (op *Op) On(member int) bool { return member >= op.Member && member < op.Member+op.Count() }

// CellOf returns the cell of one of the members that an operation acts on, from 0.
func (op *Op) CellOf(k int) signal.Slot { return op.Cell + op.Stride*signal.Slot(k) }

// Writes reports whether an operation gives a cell its value.
func (op *Op) Writes(slot signal.Slot) bool {
	for k := range op.Count() {
		if op.CellOf(k) == slot {
			return true
		}
	}
	return false
}

// crash takes down the members that an operation acts on.
func (t *Timeline) crash(i int, op *Op) {
	for k := range op.Count() {
		t.devices.Crash(op.Unit, op.Member+k)
	}
	t.state[i].effects += uint64(op.Count())
}

// restart takes back what crash did, the last member first, as all that a step did is taken back.
func (t *Timeline) restart(op *Op) {
	for k := op.Count() - 1; k >= 0; k-- {
		t.devices.Restart(op.Unit, op.Member+k)
	}
}

// restore gives volatile memory the value that it has after a restart.
func (t *Timeline) restore(op *Op) {
	for k := op.Count() - 1; k >= 0; k-- {
		t.store.Set(op.CellOf(k), op.Value)
	}
}
