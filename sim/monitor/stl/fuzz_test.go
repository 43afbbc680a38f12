package stl

import (
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/stretchr/testify/require"
)

// FuzzParse reads anything. What is a formula can be decided at any row, and the text
// of an atom is that atom.
func FuzzParse(f *testing.F) {
	data, err := os.ReadFile("testdata/mistakes.txt")
	require.NoError(f, err)
	for block := range strings.SplitSeq(string(data), "\n\n") {
		text, _, _ := strings.Cut(block, "\n")
		f.Add(text)
	}
	for _, text := range []string{
		"always[0,10](x < 1 -> eventually[0,2] (y > 0.5))", "alw_[0,5] ev_[1,2] (x[t] > 3) until_[0,1] (y[t] < 2)",
		"□_[0,2] (p ∧ ¬q ⇒ x ≥ −1)", "G[0:500ms] p // as agreed\n/* and */ & q ;\n", "(x iff on) xor `a b` == TRUE", "0 < x <= 5^-2",
		"\u0085 x [\u00a0", "-\ufeff", "x**y", "G[0,inf) x", "H[1us,1h30m] x > ∞",
	} {
		f.Add(text)
	}
	all := cases(f)
	for _, list := range [][]known{all.Dense, all.Discrete, all.Linear} {
		for _, k := range list {
			f.Add(k.Formula)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, problems := Parse(text, 0, "on")
		if len(problems) > 0 {
			require.Nil(t, s.Formula)
			places(t, text, problems)
			return
		}
		_, err := formula.Lower(s.Formula)
		require.NoError(t, err)
		for _, v := range []float64{0, 1, math.Inf(1), math.Inf(-1), math.NaN(), 1e300} {
			decide(t, s, v)
		}
	})
}

// places checks that problems are at places of the text.
func places(t *testing.T, text string, problems []Problem) {
	lines := strings.Split(text, "\n")
	for i, p := range problems {
		require.NotEmpty(t, p.Cause)
		require.NotEmpty(t, p.Next)
		require.LessOrEqual(t, p.Line, len(lines))
		require.LessOrEqual(t, p.Column, 1+utf8.RuneCountInString(lines[p.Line-1]))
		if i > 0 {
			require.Greater(t, p.offset, problems[i-1].offset)
		}
	}
}

// decide checks the atoms at a row of a value and its neighbours.
func decide(t *testing.T, s Spec, v float64) {
	row := make([]float64, len(s.Columns))
	named := map[string]float64{}
	for i, c := range s.Columns {
		row[i] = v + float64(i)
		if c == "on" {
			row[i] = float64(i % 2)
		}
		named[c] = row[i]
	}
	for _, a := range s.Atoms {
		require.False(t, math.IsNaN(a.Margin(row)), a.Text)
		alone, problems := Parse(a.Text, 0, "on")
		require.Empty(t, problems, a.Text)
		require.Len(t, alone.Atoms, 1, a.Text)
		var own []float64
		for _, c := range alone.Columns {
			own = append(own, named[c])
		}
		require.Len(t, a.Columns, len(own))
		require.Equal(t, a.Margin(row), alone.Atoms[0].Margin(own), a.Text)
		require.Equal(t, a.Holds(row), alone.Atoms[0].Holds(own), a.Text)
	}
}
