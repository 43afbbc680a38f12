package margin

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Beyond is what is taken to come after what is known.
type Beyond uint8

// What may come. Whatever comes lies between Worst and Best.
const (
	Worst Beyond = iota // every atom, and every opposite of one, is as false as can be
	Best                // is as true as can be
	Held                // the atoms stay as they are
)

func (b Beyond) value() float64 {
	if b == Worst {
		return math.Inf(-1)
	}
	return math.Inf(1)
}

// An ending is what is known of the end of a run.
type ending struct {
	over   bool
	at     vtime.Time
	beyond float64 // what is unknown
}

// last is the last instant of a run that is over.
func (e *ending) last() formula.Instant {
	return formula.Instant{At: e.at, Round: math.MaxInt32}
}

// Final returns up to when, exclusively, the margin is final.
func (n *Network) Final() formula.Instant {
	n.run()
	if n.root < 0 || !n.started {
		return n.start
	}
	return n.nodes[n.root].out.known
}

// Take appends the pieces that have become final since it was called last. The latest
// one lasts up to Final at least.
func (n *Network) Take(dst []Piece) []Piece {
	n.run()
	if n.root < 0 {
		return dst
	}
	z := &n.nodes[n.root]
	for i := n.told - z.out.off; i < len(z.out.pieces) && z.out.pieces[i].From.Before(z.out.known); i++ {
		dst = append(dst, z.told(&z.out.pieces[i]))
		n.told++
	}
	return dst
}

// told is a piece of the queue as others see it.
func (z *node) told(p *Piece) Piece {
	q := *p
	q.times(z.sign)
	q.Value += 0 // no -0
	q.Slope += 0
	return q
}

// Ended appends the pieces from Final to an end, if the run goes on as said. Over says
// that it has ended there: what has no end ranges up to then, and is unknown after it.
// Otherwise it ranges over what comes, too, and the end is just how much is told. The
// network stays as it is.
func (n *Network) Ended(end vtime.Time, beyond Beyond, over bool, dst []Piece) []Piece {
	from := n.Final()
	if !n.started || n.root < 0 || from.At > end {
		return dst
	}
	c := n.continued(end, beyond, over)
	z := &c.nodes[c.root]
	for i := range z.out.pieces {
		p := &z.out.pieces[i]
		if p.From.At > end {
			break
		}
		if i+1 < len(z.out.pieces) && !from.Before(z.out.pieces[i+1].From) {
			continue
		}
		var q Piece
		q.cut(p, later(p.From, from))
		dst = append(dst, z.told(&q))
	}
	return dst
}

// continued returns a copy of the network to which all that comes is known.
func (n *Network) continued(end vtime.Time, beyond Beyond, over bool) *Network {
	c := n.clone()
	if over && beyond != Held {
		end = max(end, n.heardTo())
		c.Through(end)
		c.ending = ending{over: true, at: end, beyond: beyond.value()}
	}
	for i := range c.nodes[:c.leaves] {
		q := &c.nodes[i].out
		if beyond != Held {
			q.step(q.known, beyond.value(), q.known.At, -1)
		}
		q.known = formula.Never
	}
	c.known = formula.Never
	c.run()
	return c
}

// heardTo is the last time of which anything is known.
func (n *Network) heardTo() vtime.Time {
	if n.known.Round == 0 {
		return n.known.At - 1
	}
	return n.known.At
}

func (n *Network) clone() *Network {
	c := *n
	c.nodes = slices.Clone(n.nodes)
	for i := range c.nodes {
		for _, q := range [2]*queue{&c.nodes[i].out, &c.nodes[i].least} {
			q.pieces = slices.Clone(q.pieces)
			q.room = nil
		}
	}
	return &c
}
