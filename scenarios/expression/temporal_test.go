package expression

import (
	"fmt"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
)

// outline shows a formula with the numbers of its conditions in place of what was
// written.
func outline(t Temporal) string {
	return unwritten(t.Formula).Show(func(atom int) string { return fmt.Sprint("c", atom) })
}

func unwritten(f *formula.Formula) *formula.Formula {
	g := *f
	g.Text, g.Args = "", nil
	for _, a := range f.Args {
		g.Args = append(g.Args, unwritten(a))
	}
	return &g
}

// seconds is a duration as formulas show it.
func seconds(text string) string {
	d, err := vtime.ParseDuration(text)
	if err != nil {
		panic(err)
	}
	shown := formula.In(formula.Once, 0, d, formula.Of(0)).Show(func(int) string { return "p" })
	return strings.TrimSuffix(strings.TrimPrefix(shown, "once(p, "), ")")
}

func TestFormulas(t *testing.T) {
	for _, test := range []struct {
		text, outline     string
		conditions, asked []string
	}{
		{"always(tower.level < 3)", "always(c0)", []string{"tower.level < 3"}, nil},
		{`always(x > 1, "2s")`, "always(c0, " + seconds("2s") + ")", []string{"x > 1"}, nil},
		{`eventually(x > 1, "1s", "2 min")`, "eventually(c0, " + seconds("1s") + ", " + seconds("2m") + ")", []string{"x > 1"}, nil},
		{`once(x > 1, "1s", "forever")`, "once(c0, " + seconds("1s") + `, "forever")`, []string{"x > 1"}, nil},
		{`historically(x > 1, "forever")`, "historically(c0)", []string{"x > 1"}, nil},
		{`until(pump.on, x > 1, "0s")`, "until(c0, c1, " + seconds("0s") + ")", []string{"pump.on", "x > 1"}, nil},
		{"weak_until(x > 1, release(pump.on, since(x > 1, y > 1)))", "weak_until(c0, release(c1, since(c0, c2)))",
			[]string{"x > 1", "pump.on", "y > 1"}, nil},
		{"rise(pump.on) or fall(not pump.on)", "(rise(c0)) or (fall(not (c0)))", []string{"pump.on"}, nil},

		// Where each instant decides by itself it is one condition; implications in it are
		// remembered.
		{"x > 1 and (y > 0 or pump.on)", "c0", []string{"x > 1 and (y > 0 or pump.on)"}, nil},
		{"always(implies(x > 3, pump.on))", "always(c0)", []string{"implies(x > 3, pump.on)"}, []string{"x > 3"}},
		{"always(implies(x > 3, pump.on) and (y > 1 and implies(y > 2, x > 1)))", "always(c0)",
			[]string{"implies(x > 3, pump.on) and (y > 1 and implies(y > 2, x > 1))"}, []string{"x > 3", "y > 2"}},
		{"not always(implies(x > 3, pump.on))", "not (always(implies(c0, c1)))", []string{"x > 3", "pump.on"}, nil},
		{"implies(always(implies(x > 3, pump.on)), always(implies(y > 3, pump.on)))", "implies(always(implies(c0, c1)), always(implies(c2, c1)))",
			[]string{"x > 3", "pump.on", "y > 3"}, nil},
		{`always(implies(x > 3, eventually(pump.on, "2s")))`, "always(implies(c0, eventually(c1, " + seconds("2s") + ")))",
			[]string{"x > 3", "pump.on"}, nil},

		// Connectives over temporal operands.
		{"x > 1 and once(pump.on) and y > 1", "(c0) and (once(c1)) and (c2)", []string{"x > 1", "pump.on", "y > 1"}, nil},
		{"x > 1 and y > 1 and once(pump.on)", "(c0) and (c1) and (once(c2))", []string{"x > 1", "y > 1", "pump.on"}, nil},
		{"pump.on ? always(x > 1) : once(y > 1)", "((c0) and (always(c1))) or ((not (c0)) and (once(c2)))",
			[]string{"pump.on", "x > 1", "y > 1"}, nil},
		{"if(once(pump.on), x > 1, y > 1)", "((once(c0)) and (c1)) or ((not (once(c0))) and (c2))",
			[]string{"pump.on", "x > 1", "y > 1"}, nil},
		{"once(pump.on) == always(x > 1)", "iff(once(c0), always(c1))", []string{"pump.on", "x > 1"}, nil},
		{"pump.on != always(x > 1)", "xor(c0, always(c1))", []string{"pump.on", "x > 1"}, nil},
		{"always(x > 1) == false", "not (always(c0))", []string{"x > 1"}, nil},
		{"xor(once(pump.on), not !always(true))", "xor(once(c0), not (not (always(true))))", []string{"pump.on"}, nil},
		{"always(x not in 1..2) or eventually(x in 1..2)", "(always(c0)) or (eventually(c1))", []string{"x not in 1..2", "x in 1..2"}, nil},
	} {
		f, mistakes := Formula(test.text, newWorld())
		require.Empty(t, mistakes, test.text)
		require.Equal(t, test.outline, outline(f), test.text)
		require.Equal(t, test.conditions, texts(f.Conditions), test.text)
		require.Equal(t, test.asked, texts(f.Asked), test.text)
		require.Equal(t, test.text, f.Formula.Show(nil), "what was written")
	}
}

func texts(list []signal.Condition) (texts []string) {
	for _, c := range list {
		texts = append(texts, c.Text)
	}
	return texts
}

// Each part of a formula can be quoted.
func TestPartsAsWritten(t *testing.T) {
	f, mistakes := Formula(`always( implies((x>1), eventually( not (pump.on), "2 s" ) ) )`, newWorld())
	require.Empty(t, mistakes)
	implies := f.Formula.Args[0]
	require.Equal(t, `implies((x>1), eventually( not (pump.on), "2 s" ) )`, implies.Text)
	require.Equal(t, "x>1", implies.Args[0].Text)
	require.Equal(t, `eventually( not (pump.on), "2 s" )`, implies.Args[1].Text)
	require.Equal(t, "not (pump.on)", implies.Args[1].Args[0].Text)
}

// The opposite of a comparison is as fast as the comparison.
func TestSenseOfOpposites(t *testing.T) {
	for text, sense := range map[string]signal.Sense{
		"not (x < 3)": signal.AtLeast, "not (x <= 3)": signal.Above, "not (x > 3)": signal.AtMost,
		"not (x >= 3)": signal.Below, "not not (x > 3)": signal.Above, "not (x == 3)": signal.Mixed, "not pump.on": signal.Mixed,
	} {
		w := newWorld()
		c, mistakes := Condition(text, w)
		require.Empty(t, mistakes)
		require.Equal(t, sense, c.Sense, text)
		for _, x := range []float64{2, 3, 4} {
			w.column[w.symbols["x"].Slot] = x
			if sense != signal.Mixed {
				holds, margin, ok := sense.Judge(c.Atoms[0].Gap(w.column, 0))
				require.True(t, ok)
				require.Equal(t, c.Holds(w.column, 0), holds, text)
				require.Equal(t, c.Margin(w.column, 0), margin, text)
			}
		}
	}
}

// Statements of two texts become one condition whose atoms are in order.
func TestJoinedStatements(t *testing.T) {
	w := newWorld()
	p, mistakes := State("x > 1 and tower.level > 1", w)
	require.Empty(t, mistakes)
	q, mistakes := State("y in 0..5", w)
	require.Empty(t, mistakes)
	f, err := Join(formula.Always, Join(formula.Implies, p, Join(formula.Not, q))).Compile()
	require.NoError(t, err)
	require.Equal(t, "always(c0)", outline(f))
	c := f.Conditions[0]
	require.Equal(t, "implies(x > 1 and tower.level > 1, not (y in 0..5))", c.Text)
	require.Equal(t, []string{"x > 1 and tower.level > 1"}, texts(f.Asked))
	var atoms []string
	for _, a := range c.Atoms {
		atoms = append(atoms, a.Text)
	}
	require.Equal(t, []string{"x > 1", "tower.level > 1", "y >= 0", "y <= 5"}, atoms)
	margin, atom := c.Decide(w.column, 0) // x = 3, level = 2, y = -2
	require.Equal(t, 2.0, margin)
	require.Equal(t, "y >= 0", c.Atoms[atom].Text)
	require.True(t, c.Holds(w.column, 0))
	require.Len(t, c.Reads, 3)

	f, err = Within(formula.Until, formula.Interval{To: vtime.Second}, Join(formula.Not, p), Join(formula.And, q, p, q)).Compile()
	require.NoError(t, err)
	require.Equal(t, "until(not ((c0) and (c1)), (c2) and (c0) and (c1) and (c2), "+seconds("1s")+")", outline(f))
	require.Equal(t, []string{"x > 1", "tower.level > 1", "y in 0..5"}, texts(f.Conditions))
}

func TestHugeFormulas(t *testing.T) {
	text := "once(pump.on)"
	for range 14 {
		text = "iff(once(x > 1), " + text + ")"
	}
	_, mistakes := Formula(text, newWorld())
	require.Len(t, mistakes, 1)
	require.Equal(t, "the formula comes down to more than 4096 operations: make several invariants of it", mistakes[0].Error())
}

// Names of operators are free for devices and signals.
func TestOperatorsAreNoReservedWords(t *testing.T) {
	w := newWorld()
	for i, name := range []string{"always.rise", "once", "G", "until.U"} {
		w.add(name, Symbol{}, float64(i))
	}
	for _, text := range []string{"always(always.rise > 1)", "once > G", "G in [1, 2] and once - G > 1", "eventually(until.U > once)"} {
		_, mistakes := Formula(text, w)
		require.Empty(t, mistakes, text)
	}
}

func TestEveryTemporalFixWorks(t *testing.T) {
	for _, text := range []string{
		"always(x > 3, 2)", `always(x > 3, "2s", "1s")`, `always("2s", x > 3)`, `until("2s", pump.on, plc.alarm)`, "always(x)", "always(x > 3, y > 3)",
		"G(x > 1)", `F(x > 1, "2s")`, "eventually[0,2](x > 1)", "eventually[1,2.5](x > 1) and y > 1", "eventually[0,2] (x + 1) < 3",
		"eventually[0:inf] x > 1", "always pump.on", "always not pump.on", "pump.on until x > 3", "pump.on U[0,2] (x > 3 and y > 1)",
		"pump.on -> plc.alarm or x > 1", "x < 1 <-> y > 2", `all(drive.on) S[1, "2 s"] plc.alarm`, "(x > 1 until y > 1) or pump.on",
	} {
		_, mistakes := Formula(text, newWorld())
		require.Len(t, mistakes, 1, text)
		fixed := repaired(t, text, mistakes[0])
		_, mistakes = Formula(fixed, newWorld())
		require.Empty(t, mistakes, "%s became %s", text, fixed)
	}
}

// Pasting one fix after the other turns a formula of another tool into one of ours.
func TestFixesLeadOn(t *testing.T) {
	for text, want := range map[string]string{
		"always[0,10](x < 1 -> eventually[0,2] (y > 0.5))": `always(implies(x < 1, eventually(y > 0.5, "2 s")), "10 s")`,
		"G F[0,2] x > 1":                    `always(eventually(x > 1, "2 s"))`,
		"G (pump.on -> (x > 1 U[1,3] y>1))": `always (implies(pump.on, until(x > 1, y>1, "1 s", "3 s")))`,
	} {
		for range 9 {
			_, mistakes := Formula(text, newWorld())
			if len(mistakes) == 0 {
				break
			}
			text = repaired(t, text, mistakes[0])
		}
		require.Equal(t, want, text)
	}
}

func repaired(t *testing.T, text string, e Error) string {
	_, rest, _ := strings.Cut(e.Fix, "`")
	fix, _, found := strings.Cut(rest, "`")
	require.True(t, found, "%s: %s", text, e)
	runes := []rune(text)
	return string(runes[:e.Offset]) + fix + string(runes[e.Offset+e.Width:])
}
