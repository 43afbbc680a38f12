package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

func readme(t *testing.T) string {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	return string(text)
}

// blocks returns the fenced blocks of a language.
func blocks(text, language string) (list []string) {
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

func TestReadmeScenarioRunsAsItSays(t *testing.T) {
	found := blocks(readme(t), "yaml")
	require.NotEmpty(t, found)
	for _, text := range found {
		s, err := scenarios.Parse("readme.yaml", []byte(text))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		assert.Empty(t, r.Unmet)
		for i := range r.Invariants {
			assert.False(t, r.Invariants[i].Vacuous, "%s of %s is never put to the test", r.Invariants[i].Name, s.Plan.Name)
		}
	}
}

// The README says what each mark of a story means, and how harmproof is installed before it is called.
func TestReadmeSaysWhatItUses(t *testing.T) {
	text := readme(t)
	legend, _, _ := strings.Cut(text[strings.Index(text, "- **Story**"):], "- **Invariant**")
	files, err := filepath.Glob("../../sim/report/*.go")
	require.NoError(t, err)
	marks := 0
	for _, file := range files {
		code, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`mark(?:: +"|, line.colour = ")(.)"`).FindAllStringSubmatch(string(code), -1) {
			marks++
			assert.Contains(t, legend, "`"+m[1]+"`", file)
		}
	}
	assert.Greater(t, marks, 12)
	install := strings.Index(text, "    go install ./cmd/harmproof\n")
	require.Positive(t, install)
	assert.NotRegexp(t, `(?m)^    harmproof |`+"`harmproof ", text[:install])
}

// The first command of the README, and the lines of output that it shows.
func TestReadmeFirstCommand(t *testing.T) {
	text := readme(t)
	first := regexp.MustCompile(`(?m)^    go run ./cmd/harmproof (.*)$`).FindStringSubmatch(text)
	require.NotEmpty(t, first)
	var out, err bytes.Buffer
	a := &app{out: &out, err: &err}
	require.Zero(t, a.execute(context.Background(), strings.Fields(first[1])), err.String())
	shown := blocks(text, "text")[0]
	for _, line := range strings.Split(strings.TrimSpace(shown), "\n") {
		if line != "..." {
			assert.True(t, strings.Contains(out.String(), line), "not in the output: %s", line)
		}
	}
}

// The attack that is earned, the lines of output that it shows, and what it says
// comes of it without the check.
func TestReadmeEarnedAttack(t *testing.T) {
	text := readme(t)
	scenario, shown := blocks(text, "yaml")[1], blocks(text, "text")[2]
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("laptop.yaml", []byte(scenario), 0o600))
	var out, err bytes.Buffer
	require.Zero(t, (&app{out: &out, err: &err}).execute(context.Background(), []string{"run", "laptop.yaml"}), err.String())
	for _, line := range strings.Split(strings.TrimSpace(shown), "\n") {
		if line != "..." {
			assert.Contains(t, out.String(), line)
		}
	}
	check := regexp.MustCompile(`(?m)^ +checks:.*\n.*\n`)
	require.Regexp(t, check, scenario)
	expected := regexp.MustCompile(`(?m)^ +set-points-up: \{by: range\}\n`)
	require.Regexp(t, expected, scenario)
	without := expected.ReplaceAllString(check.ReplaceAllString(scenario, ""), "")
	s, e := scenarios.Parse("laptop.yaml", []byte(without))
	require.NoError(t, e)
	r, e := sim.Run(context.Background(), s.Plan)
	require.NoError(t, e)
	full, e := r.Invariant("no-overflow")
	require.NoError(t, e)
	assert.Contains(t, text, "the tower is full at "+full.At.Short()[:len("5m25")]+"s")
}

func TestReadmeMistakes(t *testing.T) {
	want := blocks(readme(t), "text")[1]
	archive, err := os.ReadFile("../../scenarios/testdata/bad/two-mistakes.txtar")
	require.NoError(t, err)
	assert.Contains(t, string(archive), strings.TrimSpace(want))
}

// Every verb and flag that the README names exists.
func TestReadmeNamesWhatThereIs(t *testing.T) {
	text := readme(t)
	var verbs []string
	for _, v := range (&app{}).verbs() {
		verbs = append(verbs, v.name())
	}
	for _, m := range regexp.MustCompile("`harmproof ([a-z]+)").FindAllStringSubmatch(text, -1) {
		assert.Contains(t, verbs, m[1])
	}
	for _, name := range []string{"twins/tank", "sim/simtest", "sim/doc.go", "CHANGELOG.md"} {
		assert.Contains(t, text, name)
		_, err := os.Stat(filepath.Join("../..", name))
		assert.NoError(t, err)
	}
	test, err := os.ReadFile("../../scenarios/scenariotest/example_test.go")
	require.NoError(t, err)
	for _, code := range blocks(text, "go") {
		assert.Contains(t, string(test), code)
	}
}

// The outbreak, the lines of output that are shown, and the sets of barriers: they cost what
// is said, and the cheapest one holds.
func TestReadmeOutbreak(t *testing.T) {
	trials.Long(t)
	shown := blocks(readme(t), "text")
	var out, err bytes.Buffer
	require.Zero(t, (&app{out: &out, err: &err}).execute(context.Background(), []string{"run", "centrifuge/flat"}), err.String())
	for _, line := range strings.Split(strings.TrimSpace(shown[3]), "\n") {
		if line != "..." {
			assert.Contains(t, out.String(), line)
		}
	}
	s, e := load("centrifuge/flat")
	require.NoError(t, e)
	costs := map[string]float64{}
	for _, b := range s.Barriers() {
		costs[b.Name] = b.Cost
	}
	sets := regexp.MustCompile(`(?m)^  \d +(\d+) +\d+ +\d+  (.*)$`).FindAllStringSubmatch(shown[4], -1)
	require.Len(t, sets, 4)
	for _, set := range sets {
		sum := 0.0
		for _, name := range strings.Split(set[2], ", ") {
			require.Contains(t, costs, name)
			sum += costs[name]
		}
		assert.Equal(t, set[1], strconv.FormatFloat(sum, 'f', -1, 64), set[2])
	}
	p, e := s.Fortified(strings.Split(sets[0][2], ", ")...)
	require.NoError(t, e)
	r, e := sim.Run(context.Background(), p)
	require.NoError(t, e)
	for _, i := range r.Invariants {
		assert.NotEqual(t, monitor.Violated, i.Verdict, i.Name)
	}
}

// Who is harmed, and by whose word; and that nobody is where orders are signed.
func TestReadmeHarm(t *testing.T) {
	text := readme(t)
	_, shown, found := strings.Cut(text, "```text\nHarm\n")
	require.True(t, found)
	shown, _, _ = strings.Cut(shown, "```")
	var out, err bytes.Buffer
	require.Zero(t, (&app{out: &out, err: &err}).execute(context.Background(), []string{"run", "insulin/rogue-bolus"}), err.String())
	for _, line := range strings.Split(strings.TrimSpace(shown), "\n") {
		if line != "..." {
			assert.Contains(t, out.String(), line)
		}
	}
	out.Reset()
	require.Zero(t, (&app{out: &out, err: &err}).execute(context.Background(), []string{"run", "insulin/rogue-bolus-checked"}), err.String())
	assert.Contains(t, out.String(), "unharmed")
	assert.NotContains(t, out.String(), "of 4) at")
}

// What is shown of a block of the README is in what the command writes, line by line.
func showsBlock(t *testing.T, begins, command string) {
	_, shown, found := strings.Cut(readme(t), "```text\n"+begins)
	require.True(t, found)
	shown, _, _ = strings.Cut(begins+shown, "```")
	var out, err bytes.Buffer
	require.Zero(t, (&app{out: &out, err: &err}).execute(context.Background(), strings.Fields(command)), err.String())
	for _, line := range strings.Split(strings.TrimSpace(shown), "\n") {
		if line != "..." {
			assert.Contains(t, out.String(), line)
		}
	}
}

// What can be learnt by whom.
func TestReadmePrivacy(t *testing.T) { showsBlock(t, "Privacy  ", "run town/habits-learnt") }

// The ranks of the barriers that are shown are those that are found.
func TestReadmeBarriers(t *testing.T) {
	trials.OptIn(t)
	text := readme(t)
	command := regexp.MustCompile(`(?m)^    harmproof (harden \S+)`).FindStringSubmatch(text)
	require.NotEmpty(t, command)
	var out, err bytes.Buffer
	require.Zero(t, (&app{out: &out, err: &err}).execute(context.Background(), append(strings.Fields(command[1]), "--best", "4")), err.String())
	assert.Contains(t, out.String(), blocks(text, "text")[4])
}
