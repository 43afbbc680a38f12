package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/report"
)

// An opt-out concerns nobody who holds data by contract or law, and what a store may keep is one line.
func TestPrivacyLines(t *testing.T) {
	r := town(t, `
scenario: lines
run: 10d
system:
  purposes: [ads, bills]
  subjects: {customer: {count: 4, traits: {name: {values: own}, street: {values: 3}, city: {values: 2}}}}
  devices:
    portal: {is: portal, count: 4}
    crm: {is: store, holds: {name: {purpose: bills, basis: contract}}, erases: portal.erasure}
    flyers: {is: store, holds: {name: {purpose: ads}, street: {purpose: ads}}}
    wall: {is: store, holds: {street: {purpose: bills}}}
    books: {is: store, holds: {name: {basis: legal-obligation, keep_for: 3650d}, street: {basis: legal-obligation, keep_for: 3650d}, city: {basis: legal-obligation, keep_for: 30d}}}
timeline:
  - {at: 1d, act: ask, person: 'customer[1]', right: opt-out, purpose: ads, with: portal}
  - {at: 2d, act: ask, person: 'customer[1]', right: erasure, with: portal}
invariants:
  known: {always: "max(holders(customer)) < 9"}
`)
	var text strings.Builder
	require.NoError(t, report.Text(&text, r, report.Options{All: true, Width: 79}))
	plain := strings.Join(strings.Fields(text.String()), " ")
	assert.Contains(t, plain, "opt-out 1 person asked for it; nobody can ask flyers ")
	assert.Contains(t, plain, "; nobody can ask flyers, wall, books")
	assert.Contains(t, plain, "may be kept name, street of 1 person who asked for erasure, by books: legal-obligation, for 3650d")
	assert.Contains(t, plain, "may be kept city of 1 person who asked for erasure, by books: legal-obligation, for 30d")
	assert.Equal(t, 2, strings.Count(plain, "may be kept"))
}

// Of an empty store k and l are as many as there are people, so that what is wanted of them holds; they are those of
// who is there from when somebody is.
func TestNobodyHides(t *testing.T) {
	const text = `
scenario: nobody
run: 2d
system:
  subjects: {resident: {count: 12, traits: {street: {kind: quasi, values: own}, ill: {kind: sensitive, values: 3}}}}
  devices:
    crm: {is: store, holds: {street: 0%, ill: SHARE}}
invariants:
  k: {always: 'k_anonymity(crm) >= 5'}
  l: {always: 'l_diversity(crm, ill) >= 2'}
  t: {always: 't_closeness(crm, ill) <= 0.1'}
  u: {always: 'unique_share(crm) <= 0.1'}
`
	for share, margins := range map[string][4]float64{"0%": {12 - 5, 12 - 2, 0.1, 0.1}, "8%": {1 - 5, 1 - 2, 0.1, 0.1 - 1}} {
		r := town(t, strings.Replace(text, "SHARE", share, 1))
		for i, name := range []string{"k", "l", "t", "u"} {
			v, err := r.Invariant(name)
			require.NoError(t, err)
			assert.InDelta(t, margins[i], v.Margin, 1e-12, "%s of %s", name, share)
		}
	}
}
