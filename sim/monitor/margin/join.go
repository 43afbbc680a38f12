package margin

import "github.com/harmproof/harmproof/sim/monitor/formula"

// greaterStep appends the greater of two values that do not change.
func (z *node) greaterStep(x, y *Piece, from formula.Instant) {
	a, b := float64(x.Value*z.x.sign), float64(y.Value*z.y.sign)
	if b > a {
		x, a = y, b
	}
	z.out.step(from, a, x.Source, x.Atom)
}

// greater appends the greater of two pieces that begin at the same instant up to an end,
// as far as it has not been yet. Where both are the same it is x.
func (z *node) greater(x, y *Piece, end formula.Instant) {
	if y.Value > x.Value || y.Value == x.Value && y.Slope > x.Slope {
		x, y = y, x
	}
	if !x.From.Before(z.done) {
		z.out.push(x)
	}
	if !(y.Slope > x.Slope) {
		return
	}
	if c := closing(x.Value-y.Value, y.Slope-x.Slope, x.From, end); c.Before(end) && !c.Before(z.done) {
		var line Piece
		line.cut(y, c)
		z.out.push(&line)
	}
}
