package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// exposing is somebody who is exposed to what changes for a moment in a long time.
const exposing = `
scenario: exposing
run: 24h
system:
  devices:
    anna: {is: person, region: hand, gas_is: %s, %s: '%s', lasts: 1h}
invariants: {unharmed: {always: anna.worst == 0}}
`

func exposedTo(t *testing.T, gas, exposure, value string) (*sim.Result, error) {
	t.Helper()
	s, err := Parse("exposing.yaml", fmt.Appendf(nil, exposing, gas, exposure, value))
	require.NoError(t, err)
	return sim.Run(context.Background(), s.Plan)
}

// A peak of a millisecond in a day harms as one that lasts does, at the nanosecond at which it comes, and its
// margin is that of the peak.
func TestPeaksHarm(t *testing.T) {
	const comes = 30_000 * vtime.Second
	for _, c := range []struct {
		exposure, peak, rest string
		worst                harm.Severity
		margin               float64 // SI
	}{
		{"contact", "500 N", "0 N", harm.Serious, 140 - 500},
		{"overpressure", "500 kPa", "0 kPa", harm.Death, 2.07e3 - 500e3},
		{"collision", "10 m/s", "0 m/s", harm.Irreversible, -10},
		{"glucose", "10 mg/dL", "100 mg/dL", harm.Death, 0.1 - 0.7},
		{"separation", "-1 m", "1 m", harm.Irreversible, -1},
		{"temperature", "500 degC", "20 degC", harm.None, 32 + 2./9 - 500}, // it would have to last
		{"temperature", "-45 degC", "20 degC", harm.None, -45 - 16},
	} {
		name := c.exposure + " of " + c.peak
		value := fmt.Sprintf(`if(time >= 30000 and time < 30000.001, "%s", "%s")`, c.peak, c.rest)
		r, err := exposedTo(t, "chlorine", c.exposure, value)
		require.NoError(t, err, name)
		require.Len(t, r.Harm, 1)
		h := &r.Harm[0]
		assert.Equal(t, c.worst, h.Severity, name)
		assert.InEpsilon(t, c.margin, h.Margins[0].Margin, 1e-9, name)
		if c.worst == harm.None {
			continue
		}
		assert.Equal(t, vtime.Time(comes), h.Began, name)
		assert.Equal(t, vtime.Time(comes), h.At, name)
		assert.Equal(t, monitor.Violated, r.Invariants[0].Verdict, name)
	}
}

// What is less than counts of a gas or of a fire does not add up, and what is more does for as long as it is:
// 10 s of 1000 ppm are 166 667 ppm2 min of hydrogen fluoride, 10 s of 50 kW/m2 are 1842 s at 1 kW/m2.
func TestPeaksAddUp(t *testing.T) {
	for _, c := range []struct{ exposure, peak, rest string }{{"gas", "1000 ppm", "0.5 ppm"}, {"thermal_radiation", "50 kW/m2", "0.5 kW/m2"}} {
		value := fmt.Sprintf(`if(time >= 30000 and time < 30010, "%s", "%s")`, c.peak, c.rest)
		r, err := exposedTo(t, "hydrogen_fluoride", c.exposure, value)
		require.NoError(t, err)
		assert.Equal(t, harm.Death, r.Harm[0].Severity, c.exposure)
	}
}

// What is no number is no harm that did not happen: the run ends there, and says where.
func TestNoNumberEndsARun(t *testing.T) {
	for exposure, value := range map[string]string{
		"contact":      `"1 N" * log(5 - time)`,
		"overpressure": `"1 kPa" * (time - 5) / (time - 5)`,
		"collision":    `"0 m/s" * sqrt(5 - time)`,
		"glucose":      `"100 mg/dL" + "1 mg/dL" * log(6 - time)`,
		"separation":   `"1 m" + "1 m" * sqrt(5 - time)`,
		"temperature":  `"293 K" + "1 K" * sqrt(5 - time)`,
	} {
		_, err := exposedTo(t, "chlorine", exposure, value)
		var wrong *sim.NotFiniteError
		require.ErrorAs(t, err, &wrong, exposure)
		assert.Equal(t, "anna."+exposure, wrong.Signal)
		at := 5 * vtime.Time(vtime.Second)
		if exposure == "glucose" {
			at = 6 * vtime.Time(vtime.Second)
		}
		assert.InDelta(t, float64(at), float64(wrong.At), 1, exposure)
	}
}

// What no exposure can be is refused, all at once, with a reason.
func TestImpossibleExposures(t *testing.T) {
	_, err := Parse("impossible.yaml", []byte(`
scenario: impossible
run: 10s
system:
  devices:
    anna: {is: person, gas_is: chlorine, gas: 200 %, contact: -5 N, overpressure: -50 kPa, temperature: 20 degC, humidity: 300 %}
    bert: {is: person, gas_is: chlorine, gas: -50 ppm, collision: -5 m/s, glucose: -5 mg/dL, co: 2e6 ppm, thermal_radiation: -1 kW/m2}
    carl: {is: person, gas_is: chlorine, gas: 100 %, contact: 0 N, humidity: 100 %, temperature: 0 K, separation: -5 m}
invariants: {unharmed: {always: anna.worst == 0}}
`))
	var list source.Problems
	require.ErrorAs(t, err, &list)
	assert.Len(t, list, 9, "%v", err)
	for _, want := range []string{"gas of anna cannot be", "contact of anna cannot be", "humidity of anna cannot be", "it is a share", "a force is from none to", "3000 mg/dL: nobody is known"} {
		assert.ErrorContains(t, err, want)
	}
}
