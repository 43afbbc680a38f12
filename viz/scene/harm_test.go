package scene_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/viz/scene"
)

// A story says who is harmed, by what and how badly, and when a hazard is there.
func TestStoryTellsOfHarm(t *testing.T) {
	s := scene.Of(scenariotest.Recorded(t, "robot-cell/zone-spoofed", 0))
	require.NoError(t, s.Story.ReadAll())
	var told []string
	for _, l := range s.Story.Lines {
		assert.NotEmpty(t, l.Text, "%v at %v", l.Kind, l.At)
		if l.Lane == scene.Harm {
			told = append(told, l.At.Short()+" "+l.Text)
		}
	}
	for _, want := range []string{"0m08.800s Hazard crushing", "0m09.062s anna is HARMED by contact: slight", "0m09.082s Hazard crushing is gone"} {
		assert.Contains(t, told, want)
	}
}
