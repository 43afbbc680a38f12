package plant

import "github.com/harmproof/harmproof/sim/vtime"

// Limits of what is called chattering: so many steps of an island in such a span,
// 2 ns each, where a jump counts as ten steps.
const (
	chatter     = 1 << 15
	chatterSpan = chatter * 2
	aJump       = 10
)

// chatters is told of an island's steps of its own doing, and fails where they are
// so short that they are at the grid of time.
func (p *Plant) chatters(island, steps int) error {
	r := &p.run[island]
	if r.steps += steps; r.steps < chatter {
		return nil
	}
	span := vtime.Duration(r.t0 - r.mark)
	if r.steps, r.mark = 0, r.t0; span < chatterSpan && r.stiff && p.Islands[island].Solver == Implicit {
		return p.stuck(island, p.blame, r.t0, "the implicit method takes steps of a nanosecond here; leave `solver:` out")
	} else if span < chatterSpan {
		return p.stuck(island, p.blame, r.t0, "time hardly goes on, the last %v are more than %d steps or %d jumps: "+
			"something turns to and fro at a threshold; give it a band or a delay", span, chatter-1, chatter/aJump)
	}
	return nil
}

// turning tells when a derivative turns to and fro within the tolerance, as
// where a rate pushes its state to a threshold from both sides, or circles it ever
// faster: no step gets away from there.
type turning struct {
	turned   int            // steps that may hold such a turn
	shortest vtime.Duration // of them
	since    vtime.Time     // the first of them
	jumper   int            // a state whose derivative was seen to jump lately, plus 1
}

// Limits of what is called turning to and fro: so many turns without a step
// between them that is so many times longer than the shortest, in so many
// milliseconds. Slower ones cost little, and what comes of them is right.
const (
	maxTurns  = 1 << 12
	away      = 1000
	turnsSpan = maxTurns * vtime.Millisecond
	// From the first quarter on a few steps of so many are looked at closely.
	probes   = 64
	eachTurn = 8
)

// turns is told of each step, and whether its derivative may have jumped; it
// fails where one has turned to and fro for too long.
func (p *Plant) turns(island int, jumped bool) error {
	r := &p.run[island]
	span := vtime.Duration(r.t1 - r.t0)
	if !jumped {
		if r.turned > 0 && span/away > r.shortest {
			r.turned = 0
		}
		return nil
	}
	if r.turned == 0 {
		r.turning = turning{shortest: span, since: r.t0}
	}
	r.shortest = min(r.shortest, span)
	if r.turned++; r.turned < maxTurns/4 {
		return nil
	}
	if r.turned%eachTurn == 0 && r.jumper == 0 {
		r.jumper = 1 + p.turnsAt(r)
	}
	if r.turned%probes != 0 {
		return nil
	}
	j := r.jumper - 1
	if r.jumper = 0; j < 0 {
		r.turned = 0 // it only looked like one
	}
	if r.turned < maxTurns {
		return nil
	}
	if r.turned = 0; r.t1-r.since > vtime.Time(turnsSpan) {
		return nil
	}
	return p.stuck(island, j, r.t0, "its derivative turns to and fro at a threshold, %d times in the last %v, "+
		"and no step gets away from there: give the threshold a band or a delay, or switch by an event", maxTurns, r.t1.Sub(r.since))
}
