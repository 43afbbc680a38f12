package scenarios_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// drawStores draws a system whose stores know about people, and what happens to them. More is a
// further store that reads the same meters.
func drawStores(t *rapid.T, more bool) (text string) {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	n := rapid.IntRange(2, 5).Draw(t, "people")
	lines := []string{
		"scenario: drawn", "run: 12d", fmt.Sprintf("seed: %d", rapid.IntRange(1, 999).Draw(t, "seed")), "system:", "  purposes: [care]",
		fmt.Sprintf("  subjects: {dweller: {count: %d, moves: {across: 3 km, cell: 1 km}, traits: {name: {values: own}, age: {kind: quasi, values: 40}, ill: {kind: sensitive, values: 2}}}}", n), "  devices:",
		fmt.Sprintf("    meter: {is: telemetry, every: %s, count: %d%s}", pick("every", "1h", "7h", "100min"), n, pick("how", "", ", random: true", ", jitter: 50min", ", in_step: true", ", as_rate: true")),
		fmt.Sprintf("    phone: {is: portal, count: %d}", n), "    laptop: {is: custom, signals: {}}",
		fmt.Sprintf("    log0: {is: store, owner: utility, key: number, remote: login0, keeps: %s, remembers: %s, buffer: %s, takes: {load: {from: meter.reading, precision: {time: %s, space: 1 km}, purpose: care%s}, home: {infer: [load], kind: sensitive, right: 80%%}}, erases: {on: phone.erasure, after: %s}, stops: phone.opt_out, answers: {on: phone.access, after: %s}}",
			pick("keeps", "forever", "3d"), pick("remembers", "true", "false"), pick("buffer", "true", "false", "false"), pick("time", "1h", "1d"), pick("basis", "", ", basis: contract", ", basis: legal-obligation, keep_for: 2d"), pick("after", "0s", "1d"), pick("answers", "1d", "3d, extends: {by: 2d, after: 1d}")),
		fmt.Sprintf("    log1: {is: store, owner: utility, key: number, keeps: 5d, takes: {load: {from: log0.load, every: %s}}, erases: log0.erased}", pick("copies", "1d", "5h")),
		"    card: {is: store, owner: utility, key: card, keeps: 9d, takes: {visits: {from: meter.reading, fine: 5h, precision: {time: 1h, space: 1 km}}}, erases: phone.erasure}",
		"    crm: {is: store, owner: utility, key: number, keeps: forever, holds: {name: all, age: {share: 100%, coarse: 10}, ill: 60%}, erases: log1.erased}",
	}
	if more {
		lines = append(lines, "    also: {is: store, keeps: 4d, takes: {load: {from: meter.reading}, copied: {from: log0.load, every: 1d}}, erases: phone.erasure}")
	}
	lines = append(lines, "  credentials: {login0: {held_by: [log0]}}", "  attackers: {thief: {at: laptop, knows: all, holds: [login0]}}", "timeline:")
	var stopped []string
	for i := range rapid.IntRange(1, 6).Draw(t, "steps") {
		step := pick("step",
			"act: ask, person: 'dweller[1]', right: erasure, with: phone", "act: ask, person: 'dweller[0]', right: erasure, with: phone", "act: ask, person: dweller, right: opt-out, with: phone",
			"act: ask, person: 'dweller[1]', right: access, with: phone", "act: ask, person: 'dweller[1]', right: access, with: phone, to: log0", "act: restore, store: log1", "attack: block, signal: phone.erasure, for: 2d", "attack: delay, by: 1d, signal: phone.opt_out",
			"attack: login, from: laptop, to: log0", "attack: steal, from: laptop, device: log0", "fault: crash, device: log0, for: 1d")
		if strings.Contains(step, "from: laptop") {
			stopped = append(stopped, fmt.Sprintf("s%d: {by: session}", i))
		}
		lines = append(lines, fmt.Sprintf("  - {name: s%d, at: %dh%dms, %s}", i, rapid.IntRange(5, 250).Draw(t, "at"), i, step))
	}
	lines = append(lines, "invariants:")
	for i, q := range []string{
		"sum(holders(dweller)) < 4", `unanswered("2 d", "1 d") < 1`, "unicity(log0, 2) < 0.9", "sum(confidence(utility, dweller, visits)) < 2", `kept_after_erasure("2 d") < 1`, `collected_after_opt_out("1 d") < 3`, `unanswered("2 d") < 1`, "sum(confidence(utility, dweller, home)) < 2", "sum(confidence(thief, dweller, load)) < 1",
		"k_anonymity(crm) > 1", "l_diversity(crm, ill) > 1", "t_closeness(crm, ill) < 0.3", "unique_share(crm) < 0.5", "stolen(log0) < 1", "log0.items < 50", "log1.items < 30", "meter[0].reading < 40",
	} {
		lines = append(lines, fmt.Sprintf("  i%d: {always: '%s'}", i, q))
	}
	if len(stopped) > 0 {
		lines = append(lines, "expect: {stopped: {"+strings.Join(stopped, ", ")+"}}")
	}
	return strings.Join(lines, "\n") + "\n"
}

// A system with stores runs twice alike, goes on alike from a snapshot at any time, and what
// happens to others is the same with a further store.
func TestStoresAreKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawStores(t, false)
		s, err := scenarios.Parse("drawn.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		ctx := context.Background()
		all, err := sim.Run(ctx, s.Plan)
		require.NoError(t, err, text)
		again, err := sim.Run(ctx, s.Plan)
		require.NoError(t, err)
		require.Equal(t, all.Digest, again.Digest, text)

		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(ctx, vtime.Time(rapid.Int64Range(1, int64(12*vtime.Day)).Draw(t, "until"))))
		kept, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(ctx, s.Plan, sim.From(kept))
		require.NoError(t, err)
		require.Equal(t, all.Digest, rest.Digest, text)
		require.Equal(t, all.Privacy, rest.Privacy, text)
	})
}

// A further store changes nothing for others: neither what they hold nor what comes to them.
func TestAFurtherStoreChangesNobodyElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var results [2]*sim.Result
		seed := rapid.Uint64().Draw(t, "system")
		for i := range results {
			text := rapid.Custom(func(t *rapid.T) string { return drawStores(t, i == 1) }).Example(int(seed % 1e6))
			text = strings.NewReplacer("buffer: true", "buffer: false", ", as_rate: true", "").Replace(text) // what is fetched, or counted, for the further store is so for all
			s, err := scenarios.Parse("drawn.yaml", []byte(text))
			require.NoError(t, err, text)
			results[i], err = sim.Run(context.Background(), s.Plan)
			require.NoError(t, err, text)
		}
		for i := range results[0].Invariants {
			a, b := &results[0].Invariants[i], &results[1].Invariants[i]
			if slices.Contains([]int{0, 1, 4, 5, 6}, i) { // which are about all stores
				continue
			}
			require.Equal(t, [3]any{a.Verdict, a.At, a.Margin}, [3]any{b.Verdict, b.At, b.Margin}, a.Name)
		}
		for i, st := range results[0].Privacy.Stores {
			for _, other := range results[1].Privacy.Stores {
				if other.Store == st.Store {
					require.Equal(t, st, other, "store %d", i)
				}
			}
		}
	})
}

// A breach is to be notified within 72 hours after the controller became aware of it (GDPR Art.
// 33(1)): an invariant about two signals of whoever is to do that. What was truly taken is another one.
func TestABreachIsNotifiedInTime(t *testing.T) {
	for after, want := range map[string]monitor.Verdict{"71": monitor.Holds, "73": monitor.Violated} {
		s, err := scenarios.Parse("breach.yaml", []byte(`
scenario: breach
run: 30d
system:
  subjects: {patient: {count: 40, traits: {name: {values: own}, ill: {kind: sensitive, values: 2}}}}
  devices:
    laptop: {is: custom, signals: {}}
    clinic: {is: store, keeps: forever, remote: login0, holds: {name: all, ill: 50%}}
    officer:
      is: custom
      signals: {aware: {start: false}, since: {start: 1e9}, notified: {start: false}}
      rules: [{when: aware, set: {since: time}}, {when: 'time >= since + `+after+` * 3600', set: {notified: true}}]
  credentials: {login0: {held_by: [clinic]}}
  attackers: {thief: {at: laptop, knows: all, holds: [login0]}}
timeline:
  - {at: 5d, attack: login, from: laptop, to: clinic}
  - {at: 6d, attack: steal, from: laptop, device: clinic}
  - {at: 10d, act: set, signal: officer.aware, value: true}
invariants:
  notified: {whenever: officer.aware, then: officer.notified, within: 72h}
  whole: {always: stolen(clinic) == 0}
expect: {violated: {whole: {after: 6d, before: 6d1s}}}
`))
		if err != nil {
			t.Fatal(err)
		}
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		require.Equal(t, want, r.Invariants[0].Verdict, after)
		require.Equal(t, -40.0, r.Invariants[1].Margin)
	}
}
