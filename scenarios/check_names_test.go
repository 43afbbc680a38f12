package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// A device with two checks of one kind; %s are its checks.
const namedText = `scenario: named
run: 20s
system:
  devices:
    a: {is: custom, signals: {n: {start: 0}}}
    b: {is: custom, inputs: {k: a.n}, signals: {x: {start: 0}}, checks: [CHECKS]}
    laptop: {is: custom, signals: {}}
  attackers: {intruder: {at: laptop, knows: [b]}}
timeline:
  - {at: 5s, attack: command, from: laptop, signal: b.k, value: 7}
invariants:
  untouched: {always: 'told(a.n, b) < 5'}
`

// A check is named by itself, or by its kind, with a number from the second on.
func TestAStepIsStoppedByTheNameOfACheck(t *testing.T) {
	for checks, by := range map[string]string{
		"{range: [0, 5], of: k}":                                             "range",
		"{range: [0, 9], of: k}, {range: [0, 5], of: k}":                     "range-2",
		"{range: [0, 9], of: k}, {range: [0, 5], of: k, name: narrow}":       "narrow",
		"{range: [0, 9], of: k, name: wide}, {range: [0, 5], of: k}":         "range",
		"{range: [0, 9], of: k}, {change: 9, of: k}, {range: [0, 5], of: k}": "range-2",
		"{range: [0, 9], of: k, name: range-2}, {range: [0, 5], of: k}":      "range",
		"{fresh: 1s}, {range: [0, 5], of: k}, {range: [0, 4], of: k}":        "range",
		"{range: [0, 5], of: k, off: true}, {range: [0, 6], of: k}":          "range-2",
	} {
		r, _ := ranText(t, written(namedText, "CHECKS", checks)+"expect: {stopped: {A1: {by: "+by+"}}}\n")
		require.Equal(t, []string{"stopped by " + by}, outcomes(r), checks)
		require.Empty(t, r.Unmet, checks)
	}
}

// A check that is off judges nothing, whatever it is; it is there to be tried.
func TestACheckThatIsOff(t *testing.T) {
	run := func(check string) (*sim.Result, string) {
		r, _ := ranText(t, written(namedText, "CHECKS", check)+"expect: {violated: {untouched: {}}}\n")
		return r, outcomes(r)[0]
	}
	for _, check := range []string{
		"{range: [0, 5], of: k}", "{authorise: [{who: a}]}", "{fresh: 1ns}", "{plausible: k < 5, of: k}", "{interlock: x > 0}",
		"{two-person: [a, laptop], within: 1s}", "{range: [0, 5], of: k, reaction: clamp}", "{range: [0, 5], of: k, reaction: trip}",
	} {
		on, _ := run(check)
		require.NotEmpty(t, on.Decisions, check)
		off, outcome := run(check[:len(check)-1] + ", off: true}")
		require.Empty(t, off.Decisions, check)
		require.Equal(t, "applied", outcome, check)
		verdict, err := off.Verdict("untouched")
		require.NoError(t, err)
		require.Equal(t, "violated", verdict.String(), check)
	}
}
