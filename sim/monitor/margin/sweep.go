package margin

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// sweep makes the queue the sup of x over a window that slides.
func (n *Network) sweep(z *node) {
	x := &n.nodes[z.x.of].out
	known, over := x.known, false
	if z.endless {
		known, over = n.upTo(known)
	}
	if z.done.Before(known) {
		i := z.x.at - x.off
		for from := z.done; from.Before(known); {
			if i+1 < len(x.pieces) && x.pieces[i+1].From == from {
				i++
			}
			end := known
			if i+1 < len(x.pieces) {
				end = earlier(end, x.pieces[i+1].From)
			}
			if p := &x.pieces[i]; p.Slope != 0 {
				n.slide(z, p, from, end)
			} else if !p.From.Before(from) {
				first, fade := n.seen(z, from)
				z.out.raiseStep(float64(p.Value*z.x.sign), p.Source, p.Atom, first, fade)
			}
			from = end
		}
		z.x.at, z.done = i+x.off, known
	}
	switch {
	case over:
		n.overrun(z)
	case z.op == ahead:
		z.out.known = n.lead(known, z.span)
	default:
		z.out.known = known
	}
}

// seen tells from when on what begins at an instant counts, and from when on what comes
// before does no more.
func (n *Network) seen(z *node, from formula.Instant) (first, fade formula.Instant) {
	if z.op == ahead {
		return n.lead(from, z.span), from
	}
	return from, lag(from, z.span)
}

// slide adds what a piece that slopes is from an instant to another.
func (n *Network) slide(z *node, piece *Piece, from, end formula.Instant) {
	slope := float64(z.x.sign * piece.Slope)
	if slope < 0 && piece.From.At < from.At {
		return // all of it has been added before
	}
	first, fade := n.seen(z, from)
	if flat(piece, end) {
		z.out.raiseStep(float64(z.x.sign*piece.At(from.At)), piece.When(from.At), piece.Atom, first, fade)
		return
	}
	var p Piece
	if p.read(piece, from, z.x.sign); slope < 0 {
		z.out.raiseStep(p.Value, p.Source, p.Atom, first, fade)
		z.fall(&p, fade)
		return
	}
	n.rise(z, &p, first, fade, end)
}

// fall adds how a piece that falls leaves the window.
func (z *node) fall(p *Piece, fade formula.Instant) {
	if fade == formula.Never {
		return
	}
	if z.op == ahead {
		z.out.push(p)
		return
	}
	var line Piece
	line.cut(p, formula.Instant{At: fade.At - vtime.Time(z.span)})
	line.From = fade
	z.out.push(&line)
}

// rise adds a piece that rises to its end.
func (n *Network) rise(z *node, p *Piece, first, fade, end formula.Instant) {
	value, source, peak := p.At(end.At), p.When(end.At), end
	if z.op == ahead {
		peak = n.lead(end, z.span)
		p.From.At -= vtime.Time(z.span)
	}
	if peak.Before(fade) {
		if peak.Before(z.out.raiseStep(value, source, p.Atom, peak, fade)) {
			return
		}
		z.out.pop()
		fade = peak
	}
	if first.Before(peak) {
		z.out.raise(p, first, fade)
	}
	z.out.step(peak, value, source, p.Atom)
}

// upTo is what an endless node may use of what is known of others: what was heard of the
// run, up to the end of one that is over. It tells whether that was reached.
func (n *Network) upTo(known formula.Instant) (formula.Instant, bool) {
	known = earlier(known, n.known)
	if !n.ending.over || !n.ending.last().Before(known) {
		return known, false
	}
	return n.ending.last(), true
}

// overrun ends the queue of a node that has no end at the end of the run.
func (n *Network) overrun(z *node) {
	at := n.ending.at.Add(1)
	z.out.step(formula.Instant{At: at}, float64(z.sign*n.ending.beyond), at, -1)
	z.out.known = formula.Never
}
