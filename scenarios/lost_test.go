package scenarios

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPathOverAPath: a path stands over another one whole; which of its waypoints are gone is said, but for those
// that are written to go.
func TestPathOverAPath(t *testing.T) {
	base := `system:
  devices:
    lamp: {is: custom, signals: {on: {start: false}}, rules: [{every: 1s, set: {on: 'false'}}]}
    anna:
      is: person
      warned: {poll: lamp.on, every: 1s}
      temperature: '"20 degC"'
      path:
        loading: {at: 1s, x: 1 m}
        away: {at: 5s, x: 6 m}
        home: {at: 9s, x: 9 m}
  zones:
    hall: [lamp, anna]
`
	for _, c := range []struct{ over, warning string }{
		{"path: {loading: {at: 1s, x: 2 m}}", "this path replaces the whole path of anna in base.yaml: away, home are gone"},
		{"path: {away: {at: 5s, x: 3 m}, home: {at: 9s, x: 2 m}}", "this path replaces the whole path of anna in base.yaml: loading is gone"},
		{"path: {loading: {at: 1s, x: 2 m}, away: {at: 5s, x: 6 m}, home: {at: 9s, x: 9 m}}", ""},
		{"path: {elsewhere: {at: 1s, x: 2 m}}", "this path replaces the whole path of anna in base.yaml: loading, away, home are gone"},
		{"path: {}", "this path replaces the whole path of anna in base.yaml: loading, away, home are gone"},
		{"path: {elsewhere: {at: 1s, x: 2 m}, loading: none}", "this path replaces the whole path of anna in base.yaml: away, home are gone"},
		{"path: {elsewhere: {at: 1s, x: 2 m}, loading: none, away: none, home: none}", ""},
		{"path: {loading: {at: 1s, x: 2 m}, away: none, home: none}", ""},
		{"path: {loading: none, away: none, home: none, hone: none}", "the path of anna in base.yaml has no \"hone\" that could go; did you mean \"home\"?"},
		{"path: none", ""},
		{"warned: {wired: lamp.on}", ""},
		{"warned: {poll: lamp.on, every: 2s}", ""},
		{"{is: person, temperature: '\"20 degC\"', path: {loading: {at: 1s, x: 2 m}}}", ""},
	} {
		t.Run(c.over, func(t *testing.T) {
			dir := t.TempDir()
			over := c.over
			if over[0] != '{' {
				over = "{" + over + "}"
			}
			run := "scenario: run\nuse: base.yaml\nrun: 20s\nsystem: {devices: {anna: " + over + "}}\n"
			for name, text := range map[string]string{"base.yaml": base, "run.yaml": run} {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
			}
			t.Chdir(dir)
			s, err := Load("run.yaml")
			require.NoError(t, err)
			if c.warning == "" {
				assert.Empty(t, s.Warnings)
				return
			}
			require.Len(t, s.Warnings, 1)
			assert.Equal(t, c.warning, s.Warnings[0].Message)
		})
	}
}
