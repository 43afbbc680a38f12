package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who would leave for a place when the run is over never does, and that is said; who leaves at its end, or by a warning, is
// not spoken of.
func TestLeavingTooLate(t *testing.T) {
	for path, want := range map[string]int{
		"a: {at: 10m, x: 1 m}, b: {at: 1000h, x: 2 m}":          1,
		"a: {at: 10m, x: 1 m}, b: {at: 1h, x: 2 m}":             0,
		"a: {at: 61m, x: 1 m}, b: {at: 2h, x: 2 m}":             2,
		"a: {at: 10m, x: 1 m}, out: {warned: true, x: 2 m}":     0,
		"a: {at: 59m59s, x: 1 m}, b: {at: 3600.001s, x: 2.5 m}": 1,
	} {
		s, err := Parse("late.yaml", []byte("scenario: late\nrun: 1h\nsystem:\n  devices:\n    anna: {is: person, path: {"+path+"}, separation: anna.y}\n"))
		require.NoError(t, err, path)
		n := 0
		for _, w := range s.Warnings {
			if strings.HasPrefix(w.Message, "the run is over after 1h, before anna leaves for ") {
				n++
			}
		}
		assert.Equal(t, want, n, path)
	}
}
