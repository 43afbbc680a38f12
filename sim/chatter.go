package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A guard chatters that rises so often, each time within so short a time of the
// last one on average: two rules undo one another at one threshold, or something
// bounces ever faster (Zeno). A run with one would not stand still but crawl: at a
// microsecond each, half a minute of it takes half an hour. What is to be so fast, such
// as a pulse width modulation, does not need a guard but a period; converters that
// switch by a band of current stay below 50 kHz.
const (
	chatterRises = 1 << 15
	chatterApart = 20 * vtime.Microsecond
)

// restlessApart is how often on average a guard rises that is told of: a run goes by
// at the pace of its quickest guard.
const restlessApart = vtime.Millisecond

// rises notes that a guard rises, and ends the run where it chatters.
func (w *world) rises(o *observer, now vtime.Time) {
	if o.rises++; o.rises < chatterRises {
		return
	}
	span := now.Sub(o.since)
	o.rises, o.since = 0, now
	if span < chatterRises*restlessApart {
		if o.bursts++; o.bursts == 1 || span < o.quickest {
			o.quickest = span
		}
	}
	if span >= chatterRises*chatterApart || w.err != nil {
		return
	}
	w.err = &plant.StuckError{
		At: now, Signal: w.guardName(o),
		Reason: fmt.Sprintf("its condition rose %d times in the last %v: it turns to and fro at its threshold; give it a band (two levels apart), a delay, or a period (every:)", chatterRises, span),
	}
}

func (w *world) guardName(o *observer) string {
	h := w.plan.handlers[o.spec.index]
	return w.plan.Devices[h.unit].ID + "." + w.plan.assembly.Units[h.unit].Handlers[h.handler].Name
}

// A Restless guard is one that rose very often: it may be meant, but what the run
// cost is its doing.
type Restless struct {
	Guard string // device and handler
	Rises uint64 // at least
	Apart vtime.Duration
}

// restless lists the guards that rose very often.
func (w *world) restless() (list []Restless) {
	for i := range w.observers {
		if o := &w.observers[i]; o.bursts > 0 {
			list = append(list, Restless{w.guardName(o), o.bursts * chatterRises, o.quickest / chatterRises})
		}
	}
	return list
}
