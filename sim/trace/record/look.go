package record

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/trace"
)

// looks describes how devices are drawn, and who is wired to whom.
func (r *Recorder) looks(h *trace.Header) {
	for i := range h.Devices {
		h.Devices[i].Look = r.look(i)
	}
	for _, w := range r.plan.Cables() {
		h.Wires = append(h.Wires, trace.Wire(w))
	}
}

// look describes how a device is drawn. Parts by signals that nobody can see are left out.
func (r *Recorder) look(device int) *trace.Look {
	of := r.plan.LookOf(device)
	look := &trace.Look{Icon: of.Icon}
	for _, p := range of.Parts {
		cell, ok := r.plan.CellOf(device, p.Signal)
		first := r.cell(cell.Slot)
		if !ok || first < 0 {
			continue
		}
		one := trace.Part{Part: p.Part, Cell: first, Low: p.Low, High: p.High}
		if r.plan.Devices[device].Count > 1 && cell.Stride != 0 {
			one.Stride = r.cell(cell.Slot+signal.Slot(cell.Stride)) - first
		}
		look.Parts = append(look.Parts, one)
	}
	return look
}
