package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSentencesOfHarm: what is told of somebody's harm is of one exposure and one quantity at a time: what another
// exposure was judged as stands with that, and how much of it there was is not the place of what came near. Of a hazard
// that never was there nothing began it.
func TestSentencesOfHarm(t *testing.T) {
	report := func(file, text string) string {
		s, err := Parse(file, []byte("scenario: x\nseed: 1\n"+text))
		require.NoError(t, err)
		return strings.Join(strings.Fields(told(t, s)), " ")
	}
	text := report("x.yaml", "run: 3h\nsystem:\n  devices:\n    r: {is: custom, signals: {t: {start: 60 degC}}}\n    c: {is: custom, signals: {co: {start: 0 ppm}}}\n"+
		"    p: {is: person, role: resident, temperature: r.t, humidity: '\"5 %\"', co: c.co}\n"+
		"timeline:\n  - {at: 10m, name: leak, attack: modify, signal: c.co, value: 1600 ppm}\n  - {at: 40m, name: cooled, act: set, signal: r.t, value: 20 degC}\n")
	assert.Regexp(t, `DEATH \(4 of 4\) at \S+, harmed since \S+ by co: c\.co was 1600 ppm; in the blood at worst [^;]* and by temperature: [^:]*serious`, text)
	assert.Contains(t, text, "judged as hot air: slight to serious; dose hot_air 0.8888;")
	assert.Equal(t, 1, strings.Count(text, "judged as"))

	text = report("x.yaml", "run: 20s\nsystem:\n  devices:\n    car: {is: vehicle, starts_at: 0 m, starts_with: 50 km/h}\n"+
		"    ped: {is: person, starts_x: 60 m, collision: 'if(car.position >= ped.x, car.speed, \"0 m/s\")'}\n")
	assert.Contains(t, text, "by collision: 13.89 m/s, as car.position was 60 m machine car")

	text = report("library/robot-cell/x.yaml", "use: system.yaml\nrun: 20s\nsystem: {devices: {bert: {path: {in: {at: 2s, x: 1.25 m}}}, anna: {path: {loading: none, away: none, stays: {at: 5s, x: 6 m}}}}}\n"+
		"timeline:\n  - {at: 1s, name: clear, attack: spoof, from: laptop, signal: scanner.distance, value: 6 m}\n")
	assert.Contains(t, text, "by separation: 0 m, as arm.x was 1.25 m; at worst -0.0")

	text = report("library/robot-cell/x.yaml", "use: system.yaml\nrun: 20s\n"+
		"timeline:\n  - {at: 1s, name: clear, attack: spoof, from: laptop, signal: scanner.distance, value: 6 m}\n  - {at: 8s, name: hits-stop, act: set, signal: anna.presses, value: true}\n")
	_, crushing, ok := strings.Cut(text, "Hazard crushing")
	require.True(t, ok)
	crushing, _, _ = strings.Cut(crushing, "Hazard clamping")
	assert.Contains(t, crushing, "it never was there")
	assert.NotContains(t, crushing, "began with")
	assert.Contains(t, crushing, "but late; behind it clear attack (spoof), by intruder from laptop")
}
