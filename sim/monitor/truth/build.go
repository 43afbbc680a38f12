package truth

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A kind is what an operation does. With x and y for what it reads, and its some for
// true: (where its some is false, read true for false and false for true)
type kind uint8

const (
	leaf   kind = iota
	truth       // a constant
	join        // x or y
	window      // eventually[0,span] x
	trail       // once[0,span] x
	reach       // x until[0,span] y
	hold        // x since[0,span] y
	ahead       // x in span's time
	back        // x span's time ago
	next        // x a round ago: what it was just before
	veil        // x, of which what is veiled is known no further than time has come
)

// An operation is a node of a program or a part of one.
type operation struct {
	kind   kind
	some   Value // what one instant decides
	span   vtime.Duration
	x, y   int32 // y is x where there is no other
	atom   int32
	not    bool
	veiled [2]bool // false, true
	early  bool    // more may be known of it than time has come to
}

// forever reports whether the operation ranges over the rest of the run.
func (o *operation) forever() bool {
	return (o.kind == window || o.kind == reach) && o.span == formula.Forever
}

// two reports whether there is a y.
func (o *operation) two() bool { return o.kind == join || o.kind == reach || o.kind == hold }

// building turns a program into operations.
type building struct {
	ops []operation
	of  []int32 // the operations that the nodes are
}

func build(p formula.Program) ([]operation, []int32) {
	b := &building{}
	for i := range p {
		b.of = append(b.of, b.node(&p[i]))
	}
	return b.ops, b.of
}

var kinds = [...]kind{
	formula.Leaf: leaf, formula.Truth: truth, formula.Join: join, formula.Window: window, formula.Trail: trail,
	formula.Reach: reach, formula.Hold: hold, formula.Ahead: ahead, formula.Back: back,
}

func (b *building) node(n *formula.Node) int32 {
	some := True
	if n.Dual {
		some = -some
	}
	switch n.Kind {
	case formula.Leaf, formula.Truth:
		return b.add(operation{kind: kinds[n.Kind], atom: n.Atom, not: n.Not})
	case formula.Edge:
		was := b.add(operation{kind: next, some: -some, x: b.of[n.Y], y: b.of[n.Y]})
		return b.add(operation{kind: join, some: -some, x: b.of[n.X], y: was})
	}
	o := operation{kind: kinds[n.Kind], some: some, span: n.Span, x: b.of[n.X]}
	if o.y = o.x; o.two() {
		o.y = b.of[n.Y]
	}
	if o.forever() && (b.ops[o.x].early || b.ops[o.y].early) {
		return b.behind(o)
	}
	return b.add(o)
}

// behind adds an operation that ranges over the rest of the run, and must not know of
// what lies beyond it.
func (b *building) behind(o operation) int32 {
	var some [2]bool
	some[(o.some+1)/2] = true
	x := b.add(operation{kind: veil, x: o.x, y: o.x, veiled: some})
	if o.two() {
		o.y = b.add(operation{kind: veil, x: o.y, y: o.y, veiled: some})
	} else {
		o.y = x
	}
	o.x = x
	all := b.add(o)
	n := b.add(operation{kind: veil, x: all, y: all, veiled: [2]bool{true, true}})
	b.ops[n].early = false
	return n
}

func (b *building) add(o operation) int32 {
	switch o.kind {
	case leaf:
	case truth, trail, hold, back, next:
		o.early = true
	default:
		o.early = b.ops[o.x].early || b.ops[o.y].early
	}
	b.ops = append(b.ops, o)
	return int32(len(b.ops) - 1)
}
