package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A guard chatters that rises so often, each time within so short a time of the
// last one on average: two rules undo one another at one threshold, or something
// bounces ever faster (Zeno). What is to be so fast, such as a pulse width
// modulation of megahertz, does not need a guard but a period.
const (
	chatterRises = 1 << 15
	chatterApart = 500 * vtime.Nanosecond
)

// rises notes that a guard rises, and ends the run where it chatters.
func (w *world) rises(o *observer, now vtime.Time) {
	if o.rises++; o.rises < chatterRises {
		return
	}
	span := now.Sub(o.since)
	o.rises, o.since = 0, now
	if span >= chatterRises*chatterApart || w.err != nil {
		return
	}
	h := w.plan.handlers[o.spec.index]
	name := w.plan.assembly.Units[h.unit].Handlers[h.handler].Name
	w.err = &plant.StuckError{
		At: now, Signal: w.plan.Devices[h.unit].ID + "." + name,
		Reason: fmt.Sprintf("its condition rose %d times in the last %v: it turns to and fro at its threshold; give it a band (two levels apart), a delay, or a period (every:)", chatterRises, span),
	}
}
