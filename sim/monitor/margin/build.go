package margin

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// New returns a network that tells the margin of a formula at every instant. An
// operation without an end is final nowhere before the end of the run.
func New(p formula.Program, atoms int) *Network {
	b := builder{p: p, needed: make([]bool, len(p))}
	for i := range p {
		b.needed[i] = true
	}
	b.build()
	b.n.root = int(b.of[len(p)-1])
	b.connect()
	return b.n
}

// NewAtStart returns a network that tells the margin of a formula at the first instant
// alone. It takes less: of what ranges from one instant it remembers the best so far.
func NewAtStart(p formula.Program, atoms int) *Network {
	b := builder{p: p, needed: make([]bool, len(p))}
	b.need(len(p)-1, true)
	b.build()
	b.spot(len(p)-1, 0)
	b.n.root = -1
	b.connect()
	return b.n
}

// A builder turns a program into a network.
type builder struct {
	p      formula.Program
	n      *Network
	needed []bool  // at every instant
	of     []int32 // the node of each operation
}

// need notes what is needed at every instant, for an operation that is needed at all,
// or at one instant.
func (b *builder) need(i int, one bool) {
	x := &b.p[i]
	if x.Kind <= formula.Truth || !one {
		b.all(i)
		return
	}
	switch x.Kind {
	case formula.Join:
		b.need(int(x.X), true)
		b.need(int(x.Y), true)
	case formula.Ahead:
		b.need(int(x.X), true)
	case formula.Window:
		b.all(int(x.X))
	case formula.Reach:
		b.all(int(x.X))
		b.all(int(x.Y))
	default:
		b.all(i)
	}
}

// all notes that an operation is needed at every instant.
func (b *builder) all(i int) {
	if b.needed[i] {
		return
	}
	b.needed[i] = true
	x := &b.p[i]
	if x.Kind > formula.Truth {
		b.all(int(x.X))
	}
	if x.Kind == formula.Join || x.Kind == formula.Reach || x.Kind == formula.Hold || x.Kind == formula.Edge {
		b.all(int(x.Y))
	}
}

// build makes the nodes of what is needed at every instant, leaves first.
func (b *builder) build() {
	b.n, b.of = &Network{}, make([]int32, len(b.p))
	for i := range b.p {
		if b.needed[i] && b.p[i].Kind == formula.Leaf {
			b.of[i] = b.leaf(&b.p[i])
		}
	}
	b.n.leaves = len(b.n.nodes)
	for i := range b.p {
		if b.needed[i] && b.p[i].Kind != formula.Leaf {
			b.of[i] = b.node(&b.p[i])
		}
	}
}

// leaf returns the node of an atom, or of its opposite.
func (b *builder) leaf(x *formula.Node) int32 {
	for i := range b.n.nodes {
		if y := &b.n.nodes[i]; y.atom == x.Atom && (y.not < 0) == x.Not {
			return int32(i)
		}
	}
	i := b.add(leaf, 0, false, -1, -1)
	y := &b.n.nodes[i]
	if y.atom, y.not = x.Atom, 1; x.Not {
		y.not = -1
	}
	return i
}

// add adds a node.
func (b *builder) add(op operation, span vtime.Duration, dual bool, x, y int32) int32 {
	sign := 1.0
	if dual {
		sign = -1
	}
	i := int32(len(b.n.nodes))
	b.n.nodes = append(b.n.nodes, node{op: op, span: span, endless: span == formula.Forever && op != behind, sign: sign, x: b.input(x, sign), y: b.input(y, sign)})
	return i
}

func (b *builder) input(of int32, sign float64) input {
	if of < 0 {
		return input{of: -1}
	}
	return input{of: of, sign: float64(sign * b.n.nodes[of].sign)}
}

// node makes the nodes of an operation, and returns the last one.
func (b *builder) node(x *formula.Node) int32 {
	if x.Kind == formula.Truth {
		return b.add(truth, 0, x.Not, -1, -1)
	}
	p, q := b.of[x.X], b.of[x.Y]
	switch x.Kind {
	case formula.Join:
		return b.add(join, 0, x.Dual, p, q)
	case formula.Window:
		return b.add(ahead, x.Span, x.Dual, p, -1)
	case formula.Trail:
		return b.add(behind, x.Span, x.Dual, p, -1)
	case formula.Reach:
		return b.add(until, x.Span, x.Dual, p, q)
	case formula.Hold:
		n := b.add(since, 0, x.Dual, p, q)
		if x.Span == formula.Forever {
			return n
		}
		return b.add(join, 0, !x.Dual, b.add(behind, x.Span, x.Dual, q, -1), n)
	case formula.Ahead:
		return b.add(advance, x.Span, b.n.nodes[p].sign < 0, p, -1)
	case formula.Back:
		return b.add(delay, x.Span, x.Dual, p, -1)
	default:
		q = b.add(before, 0, !x.Dual, q, -1)
		return b.add(join, 0, !x.Dual, p, q)
	}
}

// spot makes what an operation is so long after the first instant.
func (b *builder) spot(i int, after vtime.Duration) int {
	x, s := &b.p[i], spot{node: -1, sign: 1}
	switch x.Kind {
	case formula.Ahead:
		return b.spot(int(x.X), vtime.Duration(vtime.Time(after).Add(x.Span)))
	case formula.Join:
		if s.x, s.y = b.spot(int(x.X), after), b.spot(int(x.Y), after); x.Dual {
			s.sign = -1
		}
	case formula.Window:
		s.node = int(b.add(best, x.Span, x.Dual, b.of[x.X], -1))
	case formula.Reach:
		s.node = int(b.add(reached, x.Span, x.Dual, b.of[x.X], b.of[x.Y]))
	default:
		s.node = int(b.add(value, 0, false, b.of[i], -1))
	}
	if s.node >= 0 {
		b.n.nodes[s.node].after = after
	}
	b.n.spots = append(b.n.spots, s)
	return len(b.n.spots) - 1
}

// connect tells the nodes who reads them.
func (b *builder) connect() {
	for i := range b.n.nodes {
		x := &b.n.nodes[i]
		for _, of := range [2]int32{x.x.of, x.y.of} {
			if of >= 0 {
				y := &b.n.nodes[of]
				y.readers = append(y.readers, int32(i))
			}
		}
	}
}
