package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// Accounts is how many commands came to devices that act on the physical world and
// were acted on, and for how many of them the plant itself could answer afterwards:
// who gave it (it was authenticated), under which rule (it was authorised), and a log
// in which that stands. What was lost or refused, or whose values were all held, moved
// nothing. What is hard-wired is no command.
type Accounts struct{ Commands, Answered uint64 }

// Share returns the share that is answered for; 1 where there was no command.
func (a Accounts) Share() float64 {
	if a.Commands == 0 {
		return 1
	}
	return float64(a.Answered) / float64(a.Commands)
}

// Accountable returns the cell that shows the share of commands that are answered
// for. Every device that acts gets a guard then, if only to count.
func (s *System) Accountable() signal.Slot {
	if s.share == 0 {
		s.share = s.hidden(-1, kind{unit: unit.One}, "accountable", 1, 1).Slot
	}
	return s.share
}

// countActs gives a guard without rules to devices that act and have none, where
// somebody asks for the share that is answered for.
func (s *System) countActs(p *Plan) {
	p.share = s.share
	p.acts = make([]bool, len(s.parts))
	for rank, part := range s.parts {
		p.acts[rank] = (s.acts[rank] || part.moves()) && part.isTold()
		if s.share > 0 && p.acts[rank] && s.guardOf(rank) < 0 {
			s.Guard(check.Guard{Device: int32(rank), Members: int32(part.Count)})
		}
	}
}

// moves reports whether a device has physics of its own.
func (p *part) moves() bool {
	return slices.ContainsFunc(p.decl.Signals, func(s device.Signal) bool {
		return s.Actuator || s.Role == device.RoleContinuous
	})
}

// isTold reports whether a device can be told something.
func (p *part) isTold() bool {
	return slices.ContainsFunc(p.decl.Signals, func(s device.Signal) bool { return s.Role == device.RoleTold })
}

// A verdict is what the guard said of the message that is being handed over.
type verdict struct {
	idle     bool // it accepted nothing of it that could be acted on
	answered bool // the plant can answer for it
}

// account notes what a decision means for the message that it lets pass, or not.
func (w *world) account(g *check.Guard, o *check.Offer, d *check.Decision) {
	if !d.Accept && w.plan.acts[g.Device] {
		w.touchShare(d.Influence)
	}
	w.verdict = verdict{
		idle:     len(o.Values) > 0 && int(d.Held) >= len(o.Values),
		answered: w.plan.logAt[g.Device] >= 0 && passed(d, check.KindAuthenticate) && passed(d, check.KindAuthorise),
	}
}

// actuated counts a message whose values a device that acts has just been given.
func (w *world) actuated(unit int32, mask signal.Mask) {
	who, v := w.store.By, verdict{}
	if g := w.plan.guardAt[unit]; g >= 0 {
		who, v = w.plan.guards[g].By, w.verdict
	}
	if v.idle {
		w.touchShare(mask)
		return
	}
	w.accounts.Commands++
	if v.answered {
		w.accounts.Answered++
	}
	w.showShare(who, mask)
}

// commanded counts a command that was assumed: nobody can answer for it.
func (w *world) commanded(unit int) {
	if w.plan.acts[unit] {
		w.accounts.Commands++
		w.showShare(w.store.By, w.store.Influence)
	}
}

// showShare shows the share of commands that are answered for, where somebody asks.
func (w *world) showShare(who signal.Writer, mask signal.Mask) {
	share := w.accounts.Share()
	if w.plan.share == 0 {
		return
	}
	w.touchShare(mask)
	if share == w.store.V[w.plan.share] {
		return
	}
	by, influence := w.store.By, w.store.Influence
	w.store.By, w.store.Influence = who, mask|w.store.Stamp(w.plan.share).Influence
	w.store.Set(w.plan.share, share)
	w.store.By, w.store.Influence = by, influence
}

// touchShare puts the share under an influence: of a command that left it as it was, or
// that never came.
func (w *world) touchShare(mask signal.Mask) {
	if w.plan.share > 0 && mask != 0 {
		w.store.Taint(w.plan.share, mask)
	}
}
