package scenarios

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// A message passed only those checks that are about what it says.
func TestPassedChecksAreAboutTheMessage(t *testing.T) {
	s, err := Parse("passed.yaml", []byte(`scenario: passed
run: 1m
system:
  devices:
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tank.level, every: 1s}
    other: {is: level-gauge, of: tank.level, every: 1s}
    plc:
      is: custom
      inputs: {near: gauge.level, far: other.level}
      signals: {high: {start: false}}
      rules: [{when: near > 3, set: {high: true}}]
      checks: [{range: [0 m, 3.9 m], of: far, name: far-range}, {range: [0 m, 3.9 m], of: near, name: near-range}]
timeline:
  - {at: 10s, attack: spoof, signal: gauge.level, value: 3.5 m}
invariants:
  low: {never: plc.high}
`))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
	require.NoError(t, err)
	tree := r.Invariants[0].Tree
	told := slices.IndexFunc(tree.Links, func(l sim.Link) bool { return l.Kind == sim.MessageCause })
	require.GreaterOrEqual(t, told, 0)
	assert.Equal(t, "passed near-range of plc", tree.Links[told].Check)
}
