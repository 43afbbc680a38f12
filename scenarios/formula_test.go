package scenarios

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// swing is x = sin(t) and level = t, and what is wanted of them.
const swing = `
scenario: swing
run: 30s
system:
  devices:
    c:
      is: custom
      signals:
        x: {start: 0, rate: v}
        v: {start: 1, rate: -x}
        level: {start: 0, rate: 1}
`

const wanted = `
invariants:
  again:
    formula: always(eventually(c.x > 0.5, "2s"))
  lately:
    formula: always(once(c.x > 0.5, "2s"))
  before:
    formula: until(c.level < 4, c.x < -0.9, "10s")
  long-since:
    formula: always(implies(c.level > 5, historically(c.level > 1, "3s")))
  low-for-long:
    eventually: c.x < -0.8
    for: 1s
    within: 8s
  calm-unless:
    always: c.x < 1.5
    unless: c.level > 100
  rises:
    never: rise(c.x > 0) and c.level > 1
  nested:
    formula: always(implies(c.x > 0.9, eventually(always(c.x < -0.5, "1s"), "1s", "5s")), "20s")
  slow:
    whenever: c.x > 0
    lasts-at-most: 3s
`

// Verdicts, margins and times on curves are what pen and paper say, to within what a
// curve is followed to.
func TestFormulasOnCurves(t *testing.T) {
	r, _ := ran(t, swing+wanted)
	for name, want := range map[string]struct {
		verdict    monitor.Verdict
		margin, at float64 // at NaN where the margin is least at several times
	}{
		// From 5 pi/6 on x is below 0.5; the worst window is about 3 pi/2.
		"again": {monitor.Violated, -math.Cos(1) - 0.5, 5*math.Pi/6 + 2},
		// What was before the start is not there.
		"lately": {monitor.Violated, -math.Cos(1) - 0.5, 0},
		"before": {monitor.Violated, 4 - cross(4, 4.2, func(t float64) float64 { return t - math.Sin(t) - 4.9 }), 4},
		// -(t-5) and t-3-1 cross at 4.5.
		"long-since":   {monitor.Holds, 0.5, 4.5},
		"low-for-long": {monitor.Holds, math.Cos(0.5) - 0.8, math.NaN()},
		"calm-unless":  {monitor.Holds, 0.5, math.NaN()},
		"rises":        {monitor.Violated, 0, 2 * math.Pi},
		// x < -0.5 lasts from 7 pi/6 to 11 pi/6; where x is 0.9 for the last time before, the
		// windows that begin within 5 s reach the best one, about 3 pi/2.
		"nested": {monitor.Holds, math.Cos(0.5) - 0.5, math.NaN()},
		"slow":   {monitor.Violated, -math.Sin((math.Pi - 3) / 2), 3},
	} {
		i := verdict(t, r, name)
		assert.Equal(t, want.verdict, i.Verdict, name)
		assert.InDelta(t, want.margin, i.Margin, 4e-6, name)
		if !math.IsNaN(want.at) {
			assert.InDelta(t, want.at, i.At.Seconds(), 2e-6, name)
		}
	}
}

// cross finds where a function that rises is 0.
func cross(lo, hi float64, f func(float64) float64) float64 {
	for range 60 {
		if mid := (lo + hi) / 2; f(mid) < 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// Neither a verdict nor its time depends on who else looks, and a margin no more than
// a curve may be off.
func TestFormulasDoNotDependOnLooks(t *testing.T) {
	alone, _ := ran(t, swing+wanted)
	crowded, _ := ran(t, swing+`
    ticker: {is: custom, signals: {n: {start: 0}}, rules: [{every: 7ms, set: {n: n + level}}], inputs: {level: c.level}}
`+wanted+`
  busy:
    never: sin(time * 31) > 2
  crossings:
    never: rise(c.x > 0.123) and c.v > 5
`)
	s, err := Parse("swing.yaml", []byte(swing+wanted))
	require.NoError(t, err)
	sampled, err := sim.Run(context.Background(), s.Plan, sim.Sample(13*vtime.Millisecond, nil, func(vtime.Time, []float64) error { return nil }))
	require.NoError(t, err)
	for k := range alone.Invariants {
		want := &alone.Invariants[k]
		for _, r := range []*sim.Result{crowded, sampled} {
			got := verdict(t, r, want.Name)
			assert.Equal(t, want.Verdict, got.Verdict, want.Name)
			assert.InDelta(t, want.Margin, got.Margin, 4e-6, want.Name)
			if want.Verdict == monitor.Violated {
				assert.InDelta(t, want.At.Seconds(), got.At.Seconds(), 2e-9, want.Name)
			}
		}
	}
}
