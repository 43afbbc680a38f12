package stl

import "github.com/harmproof/harmproof/sim/monitor/formula"

// A node is an operation or an operand of the tree.
type node struct {
	kind kind
	args []*node
	// from and to are its place in the text with all brackets around it, core
	// without them.
	from, to int
	core     [2]int
	text     string  // of a name, and of the function that is called
	value    float64 // of a number
	over     formula.Interval
	temporal bool // it looks at other instants
}

// bracketed reports whether there are brackets around it.
func (n *node) bracketed() bool { return n.from != n.core[0] }

// truth reports whether it can only be a condition.
func (n *node) truth() bool {
	return n.kind == yes || n.kind == no || n.kind.prefix() || n.kind >= xor && n.kind <= differ
}

// make returns a node, if there may be more of them.
func (p *parser) make(k kind, from, to int, args ...*node) *node {
	n := &node{kind: k, from: from, to: to, core: [2]int{from, to}, args: args, over: formula.All, temporal: k.op() >= formula.Always}
	if p.nodes++; p.nodes > MaxNodes {
		p.stop(from, to, "split the requirement into several formulas", "the formula has more than %d operations and operands", MaxNodes)
		p.at = len(p.tokens) - 1
	}
	for _, a := range args {
		n.temporal = n.temporal || a.temporal
		if a.kind == broken {
			n.kind = broken
		}
	}
	return n
}

// broken is in the place of what has been complained about.
func (p *parser) broken(t token) *node { return p.make(broken, t.from, t.from) }
