package scenarios

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// An override of where a signal starts leaves it what it is.
func TestOverrideOfAStart(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"plant.yaml": `system:
  devices:
    r:
      is: custom
      signals:
        level: {start: 4 m, rate: '"-2 mm/s"'}
        twice: {value: 2 * level, unit: m}
`,
		"run.yaml": `scenario: run
use: plant.yaml
run: 1000s
system: {devices: {r: {signals: {level: {start: 3 m}}}}}
`,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	s, err := Load(filepath.Join(dir, "run.yaml"))
	require.NoError(t, err)
	history := &sim.History{}
	_, err = sim.Run(context.Background(), s.Plan, sim.Record(history))
	require.NoError(t, err)
	for path, want := range map[string]float64{"r.level": 1, "r.twice": 2} {
		signal, err := history.Signal(path)
		require.NoError(t, err)
		require.InDelta(t, want, signal.Last(), 1e-9)
	}
}
