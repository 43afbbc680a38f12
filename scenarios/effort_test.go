package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A file that would keep somebody waiting for minutes is refused: with more people, for longer, by more thefts,
// each of which is looked at; not where what is kept is short, or nobody asks.
func TestWhoWasWhereIsBounded(t *testing.T) {
	text := func(people, days, thefts int, keeps, asks string) string {
		var steps strings.Builder
		for i := range thefts {
			fmt.Fprintf(&steps, "  - {at: %dm, attack: steal, technique: T0811, from: a, device: a}\n", i+1)
		}
		return fmt.Sprintf(`
scenario: bounded
run: %dd
system:
  subjects: {resident: {count: %d, moves: {across: 6 km, cell: 1 km}, traits: {name: {values: own}}}}
  devices:
    phone: {is: telemetry, every: 1h, count: %[2]d, as_rate: true}
    a: {is: store, keeps: %[3]s, takes: {seen: {from: phone.reading, precision: {time: 1h, space: 1 km}}}}
  attackers: {thief: {at: a}}
timeline:
%s
invariants:
  u: {always: '%s'}
`, days, people, keeps, steps.String(), asks)
	}
	const asks = "unicity(a, 4) <= 1"
	for _, x := range []struct {
		text    string
		refused bool
	}{
		{text(1000, 100, 1, "forever", asks), false},
		{text(1000, 170, 1, "forever", asks), true},
		{text(2500, 100, 1, "forever", asks), true},
		{text(1000, 100, 600, "forever", asks), true},
		{text(2500, 100, 1, "10d", asks), false},
		{text(2500, 100, 1, "forever", "stolen(a) >= 0"), false},
	} {
		_, err := Parse("test.yaml", []byte(x.text))
		if !x.refused {
			require.NoError(t, err)
			continue
		}
		require.Error(t, err)
		assert.Contains(t, err.Error(), "it may take 10 s")
	}
}
