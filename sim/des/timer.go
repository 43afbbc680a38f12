package des

import "github.com/harmproof/harmproof/sim/vtime"

// A Timer is the handle of a deadline that can be put off and cancelled. Make one
// with NewTimer. Timers of one kernel are numbered from 0 on, so who makes many
// in a row needs to remember only the first.
//
// What a timer costs is made for watchdogs, which are put off all the time and
// hardly ever due. To arm one that waits already only writes down the new
// deadline and its place in the order. The event that is pending stays where it
// is; when its time comes it moves on to the deadline, at that place. So the
// order is, ties included, that of timers whose events are taken out and
// scheduled anew.
type Timer uint32

// A deadline is what a timer changes.
type deadline struct {
	at    vtime.Time // when the timer is due; vtime.Never where it is not armed
	order uint64     // the place of the last arming, never without phase and source

	// The event that is pending for it. Its time is Never where there is none.
	pending vtime.Time
	place   uint64
}

// An owner is who is told when a timer is due.
type owner struct{ to, arg uint64 }

// noTimers is the target of timers' events while there are none.
const noTimers = 1<<32 - 1

// NewTimer returns a timer that is not armed. When it is due the target gets an
// event of the phase and the source, with member and arg.
func (k *Kernel) NewTimer(p Phase, s Source, target, member uint32, arg uint64) Timer {
	if k.timing == noTimers {
		k.timing = k.Register(timing{k})
	}
	k.deadlines = append(k.deadlines, deadline{at: vtime.Never, order: place(p, s), pending: vtime.Never})
	k.owners = append(k.owners, owner{address(target, member), arg})
	return Timer(len(k.owners) - 1)
}

// Arm sets when a timer is due, whether it was armed or not. It takes the next
// place of the timer's source in the order. At Never it is never due.
func (k *Kernel) Arm(t Timer, at vtime.Time) {
	d := &k.deadlines[t]
	d.at, d.order = at, k.Reserve(OrderOf(d.order))
	if at <= d.pending && at < vtime.Never { // at the same time, for the place of this arming
		k.await(t, d)
	}
}

// Cancel makes a timer one that is not armed.
func (k *Kernel) Cancel(t Timer) { k.deadlines[t].at = vtime.Never }

// Armed returns when a timer is due, false where it is not armed.
func (k *Kernel) Armed(t Timer) (at vtime.Time, ok bool) {
	at = k.deadlines[t].at
	return at, at < vtime.Never
}

// await makes an event pending for the deadline.
func (k *Kernel) await(t Timer, d *deadline) {
	if d.pending < vtime.Never {
		k.stale++
	}
	d.pending, d.place = d.at, d.order
	k.schedule(record{d.at, d.order, uint64(k.timing), uint64(t)})
	if k.stale > maxStale && k.stale > k.queue.Len()/2 {
		k.sweep()
	}
}

// maxStale is how many events of timers that were armed anew for earlier may stay
// in the queue in any case.
const maxStale = 1024

// sweep takes them out, once they are half of all: so what is pending is never
// more than twice what is needed, at a constant cost for each.
func (k *Kernel) sweep() {
	events := k.queue.Append(nil)
	k.queue.Clear()
	for i := range events {
		e := pack(events[i])
		if !k.isStale(e) {
			k.queue.push(e)
		}
	}
	k.stale = 0
}

// isStale reports whether an event is of a timer that has a nearer one.
func (k *Kernel) isStale(e record) bool {
	return uint32(e.to) == k.timing && (k.deadlines[e.arg].place != e.order || k.deadlines[e.arg].pending != e.at)
}

// isDue reports whether a timer's event is its deadline. It is not where the timer
// was cancelled, put off, or armed anew for earlier.
func (k *Kernel) isDue(e record) bool {
	d := &k.deadlines[e.arg]
	return d.order == e.order && d.at == e.at
}

// moveOn takes a timer's event that is not the deadline on to it, if there is one
// that has none of its own.
func (k *Kernel) moveOn(e record) {
	d := &k.deadlines[e.arg]
	if k.isStale(e) {
		k.stale--
		return
	}
	d.pending = vtime.Never
	if d.at < vtime.Never {
		k.await(Timer(e.arg), d)
	}
}

// timing is the handler of timers' events.
type timing struct{ k *Kernel }

// Handle implements Handler: it hands the event on to the owner of the timer.
func (t timing) Handle(e Event) {
	k := t.k
	if r := pack(e); !k.isDue(r) {
		k.Events-- // nobody was asked to do anything
		k.moveOn(r)
		return
	}
	d, o := &k.deadlines[e.Arg], k.owners[e.Arg]
	d.at, d.pending = vtime.Never, vtime.Never
	k.running = record{e.At, e.Order, o.to, o.arg}
	k.handlers[uint32(o.to)].Handle(k.running.event())
}
