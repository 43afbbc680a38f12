package margin_test

import (
	"math"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/monitor/reference"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A vertex is where lines meet: each atom comes to a value, and goes on from one.
type vertex struct {
	at   vtime.Time
	to   [atoms]float64
	from [atoms]float64
}

func (v *vertex) jumps() bool { return v.to != v.from }

func drawVertices(choose reference.Choice) []vertex {
	vertices := make([]vertex, choose(2, 6))
	for i := range vertices {
		v := &vertices[i]
		if i > 0 {
			v.at = vertices[i-1].at + vtime.Time(choose(40, 60))
		}
		for a := range atoms {
			v.to[a] = float64(choose(-3, 3))
			if v.from[a] = v.to[a]; i > 0 && choose(0, 3) == 3 {
				v.from[a] = float64(choose(-3, 3))
			}
		}
	}
	return vertices
}

// grid is what the lines are at each nanosecond. Where they jump, what is left of the
// value just before is that of the nanosecond before.
func grid(vertices []vertex) reference.Signal {
	s := reference.Signal{{vertices[0].from[:]}}
	for i := 1; i < len(vertices); i++ {
		v, w := &vertices[i-1], &vertices[i]
		for t := v.at + 1; t <= w.at; t++ {
			s = append(s, [][]float64{{along(v, w, 0, t), along(v, w, 1, t)}})
		}
		s[w.at][0] = w.from[:]
	}
	return s
}

func along(v, w *vertex, atom int, t vtime.Time) float64 {
	part := float64(t-v.at) / float64(w.at-v.at)
	return v.from[atom] + float64((w.to[atom]-v.from[atom])*part)
}

// hearLines hears lines in whatever portions.
func (h *hearing) hearLines(vertices []vertex) {
	if h.choose(0, 2) == 0 {
		h.hearColumns(vertices)
		return
	}
	h.n.Sample(formula.Instant{}, vertices[0].from[:])
	for i := 1; i < len(vertices); i++ {
		h.between()
		v, w := &vertices[i-1], &vertices[i]
		for a := range atoms {
			if h.choose(0, 3) == 0 {
				t := v.at + (w.at-v.at)/2
				h.n.Line(a, t, along(v, w, a, t))
				h.between()
			}
			h.n.Line(a, w.at, w.to[a])
		}
		h.between()
		if w.jumps() || h.choose(0, 1) == 0 {
			h.n.Sample(formula.Instant{At: w.at}, w.from[:])
		}
	}
}

func (h *hearing) hearColumns(vertices []vertex) {
	var times []vtime.Time
	columns := make([][]float64, atoms)
	for i := range vertices {
		v := &vertices[i]
		for _, row := range [][atoms]float64{v.to, v.from} {
			times = append(times, v.at)
			for a := range atoms {
				columns[a] = append(columns[a], row[a])
			}
			if !v.jumps() {
				break
			}
		}
		if h.choose(0, 2) == 0 {
			h.n.Append(times, columns, true)
			times, columns = nil, make([][]float64, atoms)
			h.between()
		}
	}
	h.n.Append(times, columns, true)
}

const (
	steep = 6.0 / 40 // no line is steeper
	near  = 4        // so many nanoseconds a formula of depth 3 may be off
)

// similar compares pieces with what is right at a time: they have what is right there or
// next to it, up to what lines do in that time.
func similar(t *rapid.T, want []reference.Value, end vtime.Time, pieces []margin.Piece, of func(reference.Range) float64) {
	type hull struct{ lo, hi float64 }
	around := func(hulls []hull, at vtime.Time) hull {
		h := hull{math.Inf(1), math.Inf(-1)}
		for u := max(0, at-near); u <= min(end, at+near); u++ {
			h = hull{min(h.lo, hulls[u].lo), max(h.hi, hulls[u].hi)}
		}
		return h
	}
	right, got := make([]hull, end+1), make([]hull, end+1)
	for i := range right {
		v := value(pieces, formula.Instant{At: vtime.Time(i), Round: math.MaxInt32})
		right[i], got[i] = hull{math.Inf(1), math.Inf(-1)}, hull{v, v}
	}
	for i, p := range pieces {
		for k, v := range []float64{p.Value, pieces[max(0, i-1)].At(p.From.At)} {
			if t := p.From.At; t <= end && (k == 0 || i > 0) {
				got[t] = hull{min(got[t].lo, v), max(got[t].hi, v)}
			}
		}
	}
	for _, v := range want {
		if v.At.At <= end {
			x := of(v.Range)
			right[v.At.At] = hull{min(right[v.At.At].lo, x), max(right[v.At.At].hi, x)}
		}
	}
	for at := range end + 1 {
		a, b := around(right, at), around(got, at)
		if !(got[at].lo >= a.lo-near*steep && got[at].hi <= a.hi+near*steep) {
			t.Fatalf("%v, not %v at %d\n%v", got[at], a, at, pieces)
		}
		if !(right[at].lo >= b.lo-near*steep && right[at].hi <= b.hi+near*steep) {
			t.Fatalf("%v, not %v at %d\n%v", b, right[at], at, pieces)
		}
	}
}

// What is told of lines is what the definition says, to the nanosecond.
func TestLines(t *testing.T) {
	often(t, 5, func(t *rapid.T) {
		choose := choice(t)
		f, p := drawProgramOf(t, choose, 100)
		vertices := drawVertices(choose)
		t.Log(vertices)
		end := vertices[len(vertices)-1].at
		h, first := hear(t, choose, p, margin.New), hear(t, choose, p, margin.NewAtStart)
		h.hearLines(vertices)
		first.hearLines(vertices)
		beyond := drawBeyond(choose, f)
		if beyond == reference.Open {
			beyond = reference.Held
		}
		if beyond != reference.Held {
			h.n.Through(end)
			first.n.Through(end)
		}
		h.told = h.n.Take(h.told)
		want := reference.Evaluate(f, grid(vertices), beyond)
		ends := []margin.Beyond{margin.Worst, margin.Best}
		if beyond == reference.Held {
			ends = []margin.Beyond{margin.Held}
		}
		for i, b := range ends {
			of := func(r reference.Range) float64 { return [2]float64{r.Lo, r.Hi}[i] }
			over := beyond == reference.Over
			similar(t, want, end, h.n.Ended(end, b, over, append([]margin.Piece(nil), h.told...)), of)
			x, y := of(want[0].Range), first.n.AtStart(end, b, over).Value
			if x != y {
				require.InDelta(t, x, y, near*steep)
			}
		}
	})
}
