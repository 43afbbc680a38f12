package margin

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A spot is what an operation is at one instant: what a node says, or the greater of two
// spots, up to its sign.
type spot struct {
	node int // or -1
	x, y int
	sign float64
}

// instant is that which a node of one instant is about.
func (n *Network) instant(z *node) formula.Instant {
	if z.after == 0 {
		return n.start
	}
	return formula.Instant{At: n.start.At.Add(z.after)}
}

// lastOf is the last instant that a node of one instant is about.
func (n *Network) lastOf(z *node) formula.Instant {
	at := n.instant(z)
	switch {
	case z.op == value:
		return at
	case z.span == formula.Forever && n.ending.over:
		return n.ending.last()
	}
	return formula.Instant{At: at.At.Add(z.span), Round: math.MaxInt32}
}

// overdue makes a node unknown that has no end and is about what is after that of the
// run.
func (n *Network) overdue(z *node) {
	if at := n.instant(z); z.span == formula.Forever && n.ending.over && n.ending.last().Before(at) && !z.final {
		z.here = Piece{From: at, Value: float64(z.sign * n.ending.beyond), Source: at.At, Atom: -1}
		z.final = true
	}
}

// spot goes on with the sup of x, or with x, at one instant.
func (n *Network) spot(z *node) {
	if n.ending.over {
		n.overdue(z)
	}
	x := &n.nodes[z.x.of].out
	known, i := x.known, z.x.at-x.off
	if z.endless {
		known = earlier(known, n.known)
	}
	for from := z.done; from.Before(known); {
		if i+1 < len(x.pieces) && x.pieces[i+1].From == from {
			i++
		}
		end := known
		if i+1 < len(x.pieces) {
			end = earlier(end, x.pieces[i+1].From)
		}
		p := &x.pieces[i]
		// What is no more than the best so far is not looked at: most is not.
		less := z.op == best && p.Slope == 0 && float64(p.Value*z.x.sign) <= z.here.Value
		if !less && !z.final {
			n.highest(z, p, from, end)
		}
		from = end
	}
	z.x.at, z.done = i+x.off, known
	if !z.endless || n.ending.over {
		z.final = z.final || n.lastOf(z).Before(known)
	}
}

// highest takes the greatest that a piece comes to between two instants, as far as the
// node is about them, or what it is at the first.
func (n *Network) highest(z *node, p *Piece, from, end formula.Instant) {
	first, last := n.instant(z), n.lastOf(z)
	if !first.Before(end) || last.Before(from) {
		return
	}
	from, end = later(from, first), earlier(end, last)
	at := from.At
	if z.op == best && float64(p.Slope*z.x.sign) > 0 {
		at = end.At
	}
	if v := float64(p.At(at) * z.x.sign); z.op == value || v > z.here.Value {
		z.here.setStep(from, v, p.When(at), p.Atom)
	}
}

// spotPair goes on with x until y at one instant.
func (n *Network) spotPair(z *node, x, y *Piece, from, end formula.Instant) {
	at, last := n.instant(z), n.lastOf(z)
	if z.final || !at.Before(end) || last.Before(from) {
		return
	}
	start := later(from, at)
	var a, b Piece
	a.read(x, start, z.x.sign)
	b.read(y, start, z.y.sign)
	z.witnessed(&a, &b, earlier(end, last))
}

func (z *node) witnessed(x, y *Piece, end formula.Instant) {
	var w, low Piece
	if w.witness(x, y, end); z.floor.Value < w.Value {
		w.set(&z.floor)
	}
	if w.Value > z.here.Value {
		z.here.set(&w)
	}
	if low.lowest(x, end); low.Value < z.floor.Value {
		z.floor.set(&low)
	}
	z.final = z.floor.Value <= z.here.Value
}

// at returns what a spot is, and whether that is final.
func (n *Network) at(i int) (Piece, bool) {
	s := &n.spots[i]
	if s.node >= 0 {
		z := &n.nodes[s.node]
		p := z.here
		p.times(z.sign)
		return p, z.final
	}
	x, a := n.at(s.x)
	y, b := n.at(s.y)
	if float64(s.sign*y.Value) > float64(s.sign*x.Value) {
		x = y
	}
	return x, a && b
}

// Certain reports whether the value at the first instant, of a network of NewAtStart, is
// final.
func (n *Network) Certain() bool {
	if !n.started || len(n.spots) == 0 || n.err != nil {
		return n.err != nil
	}
	n.run()
	_, final := n.at(len(n.spots) - 1)
	return final
}

// AtStart returns the value at the first instant of a network of NewAtStart, if the run
// goes on as said (see Ended), from the first instant on.
func (n *Network) AtStart(end vtime.Time, beyond Beyond, over bool) Piece {
	p := Piece{Value: beyond.value(), Atom: -1}
	if !n.started || len(n.spots) == 0 {
		return p
	}
	n.run()
	p, final := n.at(len(n.spots) - 1)
	if !final {
		c := n.continued(end, beyond, over)
		p, _ = c.at(len(c.spots) - 1)
	}
	p.From = n.start
	p.Value += 0 // no -0
	return p
}
