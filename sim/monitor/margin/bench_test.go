package margin_test

import (
	"fmt"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

const samples = 1_000_000

// A record is what is monitored: x and y at the seconds.
type record struct {
	times []vtime.Time
	x, y  []float64
}

var key = rng.New(1, "margin", "benchmark")

// uniform samples are independent of each other, and lie in [0, 1].
func uniform() *record {
	r := &record{}
	for i := range uint64(samples) {
		r.add(vtime.Time(i)*vtime.Time(vtime.Second), key.Float64(2*i), key.Float64(2*i+1))
	}
	return r
}

// walk is two random walks within [0, 1].
func walk() *record {
	r, x, y := &record{}, 0.5, 0.5
	for i := range uint64(samples) {
		x, y = reflect(x+0.05*(key.Float64(2*i)-0.5)), reflect(y+0.05*(key.Float64(2*i+1)-0.5))
		r.add(vtime.Time(i)*vtime.Time(vtime.Second), x, y)
	}
	return r
}

func reflect(x float64) float64 {
	if x < 0 {
		return -x
	}
	if x > 1 {
		return 2 - x
	}
	return x
}

func (r *record) add(t vtime.Time, x, y float64) {
	r.times, r.x, r.y = append(r.times, t), append(r.x, x), append(r.y, y)
}

// jumping is the record with jumps: every tenth sample is followed by another at its
// time.
func (r *record) jumping() *record {
	j := &record{}
	for i, t := range r.times[:samples*10/11] {
		if j.add(t, r.x[i], r.y[i]); i%10 == 9 {
			j.add(t, r.y[i], r.x[i])
		}
	}
	return j
}

// A law is a formula for windows of so many samples, and the margins of its atoms.
type law struct {
	name    string
	of      func(window vtime.Duration) *formula.Formula
	network func(formula.Program, int) *margin.Network
	atoms   func(r *record) [][]float64
}

func each(x []float64, f func(x float64) float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = f(x[i])
	}
	return out
}

func less(x []float64, than float64) []float64 {
	return each(x, func(x float64) float64 { return than - x })
}

func more(x []float64, than float64) []float64 {
	return each(x, func(x float64) float64 { return x - than })
}

var laws = []law{
	{"f1", func(w vtime.Duration) *formula.Formula {
		return formula.In(formula.Always, 0, w, formula.Of(0))
	}, margin.New, func(r *record) [][]float64 { return [][]float64{less(r.x, 1)} }},
	{"f2", func(w vtime.Duration) *formula.Formula {
		return formula.New(formula.Always, formula.New(formula.Implies, formula.Of(0), formula.In(formula.Eventually, 0, w, formula.Of(1))))
	}, margin.NewAtStart, func(r *record) [][]float64 { return [][]float64{more(r.x, 0.5), less(r.y, 0.2)} }},
	{"f3", func(w vtime.Duration) *formula.Formula {
		return formula.In(formula.Until, 0, 2*w, formula.Of(0), formula.In(formula.Until, 0, w, formula.Of(1), formula.Of(2)))
	}, margin.New, func(r *record) [][]float64 {
		return [][]float64{less(r.x, 0.95), less(r.y, 0.95), more(r.x, 0.3)}
	}},
}

// bench measures a law over a record, and takes all that becomes known.
func (l *law) bench(b *testing.B, r *record, window int, hear func(n *margin.Network, r *record, columns [][]float64, take func())) {
	p, err := formula.Lower(l.of(vtime.Duration(window) * vtime.Second))
	if err != nil {
		b.Fatal(err)
	}
	columns := l.atoms(r)
	var told []margin.Piece
	b.ReportAllocs()
	for b.Loop() {
		n := l.network(p, len(columns))
		count := 0
		hear(n, r, columns, func() {
			told = n.Take(told[:0])
			count += len(told)
		})
		if n.Err() != nil || count == 0 && l.name != "f2" {
			b.Fatal(n.Err(), count)
		}
	}
	b.ReportMetric(float64(len(r.times))*float64(b.N)/b.Elapsed().Seconds()/1e6, "Msamples/s")
}

func oneByOne(n *margin.Network, r *record, columns [][]float64, take func()) {
	values := make([]float64, len(columns))
	for i, t := range r.times {
		for k := range columns {
			values[k] = columns[k][i]
		}
		n.Sample(formula.Instant{At: t}, values)
		take()
	}
}

func inBlocks(linear bool) func(n *margin.Network, r *record, columns [][]float64, take func()) {
	return func(n *margin.Network, r *record, columns [][]float64, take func()) {
		const block = 4096
		part := make([][]float64, len(columns))
		for i := 0; i < len(r.times); i += block {
			end := min(i+block, len(r.times))
			for k := range columns {
				part[k] = columns[k][i:end]
			}
			n.Append(r.times[i:end], part, linear)
			take()
		}
	}
}

// Three formulas that tools are compared with, in millions of samples a second.
func BenchmarkMargin(b *testing.B) {
	records := []struct {
		name string
		*record
	}{{"uniform", uniform()}, {"walk", walk()}}
	for _, l := range laws {
		for _, r := range records {
			for _, w := range []int{10, 100, 1000, 10_000} {
				jumping := r.jumping()
				name := fmt.Sprintf("%s/%s/%d", l.name, r.name, w)
				b.Run(name+"/sample", func(b *testing.B) { l.bench(b, r.record, w, oneByOne) })
				b.Run(name+"/blocks", func(b *testing.B) { l.bench(b, r.record, w, inBlocks(false)) })
				b.Run(name+"/lines", func(b *testing.B) { l.bench(b, jumping, w, inBlocks(true)) })
			}
		}
	}
}
