package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// leftSo makes of what a device decided before it heard what is behind it that it left that so: to what came later it
// can only have held fast.
func leftSo(chain []Cause) []Cause {
	for k := len(chain) - 2; k >= 0; k-- {
		if c, next := &chain[k], &chain[k+1]; c.Kind == DecisionCause && next.At > c.At && next.Kind != DataCause {
			c.Omitted, c.Kind, c.Since, c.At = DecisionCause, OmissionCause, c.At, next.At
		}
	}
	return chain
}

// byItself ends a line of causes that leads to no step. Where it has come back to the physics of a device that it was
// at before, it leads on for as long as anybody cares to look, through states that all follow from one another: it ends
// with the first of them, and says how what devices decided on the way was at the start, as that is what they
// began with.
func (w *world) byItself(chain []Cause) []Cause {
	natural := func(c *Cause) bool { return c.Kind == PhysicsCause || c.Kind == ComputedCause && c.Signal.Continuous }
	last := len(chain)
	for last > 0 && natural(&chain[last-1]) {
		last--
	}
	if last == len(chain) {
		return chain
	}
	first := slices.IndexFunc(chain[:last], func(c Cause) bool { return natural(&c) && c.Signal.Device == chain[last].Signal.Device })
	if first < 0 {
		return chain
	}
	list := slices.Clone(chain[:last+1])
	for _, c := range chain[first:last] {
		if c.Kind != DecisionCause && (c.Kind != OmissionCause || c.Omitted != DecisionCause) {
			continue
		}
		if x, ok := w.plan.declared(c.Signal.Slot); ok && x != c.Value {
			list = append(list, Cause{Kind: StartCause, Signal: c.Signal, Value: x, Who: c.Who, Injection: -1, Otherwise: c.Otherwise})
		}
	}
	return list
}

// declared is how a cell of a device begins, where that makes nothing else of it before the run.
func (p *Plan) declared(slot signal.Slot) (x float64, ok bool) {
	d, ok := p.Signals.device(p.Signals.At(slot).Device)
	if !ok || slices.ContainsFunc(p.assembly.Units[d].Handlers, func(h device.Handler) bool { return h.Kind == device.OnInit }) {
		return 0, false
	}
	return p.Signals.block(slot).start, true
}
