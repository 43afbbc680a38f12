package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
)

// The page of each scenario in testdata/why is as it was agreed: link by link, what was
// necessary, who answers. It fits a terminal.
func TestWhyPage(t *testing.T) {
	files, err := filepath.Glob("testdata/why/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		code, out, _ := tool(context.Background(), "why", file, "--all")
		require.Equal(t, unexpected, code, file)
		golden := strings.TrimSuffix(file, ".yaml") + ".txt"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(out), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), out)
		for _, line := range strings.Split(out, "\n") {
			require.LessOrEqual(t, len([]rune(line)), 80, line)
		}
	}
}

// reason is what scripts read.
type reason struct {
	Invariant string  `json:"invariant"`
	At        float64 `json:"at_seconds"`
	Chain     []struct {
		At    *float64 `json:"at_seconds"`
		Kind  string   `json:"kind"`
		Who   string   `json:"who"`
		What  string   `json:"what"`
		Cause *int     `json:"cause_of"`

		Owner   string `json:"owner"`
		Claimed string `json:"claimed_sender"`
		True    string `json:"true_sender"`
	} `json:"chain"`
	Roots []struct {
		Name                  string
		Necessary, Sufficient bool
		Beside                bool `json:"enough_beside_necessary"`
	} `json:"roots"`
	Checks []struct {
		Device, Check string
		Stops         bool
	} `json:"checks"`
	Anyway bool        `json:"without_any"`
	Cuts   [][2]string `json:"cuts"`
}

func reasonOf(t *testing.T, args ...string) (r reason) {
	t.Helper()
	_, out, errors := tool(context.Background(), append([]string{"why", "--json"}, args...)...)
	require.NoError(t, json.Unmarshal([]byte(out), &r), errors)
	return r
}

// Two lies, each enough: neither is necessary, and only without both it does not
// happen. Worked out by hand: the level rises from 2 m by 1/60 m/s from when the pump
// runs, 10.002 s or 12 s, to 3 m one minute later.
func TestWhyOverDetermined(t *testing.T) {
	r := reasonOf(t, "testdata/why/two-lies.yaml")
	require.Equal(t, "not-high", r.Invariant)
	require.InDelta(t, 70.002, r.At, 1e-6)
	require.Equal(t, [][2]string{{"lie", "command"}}, r.Cuts)
	for _, root := range r.Roots {
		require.False(t, root.Necessary, root.Name)
		require.Equal(t, root.Name == "lie" || root.Name == "command", root.Sufficient, root.Name)
	}
	kinds := map[string]int{}
	for k, link := range r.Chain {
		kinds[link.Kind]++
		require.NotEmpty(t, link.What)
		if k == 0 {
			require.Equal(t, "violation", link.Kind)
			require.Nil(t, link.Cause)
			continue
		}
		require.Less(t, *link.Cause, k, "a cause stands after its effect")
	}
	require.Equal(t, map[string]int{"violation": 1, "physics": 1, "computed": 2, "message": 2, "decision": 1, "omission": 2, "injection": 4}, kinds)
}

// What did not happen is a cause: nobody told the pump to stop.
func TestWhyOmission(t *testing.T) {
	r := reasonOf(t, "testdata/why/omitted.yaml", "not-high")
	require.Len(t, r.Roots, 1)
	require.True(t, r.Roots[0].Necessary && r.Roots[0].Sufficient)
	last := r.Chain[len(r.Chain)-1]
	require.Equal(t, "injection", last.Kind)
	require.Contains(t, last.What, "kept plc from doing as it would")
	require.Equal(t, "omission", r.Chain[4].Kind)
	require.Contains(t, r.Chain[4].What, "pump was told nothing new by plc")

	stops := reasonOf(t, "testdata/why/omitted.yaml", "stops") // never came: violated at the end
	require.Equal(t, 180.0, stops.At)
	require.True(t, stops.Roots[0].Necessary)
}

// What happens without any injection is not blamed on one.
func TestWhyAnyway(t *testing.T) {
	r := reasonOf(t, "testdata/why/anyway.yaml")
	require.True(t, r.Anyway)
	require.Len(t, r.Roots, 1)
	require.False(t, r.Roots[0].Necessary || r.Roots[0].Sufficient)
}

// Both layers had to fail: each attack was necessary, neither enough.
func TestWhyBothNecessary(t *testing.T) {
	r := reasonOf(t, "tower/spoofed-gauge", "interlock-works")
	require.Len(t, r.Roots, 2)
	for _, root := range r.Roots {
		require.True(t, root.Necessary, root.Name)
		require.False(t, root.Sufficient, root.Name)
	}
	require.Empty(t, r.Cuts)
}

func TestWhyUsage(t *testing.T) {
	for _, test := range []struct {
		code int
		says string
		args []string
	}{
		{wrong, "did you mean interlock-works?", []string{"tower/spoofed-gauge", "interlock-work"}},
		{wrong, "there are no-overflow, interlock-works, gauge-is-true", []string{"tower/spoofed-gauge", "xyz"}},
		{wrong, "there is no scenario", []string{"nowhere"}},
		{wrong, "name one scenario", nil},
		{wrong, "exclude one another", []string{"tower/spoofed-gauge", "--json", "--dot"}},
		{wrong, "name one", []string{"swat/*"}},
		{asExpected, "no-overflow was not violated (holds)", []string{"tower/spoofed-gauge", "no-overflow"}},
		{asExpected, "No invariant of swat/normal was violated", []string{"swat/normal"}},
		{asExpected, "Why gauge-is-true was violated", []string{"tower/spoofed-gauge"}},
	} {
		code, out, err := tool(context.Background(), append([]string{"why"}, test.args...)...)
		require.Equal(t, test.code, code, "%v: %s%s", test.args, out, err)
		require.Contains(t, out+err, test.says)
	}
}

// A check of an honest device that refuses an honest message is a cause, with who was
// refused, by whom, and who answers for it.
func TestWhyRefused(t *testing.T) {
	r := reasonOf(t, "testdata/why/refused.yaml")
	var found bool
	for _, link := range r.Chain {
		if link.Kind == "check" {
			found = true
			require.Equal(t, "plc", link.Who)
			require.Equal(t, "door", link.True)
			require.Equal(t, "door", link.Claimed)
			require.Equal(t, "safety", link.Owner)
			require.Contains(t, link.What, "what door told plc for open")
		}
	}
	require.True(t, found)
}

// Who sent a message, whom it said it is from, which checks it passed, and what the
// steps before it were for.
func TestWhyEarned(t *testing.T) {
	r := reasonOf(t, "testdata/why/earned.yaml")
	var told, needed []string
	for _, link := range r.Chain {
		if link.Kind == "message" && link.True == "bug" {
			require.Equal(t, "hmi", link.Claimed)
			told = append(told, link.What)
		}
		if strings.Contains(link.What, "needed by") {
			needed = append(needed, link.What)
		}
	}
	require.Equal(t, []string{"bug as hmi told plc: high = 2.9 m, at 0m20.001s; passed in-range of plc"}, told)
	require.Equal(t, []string{"look attack (scan z), from 0m10.000s; needed by raise: that plc is there"}, needed)
	require.Equal(t, [][2]string{{"raise", "on"}}, r.Cuts)
	for _, root := range r.Roots {
		require.Equal(t, root.Name == "look", root.Necessary)
		require.Equal(t, root.Name != "look", root.Beside)
	}
}

// The one line of a run leads to an injection wherever one had influence that can be
// told, and to who answers for the device that it acted on.
func TestRunLeadsToInjection(t *testing.T) {
	for scenario, steps := range map[string][4]string{
		"reactor/triton-key-in-run":        {"in-band", "warm-water", "hmi-warns", "no-alarm"},
		"reactor/runaway":                  {"in-band", "A1", "no-runaway", "A1"},
		"tennessee/pressure-frozen-less-a": {"pressure-not-high", "A1", "no-shutdown", "A1"},
	} {
		s, err := scenarios.Load(scenario)
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		for k := 0; k < len(steps); k += 2 {
			chain, err := r.Why(steps[k])
			require.NoError(t, err)
			last := chain[len(chain)-1]
			require.Equal(t, sim.InjectionCause, last.Kind, steps[k])
			require.Equal(t, steps[k+1], r.Injections[last.Injection].Step.Name)
		}
	}
}

// The graph has an arrow for each link, and dot, where there is one, reads it.
func TestWhyDot(t *testing.T) {
	_, out, _ := tool(context.Background(), "why", "--dot", "testdata/why/two-lies.yaml")
	require.Equal(t, 12, strings.Count(out, " -> "))
	require.True(t, strings.HasPrefix(out, "digraph \"not-high\" {"))
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("no dot")
	}
	c := exec.Command(dot, "-Tsvg")
	c.Stdin = strings.NewReader(out)
	svg, err := c.CombinedOutput()
	require.NoError(t, err, string(svg))
	require.Contains(t, string(svg), "<svg")
}
