package scenarios

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/vtime"
)

// TestGateHarm: who opens the gate is not struck where its switch is believed, and where it is not with the
// force of a mass on a spring, 2 m/s sqrt(k mu): more than twice what a chest bears, which is serious.
func TestGateHarm(t *testing.T) {
	struck := 2 * math.Sqrt(25e3/(1/40.+1/14.2))
	require.Greater(t, struck, 2*280.)
	for name, want := range map[string]struct {
		worst         harm.Severity
		acted, failed int
	}{
		"gate-opened": {harm.None, 1, 0}, "gate-spoofed": {harm.Serious, 0, 1}, "gate-spoofed-checked": {harm.None, 1, 0},
		"gate-taped": {harm.Serious, 0, 1}, "gate-taped-coded": {harm.None, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := ofLibrary(t, "robot-cell/"+name)
			assert.Equal(t, want.worst, r.Harm[0].Severity)
			l := &r.Hazards[0].Acted[0]
			assert.Equal(t, [2]int{want.acted, want.failed}, [2]int{l.Acted, l.Failed}, l.Name)
			if want.worst == harm.None {
				assert.Zero(t, presses(r))
				assert.Zero(t, r.Hazards[0].Demands)
				return
			}
			assert.InEpsilon(t, struck, presses(r), 1e-6)
			last := r.Harm[0].Causes[len(r.Harm[0].Causes)-1]
			assert.Zero(t, last.Injection, "it goes back to the step that there is")
		})
	}
}

// TestGateDistance: at 2.2 m the gate is as far away as ISO 13855 asks for, S = K T, T what the switch, the bus
// and the scan take and what the arm takes to stand; 0.1 m nearer is not, in some phase of the arm.
func TestGateDistance(t *testing.T) {
	r := ofLibrary(t, "robot-cell/gate-opened")
	stops := r.signal("arm.stop_time").At(0)
	assert.InDelta(t, 0.4355, stops, 5e-5)
	s := 1.6 * (0.100 + 0.005 + 0.010 + 0.005 + stops)
	assert.Less(t, s, 2.2-1.3)
	assert.Greater(t, s, 2.1-1.3)
	opened := changes(r, "gate.open", 1)
	stands := changes(r, "arm.motion", 2)
	require.NotEmpty(t, opened)
	require.NotEmpty(t, stands)
	assert.InDelta(t, 3+3.8/1.6, opened[0], 2e-9)
	assert.LessOrEqual(t, stands[0]-opened[0], s/1.6)
	assert.GreaterOrEqual(t, r.signal("anna.x").At(vtime.Time(vtime.FromSeconds(stands[0]))), 1.3)
}

// TestGateOfTheTimeline: an act opens a gate and closes it, as a path does.
func TestGateOfTheTimeline(t *testing.T) {
	r := ofCell(t, "gate-opened", devices("anna: {opens_guards: true, path: {gate: {at: 15s, x: 2.3 m}, loading: {at: 16s, x: 2.4 m}, out: {at: 17s, x: 2.5 m}, away: {at: 19s, x: 6 m}}}\n    gate: {taped: bert.tapes}\ntimeline: [{at: 2s, act: set, signal: anna.opens, value: true, for: 3s}]")...)
	assert.Equal(t, []float64{2}, changes(r, "gate.open", 1))
	assert.Equal(t, []float64{5}, changes(r, "gate.open", 0)[len(changes(r, "gate.open", 0))-1:])
	assert.Equal(t, 2.1, changes(r, "gate.closed", 0)[0])
}

// TestGateImpossible: what cannot be is refused, with what to do.
func TestGateImpossible(t *testing.T) {
	for text, want := range map[string]string{
		"anna: {path: {gate: {at: 3s, x: 2.2 m, opens: true}, loading: {at: 5.37s, x: 1.25 m}}}": "leaves for loading at 5.37s, before they are at the guard at gate",
		"anna: {path: {gate: {at: 3s, x: 2.2 m, opens: true, closes: true}}}":                    "both opens and closes the guard at gate",
		"gate: {sees: 11s}":          "sees must be at most 10s",
		"gate: {coding: secret}":     "none, low, medium, high",
		"arm: {safe_speed: 1e9 m/s}": "safe_speed must be from 0 to 2.715 m/s (0 for never; it is never faster than 2.715 m/s: 3.194 rad/s at a reach of 0.85 m, its data sheet",
		"arm: {safe_to: 1e9 m}":      "safe_to must be from 0 to 1000 m",
		"arm: {mass: 0 kg}":          "1 mistake",
	} {
		_, err := Parse("library/robot-cell/x.yaml", []byte("scenario: x\nuse: fenced.yaml\nrun: 1s\nsystem:\n  devices:\n    "+text+"\n"))
		require.Error(t, err, text)
		assert.Contains(t, strings.Join(strings.Fields(err.Error()), " "), want, text)
	}
}

// TestOneMistakeOfADevice: a twin that cannot be made is the only mistake, whoever reads it.
func TestOneMistakeOfADevice(t *testing.T) {
	for _, file := range []string{"system.yaml", "fenced.yaml"} {
		_, err := Parse("library/robot-cell/x.yaml", []byte("scenario: x\nuse: "+file+"\nrun: 1s\nsystem:\n  devices:\n    arm: {mass: 0 kg}\n"))
		require.ErrorContains(t, err, "mass must be at least 1 kg")
		assert.NotContains(t, err.Error(), "pure number", "what reads the arm is right")
		assert.Contains(t, err.Error(), "has 1 mistake")
	}
}
