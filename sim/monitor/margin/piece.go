package margin

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Piece is a straight line from an instant on, up to the next piece.
type Piece struct {
	From  formula.Instant
	Value float64 // at From
	Slope float64 // per nanosecond
	// Source is when the atom had the value that Value is, or where it did not change,
	// since when it had it. It moves along with a piece that slopes.
	Source vtime.Time
	Atom   int32 // that the piece is from, -1 for constants
}

// At returns the value at a time.
func (p *Piece) At(t vtime.Time) float64 {
	if p.Slope == 0 {
		return p.Value
	}
	return p.Value + float64(p.Slope*float64(t-p.From.At))
}

// When returns when the atom had the value that the piece has at a time.
func (p *Piece) When(t vtime.Time) vtime.Time {
	if p.Slope == 0 {
		return p.Source
	}
	return p.Source + (t - p.From.At)
}

// set sets p to q. Pieces are written and copied field by field: a processor that reads
// as a whole what it has just written in parts has to wait.
func (p *Piece) set(q *Piece) {
	p.From, p.Value, p.Slope, p.Source, p.Atom = q.From, q.Value, q.Slope, q.Source, q.Atom
}

// read sets p to what q is from an instant on, or to its opposite where sign is -1.
func (p *Piece) read(q *Piece, from formula.Instant, sign float64) {
	p.From, p.Value, p.Slope, p.Source, p.Atom = from, q.Value, q.Slope, q.Source, q.Atom
	if d := from.At - q.From.At; d != 0 && q.Slope != 0 {
		p.Source += d
		p.Value += float64(q.Slope * float64(d))
	}
	p.Value = float64(p.Value * sign)
	p.Slope = float64(p.Slope * sign)
}

// setStep sets p to a value that does not change.
func (p *Piece) setStep(from formula.Instant, value float64, source vtime.Time, atom int32) {
	p.From, p.Value, p.Slope, p.Source, p.Atom = from, value, 0, source, atom
}

// cut sets p to what q is from an instant on.
func (p *Piece) cut(q *Piece, from formula.Instant) { p.read(q, from, 1) }

// hold sets p to what q is at a time, held from an instant on.
func (p *Piece) hold(q *Piece, from formula.Instant, at vtime.Time) {
	p.From, p.Value, p.Slope, p.Source, p.Atom = from, q.At(at), 0, q.When(at), q.Atom
}

// holdFirst sets p to what q begins with, held from there on.
func (p *Piece) holdFirst(q *Piece) {
	p.From, p.Value, p.Slope, p.Source, p.Atom = q.From, q.Value, 0, q.Source, q.Atom
}

// times turns the piece into its opposite, where sign is -1.
func (p *Piece) times(sign float64) {
	p.Value = float64(p.Value * sign)
	p.Slope = float64(p.Slope * sign)
}

// continues reports whether q, which begins later, is what p is there already.
func (p *Piece) continues(q *Piece) bool {
	if p.Slope != q.Slope || p.Atom != q.Atom || p.When(q.From.At) != q.Source {
		return false
	}
	if p.Slope == 0 {
		return p.Value == q.Value
	}
	return math.Abs(p.At(q.From.At)-q.Value) <= math.Abs(p.Slope)
}

func later(i, j formula.Instant) formula.Instant {
	if i.Before(j) {
		return j
	}
	return i
}

func earlier(i, j formula.Instant) formula.Instant {
	if j.Before(i) {
		return j
	}
	return i
}

// closing returns from when on a gap is closed that is as wide at an instant and
// narrows at a rate, or an end if that is earlier.
func closing(gap, rate float64, from, end formula.Instant) formula.Instant {
	if !(rate > 0) {
		return end
	}
	d := math.Ceil(gap / rate)
	if d <= 0 {
		return from
	}
	if !(d < 1<<62) {
		return end
	}
	return earlier(formula.Instant{At: from.At.Add(vtime.Duration(d))}, end)
}

// below returns from when on, between two instants, y is below x.
func below(x, y *Piece, from, end formula.Instant) formula.Instant {
	gap := y.At(from.At) - x.At(from.At)
	if gap < 0 {
		return from
	}
	return closing(gap, x.Slope-y.Slope, from, end)
}

// flat reports whether a piece that ends so is a single value.
func flat(p *Piece, end formula.Instant) bool { return p.Slope == 0 || p.From.At == end.At }
