package margin_test

import (
	"math"
	"slices"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/monitor/reference"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const atoms = 2

// often checks a law so many times as often as is usual.
func often(t *testing.T, times int, law func(t *rapid.T)) {
	trials.Make(t, 100*times)
	rapid.Check(t, law)
}

func choice(t *rapid.T) reference.Choice {
	return func(least, most int) int { return rapid.IntRange(least, most).Draw(t, "choice") }
}

func drawProgram(t *rapid.T, choose reference.Choice) (*formula.Formula, formula.Program) {
	return drawProgramOf(t, choose, 5)
}

func drawProgramOf(t *rapid.T, choose reference.Choice, longest vtime.Duration) (*formula.Formula, formula.Program) {
	f := reference.DrawFormula(choose, atoms, 3, longest)
	p, err := formula.Lower(f)
	require.NoError(t, err)
	t.Logf("%s", f.Show(func(atom int) string { return string(rune('p' + atom)) }))
	return f, p
}

// drawBeyond picks what comes. Between what the two sides of an iff and an xor can be
// there are several bounds, and others may have another one.
func drawBeyond(choose reference.Choice, f *formula.Formula) reference.Beyond {
	if agrees(f) {
		return reference.Held
	}
	return [...]reference.Beyond{reference.Held, reference.GoesOn, reference.Over, reference.Open}[choose(0, 3)]
}

func agrees(f *formula.Formula) bool {
	return f.Op == formula.Iff || f.Op == formula.Xor || slices.ContainsFunc(f.Args, agrees)
}

// A hearing is a network that hears a signal in whatever portions, and what it has told.
type hearing struct {
	t      *rapid.T
	choose reference.Choice
	p      formula.Program
	new    func(formula.Program, int) *margin.Network
	n      *margin.Network
	told   []margin.Piece
}

func hear(t *rapid.T, choose reference.Choice, p formula.Program, of func(formula.Program, int) *margin.Network) *hearing {
	return &hearing{t: t, choose: choose, p: p, new: of, n: of(p, atoms)}
}

// hears hears some times of a signal.
func (h *hearing) hears(s reference.Signal, from, to, rounds int) {
	var times []vtime.Time
	columns := make([][]float64, atoms)
	for t := from; t <= to; t++ {
		for n, values := range s[t] {
			if t == to && n >= rounds {
				break
			}
			if h.choose(0, 1) == 0 {
				h.append(&times, columns)
				h.n.Sample(formula.Instant{At: vtime.Time(t), Round: int32(n)}, values)
			} else {
				times = append(times, vtime.Time(t))
				for i, v := range values {
					columns[i] = append(columns[i], v)
				}
			}
			h.between()
		}
		if t < to && h.choose(0, 3) == 0 {
			h.append(&times, columns)
			h.n.Through(vtime.Time(t))
		}
	}
	h.append(&times, columns)
}

func (h *hearing) append(times *[]vtime.Time, columns [][]float64) {
	h.n.Append(*times, columns, false)
	*times = (*times)[:0]
	for i := range columns {
		columns[i] = columns[i][:0]
	}
}

// between does what should not matter.
func (h *hearing) between() {
	switch h.choose(0, 5) {
	case 3:
		h.told = h.n.Take(h.told)
	case 4:
		h.n.Ended(7, margin.Best, true, nil)
		h.n.AtStart(7, margin.Worst, false)
	case 5:
		h.n = again(h.t, h.n, h.new(h.p, atoms))
	}
}

// again returns a network from its archive.
func again(t *rapid.T, n, fresh *margin.Network) *margin.Network {
	a := snapshot.New(0)
	n.Archive(a)
	b := snapshot.Of(a.Bytes())
	fresh.Archive(b)
	b.Done()
	require.NoError(t, b.Err())
	return fresh
}

// value returns what pieces are at an instant.
func value(pieces []margin.Piece, at formula.Instant) float64 {
	for i := len(pieces) - 1; i >= 0; i-- {
		if p := &pieces[i]; !at.Before(p.From) {
			return p.At(at.At)
		}
	}
	return math.NaN()
}

// same compares pieces with what is right up to a time.
func same(t *rapid.T, want []reference.Value, end vtime.Time, lo, hi []margin.Piece) {
	for _, v := range want {
		if v.At.At > end {
			break
		}
		got := reference.Range{Lo: value(lo, v.At), Hi: value(hi, v.At)}
		if got != v.Range {
			t.Fatalf("%v, not %v, at %v\n%v\n%v", got, v.Range, v.At, lo, hi)
		}
	}
}

// All that is told of steps is exactly what the definition says, in whatever portions it
// is heard; at the end and before.
func TestSteps(t *testing.T) {
	often(t, 20, func(t *rapid.T) {
		choose := choice(t)
		f, p := drawProgram(t, choose)
		s := reference.DrawSignal(choose, atoms, 12, -3, -2, -1, 1, 2, 3, math.Inf(1))
		h := hear(t, choose, p, margin.New)
		last := len(s) - 1
		cut := choose(0, last)
		rounds := choose(1, len(s[cut]))
		h.hears(s, 0, cut, rounds)
		before := append(append(reference.Signal{}, s[:cut]...), s[cut][:rounds])
		beyond := drawBeyond(choose, f)
		if beyond != reference.Open {
			h.n.Through(vtime.Time(cut))
		}
		end, over := vtime.Time(cut), beyond == reference.Over
		if beyond != reference.Over {
			end += 3
		}
		final := h.n.Final()
		h.told = h.n.Take(h.told)
		lo := h.n.Ended(end, margin.Worst, over, append([]margin.Piece(nil), h.told...))
		hi := h.n.Ended(end, margin.Best, over, append([]margin.Piece(nil), h.told...))
		if beyond == reference.Held {
			lo = h.n.Ended(end, margin.Held, over, append([]margin.Piece(nil), h.told...))
			hi = lo
		}
		require.Equal(t, final, h.n.Final())
		t.Logf("%v, beyond %d", before, beyond)
		same(t, reference.Evaluate(f, before, beyond), end, lo, hi)
		require.NoError(t, h.n.Err())
	})
}

// The same at the first instant.
func TestStepsAtStart(t *testing.T) {
	often(t, 20, func(t *rapid.T) {
		choose := choice(t)
		f, p := drawProgram(t, choose)
		s := reference.DrawSignal(choose, atoms, 12, -3, -2, -1, 1, 2, 3, math.Inf(1))
		h := hear(t, choose, p, margin.NewAtStart)
		last := len(s) - 1
		h.hears(s, 0, last, len(s[last]))
		beyond := drawBeyond(choose, f)
		if beyond != reference.Open {
			h.n.Through(vtime.Time(last))
		}
		over := beyond == reference.Over
		lo := h.n.AtStart(vtime.Time(last), margin.Worst, over)
		hi := h.n.AtStart(vtime.Time(last), margin.Best, over)
		if beyond == reference.Held {
			lo = h.n.AtStart(vtime.Time(last), margin.Held, over)
			hi = lo
		}
		require.Equal(t, reference.Evaluate(f, s, beyond)[0].Range, reference.Range{Lo: lo.Value, Hi: hi.Value})
	})
}

// What x has come to closes a part of what is open, and is less than it was there: a
// witness that comes later counts no more than that.
func TestUntilAfterShut(t *testing.T) {
	p, err := formula.Lower(formula.New(formula.Until, formula.Of(0), formula.Of(1)))
	require.NoError(t, err)
	n, told := margin.New(p, atoms), []margin.Piece(nil)
	x, y := []float64{-3, -3, 1, 1, -2, -2, -1}, []float64{-2, -2, -2, -3, -3, -3, -1}
	for i := range x {
		n.Sample(formula.Instant{At: vtime.Time(i)}, []float64{x[i], y[i]})
		told = n.Take(told)
	}
	told = n.Ended(vtime.Time(len(x)), margin.Held, false, told)
	values := make([]float64, len(x))
	for i := range values {
		for _, piece := range told {
			if piece.From.At <= vtime.Time(i) {
				values[i] = piece.Value
			}
		}
	}
	require.Equal(t, []float64{-3, -3, -2, -2, -2, -2, -1}, values)
}
