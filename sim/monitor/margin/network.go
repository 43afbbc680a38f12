package margin

import (
	"errors"
	"math"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Network follows the margin of one formula.
type Network struct {
	nodes   []node
	leaves  int // the first nodes
	root    int // the node that is told, or -1
	told    int // how many pieces of it
	spots   []spot
	started bool
	start   formula.Instant
	known   formula.Instant // the latest that any leaf is known up to
	ran     formula.Instant // that when nodes were run last
	rows    int             // heard since then
	fresh   int             // heard since room was made
	err     error
	ending  ending
}

// ErrMemory says that there is too much to remember.
var ErrMemory = errors.New("the windows of the formula span more changes than can be remembered")

// most is how many pieces a queue may have.
const most = 1 << 20

// An operation is what a node does.
type operation uint8

const (
	leaf    operation = iota
	truth             // a constant
	join              // the greater of x and y
	ahead             // sup of x over the window ahead
	behind            // sup of x over the window behind
	until             // x until y over the window ahead
	since             // x since y
	advance           // x in the span's time
	delay             // x the span's time ago
	before            // x a round ago
	best              // sup of x over the window ahead of one instant
	reached           // x until y over the window ahead of one instant
	value             // x at one instant
)

// A node is an operation, and what it has come to.
type node struct {
	op   operation
	span vtime.Duration
	// endless is with a window that lasts up to the end of the run.
	endless bool

	sign float64 // of what is in the queue
	atom int32
	not  float64 // of a leaf: -1 for the opposite of the atom
	x, y input
	out  queue
	// readers are the nodes that read this one.
	readers []int32
	done    formula.Instant // what was read of x and y
	// of until
	open  formula.Instant // before it all is final
	mark  int             // the piece of out that covers it
	least queue           // the opposite of A from there on
	// of those of one instant
	after vtime.Duration // the instant, from the start on
	here  Piece          // what it is so far
	floor Piece          // of reached: the inf of x so far
	final bool
}

// An input is a place in another node's queue.
type input struct {
	of   int32
	sign float64 // between its queue and the own one
	at   int     // the piece that was read last
}

// begin begins the run at its first instant.
func (n *Network) begin(at formula.Instant) {
	n.started, n.start, n.known = true, at, at
	for i := range n.nodes {
		x := &n.nodes[i]
		x.done, x.open, x.out.known, x.least.known = at, at, at, at
		never := Piece{From: at, Value: math.Inf(-1), Source: at.At, Atom: -1}
		switch x.op {
		case truth:
			never.times(-1)
			x.out.push(&never)
		case delay, before:
			x.out.push(&never)
		case best, reached:
			x.here, x.floor = never, never
			x.floor.times(-1)
			x.out.known = formula.Never
		}
	}
}

// run brings all nodes up to date with the leaves.
func (n *Network) run() {
	if !n.started || n.err != nil || n.known == n.ran && n.rows == 0 {
		return
	}
	n.ran = n.known
	for i := n.leaves; i < len(n.nodes); i++ {
		x := &n.nodes[i]
		switch x.op {
		case truth:
			x.out.known = n.known
		case join, until, since, reached:
			n.pairs(x)
		case ahead, behind:
			n.sweep(x)
		case advance, delay, before:
			n.shift(x)
		case best, value:
			n.spot(x)
		}
	}
	if n.rows = 0; n.fresh >= batch {
		n.fresh = 0
		n.tidy()
	}
}

// pairs goes through what a node's inputs are at the same time.
func (n *Network) pairs(z *node) {
	p, q := &n.nodes[z.x.of].out, &n.nodes[z.y.of].out
	known, over := earlier(p.known, q.known), false
	if z.endless {
		known, over = n.upTo(known)
	}
	x, y := p.pieces, q.pieces
	i, j := z.x.at-p.off, z.y.at-q.off
	for from := z.done; from.Before(known); {
		end := known
		if i+1 < len(x) {
			if x[i+1].From == from {
				i++
			}
			if i+1 < len(x) && x[i+1].From.Before(end) {
				end = x[i+1].From
			}
		}
		if j+1 < len(y) {
			if y[j+1].From == from {
				j++
			}
			if j+1 < len(y) && y[j+1].From.Before(end) {
				end = y[j+1].From
			}
		}
		if z.op == until {
			if at := n.lead(from, z.span); z.open.Before(at) {
				z.freeze(at)
			}
		}
		if a, b := &x[i], &y[j]; a.Slope == 0 && b.Slope == 0 {
			n.pairSteps(z, a, b, from, end)
		} else {
			n.pairLines(z, a, b, from, end)
		}
		from = end
	}
	z.x.at, z.y.at, z.done = i+p.off, j+q.off, known
	n.paired(z, known, over)
}

// pairSteps goes on with what the inputs are from an instant to another, where they do
// not change.
func (n *Network) pairSteps(z *node, x, y *Piece, from, end formula.Instant) {
	fresh := !x.From.Before(from) || !y.From.Before(from)
	switch {
	case z.op == until:
		z.reachStep(x, y, fresh, from, end)
	case z.op == reached:
		n.spotPair(z, x, y, from, end)
	case !fresh:
	case z.op == join:
		z.greaterStep(x, y, from)
	default:
		z.carryStep(x, y, from)
	}
}

// pairLines is pairSteps for lines.
func (n *Network) pairLines(z *node, x, y *Piece, from, end formula.Instant) {
	var a, b Piece
	switch z.op {
	case reached:
		n.spotPair(z, x, y, from, end)
		return
	case join:
		from = later(x.From, y.From)
	}
	a.read(x, from, z.x.sign)
	b.read(y, from, z.y.sign)
	switch z.op {
	case join:
		z.greater(&a, &b, end)
	case until:
		n.reach(z, &a, &b, end)
	default:
		z.carry(&a, &b, end)
	}
}

// paired notes what is known of a node after its inputs.
func (n *Network) paired(z *node, known formula.Instant, over bool) {
	switch {
	case z.op == reached:
		n.overdue(z)
		z.final = z.final || n.lastOf(z).Before(known)
	case over:
		n.overrun(z)
	case z.op == until:
		if at := n.lead(known, z.span); z.open.Before(at) {
			z.freeze(at)
		}
		z.out.known = z.open
	default:
		z.out.known = known
	}
}

// tidy makes room in the queues.
func (n *Network) tidy() {
	for i := range n.nodes {
		if q := &n.nodes[i].out; len(q.pieces) > q.limit {
			n.forget(i)
		}
		if q := &n.nodes[i].least; len(q.pieces) > most {
			n.err = ErrMemory
		}
	}
}

// forget makes room in the queue of a node.
func (n *Network) forget(i int) {
	q := &n.nodes[i].out
	read := math.MaxInt
	if i == n.root {
		read = n.told - 1
	}
	for _, r := range n.nodes[i].readers {
		if x := &n.nodes[r]; int(x.x.of) == i {
			read = min(read, x.x.at)
		}
		if x := &n.nodes[r]; int(x.y.of) == i {
			read = min(read, x.y.at)
		}
	}
	q.forget(read)
	if len(q.pieces) > most {
		n.err = ErrMemory
	}
}

// Err says what is wrong: from then on a network does nothing.
func (n *Network) Err() error { return n.err }

// lead is the first instant whose window of a span sees an instant.
func (n *Network) lead(i formula.Instant, span vtime.Duration) formula.Instant {
	switch {
	case i.At == vtime.Never:
		return formula.Never
	case i.At.Sub(n.start.At) <= span:
		return n.start
	}
	return formula.Instant{At: i.At - vtime.Time(span)}
}

// lag is the first instant whose window of a span into the past no longer sees anything
// before an instant.
func lag(i formula.Instant, span vtime.Duration) formula.Instant {
	if span == formula.Forever {
		return formula.Never
	}
	if i.Round > 0 {
		i.At = i.At.Add(1)
	}
	return formula.Instant{At: i.At.Add(span)}
}
