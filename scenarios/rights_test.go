package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
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

// A store that stops for one purpose has not stopped for another: what nobody told it is not what it did. One
// that stopped for all has.
func TestStoppedForAnotherPurpose(t *testing.T) {
	for first, want := range map[string]string{
		", purpose: billing": "office has met no request for opt-out (research) of resident[1] so far",
		"":                   "office met the request for opt-out",
	} {
		r := town(t, `
scenario: purposes
run: 20d
system:
  purposes: [billing, research]
  subjects: {resident: {count: 3, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, every: 1h, count: 3}
    phone: {is: portal, count: 3}
    office:
      is: store
      keeps: forever
      takes: {load: {from: meter.reading, purpose: billing}, pattern: {from: meter.reading, purpose: research}}
      stops: {on: phone.opt_out, after: 2d}
timeline:
  - {at: 9d, act: ask, person: 'resident[1]', right: opt-out, purpose: research}
  - {at: 10d, act: ask, person: 'resident[1]', right: opt-out, with: phone`+first+`}
invariants:
  alone: {always: 'collected_after_opt_out("4 d") == 0'}
  counted: {always: 'collected_after_opt_out("1 d") == 0'}
`)
		var text strings.Builder
		require.NoError(t, report.Text(&text, r, report.Options{All: true, Width: 200}))
		require.Equal(t, "violated", r.Invariants[1].Verdict.String())
		if first == "" {
			require.Equal(t, "holds", r.Invariants[0].Verdict.String())
			continue
		}
		require.Equal(t, "violated", r.Invariants[0].Verdict.String())
		assert.Contains(t, text.String(), want)
	}
}

// An attack on what a portal tells takes effect when somebody asks with it for that, and not before: nobody hears
// of it otherwise. One who asks the portal again and again does.
func TestASilentPortal(t *testing.T) {
	for asks, want := range map[string]inject.Outcome{
		"{at: 5d, act: ask, person: 'patient[2]', right: erasure, with: phone}": inject.Applied,
		"{at: 5d, act: ask, person: patient, right: erasure, with: phone}":      inject.Applied,
		"{at: 5d, act: ask, person: 'patient[1]', right: erasure, with: phone}": inject.NoEffect,
		"{at: 5d, act: ask, person: 'patient[2]', right: opt-out, with: phone}": inject.NoEffect,
		"{at: 9d, act: ask, person: 'patient[2]', right: erasure, with: phone}": inject.NoEffect,
	} {
		text := `
scenario: silent
run: 20d
system:
  subjects: {patient: {count: 4, traits: {name: {values: own}}}}
  devices:
    phone: {is: portal, count: 4}
    records: {is: store, owner: clinic, keeps: forever, holds: {name: all}, erases: phone.erasure, stops: phone.opt_out}
    hub: {is: custom, count: 4, inputs: {who: phone.erasure}, signals: {x: {value: who > 0}}}
timeline:
  - {at: 2d, name: lie, attack: spoof, technique: T0856, signal: "phone[2].erasure", value: 1, for: 5d}
  - ` + asks + `
`
		r := town(t, text)
		assert.Equal(t, want, r.Injections[0].Outcome, asks)
		s, err := Parse("test.yaml", []byte(text))
		require.NoError(t, err)
		assert.Equal(t, want == inject.NoEffect && !strings.Contains(asks, "9d"), len(s.Warnings) > 0, asks)
		r = town(t, strings.Replace(text, "{who: phone.erasure}", "{who: {poll: phone.erasure, every: 1h}}", 1))
		assert.Equal(t, inject.Applied, r.Injections[0].Outcome, asks)
	}
}

// That a store takes longer stands in the story when it tells the person so.
func TestAnExtensionInTheStory(t *testing.T) {
	r := ofLibrary(t, "town/access-extended").Result
	var told []string
	for _, e := range r.Story {
		if e.Kind == sim.StoreDid {
			told = append(told, e.At.Short()+" "+r.Privacy.Stories[e.Index].String())
		}
	}
	assert.Equal(t, []string{"25d00h00m00.033s policies told resident[19] that it takes 60d longer", "55d00h00m00.033s policies told resident[19] what it has"}, told, "messages take 30 ms and some")
}

// Who takes what a store holds can learn of it, and not before: a step that waits for that begins then.
func TestAStepWaitsForWhatIsLearnt(t *testing.T) {
	text := edited(t, robbed, "invariants:", "  - {when: 'can_learn(thief, patient[3], ill)', name: sell, act: set, signal: siem.alarm, value: 5}\ninvariants:")
	r := town(t, text)
	assert.Equal(t, [2]vtime.Time{arrives(6 * days), arrives(6 * days)}, [2]vtime.Time{r.Injections[5].Applied, r.Privacy.Breaches[0].At})
	r = town(t, edited(t, text, "from: laptop, device: records", "from: laptop, device: others"))
	assert.Equal(t, inject.NotTriggered, r.Injections[5].Outcome, "others know no illness")
}

// What was lost is asked for again every day until it is done, whoever it is asked of and whatever for; where nothing
// tells that it was done it is asked once.
func TestAPortalAsksAgain(t *testing.T) {
	for _, right := range data.Rights() {
		for _, to := range []string{"", ", to: utility"} {
			for _, wires := range []bool{true, false} {
				done := ", erased: a.erased, opted_out: a.opted_out, answered: a.answered"
				if !wires {
					done = ""
				}
				r := town(t, `
scenario: again
run: 20d
system:
  subjects: {resident: {count: 3, traits: {name: {values: own}}}}
  devices:
    phone: {is: portal, count: 3, repeats: 1d`+done+`}
    meter: {is: telemetry, every: 1h, count: 3}
    a:
      is: store
      owner: utility
      keeps: forever
      takes: {load: {from: meter.reading, basis: public-task}, more: {from: meter.reading}}
      erases: {on: phone.erasure, after: 90m}
      stops: {on: phone.opt_out, after: 90m}
      answers: {on: phone.access, after: 90m}
timeline:
  - {at: 2d, attack: drop, technique: T0803, signal: phone.erasure, for: 50h}
  - {at: 2d, attack: drop, technique: T0803, signal: phone.opt_out, for: 50h}
  - {at: 2d, attack: drop, technique: T0803, signal: phone.access, for: 50h}
  - {at: 2d1h, act: ask, person: 'resident[1]', right: `+right+`, with: phone`+to+`}
`)
				want := uint64(0)
				if wires { // at 3d1h it is lost, at 4d1h as well, and at 5d1h it is heard
					want = 1
				}
				i := slices.Index(data.Rights(), right)
				of := &r.Privacy.Rights[i].Stores[0]
				assert.Equal(t, want, of.Done, "%s%s", right, to)
				if wires {
					assert.InDelta(t, 5*86400+3600+5400, of.First.Seconds(), 0.01, "%s%s", right, to)
				}
			}
		}
	}
}
