package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is too much at a scale is said, where that stands and what to do, and not what comes of it: that nobody is
// called resident[17].
func TestScaledTooMany(t *testing.T) {
	for name, place := range map[string]string{"town/normal": "town/system.yaml:12:14", "fleet/lora-day": "fleet/lora-cell.yaml:22:19"} {
		s, err := Load(name)
		require.NoError(t, err)
		_, err = s.Scaled(100_000)
		require.ErrorContains(t, err, "a system has at most 1000000 people")
		require.ErrorContains(t, err, place)
		require.ErrorContains(t, err, "take a smaller scale")
		require.NotContains(t, err.Error(), "nobody")
	}
}
