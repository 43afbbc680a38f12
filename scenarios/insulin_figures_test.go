package scenarios

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// TestInsulinDay: the three meals of a day are 200 g; with a unit for 10 g, as published of adult-001, and its
// basal rate, the pump gives the 50.4 U a day that are published with it, and nobody is low.
func TestInsulinDay(t *testing.T) {
	const steady = "seed: 1\nsystem: {devices: {controller: {settings: {gain: 0 U/h}}, cgm: {noise: 0 mg/dL}}}\n"
	r := otherwise(t, "insulin/normal", "seed: 1\n", steady, "value: 6 U", "value: 8 U", "value: 5 U", "value: 7 U", "value: 4 U", "value: 5 U")
	at := func(path string, hours float64) float64 {
		return r.signal(path).At(vtime.Time(vtime.FromSeconds(hours * 3600)))
	}
	eaten := 0.0
	for minute := range 24 * 60 {
		eaten += 60 * at("plate.meal", float64(minute)/60+1e-6)
	}
	assert.InDelta(t, 0.200, eaten, 1e-9, "kg")
	assert.InDelta(t, 20, at("pump.given", 24), 1e-6, "U for the meals")
	assert.Equal(t, "50.4", fmt.Sprintf("%.1f", at("pump.left", 0)-at("pump.left", 24)))
	assert.InDelta(t, 30.416652+20, at("pump.left", 0)-at("pump.left", 24), 0.01, "the basal rate is set to 1.267 U/h")
	assert.Greater(t, lowest(r), 70.)
}

// TestInsulinLargestBolus: a pump that takes 75 U at once gives what is ordered of them, one of 30 U no more.
func TestInsulinLargestBolus(t *testing.T) {
	for cap, ordered := range map[string]float64{"30 U": 30, "75 U": 75} {
		pump := "seed: 1\nsystem: {devices: {pump: {signals: {cap: {start: " + cap + "}}}}}\n"
		r := otherwise(t, "insulin/rogue-bolus", "seed: 1\n", pump, "value: 30 U", "value: 80 U")
		assert.InDelta(t, 7+ordered, r.signal("pump.ordered").Max(), 1e-9, cap)
	}
}

// TestInsulinRange: the remote of a stranger is heard from 10 m off, and from no farther.
func TestInsulinRange(t *testing.T) {
	for metres, heard := range map[string]bool{"10 m": true, "10.01 m": false} {
		r := otherwise(t, "insulin/rogue-bolus", "seed: 1\n", "seed: 1\nsystem: {devices: {stranger: {position: ["+metres+", 0 m]}}}\n")
		assert.Equal(t, heard, r.signal("pump.ordered").Max() > 7, metres)
		assert.Equal(t, heard, r.signal("anna.worst").Max() == 4, metres)
	}
}

// TestInsulinPredicts: the controller stops the pump 30 min before a reading that falls evenly would be below
// 70 mg/dL.
func TestInsulinPredicts(t *testing.T) {
	s, err := Parse("library/insulin/falls.yaml", []byte(`scenario: falls
use: system.yaml
run: 3h
system: {devices: {cgm: {noise: 0 mg/dL}}}
timeline:
  - {at: 30m, attack: spoof, from: stranger, signal: cgm.glucose, receiver: controller, rate: -1 mg/dL/min, for: 2h30m}
`))
	require.NoError(t, err)
	r := &swatRun{History: &sim.History{}, t: t}
	r.Result, err = sim.Run(t.Context(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	stops := changes(r, "controller.suspended", 1)
	require.NotEmpty(t, stops)
	told := func(at float64) float64 {
		return 100 * r.signal("controller.glucose").At(vtime.Time(vtime.FromSeconds(at)))
	}
	assert.InDelta(t, 98.5, told(stops[0]), 1.5+1e-9, "at the first scan of 3 min below 100 mg/dL")
	assert.InDelta(t, told(stops[0]+30*60), 100*r.signal("controller.predicted").At(vtime.Time(vtime.FromSeconds(stops[0]))), 1e-6)
	assert.Less(t, told(stops[0]+30*60), 70.)
	assert.GreaterOrEqual(t, told(stops[0]+27*60), 70.)
	assert.Zero(t, r.signal("pump.flow").At(vtime.Time(vtime.FromSeconds(stops[0]+1))))
}
