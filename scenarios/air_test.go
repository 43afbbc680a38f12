package scenarios

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
)

// Hot air and frost that come for a while in a day harm when the closed forms say, to the microsecond, or not at
// all: ISO 13571 and Nelson 2002.
func TestPeaksOfAirAddUp(t *testing.T) {
	iso := func(celsius float64) float64 { return 60 * 5e7 * math.Pow(celsius, -3.4) }
	freezes := func(celsius float64) float64 { return 60 * 1993.4 * math.Pow(-4.8-celsius, -1.668) }
	for _, c := range []struct {
		peak  string
		lasts float64
		worst harm.Severity
		comes float64 // s after it began
	}{
		{"500 degC", 0.1, harm.None, 0},
		{"500 degC", 0.5, harm.Slight, 0.1 * iso(500)},
		{"500 degC", 10, harm.Irreversible, iso(500)},
		{"500 degC", 16, harm.Death, 7.7 * iso(500)},
		{"45 degC", 600, harm.None, 0},
		{"60 degC", 600, harm.Slight, 0.1 * iso(60)},
		{"-45 degC", 100, harm.None, 0},
		{"-45 degC", 300, harm.Serious, freezes(-45)},
		{"-45 degC", 3000, harm.Irreversible, 2 * freezes(-45)},
		{"-4.8 degC", 3000, harm.None, 0},
	} {
		name := fmt.Sprintf("%s for %v s", c.peak, c.lasts)
		r, err := exposedTo(t, "chlorine", "temperature", fmt.Sprintf(`if(time >= 30000 and time < %v, "%s", "20 degC")`, 30_000+c.lasts, c.peak))
		require.NoError(t, err, name)
		assert.Equal(t, c.worst, r.Harm[0].Severity, name)
		if c.worst > harm.None {
			assert.InDelta(t, 30_000+c.comes, r.Harm[0].At.Seconds(), 1e-6, name)
		}
	}
}

// What none of the models of air covers is told, each for itself, and nothing else.
func TestAirOutsideItsModels(t *testing.T) {
	for exposed, want := range map[string][]string{
		"temperature: 20 degC":                                      nil,
		"temperature: 20 degC, wind: 100 km/h":                      nil,
		"temperature: 26.6 degC":                                    nil,
		"temperature: 27 degC":                                      {"humidity"},
		"temperature: 27 degC, humidity: 100 %":                     nil,
		"temperature: 43 degC, humidity: 40 %":                      nil,
		"temperature: 43 degC, humidity: 100 %":                     {"heat index"},
		"temperature: 44 degC":                                      {"hot air", "humidity"},
		"temperature: 47 degC, humidity: 100 %":                     {"heat index", "vapour"},
		"temperature: 46 degC, humidity: 100 %":                     {"heat index"},
		"temperature: 46 degC, humidity: 10 %":                      nil,
		"temperature: 100 degC":                                     {"humidity"},
		"temperature: 100 degC, humidity: 1 %":                      nil,
		"temperature: 181 degC":                                     {"temperature", "humidity"},
		"temperature: -1 degC":                                      {"temperature"},
		"temperature: -5 degC, wind: 30 km/h":                       {"temperature", "frost"},
		"temperature: -20 degC, wind: 30 km/h":                      {"temperature"},
		"temperature: -20 degC":                                     {"temperature", "wind"},
		"temperature: -20 degC, wind: 5 km/h":                       {"temperature", "wind"},
		"temperature: -51 degC, wind: 90 km/h":                      {"temperature", "frost", "wind"},
		"temperature: '\"60 degC\" - time * \"1 K\"', wind: 1 km/h": {"temperature", "hot air", "frost", "wind", "humidity"},
	} {
		s, err := Parse("air.yaml", []byte("scenario: air\nrun: 1m10s\nsystem:\n  devices:\n    jim: {is: person, "+exposed+"}\n"))
		require.NoError(t, err, exposed)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err, exposed)
		var left []string
		for i := range r.Ranges {
			if r.Ranges[i].Left.Verdict == monitor.Violated {
				left = append(left, r.Ranges[i].What)
			}
		}
		assert.Equal(t, want, left, exposed)
	}
}

// What air cannot be is refused, all at once, with the range and the reason.
func TestImpossibleAir(t *testing.T) {
	_, err := Parse("air.yaml", []byte(`
scenario: air
run: 10s
system:
  devices:
    anna: {is: person, temperature: '-300 degC', humidity: -10 %, wind: -3 m/s}
    bert: {is: person, temperature: 20 degC, humidity: 101 %, wind: 4 degC}
    carl: {is: person, temperature: 3 m/s, humidity: 3 K, wind: 151 m/s}
    dora: {is: person, temperature: 20 degC, lasts: 25h}
    emil: {is: person, humidity: 40 %}
    fred: {is: person, contact: 0 N, wind: 4 m/s}
`))
	var list source.Problems
	require.ErrorAs(t, err, &list)
	for _, want := range []string{
		`6:38  "-300 degC" is below absolute zero`, `6:60  humidity of anna cannot be "-10 %": it is a share`, `6:73  wind of anna cannot be "-3 m/s": a wind is from none to about 135 m/s, that of a tornado`,
		`7:56  humidity of bert cannot be "101 %"`, "7:69  a speed is wanted here, not a temperature", "8:37  a temperature is wanted here, not a speed",
		"8:54  a pure number is wanted here, not a temperature", `8:65  wind of carl cannot be "151 m/s": a wind is from none to about 135 m/s`, "9:53  lasts must be at most 24h",
		"10:34  humidity is of air whose temperature is not known: wire temperature", "11:44  wind is of air whose temperature is not known: wire temperature",
	} {
		assert.Contains(t, strings.Join(strings.Fields(err.Error()), " "), strings.Join(strings.Fields(want), " "))
	}
	assert.Len(t, list, 11, "%v", err)
}

// What is written of air and hardly meant is warned of; what may be meant is not.
func TestUnlikelyAir(t *testing.T) {
	for of, warns := range map[string]string{
		"temperature: 20 degC, humidity: 0.4": "humidity of jim is 0.4 %, drier than the air of any desert",
		"temperature: 20 degC, humidity: 40":  "",
		"temperature: 20 degC, humidity: 0":   "",
		"temperature: 20 degC, lasts: 1m":     "jim is harmed after 1m, but the models of air are of hours (Collins 1986, NWS)",
		"temperature: 20 degC, lasts: 5m":     "",
		"contact: 0 N, lasts: 2h":             "lasts of jim is of heat and cold, but no temperature is wired to them",
		"contact: 0 N":                        "",
	} {
		s, err := Parse("air.yaml", []byte("scenario: air\nrun: 1m\nsystem:\n  devices:\n    jim: {is: person, "+of+"}\n"))
		require.NoError(t, err, of)
		if warns == "" {
			assert.Empty(t, s.Warnings, of)
		} else if assert.Len(t, s.Warnings, 1, of) {
			assert.Contains(t, s.Warnings[0].Message, warns, of)
		}
	}
}

// A wind that is no number ends the run where it freezes somebody, and says whom.
func TestNoWindEndsARun(t *testing.T) {
	s, err := Parse("air.yaml", []byte("scenario: air\nrun: 1m\nsystem:\n  devices:\n    jim: {is: person, temperature: -20 degC, wind: '\"1 m/s\" * sqrt(5 - time)'}\n"))
	require.NoError(t, err)
	_, err = sim.Run(t.Context(), s.Plan)
	require.Error(t, err)
	assert.ErrorContains(t, err, "jim.frost")
}
