package interval

import "math"

// A Range is bounds of a number over a span of time.
type Range struct {
	Lo, Hi   float64 // Lo > Hi where it has no value at all
	Down, Up float64 // its slope per second is between them
	NaN      bool    // it may have no value
}

// Point is a number that does not move.
func Point(x float64) Range {
	if x != x {
		return nothing
	}
	return Range{Lo: x, Hi: x}
}

var (
	inf = math.Inf(1)
	// Everything is what nothing is known of.
	Everything = Range{Lo: -inf, Hi: inf, Down: -inf, Up: inf, NaN: true}
	// nothing has no value anywhere.
	nothing = Range{Lo: inf, Hi: -inf, Down: -inf, Up: inf, NaN: true}
)

// sane gives up on what is not finite.
func (x Range) sane() Range {
	if x.NaN || !(x.Down <= x.Up) {
		x.Down, x.Up = -inf, inf
	}
	if !(x.Hi-x.Lo < inf) {
		return Everything
	}
	return x
}

// jumps is the range of a number that may jump.
func (x Range) jumps() Range {
	x.Down, x.Up = -inf, inf
	return x
}

// still reports whether it is one number over the span, and which.
func (x Range) still() bool { return x.Lo == x.Hi && !x.NaN }

// Either is a number that is one or the other.
func Either(x, y Range) Range {
	return Range{Lo: min(x.Lo, y.Lo), Hi: max(x.Hi, y.Hi), Down: min(x.Down, y.Down), Up: max(x.Up, y.Up), NaN: x.NaN || y.NaN}
}

// Choice is x where it is true and y where it is not.
func Choice(when Truth, x, y Range) Range {
	switch when {
	case Always:
		return x
	case Never:
		return y
	}
	return Either(x, y).jumps()
}

// Or is what the number is, and another one where it has no value.
func (x Range) Or(other float64) Range {
	if !x.NaN {
		return x
	}
	return Range{Lo: min(x.Lo, other), Hi: max(x.Hi, other), Down: -inf, Up: inf}
}

// Sign is the sign that the number has all over the span; ok is false where it may
// change.
func (x Range) Sign() (sign int, ok bool) {
	switch {
	case x.Lo > x.Hi:
		return 2, true
	case x.NaN:
		return 0, false
	case x.Lo > 0:
		return 1, true
	case x.Hi < 0:
		return -1, true
	}
	return 0, x.still()
}

// Monotone reports whether the number goes one way all over the span.
func (x Range) Monotone() bool { return x.Down >= 0 || x.Up <= 0 }

// Sloped reports whether the slope has bounds.
func (x Range) Sloped() bool { return !x.NaN && x.Up-x.Down < inf }

// Between narrows the bounds of a number by its values at the ends of the span,
// that is so many seconds long: it goes no further than its slope allows.
func (x Range) Between(first, last, seconds float64) Range {
	if !x.Sloped() {
		return x
	}
	lo, hi := valley(first, last, x.Down, x.Up, seconds), -valley(-first, -last, -x.Up, -x.Down, seconds)
	if lo, hi = max(x.Lo, lo), min(x.Hi, hi); lo <= hi { // else rounding is all that is left
		x.Lo, x.Hi = lo, hi
	}
	return x
}

// valley is how low a function can go between two values.
func valley(first, last, down, up, seconds float64) float64 {
	switch {
	case down >= 0:
		return first
	case up <= 0:
		return last
	}
	// Where a fall from the first value meets a rise to the last.
	t := (first - last + float64(up*seconds)) / (up - down)
	return min(first, last, first+float64(down*t))
}

// A Truth is what is known of a condition over a span.
type Truth uint8

// The truths.
const (
	Always Truth = 1
	Never  Truth = 2
	Maybe  Truth = Always | Never // it may change
)

// Certainly is a truth that does not change.
func Certainly(holds bool) Truth {
	if holds {
		return Always
	}
	return Never
}

// Not is the opposite.
func (a Truth) Not() Truth { return a>>1 | a<<1&Maybe }

// And is the truth of both.
func (a Truth) And(b Truth) Truth {
	return a&b&Always | (a|b)&Never
}

// Or is the truth of either.
func (a Truth) Or(b Truth) Truth { return a.Not().And(b.Not()).Not() }

// Same is the truth of both or neither.
func (a Truth) Same(b Truth) Truth {
	if a == Maybe || b == Maybe {
		return Maybe
	}
	return Certainly(a == b)
}

// If is b where a holds and c where it does not.
func (a Truth) If(b, c Truth) Truth {
	switch a {
	case Always:
		return b
	case Never:
		return c
	}
	return b | c
}

// Less is the truth of x < y: false where either has no value.
func Less(x, y Range) Truth {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return Never
	}
	return possible(x.Lo < y.Hi, x.NaN || y.NaN || !(x.Hi < y.Lo))
}

// LessEqual is the truth of x <= y.
func LessEqual(x, y Range) Truth {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return Never
	}
	return possible(x.Lo <= y.Hi, x.NaN || y.NaN || !(x.Hi <= y.Lo))
}

// Equal is the truth of x == y.
func Equal(x, y Range) Truth {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return Never
	}
	return possible(x.Lo <= y.Hi && y.Lo <= x.Hi, !(x.still() && y.still()) || x.Lo != y.Lo)
}

func possible(holds, fails bool) (a Truth) {
	if holds {
		a = Always
	}
	if fails {
		a |= Never
	}
	return a
}
