package margin

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor/formula"
)

// carryStep is carry for values that do not change.
func (z *node) carryStep(x, y *Piece, from formula.Instant) {
	value, source, atom := math.Inf(-1), from.At, int32(-1)
	if len(z.out.pieces) > 0 {
		was := z.out.last()
		value, source, atom = was.At(from.At), was.When(from.At), was.Atom
	}
	if v := float64(y.Value * z.y.sign); v > value {
		value, source, atom = v, y.Source, y.Atom
	}
	if v := float64(x.Value * z.x.sign); v < value {
		value, source, atom = v, x.Source, x.Atom
	}
	z.out.step(from, value, source, atom)
}

// carry goes on from what there was just before two pieces that begin and end together.
func (z *node) carry(x, y *Piece, end formula.Instant) {
	q, was := &z.out, Piece{From: x.From, Value: math.Inf(-1), Source: x.From.At, Atom: -1}
	if len(q.pieces) > 0 {
		was.hold(q.last(), x.From, x.From.At)
	}
	if y.Value > was.Value && (flat(y, end) || y.Slope < 0) {
		was.holdFirst(y)
	}
	rises := !flat(y, end) && y.Slope > 0
	if flat(x, end) || x.Slope > 0 {
		z.upward(x, y, &was, rises, end)
		return
	}
	// x falls: the lesser of it, and of the greater of y and what there was.
	c := end
	if rises {
		c = above(y, &was, end)
	}
	if x.From.Before(c) {
		q.lower(&was, x, c)
	}
	if c.Before(end) {
		q.lowerFrom(c, y, x, end)
	}
}

// upward is carry where x does not fall.
func (z *node) upward(x, y, was *Piece, rises bool, end formula.Instant) {
	q, least := &z.out, *was
	if x.Value < was.Value {
		least.holdFirst(x)
	}
	switch {
	case rises:
		c := above(y, &least, end)
		if x.From.Before(c) {
			q.push(&least)
		}
		if c.Before(end) {
			q.lowerFrom(c, y, x, end)
		}
	case flat(x, end) && x.Value < was.Value:
		q.push(x)
	case y.Value > x.Value:
		q.push(x)
		if c := below(x, y, x.From, end); c.Before(end) {
			least.hold(y, c, c.At)
			q.push(&least)
		}
	default:
		q.push(&least)
	}
}

// lowerFrom is lower from an instant on.
func (q *queue) lowerFrom(from formula.Instant, x, y *Piece, end formula.Instant) {
	var a, b Piece
	a.cut(x, from)
	b.cut(y, from)
	q.lower(&a, &b, end)
}

// above returns from when on a piece that rises is no longer below a value, or an end.
func above(p, value *Piece, end formula.Instant) formula.Instant {
	return closing(value.Value-p.Value, p.Slope, p.From, end)
}
