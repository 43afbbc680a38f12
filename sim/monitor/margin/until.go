package margin

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// reach goes on with two pieces that begin and end together.
func (n *Network) reach(z *node, x, y *Piece, end formula.Instant) {
	var low Piece
	low.lowest(x, end)
	if from := x.From; z.open.Before(from) {
		var w Piece
		if hi := n.lead(w.witness(x, y, end), z.span); z.open.Before(hi) {
			line := *y
			line.From.At -= vtime.Time(z.span)
			z.improveLine(&line, &w, hi, from)
		} else {
			z.improve(&w, from)
		}
		if z.open.Before(from) {
			z.bound(&low, from)
		}
	}
	open := n.own(z, x, y, &low, end)
	if !open.Before(end) {
		z.close(end)
		return
	}
	if x.Slope > 0 {
		low.set(x)
	}
	low.times(-1)
	z.least.push(&low)
	if !x.From.Before(open) {
		open = z.open
	}
	z.freeze(open)
}

// reachStep is reach for values that do not change.
func (z *node) reachStep(x, y *Piece, fresh bool, from, end formula.Instant) {
	a, w, source, atom := float64(x.Value*z.x.sign), float64(y.Value*z.y.sign), y.Source, y.Atom
	closes := w >= a
	if closes {
		w, source, atom = a, x.Source, x.Atom
	}
	if fresh {
		z.improveStep(w, source, atom, from)
		if !closes {
			z.boundStep(a, x, from)
		}
	}
	if closes {
		z.close(end)
	}
}

// improveStep is improve with a witness that goes on being what there is.
func (z *node) improveStep(w float64, source vtime.Time, atom int32, from formula.Instant) {
	switch {
	case !z.open.Before(from):
		z.out.step(from, w, source, atom)
	case -z.least.pieces[0].At(z.open.At) > w:
		z.out.raiseStep(w, source, atom, z.open, from)
		z.seek()
	default:
		z.improve(&Piece{From: from, Value: w, Source: source, Atom: atom}, from)
		if last := z.out.last(); last.Slope != 0 || last.Value != w {
			z.out.step(from, w, source, atom)
		}
	}
}

// boundStep is bound by a value that A goes on being.
func (z *node) boundStep(a float64, x *Piece, from formula.Instant) {
	if z.open.Before(from) {
		if d := &z.out.pieces[z.mark-z.out.off]; d.Slope != 0 || d.Value >= a {
			z.shut(&Piece{From: from, Value: a}, from)
		}
	}
	if !z.open.Before(from) {
		z.least.drop(len(z.least.pieces))
	}
	z.least.raiseStep(-a, x.Source, x.Atom, z.open, from)
	z.pass()
}

// close says that all is final up to an instant.
func (z *node) close(end formula.Instant) {
	z.least.drop(len(z.least.pieces))
	z.mark = z.out.off + len(z.out.pieces) - 1
	z.open = end
}

// witness sets w to the most that x until y comes to at the first instant of two pieces
// that begin there and end together, and returns when y has come to that.
func (w *Piece) witness(x, y *Piece, end formula.Instant) formula.Instant {
	from := x.From
	switch rises := !flat(y, end) && y.Slope > 0; {
	case x.Value <= y.Value:
		w.holdFirst(x)
		return from
	case !rises:
		w.holdFirst(y)
		return from
	case !flat(x, end) && x.Slope < 0:
		if y.At(end.At) > x.At(end.At) {
			w.meeting(x, y, from)
			return closing(x.Value-y.Value, y.Slope-x.Slope, from, end)
		}
	case y.At(end.At) > x.Value:
		w.holdFirst(x)
		return closing(x.Value-y.Value, y.Slope, from, end)
	}
	w.hold(y, from, end.At)
	return end
}

// meeting sets p to where two lines cross, held from an instant on.
func (p *Piece) meeting(x, y *Piece, from formula.Instant) {
	d := (y.Value - x.Value) / (x.Slope - y.Slope)
	p.From, p.Value, p.Slope = from, x.Value+float64(x.Slope*d), 0
	p.Source, p.Atom = x.Source+vtime.Time(d), x.Atom
}

// lowest sets p to the least that q comes to, held.
func (p *Piece) lowest(q *Piece, end formula.Instant) {
	if p.holdFirst(q); !flat(q, end) && !(q.Slope > 0) {
		p.hold(q, q.From, end.At)
	}
}

// freeze says that before an instant nothing changes any more.
func (z *node) freeze(at formula.Instant) {
	z.open = later(z.open, at)
	z.seek()
	z.pass()
}

// pass drops of A what comes before the piece that is open.
func (z *node) pass() {
	a, gone := z.least.pieces, 0
	for gone+1 < len(a) && !z.open.Before(a[gone+1].From) {
		gone++
	}
	if gone > 0 {
		z.least.drop(gone)
	}
}

// seek finds the piece of D that is at the end of what is final.
func (z *node) seek() {
	q := z.out.pieces
	k := max(0, min(z.mark-z.out.off, len(q)-1))
	for k+1 < len(q) && !z.open.Before(q[k+1].From) {
		k++
	}
	z.mark = z.out.off + k
}

// improve makes D the greater of itself and the lesser of A and a witness.
func (z *node) improve(w *Piece, from formula.Instant) {
	a := &z.least
	if -a.pieces[0].At(z.open.At) > w.Value {
		z.out.raiseStep(w.Value, w.Source, w.Atom, z.open, from)
		z.seek()
		return
	}
	for len(z.out.pieces) > 0 && !z.out.last().From.Before(z.open) {
		z.out.pop()
	}
	gone, at := 0, from
	for k := range a.pieces {
		end := from
		if k+1 < len(a.pieces) {
			end = a.pieces[k+1].From
		}
		var p Piece
		p.read(&a.pieces[k], later(a.pieces[k].From, z.open), -1)
		if at = below(&p, w, p.From, end); p.From.Before(at) {
			z.out.push(&p)
		}
		if at.Before(end) {
			z.out.step(at, w.Value, w.Source, w.Atom)
			break
		}
		gone++
	}
	z.mark = z.out.off + len(z.out.pieces) - 1
	a.drop(min(gone, len(a.pieces)))
	z.freeze(at)
}

// bound makes A the lesser of itself and what x has come to, and closes what that
// closes.
func (z *node) bound(x *Piece, from formula.Instant) {
	if z.shut(x, from); z.open.Before(from) {
		z.least.raiseStep(-x.Value, x.Source, x.Atom, z.open, from)
	}
}

// shut closes where D is no less than what x has come to.
func (z *node) shut(x *Piece, from formula.Instant) {
	q, at := z.out.pieces, from
	for k := z.mark - z.out.off; k < len(q); k++ {
		end := from
		if k+1 < len(q) {
			end = earlier(end, q[k+1].From)
		}
		start := later(q[k].From, z.open)
		if !start.Before(from) {
			break
		}
		if at = below(x, &q[k], start, end); at.Before(end) {
			break
		}
	}
	z.freeze(at)
}

// own adds what x until y is where x and y are, if nothing more comes, and returns
// when it becomes less than the lowest that x comes to.
func (n *Network) own(z *node, x, y, low *Piece, end formula.Instant) formula.Instant {
	q, falls := &z.out, !flat(x, end) && x.Slope < 0
	if flat(y, end) || y.Slope < 0 {
		open := q.lower(x, y, end)
		if falls {
			open = below(low, y, x.From, end)
		}
		return open
	}
	if falls {
		return n.ownFalling(z, x, y, low, end)
	}
	var line, top Piece
	if hi := n.lead(end, z.span); x.From.Before(hi) {
		z.ahead(&line, y, x.From)
		q.lower(x, &line, hi)
		line.cut(x, hi)
		x = &line
	}
	top.hold(y, x.From, end.At)
	return q.lower(x, &top, end)
}

// ownFalling is own where x falls and y rises.
func (n *Network) ownFalling(z *node, x, y, low *Piece, end formula.Instant) formula.Instant {
	q, from := &z.out, x.From
	if y.Value >= x.Value {
		q.push(x)
		return end
	}
	var line Piece
	c := closing(x.Value-y.Value, y.Slope-x.Slope, from, end)
	if hi := n.lead(c, z.span); from.Before(hi) {
		z.ahead(&line, y, from)
		q.push(&line)
		from = hi
	}
	if line.hold(y, from, end.At); line.Value <= low.Value {
		q.push(&line)
		if line.Value < low.Value {
			return from
		}
		return end
	}
	line.meeting(x, y, from)
	q.push(&line)
	line.cut(x, c)
	q.push(&line)
	return end
}

// ahead sets line to what y is at the end of the windows from an instant on.
func (z *node) ahead(line, y *Piece, from formula.Instant) {
	line.cut(y, formula.Instant{At: from.At.Add(z.span), Round: from.Round})
	line.From = from
}

// improveLine is improve by a witness that y only comes to along a line: the windows
// from an instant on see all of it, those before only a part.
func (z *node) improveLine(line, w *Piece, hi, from formula.Instant) {
	q, a := &z.out, z.least.pieces
	if hi.Before(from) {
		if at := q.shrink(w, hi, from); hi.Before(at) {
			q.step(at, w.Value, w.Source, w.Atom)
			z.seek()
			return
		}
	}
	at := q.shrink(line, z.open, earlier(hi, from))
	open := from
	for k := range a {
		start, end := later(a[k].From, at), from
		if k+1 < len(a) {
			end = a[k+1].From
		}
		var p, part Piece
		p.read(&a[k], start, -1)
		if seen := earlier(end, hi); start.Before(seen) {
			part.cut(line, start)
			q.lower(&p, &part, seen)
		}
		if start = later(start, hi); start.Before(end) {
			c := below(&p, w, start, end)
			if start.Before(c) {
				part.cut(&p, start)
				q.push(&part)
			}
			if c.Before(end) {
				q.step(c, w.Value, w.Source, w.Atom)
				open = c
				break
			}
		}
	}
	z.freeze(open)
}
