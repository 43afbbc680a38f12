package scenarios

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// TestInsulinAdvice: 8 U are advised in place of 2.5 U at 342 mg/dL once the battery was
// out. Of the 6.5 U an e-th part fades in two hours, by whole scans of 3 min.
func TestInsulinAdvice(t *testing.T) {
	const at = 6*3600 + 9*60 // s, of the scan before it is confirmed
	// The scan at 5h45m sees 2 min of 1.5 U/min, that at 5h48m the rest; at 6h9m the advice
	// is of what was on board at 6h6m.
	fades := func(scans float64) float64 { return math.Exp(-scans / 40) }
	closed := 3*fades(7) + 3.5*fades(6)
	for name, want := range map[string]struct{ knows, printed float64 }{"correction": {closed, 2.5}, "battery-pulled": {0, 8}} {
		r := ofLibrary(t, "insulin/"+name)
		now := func(path string) float64 { return r.signal(path).At(vtime.Time(vtime.FromSeconds(at))) }
		assert.InDelta(t, 342, now("controller.glucose")*100, 1e-9, name)
		assert.InDelta(t, want.printed, now("controller.advice"), 0.05, name)
		assert.InDelta(t, 8-want.knows, now("controller.advice"), 1e-3, "%s: (342 - 110) / 29 less what it knows of", name)
	}
}

// TestInsulinHarm: the worst that becomes of the person, and what of the machine does it.
func TestInsulinHarm(t *testing.T) {
	for name, worst := range map[string]float64{
		"normal": 0, "correction": 1, "battery-pulled": 1,
		"replayed-bolus": 4, "replayed-bolus-checked": 0, "rogue-bolus": 4, "rogue-bolus-checked": 0,
		"spoofed-glucose": 3, "spoofed-glucose-checked": 0, "limits-tampered": 4, "limits-tampered-checked": 0,
		"sensor-jammed": 1, "sensor-jammed-checked": 0, "wrong-bolus": 4, "wrong-bolus-checked": 0,
		"missed-meal": 1, "missed-meal-no-suspend": 2, "second-bolus": 1, "second-bolus-checked": 1,
		"half-a-bolus": 0, "whole-bolus": 2,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := ofLibrary(t, "insulin/"+name)
			assert.Equal(t, worst, r.signal("anna.worst").Max())
			least := lowest(r)
			for severity, level := range []float64{1: 70, 2: 54, 3: 30, 4: 18} {
				if level > 0 && least < level {
					assert.GreaterOrEqual(t, worst, float64(severity), "%v mg/dL were %v", least, level)
				}
			}
		})
	}
}

// lowest is the least glucose of a run, in mg/dL, each minute.
func lowest(r *swatRun) float64 {
	s, least := r.signal("patient.glucose"), math.Inf(1)
	for at := 0; at <= int(r.Ended.Seconds()); at += 60 {
		least = min(least, 100*s.At(vtime.Time(vtime.FromSeconds(float64(at)))))
	}
	return least
}

// TestInsulinRefuses: what is ordered, told and set is refused by name, in what order the
// checks come, and when.
func TestInsulinRefuses(t *testing.T) {
	const radio = 0.02
	for _, c := range []struct {
		name, step, by string
		at             float64
	}{
		{"rogue-bolus-checked", "rogue", "pump.signed", 2*3600 + radio},
		{"replayed-bolus-checked", "again", "pump.counted", 2*3600 + 1 + radio},
		{"replayed-bolus-checked", "third", "pump.counted", 3*3600 + 1 + radio},
		{"limits-tampered-checked", "more-basal", "controller.most-basal-limit", 91*60 + radio},
		{"limits-tampered-checked", "lower-target", "controller.target-limit", 92*60 + radio},
		{"limits-tampered-checked", "no-suspend", "controller.suspend-limit", 93*60 + radio},
		{"limits-tampered-checked", "faster-basal", "controller.basal-limit", 94*60 + radio},
	} {
		t.Run(c.name+"/"+c.step, func(t *testing.T) {
			t.Parallel()
			at, by := detected(t, ofLibrary(t, "insulin/"+c.name), c.step)
			assert.Equal(t, c.by, by)
			assert.InDelta(t, c.at, at, 1e-6)
		})
	}
}

// TestInsulinChecksReact once each, and to nothing else.
func TestInsulinChecksReact(t *testing.T) {
	for name, want := range map[string][]string{
		"wrong-bolus-checked":   {"pump.bolus-cap", "pump.stacked"},
		"second-bolus-checked":  {"pump.predictive-suspend"},
		"sensor-jammed-checked": {"controller.heard"},
	} {
		r := ofLibrary(t, "insulin/"+name)
		var reacted []string
		for _, c := range r.Checks {
			if c.Reacted > 0 {
				assert.EqualValues(t, 1, c.Reacted, "%s: %s of %s", name, c.Check, c.Device)
				reacted = append(reacted, c.Device+"."+c.Check)
			}
		}
		slices.Sort(reacted)
		assert.Equal(t, want, reacted, name)
	}
}

// TestInsulinMoreSeeds: the noise of the sensor decides nothing.
func TestInsulinMoreSeeds(t *testing.T) {
	trials.Long(t)
	const seeds = 20
	for _, name := range []string{"normal", "rogue-bolus-checked", "replayed-bolus-checked", "wrong-bolus-checked", "limits-tampered-checked"} {
		s, err := Load("insulin/" + name)
		require.NoError(t, err)
		for seed := range seeds {
			r, err := sim.Run(context.Background(), s.Plan, sim.Seed(uint64(seed+1)))
			require.NoError(t, err)
			i, err := r.Invariant("never-low")
			require.NoError(t, err)
			assert.Empty(t, i.Violations, "%s, seed %d", name, seed+1)
		}
	}
}

// TestInsulinSolvers: by another method of another order of stability no verdict changes,
// and neither does a figure.
func TestInsulinSolvers(t *testing.T) {
	trials.Long(t)
	for _, name := range []string{"normal", "rogue-bolus", "spoofed-glucose", "battery-pulled", "missed-meal-no-suspend"} {
		explicit, implicit := solved(t, name, "explicit"), solved(t, name, "implicit")
		require.NotEqual(t, explicit.Digest, implicit.Digest, "it is another method")
		a, b := explicit.Invariants, implicit.Invariants
		require.Len(t, b, len(a))
		for i := range a {
			assert.Equal(t, a[i].Verdict, b[i].Verdict, "%s: %s", name, a[i].Name)
			if a[i].Verdict == b[i].Verdict && len(a[i].Violations) > 0 {
				assert.InDelta(t, a[i].At.Seconds(), b[i].At.Seconds(), 1e-3, "%s: %s", name, a[i].Name)
			}
		}
		assert.InEpsilon(t, lowest(explicit), lowest(implicit), 1e-6, name)
	}
}

// solved runs a scenario with a solver for what happens in the body.
func solved(t *testing.T, name, solver string) *swatRun {
	t.Helper()
	text, err := os.ReadFile("library/insulin/" + name + ".yaml")
	require.NoError(t, err)
	with := fmt.Sprintf("system:\n  devices:\n    patient: {solver: %s}\n", solver)
	whole := strings.Replace(string(text), "system:\n  devices:\n", with, 1)
	if whole == string(text) {
		whole = strings.Replace(whole, "timeline:\n", with+"timeline:\n", 1)
	}
	require.Contains(t, whole, solver)
	s, err := Parse("library/insulin/"+name+"-by-another.yaml", []byte(whole))
	require.NoError(t, err)
	return swatPlan(t, s)
}

// TestInsulinCap: a pump of 30 U at most gives no more of 75 U, what other pumps would give.
func TestInsulinCap(t *testing.T) {
	text, err := os.ReadFile("library/insulin/rogue-bolus.yaml")
	require.NoError(t, err)
	s, err := Parse("library/insulin/more.yaml", []byte(strings.Replace(string(text), "value: 30 U", "value: 75 U", 1)))
	require.NoError(t, err)
	r := swatPlan(t, s)
	assert.InDelta(t, 7+30, r.signal("pump.given").Max(), 1e-9)
	assert.Len(t, changes(r, "patient.lost", 1), 1, "no model holds there")
	assert.Equal(t, 4., r.signal("anna.harm").Max())
}
