package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// shadow reports whether a cell only shows what a point makes of another one.
func (w *world) shadow(slot signal.Slot) bool {
	return slices.ContainsFunc(w.store.Points, func(q signal.Point) bool { return q.Shown == slot && q.Source != slot && q.Source >= 0 })
}

// made says who made a cell what it is, as far as the cell itself can tell.
func (w *world) made(slot signal.Slot, now vtime.Time) Cause {
	p := w.plan
	stamp := w.store.Stamp(slot)
	c := Cause{Kind: StartCause, At: stamp.At, Signal: p.Signals.At(slot), Value: w.valueOf(slot, now), Injection: -1, Otherwise: math.NaN()}
	by := p.writer(stamp.By)
	switch {
	case p.g.stateOf[slot] >= 0:
		c.Kind, c.Who, c.At, c.Rate = PhysicsCause, c.Signal.Device, w.lastInput(slot), w.rateOf(int(p.g.stateOf[slot]), now)
	case p.g.producer[slot] >= 0:
		c.Kind, c.Who = ComputedCause, c.Signal.Device
		if p.g.continuous[slot] {
			c.At = w.lastInput(slot)
		}
	case by.kind == wroteHandler:
		c.Kind, c.Who = DecisionCause, by.device
	case by.kind == wroteCheck:
		c.Kind, c.Who = CheckCause, by.device
	case by.kind == wroteMessage || by.kind == wroteInjection || c.Signal.Role == device.RoleTold:
		c.Kind = MessageCause
		if c.Who, c.Claimed = p.teller(slot, stamp.By); c.Who == "" {
			c.Who, c.Claimed = by.what, ""
		}
		if c.True = c.Who; by.kind != wroteStart {
			c.Check = w.passed(slot, stamp.By)
			c.Read = w.passedBy(slot, stamp)
		}
	default:
		c.Who = c.Signal.Device
	}
	return c
}

// teller returns the device that told a cell what it shows, or would tell it, and
// whom that claims to be.
func (p *Plan) teller(slot signal.Slot, by signal.Writer) (who, claimed string) {
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		if f.Silent && f.By != by || p.flowWriter(i) != by && by >= p.flowWriter(0) && by < p.stepWriter(0) {
			continue
		}
		if slices.ContainsFunc(p.book.Pairs(f), func(pair network.Pair) bool {
			_, ok := memberAt(pair.To, int(f.Count), slot)
			return ok
		}) {
			who, claimed = p.book.Name(f.Sender), p.book.Name(f.Sender)
			if f.Claims >= 0 {
				claimed = p.book.Name(f.Claims)
			}
			if f.By == by {
				return who, claimed
			}
		}
	}
	return who, claimed
}
