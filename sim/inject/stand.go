package inject

import (
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
)

// Stand gives an attacker a foothold that no step got it, or takes one away: what
// spreads by itself has come to a device, or left it. What it learnt there it keeps.
func (t *Timeline) Stand(attacker int, device int32, on bool, influence signal.Mask) {
	s := &t.intruders[attacker]
	s.influence |= influence
	if on {
		s.gain(Gains{Device: device, Foothold: true}, t.earned)
	} else {
		s.footholds.remove(device)
	}
}

// Leave takes a foothold away for good: what spreads by itself has left a device. What its
// attacker does from there ends, and steps that wait for their delay wait until it is back.
// What hosts of a population send ends with the last of them, and begins with the first.
func (t *Timeline) Leave(attacker int, device int32, influence signal.Mask) {
	t.Stand(attacker, device, false, influence)
	for i := range t.Steps {
		f := t.Steps[i].Footing
		if f == nil || int(f.Intruder) != attacker || f.At != device || t.streams(i) {
			continue
		}
		s := &t.state[i]
		s.roots |= influence
		s.left++
		if !s.trying { // what takes its time finds that out by itself
			t.end(i)
		}
	}
}

// streams reports whether a step has infected hosts send.
func (t *Timeline) streams(step int) bool {
	return slices.ContainsFunc(t.Steps[step].Ops, func(op Op) bool { return op.Each > 0 })
}

// Stands reports whether an attacker has a foothold on a device.
func (t *Timeline) Stands(attacker int, device int32) bool {
	return t.intruders[attacker].footholds.has(device)
}

func (d devices) remove(i int32) { d[i/64] &^= 1 << (i % 64) }
