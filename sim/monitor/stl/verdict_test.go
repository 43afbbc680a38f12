package stl

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/truth"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Where the margin is 0 it says nothing about the verdict, which comes from the truths
// of the atoms.
func TestVerdictWhereTheMarginIsZero(t *testing.T) {
	signals := map[string][]point{
		"x": {{0, 1}, {2, 3}, {4, 2}},
		"y": {{0, 0}, {3, 1}},
	}
	for _, test := range []struct {
		text string
		want bool
	}{
		{"always x <= 3", true},
		{"always x < 3", false},
		{"always[0,2] x <= 3", true},
		{"always[0,2] x < 3", false}, // the window has both of its ends
		{"eventually x >= 3", true},
		{"eventually x > 3", false},
		{"eventually[0,2] x >= 3", true},
		{"eventually (x == 2 and y == 1)", true},
		{"always (x != 3)", false},
		{"not eventually x > 3", true},
		{"always (x >= 3 -> y >= 0)", true},
		{"always (x >= 3 -> y > 0)", false},
		{"(x <= 3) until[0,2] (x >= 3)", true},
		{"(x < 3) until (x >= 3)", false}, // closed: both must hold at once
		{"(x <= 3) weak_until (y > 1)", true},
		{"(y >= 1) release (x <= 3)", true},
		{"(y > 0) release (x < 3)", false},
		{"eventually[3,3] once[1,1] x >= 3", true},
		{"eventually[3,3] historically[0,1] x > 3", false},
		{"eventually[4,4] (x <= 3 since x >= 3)", true},
		{"eventually[4,4] (x < 3 since x >= 3)", false},
		{"eventually rise(x >= 3)", true},
		{"eventually rise(x > 3)", false},
		{"eventually (x == 3 and (x iff 3 * y))", true},
		{"always ((x >= 3) iff (3 <= x))", true},
		{"eventually ((x >= 3) xor (3 < x))", true},
	} {
		k := known{Signals: signals}
		s, tracks := k.open(t, test.text, 10)
		from, to, _ := span(tracks)
		require.Zero(t, byReference(t, s, tracks, from, to, false)(from), test.text)
		truths := s
		truths.Atoms = nil
		for _, a := range s.Atoms {
			a.Margin = func(row []float64) float64 { return map[bool]float64{false: -1, true: 1}[a.Holds(row)] }
			truths.Atoms = append(truths.Atoms, a)
		}
		require.Equal(t, test.want, byReference(t, truths, tracks, from, to, false)(from) > 0, test.text)
		require.Equal(t, test.want, byTruth(t, s, tracks, from, to), test.text)
	}
}

// byTruth decides a formula at the start by the network of truths.
func byTruth(t *testing.T, s Spec, tracks []track, from, to vtime.Time) bool {
	p, err := formula.Lower(s.Formula)
	require.NoError(t, err)
	n := truth.New(p)
	for at := from; at <= to; at++ {
		row, holds := make([]float64, len(tracks)), make([]bool, len(s.Atoms))
		for i, k := range tracks {
			row[i] = k.at(at, false)
		}
		for i, a := range s.Atoms {
			holds[i] = a.Holds(row)
		}
		n.Sample(formula.Instant{At: at - from}, holds)
	}
	runs := n.Held(n.Take(nil))
	require.NotEmpty(t, runs)
	return runs[0].Value == truth.True
}
