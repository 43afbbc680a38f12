package interval

import "math"

// steps is a function that is constant but for its jumps, and goes up alone.
func steps(x Range, f func(float64) float64) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	r := Range{Lo: f(x.Lo), Hi: f(x.Hi), NaN: x.NaN}
	if !r.still() {
		r = r.jumps()
	}
	return r.sane()
}

// Floor is the next whole number below.
func Floor(x Range) Range { return steps(x, math.Floor) }

// Ceil is the next whole number above.
func Ceil(x Range) Range { return steps(x, math.Ceil) }

// Round is the nearest whole number.
func Round(x Range) Range { return steps(x, math.Round) }

// Signum is -1, 0 or 1.
func Signum(x Range) Range {
	return steps(x, func(x float64) float64 {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
		return 0
	})
}

// Mod is the remainder of x by y, with the sign of x.
func Mod(x, y Range) Range {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return nothing
	}
	if !(x.Hi-x.Lo < inf) {
		return Everything
	}
	by, size := Abs(y), Abs(x)
	r := Range{Lo: max(x.Lo, -by.Hi), Hi: min(x.Hi, by.Hi), NaN: x.NaN || y.NaN || by.Lo == 0}
	switch {
	case size.Hi < by.Lo: // less than what it is divided by: itself
		r.Down, r.Up = x.Down, x.Up
		return r.sane()
	case x.Lo >= 0:
		r.Lo = 0
	case x.Hi <= 0:
		r.Hi = 0
	}
	if by.still() && x.Lo >= 0 == (x.Hi >= 0) && x.Hi-x.Lo < by.Lo {
		if a, b := math.Mod(x.Lo, by.Lo), math.Mod(x.Hi, by.Lo); a <= b { // it does not fold in between
			return Range{Lo: a, Hi: b, Down: x.Down, Up: x.Up, NaN: x.NaN}.sane()
		}
	}
	return r.jumps().sane()
}
