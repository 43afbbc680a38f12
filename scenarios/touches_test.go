package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTouches: an arm and a person who are told otherwise of one contact are warned of, and so is an arm that
// cannot know how fast somebody comes; where they agree nothing is.
func TestTouches(t *testing.T) {
	const path = "path: {in: {at: 1s, x: 1 m}}, "
	for _, c := range []struct{ arm, anna, warns string }{
		{"region: skull, body: anna.x", "region: chest, touch: transient, ", "arm meets the region skull, and anna is judged by the region chest"},
		{"body: anna.x", "region: chest, touch: transient, ", "arm meets the region unknown, and anna is judged by the region chest"},
		{"clamps: true, body: anna.x", "touch: transient, ", "arm clamps whom it meets, and anna is judged as one who can give way"},
		{"power_limited: true, body: anna.x", "", "arm goes as fast as who can give way bears, and anna is judged as one who cannot"},
		{"body: anna.x", "touch: transient, " + path, "arm does not know how fast anna comes towards it"},
		{"region: chest, body: anna.x, body_speed: anna.speed_x", "region: chest, touch: transient, " + path, ""},
		{"region: hand, clamps: true, body: anna.x", "region: hand, ", ""},
		{"region: hand, clamps: true, power_limited: true, body: anna.x", "region: hand, touch: quasi_static, ", ""},
	} {
		s, err := Parse("x.yaml", []byte("scenario: x\nrun: 1s\nsystem:\n  devices:\n    arm: {is: robot-arm, "+c.arm+"}\n    anna: {is: person, starts_x: 3 m, "+c.anna+"contact: arm.force}\n"))
		require.NoError(t, err)
		text := ""
		for _, w := range s.Warnings {
			text += w.Message + "\n"
		}
		if c.warns == "" {
			assert.Empty(t, text, c.arm)
			continue
		}
		assert.Contains(t, text, c.warns)
		assert.Equal(t, 1, strings.Count(text, "\n"), text)
	}
}
