package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// MostEvents is how many events a run can have: some hours of computing. What goes on at a period
// and would be more is refused before (Plan.Beats); what comes of itself ends the run.
const MostEvents = 100_000_000_000

// A CrowdedError says that more messages are under way at once than a run has memory for.
type CrowdedError struct {
	Device  string // for which they wait, or that sends them; a link where they wait for that
	Where   string // they wait, or whose they are
	Queue   bool   // they wait there
	Waiting int
	Came    uint64 // to where they wait
	At      vtime.Time
}

// Error implements error.
func (e *CrowdedError) Error() string {
	if e.Queue {
		return fmt.Sprintf("%d messages wait for %s at %v, of %d that came so far, and it does not keep up; a run has room for %d "+
			"that are under way. Give it a limit (`queue: 1000`), let it be faster (takes:, servers:, bandwidth:), or let less come: "+
			"a longer `every:`, or `as_rate: true` where single messages do not matter", e.Waiting, e.Where, e.At, e.Came, network.MostUnderWay)
	}
	return fmt.Sprintf("%d messages %s are under way at %v; a run has room for %d. Let them take less time (latency:, queue: of "+
		"what they pass), or send fewer: a longer `every:`, or `as_rate: true` where single messages do not matter",
		e.Waiting, e.Where, e.At, network.MostUnderWay)
}

// fewEvents is how many events a run has before it is asked how many there will be: a minute or two of computing.
const fewEvents = 300_000_000

// hopeless reports whether so many events in a part of a run mean that there are a hundred times more than it can have
// by its end, and that they are so close together as no burst is: messages that make more messages, or timers that
// are started again at once.
func hopeless(events uint64, part, all vtime.Duration) bool {
	pace := float64(events) / float64(max(1, part)) // in a nanosecond
	return pace > 1e-3 && float64(pace*float64(all)) > 100*MostEvents
}

// A TooLongError says that a run has had more events than it can, or, where Had is how many there were so far,
// that it will.
type TooLongError struct {
	At, Run vtime.Time
	Had     uint64
}

// Error implements error.
func (e *TooLongError) Error() string {
	if e.Had > 0 {
		return fmt.Sprintf("there were %d events by %v of %v: at this pace that are far more than the %d which a run can have. Something "+
			"goes on in steps that are too short, such as messages that make others: `harmproof run NAME --until 1ms --profile` "+
			"says what; give links a longer `latency:`, or what is repeated a longer `every:`", e.Had, e.At, e.Run, MostEvents)
	}
	return fmt.Sprintf("there were %d events by %v of %v, and a run has no more. Something goes on in steps that are too short: "+
		"`harmproof run NAME --until 1s --profile` says what; give it a longer `every:`, or the run a shorter `run:`", MostEvents, e.At, e.Run)
}

// crowded ends the run where more is under way than there is memory for: messages, and
// events beside those that each device, flow and step has all the time.
func (w *world) crowded() {
	if w.err != nil {
		return
	}
	c, e := w.network.Crowd(), &CrowdedError{At: w.kernel.Now()}
	e.Waiting, e.Came, e.Queue = c.Waiting, c.Came, c.Device >= 0 || c.Link >= 0
	switch {
	case c.Device >= 0:
		d := &w.plan.Devices[c.Device]
		if e.Where = d.ID; d.Count > 1 {
			e.Where = fmt.Sprintf("%s[%d]", d.ID, c.Member)
		}
	case c.Link >= 0:
		e.Where = w.plan.book.Links[c.Link].Name
	case c.Flow >= 0:
		f := &w.plan.book.Flows[c.Flow]
		e.Device = w.plan.book.Name(f.Sender)
		e.Where = "from " + e.Device + " to " + w.plan.book.Name(f.Receiver)
	}
	if e.Queue {
		e.Device = e.Where
	}
	w.err = e
}

// thronged ends the run where more items are on their way from a broker than there is memory for.
func (w *world) thronged(shelf int32) {
	h := &w.holdings
	if n := h.Handed(shelf); n > data.MostHanded && w.err == nil {
		bus := h.Stores[h.Shelves[shelf].Store].Name
		w.err = &CrowdedError{Device: bus, Where: "from " + bus + " to those who subscribe there", Waiting: n, At: w.kernel.Now()}
	}
}

// steady is how many events can be pending that do not go with messages: of each member one for
// each of its handlers, of each flow one for each period, and those of the timeline and of who
// looks.
func (p *Plan) steady() int {
	n := len(p.observers) + 4096
	for i := range p.assembly.Units {
		n += int(p.assembly.Units[i].Count) * (1 + len(p.assembly.Units[i].Handlers))
	}
	for i := range p.book.Flows {
		if p.book.Flows[i].Period > 0 {
			n += int(p.book.Flows[i].Count)
		}
	}
	for i := range p.steps {
		n += 2
		for k := range p.steps[i].Ops {
			n += p.steps[i].Ops[k].Count()
		}
	}
	return n
}

// A Beat is something that goes on at a period through a whole run.
type Beat struct {
	Device  string // whose it is
	Polls   bool   // it asks others so often, or looks whether there is news for them
	Step    int    // of the timeline, -1 where it is not one
	Period  vtime.Duration
	Members int
	Lasts   vtime.Duration
}

// Events returns how many events it makes.
func (b *Beat) Events() float64 {
	return float64(float64(b.Members) * (float64(b.Lasts) / float64(b.Period)))
}

// Beats lists what goes on at a period, but for timers that a device starts itself.
func (p *Plan) Beats() (list []Beat) {
	run := vtime.Duration(p.Run)
	for i := range p.assembly.Units {
		for k := range p.assembly.Units[i].Handlers {
			if h := &p.assembly.Units[i].Handlers[k]; h.Period > 0 {
				list = append(list, Beat{Device: p.Devices[i].ID, Step: -1, Period: h.Period, Members: int(p.assembly.Units[i].Count), Lasts: run})
			}
		}
	}
	for i := range p.book.Flows {
		if f := &p.book.Flows[i]; f.Period > 0 && !f.Silent {
			list = append(list, Beat{Device: p.book.Name(f.Receiver), Polls: true, Step: -1, Period: f.Period, Members: int(f.Count), Lasts: run})
		}
	}
	for i := range p.steps {
		s := &p.steps[i]
		for k := range s.Ops {
			if s.Ops[k].Period <= 0 || s.Muted {
				continue
			}
			lasts := max(0, run-vtime.Duration(s.Time))
			if times := vtime.Duration(max(1, s.Times)); s.For > 0 && s.For <= run/times {
				lasts = min(lasts, s.For*times)
			}
			list = append(list, Beat{Step: i, Period: s.Ops[k].Period, Members: 1, Lasts: lasts})
		}
	}
	return list
}
