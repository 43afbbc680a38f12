package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// rangeOf runs devices and returns what became of the range of one.
func rangeOf(t *testing.T, devices, device, what string) (*Scenario, *sim.RangeResult) {
	t.Helper()
	s, err := Parse("r.yaml", []byte("scenario: r\nrun: 2h\nsystem:\n  devices:\n"+devices))
	require.NoError(t, err)
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	for i := range r.Ranges {
		if x := &r.Ranges[i]; x.Device == device && x.What == what {
			return s, x
		}
	}
	require.Fail(t, "nothing is followed of "+device, "%v", r.Ranges)
	return nil, nil
}

// What leaves the range of its model is told, from when to when, and by how much; what does not, is not.
func TestOutsideItsModel(t *testing.T) {
	pulse := func(unit, less, more string) string {
		return fmt.Sprintf("    air: {is: custom, signals: {x: {value: 'if(time > 10 and time < 20, \"%s\", \"%s\")', unit: \"%s\"}}}\n", more, less, unit)
	}
	for name, c := range map[string]struct {
		devices, device, what string
		from, to, by          float64 // s, and in SI; to 0 where it is never left
	}{
		"crisis":           {pulse("mg/dL", "100 mg/dL", "650 mg/dL") + "    jim: {is: person, glucose: air.x}\n", "jim", "glucose", 10, 20, 0.5},
		"at the end of it": {pulse("mg/dL", "100 mg/dL", "600 mg/dL") + "    jim: {is: person, glucose: air.x}\n", "jim", "glucose", 0, 0, 0},
		"too little":       {pulse("mg/dL", "100 mg/dL", "10 mg/dL") + "    jim: {is: person, glucose: air.x}\n", "jim", "glucose", 10, 20, 0.18 - 0.1},
		"occupant":         {pulse("m/s", "0 m/s", "40 m/s") + "    jim: {is: person, collides: occupant, collision: air.x}\n", "jim", "collision", 10, 20, 40 - 31.74},
		"slow":             {pulse("m/s", "0 m/s", "5 m/s") + "    jim: {is: person, collision: air.x}\n", "jim", "collision", 10, 20, 17.1*0.44704 - 5},
		"no crash":         {pulse("m/s", "0 m/s", "8 m/s") + "    jim: {is: person, collision: air.x}\n", "jim", "collision", 0, 0, 0},
		"hot":              {pulse("K", "300 K", "500 K") + "    jim: {is: person, temperature: air.x}\n", "jim", "temperature", 10, 20, 500 - (273.15 + 180)},
		"cold":             {pulse("degC", "1 degC", "-4 degC") + "    jim: {is: person, temperature: air.x}\n", "jim", "temperature", 10, 20, 4},
		"sauna":            {pulse("degC", "20 degC", "90 degC") + "    jim: {is: person, temperature: air.x, humidity: '\"10 %\"'}\n", "jim", "temperature", 0, 0, 0},
		"hot air":          {pulse("degC", "20 degC", "44 degC") + "    jim: {is: person, temperature: air.x}\n", "jim", "hot air", 10, 20, 1},
		"pulls":            {pulse("N", "0 N", "-100 N") + "    jim: {is: person, contact: air.x}\n", "jim", "impossible contact", 10, 20, 100},
		"backwards":        {pulse("m/s", "0 m/s", "-10 m/s") + "    jim: {is: person, collision: air.x}\n", "jim", "impossible collision", 10, 20, 10},
		"suction":          {pulse("kPa", "0 kPa", "-3 kPa") + "    jim: {is: person, overpressure: air.x}\n", "jim", "impossible overpressure", 10, 20, 3000},
		"cold fire":        {pulse("kW/m2", "0 kW/m2", "-2 kW/m2") + "    jim: {is: person, thermal_radiation: air.x}\n", "jim", "impossible thermal_radiation", 10, 20, 2000},
		"less gas":         {pulse("ppm", "0 ppm", "-5 ppm") + "    jim: {is: person, co: air.x}\n", "jim", "impossible co", 10, 20, 5e-6},
		"all gas":          {pulse("%", "0 %", "120 %") + "    jim: {is: person, gas: air.x, gas_is: chlorine}\n", "jim", "impossible gas", 10, 20, 0.2},
		"injuries unknown": {pulse("ppm", "0 ppm", "15 ppm") + "    jim: {is: person, gas: air.x, gas_is: chlorine}\n", "jim", "injuries by gas", 10, 7200, math.NaN()},
		"enough to die":    {pulse("%", "0 %", "1 %") + "    jim: {is: person, gas: air.x, gas_is: chlorine}\n", "jim", "injuries by gas", 10, math.NaN(), math.NaN()},
		"none breathed":    {pulse("ppm", "0 ppm", "0 ppm") + "    jim: {is: person, gas: air.x, gas_is: sulphur_dioxide}\n", "jim", "injuries by gas", 0, 0, 0},
		"no gas":           {pulse("%", "0 %", "0 %") + "    jim: {is: person, gas: air.x, gas_is: chlorine}\n", "jim", "impossible gas", 0, 0, 0},
		"wetter than wet":  {pulse("%", "50 %", "140 %") + "    jim: {is: person, temperature: '\"20 degC\"', humidity: air.x}\n", "jim", "impossible humidity", 10, 20, 0.4},
		"drier than dry":   {pulse("%", "0 %", "-10 %") + "    jim: {is: person, temperature: '\"20 degC\"', humidity: air.x}\n", "jim", "impossible humidity", 10, 20, 0.1},
		"no humidity":      {pulse("degC", "26 degC", "27 degC") + "    jim: {is: person, temperature: air.x}\n", "jim", "humidity", 10, 20, math.NaN()},
		"mild":             {pulse("degC", "20 degC", "26 degC") + "    jim: {is: person, temperature: air.x}\n", "jim", "humidity", 0, 0, 0},
		"muggy":            {pulse("degC", "20 degC", "40 degC") + "    jim: {is: person, temperature: air.x, humidity: '\"80 %\"'}\n", "jim", "heat index", 10, 20, math.NaN()},
		"on the chart":     {pulse("degC", "20 degC", "40 degC") + "    jim: {is: person, temperature: air.x, humidity: '\"50 %\"'}\n", "jim", "heat index", 0, 0, 0},
		"low of padova":    {"    pat: {is: padova-patient, insulin: '\"600 U/h\"'}\n", "pat", "published model", math.NaN(), 7200, 0.4*(1-1e-6) - 0.15},
		"rest of hovorka":  {"    pat: {is: hovorka-patient, glucose_at_start: 2.2 mmol/L, insulin: pat.basal}\n", "pat", "published model", 0, 0, 0},
		"near":             {"    it: {is: burst, of: time > 7, energy: 4.686 GJ, away: 0.4 m}\n", "it", "scaled distance", 7, 7200, math.NaN()},
		"far":              {"    it: {is: burst, of: time > 7, energy: 4.686 GJ, away: 401 m}\n", "it", "scaled distance", 7, 7200, math.NaN()},
		"no burst":         {"    it: {is: burst, of: time < 0, energy: 4.686 GJ, away: 401 m}\n", "it", "scaled distance", 0, 0, 0},
		"after a burst":    {"    it: {is: burst, of: time > 7, energy: 4.686 GJ, away: 399 m}\n", "it", "vessel after its burst", 7, 7200, math.NaN()},
		"before a burst":   {"    it: {is: burst, of: time < 0, energy: 4.686 GJ, away: 399 m}\n", "it", "vessel after its burst", 0, 0, 0},
		"within":           {"    it: {is: burst, of: time > 7, energy: 4.686 GJ, away: 399 m}\n", "it", "scaled distance", 0, 0, 0},
	} {
		s, x := rangeOf(t, c.devices, c.device, c.what)
		if c.to == 0 {
			assert.NotEqual(t, monitor.Violated, x.Left.Verdict, name)
			assert.NotContains(t, told(t, s), "\n  "+c.device+" "+c.what+"  ", name)
			continue
		}
		require.Equal(t, monitor.Violated, x.Left.Verdict, name)
		require.Len(t, x.Left.Violations, 1, name)
		if !math.IsNaN(c.from) {
			assert.InDelta(t, c.from, x.Left.Violations[0].From.Seconds(), 2e-9, name)
		}
		if !math.IsNaN(c.to) {
			assert.InDelta(t, c.to, min(7200, x.Left.Violations[0].To.Seconds()), 2e-9, name)
		}
		if !math.IsNaN(c.by) {
			assert.InDelta(t, -c.by, x.Left.Margin, 1e-9, name)
		}
		_, outside, _ := strings.Cut(told(t, s), "Outside the models")
		assert.Contains(t, outside, "\n  "+c.device+" "+c.what+"  "+x.Left.At.Short(), name)
		if name == "slow" {
			assert.Contains(t, told(t, s), "at worst by 2.64 m/s at", name)
		}
	}
}

// What is felt of one burst at several places is told once, of another by itself.
func TestBurstIsToldOnce(t *testing.T) {
	at := func(of string) string { return ", of: " + of + ", energy: 4.686 GJ, away: 300 m}\n" }
	s, _ := rangeOf(t, "    it: {is: burst"+at("time > 7")+"    there: {is: burst"+at("time > 7")+"    far: {is: burst"+at("there.burst")+"    other: {is: burst"+at("time > 9"), "it", "vessel after its burst")
	text := told(t, s)
	assert.Equal(t, 2, strings.Count(text, "vessel after its burst"), text)
	assert.Contains(t, text, "\n  it vessel after its burst  0m07.000s to the end")
	assert.Contains(t, text, "\n  other vessel after its burst  0m09.000s to the end")
}

// The range and who has it are in the report and in JSON; nothing of it changes a run.
func TestRangesAreNamed(t *testing.T) {
	const near = "    it: {is: burst, of: time > 7, energy: 4.686 GJ, away: 0.4 m}\n    jim: {is: person, overpressure: it.overpressure}\n"
	s, _ := rangeOf(t, near, "it", "scaled distance")
	assert.Contains(t, told(t, s), "holds  0.05 to 40 m/kg^(1/3), Kinney and Graham 1985; nearer is counted as")
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	data, err := report.JSON(r, "r.yaml")
	require.NoError(t, err)
	assert.Contains(t, string(data), `"outside_models":[{"device":"it","what":"scaled distance","holds":"0.05 to 40 m/kg^(1/3)`)
	s, x := rangeOf(t, "    pat: {is: padova-patient, insulin: '\"600 U/h\"'}\n", "pat", "glucose")
	require.Equal(t, monitor.Violated, x.Left.Verdict)
	assert.Contains(t, told(t, s), "pat glucose  "+x.Left.At.Short()+" to the end")
}

// Who breathed what its source knows nothing of, as it knows deaths alone, is not said to be unharmed without a word;
// the first 0.1 % die of 500 ppm of sulphur dioxide after as long as the probit says.
func TestInjuriesByGas(t *testing.T) {
	const breathes = "    jim: {is: person, gas_is: sulphur_dioxide, gas: '\"%s\"'}\n"
	s, x := rangeOf(t, fmt.Sprintf(breathes, "500 ppm"), "jim", "injuries by gas")
	require.Equal(t, monitor.Violated, x.Left.Verdict)
	text := strings.Join(strings.Fields(told(t, s)), " ")
	assert.Contains(t, text, "outside its model injuries by gas, from 0m00.000s on: may be harmed all the same")
	assert.Contains(t, text, "holds from 0.1 % of death on, Crowl and Louvar, who know deaths alone")
	s, x = rangeOf(t, fmt.Sprintf(breathes, "0 ppm"), "jim", "injuries by gas")
	assert.Equal(t, monitor.Holds, x.Left.Verdict)
	assert.NotContains(t, told(t, s), "outside its model")

	_, x = rangeOf(t, fmt.Sprintf(breathes, "80 %"), "jim", "injuries by gas")
	require.Equal(t, monitor.Violated, x.Left.Verdict)
	ends := math.Exp(5-3.090232306167813+15.67) / 8e5 // min: Pr = -15.67 + ln(C t), and the probit of 0.1 % is 5 - 3.0902
	assert.InDelta(t, 60*ends, x.Left.Violations[0].To.Seconds(), 1e-6)
}

// A model that holds for a day is left when the day is over, and not before.
func TestRangesEnd(t *testing.T) {
	for run, left := range map[string]bool{"24h": false, "25h": true} {
		s, err := Parse("r.yaml", []byte("scenario: r\nrun: "+run+"\nsystem:\n  devices:\n    pat: {is: padova-patient, insulin: pat.basal}\n"))
		require.NoError(t, err)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		x := &r.Ranges[slices.IndexFunc(r.Ranges, func(x sim.RangeResult) bool { return x.What == "time" })]
		assert.Equal(t, left, x.Left.Verdict == monitor.Violated, run)
		if left {
			assert.InDelta(t, 86400, x.Left.At.Seconds(), 2e-9)
			assert.Contains(t, told(t, s), "pat time  1d00h00m00.000s to the end\n")
		}
	}
}

// Each member of a crew is followed by itself.
func TestRangesOfMembers(t *testing.T) {
	s, err := Parse("r.yaml", []byte("scenario: r\nrun: 1m\nsystem:\n  devices:\n    crew: {is: person, count: 3, glucose: '\"700 mg/dL\"'}\n"))
	require.NoError(t, err)
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	require.Len(t, r.Ranges, 3)
	assert.Equal(t, "crew[1]", r.Ranges[1].Device)
	assert.Equal(t, vtime.Time(0), r.Ranges[1].Left.At)
}

// The time at which somebody was closest to harm is when that began, where it jumps by the time: not when somebody looked.
func TestClosestByTheClock(t *testing.T) {
	for at, wants := range map[int]string{1: "0m01.000s", 3600: "1h00m00.000s"} {
		s, err := Parse("r.yaml", fmt.Appendf(nil, "scenario: r\nrun: 2h\nsystem:\n  devices:\n    p: {is: person, region: hand, contact: 'if(time >= %d, \"100 N\", \"0 N\")'}\n", at))
		require.NoError(t, err)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		m := &r.Harm[0].Margins[0]
		assert.InDelta(t, 40, m.Margin, 1e-9)
		assert.InDelta(t, float64(at), m.Closest.Seconds(), 2e-9)
		assert.Contains(t, told(t, s), "closest 40.0 N from harm by contact at "+wants)
	}
}
