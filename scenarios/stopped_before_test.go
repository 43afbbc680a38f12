package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// written replaces words in a text, in pairs.
func written(text string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(text) }

// What comes after a step begins once that one is over, also if it was stopped: by what
// its attacker lacks, by the way, by a check, or on the network. Where
// it needs that one it does not begin.
func TestAfterAStepThatWasStopped(t *testing.T) {
	const text = `scenario: followed
run: 1m
system:
  devices:
    a: {is: custom, signals: {n: {start: 0}}}
    b: {is: custom, inputs: {k: a.n}, remote: [secret], signals: {x: {start: 0}}, checks: [{range: [0, 5], of: k, name: small}]}
    far: {is: custom, signals: {}}
    laptop: {is: custom, signals: {}}
  credentials: {secret: {kind: password, held_by: [a], guesses: 10}, key: {kind: key, held_by: [a]}}
  attackers: {intruder: {at: laptop, knows: [b, far]}}
  zones: {here: [a, b, laptop], there: [far]}
  conduits: {wire: {joins: [here, there], RULES}}
timeline:
  - {at: 10s, name: first, attack: FIRST}
  - {after: first, delay: 2s, name: second, act: set, signal: b.x, value: 3}
expect: {stopped: {first: {by: BY}}, not-triggered: [NEVER]}
`
	for by, test := range map[string]struct {
		first, rules string
		known        vtime.Duration // when it is known what became of the first
	}{
		"foothold":   {"connect, from: b, to: a", "loss: 0%", 0},
		"knowledge":  {"connect, from: laptop, to: a", "loss: 0%", 0},
		"session":    {"pivot, from: laptop, to: b", "loss: 0%", 0},
		"credential": {"login, from: laptop, to: b, with: key", "loss: 0%", 0},
		"wire":       {"connect, from: laptop, to: far", "rules: []", 0},
		"network":    {"connect, from: laptop, to: far", "loss: 100%", 0},
		"small":      {"command, from: laptop, signal: b.k, value: 9", "loss: 0%", vtime.Millisecond},
	} {
		t.Run(by, func(t *testing.T) {
			whole := written(text, "FIRST", test.first, "RULES", test.rules, "BY", by)
			r, _ := ranText(t, written(whole, ", not-triggered: [NEVER]", ""))
			require.Equal(t, []string{"stopped by " + by, "applied"}, outcomes(r))
			require.Equal(t, vtime.Time(12*vtime.Second).Add(test.known), r.Injections[1].Applied)

			r, _ = ranText(t, written(whole, "delay: 2s", "delay: 2s, needs: first", "NEVER", "second"))
			require.Equal(t, []string{"stopped by " + by, "not-triggered"}, outcomes(r))
			require.Empty(t, r.Unmet)
		})
	}
}
