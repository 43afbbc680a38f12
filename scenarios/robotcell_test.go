package scenarios

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// ofCell is otherwise of a scenario of the robot cell.
func ofCell(t *testing.T, name string, replace ...string) *swatRun {
	t.Helper()
	return otherwise(t, "robot-cell/"+name, replace...)
}

// otherwise runs a scenario of the library with something of it replaced, expected or not.
func otherwise(t *testing.T, name string, replace ...string) *swatRun {
	t.Helper()
	text, err := os.ReadFile("library/" + name + ".yaml")
	require.NoError(t, err)
	whole, _, _ := strings.Cut(string(text), "\nexpect:")
	for k := 0; k < len(replace); k += 2 {
		require.Contains(t, whole, replace[k])
		whole = strings.ReplaceAll(whole, replace[k], replace[k+1])
	}
	s, err := Parse("library/"+name+"-otherwise.yaml", []byte(whole))
	require.NoError(t, err)
	r := &swatRun{History: &sim.History{}, t: t}
	r.Result, err = sim.Run(t.Context(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	return r
}

// devices adds to the devices of a scenario that has none of its own.
func devices(text string) []string {
	return []string{"seed: 1\n", "seed: 1\nsystem:\n  devices:\n    " + text + "\n"}
}

// clearOfArm is the least distance of somebody to an arm that moves, in m.
func clearOfArm(r *swatRun, who string) float64 {
	least := math.Inf(1)
	arm, x, speed := r.signal("arm.x"), r.signal(who+".x"), r.signal("arm.speed")
	for at := vtime.Time(0); at <= r.Ended; at += vtime.Time(vtime.Millisecond) {
		if speed.At(at) > 0 {
			least = min(least, x.At(at)-arm.At(at))
		}
	}
	return least
}

// presses is the greatest force on anybody, in N.
func presses(r *swatRun) float64 { return r.signal("arm.force").Max() }

// TestRobotCellHarm: the worst that becomes of either, and whether it is the force that is to be. What presses for
// longer than half a second counts against 140 N, of which 511.9 N are more than twice as much.
func TestRobotCellHarm(t *testing.T) {
	atChest := math.Sqrt(25e3 / (1/40. + 1/14.2)) // N for each m/s
	for name, want := range map[string]struct{ anna, bert, force float64 }{
		"normal": {}, "zone-spoofed": {2, 0, atChest}, "zone-spoofed-checked": {}, "zone-spoofed-curtain": {},
		"distance-tampered": {}, "distance-tampered-checked": {}, "reading-delayed": {2, 0, atChest}, "reading-delayed-checked": {},
		"stop-delayed": {}, "stop-delayed-checked": {}, "stop-delayed-wired": {}, "scanner-muted": {2, 0, atChest}, "scanner-muted-checked": {},
		"speed-tampered":         {2, 0, -1}, // it brakes meanwhile
		"speed-tampered-checked": {}, "speed-tampered-watched": {},
		"power-limited": {0, 0, 115}, "tool-tampered": {1, 0, 115 * math.Sqrt(14.2/9.2)}, "tool-tampered-checked": {0, 0, 115},
		"stop-pressed": {}, "stop-suppressed": {0, 1, 0.25 * math.Sqrt(75e3*14.2)}, "stop-suppressed-wired": {},
		"scanner-stuck": {2, 0, atChest}, "scanner-stuck-curtain": {}, "scanner-dead": {2, 0, atChest}, "scanner-dead-checked": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := ofLibrary(t, "robot-cell/"+name)
			assert.Equal(t, want.anna, r.signal("anna.worst").Max())
			assert.Equal(t, want.bert, r.signal("bert.worst").Max())
			if want.force == 0 {
				assert.Zero(t, presses(r))
			} else if want.force > 0 {
				assert.InEpsilon(t, want.force, presses(r), 1e-6)
			}
		})
	}
}

// TestRobotCellRefuses: what is told and set is refused by name, after the milliseconds that it takes there.
func TestRobotCellRefuses(t *testing.T) {
	for _, c := range []struct {
		name, step, by string
		at             float64
	}{
		{"distance-tampered-checked", "lower", "safety.distance-limit", 1.005},
		{"speed-tampered-checked", "faster", "arm.speed-limit", 1.001},
		{"tool-tampered-checked", "lighter", "arm.tool-signed", 1.001},
		{"reading-delayed-checked", "hold-back", "safety.scanner-heard", 0.965 + 0.150},
		{"stop-delayed-checked", "hold-back", "arm.stop-heard", 0.995 + 0.100},
	} {
		at, by := detected(t, ofLibrary(t, "robot-cell/"+c.name), c.step)
		assert.Equal(t, c.by, by, c.name)
		assert.InDelta(t, c.at, at, 1e-6, c.name)
	}
}

// TestRobotCellSeparation: what the cell is set to is the published 1.190 m, and what the norm asks for
// at each moment is as the formula says.
func TestRobotCellSeparation(t *testing.T) {
	r := ofLibrary(t, "robot-cell/normal")
	assert.Equal(t, 1.19, r.signal("safety.needed").At(0))
	s := harm.Stop{Person: 1.6, Machine: 1, Reaction: 0.1, Stopping: 0.3, Intrude: 0.2, PersonBy: 0.05, MachBy: 0.05}
	assert.InDelta(t, 1.190, s.Protective(), 1e-12)
	at := func(path string) float64 { return r.signal(path).At(vtime.Time(vtime.Second)) }
	assert.InDelta(t, 1.6*(0.1+at("arm.stop_time"))+0.1+at("arm.stop_distance")+0.3, at("norm.needed"), 1e-12)
	assert.InDelta(t, 0.264, at("arm.stop_time"), 5e-4)
	assert.InDelta(t, 0.120, at("arm.stop_distance"), 5e-4)
	assert.GreaterOrEqual(t, clearOfArm(r, "anna"), 0.3, "C + Zd + Zr")
}

// TestRobotCellWorksWheneverSheComes: in no phase of the arm is anybody nearer than what is to be left.
func TestRobotCellWorksWheneverSheComes(t *testing.T) {
	for phase := range 13 {
		r := ofCell(t, "normal", devices(fmt.Sprintf("anna: {path: {loading: {at: %dms, x: 1.25 m}}}", 5000+200*phase))...)
		assert.GreaterOrEqual(t, clearOfArm(r, "anna"), 0.3, "phase %d", phase)
		assert.Zero(t, presses(r), "phase %d", phase)
	}
}

// TestRobotCellCurtain: at the published 512 mm the curtain stops an arm that takes 290 ms before anybody
// is where it may be, in any phase; at 460 mm, 320 ms of 1.6 m/s less 52 mm, not in all of them.
func TestRobotCellCurtain(t *testing.T) {
	distance, inside := harm.LightCurtain(0.290+0.030, 0.014)
	assert.True(t, inside)
	assert.InDelta(t, 0.512, distance, 1e-12)
	reached := func(metres float64) (first float64) {
		first = math.Inf(1)
		for phase := range 13 {
			// 1 m/s in 290 ms, evenly, by what its fastest takes.
			r := ofCell(t, "zone-spoofed-curtain", devices(fmt.Sprintf(`arm: {stop_category: cat_2, stops_in: %.12f s, stops_within: 1.2 rad}
    curtain: {signals: {place: {start: %.3f m}}}
    anna: {path: {loading: {at: %dms, x: 0.8 m}}}`, 0.290*0.85*183*math.Pi/180, 1.3+metres, 5000+200*phase))...)
			stands := changes(r, "arm.motion", 2)
			require.NotEmpty(t, stands)
			assert.InDelta(t, 0.290, r.signal("arm.stop_time").At(0), 1e-6)
			first = min(first, r.signal("anna.x").At(vtime.Time(vtime.FromSeconds(stands[0])))-1.3)
		}
		return first
	}
	assert.InDelta(t, 0, reached(0.512), 1e-6, "she is at the end of its way just when it stands")
	assert.InDelta(t, -0.052, reached(0.460), 1e-6)
}

// TestRobotCellEach100ms that the stop comes later costs 0.16 m of approach and 0.1 m of the arm.
func TestRobotCellEach100ms(t *testing.T) {
	// She comes within 1.19 m when it is at 0.1 m and comes towards her.
	late := func(ms int) float64 {
		r := ofCell(t, "stop-delayed", append(devices("anna: {path: {loading: {at: 2356ms, x: 0.2 m}}}"), "by: 800ms", fmt.Sprintf("by: %dms", ms))...)
		stops := changes(r, "arm.motion", 1)
		require.NotEmpty(t, stops)
		at := vtime.Time(vtime.FromSeconds(stops[0]))
		return r.signal("anna.x").At(at) - r.signal("arm.x").At(at)
	}
	assert.InDelta(t, 0.16+0.10, late(100)-late(200), 1e-6)
	assert.InDelta(t, 0.16+0.10, late(200)-late(300), 1e-6)
}

// TestRobotCellHarmsWhomItMeets: bert walks into the arm, and anna is 4.7 m away, whose contact reads its force: she is
// unharmed. The stop that nobody pressed did not act, though the arm stands once it has struck him.
func TestRobotCellHarmsWhomItMeets(t *testing.T) {
	s, err := Parse("library/robot-cell/x.yaml", []byte("scenario: x\nuse: system.yaml\nrun: 20s\nseed: 1\nsystem:\n  devices:\n"+
		"    anna: {path: {loading: {at: 5s, x: 6 m}, away: {at: 14s, x: 6 m}}}\n    bert: {path: {in: {at: 2s, x: 1.25 m}}}\n"+
		"timeline:\n  - {at: 1s, name: clear, attack: spoof, from: laptop, signal: scanner.distance, value: 6 m}\n"))
	require.NoError(t, err)
	r := &swatRun{History: &sim.History{}, t: t}
	r.Result, err = sim.Run(t.Context(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	assert.InEpsilon(t, math.Sqrt(25e3/(1/40.+1/14.2)), presses(r), 1e-6)
	assert.Zero(t, r.signal("anna.worst").Max())
	assert.Equal(t, 3., r.signal("bert.worst").Max())
	text := told(t, s)
	assert.Contains(t, text, "layer stop-button  FAILED on 1 of 1 demand")
	assert.Contains(t, text, "anna (operator)  unharmed")
}

// TestRobotCellDataSheet: 5 m/s are set, and 183 deg/s at 0.85 m are what it does.
func TestRobotCellDataSheet(t *testing.T) {
	r := ofLibrary(t, "robot-cell/speed-tampered")
	assert.InDelta(t, 2.715, r.signal("arm.speed").Max(), 5e-4)
	assert.Equal(t, 5., r.signal("arm.set_speed").Max())
}

// TestRobotCellOwnSpeed: who walks into the arm makes it no faster, so what it needs to stop in time does not grow:
// least is spared while she still walks up to it, and never again is it too fast.
func TestRobotCellOwnSpeed(t *testing.T) {
	r := ofLibrary(t, "robot-cell/speed-tampered")
	spare, speed := r.signal("anna.spare"), r.signal("arm.speed")
	assert.InDelta(t, -1.116, spare.At(vtime.Time(vtime.FromSeconds(7.615))), 1e-3)
	met := vtime.Time(vtime.FromSeconds(7.946))
	for at := met; at < met+vtime.Time(100*vtime.Millisecond); at += vtime.Time(100 * vtime.Microsecond) {
		assert.Greater(t, spare.At(at), -0.95, "%v", at)
		assert.Less(t, speed.At(at), 0.75, "%v", at)
	}
}

// TestRobotCellImpossible: what no arm or person can be is refused, with range and source.
func TestRobotCellImpossible(t *testing.T) {
	for text, wants := range map[string]string{
		"arm: {speed: 3 m/s}":   "speed must be from 0 to 2.715 m/s (3.194 rad/s at a reach of 0.85 m, its data sheet; UR5: Universal Robots UR5 manual, p. 52)",
		"arm: {mass: 0 kg}":     "mass must be at least 1 kg",
		"arm: {mass: -4 kg}":    "mass must be at least 1 kg",
		"arm: {payload: 9 kg}":  "payload must be from 0 to 5 kg",
		"anna: {speed: 14 m/s}": "12.5 m/s",
	} {
		_, err := Parse("library/robot-cell/x.yaml", []byte("scenario: x\nuse: system.yaml\nrun: 1s\nsystem:\n  devices:\n    "+text+"\n"))
		require.Error(t, err, text)
		assert.Contains(t, strings.Join(strings.Fields(err.Error()), " "), wants, text)
	}
}

// TestRobotCellSolvers: by another method no verdict changes, and no force or distance by 0.1 %.
func TestRobotCellSolvers(t *testing.T) {
	trials.Long(t)
	for _, name := range []string{"normal", "zone-spoofed", "stop-delayed", "speed-tampered", "power-limited"} {
		a, b := ofCell(t, name, devices("arm: {solver: explicit}")...), ofCell(t, name, devices("arm: {solver: implicit}")...)
		require.NotEqual(t, a.Digest, b.Digest, "it is another method")
		sameVerdicts(t, name, a.Result, b.Result)
		assert.InDelta(t, presses(a), presses(b), 1e-4, name)
		assert.InDelta(t, clearOfArm(a, "anna"), clearOfArm(b, "anna"), 1e-6, name)
		for i := range a.Harm {
			assert.Equal(t, a.Harm[i].Severity, b.Harm[i].Severity, name)
			for k := range a.Harm[i].Margins {
				assert.InDelta(t, a.Harm[i].Margins[k].Margin, b.Harm[i].Margins[k].Margin, 1e-4, "%s: %s", name, a.Harm[i].Exposed[k].Name)
			}
		}
	}
}

// sameVerdicts of two runs, at the same times.
func sameVerdicts(t *testing.T, name string, a, b *sim.Result) {
	t.Helper()
	require.Len(t, b.Invariants, len(a.Invariants))
	for i := range a.Invariants {
		x, y := &a.Invariants[i], &b.Invariants[i]
		assert.Equal(t, x.Verdict, y.Verdict, "%s: %s", name, x.Name)
		if len(x.Violations) > 0 && len(y.Violations) > 0 {
			assert.InDelta(t, x.At.Seconds(), y.At.Seconds(), 1e-5, "%s: %s", name, x.Name)
		}
	}
}

// BenchmarkRobotCell is 30 s of robot-cell/normal.
func BenchmarkRobotCell(b *testing.B) {
	s, err := Load("robot-cell/normal")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := sim.Run(b.Context(), s.Plan); err != nil {
			b.Fatal(err)
		}
	}
}
