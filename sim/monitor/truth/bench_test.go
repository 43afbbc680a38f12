package truth

import (
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

const second = vtime.Second

// formulas are those that monitors are compared with.
var formulas = []struct {
	name string
	f    *formula.Formula
}{
	{"f1", formula.In(formula.Always, 0, 100*second, p)},
	{"f2", response(10 * second)},
	{"f2 long", response(10000 * second)},
	{"f3", formula.In(formula.Until, 0, 20*second, p, formula.In(formula.Until, 0, 10*second, q, formula.Of(2)))},
	{"f3 long", formula.In(formula.Until, 0, 20000*second, p, formula.In(formula.Until, 0, 10000*second, q, formula.Of(2)))},
}

var p, q = formula.Of(0), formula.Of(1)

// response is always(p implies eventually[0,within] q).
func response(within vtime.Duration) *formula.Formula {
	return formula.New(formula.Always, formula.New(formula.Implies, p, formula.In(formula.Eventually, 0, within, q)))
}

// samples are rows of three atoms, true so often in eight.
func samples(often ...uint64) [][]bool {
	rows, x := make([][]bool, 1<<16), uint64(1)
	for i := range rows {
		for _, o := range often {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
			rows[i] = append(rows[i], x>>20%64 < o)
		}
	}
	return rows
}

// One sample a second, all of which are random.
func BenchmarkRandom(b *testing.B) {
	rows := samples(60, 56, 20)
	for _, x := range formulas {
		b.Run(x.name, func(b *testing.B) { bench(b, x.f, func(i int) []bool { return rows[i%len(rows)] }) })
	}
}

// The atoms stay as they are.
func BenchmarkNoChange(b *testing.B) {
	row := []bool{true, true, true}
	for _, x := range formulas {
		b.Run(x.name, func(b *testing.B) { bench(b, x.f, func(int) []bool { return row }) })
	}
}

// One atom changes with each sample, and is answered in time.
func BenchmarkChange(b *testing.B) {
	rows := [][]bool{{true, false, false}, {false, false, true}, {false, true, false}, {false, false, true}}
	for _, x := range formulas {
		b.Run(x.name, func(b *testing.B) { bench(b, x.f, func(i int) []bool { return rows[i%len(rows)] }) })
	}
}

func bench(b *testing.B, f *formula.Formula, row func(i int) []bool) {
	program, err := formula.Lower(f)
	if err != nil {
		b.Fatal(err)
	}
	n := New(program)
	var runs []Run
	i := 0
	sample := func() {
		n.Sample(formula.Instant{At: vtime.Time(i) * vtime.Time(second)}, row(i))
		runs = n.Take(runs[:0])
		i++
	}
	for range 1 << 17 {
		sample()
	}
	b.ReportAllocs()
	for b.Loop() {
		sample()
	}
	if n.Err() != nil {
		b.Fatal(n.Err())
	}
}
