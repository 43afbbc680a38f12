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

// Steps give the same pieces, with the same sources, in whatever portions they are
// heard.
func TestPortions(t *testing.T) {
	often(t, 20, func(t *rapid.T) {
		choose := choice(t)
		_, p := drawProgram(t, choose)
		s := reference.DrawSignal(choose, atoms, 12, -3, -2, -1, 1, 2, 3, math.Inf(1))
		last := len(s) - 1
		one, other := hear(t, choose, p, margin.New), hear(t, choose, p, margin.New)
		for _, h := range []*hearing{one, other} {
			h.hears(s, 0, last, len(s[last]))
			h.n.Through(vtime.Time(last))
			h.told = h.n.Take(h.told)
		}
		require.Equal(t, one.told, other.told)
		require.Equal(t, one.n.Final(), other.n.Final())
	})
}

// What the margin at the start can be narrows while a signal is heard, down to what it
// is at last.
func TestNarrows(t *testing.T) {
	often(t, 20, func(t *rapid.T) {
		choose := choice(t)
		_, p := drawProgram(t, choose)
		s := reference.DrawSignal(choose, atoms, 12, -3, -2, -1, 1, 2, 3)
		n := margin.NewAtStart(p, atoms)
		lo, hi := math.Inf(-1), math.Inf(1)
		narrow := func(at vtime.Time) {
			l, h := n.AtStart(at, margin.Worst, false).Value, n.AtStart(at, margin.Best, false).Value
			if l < lo || h > hi || l > h {
				t.Fatalf("[%v, %v] after [%v, %v] at %v", l, h, lo, hi, at)
			}
			lo, hi = l, h
		}
		for i := range s {
			for round, values := range s[i] {
				n.Sample(formula.Instant{At: vtime.Time(i), Round: int32(round)}, values)
				narrow(vtime.Time(i))
			}
			n.Through(vtime.Time(i))
			narrow(vtime.Time(i))
		}
		held := n.AtStart(vtime.Time(len(s)-1), margin.Held, false).Value
		require.True(t, lo <= held && held <= hi)
	})
}

func programOf(t require.TestingT, f *formula.Formula) formula.Program {
	p, err := formula.Lower(f)
	require.NoError(t, err)
	return p
}

// What was once the greatest is the greatest for as long as nothing follows: to follow
// what only falls takes memory, and there is an end to that.
func TestMemory(t *testing.T) {
	n := margin.New(programOf(t, formula.New(formula.Eventually, formula.Of(0))), 1)
	for i := range 1 << 21 {
		n.Sample(formula.Instant{At: vtime.Time(i)}, []float64{-float64(i)})
		if n.Err() != nil {
			break
		}
	}
	require.ErrorIs(t, n.Err(), margin.ErrMemory)
}

// A sample allocates nothing once the windows are full.
func TestNoAllocation(t *testing.T) {
	for _, l := range laws {
		n := l.network(programOf(t, l.of(10)), 3)
		values, i := make([]float64, 3), 0
		var told []margin.Piece
		sample := func() {
			for k := range values {
				values[k] = key.Float64(uint64(3*i+k)) - 0.5
			}
			n.Sample(formula.Instant{At: vtime.Time(i)}, values)
			told = n.Take(told[:0])
			i++
		}
		for range 10_000 {
			sample()
		}
		require.Zero(t, testing.AllocsPerRun(10_000, sample), l.name)
	}
}

// Where a margin comes from: the atom and the time of the extreme, along a line that of
// the line.
func TestSource(t *testing.T) {
	n := margin.New(programOf(t, formula.In(formula.Always, 0, 10, formula.New(formula.And, formula.Of(0), formula.Of(1)))), 2)
	n.Append([]vtime.Time{0, 20, 40}, [][]float64{{4, 0, 4}, {1, 1, 1}}, true)
	n.Through(40)
	at := func(t vtime.Time) formula.Instant { return formula.Instant{At: t} }
	require.Equal(t, []margin.Piece{
		{From: at(0), Value: 1, Source: 0, Atom: 1},
		{From: at(5), Value: 1, Slope: -0.2, Source: 15, Atom: 0},
		{From: at(10), Value: 0, Source: 20, Atom: 0},
		{From: at(20), Value: 0, Slope: 0.2, Source: 20, Atom: 0},
		{From: at(25), Value: 1, Source: 0, Atom: 1},
	}, n.Take(nil))
	require.Equal(t, at(31), n.Final())
}
