package record_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The library that viewers of robots use reads every message of a trace, by its index and
// in order, and those that are for viewers are what the published schemas ask for.
func TestViewers(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node: install Node.js")
	}
	packages, set := os.LookupEnv("HARMPROOF_VIEWERS")
	if !set {
		t.Skip("HARMPROOF_VIEWERS does not say where the packages of testdata/viewers are; .ci/run installs them with npm ci")
	}
	require.DirExists(t, filepath.Join(packages, "node_modules"))
	var args []string
	var traces []*trace.Trace
	args = append(args, filepath.Join("testdata", "viewers", "read.mjs"))
	for _, name := range []string{"tower/spoofed-gauge", "centrifuge/outbreak", "swat/attack-03-checked"} {
		file, _ := recorded(t.Context(), t, load(t, name))
		to := filepath.Join(t.TempDir(), filepath.Base(name)+".mcap")
		require.NoError(t, os.WriteFile(to, file, 0o600))
		args, traces = append(args, to), append(traces, opened(t, file))
	}
	command := exec.Command(node, args...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	require.NoError(t, err, "%s", out)
	for decoder := json.NewDecoder(bytes.NewReader(out)); len(traces) > 0; traces = traces[1:] {
		var found struct {
			Topics  map[string]int
			Devices int
		}
		require.NoError(t, decoder.Decode(&found))
		x := traces[0]
		require.Equal(t, min(len(x.Header.Devices), 200), found.Devices)
		require.GreaterOrEqual(t, found.Topics["/scene"], 10)
		require.LessOrEqual(t, found.Topics["/scene"], 520)
		require.Equal(t, 1, found.Topics["/end"])
		steps := 0
		for e, err := range x.Events(0, vtime.Never) {
			require.NoError(t, err)
			if e.Kind >= trace.StepApplied && e.Kind <= trace.ViolationEnded {
				steps++
			}
		}
		require.GreaterOrEqual(t, found.Topics["/log"], min(steps, 2000))
		require.LessOrEqual(t, found.Topics["/log"], 2001)
	}
}
