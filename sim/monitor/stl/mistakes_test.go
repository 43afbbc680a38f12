package stl

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden file in testdata")

// TestMistakes holds every message to testdata/mistakes.txt: a formula, the caret
// with the cause, the next step. Run with -update and review the difference.
func TestMistakes(t *testing.T) {
	const file = "testdata/mistakes.txt"
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var got strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		text, _, _ := strings.Cut(block, "\n")
		_, problems := Parse(text, 0)
		if len(problems) == 0 {
			t.Errorf("no mistake in %s", text)
		}
		got.WriteString(text + "\n")
		for _, p := range problems {
			require.Equal(t, 1, p.Line)
			fmt.Fprintf(&got, "%s^%s %s\n", strings.Repeat(" ", p.Column-1), strings.Repeat("~", p.Width-1), p.Cause)
			fmt.Fprintf(&got, "%s%s\n", strings.Repeat(" ", p.Column-1), p.Next)
		}
		got.WriteString("\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got.String()), 0o644))
	}
	require.Equal(t, string(data), got.String())
}
