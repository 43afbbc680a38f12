package scenarios

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// forgetting is a town whose backup nobody asks to forget; one law makes a store keep bills.
const forgetting = `
scenario: forgetting
run: 60d
seed: 1
system:
  purposes: [billing, research]
  subjects:
    resident: {count: 20, traits: {name: {values: own}, postcode: {kind: quasi, values: 5}}}
  devices:
    meter: {is: telemetry, every: 15m, count: 20}
    phone: {is: portal, count: 20}
    readings:
      is: store
      owner: utility
      key: meter_no
      keeps: 400d
      limit: 2 MB
      takes:
        load: {from: meter.reading, purpose: research, size: 16 B}
      erases: {on: phone.erasure, after: 2d}
      stops: {on: phone.opt_out, after: 1h}
      answers: {on: phone.access, after: 10d}
    backup: {is: store, owner: utility, keeps: 90d, takes: {load: {from: readings.load, every: 1d}}}
    bills:
      is: store
      owner: utility
      key: meter_no
      keeps: 400d
      holds: {name: {purpose: billing, basis: legal-obligation, keep_for: 3650d}}
      erases: {on: readings.erased, after: 1d}
timeline:
  - {at: 10d, act: ask, person: "resident[3]", right: erasure, with: phone}
  - {at: 12d, act: ask, person: "resident[4]", right: opt-out, with: phone}
  - {at: 15d, act: ask, person: "resident[5]", right: access, with: phone}
invariants:
  forgotten: {always: kept_after_erasure("30 d") == 0}
  nothing-new: {always: collected_after_opt_out("1 d") == 0, article: "our charter, 4"}
  answered: {always: unanswered("30 d") == 0}
  mixed: {always: "kept_after_erasure(\"30 d\") == 0 or max(holders(resident)) > 5"}
  known: {never: "can_learn(utility, resident[7], load)"}
  plain: {always: time >= 0}
`

// town loads a scenario and runs it.
func town(t *testing.T, text string, options ...sim.Option) *sim.Result {
	s, err := Parse("test.yaml", []byte(text))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, options...)
	require.NoError(t, err)
	return r
}

// The report of a run about people, by what is known of it otherwise: a meter tells 96 times a
// day, a copy is made at the end of each day, requests take as long as the file says and one
// millisecond for each message.
func TestPrivacyReport(t *testing.T) {
	p := town(t, forgetting).Privacy
	require.NotNil(t, p)
	ms := vtime.Duration(vtime.Millisecond)
	stores := map[string]*sim.StoreHolding{}
	for i := range p.Stores {
		stores[p.Stores[i].Store] = &p.Stores[i]
	}
	erasure, optOut, access := &p.Rights[data.Erasure], &p.Rights[data.OptOut], &p.Rights[data.Access]
	require.Equal(t, []int{1, 1, 1}, []int{erasure.People, optOut.People, access.People})

	readings, backup := &erasure.Stores[0], &erasure.Stores[1]
	assert.Equal(t, sim.RightOfStore{Store: "backup", Concerned: true}, *backup, "nobody can ask it")
	assert.True(t, readings.Heard)
	assert.Equal(t, 2*vtime.Day+ms, readings.Latest)
	assert.Equal(t, "resident[3]", readings.LatestOf)
	assert.Equal(t, uint64(12*96), readings.Items)
	assert.Equal(t, stores["readings"].Came, stores["readings"].Items+readings.Items, "nothing is too old")
	// 18 people all the time, one for 12 days, one for 12 days and an hour.
	assert.Equal(t, uint64(18*60*96+12*96+12*96+4), stores["readings"].Came)
	assert.Equal(t, 19, stores["readings"].People)
	assert.Equal(t, float64(16*stores["readings"].Items), stores["readings"].Bytes)
	assert.InDelta(t, (2e6-stores["readings"].Bytes)/(18*96*16), stores["readings"].DaysLeft, 1e-9, "18 people go on")
	assert.Equal(t, 3*vtime.Day+2*ms, erasure.Stores[2].Latest, "bills hears of it from readings")
	assert.Equal(t, vtime.Duration(vtime.Hour)+ms, optOut.Stores[0].Latest)
	assert.Equal(t, 2, access.Owed, "backup and bills cannot be asked")

	require.Len(t, p.Left, 1)
	assert.Equal(t, 1, p.Rows)
	left := &p.Left[0]
	assert.Equal(t, []string{"resident[3]", "backup", "load"}, []string{left.Person, left.Store, left.Attribute})
	assert.Equal(t, uint64(11*96), left.Items, "the last copy before it was forgotten is of day 11")
	require.Len(t, left.Lineage, 2)
	assert.Contains(t, left.Lineage[0], "backup.load came from readings.load: 1056 items")
	assert.Contains(t, left.Lineage[1], "readings.load was collected from meter.reading")
	assert.Equal(t, []sim.KeptByBasis{{Store: "bills", Attribute: "name", Basis: data.LegalObligation, KeepFor: 3650 * vtime.Day, People: 1}}, p.Kept)

	require.Len(t, p.Learnt, 1)
	assert.Equal(t, "resident[7]", p.Learnt[0].Person)
	assert.Equal(t, []int{1, 1, 1}, []int{p.Learnt[0].Of, p.Learnt[0].Now, p.Learnt[0].Most})
	assert.Contains(t, strings.Join(p.Learnt[0].Recipe, "\n"), "readings is joined to bills by meter_no")
}

// An invariant names the article that it concerns, and its chain ends with who asked.
func TestPrivacyVerdicts(t *testing.T) {
	r := town(t, forgetting, sim.Explain())
	for name, article := range map[string]string{
		"forgotten": "GDPR Art. 17(1), 12(3)", "nothing-new": "our charter, 4", "answered": "GDPR Art. 15, 12(3)",
		"mixed": "GDPR Art. 17(1), 12(3); Art. 5(1)(c)", "known": "GDPR Art. 5(1)(b), 25", "plain": "",
	} {
		i, err := r.Invariant(name)
		require.NoError(t, err)
		assert.Equal(t, article, i.Article, name)
	}
	for name, want := range map[string]struct{ who, fact, step string }{
		"forgotten": {"backup", "no request for erasure can come to backup: nothing is wired to it", "P1"},
		"answered":  {"backup", "backup owes resident[5] an answer, who asked at 15d00h00m00.000s", "P3"},
	} {
		chain, err := r.Why(name)
		require.NoError(t, err)
		require.NotEmpty(t, chain)
		assert.Equal(t, want.who, chain[0].Who, "%s is said by the store that is behind it", name)
		assert.True(t, slices.ContainsFunc(chain, func(c sim.Cause) bool { return c.Kind == sim.DataCause && c.Check == want.fact }), name)
		last := chain[len(chain)-1]
		require.Equal(t, sim.InjectionCause, last.Kind)
		assert.Equal(t, want.step, r.Injections[last.Injection].Step.Name)
		i, err := r.Invariant(name)
		require.NoError(t, err)
		assert.True(t, i.Tree.Has(0) && i.Tree.Has(1) && i.Tree.Has(2), "%s: the tree names all that had influence", name)
	}
}

// Where a backup was put back, that is what the chain ends with.
func TestABackupBringsItBack(t *testing.T) {
	r := town(t, strings.Replace(forgetting, "timeline:\n", "timeline:\n  - {at: 20d, name: put-back, act: restore, store: backup}\n", 1))
	chain, err := r.Why("forgotten")
	require.NoError(t, err)
	require.NotEmpty(t, chain)
	assert.Equal(t, "readings", chain[0].Who)
	assert.True(t, slices.ContainsFunc(chain, func(c sim.Cause) bool {
		return c.Kind == sim.DataCause && strings.HasPrefix(c.Check, "readings.load was put back from backup.load: 1056 items")
	}))
	last := chain[len(chain)-1]
	require.Equal(t, sim.InjectionCause, last.Kind)
	assert.Equal(t, "put-back", r.Injections[last.Injection].Step.Name)
	assert.Equal(t, 2, r.Privacy.Rows)
}

// Where nobody has data about people nothing is said of them, in text and as data; else it
// fits a terminal and is complete as data.
func TestPrivacyIsWritten(t *testing.T) {
	for _, text := range []string{forgetting, townOf(t)} {
		r := town(t, text)
		for _, all := range []bool{false, true} {
			var b bytes.Buffer
			require.NoError(t, report.Text(&b, r, report.Options{All: all, Width: 79}))
			assert.Contains(t, b.String(), "\nPrivacy ")
			assert.Contains(t, b.String(), "backup still holds load of resident[3]")
			for line := range strings.Lines(b.String()) {
				assert.Less(t, len([]rune(strings.TrimRight(line, "\n"))), 80, line)
			}
		}
		out, err := report.JSON(r, "test.yaml")
		require.NoError(t, err)
		var x struct {
			Privacy struct {
				Stores []struct{ Store string }
				Left   []struct{ Person string }
				Rows   int `json:"left_rows"`
			}
			Invariants []struct{ Article string }
		}
		require.NoError(t, json.Unmarshal(out, &x))
		assert.Len(t, x.Privacy.Stores, 3)
		assert.Equal(t, "resident[3]", x.Privacy.Left[0].Person)
		assert.Equal(t, 1, x.Privacy.Rows)
		assert.Equal(t, "GDPR Art. 17(1), 12(3)", x.Invariants[0].Article)
	}
	r := town(t, "scenario: none\nrun: 1s\nsystem:\n  devices:\n    a: {is: custom, signals: {}}\n")
	require.Nil(t, r.Privacy)
	out, err := report.JSON(r, "test.yaml")
	require.NoError(t, err)
	assert.NotContains(t, string(out), "privacy")
}

// The story tells what stores did, a few times of each sort; people who never asked are told
// apart.
func TestStoresInTheStory(t *testing.T) {
	r := town(t, forgetting)
	var told []string
	for _, e := range r.Story {
		if e.Kind == sim.StoreDid {
			n := &r.Privacy.Stories[e.Index]
			told = append(told, n.Store+" "+n.Person)
			assert.True(t, n.Asked)
		}
	}
	assert.Equal(t, []string{"readings resident[3]", "readings resident[4]", "bills resident[3]", "readings resident[5]"}, told)
	all := strings.Replace(forgetting, `"resident[3]", right: erasure`, `resident, right: erasure`, 1)
	r = town(t, all)
	counts := map[string]int{}
	for i := range r.Privacy.Stories {
		n := &r.Privacy.Stories[i]
		counts[n.Store]++
		assert.Equal(t, counts[n.Store] == 3 && n.Deed == sim.Forgot, n.Others)
	}
	assert.Equal(t, map[string]int{"readings": 5, "bills": 3}, counts)
	assert.Equal(t, 20, r.Privacy.Rights[data.Erasure].People)
	assert.Equal(t, 20, r.Privacy.People)
}

// A run that was kept and taken up says the same of people as one that never stopped.
func TestPrivacyIsKept(t *testing.T) {
	s, err := Parse("test.yaml", []byte(strings.Replace(townOf(t), "timeline:\n", "timeline:\n"+margined("  ", topic(t, "steal").Example), 1)))
	require.NoError(t, err)
	ctx := context.Background()
	whole, err := sim.Run(ctx, s.Plan)
	require.NoError(t, err)
	require.Len(t, whole.Privacy.Thefts, 1)
	assert.Equal(t, sim.Theft{Who: "thief", Store: "clinic", People: 20, Attributes: []string{"postcode", "illness"}}, whole.Privacy.Thefts[0])
	for _, at := range []vtime.Duration{vtime.Day, 6*vtime.Day + vtime.Hour, 13 * vtime.Day, 41 * vtime.Day} {
		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(ctx, vtime.Time(at)))
		kept, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(ctx, s.Plan, sim.From(kept))
		require.NoError(t, err)
		assert.Equal(t, whole.Digest, rest.Digest)
		assert.Equal(t, whole.Privacy, rest.Privacy, "kept at %v", at)
		assert.Equal(t, fmt.Sprint(whole.Story), fmt.Sprint(rest.Story))
	}
}
