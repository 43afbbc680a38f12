package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/report"
)

// controllers are two shops with one portal; the first one passes on what it was asked to a warehouse.
const controllers = `
scenario: controllers
run: 100d
seed: 1
system:
  purposes: [ads]
  subjects:
    customer: {count: 4, traits: {name: {values: own}}}
  devices:
    portal: {is: portal, count: 4}
    meter: {is: telemetry, every: 6h, count: 4}
    shop: {is: store, owner: one, keeps: forever, holds: {name: {purpose: ads}}, takes: {visits: {from: meter.reading, purpose: ads}}, erases: {on: portal.erasure, after: 1d}, stops: portal.opt_out, answers: {on: portal.access, after: 1d}}
    depot: {is: store, owner: depot, holds: {name: all}, erases: shop.erased}
    other: {is: store, owner: two, keeps: forever, holds: {name: {purpose: ads}}, takes: {visits: {from: meter.reading, purpose: ads}}, erases: {on: portal.erasure, after: %s}, stops: portal.opt_out, answers: {on: portal.access, after: 1d}}
timeline:
%s
invariants:
  forgotten: {always: 'kept_after_erasure("30 d") == 0'}
  extended: {always: 'kept_after_erasure("30 d", "60 d") == 0'}
  left-alone: {always: 'collected_after_opt_out("1 d") == 0'}
  answered: {always: 'unanswered("30 d") == 0'}
`

func controlled(t *testing.T, after string, acts ...string) *sim.Result {
	t.Helper()
	return town(t, fmt.Sprintf(controllers, after, strings.Join(acts, "\n")))
}

// items is what stores hold at the end.
func items(t *testing.T, r *sim.Result) (shop, depot, other int) {
	return int(stored(t, r, "shop").Items), int(stored(t, r, "depot").Items), int(stored(t, r, "other").Items)
}

// Who asks one shop is not forgotten by the other one, which nobody asked; what the first one passes on is heeded.
func TestAskedOfOne(t *testing.T) {
	const visits = 400 // in 100 days
	r := controlled(t, "1d", "  - {at: 10d, act: ask, person: 'customer[1]', right: erasure, with: portal, to: one}")
	shop, depot, other := items(t, r)
	assert.Equal(t, [3]int{3 * (1 + visits), 3, 4 * (1 + visits)}, [3]int{shop, depot, other})
	for _, v := range r.Invariants {
		assert.Equal(t, "holds", v.Verdict.String(), v.Name)
	}
	erasure := r.Privacy.Rights[data.Erasure]
	assert.Zero(t, erasure.Unasked)
	assert.Equal(t, []bool{true, false, false}, []bool{erasure.Stores[0].Concerned, erasure.Stores[1].Concerned, erasure.Stores[2].Concerned})
	var text strings.Builder
	require.NoError(t, report.Text(&text, r, report.Options{All: true, Width: 79}))
	assert.Contains(t, text.String(), "customer[1] asks one for erasure")
	assert.NotContains(t, text.String(), "nobody can ask")
	// By the name of a store; and both, one after the other.
	r = controlled(t, "1d", "  - {at: 10d, act: ask, person: 'customer[1]', right: erasure, with: portal, to: other}", "  - {at: 20d, act: ask, person: 'customer[1]', right: erasure, with: portal, to: shop}")
	shop, depot, other = items(t, r)
	assert.Equal(t, [3]int{3 * (1 + visits), 3, 3 * (1 + visits)}, [3]int{shop, depot, other})
}

// Who asks all is kept by the warehouse where the other shop alone is asked, and each right is of those asked.
func TestRightsOfOne(t *testing.T) {
	r := controlled(t, "1d",
		"  - {at: 10d, act: ask, person: 'customer[1]', right: opt-out, with: portal, to: two}",
		"  - {at: 10d, act: ask, person: 'customer[2]', right: access, with: portal, to: two}",
	)
	const visits, before = 400, 40
	assert.Equal(t, 4*(1+visits), int(stored(t, r, "shop").Items))
	assert.InDelta(t, 3*(1+visits)+1+before, int(stored(t, r, "other").Items), 1)
	assert.EqualValues(t, 1, r.Privacy.Rights[data.Access].Stores[2].Done)
	assert.Zero(t, r.Privacy.Rights[data.Access].Stores[0].Done)
	for _, v := range r.Invariants {
		assert.Equal(t, "holds", v.Verdict.String(), v.Name)
	}
}

// A store that told people within a month that it takes two months longer has that time, and no more; one that
// told them later, or not at all, has not.
func TestExtendedErasure(t *testing.T) {
	at := func(after string) (forgotten, extended float64) {
		r := controlled(t, after, "  - {at: 2d, act: ask, person: 'customer[1]', right: erasure, with: portal, to: two}")
		for i, name := range []string{"forgotten", "extended"} {
			v, err := r.Invariant(name)
			require.NoError(t, err)
			day := -1.
			if v.Verdict.String() == "violated" {
				day = v.At.Seconds() / 86400
			}
			if i == 0 {
				forgotten = day
			} else {
				extended = day
			}
		}
		return forgotten, extended
	}
	for after, want := range map[string][2]float64{
		"70d":                                  {32, 32},
		"70d, extends: {by: 60d, after: 29d}":  {32, -1},
		"70d, extends: {by: 60d, after: 31d}":  {32, 32}, // too late
		"70d, extends: {by: 20d, after: 3d}":   {32, 52}, // as long as was said
		"95d, extends: {by: 200d, after: 20d}": {32, 92}, // as long as may be
	} {
		forgotten, extended := at(after)
		assert.InDelta(t, want[0], forgotten, 1e-5, after)
		assert.InDelta(t, want[1], extended, 1e-5, after)
	}
}
