package scenarios

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// inAir has somebody in air, with what is wired of it.
func inAir(t *testing.T, run, person string) (*Scenario, *sim.Result) {
	t.Helper()
	s, err := Parse("air.yaml", []byte("scenario: air\nrun: "+run+"\nsystem:\n  devices:\n    jim: {is: person, "+person+"}\n"))
	require.NoError(t, err)
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	return s, r
}

// Who was in hot air or frost for a while has a share of the dose of slight harm, by the closed forms: 5e7 T^-3.4 min
// (ISO 13571) and (2111 - 24.5 (0.667 V + 4.8)) (-4.8 - T)^-1.668 min (Nelson 2002) are the doses of 1.
func TestDosesOfAirAreMargins(t *testing.T) {
	for _, c := range []struct {
		air, name string
		slight    float64
		dose      float64
	}{
		{`'if(time < 40, "100 degC", "20 degC")'`, "hot_air", 0.1, 40 / (60 * 5e7 * math.Pow(100, -3.4))},
		{`'if(time < 240, "-30 degC", "20 degC")'`, "frost", 0.5, 240 / (60 * (2111 - 24.5*4.8) * math.Pow(30-4.8, -1.668))},
	} {
		s, r := inAir(t, "1h", "temperature: "+c.air)
		h := &r.Harm[0]
		require.Equal(t, harm.None, h.Severity)
		k := -1
		for i := range h.Exposed {
			if h.Exposed[i].Name == c.name {
				k = i
			}
		}
		require.GreaterOrEqual(t, k, 0, c.name)
		assert.Equal(t, "temperature", h.Exposed[k].Of)
		assert.InEpsilon(t, c.dose, h.Amounts[k].Value, 1e-9, c.name)
		assert.InEpsilon(t, c.slight-c.dose, h.Margins[k].Margin, 1e-8, c.name)
		share := fmt.Sprintf("%.3g %% of the dose of slight harm by %s", 100*c.dose/c.slight, c.name)
		text := strings.Join(strings.Fields(told(t, s)), " ")
		assert.Contains(t, text, share)
		assert.Contains(t, text, "beyond the limit of temperature at the start but not for long enough to harm")
		assert.NotContains(t, text, "harm, Inv")
	}
}

// Harm by air names the model that judged it, by severity: the doses, and the hours in a cold room or a hot one.
func TestHarmNamesItsModel(t *testing.T) {
	const hot, frost, cold, heat = harm.HotAirDose, harm.FrostDose, harm.ColdRoom, harm.HeatIndexed
	for _, c := range []struct {
		person string
		models []string
		says   string
	}{
		{"temperature: 100 degC, humidity: 10 %", []string{hot, hot, hot, hot}, "judged as hot air: slight to death"},
		{"temperature: -30 degC, wind: 40 km/h", []string{frost, frost, frost, cold}, "judged as frost: slight to irreversible; cold: death"},
		{"temperature: 10 degC", []string{cold, cold}, "judged as cold: slight to serious"},
		{"temperature: 40 degC, humidity: 60 %", []string{heat, heat, heat}, "judged as heat: slight to irreversible"},
		{"temperature: 46 degC, humidity: 10 %, lasts: 5m", []string{heat, heat, hot}, "judged as heat: slight to serious; hot air: irreversible"},
	} {
		s, r := inAir(t, "2h", c.person)
		h := &r.Harm[0]
		require.Len(t, h.Harms, 1, c.person)
		assert.Equal(t, c.models, h.Harms[0].Models, c.person)
		assert.Equal(t, c.models[len(c.models)-1], h.Model, c.person)
		assert.Contains(t, strings.Join(strings.Fields(told(t, s)), " "), c.says)
		data, err := report.JSON(r, "air.yaml")
		require.NoError(t, err)
		var read struct {
			Harm []struct {
				By    string `json:"judged_by"`
				As    string `json:"judged_as"`
				Harms []struct {
					As []string `json:"judged_as"`
				}
			}
		}
		require.NoError(t, json.Unmarshal(data, &read))
		assert.Equal(t, h.Model, read.Harm[0].As)
		assert.Equal(t, harm.Source("temperature", h.Model), read.Harm[0].By)
		assert.Equal(t, c.models, read.Harm[0].Harms[0].As)
	}
	_, r := inAir(t, "1h", "glucose: 10 mg/dL")
	assert.Equal(t, []string{""}, r.Harm[0].Harms[0].Models[:1], "one model needs no name")
	assert.Empty(t, r.Harm[0].Model)
}

// A run that is resumed names the same models.
func TestModelsAreKept(t *testing.T) {
	s, whole := inAir(t, "2h", "temperature: -30 degC, wind: 40 km/h")
	for _, at := range []vtime.Time{0, vtime.Time(5 * vtime.Minute), vtime.Time(90 * vtime.Minute)} {
		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(t.Context(), at))
		data, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(t.Context(), s.Plan, sim.From(data))
		require.NoError(t, err)
		assert.Equal(t, whole.Harm[0].Harms[0].Models, rest.Harm[0].Harms[0].Models)
	}
}
