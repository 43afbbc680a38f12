package view_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
	"github.com/harmproof/harmproof/viz/view"
)

// What heals after all, while somebody is still being harmed, is not what is told first; and what has to
// be done whenever something is so is filed under invariants, not under harm.
func TestHarmThatLastsOutranksGoodNews(t *testing.T) {
	file := filepath.Join(t.TempDir(), "air.yaml")
	text := `scenario: air
run: 2h
system:
  devices:
    jim: {is: person, temperature: 'if(time < 600, "20 degC", "100 degC")'}
invariants:
  warm: {never: time > 7000 and time < 7050}
  cools: {whenever: jim.temperature > 60, then: jim.temperature < 40, within: 1 min}
`
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	at := vtime.Time(7100 * vtime.Second)
	x := scenariotest.Recorded(t, file, 0)
	s := watching(t, view.Options{Eager: true, At: &at}, x)
	require.Contains(t, s.v.State().Caption, "jim is HARMED by temperature")
	require.True(t, s.says("warm is met again"))
	story := scene.Of(x).Story
	require.NoError(t, story.ReadAll())
	lanes := map[string]scene.Lane{}
	for i := range story.Lines {
		if l := &story.Lines[i]; l.Kind == trace.ViolationBegan {
			lanes[x.Header.Invariants[l.Index].Name] = l.Lane
		}
	}
	require.Equal(t, scene.Invariants, lanes["cools"])
}
