package scenarios

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/compile"
	formula "github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// pasteable is the tower with what the examples of topics speak of.
const pasteable = tower + "    inlet: {is: valve, rate: 1 m3/h, travel: 10s, open: plc.command}\n"

const zoned = `  zones: {field: [tower, draw, pump, gauge, inlet], control: [plc]}
  conduits: {uplink: {joins: [field, control]}}
`

// margined puts a margin before each line.
func margined(margin, text string) string {
	return margin + strings.ReplaceAll(strings.Trim(text, "\n"), "\n", "\n"+margin) + "\n"
}

// belowIntruder is where examples of earned attacks can be pasted.
const belowIntruder = "below `timeline:` of the file in `harmproof doc attackers`"

// belowOutbreak is where examples of malware can be pasted.
const belowOutbreak = "below `timeline:` of the file in `harmproof doc malware`"

// belowTown is where examples about data can be pasted.
const belowTown = "below `timeline:` of the file in `harmproof doc data`"

// townOf is the example of data about people.
func townOf(tb testing.TB) string { return topic(tb, "data").Example }

// outbroken is the example of malware.
func outbroken(tb testing.TB) string { return topic(tb, "malware").Example }

// intruded is the example of attackers with more steps.
func intruded(tb testing.TB, steps string) string {
	return strings.Replace(topic(tb, "attackers").Example, "timeline:\n", "timeline:\n"+margined("  ", steps), 1)
}

// example returns the example of a topic in a scenario in which it can be pasted; it
// is none where the example is a file of its own.
func example(t testing.TB, topic *Topic) (text string, ok bool) {
	switch topic.Below {
	case "timeline:", "invariants:":
		return pasteable + zoned + topic.Below + "\n" + margined("  ", topic.Example), true
	case "system:":
		return pasteable + margined("  ", topic.Example), true
	case "at the left margin":
		return pasteable + topic.Example, true
	case belowIntruder:
		return intruded(t, topic.Example), true
	case belowTown:
		return strings.Replace(townOf(t), "timeline:\n", "timeline:\n"+margined("  ", topic.Example), 1), true
	case belowOutbreak:
		return strings.Replace(outbroken(t), "timeline:\n", "timeline:\n"+margined("  ", topic.Example), 1), true
	}
	return topic.Example, false
}

// pasted loads a scenario with the example of a topic in it.
func pasted(t *testing.T, topic *Topic) (*Scenario, error) {
	text, ok := example(t, topic)
	if ok {
		return Parse("test.yaml", []byte(text))
	}
	t.Chdir(t.TempDir())
	_, system, _ := strings.Cut(pasteable, "seed: 3\n")
	require.NoError(t, os.WriteFile("system.yaml", []byte(system), 0o600))
	require.NoError(t, os.WriteFile("own.yaml", []byte(text), 0o600))
	return Load("own.yaml")
}

// The example of every topic can be pasted, and its steps take effect.
func TestExamplesOfTopicsRun(t *testing.T) {
	trials.Long(t)
	for _, topic := range Topics() {
		t.Run(topic.Name, func(t *testing.T) {
			s, err := pasted(t, &topic)
			require.NoError(t, err)
			assert.Empty(t, s.Warnings)
			r, err := sim.Run(context.Background(), s.Plan)
			require.NoError(t, err)
			for _, i := range r.Injections {
				assert.True(t, i.Outcome == inject.Applied || i.Expected, "%s: %v: %s", i.Step.Name, i.Outcome, i.Why)
			}
			assert.Empty(t, r.Unmet)
		})
	}
}

// Every injection has a page, every page is of something, and each says what it
// needs within a terminal's width.
func TestTopics(t *testing.T) {
	seen := map[string]*Topic{}
	for _, topic := range Topics() {
		seen[topic.Name] = &topic
		for line := range strings.Lines(topic.Text + "\n" + margined("  ", topic.Example)) {
			assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), 80, "%s: %s", topic.Name, line)
		}
		assert.NotEmpty(t, topic.Summary, topic.Name)
		assert.NotEmpty(t, topic.Text, topic.Name)
		assert.NotEmpty(t, topic.Example, topic.Name)
	}
	for _, class := range []string{"attack", "fault", "act"} {
		for _, name := range compile.Injections(class) {
			if assert.Contains(t, seen, name) {
				classes, _, _ := strings.Cut(seen[name].Summary, ": ")
				assert.Contains(t, strings.Split(classes, ", "), class, name)
				assert.Contains(t, seen[name].Example, class+": "+name)
			}
		}
	}
	catalog, err := Catalog()
	require.NoError(t, err)
	for _, k := range catalog.Kinds() {
		assert.NotContains(t, seen, k.Name, "a kind and a topic of one name")
	}
	for _, usage := range formula.Operators() {
		name, _, _ := strings.Cut(usage, "(")
		assert.Contains(t, seen["formula"].Text, "  "+name+"(")
	}
	files, err := filepath.Glob("topics/*.txt")
	require.NoError(t, err)
	assert.Len(t, files, len(seen))
}
