package scenarios

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/report"
)

// Whatever attack or fault harm needed, as runs without it show, is named with it, and what made that possible as well.
func TestHarmNamesWhatItNeeded(t *testing.T) {
	for name, means := range map[string]string{
		"robot-cell/stop-suppressed": "", "tennessee/overpressure-burst": "", "home/alarm-suppressed": "into-hub",
	} {
		s, err := Load(name)
		r := explained(t, s, err)
		k := slices.IndexFunc(r.Harm, func(h sim.HarmResult) bool { return h.Severity > 0 })
		require.GreaterOrEqual(t, k, 0, name)
		h := &r.Harm[k]
		by := h.Harms[slices.IndexFunc(h.Harms, func(x sim.HarmedBy) bool { return x.Exposure == h.Exposure })]
		f, err := why.Explain(context.Background(), s.Plan, r, by.Worst().Name, why.Options{})
		require.NoError(t, err)
		named := append(slices.Concat(h.Let, h.Means), h.Causes[len(h.Causes)-1].Injection)
		needed := 0
		for _, root := range f.Roots {
			if root.Necessary && r.Injections[root.Injection].Step.Kind != inject.Act {
				assert.Contains(t, named, root.Injection, "%s: %s", name, root.Name)
				needed++
			}
		}
		assert.Positive(t, needed, name)
		var possible []string
		for _, step := range h.Means {
			possible = append(possible, r.Injections[step].Step.Name)
		}
		assert.Equal(t, means, strings.Join(possible, " "), name)
	}
}

// pressedTogether is a hand between two machines, which an attacker closes; it bears 140 N (ISO/TS 15066).
const pressedTogether = `scenario: together
run: 10s
system:
  devices:
    left: {is: custom, signals: {force: {start: 0 N}}}
    right: {is: custom, signals: {force: {start: 0 N}}}
    jim: {is: person, region: hand, contact: left.force + right.force}
timeline:
  - {name: one, at: 2s, attack: modify, signal: left.force, value: %s}
  - {name: two, at: 3s, attack: modify, signal: right.force, value: 100 N}
`

// No step is said to have begun harm where several are on the way to it, as it may not have been needed; who wants to know
// is told how to find out.
func TestHarmIsTracedToSeveralSteps(t *testing.T) {
	for force, want := range map[string][]string{
		"100 N": {"traced to  one attack (modify), ASSUMED, at 0m02.000s, two attack (modify), ASSUMED, at 0m03.000s", "which it needed  harmproof why together.yaml jim.contact"},
		"1 N":   {}, // 101 N are no harm
		"150 N": {"began with  one attack (modify), ASSUMED, at 0m02.000s\n"},
	} {
		s, err := Parse("together.yaml", fmt.Appendf(nil, pressedTogether, force))
		r := explained(t, s, err)
		var text bytes.Buffer
		require.NoError(t, report.Text(&text, r, report.Options{Width: 200}))
		for _, line := range want {
			assert.Contains(t, text.String(), line, force)
		}
		for _, head := range []string{"began with", "traced to", "which it needed"} {
			said := slices.ContainsFunc(want, func(line string) bool { return strings.HasPrefix(line, head) })
			assert.Equal(t, said, strings.Contains(text.String(), head), "%s: %s", force, head)
		}
	}
}
