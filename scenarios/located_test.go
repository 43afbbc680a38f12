package scenarios

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A swing of a round frequency is not met in the same phase again and again, as
// it is by samples at eighths of a second.
func TestRoundFrequenciesAreSeen(t *testing.T) {
	r, _ := ran(t, `
scenario: swing
run: 1m
system:
  devices:
    c: {is: custom, signals: {x: {start: 0}}}
invariants:
  calm:
    never: sin(time * 50.26548245743669) > 0.5 # 8 Hz
  peak:
    never: sin(time * 25.1) > 0.999999
`)
	assert.Equal(t, monitor.Violated, verdict(t, r, "calm").Verdict)
	assert.InDelta(t, (math.Pi/2-math.Acos(0.999999))/25.1, verdict(t, r, "peak").At.Seconds(), 1e-8)
}

// The margin of p -> q is the greater of two, which is least where they cross
// and not where one of them has an extreme.
func TestMarginOfAnAnswerAtOnce(t *testing.T) {
	r, _ := ran(t, `
scenario: crossing
run: 10s
system:
  devices:
    c: {is: custom, signals: {x: {start: 0, rate: 1}}}
invariants:
  between:
    whenever: c.x > 2
    then: c.x > 6
`)
	assert.Equal(t, monitor.Violated, verdict(t, r, "between").Verdict)
	assert.InDelta(t, -2, verdict(t, r, "between").Margin, 1e-6) // at 4, 2 after the one and before the other
}

// What turns to and fro at a threshold ends the run, and the message says where.
func TestChatteringEndsTheRun(t *testing.T) {
	for name, signals := range map[string]string{
		"rate": `{x: {start: 0.999, rate: "x > 1 ? -1 : 1"}}`,
		"rule": `{x: {start: 0.999, rate: 1}}
      rules: [{when: x > 1, set: {x: 0.999999999}}]`,
	} {
		s, err := Parse("test.yaml", []byte("scenario: chatter\nrun: 1m\nsystem:\n  devices:\n    c:\n      is: custom\n      signals: "+signals+"\n"))
		require.NoError(t, err, name)
		_, err = sim.Run(context.Background(), s.Plan)
		var stuck *plant.StuckError
		require.ErrorAs(t, err, &stuck, name)
		assert.Contains(t, err.Error(), "in device c (its x): c.x at 0m00.0", name)
		assert.Less(t, stuck.At, vtime.Time(vtime.Second), name)
	}
}
