package simtest

import (
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Limit is a recorder that stops a run that has told it enough: after Left changes of
// signals it calls Stop, once.
type Limit struct {
	sim.Silent
	Left int
	Stop func()
}

// Follows implements sim.Recorder.
func (*Limit) Follows(signal.Slot) sim.Closeness { return sim.Curves }

// Change implements sim.Recorder.
func (l *Limit) Change(vtime.Time, signal.Slot, float64) { l.less() }

// Course implements sim.Recorder.
func (l *Limit) Course(signal.Slot, sim.Course) { l.less() }

func (l *Limit) less() {
	if l.Left--; l.Left == 0 {
		l.Stop()
	}
}
