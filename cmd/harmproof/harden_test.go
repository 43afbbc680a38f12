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

	"github.com/harmproof/harmproof/sim/campaign/harden"
	"github.com/harmproof/harmproof/sim/simtest/trials"
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
	trials.Long(t)
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
		} `json:"cannot_be_raised"`
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
		"--best is how many":                    append(inHarden("worm"), "--best", "-1"),
		"--seeds is how many":                   append(inHarden("worm"), "--seeds", "1000000000"),
		"--workers is how many":                 append(inHarden("worm"), "--workers", "-1"),
		"has no invariants":                     append(inHarden("worm"), "--normal", written(t, "scenario: bare\nrun: 1m\n"+something)),
	} {
		code, _, err := tool(context.Background(), append([]string{"harden"}, args...)...)
		require.Equal(t, wrong, code)
		require.Contains(t, err, want)
	}
}

// something is a system.
const something = "system: {devices: {village: {is: demand, profile: [[0s, 1 L/s]]}}}\n"

// written is a scenario in a file of its own.
func written(t *testing.T, text string) string {
	file := filepath.Join(t.TempDir(), "written.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// What a barrier would change is checked before anybody raises it.
func TestCheckOfBarriers(t *testing.T) {
	file := written(t, "scenario: misspelt\nrun: 1m\n"+something+"barriers: {less: {cost: 1, change: {devices: {vilage: {profile: [[0s, 2 L/s]]}}}}}\n")
	code, out, _ := tool(context.Background(), "check", file)
	require.Equal(t, wrong, code)
	require.Contains(t, out, `did you mean "village"?`)
}

// Where there is nobody to let off a script, that is said.
func TestAdaptiveOfNobody(t *testing.T) {
	_, _, err := tool(context.Background(), append([]string{"harden", "--adaptive", "--best", "1"}, inHarden("worm")...)...)
	require.Contains(t, err, "--adaptive changes nothing in worm")
}

// Each run is told of, and that there are no more sets to be found.
func TestHardenTellsEachRun(t *testing.T) {
	k := &hardener{app: &app{}}
	require.NoError(t, k.load(inHarden("worm")))
	var told []harden.Progress
	a, err := harden.Find(context.Background(), k.barriers, k.scenarios, harden.Options{Workers: 4, Progress: func(p harden.Progress) { told = append(told, p) }})
	require.NoError(t, err)
	require.Len(t, told, a.Runs)
	for i, p := range told {
		require.Equal(t, i+1, p.Runs)
		require.True(t, i == 0 || p.Sets >= told[i-1].Sets && p.Found >= told[i-1].Found && p.Least >= told[i-1].Least)
	}
	last := told[len(told)-1]
	require.True(t, last.Settled)
	require.Equal(t, len(a.Sets), last.Found)
}
