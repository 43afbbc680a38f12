package des

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// settled marks the time between the last phase of a round and the next round.
const settled Phase = phases

// Run handles all events up to and including until, and leaves now there. Every
// few thousand instants it asks stop whether to go on. It may be called again, to
// go on from there.
func (k *Kernel) Run(until vtime.Time, stop func() error) error {
	k.inside = true
	defer func() { k.inside = false }()
	for k.queue.peek() {
		e := k.queue.front()
		if e.at > until {
			break
		}
		if uint32(e.to) == k.timing && !k.isDue(e) {
			k.queue.pop() // it makes no instant
			k.moveOn(e)
			continue
		}
		// Most instants are one event. What it needs is here and not in functions, as
		// every further call would be seen in the time per event.
		p := phaseOf(e.order)
		k.now, k.round, k.phase = e.at, 0, p
		k.queue.drop(e)
		k.running = e
		k.Events++
		k.handlers[uint32(e.to)].Handle(e.event())
		head := settled
		if k.queue.peek() && k.queue.front().at == e.at {
			head = k.after(e)
		}
		if head == p {
			head = k.stream(p)
		} else {
			k.world.Commit(p)
		}
		if head < settled || k.due != 0 {
			k.finish(head)
		}
		err := k.settle()
		if k.waiting > 0 && err == nil {
			err = k.further()
		}
		if err != nil {
			return err
		}
		if stop != nil && k.Instants-k.asked >= stopInstants {
			k.asked = k.Instants
			k.inside = false
			err := stop()
			if k.inside = true; err != nil {
				return err
			}
		}
	}
	k.now = max(k.now, until)
	return nil
}

func (k *Kernel) settle() error {
	k.phase = settled
	k.Instants++
	return k.world.Settle()
}

// further runs the rounds of the current time after the first. They find no events
// in the queue: what is scheduled for the current time never enters it.
func (k *Kernel) further() error {
	for k.waiting > 0 {
		if k.round++; k.round == MaxRounds {
			return k.livelock()
		}
		if k.round == MaxRounds-loopRounds {
			k.loop = k.loop[:0]
		}
		k.here, k.next, k.waiting = k.next, k.here, 0
		for p := range phases {
			if len(k.here[p]) > 0 {
				k.due |= 1 << p
			}
		}
		k.finish(settled)
		if err := k.settle(); err != nil {
			return err
		}
	}
	return nil
}

// finish runs the phases of a round that have events, here or, from head on, in
// the queue. While a phase runs, later ones may get events here.
func (k *Kernel) finish(head Phase) {
	for head < settled || k.due != 0 {
		if p := Phase(bits.TrailingZeros8(k.due)); p <= head {
			head = k.merge(p, head)
		} else {
			head = k.stream(head)
		}
	}
}

// after returns the phase of the event that is next, at the time of e.
func (k *Kernel) after(e record) Phase {
	next := k.queue.front()
	if next.order == e.order {
		clash(e)
	}
	return phaseOf(next.order)
}

// stream handles the events of a phase straight from the queue. It returns the
// phase of the next event there, or settled where that is of another time.
func (k *Kernel) stream(p Phase) (head Phase) {
	k.phase = p
	k.queue.peek()
	for head = p; head == p; {
		e := k.queue.front()
		k.queue.drop(e)
		k.running = e
		k.Events++
		k.handlers[uint32(e.to)].Handle(e.event())
		head = settled
		if k.queue.peek() && k.queue.front().at == e.at {
			head = k.after(e)
		}
	}
	k.world.Commit(p)
	return head
}

// merge handles the events of a phase from both the queue and the phases before.
// It returns what stream does.
func (k *Kernel) merge(p, head Phase) Phase {
	for head == p {
		k.queue.peek()
		k.here[p] = append(k.here[p], k.queue.pop())
		head = settled
		if k.queue.peek() {
			if e := k.queue.front(); e.at == k.now {
				head = phaseOf(e.order)
			}
		}
	}
	k.run(p)
	return head
}

// run handles the events of a phase that are not in the queue, and commits.
func (k *Kernel) run(p Phase) {
	k.phase = p
	k.due &^= 1 << p
	due := k.here[p]
	if len(due) > 1 {
		arrange(due)
	}
	k.here[p] = due[:0]
	for i := range due {
		k.running = due[i]
		k.Events++
		k.handlers[uint32(due[i].to)].Handle(due[i].event())
	}
	if k.round >= MaxRounds-loopRounds {
		for i := range due {
			_, s := OrderOf(due[i].order)
			k.loop = append(k.loop, s)
		}
	}
	k.world.Commit(p)
}

// arrange brings the events of a phase into order, most often finding them so.
func arrange(due []record) {
	for i := 1; i < len(due); i++ {
		if due[i].order > due[i-1].order {
			continue
		}
		slices.SortFunc(due, func(a, b record) int { return cmp.Compare(a.order, b.order) })
		for i := 1; i < len(due); i++ {
			if due[i].order == due[i-1].order {
				clash(due[i])
			}
		}
		return
	}
}

// clash reports two events with one key: a bug in the simulator.
func clash(e record) {
	panic(fmt.Sprintf("des: two events with the key (%v, %#x)", e.at, e.order))
}
