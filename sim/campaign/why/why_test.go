package why_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A sum is as much as the switches that are on weigh.
type sum struct{ weights []float64 }

func (s sum) Declare(p *device.Ports) {
	var on []*device.In[bool]
	for i := range s.weights {
		on = append(on, device.Tunable(p, fmt.Sprintf("on%d", i), unit.One, false))
	}
	device.Computed(p, "total", unit.One, func(c *device.Context) (total float64) {
		for i := range on {
			if on[i].Get(c) {
				total += s.weights[i]
			}
		}
		return total
	})
}

// plan switches on each weight at its second; the total must stay below a limit. The
// last step acts on another device, before all others.
func plan(t testing.TB, limit float64, weights ...float64) *sim.Plan {
	x := sim.NewSystem()
	require.NoError(t, x.Add(sim.Device{ID: "sum", Twin: sum{weights}}))
	require.NoError(t, x.Add(sim.Device{ID: "other", Twin: sum{[]float64{1}}}))
	x.Layout()
	total, _ := x.Lookup("sum", "total")
	slot := total.Cell.Slot
	gap := func(v []float64, _ int) float64 { return v[slot] - limit }
	reads := []signal.Read{{Slot: slot, Count: 1}}
	below := &signal.Condition{
		Holds: func(v []float64, m int) bool { return gap(v, m) < 0 }, Margin: func(v []float64, m int) float64 { return -gap(v, m) },
		Atoms: []signal.Atom{{Gap: gap, Reads: reads}}, Reads: reads,
	}
	invariants := []sim.Invariant{{Name: "below", Atoms: []*signal.Condition{below}, Formula: formula.New(formula.Always, formula.Of(0))}}
	var steps []sim.Step
	for i := range weights {
		on, _ := x.Lookup("sum", fmt.Sprintf("on%d", i))
		op := inject.Op{Kind: inject.LayerOp, Point: x.StatePoint(on.Cell.Slot), Layer: signal.Layer{Op: signal.Const, A: 1}}
		steps = append(steps, sim.Step{Step: inject.Step{Name: fmt.Sprintf("s%d", i), Time: vtime.Time(vtime.Duration(i+1) * vtime.Second), Ops: []inject.Op{op}}})
	}
	on, _ := x.Lookup("other", "on0")
	op := inject.Op{Kind: inject.LayerOp, Point: x.StatePoint(on.Cell.Slot), Layer: signal.Layer{Op: signal.Const, A: 1}}
	steps = append(steps, sim.Step{Step: inject.Step{Name: "elsewhere", Time: 1, Ops: []inject.Op{op}}})
	p, err := x.Plan(sim.Scenario{Name: "sum", Run: vtime.Time(100 * vtime.Second)}, invariants, steps, nil)
	require.NoError(t, err)
	return p
}

func explain(t testing.TB, p *sim.Plan, o why.Options) *why.Finding {
	t.Helper()
	r, err := sim.Run(context.Background(), p, sim.Explain())
	require.NoError(t, err)
	f, err := why.Explain(context.Background(), p, r, "below", o)
	require.NoError(t, err)
	return f
}

// Of weights against a limit it is known what is necessary, what sufficient, and which
// pairs must go: by adding up subsets. Only those are roots that were on in time.
func TestAgainstAddingUp(t *testing.T) {
	for _, test := range []struct {
		limit   float64
		weights []float64
	}{
		{1, []float64{1}}, {2, []float64{1, 1}}, {3, []float64{1, 2, 1}}, {2, []float64{2, 2}}, {2, []float64{1, 1, 1}}, {2, []float64{2, 1, 1}},
		{4, []float64{1, 1, 1, 1, 0}}, {1, []float64{1, 1, 1, 1}}, {0, []float64{1, 1}}, {9, []float64{1, 1}}, {3, []float64{2, 2, 2}}, {3, []float64{2, 1, 1}},
	} {
		name := fmt.Sprintf("%v of %v", test.limit, test.weights)
		f := explain(t, plan(t, test.limit, test.weights...), why.Options{})
		// what is violated with a set of the steps
		with := func(in func(k int) bool) bool {
			total := 0.0
			for k, w := range test.weights {
				if in(k) {
					total += w
				}
			}
			return total >= test.limit
		}
		if !with(func(int) bool { return true }) {
			require.Empty(t, f.Roots, name)
			require.Zero(t, f.Runs, name)
			continue
		}
		anyway := with(func(int) bool { return false })
		require.Equal(t, anyway, f.Anyway, name)
		roots := map[int]bool{}
		for _, r := range f.Roots {
			roots[r.Injection] = true
		}
		needed := map[int]bool{}
		for _, r := range f.Roots {
			k := r.Injection
			require.Equal(t, !with(func(i int) bool { return i != k }), r.Necessary, "%s: s%d", name, k)
			require.Equal(t, !anyway && with(func(i int) bool { return i == k || !roots[i] }), r.Sufficient, "%s: s%d", name, k)
			needed[k] = r.Necessary
		}
		necessary := with(func(i int) bool { return needed[i] || !roots[i] })
		for _, r := range f.Roots {
			k := r.Injection
			beside := !anyway && !necessary && !needed[k] && with(func(i int) bool { return needed[i] || i == k || !roots[i] })
			require.Equal(t, beside && slices.ContainsFunc(f.Roots, func(r why.Root) bool { return r.Necessary }), r.Beside, "%s: s%d", name, k)
		}
		var cuts [][2]string
		for i := range test.weights { // all of them: those that are no root yet would do it later
			for k := range min(i, len(f.Roots)) {
				if !anyway && !needed[i] && !needed[k] && !with(func(n int) bool { return n != i && n != k }) {
					cuts = append(cuts, [2]string{fmt.Sprintf("s%d", k), fmt.Sprintf("s%d", i)})
				}
			}
		}
		require.Equal(t, cuts, f.Cuts, name)
	}
}

// Pairs are tried within a bound. What comes too late to be a root may be half of one:
// the fourth does what the third did.
func TestPairs(t *testing.T) {
	f := explain(t, plan(t, 1, 0, 0, 1, 1), why.Options{})
	require.Len(t, f.Roots, 3, "those that had begun when it happened")
	require.Equal(t, [][2]string{{"s2", "s3"}}, f.Cuts)
	require.Equal(t, vtime.Time(4*vtime.Second), f.Roots[2].Without)

	f = explain(t, plan(t, 1, 0, 0, 1, 1), why.Options{Pairs: 2})
	require.Empty(t, f.Cuts)
	require.Equal(t, 4, f.Untried)
}

// Checks are tried one at a time, the cheapest first; what cannot be switched on is an
// error.
func TestChecks(t *testing.T) {
	without := func(name string) func(p *sim.Plan) (*sim.Plan, error) {
		return func(p *sim.Plan) (*sim.Plan, error) { return p.Without(name) }
	}
	f := explain(t, plan(t, 2, 1, 1, 0), why.Options{Checks: []why.Candidate{
		{Device: "sum", Check: "dear", Cost: 3, Apply: without("s0")}, {Device: "sum", Check: "cheap", Cost: 1, Apply: without("s2")},
		{Device: "sum", Check: "fair", Cost: 2, Apply: without("s1")},
	}})
	var names []string
	for _, c := range f.Checks {
		names = append(names, fmt.Sprint(c.Check, " ", c.Stops))
	}
	require.Equal(t, []string{"cheap false", "fair true", "dear true"}, names)

	p := plan(t, 1, 1)
	r, err := sim.Run(context.Background(), p, sim.Explain())
	require.NoError(t, err)
	broken := errors.New("no such device")
	_, err = why.Explain(context.Background(), p, r, "below", why.Options{Checks: []why.Candidate{{Apply: func(*sim.Plan) (*sim.Plan, error) { return nil, broken }}}})
	require.ErrorIs(t, err, broken)
	_, err = why.Explain(context.Background(), p, r, "above", why.Options{})
	require.ErrorContains(t, err, "there is no invariant")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = why.Explain(ctx, p, r, "below", why.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// Steps beyond the 63rd share a root, but not what they are blamed for: one that acts
// elsewhere is in no way.
func TestManySteps(t *testing.T) {
	weights := make([]float64, 90)
	weights[80] = 1
	f := explain(t, plan(t, 1, weights...), why.Options{})
	require.Len(t, f.Roots, 81, "all that were on by then")
	for k := range f.Roots {
		require.Equal(t, k, f.Roots[k].Injection)
		require.Equal(t, k == 80, f.Roots[k].Necessary, "s%d", k)
		require.Equal(t, k == 80, f.Roots[k].Sufficient, "s%d", k)
	}
}

// What is known from another run is not run again: of steps that begin only after that was
// decided, of roots of which there are but two, and of what never begins without another step.
func TestNothingIsRunTwice(t *testing.T) {
	f := explain(t, plan(t, 1.5, 2, 2, 0.5, 0.5), why.Options{})
	require.Equal(t, [][2]string{{"s0", "s1"}}, f.Cuts)
	require.Equal(t, 3, f.Runs, "without s0, without any, without s0 and s1")

	f = explain(t, plan(t, 1.5, 1, 1, 0.1), why.Options{})
	require.True(t, f.Roots[0].Necessary && f.Roots[1].Necessary)
	require.Equal(t, 3, f.Runs, "without s0, without s1, without any: each alone is without the other")
}

// Where roots begin at more times than pasts are kept of, the findings are the same.
func TestMoreRootsThanPasts(t *testing.T) {
	weights := make([]float64, 12)
	for i := range weights {
		weights[i] = 1
	}
	f := explain(t, plan(t, 11.5, weights...), why.Options{})
	require.Len(t, f.Roots, 12)
	for _, root := range f.Roots {
		require.True(t, root.Necessary, root.Name)
		require.False(t, root.Sufficient, root.Name)
	}
	f = explain(t, plan(t, 10.5, weights...), why.Options{})
	require.Len(t, f.Roots, 11)
	require.Len(t, f.Cuts, 11*10/2+11, "any two")
	require.Zero(t, f.Untried)
}
