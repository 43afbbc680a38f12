package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// taught is a store that somebody may read, and attackers who take things.
const taught = `
scenario: taught
run: 3d
system:
  subjects: {patient: {count: 10, traits: {name: {values: own}, ill: {kind: sensitive, values: 2}}}}
  devices:
    meter: {is: telemetry, count: 10, every: 6h}
    laptop: {is: custom, signals: {x: {start: 0}}}
    pc: {is: custom, signals: {x: {start: 0}}}
    records: {is: store, owner: clinic, key: k, keeps: forever, remote: word, readers: [insurer], holds: {name: all}, takes: {load: {from: meter.reading}}}
    other: {is: store, owner: shop, keeps: forever, remote: word, holds: {ill: all}}
  credentials: {word: {held_by: [records]}}
  attackers: {thief: {at: laptop, knows: all, holds: [word]}, burglar: {at: pc, knows: all, holds: [word]}}
timeline:
  - {at: 10h, name: in, attack: login, technique: T0859, from: laptop, to: other}
  - {at: 11h, name: take, attack: steal, technique: T0811, from: laptop, device: other}
invariants:
  insurer: {never: 'can_learn(insurer, patient[3], load)'}
  thief: {never: 'can_learn(thief, patient[3], load)'}
  burglar: {never: 'can_learn(burglar, patient[3], load)'}
`

// Behind what somebody can learn is what was done with the stores that they learn it of, and what they took
// themselves: no theft of somebody else, of that store or of another one.
func TestWhoLearnsIsNotLedByTheftsOfOthers(t *testing.T) {
	of := func(text, invariant string) (roots []string) {
		r := town(t, text, sim.Explain())
		i, err := r.Invariant(invariant)
		require.NoError(t, err)
		require.NotNil(t, i.Tree, "%s is violated", invariant)
		for _, root := range i.Tree.Roots {
			roots = append(roots, r.Injections[root.Injection].Step.Name)
		}
		chain, err := r.Why(invariant)
		require.NoError(t, err)
		if last := chain[len(chain)-1]; len(roots) == 0 {
			assert.Equal(t, -1, last.Injection, "%s: what run says leads nowhere either", invariant)
		} else {
			require.GreaterOrEqual(t, last.Injection, 0)
			assert.Contains(t, roots, r.Injections[last.Injection].Step.Name)
		}
		return roots
	}
	assert.Empty(t, of(strings.Replace(taught, "10h, name: in", "1h, name: in", 1), "insurer"), "another store was robbed")
	early := strings.NewReplacer("10h, name: in", "1h, name: in", "at: 11h", "at: 2h", "to: other", "to: records", "device: other", "device: records").Replace(taught)
	assert.Empty(t, of(early, "insurer"), "the thief took that very store")

	own := strings.NewReplacer("to: other", "to: records", "device: other", "device: records").Replace(taught)
	assert.Equal(t, []string{"in", "take"}, of(own, "thief"))
	two := strings.NewReplacer("invariants:", `  - {at: 10h30m, name: also-in, attack: login, technique: T0859, from: pc, to: records}
  - {at: 10h40m, name: also, attack: steal, technique: T0811, from: pc, device: records}
invariants:`).Replace(own)
	assert.Equal(t, []string{"in", "take"}, of(two, "thief"))
	assert.Equal(t, []string{"also-in", "also"}, of(two, "burglar"))
}
