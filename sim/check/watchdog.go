package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Watchdog wants a message of the rule's scope to be accepted at least every Within,
// from the start of the run on. It judges silence: ask Deadline when, and Overdue
// then. Once it said so it is silent itself until such a message comes.
//
// While the rule's When does not hold nothing is missed, and the time begins anew.
// Its reactions are Alarm, Trip, and Clamp, which has the safe values written without
// tripping the guard.
type Watchdog struct{ Within vtime.Duration }

// Kind implements Check.
func (Watchdog) Kind() Kind { return KindWatchdog }

func (w Watchdog) wrong(_ *Guard, r *Rule) string {
	switch {
	case w.Within <= 0:
		return "nothing can arrive within no time"
	case r.Reaction != Alarm && r.Reaction != Trip && r.Reaction != Clamp:
		return "there is no message that it could " + max(r.Reaction, Reject).String() + ": its reaction is alarm, trip or clamp (to the safe values)"
	}
	return ""
}

func (Watchdog) remembers() bool { return true }

func (w Watchdog) build(s *State, g *guard) any {
	first := len(s.vigils)
	s.vigils = append(s.vigils, make([]vigil, g.members())...)
	return &watch{w.Within, first}
}

// A vigil is when a watchdog heard something last, and whether it said since that
// nothing came.
type vigil struct {
	heard vtime.Time
	told  bool
}

type watch struct {
	within vtime.Duration
	first  int
}

func (w *watch) due(s *State, m int) vtime.Time {
	if v := &s.vigils[w.first+m]; !v.told {
		return v.heard.Add(w.within).Add(1)
	}
	return never
}

// accepted hears a message that brought something that was believed.
func (w *watch) accepted(c *call) {
	if !c.scope(c.rule) {
		return
	}
	for i := range c.o.Values {
		if !c.isHeld(i) && c.rule.objects.has(c.o.Objects[i]) {
			w.forget(c)
			return
		}
	}
}

func (w *watch) forget(c *call) { c.s.vigils[w.first+c.m] = vigil{heard: c.o.At} }

// Deadline returns when a watchdog of a guard is next due, if nothing is accepted
// until then: the first instant that is too late. Never, where there is none.
func (s *State) Deadline(guard int32, member int) vtime.Time {
	g, due := &s.guards[guard], never
	if s.keep(guard, member).tripped {
		return never
	}
	for _, i := range g.watchdogs {
		due = min(due, g.rules[i].keeper.(*watch).due(s, member))
	}
	return due
}

// Overdue returns what a guard decides because of a message that never came, until
// there is nothing more that is due: call it as long as it says so. No message is
// refused or accepted by it.
func (s *State) Overdue(guard int32, member int, now vtime.Time, f *signal.Frame) (d Decision, some bool) {
	offer := &s.silence
	*offer = Offer{At: now, Sent: now, Claimed: -1, True: -1, Flow: -1, Lane: -1}
	c := s.begin(guard, member, offer, f)
	if c.k.tripped {
		return d, false
	}
	for _, i := range c.g.watchdogs {
		if w := c.g.rules[i].keeper.(*watch); w.due(s, member) <= now && c.miss(w, i, &d) {
			return d, true
		}
	}
	return d, false
}

// miss decides about a message that is overdue, unless nothing is missed now.
func (c *call) miss(w *watch, i int32, d *Decision) bool {
	r, v := &c.g.rules[i], &c.s.vigils[w.first+c.m]
	*d = Decision{Rule: -1, Object: -1, Measured: math.NaN(), Limit: math.NaN(), Influence: c.k.influence}
	if c.s.Store != nil {
		d.Influence |= c.influence(r.reads)
	}
	c.k.influence |= d.Influence
	c.show()
	if r.when != nil && !r.when(c.v, c.m) {
		*v = vigil{heard: c.o.At}
		return false
	}
	v.told = true
	c.count(i, false)
	c.note(d, Finding{i, -1, r.reaction, vtime.Seconds(c.o.At.Sub(v.heard)), vtime.Seconds(w.within)})
	d.Safe = r.reaction == Clamp
	d.Accept = true // there is nothing to refuse
	c.tell(d)
	return true
}
