package view_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/view"
)

// aired records somebody in air of a temperature.
func aired(t *testing.T, temperature string) *trace.Trace {
	t.Helper()
	file := filepath.Join(t.TempDir(), "air.yaml")
	text := "scenario: air\nrun: 2h\nsystem:\n  devices:\n    jim: {is: person, temperature: '" + temperature + "'}\n"
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return scenariotest.Recorded(t, file, 0)
}

// What adds up of air is plotted by its own scale: where it harmed, and where it came to some part of that.
func TestDosesOfAirArePlotted(t *testing.T) {
	for temperature, want := range map[string][2]bool{ // hot air, frost
		`"100 degC"`:                           {true, false},
		`"-30 degC"`:                           {false, true},
		`"10 degC"`:                            {false, false},
		`if(time < 40, "100 degC", "20 degC")`: {true, false},
		`if(time < 2, "100 degC", "20 degC")`:  {false, false},
	} {
		x := aired(t, temperature)
		require.Len(t, x.Header.People, 1)
		of := map[string]trace.Exposure{}
		for _, e := range x.Header.People[0].Exposures {
			of[e.Name] = e
		}
		hot, frost := of["hot_air"], of["frost"]
		assert.Equal(t, [2]string{"temperature", "temperature"}, [2]string{hot.Of, frost.Of})
		assert.Equal(t, []trace.Bound{{Severity: 1, Value: 0.1}, {Severity: 2, Value: 0.3}, {Severity: 3, Value: 1}, {Severity: 4, Value: 7.7}}, hot.Bounds)
		assert.Equal(t, []trace.Bound{{Severity: 1, Value: 0.5}, {Severity: 2, Value: 1}, {Severity: 3, Value: 2}}, frost.Bounds)
		assert.Equal(t, "jim.hot_air", x.Path(hot.Amount))
		v, err := view.New([]*trace.Trace{x}, view.Options{Eager: true})
		require.NoError(t, err)
		assert.Equal(t, want, [2]bool{v.Plots(hot.Amount), v.Plots(frost.Amount)}, temperature)
	}
}

// Whose dose a plot is of, and of what, is written in full, though it has no room in one line; and a zone is named by
// what it stands for.
func TestNamesOfDosesAreWhole(t *testing.T) {
	at := vtime.Time(160 * vtime.Second)
	v, err := view.New([]*trace.Trace{scenariotest.Recorded(t, "reactor/runaway-fire", 0)}, view.Options{Eager: true, At: &at})
	require.NoError(t, err)
	s := &screen{t: t, v: v, in: view.Input{Width: 1280, Height: 800, Scale: 1}}
	s.frame()
	s.key("g")
	s.frame()
	for _, want := range []string{"near_operator", "thermal_radiation", "fire: slight", "burst: irreversible"} {
		assert.True(t, s.says(want), want)
	}
}
