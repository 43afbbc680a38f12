package scenarios

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// worstOf is what was worst of an exposure of a person, and its invariant.
func worstOf(t *testing.T, r *sim.Result, person, exposure string) (sim.Amount, *sim.InvariantResult) {
	t.Helper()
	for i := range r.Harm {
		h := &r.Harm[i]
		for k := range h.Exposed {
			if h.Device == person && h.Exposed[k].Name == exposure {
				return h.Amounts[k], &h.Margins[k]
			}
		}
	}
	require.Fail(t, "nobody is "+person+", exposed to "+exposure)
	return sim.Amount{}, nil
}

// What is told of harm is not only what crossed a limit first, but how much it was at worst: of a
// contact v sqrt(k mu), of a dose all of it, of too little the least.
func TestAtWorst(t *testing.T) {
	r := cell(t, "zone-spoofed")
	force, margin := worstOf(t, r, "anna", "contact")
	assert.InDelta(t, math.Sqrt(25e3/(1/40.0+1/14.2)), force.Value, 1e-6)
	assert.Equal(t, "N", force.Unit.Symbol)
	assert.Equal(t, margin.Closest, force.At)

	burnt := ofLibrary(t, "reactor/runaway-fire").Result
	dose, _ := worstOf(t, burnt, "near_operator", "thermal_radiation")
	assert.InEpsilon(t, 272*math.Pow(0.35*7480/(4*math.Pi*100), 4./3), dose.Value, 1e-6)
	assert.Equal(t, "TDU", dose.Unit.Symbol)

	var text bytes.Buffer
	require.NoError(t, report.Text(&text, burnt, report.Options{Width: 200}))
	assert.Contains(t, text.String(), "fire_near.radiation was 2.083 kW/m2; dose at worst 723.7 TDU at 5m06.352s")
	assert.Contains(t, text.String(), "blast_far.overpressure was 4.434 kPa\n", "the worst is what crossed")
}

const sugars = `
scenario: sugars
run: 1m
system:
  devices:
    sugar:
      is: custom
      signals: {level: {start: 120 mg/dL}, other: {start: 120 mg/dL}}
      rules:
        - {every: 10s, set: {level: 'if(time < 15, "40 mg/dL", if(time < 25, "500 mg/dL", "120 mg/dL"))'}}
        - {every: 10s, set: {other: 'if(time < 15, "200 mg/dL", if(time < 25, "190 mg/dL", "30 mg/dL"))'}}
    anna: {is: person, glucose: sugar.level}
    bert: {is: person, glucose: 0.5 * (sugar.other + sugar.other)}
    many: {is: person, count: 300, glucose: sugar.level}
`

// Where too little and too much harm, the worst is what is furthest beyond its own limit. Of an
// expression it is that of its value, and of many people at once nobody says it.
func TestAtWorstOfTwoSides(t *testing.T) {
	r, _ := ran(t, sugars)
	for _, want := range []struct {
		name string
		most float64 // mg/dL
		at   vtime.Time
	}{{"anna", 500, 20e9}, {"bert", 30, 30e9}} {
		got, margin := worstOf(t, r, want.name, "glucose")
		require.True(t, got.Known())
		assert.InDelta(t, want.most, got.Unit.FromSI(got.Value), 1e-9, want.name)
		assert.Equal(t, want.at, got.At, want.name)
		assert.Negative(t, margin.Margin)
	}
	got, _ := worstOf(t, r, "one of 300 many", "glucose")
	assert.False(t, got.Known())

	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{Width: 200}))
	assert.Contains(t, text.String(), "at worst 500 mg/dL at 0m20.000s")
	assert.NotContains(t, text.String(), "glucose;")
	out, err := report.JSON(r, "sugars.yaml")
	require.NoError(t, err)
	var read struct {
		Harm []struct {
			Margins []struct {
				Worst *float64 `json:"worst"`
				Unit  string   `json:"worst_unit"`
			} `json:"margins"`
		} `json:"harm"`
	}
	require.NoError(t, json.Unmarshal(out, &read))
	assert.InDelta(t, 500, *read.Harm[0].Margins[0].Worst, 1e-9)
	assert.Equal(t, "mg/dL", read.Harm[0].Margins[0].Unit)
	assert.Nil(t, read.Harm[2].Margins[0].Worst)
}

// What was worst before a run was kept is known after it was taken up.
func TestAtWorstIsKept(t *testing.T) {
	s, err := Parse("sugars.yaml", []byte(sugars))
	require.NoError(t, err)
	first, err := sim.New(s.Plan)
	require.NoError(t, err)
	ctx := context.Background()
	require.NoError(t, first.RunTo(ctx, vtime.Time(45*vtime.Second)))
	data, err := first.Snapshot()
	require.NoError(t, err)
	r, err := sim.Run(ctx, s.Plan, sim.From(data))
	require.NoError(t, err)
	got, _ := worstOf(t, r, "anna", "glucose")
	assert.InDelta(t, 500, got.Unit.FromSI(got.Value), 1e-9)
	assert.Equal(t, vtime.Time(20e9), got.At)
}
