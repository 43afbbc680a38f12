package margin

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A queue is pieces in order, each from its instant up to the next one's. Its readers
// count from the first piece that there ever was.
type queue struct {
	pieces []Piece
	room   []Piece         // what pieces is a part of
	off    int             // how many pieces are gone
	known  formula.Instant // before it nothing changes any more
	limit  int             // how long the queue may grow before what was read goes
}

func (q *queue) last() *Piece { return &q.pieces[len(q.pieces)-1] }

func (q *queue) pop() { q.pieces = q.pieces[:len(q.pieces)-1] }

// push appends a piece, in place of one that begins at the same instant.
func (q *queue) push(p *Piece) {
	if k := len(q.pieces); k > 0 {
		last := &q.pieces[k-1]
		if last.From == p.From {
			last.set(p)
			return
		}
		if last.continues(p) {
			return
		}
	}
	if p.From.At < formula.Never.At {
		q.slot().set(p)
	}
}

// step is push of a value that does not change.
func (q *queue) step(from formula.Instant, value float64, source vtime.Time, atom int32) {
	if k := len(q.pieces); k > 0 {
		last := &q.pieces[k-1]
		if last.From == from {
			last.setStep(from, value, source, atom)
			return
		}
		if last.Value == value && last.Source == source && last.Atom == atom && last.Slope == 0 {
			return
		}
	}
	if from.At != formula.Never.At {
		q.slot().setStep(from, value, source, atom)
	}
}

// slot is room for one piece more.
func (q *queue) slot() *Piece {
	k := len(q.pieces)
	if k == cap(q.pieces) {
		q.grow()
	}
	q.pieces = q.pieces[:k+1]
	return &q.pieces[k]
}

// raise makes the queue, which does not rise from an instant on and ends at another, the
// greater of itself and a piece that does not fall, and that goes on beyond the end.
func (q *queue) raise(p *Piece, from, end formula.Instant) {
	var line Piece
	line.cut(p, q.shrink(p, from, end))
	q.push(&line)
}

// shrink takes away what raise puts the piece in place of, and returns from when on that
// is.
func (q *queue) shrink(p *Piece, from, end formula.Instant) formula.Instant {
	for len(q.pieces) > 0 {
		last := q.last()
		if last.At(end.At) >= p.At(end.At) {
			break
		}
		start := later(last.From, from)
		if last.Slope != p.Slope {
			if gap := last.At(start.At) - p.At(start.At); gap >= 0 {
				end = closing(gap, p.Slope-last.Slope, start, end)
				break
			}
		}
		end = start
		if last.From.Before(from) {
			break
		}
		q.pop()
	}
	if len(q.pieces) == 0 {
		end = from
	}
	return end
}

// raiseStep is raise for a value that does not change.
func (q *queue) raiseStep(value float64, source vtime.Time, atom int32, from, end formula.Instant) formula.Instant {
	k := len(q.pieces)
	for ; k > 0; k-- {
		last := &q.pieces[k-1]
		if last.Slope != 0 {
			if last.At(end.At) >= value {
				break
			}
			start := later(last.From, from)
			if gap := last.At(start.At) - value; gap >= 0 {
				end = closing(gap, -last.Slope, start, end)
				break
			}
		} else if last.Value >= value {
			break
		}
		if last.From.Before(from) {
			end = from
			break
		}
		end = last.From
	}
	if k == 0 {
		end = from
	}
	if k == len(q.pieces) || k > 0 && (q.pieces[k-1].From == end || q.pieces[k-1].Value == value) {
		q.pieces = q.pieces[:k]
		q.step(end, value, source, atom)
		return end
	}
	q.pieces[k].setStep(end, value, source, atom) // there is room where others went
	q.pieces = q.pieces[:k+1]
	return end
}

// lower appends the lesser of two pieces that begin at the same instant, up to an end,
// and returns from when on y is below x.
func (q *queue) lower(x, y *Piece, end formula.Instant) formula.Instant {
	swap := y.Value < x.Value || y.Value == x.Value && y.Slope < x.Slope
	if swap {
		x, y = y, x
	}
	q.push(x)
	c := closing(y.Value-x.Value, x.Slope-y.Slope, x.From, end)
	if c.Before(end) {
		var line Piece
		line.cut(y, c)
		q.push(&line)
	}
	if swap {
		return x.From
	}
	return c
}

// drop drops the first pieces.
func (q *queue) drop(gone int) {
	q.pieces = q.pieces[gone:]
	q.off += gone
}

// forget drops the pieces before the one that all readers have come to.
func (q *queue) forget(read int) {
	if gone := min(read-q.off, len(q.pieces)-1); gone > 0 {
		q.drop(gone)
	}
	q.limit = max(64, 2*len(q.pieces))
}

// grow makes room for another piece: first of all what was dropped.
func (q *queue) grow() {
	k := len(q.pieces)
	if 2*k >= len(q.room) {
		q.room = make([]Piece, 2*k+16)
	}
	copy(q.room, q.pieces)
	q.pieces = q.room[:k]
}
