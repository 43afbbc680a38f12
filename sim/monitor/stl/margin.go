package stl

import "math"

// Margins are never NaN, so that their minima and maxima mean something: what a
// comparison with NaN is, it is by an infinite margin.

// never is the margin of what no change of a value makes true.
var never = math.Inf(-1)

// ahead is the margin of low < high and low <= high.
func ahead(low, high float64) float64 {
	if low == high { // infinities too
		return 0
	}
	if d := high - low; d == d {
		return d
	}
	return never
}

// nearness is the margin of x == y.
func nearness(x, y float64) float64 { return opposite(distance(x, y)) }

// distance is the margin of x != y.
func distance(x, y float64) float64 { return math.Abs(ahead(x, y)) }

// opposite is the margin of not; that of 0 is 0, not -0.
func opposite(margin float64) float64 { return 0 - margin }

// certain is the margin of what is not a number.
func certain(holds bool) float64 {
	if holds {
		return math.Inf(1)
	}
	return never
}

// A verdict decides a condition on a row: whether it holds, and by how much.
type verdict struct {
	holds  func(row []float64) bool
	margin func(row []float64) float64
	affine bool
}

// compare compiles a comparison of two terms.
func compare(k kind, x, y term) verdict {
	if k == greater || k == greaterEqual {
		x, y = y, x
	}
	v := verdict{holds: holdsOf(k, x, y)}
	switch k {
	case equal:
		v.margin = pair(nearness, x.at, y.at)
	case differ:
		v.margin = pair(distance, x.at, y.at)
	default:
		v.margin, v.affine = aheadOf(x, y), x.affine && y.affine
	}
	return v
}

// aheadOf compiles ahead, with closures of their own for what is frequent.
func aheadOf(x, y term) func(row []float64) float64 {
	i, j, c, d := x.column, y.column, x.value, y.value
	switch {
	case i >= 0 && j >= 0:
		return func(row []float64) float64 { return ahead(row[i], row[j]) }
	case i >= 0 && y.constant:
		return func(row []float64) float64 { return ahead(row[i], d) }
	case x.constant && j >= 0:
		return func(row []float64) float64 { return ahead(c, row[j]) }
	}
	return pair(ahead, x.at, y.at)
}

// holdsOf compiles the truth of a comparison whose larger side comes second.
func holdsOf(k kind, x, y term) func(row []float64) bool {
	i, j, c, d := x.column, y.column, x.value, y.value
	strict := k == less || k == greater
	f, g := x.at, y.at
	switch {
	case k == equal:
		return func(row []float64) bool { return f(row) == g(row) }
	case k == differ:
		return func(row []float64) bool { return f(row) != g(row) }
	case strict && i >= 0 && j >= 0:
		return func(row []float64) bool { return row[i] < row[j] }
	case strict && i >= 0 && y.constant:
		return func(row []float64) bool { return row[i] < d }
	case strict && x.constant && j >= 0:
		return func(row []float64) bool { return c < row[j] }
	case strict:
		return func(row []float64) bool { return f(row) < g(row) }
	case i >= 0 && j >= 0:
		return func(row []float64) bool { return row[i] <= row[j] }
	case i >= 0 && y.constant:
		return func(row []float64) bool { return row[i] <= d }
	case x.constant && j >= 0:
		return func(row []float64) bool { return c <= row[j] }
	}
	return func(row []float64) bool { return f(row) <= g(row) }
}

// positive is the verdict on a number that is taken for a condition.
func positive(x term) verdict {
	f := x.at
	return verdict{
		holds: func(row []float64) bool { return f(row) > 0 },
		margin: func(row []float64) float64 {
			if v := f(row); v == v {
				return v
			}
			return never
		},
		affine: x.affine,
	}
}

// bit is the verdict on a column of truths.
func bit(column int) verdict {
	return verdict{
		holds:  func(row []float64) bool { return row[column] > 0 },
		margin: func(row []float64) float64 { return certain(row[column] > 0) },
	}
}
