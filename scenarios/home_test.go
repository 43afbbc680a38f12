package scenarios

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// homeHarm is the worst that becomes of her in each scenario of the house.
var homeHarm = map[string]float64{
	"normal": 0, "stuck-off": 3, "stuck-off-protected": 0, "stuck-on": 3, "stuck-on-protected": 0,
	"freeze": 3, "freeze-checked": 0, "freeze-protected": 0, "window-spoofed": 3, "window-spoofed-checked": 0,
	"overheat": 3, "overheat-checked": 0, "overheat-protected": 0, "flue-blocked": 0,
	"alarm-suppressed": 3, "alarm-suppressed-checked": 1, "alarm-suppressed-protected": 1,
	"gas-held-open": 1, "gas-held-open-checked": 0, "gas-held-open-hushed": 4, "gas-held-open-hushed-protected": 1,
	"locked-out": 3, "locked-out-protected": 0,
	"opened-by-replay": 2, "opened-by-replay-checked": 0, "opened-by-name-checked": 0,
	"habits-stolen": 0, "habits-erased": 0, "habits-by-day": 0, "habits-second-key": 0,
}

// TestHomeHarm: how badly she is harmed, and that no scenario is left out.
func TestHomeHarm(t *testing.T) {
	for _, e := range Library() {
		name, ok := strings.CutPrefix(e.Name, "home/")
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, homeHarm, name)
			r := ofLibrary(t, e.Name)
			assert.Equal(t, homeHarm[name], r.signal("maria.worst").Max())
		})
	}
}

// hours is a signal after so many hours.
func hours(r *swatRun, path string, at float64) float64 {
	return r.signal(path).At(vtime.Time(vtime.FromSeconds(at * 3600)))
}

// TestHomeCools by the closed form of 0.005 K/W and 1e7 J/K, as printed, up to her walk; she is
// harmed when it has been too cold for an hour.
func TestHomeCools(t *testing.T) {
	const tau = 0.005 * 1e7
	r := ofLibrary(t, "home/stuck-off")
	assert.InDelta(t, 3.777, violatedAt(t, r, "warm-enough")/3600, 5e-4)
	assert.InDelta(t, tau*math.Log(21./16), violatedAt(t, r, "warm-enough"), 1e-4)
	assert.InDelta(t, 3600, violatedAt(t, r, "unharmed")-violatedAt(t, r, "warm-enough"), 1e-6)
	assert.InDelta(t, 13.63, hours(r, "house.temperature", 6)-273.15, 5e-3)
	for at := 1.; at <= 10; at++ {
		assert.InDelta(t, 21*math.Exp(-at*3600/tau), hours(r, "house.temperature", at)-273.15, 1e-7)
	}
}

// TestHomeHeats: once the contact is stuck it goes to 50 degC by the closed form.
func TestHomeHeats(t *testing.T) {
	r := ofLibrary(t, "home/stuck-on")
	from := changes(r, "boiler.relay", 1)[0] / 3600
	began := hours(r, "house.temperature", from) - 273.15
	for at := 1.; at <= 10; at++ {
		assert.InDelta(t, 50+(began-50)*math.Exp(-(at-from)*3600/0.005/1e7), hours(r, "house.temperature", at)-273.15, 1e-7)
	}
	assert.Empty(t, changes(r, "boiler.relay", 0))
}

// TestHomeLockedOut: she passes the door after 10.5 m at 0.8 m/s, and an hour later is harmed.
func TestHomeLockedOut(t *testing.T) {
	r := ofLibrary(t, "home/locked-out")
	const passes = 10*3600 + 10.5/0.8
	assert.InDelta(t, passes, changes(r, "door.inside", 0)[0], 1e-6)
	assert.InDelta(t, passes+3600, violatedAt(t, r, "unharmed"), 1e-6)
	p := ofLibrary(t, "home/locked-out-protected")
	const waits = 10*3600 + 40*60 + (40-10.3)/0.8 // from when she is at the door
	assert.InDelta(t, waits+120, changes(p, "cylinder.turned", 1)[0], 1e-6)
	assert.Equal(t, changes(p, "cylinder.turned", 1), changes(p, "door.inside", 1))
}

// homeText is a scenario of the house that is not in the library.
func homeText(t *testing.T, use, text string) *Scenario {
	t.Helper()
	s, err := Parse(filepath.Join("library", "home", "another.yaml"), fmt.Appendf(nil, "scenario: home/another\nuse: %s\nrun: 4h10m\n%s", use, text))
	require.NoError(t, err)
	return s
}

// TestHomeAlarm: the alarm warns in the times that UL 2034 gives it, which are those of blood
// that takes up 6 %, and never at 30 ppm.
func TestHomeAlarm(t *testing.T) {
	const settles = 2398 * 0.0404 // min
	for _, c := range []struct{ ppm, from, to float64 }{{70, 60, 240}, {150, 10, 50}, {400, 4, 15}} {
		s := homeText(t, "system.yaml", fmt.Sprintf(`system:
  devices:
    chamber: {is: custom, signals: {co: {start: %v ppm}}}
    coalarm: {inputs: {air: {wired: chamber.co}}}
`, c.ppm))
		alarm := changes(homeRun(t, s), "coalarm.alarm", 1)
		require.Len(t, alarm, 1)
		assert.Greater(t, alarm[0]/60, c.from, "%v ppm", c.ppm)
		assert.Less(t, alarm[0]/60, c.to, "%v ppm", c.ppm)
		ends := 218 * (0.007*0.0404 + c.ppm/1316)
		assert.InDelta(t, -settles*math.Log((ends-6)/(ends-218*0.007*0.0404)), alarm[0]/60, 1e-4)
	}
	assert.Less(t, 218*(0.007*0.0404+30./1316), 6., "at 30 ppm it ends below")
}

// homeRun runs a scenario whose verdicts do not matter.
func homeRun(t *testing.T, s *Scenario) *swatRun {
	t.Helper()
	r := &swatRun{History: &sim.History{}, t: t}
	var err error
	r.Result, err = sim.Run(context.Background(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	return r
}

// TestHomeRefuses: what is told, set and sent again is refused by name.
func TestHomeRefuses(t *testing.T) {
	const radio, lan = 0.02, 0.04
	for _, c := range []struct {
		name, step, by string
		at             float64
	}{
		{"freeze-checked", "set-back", "thermostat.target-limit", 3600 + lan},
		{"alarm-suppressed-checked", "hush", "coalarm.service-alone", 20*60 + radio},
		{"gas-held-open-checked", "hold", "valve.signed", 3600 + radio},
		{"opened-by-replay-checked", "again", "lock.counted", 14*3600 + 10 + radio},
		{"opened-by-name-checked", "rogue", "lock.signed", 14*3600 + radio},
	} {
		at, by := detected(t, ofLibrary(t, "home/"+c.name), c.step)
		assert.Equal(t, c.by, by, c.name)
		assert.InDelta(t, c.at, at, 1e-6, c.name)
	}
}

// TestHomePresence: with the key that it was signed with, and a number that is new, the lock still does
// not open to somebody whose key is far away.
func TestHomePresence(t *testing.T) {
	s := homeText(t, "checks.yaml", `timeline:
  - {at: 1h, name: thief, attack: modify, signal: pocket.unlocks, value: true}
expect: {stopped: {thief: {by: present}}}
`)
	r := homeRun(t, s)
	at, times := reacted(t, r, "lock", "present")
	assert.InDelta(t, 3600.02, at, 1e-6)
	assert.EqualValues(t, 1, times)
	assert.Zero(t, r.signal("lock.unlocked").Max())
}

// homeLayers is how often a layer of a hazard acted, failed, and would have been demanded but was not
// there.
func homeLayers(t *testing.T, r *swatRun, hazard, layer string) [3]int {
	t.Helper()
	for i := range r.Hazards {
		if h := &r.Hazards[i]; h.Name == hazard {
			for _, l := range h.Acted {
				if l.Name == layer {
					return [3]int{l.Acted, l.Failed, l.Absent}
				}
			}
		}
	}
	require.FailNow(t, "there is no such layer", hazard+": "+layer)
	return [3]int{}
}

// TestHomeLayers: the layer that is independent acts on every demand, and where it is not fitted that is
// what is said, and no failure.
func TestHomeLayers(t *testing.T) {
	for _, c := range []struct {
		name, hazard, layer string
		does                int // act, fail, be absent
	}{
		{"freeze", "cold", "frost-stat", 2}, {"freeze-protected", "cold", "frost-stat", 0}, {"freeze-protected", "cold", "thermostat", 1},
		{"overheat", "heat", "cut-out", 2}, {"overheat-protected", "heat", "cut-out", 0}, {"overheat-protected", "heat", "thermostat", 1},
		{"alarm-suppressed", "monoxide", "wire-shuts-gas", 2}, {"alarm-suppressed-protected", "monoxide", "wire-shuts-gas", 0},
		{"alarm-suppressed-protected", "monoxide", "hub-shuts-gas", 1}, {"flue-blocked", "monoxide", "hub-shuts-gas", 0},
		{"locked-out", "locked-out", "key", 2}, {"locked-out-protected", "locked-out", "key", 0},
	} {
		got := homeLayers(t, ofLibrary(t, "home/"+c.name), c.hazard, c.layer)
		for k, n := range got {
			assert.Equal(t, k == c.does, n > 0, "%s: %s acted, failed, was absent %v times", c.name, c.layer, got)
		}
	}
}

// TestHomeBeyond: where no house is, nothing is a number that is none, and she is dead.
func TestHomeBeyond(t *testing.T) {
	for _, change := range []string{`house: {heat: '"1e6 W"'}`, `weather: {signals: {outside: {start: -200 degC}}}`, `house: {monoxide: '"1000 m3/h"'}`} {
		r := homeRun(t, homeText(t, "system.yaml", "system:\n  devices:\n    "+change+"\n"))
		assert.Equal(t, 4., r.signal("maria.worst").Max(), change)
		for _, path := range []string{"house.temperature", "house.co", "maria.cohb"} {
			last := hours(r, path, 4)
			assert.False(t, math.IsNaN(last) || math.IsInf(last, 0), "%s: %s", change, path)
		}
	}
}

// TestHomeBadInput: what no house and nobody has is refused where it stands, with the range and who
// says so.
func TestHomeBadInput(t *testing.T) {
	system, err := os.ReadFile(filepath.Join("library", "home", "system.yaml"))
	require.NoError(t, err)
	for change, want := range map[string]string{
		"is: room\n      R: 0 K/W":         "R must be from 0.0001 to 1 K/W, which is what buildings have",
		"is: room\n      C: -1 J/K":        "C must be from 400000 to 3.7e+09 J/K, which is what buildings have (ISO 13790",
		"is: room\n      starts: -60 degC": "starts must be from -40 to 60 degC",
		"is: room\n      volume: 3 kg":     "kg",
	} {
		text := strings.Replace(string(system), "is: room", change, 1) + "\nscenario: bad\nrun: 1h\n"
		_, err := Parse(filepath.Join("library", "home", "bad.yaml"), []byte(text))
		require.Error(t, err, change)
		assert.ErrorContains(t, err, "bad.yaml:")
		assert.Contains(t, strings.Join(strings.Fields(err.Error()), " "), want)
	}
}
