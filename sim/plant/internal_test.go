package plant

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A solved system is solved: what comes out times the matrix is what went in, to
// within what elimination with pivoting may lose.
func TestMatrix(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(rt, "n")
		m, x := newMatrix(n), make([]float64, n)
		// Entries of one part in 1e9: of 1e-300 beside 1 a system would be singular to
		// all that floating point can tell.
		whole := rapid.Map(rapid.Int64Range(-1e9, 1e9), func(k int64) float64 { return float64(k) })
		entry := rapid.Map(whole, func(k float64) float64 { return k / 1e9 })
		entry = rapid.OneOf(entry, rapid.Map(whole, func(k float64) float64 { return k / 1e3 }), rapid.Just(0.0))
		for i := range m.a {
			m.a[i] = entry.Draw(rt, "a")
		}
		for i := range x {
			x[i] = rapid.Float64Range(-10, 10).Draw(rt, "x")
		}
		a, b := append([]float64(nil), m.a...), make([]float64, n)
		for i := range b {
			for j := range x {
				b[i] += a[i*n+j] * x[j]
			}
		}
		if !m.factor() {
			return
		}
		y := append([]float64(nil), b...)
		m.solve(y)
		for i := range b {
			sum, size := 0.0, math.Abs(b[i])
			for j := range y {
				sum += a[i*n+j] * y[j]
				size += math.Abs(a[i*n+j] * y[j])
			}
			most := 0.0
			for _, v := range a {
				most = max(most, math.Abs(v))
			}
			for _, v := range y {
				size = max(size, most*math.Abs(v))
			}
			require.InDelta(rt, b[i], sum, 1e-11*size)
		}
	})
	singular := matrix{2, []float64{1, 2, 2, 4}, make([]int, 2)}
	assert.False(t, singular.factor())
	swapped := matrix{2, []float64{0, 2, 3, 0}, make([]int, 2)}
	require.True(t, swapped.factor())
	x := []float64{4, 9}
	swapped.solve(x)
	assert.Equal(t, []float64{3, 2}, x)
}

type square [3][3]float64

func (a square) times(b square) (c square) {
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				c[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return c
}

// The matrix of Radau IIA, made from its nodes alone by what collocation asks of
// it, times the transformed eigenvalues is one.
func TestRadauCoefficients(t *testing.T) {
	one := square{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	near := func(want, got square) {
		for i := range 3 {
			assert.InDeltaSlice(t, want[i][:], got[i][:], 2e-14)
		}
	}
	to, from := square(toStages), square(fromStages)
	near(one, to.times(from))
	// A*V = W, where V has the powers of the nodes and W their integrals.
	var a square
	c := [3]float64{c1, c2, 1}
	for j := range 3 { // Lagrange's polynomial of node j, integrated
		k, l := c[(j+1)%3], c[(j+2)%3]
		scale := (c[j] - k) * (c[j] - l)
		for i, x := range c {
			a[i][j] = (x*x*x/3 - (k+l)*x*x/2 + k*l*x) / scale
		}
	}
	near(one, a.times(to.times(square{{gamma, 0, 0}, {0, alpha, -beta}, {0, beta, alpha}}).times(from)))
	// The error formula: what it makes of the stages of a cubic is nothing.
	for power := 1; power <= 3; power++ {
		sum := 0.0
		for i, x := range c {
			sum += radauErr[i] * math.Pow(x, float64(power))
		}
		want := 0.0
		if power == 1 {
			want = -1 // and the derivative at the start, which is added, 1
		}
		assert.InDelta(t, want, sum, 1e-14, "x^%d", power)
	}
}
