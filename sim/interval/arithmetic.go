package interval

import "math"

// Minus is -x.
func (x Range) Minus() Range {
	return Range{Lo: -x.Hi, Hi: -x.Lo, Down: -x.Up, Up: -x.Down, NaN: x.NaN}
}

// Add is x + y.
func Add(x, y Range) Range {
	return Range{Lo: x.Lo + y.Lo, Hi: x.Hi + y.Hi, Down: x.Down + y.Down, Up: x.Up + y.Up, NaN: x.NaN || y.NaN}.sane()
}

// Subtract is x - y.
func Subtract(x, y Range) Range {
	return Range{Lo: x.Lo - y.Hi, Hi: x.Hi - y.Lo, Down: x.Down - y.Up, Up: x.Up - y.Down, NaN: x.NaN || y.NaN}.sane()
}

// product is the bounds of a product; NaN where they are not known.
func product(a, b, c, d float64) (lo, hi float64) {
	switch {
	case c == d && c >= 0:
		return float64(a * c), float64(b * c)
	case c == d:
		return float64(b * c), float64(a * c)
	}
	p, q, r, s := float64(a*c), float64(a*d), float64(b*c), float64(b*d)
	return min(p, q, r, s), max(p, q, r, s)
}

// slopes returns bounds of x'*y, of a slope and a value, or of any two.
func slopes(down, up, lo, hi float64) (float64, float64) {
	if down == 0 && up == 0 && hi-lo < inf {
		return 0, 0
	}
	a, b := product(down, up, lo, hi)
	if a != a || b != b {
		return -inf, inf
	}
	return a, b
}

// Multiply is x * y.
func Multiply(x, y Range) Range {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return nothing
	}
	r := Range{NaN: x.NaN || y.NaN}
	r.Lo, r.Hi = product(x.Lo, x.Hi, y.Lo, y.Hi)
	r.Down, r.Up = slopes(x.Down, x.Up, y.Lo, y.Hi)
	if y.Down != 0 || y.Up != 0 {
		down, up := slopes(y.Down, y.Up, x.Lo, x.Hi)
		r.Down, r.Up = r.Down+down, r.Up+up
	}
	return r.sane()
}

// Divide is x / y.
func Divide(x, y Range) Range {
	switch {
	case x.Lo > x.Hi || y.Lo > y.Hi:
		return nothing
	case !(y.Lo > 0 || y.Hi < 0):
		return Everything
	}
	p, q, u, v := x.Lo/y.Lo, x.Lo/y.Hi, x.Hi/y.Lo, x.Hi/y.Hi
	r := Range{Lo: min(p, q, u, v), Hi: max(p, q, u, v), NaN: x.NaN || y.NaN}
	// (x' - r*y') / y
	down, up := x.Down, x.Up
	if y.Down != 0 || y.Up != 0 {
		a, b := slopes(y.Down, y.Up, r.Lo, r.Hi)
		down, up = down-b, up-a
	}
	r.Down, r.Up = slopes(down, up, min(1/y.Lo, 1/y.Hi), max(1/y.Lo, 1/y.Hi))
	return r.sane()
}

// Reciprocal is 1 / x.
func Reciprocal(x Range) Range { return Divide(Point(1), x) }

// Square is x * x.
func Square(x Range) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	a := Abs(x)
	r := Range{Lo: float64(a.Lo * a.Lo), Hi: float64(a.Hi * a.Hi), NaN: x.NaN}
	r.Down, r.Up = slopes(x.Down, x.Up, float64(2*x.Lo), float64(2*x.Hi))
	return r.sane()
}

// Abs is |x|.
func Abs(x Range) Range {
	switch {
	case x.Lo >= 0:
		return x
	case x.Hi <= 0:
		return x.Minus()
	}
	m := x.Minus()
	return Range{Lo: 0, Hi: max(x.Hi, m.Hi), Down: min(x.Down, m.Down), Up: max(x.Up, m.Up), NaN: x.NaN}
}

// Min is the lesser of x and y, and NaN where either is.
func Min(x, y Range) Range {
	if x.Lo > x.Hi || y.Lo > y.Hi {
		return nothing
	}
	r := Either(x, y)
	r.Hi = min(x.Hi, y.Hi)
	if x.Hi < y.Lo {
		r.Down, r.Up = x.Down, x.Up
	} else if y.Hi < x.Lo {
		r.Down, r.Up = y.Down, y.Up
	}
	if r.NaN {
		return r.jumps()
	}
	return r
}

// Max is the greater of x and y, and NaN where either is.
func Max(x, y Range) Range { return Min(x.Minus(), y.Minus()).Minus() }

// Sqrt is the square root.
func Sqrt(x Range) Range {
	if x.Hi < 0 || x.Lo > x.Hi {
		return nothing
	}
	r := Range{Lo: math.Sqrt(max(0, x.Lo)), Hi: math.Sqrt(x.Hi), NaN: x.NaN || x.Lo < 0}
	r.Down, r.Up = slopes(x.Down, x.Up, 0.5/r.Hi, 0.5/r.Lo)
	return r.sane()
}

// Apply is (x - before) * by + after, or divided by it.
func Apply(x Range, f func(float64) float64, by float64) Range {
	if x.Lo > x.Hi {
		return nothing
	}
	a, b := f(x.Lo), f(x.Hi)
	r := Range{Lo: min(a, b), Hi: max(a, b), NaN: x.NaN}
	r.Down, r.Up = slopes(x.Down, x.Up, by, by)
	return r.sane()
}
