package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNeededDistance: any distance can be one that a machine needs, but less than none: as a number that is refused, in a
// run it is told, and counts as none.
func TestNeededDistance(t *testing.T) {
	person := func(needed string) []byte {
		return []byte("scenario: x\nrun: 10s\nsystem: {devices: {p: {is: person, separation: '\"3 m\"', separation_needed: '" + needed + "'}}}\n")
	}
	for _, needed := range []string{`"0 m"`, `"1.19 m"`, `"40 m"`} {
		s, err := Parse("x.yaml", person(needed))
		require.NoError(t, err, needed)
		assert.NotContains(t, told(t, s), "Outside the models", needed)
	}
	_, err := Parse("x.yaml", person(`"-2 m"`))
	require.ErrorContains(t, err, "separation_needed of p cannot be \"-2 m\": it is a distance from none")
	s, err := Parse("x.yaml", person(`if(time > 5, "-2 m", "1.19 m")`))
	require.NoError(t, err)
	text := told(t, s)
	assert.Contains(t, text, "Outside the models\n  p impossible separation_needed  0m05.000s to the end")
	assert.Contains(t, text, "1.81 m beyond the protective distance")
}
