package sim

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Several is recorders that are told one after the other. Each hears of messages as
// closely as the one that wants to know most.
type several []Recorder

// Begin implements Recorder.
func (s several) Begin(at vtime.Time, signals *Signals, values []float64) {
	for _, r := range s {
		r.Begin(at, signals, values)
	}
}

// Change implements Recorder.
func (s several) Change(at vtime.Time, slot signal.Slot, value float64) {
	for _, r := range s {
		r.Change(at, slot, value)
	}
}

// Follows implements Recorder.
func (s several) Follows(slot signal.Slot) (c Closeness) {
	for _, r := range s {
		c = max(c, r.Follows(slot))
	}
	return c
}

// Course implements Recorder.
func (s several) Course(slot signal.Slot, c Course) {
	for _, r := range s {
		if r.Follows(slot) > Apart {
			r.Course(slot, c)
		}
	}
}

// Settled implements Recorder.
func (s several) Settled(at vtime.Time) (pause bool) {
	for _, r := range s {
		pause = r.Settled(at) || pause
	}
	return pause
}

// Break implements Recorder.
func (s several) Break(at vtime.Time) {
	for _, r := range s {
		r.Break(at)
	}
}

// Hears implements Recorder.
func (s several) Hears() (h Hearing) {
	for _, r := range s {
		h = max(h, r.Hears())
	}
	return h
}

// Passed implements Recorder.
func (s several) Passed(p Passage) {
	for _, r := range s {
		if r.Hears() > Deaf {
			r.Passed(p)
		}
	}
}

// Sent implements Recorder.
func (s several) Sent(p *network.Packet, cause string) {
	for _, r := range s {
		if r.Hears() > Deaf {
			r.Sent(p, cause)
		}
	}
}

// Gone implements Recorder.
func (s several) Gone(p *network.Packet, e Ending, cause string) {
	for _, r := range s {
		if r.Hears() > Deaf {
			r.Gone(p, e, cause)
		}
	}
}

// Decided implements Recorder.
func (s several) Decided(d *Decision) {
	for _, r := range s {
		r.Decided(d)
	}
}

// Told implements Recorder.
func (s several) Told(e *StoryEvent) {
	for _, r := range s {
		r.Told(e)
	}
}

// Infected implements Recorder.
func (s several) Infected(x *Infection) {
	for _, r := range s {
		r.Infected(x)
	}
}
