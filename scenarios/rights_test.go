package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/report"
)

// Three rights stop three sets of bases: consent is withdrawn (GDPR Art. 7(3)), what is done in the public
// or a legitimate interest is objected to (Art. 21(1)), and an opt-out is of consent and legitimate interest.
// A store from which nothing is asked so did nothing.
func TestWhatARightStops(t *testing.T) {
	stops := map[data.Right][]data.Basis{
		data.OptOut: {data.Consent, data.LegitimateInterest}, data.Withdrawal: {data.Consent}, data.Objection: {data.PublicTask, data.LegitimateInterest},
	}
	articles := map[data.Right]string{data.OptOut: "GDPR Art. 7(3), 21(3)", data.Withdrawal: "GDPR Art. 7(3)", data.Objection: "GDPR Art. 21(1)"}
	for _, right := range []data.Right{data.OptOut, data.Withdrawal, data.Objection} {
		var stores strings.Builder
		for i, basis := range data.Bases() {
			fmt.Fprintf(&stores, "    s%d: {is: store, keeps: forever, takes: {load: {from: meter.reading, basis: %s}}, stops: %s}\n", i, basis, []string{"phone.opt_out", "s0.opted_out"}[i%2])
		}
		r := town(t, `
scenario: rights
run: 20d
system:
  subjects: {resident: {count: 3, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, every: 1h, count: 3}
    phone: {is: portal, count: 3}
`+stores.String()+`
timeline:
  - {at: 10d, act: ask, person: 'resident[1]', right: `+right.String()+`, with: phone}
invariants:
  alone: {always: 'collected_after_opt_out("1 h") == 0'}
`)
		assert.Equal(t, articles[right], r.Invariants[0].Article, right)
		assert.Equal(t, "holds", r.Invariants[0].Verdict.String(), right)
		for i := range data.Bases() {
			ended := uint64(0)
			for _, b := range stops[right] {
				if int(b) == i {
					ended = 1
				}
			}
			// Every hour one item of each of three people in 20 days; of one of them in 10.
			assert.EqualValues(t, 3*20*24-ended*10*24, r.Privacy.Stores[i].Came, "%v of %v", right, data.Basis(i))
			of := &r.Privacy.Rights[right].Stores[i]
			assert.Equal(t, ended, of.Done, "%v of %v", right, data.Basis(i))
			assert.Equal(t, ended == 1, of.Concerned, "%v of %v", right, data.Basis(i))
		}
		assert.EqualValues(t, len(stops[right]), r.Privacy.Rights[right].Done)
		assert.Len(t, r.Privacy.Stories, len(stops[right]), "the story tells of those that did something")
	}
}

// What goes on after somebody objected is told as that, and violates.
func TestObjectionIgnored(t *testing.T) {
	r := town(t, `
scenario: ignored
run: 20d
system:
  subjects: {resident: {count: 3, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, every: 1h, count: 3}
    office: {is: store, keeps: forever, takes: {load: {from: meter.reading, basis: public-task}}}
timeline:
  - {at: 10d, act: ask, person: 'resident[1]', right: object}
  - {at: 11d, act: ask, person: 'resident[2]', right: withdraw}
invariants:
  alone: {always: 'collected_after_opt_out("0 h") == 0'}
`)
	require.Equal(t, "violated", r.Invariants[0].Verdict.String())
	var text strings.Builder
	require.NoError(t, report.Text(&text, r, report.Options{All: true, Width: 200}))
	assert.Contains(t, text.String(), "office took load of resident[1], who had objected at 10d")
	assert.Contains(t, text.String(), "no request for objection can come to office")
	assert.Contains(t, text.String(), "GDPR Art. 7(3), 21(1)")
}

// What stores did is counted to the last of more than a thousand, and known of each of them; a deed that
// repeats one is not measured from the first request.
func TestThousandsAsk(t *testing.T) {
	r := town(t, `
scenario: thousands
run: 60d
system:
  subjects: {p: {count: 1500, traits: {name: {values: own}}}}
  devices:
    phone: {is: portal, count: 1500}
    a: {is: store, holds: {name: all}, erases: {on: phone.erasure, after: 2d}, answers: phone.access}
    b: {is: store, holds: {name: all}, answers: {on: phone.access, after: 3d}, erases: a.erased}
timeline:
  - {at: 1d, act: ask, person: p, right: erasure, with: phone}
  - {at: 4d, act: ask, person: p, right: access, with: phone}
  - {at: 30d, act: ask, person: p, right: erasure, with: phone}
`)
	erasure, access := &r.Privacy.Rights[data.Erasure], &r.Privacy.Rights[data.Access]
	assert.EqualValues(t, 2*1500+1500, erasure.Done, "a did it twice for each, and told b once")
	assert.EqualValues(t, 2*1500, access.Done)
	for i, of := range erasure.Stores {
		assert.EqualValues(t, 1500*(2-i), of.Done, of.Store)
		assert.EqualValues(t, 1500, of.Items, of.Store)
		assert.Zero(t, of.Unasked)
		assert.InDelta(t, 2*86400, of.Latest.Seconds(), 10, "not from the first request to the second deed")
		assert.InDelta(t, []float64{32, 3}[i]*86400, of.Last.Seconds(), 10)
	}
	assert.EqualValues(t, 1500, access.Stores[1].Done)
	assert.InDelta(t, 3*86400, access.Stores[1].Latest.Seconds(), 10)
}
