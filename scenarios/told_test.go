package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is set in a device is told to who is wired to it, at once and when that is
// over.
func TestWhatIsSetIsTold(t *testing.T) {
	_, h := ranText(t, `scenario: told
run: 1m
system:
  devices:
    door: {is: custom, signals: {open: {start: false}, turns: {start: 0}}}
    plc:
      is: custom
      inputs: {door: door.open, turns: door.turns}
      signals: {seen: {start: false}, counted: {start: 0}}
      rules: [{every: 100ms, set: {seen: door, counted: turns}}]
timeline:
  - {at: 10s, act: set, signal: door.open, value: true}
  - {at: 20s, attack: modify, signal: door.turns, value: 7, for: 10s}
`)
	require.Equal(t, []float64{0, 1, 1}, []float64{valueAt(t, h, "plc.seen", 9.9), valueAt(t, h, "plc.seen", 10.2), valueAt(t, h, "plc.seen", 59)})
	require.Equal(t, []float64{0, 7, 7, 0}, []float64{
		valueAt(t, h, "plc.counted", 19.9), valueAt(t, h, "plc.counted", 20.2), valueAt(t, h, "plc.counted", 29.9), valueAt(t, h, "plc.counted", 30.2),
	})
}
