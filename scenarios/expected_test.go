package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A gauge creeps off by 1 mm a second and is read once a second. What is held against
// the last value that was accepted never finds it; a model's own expectation does: with a
// tolerance of 20 mm it is off by 20.5 mm at 30 s; with a sum of what is above 5 mm, which is
// 0.5 + 1.5 + ... = n²/2 mm, above 75 mm at the 13th of those, at 27 s.
func TestAnExpectationFindsWhatCreeps(t *testing.T) {
	const text = `scenario: creeping
run: 1m
seed: 1
system:
  devices:
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tank.level, every: 1s}
    other: {is: level-gauge, of: tank.level, every: 1s}
    plc:
      is: custom
      inputs: {level: gauge.level, model: other.level}
      signals: {seen: {start: false}}
      checks: [CHECK]
timeline:
  - {at: 9.5s, fault: drift, signal: gauge.level, rate: 1 mm/s}
`
	for check, second := range map[string]int{
		"{residual: 0 m/s, of: level, tolerance: 20 mm, reaction: alarm, name: c}":                      0,
		"{residual: {expected: model}, of: level, tolerance: 20 mm, reaction: alarm, name: c}":          30,
		"{cusum: 0 m/s, of: level, bias: 5 mm, threshold: 75 mm, reaction: alarm, name: c}":             0,
		"{cusum: {expected: model}, of: level, bias: 5 mm, threshold: 75 mm, reaction: alarm, name: c}": 27,
	} {
		r, _ := ranText(t, strings.Replace(text, "CHECK", check, 1))
		require.Len(t, r.Checks, 1)
		if second == 0 {
			assert.Zero(t, r.Checks[0].Count.Reacted, check)
			continue
		}
		require.NotEmpty(t, r.Decisions, check)
		assert.InDelta(t, float64(second), r.Decisions[0].At.Seconds(), 0.01, check)
	}
	_, err := Parse("creeping.yaml", []byte(strings.Replace(text, "CHECK", "{residual: {expected: time}, of: level, tolerance: 1 mm}", 1)))
	require.ErrorContains(t, err, "level")
}
