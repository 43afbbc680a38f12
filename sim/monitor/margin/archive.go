package margin

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive archives what the network has heard.
func (n *Network) Archive(a *snapshot.Archive) {
	n.run()
	snapshot.Bool(a, &n.started)
	for _, x := range []*formula.Instant{&n.start, &n.known, &n.ran} {
		instant(a, x)
	}
	snapshot.Int(a, &n.told)
	full := n.err != nil
	if snapshot.Bool(a, &full); full {
		n.err = ErrMemory
	} else {
		n.err = nil
	}
	snapshot.Column(a, n.nodes, func(a *snapshot.Archive, x *node) { x.archive(a) })
	if a.Reading() {
		n.check(a)
	}
}

func (z *node) archive(a *snapshot.Archive) {
	z.out.archive(a)
	for _, x := range []*int{&z.x.at, &z.y.at, &z.mark} {
		snapshot.Int(a, x)
	}
	instant(a, &z.done)
	switch z.op {
	case until:
		instant(a, &z.open)
		z.least.archive(a)
	case best, reached, value:
		piece(a, &z.here)
		piece(a, &z.floor)
		snapshot.Bool(a, &z.final)
	}
}

func (q *queue) archive(a *snapshot.Archive) {
	snapshot.Slice(a, &q.pieces, piece)
	snapshot.Int(a, &q.off)
	instant(a, &q.known)
	if a.Reading() {
		q.room, q.limit = nil, 0
	}
}

func piece(a *snapshot.Archive, x *Piece) {
	instant(a, &x.From)
	snapshot.Float(a, &x.Value)
	snapshot.Float(a, &x.Slope)
	snapshot.Int(a, &x.Source)
	snapshot.Int(a, &x.Atom)
}

func instant(a *snapshot.Archive, x *formula.Instant) {
	snapshot.Int(a, &x.At)
	snapshot.Int(a, &x.Round)
}

// check makes sure that no place in a queue lies outside of it.
func (n *Network) check(a *snapshot.Archive) {
	inside := func(at int, q *queue, end int) {
		if at < q.off || at-q.off > max(0, len(q.pieces)-1+end) {
			a.Fail("a place in a queue is outside of it")
		}
	}
	for i := range n.nodes {
		z := &n.nodes[i]
		for _, x := range [2]*input{&z.x, &z.y} {
			if x.of >= 0 {
				inside(x.at, &n.nodes[x.of].out, 1)
			}
		}
		if z.op == until {
			inside(z.mark, &z.out, 0)
		}
	}
	if n.root >= 0 {
		inside(n.told, &n.nodes[n.root].out, 1)
	}
	if a.Err() != nil {
		n.err = a.Err()
	}
}
