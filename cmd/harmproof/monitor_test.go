package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A verdictLine is a line of `harmproof monitor --json`, or an invariant of
// `harmproof run --json`.
type verdictLine struct {
	Name, Verdict string
	Margin        any
	At            json.Number `json:"at_seconds"`
	Trace         [][2]any
}

// saved writes a file into a folder of its own.
func saved(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	return file
}

// monitored returns what `harmproof monitor --json` prints.
func monitored(t *testing.T, args ...string) (list []verdictLine) {
	t.Helper()
	_, out, errs := tool(context.Background(), append([]string{"monitor", "--json"}, args...)...)
	require.Empty(t, errs)
	d := json.NewDecoder(strings.NewReader(out))
	for d.More() {
		var one verdictLine
		require.NoError(t, d.Decode(&one), out)
		list = append(list, one)
	}
	return list
}

// TestKnownAnswers: formulas that other tools have told the margin of (RTAMT at all
// times, of values that are held; Breach at the start, of straight lines). The package
// recording has all of them.
func TestKnownAnswers(t *testing.T) {
	held := saved(t, "held.csv", "time,a,b\n0,1.3,2.5\n0.7,3,4\n1.3,0.1,-1.2\n2.1,-2.2,1.7\n")
	steps := saved(t, "steps.csv", "time,a\n0,4\n5,2\n10,5\n15,3\n")
	for _, test := range []struct{ file, formula, trace string }{
		{held, "a and b", "[[0,1.3],[0.7,3],[1.3,-1.2],[2.1,-2.2]]"},
		{held, "a -> b", "[[0,2.5],[0.7,4],[1.3,-0.1],[2.1,2.2]]"},
		{held, "a <= b", "[[0,1.2],[0.7,1],[1.3,-1.3],[2.1,3.9000000000000004]]"},
		{held, "a since b", "[[0,1.3],[0.7,3],[1.3,0.1],[2.1,-2.2]]"},
		{held, "a until b", "[[0,1.3],[0.7,3],[1.3,-1.2],[2.1,-2.2]]"},
		{steps, "always[0:1](a)", "[[0,4],[4,2],[10,5],[14,3]]"},
		{steps, "eventually[0:1](a)", "[[0,4],[5,2],[9,5],[15,3]]"},
		{steps, "G[11,11](a)", "[[0,5],[4,3]]"},
		{steps, "H[1,2](a)", `[[0,"+inf"],[1,4],[6,2],[12,5],[16,3]]`},
		{steps, "once[2,2](a)", `[[0,"-inf"],[2,4],[7,2],[12,5],[17,3]]`},
	} {
		_, out, _ := tool(context.Background(), "monitor", "--json", "--trace", "--formula", test.formula, test.file)
		assert.Contains(t, out, `"trace":`+test.trace+"}", test.formula)
	}
	linear := saved(t, "linear.csv", "time,x,y\n0,1,-3\n1,1,-1\n2,-5,-3\n3,-1,-4\n4,3,4\n5,2,-1\n6,1,3\n7,-1,4\n8,2,-3\n9,0,-1\n10,4,-4\n11,-2,-4\n12,3,5\n")
	assert.Equal(t, -1.0, monitored(t, "--interpolate", "linear", "--formula", "eventually[1,3] (x > 2)", linear)[0].Margin)
}

// TestRunsAreMonitored: what `harmproof run --csv` writes has the verdicts of the run,
// at the same nanosecond.
func TestRunsAreMonitored(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "swat/attack-01", "swat/attack-21-sustained", "swat/attack-30"} {
		file := filepath.Join(t.TempDir(), "run.csv")
		_, out, errs := tool(context.Background(), "run", name, "--json", "--csv", file)
		require.Empty(t, errs)
		var run struct{ Invariants []verdictLine }
		require.NoError(t, json.NewDecoder(bytes.NewReader([]byte(out))).Decode(&run))
		data := monitored(t, "--invariants", name, "--interpolate", "linear", file)
		require.Len(t, data, len(run.Invariants))
		checked := 0
		for i, got := range data {
			want := run.Invariants[i]
			require.Equal(t, want.Name, got.Name)
			if got.Verdict == "not checked" {
				continue
			}
			checked++
			require.Equal(t, want.Verdict, got.Verdict, "%s: %s", name, got.Name)
			if want.Verdict == "violated" {
				require.Equal(t, want.At, got.At, "%s: %s", name, got.Name)
			}
			if m, ok := want.Margin.(float64); ok && want.Verdict == "violated" {
				require.InDelta(t, m, got.Margin, 1e-3*max(1, m, -m), "%s: %s", name, got.Name)
			}
		}
		require.GreaterOrEqual(t, checked, 3, name)
	}
}

// TestMonitorInterrupted: Ctrl-C ends with 130, and no verdict.
func TestMonitorInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	code, out, _ := tool(ctx, "monitor", "--formula", "x < 1", saved(t, "a.csv", "time,x\n0,1\n"))
	assert.Equal(t, interrupted, code)
	assert.Empty(t, out)
}

// TestMonitorFits: what people read fits a terminal.
func TestMonitorFits(t *testing.T) {
	file := saved(t, "a.csv", "time,a_rather_long_name_of_a_column,y\n1451296800.123456789,1,2\n1451296900.123456789,7,2\n1451297000,1,9\n")
	long := "always (a_rather_long_name_of_a_column > 5.25 -> eventually[0,50] (y > 5.125 and a_rather_long_name_of_a_column < 3))"
	code, out, errs := tool(context.Background(), "monitor", "--formula", long, "--formula", "always (y < 3)", "--formula", "not ("+long+")", file)
	require.Equal(t, unexpected, code, errs)
	for line := range strings.Lines(out) {
		assert.Less(t, len([]rune(strings.TrimRight(line, "\n"))), columns, line)
	}
	_, _, errs = tool(context.Background(), "monitor", "--formula", long+" and", file)
	for line := range strings.Lines(errs) {
		assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), columns, line)
	}
}
