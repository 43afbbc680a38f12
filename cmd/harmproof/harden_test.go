package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inHarden is files of testdata/harden.
func inHarden(names ...string) (paths []string) {
	for _, name := range names {
		paths = append(paths, "testdata/harden/"+name+".yaml")
	}
	return paths
}

// What is said of barriers is as it was agreed, and fits a terminal.
func TestHardenPage(t *testing.T) {
	for name, args := range map[string][]string{
		"worm":    append(inHarden("worm"), "--normal", "testdata/harden/quiet.yaml"),
		"both":    append(inHarden("worm", "intruder"), "--normal", "testdata/harden/quiet.yaml", "--best", "2"),
		"quiet":   inHarden("quiet"),
		"loose":   append(inHarden("intruder"), "--adaptive", "--best", "2"),
		"assumed": inHarden("assumed"),
	} {
		want := asExpected
		if name == "assumed" {
			want = unexpected // nothing helps against it
		}
		code, out, err := tool(context.Background(), append([]string{"harden"}, args...)...)
		require.Equal(t, want, code, "%s: %s", name, err)
		golden := "testdata/harden/" + name + ".txt"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(out), 0o644))
		}
		agreed, fault := os.ReadFile(golden)
		require.NoError(t, fault)
		require.Equal(t, string(agreed), out)
		for _, line := range strings.Split(out, "\n") {
			require.LessOrEqual(t, len([]rune(line)), 80, line)
		}
	}
}

// The answer does not depend on how many runs are made at a time.
func TestHardenIsTheSameOnAnyMachine(t *testing.T) {
	args := append([]string{"harden", "--json", "--normal", "testdata/harden/quiet.yaml"}, inHarden("worm", "intruder")...)
	_, one, _ := tool(context.Background(), append(args, "--workers", "1")...)
	_, many, _ := tool(context.Background(), append(args, "--workers", "7")...)
	require.Equal(t, one, many)
	var answer struct {
		Complete bool
		Sets     []struct {
			Barriers []string
			Cost     float64
			Useful   []struct{ Why string } `json:"useful_stopped"`
			Reached  []string               `json:"left_to_malware"`
			All      bool                   `json:"all_subsets_run"`
		}
		Disturbing []struct {
			Barrier string
			Useful  []struct{ From, To, Verb string } `json:"useful_stopped"`
		}
	}
	require.NoError(t, json.Unmarshal([]byte(one), &answer))
	require.True(t, answer.Complete)
	require.NotEmpty(t, answer.Sets)
	for i, set := range answer.Sets {
		require.True(t, set.All)
		require.True(t, i == 0 || set.Cost >= answer.Sets[i-1].Cost)
	}
	require.Len(t, answer.Disturbing, 1)
	require.Equal(t, "bus-wall", answer.Disturbing[0].Barrier)
	require.NotEmpty(t, answer.Disturbing[0].Useful)
}

// The drawing is XML, and names what it shows.
func TestHardenDraws(t *testing.T) {
	file := filepath.Join(t.TempDir(), "barriers.svg")
	code, _, fault := tool(context.Background(), append([]string{"harden", "--svg", file}, inHarden("worm")...)...)
	require.Equal(t, asExpected, code, fault)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for d := xml.NewDecoder(strings.NewReader(string(text))); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}
	for _, name := range []string{">stick<", ">pc1<", ">ews<", ">plc<", "firewall", "carried", "from stick to pc1 by engineer plugs stick"} {
		require.Contains(t, string(text), name)
	}
}

// Interrupted, it says what it knows, and ends with 130.
func TestHardenInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	code, out, _ := tool(ctx, append([]string{"harden"}, inHarden("worm")...)...)
	require.Equal(t, interrupted, code)
	require.Contains(t, out, "INTERRUPTED")
}

// What is asked wrongly is said in words.
func TestHardenRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"declares no barriers":                  {plant(t)},
		"name a scenario with barriers":         {},
		`there is no invariant "no-overflw"`:    append(inHarden("worm"), "--invariant", "no-overflw"),
		"there is no scenario or file \"nosuch": {"nosuch"},
	} {
		code, _, err := tool(context.Background(), append([]string{"harden"}, args...)...)
		require.Equal(t, wrong, code)
		require.Contains(t, err, want)
	}
}
