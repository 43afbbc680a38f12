package anonymity

import (
	"testing"

	"github.com/harmproof/harmproof/sim/rng"
)

func town(n int) *Table {
	t := &Table{Rows: n, Quasi: [][]int32{make([]int32, n), make([]int32, n), make([]int32, n)}, Sensitive: make([]int32, n)}
	for i := range n {
		for j, most := range []float64{2, 80, 40} {
			t.Quasi[j][i] = int32(most * rng.Key(j).Float64(uint64(i)))
		}
		t.Sensitive[i] = int32(10 * rng.Key(9).Float64(uint64(i)))
	}
	return t
}

func BenchmarkClasses5000(b *testing.B) {
	t := town(5000)
	for b.Loop() {
		t.Classes().K()
	}
}

// One row goes and comes back.
func BenchmarkPresent5000(b *testing.B) {
	p := town(5000).Present()
	for row := range int32(5000) {
		p.Add(row)
	}
	b.ReportAllocs()
	for i := int32(0); b.Loop(); i++ {
		p.Remove(i % 5000)
		p.Add(i % 5000)
	}
}
