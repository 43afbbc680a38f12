package inject

import (
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// send sends the message of an operation, and again after a period.
func (t *Timeline) send(i, k int) {
	step, op := &t.Steps[i], &t.Steps[i].Ops[k]
	if f := step.Footing; f != nil { // it bears what its attacker has got since
		t.state[i].roots |= t.intruders[f.Intruder].influence
	}
	t.store.By, t.store.Influence = step.By, t.state[i].roots
	if op.Again {
		t.again(i, op)
		return
	}
	t.network.Bear(op.Flow, t.Bears(i)|op.Bears)
	if op.Period == 0 {
		t.state[i].pending++
	}
	if op.Poses > 0 { // whoever poses as somebody else takes the number that is next
		next := t.nextNumber(i, op)
		t.state[i].number = next + 1
		t.network.Replay(op.Flow, op.Member, op.Values, t.state[i].roots, t.kernel.Now(), next)
	} else {
		t.network.Inject(op.Flow, op.Member, op.Values, t.state[i].roots)
	}
	if op.Period > 0 {
		t.schedule(t.kernel.Now().Add(op.Period), again, i, k)
	}
}

// nextNumber is what whoever poses as somebody else numbers a message by: the next one of theirs, and of
// what the same attacker has sent in their name already.
func (t *Timeline) nextNumber(i int, op *Op) (next uint64) {
	next = t.network.Number(op.Poses-1, op.Member)
	for j := range t.Steps {
		for k := range t.Steps[j].Ops {
			o := &t.Steps[j].Ops[k]
			if o.Poses == op.Poses && o.Member == op.Member && !o.Again && t.sameHand(i, j) {
				next = max(next, t.state[j].number)
			}
		}
	}
	return next
}

// sameHand reports whether two steps are of one attacker.
func (t *Timeline) sameHand(i, j int) bool {
	a, b := t.Steps[i].Footing, t.Steps[j].Footing
	return i == j || a != nil && b != nil && a.Intruder == b.Intruder
}

// record keeps the last message that was sent of what a step is to send again.
func (t *Timeline) record(i int) {
	s := &t.state[i]
	for k := range t.Steps[i].Ops {
		op := &t.Steps[i].Ops[k]
		if op.Again && op.Poses > 0 {
			s.number, s.sent = t.network.Number(op.Poses-1, op.Member), t.kernel.Now()
			s.recorded = t.network.Told(op.Flow, op.Member, s.recorded[:0])
		}
	}
}

// again sends what was recorded: with the number and the time of then.
func (t *Timeline) again(i int, op *Op) {
	s := &t.state[i]
	if s.number == 0 {
		t.stopped(i, Stop{"message", "no message came by that could be sent again"})
		return
	}
	s.pending++
	t.network.Bear(op.Flow, op.Bears)
	t.network.Replay(op.Flow, op.Member, s.recorded, s.roots, s.sent, s.number-1)
}

// repeat does once more what an operation does periodically.
func (t *Timeline) repeat(i, k int) {
	if t.Steps[i].Ops[k].Kind == SendOp {
		t.send(i, k)
		return
	}
	t.command(i, k)
}

// Sender returns the step whose messages a flow carries, or -1.
func (t *Timeline) Sender(flow int) int {
	if s, ok := t.flows[flow]; ok {
		return s.step
	}
	return -1
}

// Influence returns the steps that a step owes what it does to, itself included.
func (t *Timeline) Influence(step int) signal.Mask { return t.state[step].roots }

// Resolved tells what became of a message of a step. Where it did not come
// through, by says what stopped it in a word, and why for people.
func (t *Timeline) Resolved(flow int, fate network.Fate, by, why string, influence signal.Mask) {
	s, ok := t.flows[flow]
	if !ok {
		return
	}
	t.state[s.step].way |= influence
	if t.Steps[s.step].Ops[s.op].Kind == FloodOp && fate != network.Blocked && fate != network.NeedsLogin {
		t.state[s.step].effects++ // it is a load whether it is heard or not
		return
	}
	defer t.resolved(s.step)
	heard := fate == network.Refused && t.Steps[s.step].Ops[s.op].Gains.Known // who refuses is there
	if fate == network.Arrived || heard {
		t.came(s.step, s.op)
		return
	}
	t.state[s.step].refused++
	t.stopped(s.step, Stop{by, why})
}

// Proposed tells that a message of a step was not let pass because others must agree to
// what it proposes: the step waits for them.
func (t *Timeline) Proposed(flow int, p check.Proposal) {
	if s, ok := t.flows[flow]; ok && p.What != 0 {
		t.state[s.step].proposal = p
	}
}

// Agreed tells that others agreed: the steps that proposed it took effect by that, but
// for those whose time was over.
func (t *Timeline) Agreed(p check.Proposal) {
	for i := range t.state {
		s := &t.state[i]
		if p.What == 0 || p.What != s.proposal.What || p.Guard != s.proposal.Guard || p.Member != s.proposal.Member || !t.waits(i) {
			continue
		}
		s.proposal = check.Proposal{}
		s.effects++
		if s.refused--; s.refused == 0 {
			s.stop = Stop{}
		}
	}
}

// Withdrawn tells that a member of a device forgot what was proposed to it.
func (t *Timeline) Withdrawn(guard, member int32) {
	for i := range t.state {
		if p := &t.state[i].proposal; p.Guard == guard && p.Member == member {
			p.Until = min(p.Until, t.kernel.Now()-1)
		}
	}
}

// waits reports whether others can still agree to what a step proposes.
func (t *Timeline) waits(i int) bool {
	p := &t.state[i].proposal
	return p.What != 0 && t.kernel.Now() <= p.Until
}

// stopped notes what stopped a step first.
func (t *Timeline) stopped(i int, stop Stop) {
	if s := &t.state[i]; s.stop.By == "" {
		s.stop = stop
	}
	if t.Stopped != nil {
		t.Stopped(i)
	}
}

// came does what is due once an operation has come through.
func (t *Timeline) came(i, k int) {
	step, op, s := &t.Steps[i], &t.Steps[i].Ops[k], &t.state[i]
	s.effects++
	if f := step.Footing; f != nil && op.Gains != (Gains{}) {
		who := &t.intruders[f.Intruder]
		fresh := who.gain(op.Gains, t.earned)
		who.influence |= s.roots | s.way
		if t.Gained != nil && !fresh.none() {
			t.Gained(i, fresh)
		}
	}
	if op.Deed != NoDeed && t.Do != nil && !t.Do(i, op) {
		s.effects--
	}
}

// sniffed ends listening to a flow: whoever hears a message knows who talks to
// whom, and what it bears unless it is encrypted.
func (t *Timeline) sniffed(i, k int) {
	if t.network.Carried(t.Steps[i].Ops[k].Flow) > t.state[i].carried[k] {
		t.came(i, k)
	}
}
