package scenarios

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// cell runs a scenario of the robot cell.
func cell(t *testing.T, name string) *sim.Result {
	t.Helper()
	s, err := Load("robot-cell/" + name)
	require.NoError(t, err)
	require.Empty(t, s.Warnings)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Empty(t, r.Unmet)
	return r
}

// A contact at 1 m/s has v sqrt(k mu), of which a chest bears 140 N for longer than half a second, and who is
// behind it is named.
func TestHarmByASpoofedZone(t *testing.T) {
	r := cell(t, "zone-spoofed")
	require.Len(t, r.Harm, 2)
	anna, bert := &r.Harm[0], &r.Harm[1]
	assert.Equal(t, "anna operator", anna.Device+" "+anna.Role)
	assert.Equal(t, harm.Serious, anna.Severity)
	assert.Equal(t, "contact", anna.Exposure)
	last := anna.Causes[len(anna.Causes)-1]
	require.Equal(t, sim.InjectionCause, last.Kind)
	assert.Equal(t, "clear", r.Injections[last.Injection].Step.Name)
	for k, e := range anna.Exposed {
		if e.Name == "contact" {
			assert.InDelta(t, 140-math.Sqrt(25e3/(1/40.0+1/14.2)), anna.Margins[k].Margin, 1e-6)
		}
	}
	assert.Equal(t, harm.None, bert.Severity)
	assert.Equal(t, vtime.Never, bert.At)
	h := &r.Hazards[0]
	assert.Equal(t, 1, h.Demands)
	for k, want := range [][4]int{{0, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 0, 1}} { // the curtain and the slower arm are not there
		l := &h.Acted[k]
		assert.Equal(t, want, [4]int{l.Acted, l.Failed, l.Open, l.Absent}, l.Name)
		assert.Equal(t, k == 1, l.Fitted, l.Name)
	}
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{}))
	for _, want := range []string{
		"anna (operator)  SERIOUS (2 of 4) at 0m09.550s, harmed since 0m09.062s", "by  contact: arm.force was 511.9 N", "beyond  the limit of contact by 372 N at 0m09.550s", "short of  the protective distance by 1.10 m at 0m09.051s", "contact judged by  ISO/TS 15066, annex A, which holds up to the limit", "machine  arm, after scanner told safety; production answers for it",
		"began with  clear attack (spoof, T0856), by intruder from laptop", "bert (maintenance)  unharmed; closest 6.70 m from harm by separation",
		"layer scanner  FAILED on 1 of 1 demand at 0m07.927s: arm.stop did not come\n    within 100ms", "layer curtain  not fitted; it would have been demanded 1 time",
		"to be prevented by  device safety, PL d, the layer scanner", "(1e-7 to 1e-6 an hour); in these 20s 1 demand, 1 failed",
		"harm  anna: serious (2 of 4) at 0m09.550s", "left  nothing: every layer that is fitted failed",
	} {
		assert.Contains(t, text.String(), want)
	}
	data, err := report.JSON(r, "x.yaml")
	require.NoError(t, err)
	assert.Contains(t, string(data), `"person":"anna","role":"operator","severity":2,"severity_word":"serious"`)
	assert.Contains(t, string(data), `"exposure":"contact","machine":"arm","commanded_by":"scanner","began_with":{"name":"clear","kind":"attack","technique":"T0856","attacker":"intruder","assumed":false}`)
	assert.Contains(t, string(data), `{"name":"scanner","acts":"arm.stop","within_seconds":0.1,"acted":0,"failed":1,"open":0,"demand":"anna.separation < \"1.19 m\"","fitted_where":"not safety.by_hand","fitted":true,"demands":1,"late":0,"absent":0,`)
}

// What is wired past the network protects; a lower distance leaves what was lowered less.
func TestCellThatProtects(t *testing.T) {
	r := cell(t, "zone-spoofed-curtain")
	assert.Equal(t, harm.None, r.Harm[0].Severity)
	assert.Zero(t, r.Hazards[0].Demands)
	curtain := &r.Hazards[0].Acted[0]
	assert.Equal(t, [4]any{"curtain", 1, 0, vtime.FromSeconds(0.03)}, [4]any{curtain.Name, curtain.Acted, curtain.Failed, curtain.Slowest}, "its sensor takes 30 ms")
	assert.Zero(t, r.Hazards[0].Acted[1].Demands(), "who stands at an arm that the curtain stopped is no demand on the scanner")
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{}))
	assert.Contains(t, text.String(), "layer curtain  acted on 1 of 1 demand, after 30ms of 50ms")
	assert.Contains(t, text.String(), "left  curtain, scanner (not put to the test)")
	r = cell(t, "normal")
	assert.Equal(t, harm.None, r.Harm[0].Severity)
	// The arm comes towards anna when she is at the place for loading, and has gone 0.15 m of
	// braking and what the reaction takes when it stands.
	for k, e := range r.Harm[0].Exposed {
		if e.Name == "separation" {
			assert.InDelta(t, 1.19-0.15-0.05-0.045, r.Harm[0].Margins[k].Margin, 0.05)
		}
	}
}

// ranHazard runs a beam that is broken when the time is in pulses, and a stop that acts in
// others, against a layer that has 300 ms.
func ranHazard(t *testing.T, present, acts, within string) *sim.HazardResult {
	t.Helper()
	s, err := Parse("h.yaml", []byte(fmt.Sprintf(`scenario: h
run: 10s
system:
  devices:
    beam: {is: custom, signals: {broken: {value: %q}, stopped: {value: %q}}}
    anna: {is: person, contact: '"0 N"'}
hazards:
  cut:
    exposes: anna
    severity: 2
    when: beam.broken
    layers: [{name: stop, acts: beam.stopped%s}]
`, present, acts, within)))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Len(t, r.Hazards, 1)
	return &r.Hazards[0]
}

// Each time that the hazard comes is a demand, and a layer acts in its time or fails.
func TestDemandsOfLayers(t *testing.T) {
	thrice := "time >= 1 and time < 2 or time >= 4 and time < 5 or time >= 7 and time < 8"
	for _, row := range []struct {
		name, present, acts, within string
		demands, acted, failed      int
	}{
		{"always there", thrice, "time >= 0", ", within: 300ms", 3, 3, 0},
		{"never", thrice, "time < 0", ", within: 300ms", 3, 0, 3},
		{"in the same instant", thrice, "time >= 4 and time < 4.1", ", within: 300ms", 3, 1, 2},
		{"in time and late", thrice, "time >= 1.3 and time < 2 or time >= 4.301 and time < 5", ", within: 300ms", 3, 1, 2},
		{"over before", thrice, "time >= 0.5 and time < 0.9", ", within: 300ms", 3, 0, 3},
		{"for ever", thrice, "time >= 9", "", 3, 3, 0},
		{"never, for ever", thrice, "time < 0", "", 3, 0, 3},
		{"from the start", "time < 1", "time >= 0.2", ", within: 300ms", 1, 1, 0},
		{"ends as it comes", thrice, "time < 4", ", within: 300ms", 3, 1, 2},
		{"no demand", "time < 0", "time >= 0", ", within: 300ms", 0, 0, 0},
	} {
		h := ranHazard(t, row.present, row.acts, row.within)
		assert.Equal(t, row.demands, h.Demands, row.name)
		assert.Equal(t, [3]int{row.acted, row.failed, 0}, [3]int{h.Acted[0].Acted, h.Acted[0].Failed, h.Acted[0].Open}, row.name)
	}
	h := ranHazard(t, "time >= 9.9", "time < 0", ", within: 300ms")
	assert.Equal(t, [3]int{0, 0, 1}, [3]int{h.Acted[0].Acted, h.Acted[0].Failed, h.Acted[0].Open}, "it had time left")
}

// Hazards change no byte of a run, and are as they would be where the run was kept on the way.
func TestHazardsOnlyLook(t *testing.T) {
	s, err := Load("robot-cell/zone-spoofed")
	require.NoError(t, err)
	ctx := context.Background()
	whole, err := sim.Run(ctx, s.Plan)
	require.NoError(t, err)
	for at := vtime.Time(0); at <= vtime.Time(10*vtime.Second); at += vtime.Time(850 * vtime.Millisecond) {
		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(ctx, at))
		data, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(ctx, s.Plan, sim.From(data))
		require.NoError(t, err)
		require.Equal(t, whole.Digest, rest.Digest)
		for i := range whole.Hazards {
			a, b := &whole.Hazards[i], &rest.Hazards[i]
			require.Equal(t, [2]any{a.Demands, fmt.Sprintf("%+v", a.Presence.Result)}, [2]any{b.Demands, fmt.Sprintf("%+v", b.Presence.Result)})
			require.Equal(t, fmt.Sprintf("%+v", a.Acted), fmt.Sprintf("%+v", b.Acted), "kept at %v", at)
		}
		for i := range whole.Harm {
			a, b := &whole.Harm[i], &rest.Harm[i]
			require.Equal(t, fmt.Sprint(a.Severity, a.At, a.Began, a.Exposure, len(a.Causes)), fmt.Sprint(b.Severity, b.At, b.Began, b.Exposure, len(b.Causes)))
		}
	}
}

// Members of one device are people each by themselves, and too many are one crowd.
func TestPeopleByTheDozen(t *testing.T) {
	for count, want := range map[int]int{1: 1, 12: 12, 500: 1} {
		s, err := Parse("p.yaml", []byte(fmt.Sprintf(`scenario: p
run: 10s
system:
  devices:
    press: {is: custom, signals: {force: {start: 0 N}}, rules: [{when: time > 3, set: {force: 500 N}}]}
    crew: {is: person, count: %d, region: hand, contact: press.force}
hazards:
  crushing: {exposes: crew, severity: 1, when: press.force > 0}
`, count)))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		require.Len(t, r.Harm, want)
		for i := range r.Harm {
			assert.Equal(t, harm.Serious, r.Harm[i].Severity, r.Harm[i].Device)
		}
		data, err := report.JSON(r, "p.yaml")
		require.NoError(t, err)
		assert.NotContains(t, string(data), `"harmed":[]`)
		var text bytes.Buffer
		require.NoError(t, report.Text(&text, r, report.Options{}))
		assert.Contains(t, text.String(), "worse than foreseen")
	}
}

// What is said of harm is so: the room that holds the air is no machine, a layer that never failed was not
// enough, who is touched without harm is told so, and who is exposed to nothing.
func TestWordsOfHarm(t *testing.T) {
	for name, wants := range map[string][]string{
		"home/alarm-suppressed":    {"machine  boiler; installer answers for it", "beyond  the limit of carbon monoxide in the blood by 31.7%", "co judged by  UL 2034"},
		"home/freeze-protected":    {"closest 26.0 K beyond the limit of temperature at\n    10h00m13.125s but not for long enough to harm, 63.4 % of the dose of slight\n    harm by frost at 10h40m37.125s"},
		"insulin/rogue-bolus":      {"left  suspend, phone-warns: never failed, and yet there was harm"},
		"robot-cell/power-limited": {"0.00460 m past contact by separation"},
	} {
		s, err := Load(name)
		require.NoError(t, err)
		text := told(t, s)
		for _, want := range wants {
			assert.Contains(t, text, want, name)
		}
	}
	s, err := Parse("idle.yaml", []byte("scenario: idle\nrun: 1s\nsystem:\n  devices:\n    jim: {is: person}\n"))
	require.NoError(t, err)
	assert.Contains(t, told(t, s), "jim (visitor)  unharmed, as nothing is wired that could harm them")
	s, err = Parse("dead.yaml", []byte("scenario: dead\nrun: 1s\nsystem:\n  devices:\n    jim: {is: person, glucose: '\"5 mg/dL\"'}\ninvariants:\n  stays: {always: jim.x < 1}\n"))
	require.NoError(t, err)
	assert.Contains(t, told(t, s), "no invariant forbids this  add `unharmed: {always: jim.worst == 0}`")
}

// told is the report of a run.
func told(t *testing.T, s *Scenario) string {
	t.Helper()
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{}))
	return text.String()
}
