package scenarios

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/report"
)

// The town: so many homes, and so many readings of each a day.
const (
	townHomes                                  = 5000
	townMeter, townLock, townLight, townCamera = 96, 8, 48, 144
	townHub                                    = townLock + townLight
	townPostcodes, townYears, townSexes        = 20, 78, 2
	townInsured, townRegistered, townIll       = 5, 2, 4 // traits that policies, customers and the clinic have
	townEmail                                  = 1       // is all that the clouds have from the start
)

// townAt is when what a scenario of the town is about is violated, in days.
var townAt = map[string]map[string]float64{
	"normal":        {},
	"habits-learnt": {"insurer-knows-no-habits": 16}, "habits-by-day": {}, "habits-without-email": {},
	"occupancy-learnt": {"utility-knows-not-who-is-in": 15}, "occupancy-by-day": {},
	"illness-reidentified":      {"nobody-sees-illness": 0, "alone-at-most-1-in-1000": 0, "five-alike": 0, "two-illnesses": 0},
	"illness-released-coarsely": {"two-illnesses": 0},
	"movement-reidentified":     {"nobody-sees-illness": 8, "told-apart-by-four-points": 2}, "movement-coarse": {},
	"cameras-stolen": {"nothing-stolen": 9 + 11./24}, "cameras-per-site": {},
	"cameras-stolen-late": {"nothing-stolen": 9 + 11./24, "breach-told-in-72h": 10 + 3},
	"breach-notified":     {"nothing-stolen": 9 + 11./24},
	"breach-late":         {"nothing-stolen": 9 + 11./24, "breach-told-in-72h": 10 + 3, "told-in-72h": 10 + 3},
	"vendor-pivot":        {"nothing-stolen": 61 + 2./24}, "vendor-pivot-segmented": {},
	"retailer-pivot": {"nothing-stolen": 64 + 2./24}, "retailer-pivot-segmented": {},
	"opt-out-ignored": {"left-alone-in-a-day": 4 + 1 + 1./24}, "opt-out-honoured": {},
	"opt-out-delayed":      {"left-alone-in-a-day": 4 + 1 + 1./24},
	"erased-but-in-backup": {"forgotten-in-a-month": 3 + 30}, "erased-also-from-backup": {},
	"hidden-replica": {"forgotten-in-a-month": 3 + 30},
	"erasure-forged": {"nobody-forgotten-unasked": 4 + 2}, "erasure-forged-checked": {},
	"erasure-lost": {"forgotten-in-a-month": 3 + 30}, "erasure-repeated": {},
	"queued-offline": {"forgotten-in-a-month": 5 + 30}, "queued-offline-told": {},
	"access-incomplete":      {"answered-in-a-month": 5 + 30},
	"retained-after-erasure": {"forgotten-in-a-month": 4 + 30}, "retained-cleared": {},
	"subscribed-to-all": {"nobody-else-knows-who-is-in": 2}, "subscribed-to-all-checked": {},
	"access-extended": {}, "access-extended-late": {"answered-in-a-month": 5 + 30},
}

// TestTown: what is violated when in each scenario of the town, to a tenth of a second, which is what messages
// take; and that no scenario is left out.
func TestTown(t *testing.T) {
	for _, e := range Library() {
		name, ok := strings.CutPrefix(e.Name, "town/")
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, townAt, name)
			r := ofLibrary(t, e.Name)
			violated := map[string]float64{}
			for _, i := range r.Invariants {
				if i.Verdict.String() == "violated" {
					violated[i.Name] = i.At.Seconds() / 86400
				}
			}
			require.Len(t, violated, len(townAt[name]), "%v", violated)
			for i, at := range townAt[name] {
				assert.InDelta(t, at, violated[i], 0.3/86400, i)
			}
		})
	}
}

// stored is what a store holds at the end of a run.
func stored(t *testing.T, r *sim.Result, store string) *sim.StoreHolding {
	t.Helper()
	for i := range r.Privacy.Stores {
		if s := &r.Privacy.Stores[i]; s.Store == store {
			return s
		}
	}
	require.Fail(t, "there is no store "+store)
	return nil
}

// holdsOf compares what came to a store, and what it has still.
func holdsOf(t *testing.T, r *sim.Result, store string, came, items int) {
	t.Helper()
	s := stored(t, r, store)
	assert.Equal(t, came, int(s.Came), "came to %s", store)
	assert.Equal(t, items, int(s.Items), "is in %s", store)
}

// TestTownCounts: forty days, to the last reading. Of resident[17] nothing is taken on consent after 4 d; of
// resident[18] nothing an hour later, in which there were 2 readings of the light, 6 of the camera, and 0 or 1 of
// the lock.
func TestTownCounts(t *testing.T) {
	const days = 40
	r := ofLibrary(t, "town/normal").Result
	holdsOf(t, r, "head_end", townHomes*townMeter*days, townHomes*townMeter*days-5*townMeter)
	holdsOf(t, r, "customers", townHomes*townRegistered, (townHomes-1)*townRegistered)
	holdsOf(t, r, "policies", townHomes*townInsured, (townHomes-1)*townInsured)
	holdsOf(t, r, "clinic", townHomes*townIll, townHomes*townIll)
	camera := townHomes*(townEmail+townCamera*days) - 2*townCamera*(days-4) + 6
	holdsOf(t, r, "camera_cloud", camera, townHomes*(townEmail+townCamera*30)-(townEmail+townCamera*30)-townCamera*30)
	hub, least := stored(t, r, "hub_cloud"), townHomes*(townEmail+townHub*days)-2*townHub*(days-4)+2
	assert.Contains(t, []int{least, least + 1}, int(hub.Came))
	assert.Equal(t, townEmail+4*townHub, int(hub.Came-hub.Items), "it forgot four days and an email")
}

// TestTownCopies: what is copied once a day is there but for the last day; of what is copied by the day, one item
// of each day.
func TestTownCopies(t *testing.T) {
	for name, want := range map[string]int{
		"habits-learnt": townHomes * (townEmail + townHub*19), "habits-without-email": townHomes * townHub * 19, "habits-by-day": townHomes * (townEmail + 2*19),
	} {
		holdsOf(t, ofLibrary(t, "town/"+name).Result, "bought", want, want)
	}
	const load = townHomes * townMeter * 39
	holdsOf(t, ofLibrary(t, "town/hidden-replica").Result, "analytics", 2*load, 2*load) // the load, and as many patterns
	holdsOf(t, ofLibrary(t, "town/occupancy-by-day").Result, "head_end", townHomes*40, townHomes*40)
	// The backup forgot 26 days of resident[17], and the five days that had come back are in the head end.
	r := ofLibrary(t, "town/erased-but-in-backup").Result
	holdsOf(t, r, "backup", load, load-26*townMeter)
	holdsOf(t, r, "head_end", townHomes*townMeter*40+5*townMeter, townHomes*townMeter*40)
	require.Len(t, r.Privacy.Left, 1)
	assert.Equal(t, 3*townMeter, int(r.Privacy.Left[0].Items), "until they asked; what came since may be kept by contract")
	assert.Contains(t, r.Privacy.Left[0].Lineage[0], "put back from backup.load: 288 items")
}

// TestTownQueued: lights every half an hour. The hub is asked at every hour; from 3 d to 10 d no answer comes, and
// what it had queued of three days comes to the cloud then though all before was forgotten.
func TestTownQueued(t *testing.T) {
	const homes, days, hour = 50, 40, 2
	r := ofLibrary(t, "town/queued-offline").Result
	holdsOf(t, r, "hub", homes*days*townLight, homes*hour)
	came := homes*(1+days*townLight) - homes*hour
	forgotten := int(stored(t, r, "hub_cloud").Came - stored(t, r, "hub_cloud").Items)
	assert.Equal(t, came, int(stored(t, r, "hub_cloud").Came))
	require.Len(t, r.Privacy.Left, 1)
	assert.Equal(t, 3*townLight-hour, forgotten-1, "a name, and three days but for what was in the hub")
	assert.Equal(t, 2*townLight+hour, int(r.Privacy.Left[0].Items), "what was in the hub, until they asked; what came since may be kept by contract")
	told := ofLibrary(t, "town/queued-offline-told").Result
	assert.Empty(t, told.Privacy.Left)
	assert.Equal(t, came-int(stored(t, told, "hub_cloud").Came), 5*townLight-(forgotten-1), "what the hub forgot never came")
}

// asked runs a scenario of the town that uses these files, and returns the answers of questions at its end.
func asked(t *testing.T, use, device string, seed uint64, questions ...string) []float64 {
	t.Helper()
	text := fmt.Sprintf("scenario: asked\nuse: [%s]\nrun: 1h\nseed: %d\n%s\ninvariants:\n", use, seed, device)
	for i, q := range questions {
		text += fmt.Sprintf("  asked-%d: {always: '%s >= 0'}\n", i, q)
	}
	s, err := Parse("library/town/asked.yaml", []byte(text))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	var got []float64
	for i := range questions {
		v, err := r.Invariant(fmt.Sprintf("asked-%d", i))
		require.NoError(t, err)
		got = append(got, v.Margin)
	}
	return got
}

// alone is how likely somebody is like nobody else among n people, and how far the share of such people is
// from that, for those of whom 51 % and 49 % are of one sex each and all else is equally common.
func alone(n, kinds float64) (p, deviation float64) {
	variance := 0.
	for _, share := range []float64{0.51, 0.49} {
		q := share * townSexes / kinds // of one kind of that sex
		one := math.Pow(1-q, n-1)
		p += share * one
		variance += share * one
	}
	for _, a := range []float64{0.51, 0.49} { // two who are both alone: of different kinds
		for _, b := range []float64{0.51, 0.49} {
			qa, qb := a*townSexes/kinds, b*townSexes/kinds
			pairs := kinds / townSexes * kinds / townSexes
			if a == b {
				pairs -= kinds / townSexes
			}
			variance += (n - 1) * pairs * qa * qb * math.Pow(1-qa-qb, n-2)
		}
	}
	return p, math.Sqrt((variance - n*p*p) / n)
}

// TestTownRelease compares the share of people who are alone in the release with the uniform model, and what the
// insurer learns with that: a guess is as sure as there are people alike, so that the guesses about all of one kind
// add up to 1, and those about all people to the number of kinds.
func TestTownRelease(t *testing.T) {
	const kinds = townPostcodes * townYears * townSexes
	use := "system.yaml, release.yaml"
	p, deviation := alone(townHomes, kinds)
	assert.InDelta(t, math.Exp(-float64(townHomes)/kinds), p, 2e-4, "the weights of the sexes hardly matter")
	for seed := range uint64(5) {
		got := asked(t, use, "", seed, "unique_share(release)", "count(can_learn(insurer, resident, illness))", "sum(confidence(insurer, resident, illness))", "k_anonymity(release)")
		assert.InDelta(t, p, got[0], 4*deviation, "seed %d", seed)
		assert.Equal(t, math.Round(got[0]*townHomes), got[1], "who is alone is known, and nobody else")
		mean := float64(townHomes) / kinds // of each kind; whom there are none of: Poisson's, but that they are townHomes in all
		none, deviation := math.Exp(-mean), math.Sqrt(kinds*math.Exp(-mean)*(1-(1+mean)*math.Exp(-mean)))
		assert.InDelta(t, kinds*(1-none), got[2], 4*deviation, "kinds that there are")
		assert.InDelta(t, math.Round(got[2]), got[2], 1e-6)
		assert.Equal(t, 1., got[3])
	}
}

// TestTownCoarseRelease: of 20 postcodes, 4 bands of birth and 2 sexes there is everyone, and the surest guess is
// about those of whom there are fewest.
func TestTownCoarseRelease(t *testing.T) {
	s, err := Load("town/illness-released-coarsely")
	require.NoError(t, err)
	device := string(s.Text[strings.Index(string(s.Text), "system:\n"):strings.Index(string(s.Text), "expect:")])
	for seed := range uint64(3) {
		got := asked(t, "system.yaml, release.yaml", device, seed, "sum(confidence(insurer, resident, illness))", "k_anonymity(release)", "max(confidence(insurer, resident, illness))", "unique_share(release)")
		assert.InDelta(t, townPostcodes*4*townSexes, got[0], 1e-6)
		assert.InDelta(t, 1/got[1], got[2], 1e-12)
		assert.GreaterOrEqual(t, got[1], 5.)
		assert.Zero(t, got[3])
	}
}

// TestTownForged: two stores forget who never asked, and nobody else does anything.
func TestTownForged(t *testing.T) {
	r := ofLibrary(t, "town/erasure-forged").Result
	require.NotEmpty(t, r.Privacy.Rights)
	assert.Equal(t, data.Erasure, r.Privacy.Rights[0].Right)
	assert.Zero(t, r.Privacy.Rights[0].People)
	assert.Equal(t, uint64(2), r.Privacy.Rights[0].Unasked)
	checked := ofLibrary(t, "town/erasure-forged-checked").Result
	assert.Equal(t, 1, checked.Privacy.Rights[0].People)
	assert.Zero(t, checked.Privacy.Rights[0].Unasked)
}

// TestTownStolen: who took everything has everything about everybody.
func TestTownStolen(t *testing.T) {
	for name, store := range map[string]string{"cameras-stolen": "camera_cloud", "cameras-stolen-late": "camera_cloud", "vendor-pivot": "customers"} {
		thefts := ofLibrary(t, "town/"+name).Privacy.Thefts
		require.Len(t, thefts, 1, name)
		assert.Equal(t, store, thefts[0].Store)
		assert.Equal(t, townHomes, thefts[0].People)
	}
	for _, name := range []string{"cameras-per-site", "vendor-pivot-segmented"} {
		assert.Empty(t, ofLibrary(t, "town/"+name).Privacy.Thefts, name)
	}
}

// TestTownWhy: the report names who took, what lost or held back a request, what leads from one store to another,
// and how widely a trait is known.
func TestTownWhy(t *testing.T) {
	for name, says := range map[string][]string{
		"opt-out-ignored":      {"ads set collected_after_opt_out", "ads took lights of resident[18]", "nothing is wired to it"},
		"opt-out-delayed":      {"hub_cloud set collected_after_opt_out", "held-back attack (delay app.opt_out)"},
		"erasure-lost":         {"lost attack (drop app.erasure)", "head_end has met no request for erasure of resident[17]"},
		"erasure-forged":       {"head_end forgot 576 items of resident[7] at 6d00h00m00.030s, who had not asked for that", "forged attack"},
		"habits-learnt":        {"bought is joined to policies by email", "locks is in bought", "lights is in bought", "habits is inferred from locks and lights"},
		"illness-reidentified": {"release is joined to policies by postcode, birth_year and sex: no other record is like it, if they are known to be in it"},
		"hidden-replica":       {"analytics.pattern was inferred from analytics.load", "analytics.load came from head_end.load", "no request for erasure can come to analytics"},
	} {
		s, err := Load("town/" + name)
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
		require.NoError(t, err)
		var text strings.Builder
		require.NoError(t, report.Text(&text, r, report.Options{All: true, Width: 79}))
		for _, line := range says {
			assert.Contains(t, strings.Join(strings.Fields(text.String()), " "), line, name)
		}
	}
}

// TestTownGuesses: who is alike with others in bands of two years is guessed, and learnt is about whom a guess is
// more likely right than not.
func TestTownGuesses(t *testing.T) {
	const text = `scenario: guesses
use: [system.yaml, release.yaml]
run: 1h
seed: 1
system: {devices: {release: {holds: {postcode: all, birth_year: {coarse: %d}, sex: all, illness: all}}}}
invariants:
  guessed: {never: 'max(confidence(insurer, resident, illness)) < 0'}
  alone: {always: unique_share(release) >= 0}
`
	for _, wide := range []int{2, 20} {
		s, err := Parse("library/town/guesses.yaml", fmt.Appendf(nil, text, wide))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		alone, err := r.Invariant("alone")
		require.NoError(t, err)
		if wide == 20 {
			assert.Empty(t, r.Privacy.Learnt, "all are like others")
			continue
		}
		require.Len(t, r.Privacy.Learnt, 1)
		assert.Equal(t, math.Round(alone.Margin*townHomes), float64(r.Privacy.Learnt[0].Most))
		assert.Equal(t, []string{"name is in policies", "release is joined to policies by postcode, birth_year (in bands of 2) and sex: no other record is like it, if they are known to be in it", "illness is in release"}, r.Privacy.Learnt[0].Recipe)
	}
}

// townVillage is a few homes whose readings come by single messages, or as rates.
func townVillage(asRate bool, seed uint64, homes, minutes, days int, acts string) []byte {
	return fmt.Appendf(nil, `scenario: village
run: %[5]dd
seed: %[2]d
system:
  purposes: [billing, comfort]
  subjects: {resident: {count: %[3]d, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, count: %[3]d, every: %[4]dm, rejoins: 3m, as_rate: %[1]t}
    light: {is: telemetry, count: %[3]d, every: 37m, as_rate: %[1]t, in_step: true}
    app: {is: portal, count: %[3]d}
    readings:
      is: store
      keeps: 3d
      holds: {name: {purpose: billing, basis: contract}}
      takes:
        load: {from: meter.reading, purpose: billing, basis: contract}
        lights: {from: light.reading, purpose: comfort}
      erases: {on: app.erasure, after: 7h}
      stops: {on: app.opt_out, after: 100m}
    archive:
      is: store
      keeps: 400d
      takes:
        load: {from: readings.load, every: 5h, fine: 2h}
        lights: {from: readings.lights, every: 1d}
        habit: {infer: [load, lights], right: 60%%}
      erases: {on: readings.erased, after: 1d}
  zones: {homes: [meter, light, app], utility: [readings, archive]}
  conduits: {wan: {joins: [homes, utility], latency: 25ms}}
timeline:
%[6]s
invariants:
  forgotten: {always: 'kept_after_erasure("2 d") == 0'}
  alone: {always: 'collected_after_opt_out("1 h") == 0'}
`, asRate, seed, homes, minutes, days, acts)
}

// TestTownAsRates: what comes as a rate is what comes by single messages, to the last item in every store, whoever
// asks for what and whenever.
func TestTownAsRates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, homes := rapid.Uint64Max(1<<62).Draw(t, "seed"), rapid.IntRange(2, 6).Draw(t, "homes")
		minutes, days := rapid.IntRange(11, 300).Draw(t, "minutes"), rapid.IntRange(3, 6).Draw(t, "days")
		acts := ""
		for i, right := range []string{"erasure", "opt-out"} {
			at := rapid.IntRange(1, days*86400-1).Draw(t, right)
			acts += fmt.Sprintf("  - {at: %ds, act: ask, person: 'resident[%d]', right: %s, with: app}\n", at, i, right)
		}
		for range rapid.IntRange(0, 3).Draw(t, "faults") { // of who tells, who takes it in, and both
			fault, who := rapid.SampledFrom([]string{"crash", "power-loss"}).Draw(t, "fault"), rapid.SampledFrom([]string{"meter", "light", "readings"}).Draw(t, "of")
			at, long := rapid.IntRange(1, days*86400-1).Draw(t, "down at"), rapid.IntRange(1, 86400).Draw(t, "for")
			acts += fmt.Sprintf("  - {at: %ds, fault: %s, device: %s, for: %ds}\n", at, fault, who, long)
		}
		var runs [2]*sim.Result
		for i := range runs {
			s, err := Parse("village.yaml", townVillage(i == 1, seed, homes, minutes, days, acts))
			require.NoError(t, err)
			runs[i], err = sim.Run(context.Background(), s.Plan)
			require.NoError(t, err)
		}
		require.Equal(t, runs[0].Privacy.Stores, runs[1].Privacy.Stores)
		require.Equal(t, runs[0].Privacy.Left, runs[1].Privacy.Left)
		require.Equal(t, runs[0].Privacy.Kept, runs[1].Privacy.Kept)
		for i := range runs[0].Invariants {
			require.Equal(t, runs[0].Invariants[i].Margin, runs[1].Invariants[i].Margin, runs[0].Invariants[i].Name)
		}
	})
}

// BenchmarkTownByMessages is thirty days of the town in which each reading is a message of its own, 296 of a home
// and day: 44 million.
func BenchmarkTownByMessages(b *testing.B) {
	text := "scenario: messages\nuse: system.yaml\nrun: 30d\nseed: 1\nsystem:\n  devices:\n"
	for _, device := range []string{"meter", "lock", "light", "camera"} {
		text += "    " + device + ": {as_rate: false}\n"
	}
	s, err := Parse("library/town/messages.yaml", []byte(text))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := sim.Run(context.Background(), s.Plan, sim.Explain()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(townHomes*(townMeter+townHub+townCamera)*30), "ns/message")
}
