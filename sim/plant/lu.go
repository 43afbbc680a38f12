package plant

import "math"

// A matrix is square and dense, row by row, and after factor the product of a
// lower and an upper triangular one with its rows exchanged: islands are small.
type matrix struct {
	n     int
	a     []float64
	pivot []int
}

func newMatrix(n int) matrix { return matrix{n, make([]float64, n*n), make([]int, n)} }

func (m *matrix) row(i int) []float64 { return m.a[i*m.n : (i+1)*m.n] }

// factor factors the matrix in place, by Gaussian elimination with partial
// pivoting; it reports whether that is possible.
func (m *matrix) factor() bool {
	for k := range m.n {
		best := k
		for i := k + 1; i < m.n; i++ {
			if math.Abs(m.row(i)[k]) > math.Abs(m.row(best)[k]) {
				best = i
			}
		}
		m.pivot[k] = best
		top := m.row(k)
		if best != k {
			for j, x := range m.row(best) {
				top[j], m.row(best)[j] = x, top[j]
			}
		}
		if x := top[k]; x == 0 || x-x != 0 {
			return false
		}
		for i := k + 1; i < m.n; i++ {
			row := m.row(i)[:len(top)]
			if row[k] == 0 {
				continue
			}
			l := row[k] / top[k]
			row[k] = l
			for j := k + 1; j < len(top); j++ {
				row[j] -= float64(l * top[j])
			}
		}
	}
	return true
}

// solve solves for b in place.
func (m *matrix) solve(b []float64) {
	for k, best := range m.pivot {
		b[k], b[best] = b[best], b[k]
	}
	for i := range m.n {
		row, sum := m.row(i), b[i]
		for j, x := range b[:i] {
			sum -= float64(row[j] * x)
		}
		b[i] = sum
	}
	for i := m.n - 1; i >= 0; i-- {
		row, sum := m.row(i), b[i]
		for j := i + 1; j < m.n; j++ {
			sum -= float64(row[j] * b[j])
		}
		b[i] = sum / row[i]
	}
}
