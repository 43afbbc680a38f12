package scenarios

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// warmed is when the coolant comes at 305 K.
func warmed(t *testing.T, r *swatRun) vtime.Time {
	t.Helper()
	at := changes(r, "cooling.demand", 0.375)
	require.Len(t, at, 1)
	return vtime.Time(vtime.FromSeconds(at[0]))
}

// peakFrom is the highest temperature from what is in the reactor when the coolant
// comes at 305 K, if after so many seconds it comes at 280 K and the feed is shut.
func peakFrom(t *testing.T, r *swatRun, trip float64) (highest float64) {
	t.Helper()
	at := warmed(t, r)
	x := mixture{r.signal("reactor.concentration").At(at) / 1000, r.signal("reactor.temperature").At(at)}
	for _, part := range []struct{ until, dilution, coolant float64 }{{trip, 1, 305}, {120, 0, 280}} {
		for range int(part.until * 1000) {
			x = x.step(1e-3/60, part.dilution, part.coolant)
			highest = max(highest, x.temperature)
		}
	}
	return highest
}

// TestReactorPeaksFromAfar: who comes over the network does what was assumed in the
// scenarios of the table, once the coolant is warm.
func TestReactorPeaksFromAfar(t *testing.T) {
	for _, c := range []struct {
		name          string
		trips         []float64 // s
		want, printed float64   // K
	}{
		{"triton", nil, 441.45, 441.45},
		{"trip-point-tampered-from-ews", []float64{88.26}, 416.45, 416.4},
		{"coolant-tampered-from-laptop", []float64{84.72}, 379.61, 379.6},
		{"triton-key-in-run", []float64{84.72}, 379.61, 379.6},
		{"triton-segmented", []float64{84.72}, 379.61, 379.6},
		{"triton-authorised-download", []float64{84.72}, 379.61, 379.6},
		{"triton-one-key", []float64{84.72}, 379.61, 379.6},
		{"authorised-download", []float64{78.38}, 356.97, 357.0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := ofLibrary(t, "reactor/"+c.name)
			got := r.signal("reactor.temperature").Max()
			assert.Equal(t, c.trips, changes(r, "sis.run_tripped", 1))
			after := 120.
			if c.trips != nil {
				after = c.trips[0] - warmed(t, r).Seconds()
			}
			assert.InDelta(t, peakFrom(t, r, after), got, 1e-3, "by another integrator")
			assert.InDelta(t, c.want, got, 0.005)
			assert.InDelta(t, c.printed, got, 0.1)
		})
	}
}

// A halt is how a step of an attack was stopped.
type halt struct{ step, by, why string }

// TestTritonIsStopped says what stopped which step, and by which words.
func TestTritonIsStopped(t *testing.T) {
	for name, want := range map[string][]halt{
		"triton": {
			{"straight", "firewall", "conduit firewall has no rule that allows download sis.program from laptop to sis by plain"},
		},
		"triton-key-in-run": {{"new-logic", "key-switch", `sis refused it (check key-switch): key == "program" does not hold`}},
		"triton-segmented": {
			{"find-safety", "tristation", "conduit tristation has no rule that allows scan from ews to sis by plain"},
			{"old-logic", "tristation", "conduit tristation has no rule that allows upload from ews to sis by plain"},
			{"new-logic", "tristation", "conduit tristation has no rule that allows download sis.program from ews to sis by plain"},
		},
		"triton-authorised-download": {{"new-logic", "signed", "sis refused it (check signed): it bears no engineer_key or manager_key"}},
		"triton-one-key":             {{"new-logic", "both", "sis refused it (check both): nobody else asked for it"}},
		"authorised-download":        nil, // the second one agreed
		"triton-tripped":             {{"new-logic", "sound", "sis tripped (check sound): 2 against 1"}},
		"triton-firewall-shut": {
			{"find-station", "firewall", "conduit firewall has no rule that allows scan from laptop to ews by plain"},
		},
		"coolant-tampered-from-laptop": nil,
		"trip-point-tampered-from-ews": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []halt
			for _, i := range ofLibrary(t, "reactor/"+name).Injections {
				if i.HeldUp() {
					got = append(got, halt{i.Step.Name, i.StoppedBy, i.Why})
				}
			}
			assert.Equal(t, want, got)
		})
	}
}

// A witness notes all that changes but how many messages were refused.
type witness struct {
	sim.Silent
	counts map[signal.Slot]bool
	notes  []note
}

type note struct {
	at     vtime.Time
	slot   signal.Slot
	value  float64
	course sim.Course
}

func (w *witness) Begin(at vtime.Time, signals *sim.Signals, values []float64) {
	w.counts = map[signal.Slot]bool{}
	for s := range signals.All() {
		w.counts[s.Slot] = s.Signal == "refused"
		w.Change(at, s.Slot, values[s.Slot])
	}
}

func (w *witness) Change(at vtime.Time, slot signal.Slot, value float64) {
	if !w.counts[slot] {
		w.notes = append(w.notes, note{at: at, slot: slot, value: value})
	}
}

func (w *witness) Course(slot signal.Slot, c sim.Course) {
	w.notes = append(w.notes, note{slot: slot, course: c})
}

func (*witness) Follows(signal.Slot) sim.Closeness { return sim.Extremes }

// notesWithout is all that changes in a scenario of the reactor without some steps.
func notesWithout(t *testing.T, name string, steps ...string) []note {
	t.Helper()
	s, err := Load("reactor/" + name)
	require.NoError(t, err)
	plan, err := s.Plan.Without(steps...)
	require.NoError(t, err)
	w := &witness{}
	_, err = sim.Run(context.Background(), plan, sim.Record(w))
	require.NoError(t, err)
	return w.notes
}

// TestWhatIsStoppedMovesNothing: every signal of the system is, at every time and to
// the last bit, what it is where the step never began. All that is left of it is the
// count of what was refused.
func TestWhatIsStoppedMovesNothing(t *testing.T) {
	for name, steps := range map[string][]string{
		"triton":                     {"straight"},
		"triton-key-in-run":          {"new-logic"},
		"triton-segmented":           {"find-safety", "old-logic", "new-logic"},
		"triton-authorised-download": {"new-logic"},
		"triton-one-key":             {"new-logic"},
		"triton-firewall-shut":       everyAttack(t, "triton-firewall-shut"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, want := notesWithout(t, name), notesWithout(t, name, steps...)
			require.Greater(t, len(got), 10_000)
			assert.True(t, slices.Equal(got, want))
		})
	}
	assert.False(t, slices.Equal(notesWithout(t, "triton"), notesWithout(t, "triton", "new-logic")), "what comes through does")
}

func everyAttack(t *testing.T, name string) (steps []string) {
	t.Helper()
	for _, i := range attacksOf(ofLibrary(t, "reactor/"+name)) {
		steps = append(steps, i.Step.Name)
	}
	return steps
}

func attacksOf(r *swatRun) (list []sim.InjectionResult) {
	for _, i := range r.Injections {
		if i.Step.Kind == inject.Attack {
			list = append(list, i)
		}
	}
	return list
}

// TestTheSafetySystemIsAnotherLayer: whatever stops the download, the plant goes the
// way that it goes where the control alone is attacked.
func TestTheSafetySystemIsAnotherLayer(t *testing.T) {
	trials.Long(t)
	alone := ofLibrary(t, "reactor/coolant-tampered-from-laptop")
	for _, name := range []string{"key-in-run", "segmented", "authorised-download", "one-key"} {
		r := ofLibrary(t, "reactor/triton-"+name)
		for _, path := range []string{"cooling.temperature", "cooling.demand", "shutoff.position", "sis.run", "sis.held", "sis.program", "sis.trip_point"} {
			assert.Equal(t, alone.signal(path).Changes, r.signal(path).Changes, "%s: %s", name, path)
		}
		for ms := range 240 * 1000 / 50 {
			at := vtime.Time(vtime.Duration(ms) * 50 * vtime.Millisecond)
			require.Equal(t, alone.signal("reactor.temperature").At(at), r.signal("reactor.temperature").At(at), "%s at %v", name, at)
		}
	}
}

// TestSafetySystemTripsItself: the scan after a download that is not sound shuts the
// feed and opens TV101; what is forced at the control then is without effect.
func TestSafetySystemTripsItself(t *testing.T) {
	r := ofLibrary(t, "reactor/triton-tripped")
	const trips = 30.02 // s
	assert.Equal(t, []float64{trips}, changes(r, "sis.run_tripped", 1))
	assert.Equal(t, 1., r.signal("sis.program").Last())
	assert.Equal(t, 280., r.signal("cooling.temperature").Last())
	concentration := r.signal("reactor.concentration").At(vtime.Time(vtime.FromSeconds(trips)))
	x := mixture{concentration / 1000, kelvin(r, trips)}
	const parts = 100_000
	for range parts {
		x = x.step((240-trips)/parts/60, 0, 280)
	}
	assert.InDelta(t, x.temperature, kelvin(r, 240), 1e-4, "by another integrator")
	assert.InDelta(t, 280.15, kelvin(r, 240), 0.005)
}

// TestTritonIsEarned: nothing is assumed, each step has a technique, and it gets
// from device to device in the order in which it must.
func TestTritonIsEarned(t *testing.T) {
	r := ofLibrary(t, "reactor/triton")
	techniques := map[string]bool{}
	for _, i := range attacksOf(r) {
		assert.False(t, i.Step.Assumed, i.Step.Name)
		assert.Equal(t, "intruder", i.Attacker, i.Step.Name)
		techniques[i.Step.Technique] = true
	}
	for _, id := range []string{"T0843", "T0845", "T0846", "T0868"} { // of those of S1009
		assert.True(t, techniques[id], id)
	}
	assert.False(t, techniques[""])
	var footholds []string
	for _, g := range r.Gains {
		if g.Foothold {
			footholds = append(footholds, g.Device+" "+strings.Join(g.Credentials, " "))
		}
	}
	assert.Equal(t, []string{"ews controller_password", "bpcs "}, footholds)
}

// TestTritonNeedsItsSteps leaves each out: the reactor runs away all the same, or the
// safety system holds it at 379.6 K, or nothing gets as far as its control.
func TestTritonNeedsItsSteps(t *testing.T) {
	s, err := Load("reactor/triton")
	require.NoError(t, err)
	for step, want := range map[string]float64{
		"key-left": 379.61, "new-logic": 379.61,
		"find-station": 350, "log-in": 350, "onto-station": 350,
		"find-control": 350, "log-in-control": 350, "onto-control": 350, "warm-water": 350,
		"find-safety": 441.45, "key-position": 441.45, "old-logic": 441.45, "straight": 441.45,
		"blind-station": 441.45, "no-alarm": 441.45, "still-picture": 441.45,
	} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			plan, err := s.Plan.Without(step)
			require.NoError(t, err)
			h := &sim.History{}
			_, err = sim.Run(context.Background(), plan, sim.Record(h))
			require.NoError(t, err)
			temperature, err := h.Signal("reactor.temperature")
			require.NoError(t, err)
			assert.InDelta(t, want, temperature.Max(), 0.005)
		})
	}
}

// TestScreensShowNothing: the picture is that of before, to the last digit.
func TestScreensShowNothing(t *testing.T) {
	r := ofLibrary(t, "reactor/triton")
	at := func(path string, second float64) float64 {
		return r.signal(path).At(vtime.Time(vtime.FromSeconds(second)))
	}
	for second := 52.; second < 240; second++ {
		require.Equal(t, at("hmi.temperature", 52), at("hmi.temperature", second))
		require.Zero(t, at("hmi.horn", second))
		require.Zero(t, at("ews.changed", second))
	}
	assert.Equal(t, 2., r.signal("sis.program").Last())
	assert.NotEmpty(t, changes(r, "bpcs.alarm", 1), "the control itself notices")
}

// TestBothMustWantTheSame: a second key is good for what the first one proposed, in
// time, and for nothing else.
func TestBothMustWantTheSame(t *testing.T) {
	trials.Long(t)
	for _, c := range []struct {
		steps string
		want  float64 // the trip point, K
	}{
		{"{at: 30s, name: second, act: download, from: ews, by: manager, to: sis, set: {trip_point: 355 K}}", 355},
		{"{at: 30s, name: second, act: download, from: ews, by: engineer, to: sis, set: {trip_point: 355 K}}", 360},
		{"{at: 30s, name: second, act: download, from: ews, by: manager, to: sis, set: {trip_point: 400 K}}", 360},
		{"{at: 30s, name: second, act: download, from: ews, by: manager, to: sis, set: {trip_point: 355 K, program: 2}}", 360},
		{"{at: 309s, name: second, act: download, from: ews, by: manager, to: sis, set: {trip_point: 355 K}}", 355},
		{"{at: 311s, name: second, act: download, from: ews, by: manager, to: sis, set: {trip_point: 355 K}}", 360},
		{"{at: 30s, name: second, attack: download, from: ews, by: thief, to: sis, set: {trip_point: 400 K}}", 360},
	} {
		r := ofText(t, fmt.Sprintf(twoKeys, c.steps))
		assert.Equal(t, c.want, r.signal("sis.trip_point").Last(), c.steps)
	}
}

const twoKeys = `scenario: two-keys
use: system.yaml
run: 6m
system:
  devices:
    key: {signals: {position: {start: '"program"'}}}
    sis: {checks: [{two-person: [engineer, manager], verb: download, within: 5m}]}
  attackers:
    thief: {at: ews, knows: all, holds: manager_key}
timeline:
  - {at: 10s, name: first, act: download, from: ews, by: engineer, to: sis, set: {trip_point: 355 K}}
  - %s
`

// ofText runs a scenario that stands beside those of the reactor.
func ofText(t *testing.T, text string) *swatRun {
	t.Helper()
	folder := t.TempDir()
	system, err := os.ReadFile("library/reactor/system.yaml")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "system.yaml"), system, 0o600))
	s, err := Parse(filepath.Join(folder, "scenario.yaml"), []byte(text))
	require.NoError(t, err)
	r := &swatRun{History: &sim.History{}, t: t}
	r.Result, err = sim.Run(context.Background(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	return r
}

// TestPressureFrozenInTheMiddle: a laptop on the way does what was assumed, unless
// what passes is signed.
func TestPressureFrozenInTheMiddle(t *testing.T) {
	trials.Long(t)
	assumed, way := ofLibrary(t, "tennessee/pressure-frozen"), ofLibrary(t, "tennessee/pressure-frozen-from-laptop")
	assert.InDelta(t, 16.3, violatedAt(t, way, "no-shutdown")/3600-1, 0.005, "h after its onset")
	for _, path := range []string{"plant.pressure", "plant.level", "purge.position", "feed1.position"} {
		for minute := range 20 * 60 {
			at := vtime.Time(vtime.Duration(minute) * vtime.Minute)
			require.Equal(t, assumed.signal(path).At(at), way.signal(path).At(at), "%s at %v", path, at)
		}
	}
	s, err := Load("tennessee/pressure-frozen-from-laptop-signed")
	require.NoError(t, err)
	signed := swatPlan(t, s)
	assert.Equal(t, "signature", signed.Injections[0].StoppedBy)
	assert.Equal(t, "what pressure tells control is signed: it cannot be changed on its way", signed.Injections[0].Why)
	calm, err := s.Plan.Without("lie")
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), calm)
	require.NoError(t, err)
	assert.Equal(t, r.Digest, signed.Digest)
}
