package powergrid

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
)

// A phasor is a complex number. Its products are rounded one by one, so that they
// are the same bits on every machine; complex128 does not promise that.
type phasor struct{ re, im float64 }

// polar is the phasor of a magnitude and an angle.
func polar(magnitude, angle float64) phasor {
	sin, cos := detmath.Sincos(angle)
	return phasor{float64(magnitude * cos), float64(magnitude * sin)}
}

func (a phasor) plus(b phasor) phasor  { return phasor{a.re + b.re, a.im + b.im} }
func (a phasor) minus(b phasor) phasor { return phasor{a.re - b.re, a.im - b.im} }
func (a phasor) negated() phasor       { return phasor{-a.re, -a.im} }
func (a phasor) conj() phasor          { return phasor{a.re, -a.im} }

func (a phasor) times(b phasor) phasor {
	return phasor{float64(a.re*b.re) - float64(a.im*b.im), float64(a.re*b.im) + float64(a.im*b.re)}
}

func (a phasor) scaled(x float64) phasor { return phasor{float64(a.re * x), float64(a.im * x)} }

func (a phasor) square() float64 { return float64(a.re*a.re) + float64(a.im*a.im) }

func (a phasor) magnitude() float64 { return math.Sqrt(a.square()) }

func (a phasor) angle() float64 { return detmath.Atan2(a.im, a.re) }

func (a phasor) inverse() phasor { return a.conj().scaled(1 / a.square()) }

// solve solves m x = b for several right sides at once, by elimination with partial
// pivoting; m and b are used up and b becomes x. It reports whether m is regular.
func solve(m, b [][]phasor) bool {
	n := len(m)
	for k := range n {
		best := k
		for i := k + 1; i < n; i++ {
			if m[i][k].square() > m[best][k].square() {
				best = i
			}
		}
		if m[best][k].square() == 0 {
			return false
		}
		m[k], m[best] = m[best], m[k]
		b[k], b[best] = b[best], b[k]
		pivot := m[k][k].inverse()
		for i := k + 1; i < n; i++ {
			factor := m[i][k].times(pivot)
			if factor.square() == 0 {
				continue
			}
			subtract(m[i][k:], m[k][k:], factor)
			subtract(b[i], b[k], factor)
		}
	}
	for k := n - 1; k >= 0; k-- {
		for j := k + 1; j < n; j++ {
			subtract(b[k], b[j], m[k][j])
		}
		pivot := m[k][k].inverse()
		for j := range b[k] {
			b[k][j] = b[k][j].times(pivot)
		}
	}
	return true
}

// subtract takes factor times a row from another.
func subtract(from, row []phasor, factor phasor) {
	for j := range from {
		from[j] = from[j].minus(factor.times(row[j]))
	}
}

// table returns rows of zeros.
func table(rows, columns int) [][]phasor {
	cells := make([]phasor, rows*columns)
	t := make([][]phasor, rows)
	for i := range t {
		t[i], cells = cells[:columns:columns], cells[columns:]
	}
	return t
}
