package compile

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

const toy = `
scenario: plant
run: 1m
system:
  devices:
    d:
      is: custom
      signals: {x: {start: 0}, y: {start: 0}, p: {start: false}, q: {start: false}}
      rules: [{every: 1s, set: {x: x + 1, y: y + 1, p: not p, q: not q}}]
invariants:
  it: {%s}
`

// invariant compiles an invariant over d.x and d.y, numbers, and d.p and d.q.
func invariant(t *testing.T, text string) sim.Invariant {
	t.Helper()
	f, problems := syntax.Parse(source.New("plant.yaml", fmt.Appendf(nil, toy, text)))
	require.NoError(t, problems.Err())
	catalog, err := device.NewCatalog(custom.Custom())
	require.NoError(t, err)
	b := &builder{file: f, sys: sim.NewSystem(), byName: map[string]*dev{}, Options: Options{Catalog: catalog, Compiled: &Tally{}}}
	b.expand()
	b.devices()
	b.topology()
	b.sys.Layout()
	list := b.invariants()
	require.NoError(t, b.Err(), text)
	require.Len(t, list, 1, text)
	return list[0]
}

// shown is a formula over the texts of its conditions, in function form throughout.
func shown(i sim.Invariant) string {
	return unwritten(i.Formula).Show(func(atom int) string { return i.Atoms[atom].Text })
}

func unwritten(f *formula.Formula) *formula.Formula {
	g := *f
	g.Text, g.Args = "", nil
	for _, a := range f.Args {
		g.Args = append(g.Args, unwritten(a))
	}
	return &g
}

// in is an operator over [0, seconds] as it is shown.
func in(op formula.Op, seconds int, args ...string) string {
	var of []*formula.Formula
	for k := range args {
		of = append(of, formula.Of(k))
	}
	return formula.In(op, 0, vtime.Duration(seconds)*vtime.Second, of...).Show(func(atom int) string { return args[atom] })
}

func TestPatterns(t *testing.T) {
	const always, eventually, until, since = formula.Always, formula.Eventually, formula.Until, formula.Since
	for _, test := range []struct {
		keys, formula, text string
		asked               []string
	}{
		{"always: d.x < 1", "always(d.x < 1)", "always d.x < 1", nil},
		{"never: d.x < 1", "always(not (d.x < 1))", "never d.x < 1", nil},
		{"always: 'implies(d.p, d.q)'", "always(implies(d.p, d.q))", "always implies(d.p, d.q)", []string{"d.p"}},
		{"always: d.p, for: 2s", "always(not (" + in(always, 2, "not (d.p)") + "))", "always d.p for 2s", nil},
		{"never: d.p, for: 2s", "always(not (" + in(always, 2, "d.p") + "))", "never d.p for 2s", nil},
		{"always: d.p, until: d.q", "until(d.p, d.q)", "always d.p until d.q", nil},
		{"never: d.p, until: d.q, within: 3s", in(until, 3, "not (d.p)", "d.q"), "never d.p until d.q within 3s", nil},
		{"always: d.p, since: d.q", "always(since(d.p, d.q))", "always d.p since d.q", nil},
		{"never: d.p, since: d.q, within: 3s", "always(" + in(since, 3, "not (d.p)", "d.q") + ")", "never d.p since d.q within 3s", nil},
		{"always: d.p, unless: d.q", "weak_until(d.p, d.q)", "always d.p unless d.q", nil},
		{"never: d.p, unless: d.q", "weak_until(not (d.p), d.q)", "never d.p unless d.q", nil},

		{"eventually: d.p", "eventually(d.p)", "eventually d.p", nil},
		{"eventually: d.p, within: 3s", in(eventually, 3, "d.p"), "eventually d.p within 3s", nil},
		{"eventually: d.p, for: 2s", "eventually(" + in(always, 2, "d.p") + ")", "eventually d.p for 2s", nil},
		{"eventually: d.p, within: 3s, for: 2s", in(eventually, 3, in(always, 2, "d.p")), "eventually d.p within 3s for 2s", nil},
		{"eventually: d.p, every: 10s", "always(" + in(eventually, 10, "d.p") + ")", "eventually d.p every 10s", nil},
		{"eventually: d.p, every: 10s, for: 2s", "always(" + in(eventually, 10, in(always, 2, "d.p")) + ")", "eventually d.p every 10s for 2s", nil},

		{"whenever: d.p, then: d.q", "always(implies(d.p, d.q))", "whenever d.p, then d.q", []string{"d.p"}},
		{"whenever: d.p, then: d.q, within: 3s", "always(implies(d.p, " + in(eventually, 3, "d.q") + "))", "whenever d.p, then d.q within 3s", nil},
		{"whenever: d.p, then: d.q, for: 2s", "always(implies(d.p, " + in(always, 2, "d.q") + "))", "whenever d.p, then d.q for 2s", nil},
		{"whenever: d.p, then: d.q, within: 3s, for: 2s", "always(implies(d.p, " + in(eventually, 3, in(always, 2, "d.q")) + "))",
			"whenever d.p, then d.q within 3s for 2s", nil},
		{"whenever: d.p, lasts-at-least: 2s", "always(implies(rise(d.p), " + in(always, 2, "d.p") + "))", "whenever d.p, lasts at least 2s", nil},
		{"whenever: d.p, lasts-at-most: 5s", "always(implies(d.p, " + in(eventually, 5, "not (d.p)") + "))", "whenever d.p, lasts at most 5s", nil},
		{"whenever: d.p, then: d.q, lasts-at-least: 2s, lasts-at-most: 5s",
			"(always(implies(d.p, d.q))) and (always(implies(rise(d.p), " + in(always, 2, "d.p") + "))) and (always(implies(d.p, " + in(eventually, 5, "not (d.p)") + ")))",
			"whenever d.p, then d.q, lasts at least 2s, lasts at most 5s", nil},

		// Each key may hold temporal operators.
		{"formula: 'always(implies(d.x > 3, eventually(d.p, \"2s\")))'", "always(implies(d.x > 3, " + in(eventually, 2, "d.p") + "))",
			`formula always(implies(d.x > 3, eventually(d.p, "2s")))`, nil},
		{"formula: d.p", "d.p", "formula d.p", nil},
		{"never: 'd.p and once(d.q, \"2s\")'", "always(not ((d.p) and (" + in(formula.Once, 2, "d.q") + ")))", `never d.p and once(d.q, "2s")`, nil},
		{"whenever: rise(d.p), then: 'historically(d.q, \"2s\")'", "always(implies(rise(d.p), " + in(formula.Historically, 2, "d.q") + "))",
			`whenever rise(d.p), then historically(d.q, "2s")`, nil},
		{"always: d.p, unless: fall(d.q)", "weak_until(d.p, fall(d.q))", "always d.p unless fall(d.q)", nil},
	} {
		i := invariant(t, test.keys)
		assert.Equal(t, test.formula, shown(i), test.keys)
		assert.Equal(t, test.text, i.Text, test.keys)
		var asked []string
		for _, a := range i.Asked {
			asked = append(asked, a.Text)
		}
		assert.Equal(t, test.asked, asked, test.keys)
	}
}

// An opposite of a comparison, and an implication at one instant, are single
// conditions.
func TestFastPatterns(t *testing.T) {
	never := invariant(t, "never: d.x > 3")
	require.Equal(t, formula.Atom, never.Formula.Args[0].Op)
	assert.Equal(t, signal.AtMost, never.Atoms[0].Sense)

	whenever := invariant(t, "whenever: d.x > 3, then: d.y > 4 and d.p")
	require.Len(t, whenever.Atoms, 1)
	var atoms []string
	for _, a := range whenever.Atoms[0].Atoms {
		atoms = append(atoms, a.Text)
	}
	assert.Equal(t, []string{"d.x > 3", "d.y > 4", "d.p"}, atoms)
	v := make([]float64, 64) // all numbers are 0: nothing is asked, 3 away from it
	margin, atom := whenever.Atoms[0].Decide(v, 0)
	assert.Equal(t, 3.0, margin)
	assert.Equal(t, 0, atom)
	assert.True(t, whenever.Atoms[0].Holds(v, 0))
	assert.False(t, whenever.Asked[0].Holds(v, 0))
}
