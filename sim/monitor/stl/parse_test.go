package stl

import (
	"math"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
)

// functional is a formula in function form, with the texts of its atoms.
func functional(s Spec) string {
	var bare func(f *formula.Formula) *formula.Formula
	bare = func(f *formula.Formula) *formula.Formula {
		c := *f
		c.Text, c.Args = "", nil
		for _, a := range f.Args {
			c.Args = append(c.Args, bare(a))
		}
		return &c
	}
	return bare(s.Formula).Show(func(i int) string { return s.Atoms[i].Text })
}

func TestPrecedence(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"always[0,10](x < 1 -> eventually[0,2] (y > 0.5))",
			`always(implies(x < 1, eventually(y > 0.5, "2s")), "10s")`},
		// An operator before its operand binds tightest: of the condition next to it.
		{"always req and gnt", "(always(req)) and (gnt)"},
		{"not x > 0 or y", "(not (x > 0)) or (y)"},
		{"G x < 1 -> F y", "implies(always(x < 1), eventually(y))"},
		{"G F p U q", "until(always(eventually(p)), q)"},
		{"not a until b", "until(not (a), b)"},
		{"a until b and c", "(until(a, b)) and (c)"},
		{"a or b and c or d", "(a) or ((b) and (c)) or (d)"},
		{"(a or b) or c", "((a) or (b)) or (c)"},
		{"a and b -> c or d", "implies((a) and (b), (c) or (d))"},
		{"a iff b -> G c", "iff(a, implies(b, always(c)))"},
		{"rise(a) and fall b", "(rise(a)) and (fall(b))"},
		// A comparison of several: all of them.
		{"0 < x <= 5 and y", "((0 < x) and (x <= 5)) and (y)"},
		{"G 5 >= x > y >= 0", "always((5 >= x) and (x > y) and (y >= 0))"},
		{"x + 1 > y - 2", "x + 1 > y - 2"},
		// Notations of other tools.
		{"alw_[0,5] ev_[1,2] (x[t] > 3) until_[0,1] (y[t] < 2)",
			`until(always(eventually(x[t] > 3, "1s", "2s"), "5s"), y[t] < 2, "1s")`},
		{"[](p -> <>_[0,2] q);", `always(implies(p, eventually(q, "2s")))`},
		{"□_[0,2] (p ∧ ¬q ⇒ x ≥ −1)", `always(implies((p) and (not (q)), x ≥ −1), "2s")`},
		{"G[0:500ms] p // as agreed\n/* and */ & q ;\n", `(always(p, "500ms")) and (q)`},
		{"G[1, inf) p", `always(p, "1s", "forever")`},
		{"H[0,1m30s] p S[2ms:3 s] q", `since(historically(p, "1m30s"), q, "2ms", "3s")`},
		{"a W b", "weak_until(a, b)"},
		{"(a unless[0,1] b) release c", `release(weak_until(a, b, "1s"), c)`},
		{"true and not FALSE", "(true) and (not (false))"},
		// X and Y are names where nothing can follow that prev and next could be of.
		{"X > 1 and Y - X > 0", "(X > 1) and (Y - X > 0)"},
		{"`G` > 1 and `in case of doubt`", "(`G` > 1) and (`in case of doubt`)"},
		// Conditions may be compared.
		{"G x == true", "always(iff(x, true))"},
		{"(x > 1) != G y", "xor(x > 1, always(y))"},
		{"(x > 1) == (y > 2)", "(x > 1) == (y > 2)"},
	} {
		s, problems := Parse(test.text, 0)
		require.Empty(t, problems, test.text)
		require.Equal(t, test.want, functional(s))
	}
}

func TestColumns(t *testing.T) {
	s, problems := Parse("tower.level - drive[3].speed > `a b` and rise(pump.on) or tower.level > 2 and $x_1 > 0", 0, "pump.on")
	require.Empty(t, problems)
	require.Equal(t, []string{"tower.level", "drive[3].speed", "a b", "pump.on", "$x_1"}, s.Columns)
	var reads [][]int
	for _, a := range s.Atoms {
		reads = append(reads, a.Columns)
	}
	require.Equal(t, [][]int{{0, 1, 2}, {3}, {0}, {4}}, reads)
	require.Equal(t, "tower.level - drive[3].speed > `a b`", s.Atoms[0].Text)
	require.Equal(t, "rise(pump.on)", s.Formula.Args[0].Args[1].Text)
}

func TestWhatIsWrittenTwiceIsOneAtom(t *testing.T) {
	s, problems := Parse("G(x > 1 -> F(y > 2 and (x > 1)))", 0)
	require.Empty(t, problems)
	require.Len(t, s.Atoms, 2)
}

func TestBounds(t *testing.T) {
	for text, want := range map[string][2]vtime.Duration{
		"G[0.5,2] x":        {30 * vtime.Second, 2 * vtime.Minute},
		"G[100ms, 0.7 s] x": {100 * vtime.Millisecond, 700 * vtime.Millisecond},
		"G[1e-3:1e1] x":     {60 * vtime.Millisecond, 10 * vtime.Minute},
		"G[0,inf] x":        {0, formula.Forever},
		"G x":               {0, formula.Forever},
		"G[2,2] x":          {2 * vtime.Minute, 2 * vtime.Minute},
		"G[1us,1h30m] x":    {vtime.Microsecond, 90 * vtime.Minute},
	} {
		s, problems := Parse(text, vtime.Minute)
		require.Empty(t, problems, text)
		require.Equal(t, formula.Interval{From: want[0], To: want[1]}, s.Formula.Over, text)
	}
}

func TestAffine(t *testing.T) {
	for text, want := range map[string]bool{
		"x < 1": true, "2*x - y/4 + 1 >= -(x)": true, "x": true, "3 > x * (2 + 1)": true, "x - 1": true,
		"x*y > 1": false, "1/x > 1": false, "abs(x) < 1": false, "x^2 > 1": false, "x == 1": false, "x != y": false,
		"x iff y": false, "x < inf": false, "x/0 > 1": false, "on": false, "max(x, y) > 1": false, "sqrt(4) * x > 1": true,
	} {
		s, problems := Parse(text, 0, "on")
		require.Empty(t, problems, text)
		require.Equal(t, want, s.Atoms[0].Affine, text)
		if !want {
			continue
		}
		at := func(x float64) float64 { return s.Atoms[0].Margin([]float64{x, 2 * x}) }
		require.InDelta(t, at(0)+4*(at(1)-at(0)), at(4), 1e-12, text)
	}
}

func TestAtZero(t *testing.T) {
	row := []float64{2, 2}
	for text, want := range map[string]bool{
		"x < 2": false, "x <= 2": true, "x > y": false, "x >= y": true, "x == y": true, "x != y": false, "2 < x": false, "2 <= x": true,
		"x - y": false, "x iff y": true, "x xor y": false, "x < y or x <= y": true, "not x < y": true,
		"(x > 2) iff (y >= 2)": false, "(x > 2) xor (y >= 2)": true,
	} {
		s, problems := Parse(text, 0)
		require.Empty(t, problems, text)
		require.Equal(t, want, decided(s, s.Formula, row), text)
		for _, a := range s.Atoms {
			require.Zero(t, a.Margin(row), text)
		}
	}
}

// decided is the truth of a formula at one instant.
func decided(s Spec, f *formula.Formula, row []float64) bool {
	switch f.Op {
	case formula.Atom:
		return s.Atoms[f.Atom].Holds(row)
	case formula.Not:
		return !decided(s, f.Args[0], row)
	}
	for _, a := range f.Args {
		if decided(s, a, row) {
			return true
		}
	}
	return false
}

func TestMissingValues(t *testing.T) {
	row := []float64{math.NaN(), 1}
	for text, want := range map[string]float64{
		"x < 1": math.Inf(-1), "x > y": math.Inf(-1), "x == x": math.Inf(-1), "x != y": math.Inf(1), "x": math.Inf(-1),
		"x + 1 > 3": math.Inf(-1), "sqrt(0 - y) > x": math.Inf(-1), "on > 0": 1,
	} {
		if text == "on > 0" {
			row = []float64{1}
		}
		s, problems := Parse(text, 0)
		require.Empty(t, problems, text)
		require.Equal(t, want, s.Atoms[0].Margin(row), text)
		require.Equal(t, want > 0, s.Atoms[0].Holds(row), text)
		row = []float64{math.NaN(), 1}
	}
}

func TestLimits(t *testing.T) {
	nest := func(n int) string { return strings.Repeat("(", n) + "x" + strings.Repeat(")", n) }
	good := []string{
		nest(MaxNesting), strings.Repeat("not ", MaxNesting) + "x", "x" + strings.Repeat(" and x", MaxNodes/2-10),
		"x" + strings.Repeat("+x", MaxNodes/2-10) + " > 1", strings.Repeat(" ", MaxLength-1) + "x",
	}
	for _, text := range good {
		_, problems := Parse(text, 0)
		require.Empty(t, problems)
	}
	for text, cause := range map[string]string{
		nest(MaxNesting + 1):                                              "nested more than 200 deep",
		nest(MaxLength / 3):                                               "nested more than 200 deep",
		strings.Repeat("(", MaxLength):                                    "nested more than 200 deep",
		strings.Repeat("-", MaxLength):                                    "nested more than 200 deep",
		strings.Repeat("not ", MaxNesting+1) + "x":                        "nested more than 200 deep",
		strings.Repeat("abs(", MaxLength/4):                               "nested more than 200 deep",
		"x^" + strings.Repeat("x^", MaxNesting+1) + "2 > 1":               "nested more than 200 deep",
		"x" + strings.Repeat(" and x", MaxNodes):                          "more than 4096 operations and operands",
		strings.Repeat(" ", MaxLength) + "x":                              "longer than 65536 bytes",
		"x > \xff":                                                        "not text in UTF-8",
		strings.Repeat("(F x iff ", 20) + "G y" + strings.Repeat(")", 20): "comes down to more than 4096 operations",
	} {
		_, problems := Parse(text, 0)
		require.Len(t, problems, 1)
		require.Contains(t, problems[0].Cause, cause)
	}
	_, problems := Parse(strings.Repeat("x @ ", 1000), 0)
	require.Len(t, problems, maxProblems)
}

func TestPlaces(t *testing.T) {
	_, problems := Parse("always (\n  grün > 3 ä\n)", 0)
	require.Len(t, problems, 1)
	require.Equal(t, "line 2, column 12: an operator is missing before `ä`: write `and`, `or`, `->`, `until` or a comparison between them",
		problems[0].Error())
}

func TestEvaluationAllocatesNothing(t *testing.T) {
	s, problems := Parse("x < 1 and x > y and 2*x + abs(y)^2 > min(x, y, 3) and (x iff y and x) and on", 0, "on")
	require.Empty(t, problems)
	row := []float64{1, 2, 1}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for i := range s.Atoms {
			if s.Atoms[i].Holds(row) {
				row[0] = s.Atoms[i].Margin(row)
			}
			s.Atoms[i].Margin(row)
			row[0] = 1
		}
	}))
}

func BenchmarkAtoms(b *testing.B) {
	for _, text := range []string{"x < 1", "x >= y", "2*x + 1 > y", "abs(x - y) < 0.5"} {
		b.Run(text, func(b *testing.B) {
			s, problems := Parse(text, 0)
			require.Empty(b, problems)
			row, sum := []float64{1, 2}, 0.0
			for b.Loop() {
				sum += s.Atoms[0].Margin(row)
				if s.Atoms[0].Holds(row) {
					sum++
				}
			}
		})
	}
}
