package arm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/arm"
)

// TestWorstReactions: an arm whose brakes take seconds has no power 1250 ms after it is too fast, 250 to see
// it and 1000 to take it away, and 1100 ms after it is too far: the worst cases of its manual.
func TestWorstReactions(t *testing.T) {
	for name, c := range map[string]struct {
		change      func(s *arm.Spec)
		begins, off float64 // s
	}{
		"speed": {func(s *arm.Spec) { s.SafeSpeed = 0.5 }, 0, 1.250},
		"place": {func(s *arm.Spec) { s.SafeTo = 0.5 }, 0.5, 1.100},
	} {
		s := arm.UR5()
		s.Category, s.Time, s.Angle, s.Speed = "cat_1", 5, 8, 1
		c.change(&s)
		p := played(t, 8*second, s, nil, nil)
		changes := p.Changes("arm.powered")
		require.Len(t, changes, 2, name)
		assert.InDelta(t, c.begins+c.off, vtime.Seconds(vtime.Duration(changes[1].At)), 1e-8, name)
		assert.Greater(t, came(p, 2), c.begins+c.off, "%s: it brakes on without", name)
	}
}

// TestForceAccuracy: as delivered it keeps to a force within 25 N.
func TestForceAccuracy(t *testing.T) {
	kind := arm.Kind()
	assert.Equal(t, "25 N", kind.Parameter("accuracy").Default)
	s := arm.UR5()
	s.Region, s.PowerLimited, s.Speed = "hand", true, s.Fastest()
	most := played(t, second/100, s, nil, nil).At("arm.speed", 0)
	s.Accuracy = 0
	assert.InEpsilon(t, (280.-25)/280, most/played(t, second/100, s, nil, nil).At("arm.speed", 0), 1e-12)
}
