package scenarios

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// robbed is a clinic whose password somebody has, which hears an alarm on day 7 and writes to the state.
const robbed = `
scenario: robbed
run: 20d
seed: 1
system:
  subjects: {patient: {count: 40, traits: {name: {values: own}, ill: {kind: sensitive, values: 2}}}}
  devices:
    siem: {is: custom, owner: clinic, signals: {alarm: {start: 0}}}
    laptop: {is: custom, owner: thief, signals: {}}
    records: {is: store, owner: clinic, keeps: forever, remote: word, holds: {name: all, ill: 50%}, notifies: {on: siem.alarm, after: 20h}}
    bills: {is: store, owner: clinic, keeps: forever, remote: word, holds: {name: all}}
    others: {is: store, owner: shop, keeps: forever, remote: word, holds: {name: all}}
    board: {is: custom, owner: clinic, inputs: {seen: records.breach}, signals: {x: {value: seen > 0}}}
    state: {is: custom, owner: state, inputs: {breach: records.breach}, signals: {knows: {value: breach > 0}}}
  credentials: {word: {held_by: [siem]}}
  attackers: {thief: {at: laptop, knows: all, holds: [word]}}
timeline:
  - {at: 5d, attack: login, technique: T0859, from: laptop, to: records}
  - {at: 5d, attack: login, technique: T0859, from: laptop, to: bills}
  - {at: 5d, attack: login, technique: T0859, from: laptop, to: others}
  - {at: 6d, name: take, attack: steal, technique: T0811, from: laptop, device: records}
  - {at: 7d, name: alarm, act: set, signal: siem.alarm, value: 1}
invariants:
  told: {always: 'unnotified("72 h") == 0'}
`

// edited replaces parts of a text, each of which is in it.
func edited(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, text, pairs[i])
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// arrives is a time of a run, and a millisecond, which a message takes here.
func arrives(d vtime.Duration) vtime.Time { return vtime.Time(d + vtime.Millisecond) }

const anHour, days = vtime.Hour, vtime.Day

// Who answers for a store has 72 hours from when they became aware, whenever something was taken (GDPR Art.
// 33(1)); the letter counts when it comes. Of what nobody is aware no time runs.
func TestABreachIsToldWithin72Hours(t *testing.T) {
	for name, x := range map[string]struct {
		edit     []string
		violated vtime.Time // 0: never
		breaches []sim.Breach
		says     string
	}{
		"in time":  {nil, 0, []sim.Breach{{Aware: arrives(7 * days), Told: arrives(7*days + 20*anHour), Arrived: arrives(7*days+20*anHour) + 1e6}}, "a notice of it came 20h0m0.001s after that"},
		"just so":  {[]string{"20h", "259199999ms"}, 0, []sim.Breach{{Aware: arrives(7 * days), Told: arrives(10*days) - 1e6, Arrived: arrives(10 * days)}}, "a notice of it came 3d after that"},
		"too late": {[]string{"20h", "72h"}, arrives(10*days) + 1, []sim.Breach{{Aware: arrives(7 * days), Told: arrives(10 * days), Arrived: arrives(10*days) + 1e6}}, "a notice of it came 3d1ms after that"},
		"unnoticed": {[]string{"value: 1}", "value: 0}"}, 0, []sim.Breach{{Aware: vtime.Never, Told: vtime.Never, Arrived: vtime.Never}},
			"records holds about 40 people at 6d00h00m00.001s: a theft nobody noticed"},
		"nobody else is wired": {[]string{"owner: state", "owner: clinic"}, arrives(10*days) + 1, []sim.Breach{{Aware: arrives(7 * days), Told: arrives(7*days + 20*anHour), Arrived: vtime.Never}},
			"no notice of records can come to anybody: nothing of somebody else is wired to records.breach"},
		"lost": {[]string{"invariants:", "  - {at: 7d, name: cut, attack: drop, technique: T0803, signal: records.breach, for: 2d}\ninvariants:"}, arrives(10*days) + 1,
			[]sim.Breach{{Aware: arrives(7 * days), Told: arrives(7*days + 20*anHour), Arrived: vtime.Never}}, "cut attack (drop records.breach) acted on unnotified"},
		"another one instead": {[]string{"invariants:", "  - {at: 7d, attack: spoof, technique: T0856, signal: records.breach, value: 7, for: 2d}\ninvariants:"}, arrives(10*days) + 1,
			[]sim.Breach{{Aware: arrives(7 * days), Told: arrives(7*days + 20*anHour), Arrived: vtime.Never}}, "records heard 1 alarm and sent 1 notice, of which 0 came"},
		// Another alarm has another letter written, which tells of all that was not told.
		"lost, and again": {[]string{"invariants:", "  - {at: 7d, attack: drop, technique: T0803, signal: records.breach, for: 1d}\n  - {at: 9d, act: set, signal: siem.alarm, value: 2}\ninvariants:"}, 0,
			[]sim.Breach{{Aware: arrives(7 * days), Told: arrives(7*days + 20*anHour), Arrived: arrives(9*days+20*anHour) + 1e6}}, "records heard 2 alarms and sent 2 notices, of which 1 came; 1 was about nothing new"},
		// Who looks into an alarm notices what is taken meanwhile, of any of their stores; not of those of others.
		"while they look": {[]string{"invariants:", `  - {at: 7d6h, attack: steal, technique: T0811, from: laptop, device: bills}
  - {at: 7d7h, attack: steal, technique: T0811, from: laptop, device: others}
  - {at: 9d, attack: steal, technique: T0811, from: laptop, device: bills}
invariants:`}, 0, []sim.Breach{
			{Aware: arrives(7 * days), Told: arrives(7*days + 20*anHour), Arrived: arrives(7*days+20*anHour) + 1e6},
			{Aware: arrives(7*days + 6*anHour), Told: arrives(7*days + 20*anHour), Arrived: arrives(7*days+20*anHour) + 1e6},
			{Aware: vtime.Never, Told: vtime.Never, Arrived: vtime.Never},
			{Aware: vtime.Never, Told: vtime.Never, Arrived: vtime.Never},
		}, "clinic was aware of it at once"},
	} {
		t.Run(name, func(t *testing.T) {
			r := town(t, edited(t, robbed, x.edit...))
			i := &r.Invariants[0]
			assert.Equal(t, "GDPR Art. 33(1)", i.Article)
			if x.violated == 0 {
				assert.Equal(t, "holds", i.Verdict.String())
			} else {
				assert.Equal(t, "violated", i.Verdict.String())
				assert.Equal(t, x.violated, i.At)
			}
			require.Len(t, r.Privacy.Breaches, len(x.breaches))
			for i, want := range x.breaches {
				got := r.Privacy.Breaches[i]
				assert.Equal(t, [3]vtime.Time{want.Aware, want.Told, want.Arrived}, [3]vtime.Time{got.Aware, got.Told, got.Arrived}, "breach %d", i)
			}
			var text strings.Builder
			require.NoError(t, report.Text(&text, r, report.Options{All: true, Width: 300}))
			assert.Contains(t, text.String(), x.says)
		})
	}
}

// What somebody makes up tells nobody of anything, and an alarm about nothing has a letter about nothing written.
func TestAForgedNoticeTellsNothing(t *testing.T) {
	r := town(t, edited(t, robbed, "after: 20h", "after: 10d", "invariants:",
		"  - {at: 8d, attack: command, technique: T0855, from: laptop, signal: state.breach, value: 1}\ninvariants:"))
	assert.Equal(t, inject.Applied, r.Injections[len(r.Injections)-1].Outcome, "the state believes it")
	assert.Equal(t, "violated", r.Invariants[0].Verdict.String())
	assert.Equal(t, arrives(10*days)+1, r.Invariants[0].At)
	r = town(t, edited(t, robbed, "at: 6d", "at: 9d"))
	require.Len(t, r.Privacy.Breaches, 1)
	assert.Equal(t, vtime.Never, r.Privacy.Breaches[0].Aware, "it came after the alarm, and after the letter")
	assert.Equal(t, []sim.Noticing{{Store: "records", Alarms: 1, Sent: 1, Arrived: 1, Wired: true}}, r.Privacy.Notices)
	out, err := report.JSON(r, "test.yaml")
	require.NoError(t, err)
	assert.Contains(t, string(out), `"aware_at_seconds":null,"notice_sent_at_seconds":null`)
}

// Who wires nobody else to the notices of a store is warned.
func TestANoticeThatNobodyHears(t *testing.T) {
	for owner, warns := range map[string]int{"state": 0, "clinic": 1} {
		s, err := Parse("test.yaml", []byte(edited(t, robbed, "owner: state", "owner: "+owner)))
		require.NoError(t, err)
		require.Len(t, s.Warnings, warns)
		for _, w := range s.Warnings {
			assert.Contains(t, w.Message, "nobody is told of breaches of records")
		}
	}
}

// A run that was kept between an alarm, the letter and the end of the time says what one says that was not.
func TestBreachesAreKept(t *testing.T) {
	for _, after := range []string{"20h", "100h"} {
		s, err := Parse("test.yaml", []byte(edited(t, robbed, "20h", after)))
		require.NoError(t, err)
		ctx := context.Background()
		whole, err := sim.Run(ctx, s.Plan)
		require.NoError(t, err)
		for _, until := range []vtime.Duration{6*days + anHour, 7*days + anHour, 9 * days, 10*days + anHour, 12 * days} {
			var state []byte
			_, err := sim.Run(ctx, s.Plan, sim.Until(vtime.Time(until)), sim.Keep(func(data []byte) error { state = data; return nil }))
			require.NoError(t, err)
			r, err := sim.Run(ctx, s.Plan, sim.From(state))
			require.NoError(t, err)
			assert.Equal(t, whole.Privacy, r.Privacy, "%v", until)
			assert.Equal(t, whole.Digest, r.Digest)
			assert.Equal(t, whole.Invariants[0].At, r.Invariants[0].At)
		}
	}
}
