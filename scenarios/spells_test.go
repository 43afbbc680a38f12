package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/vtime"
)

// pressedThrice is somebody who is pressed by one machine at 1 s and badly at 3 s, and by another at 6 s, and who lets
// go in between.
const pressedThrice = `scenario: thrice
run: 10s
system:
  devices:
    left: {is: custom, signals: {force: {start: 0 N}}}
    right: {is: custom, signals: {force: {start: 0 N}}}
    jim: {is: person, region: hand, contact: left.force + right.force}
timeline:
  - {name: one, at: 1s, act: set, signal: left.force, value: 150 N, for: 1s}
  - {name: two, at: 3s, act: set, signal: left.force, value: 200 N, for: 2s}
  - {name: worse, at: 4s, act: set, signal: left.force, value: 300 N, for: 500ms}
  - {name: three, at: 6s, act: set, signal: right.force, value: 300 N, for: 1s}
`

// Each time that somebody is harmed has its worst degree, its time and its cause: a hand bears 140 N (ISO/TS 15066), and
// twice as much is serious.
func TestEachSpellOfHarm(t *testing.T) {
	s, err := Parse("thrice.yaml", []byte(pressedThrice))
	r := explained(t, s, err)
	list := r.Spells(0, -1)
	require.Len(t, list, 3)
	for k, want := range []struct {
		from, to, at vtime.Duration
		severity     harm.Severity
		step, name   string
		nth          int
	}{
		{1000, 2000, 1000, harm.Slight, "one", "jim harmed by contact: slight", 0},
		{3000, 5000, 4000, harm.Serious, "worse", "jim harmed by contact: serious", 0},
		{6000, 7000, 6000, harm.Serious, "three", "jim harmed by contact: serious", 1},
	} {
		x := &list[k]
		millis := func(d vtime.Duration) vtime.Time { return vtime.Time(d * vtime.Millisecond) }
		assert.Equal(t, []any{millis(want.from), millis(want.to), millis(want.at)}, []any{x.From, x.To, x.At})
		assert.Equal(t, []any{want.severity, want.name, want.nth}, []any{x.Severity, x.Invariant, x.Nth})
		last := x.Causes[len(x.Causes)-1]
		require.GreaterOrEqual(t, last.Injection, 0)
		assert.Equal(t, want.step, r.Injections[last.Injection].Step.Name)
		require.NotNil(t, x.Tree)
	}
	for at, want := range map[vtime.Duration]int{0: 0, 1500: 0, 2500: 1, 4500: 1, 6000: 2, 9000: 2} {
		assert.Equal(t, want, sim.SpellAt(list, vtime.Time(at*vtime.Millisecond)), at)
	}
}

// spelt is all that is known of the times at which the first person was harmed.
func spelt(r *sim.Result) (text string) {
	for _, x := range r.Spells(0, -1) {
		tree := *x.Tree
		x.Tree = nil
		text += fmt.Sprintf("%+v %+v\n", x, tree)
	}
	return text
}

// What is known of several times of harm is the same in a run that was kept and taken up in between.
func TestSpellsAreKept(t *testing.T) {
	ctx := context.Background()
	s, err := Parse("thrice.yaml", []byte(pressedThrice))
	whole := explained(t, s, err)
	for at := vtime.Second / 2; at < 8*vtime.Second; at += 500 * vtime.Millisecond {
		first, err := sim.New(s.Plan, sim.Explain())
		require.NoError(t, err)
		require.NoError(t, first.RunTo(ctx, vtime.Time(at)))
		data, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(ctx, s.Plan, sim.From(data), sim.Explain())
		require.NoError(t, err)
		require.Equal(t, spelt(whole), spelt(rest), "kept at %v", at)
	}
}

// However often somebody is harmed, only the first few times are explained.
func TestSpellsAreBounded(t *testing.T) {
	s, err := Parse("often.yaml", []byte(`scenario: often
run: 60s
system:
  devices:
    press: {is: custom, signals: {force: {start: 0 N}}, rules: [{every: 500ms, set: {force: '"300 N" - force'}}]}
    jim: {is: person, contact: press.force}
timeline: [{name: on, at: 1s, act: set, signal: press.force, value: 300 N, for: 200ms}]
`))
	r := explained(t, s, err)
	require.Len(t, r.Spells(0, -1), 4)
	require.Greater(t, r.Harm[0].Harms[0].Levels[0].Count, 50)
}
