package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// What was not so at the end is told of the end, and from when on it was so, not of the start.
func TestFinallyFailsAtTheEnd(t *testing.T) {
	r := played(t, `scenario: half
run: 10m
system:
  devices:
    lamp: {is: custom, signals: {on: {start: false}}}
timeline:
  - {at: 2m, act: set, signal: lamp.on, value: true}
  - {at: 7m, act: set, signal: lamp.on, value: false}
invariants:
  lit: {finally: lamp.on}
`, 1)
	w := r.Invariants[0].Witness
	require.NotNil(t, w)
	require.Len(t, w.Parts, 1)
	leaf := w.Parts[0]
	assert.Equal(t, "lamp.on", leaf.Text)
	assert.False(t, leaf.Holds)
	assert.Equal(t, [3]vtime.Time{vtime.Time(10 * vtime.Minute), vtime.Time(10 * vtime.Minute), vtime.Time(7 * vtime.Minute)}, [3]vtime.Time{leaf.From, leaf.To, leaf.Since})
}
