package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
)

// wentBy lists what the handler went by that wrote a cell of a member last, but for the cell itself; nil
// where no handler did that says so. What else the device reads had nothing to do with that: ways
// lead from what it wrote straight to what it went by, and over the device nothing can be told. The device
// could not tell one from another, as a search comes to it only once, by whatever it wrote.
func (w *world) wentBy(slot signal.Slot, member int) []signal.Slot {
	if !w.goesBy(slot) {
		return nil
	}
	by := cellsAt(w.plan.handlerOf(w.store.Stamp(slot).By).By, member)
	return slices.DeleteFunc(by, func(s signal.Slot) bool { return s == slot })
}

// goesBy reports whether the handler that wrote a cell last says what it goes by.
func (w *world) goesBy(slot signal.Slot) bool {
	h := w.plan.handlerOf(w.store.Stamp(slot).By)
	return h != nil && h.By != nil
}

// goesBack visits what the handler went by that wrote a cell.
func (t *tracer) goesBack(slot signal.Slot, visit func(from place, toll int32)) {
	if !t.w.goesBy(slot) {
		return
	}
	for _, from := range t.w.wentBy(slot, t.w.plan.Signals.At(slot).Member) {
		if t.w.since(slot, from) {
			visit(place(from), hop+left)
		} else {
			visit(place(from), hop+hop)
		}
	}
}

// since reports whether a cell changed after another one was written, which was left so.
func (w *world) since(written, from signal.Slot) bool {
	g := w.plan.g
	return !g.continuous[from] && !g.continuous[written] && w.store.Stamp(from).At > w.store.Stamp(written).At
}
