package scenarios

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// guarded is a press that somebody's hand is near where near says so, and a guard that stops it.
const guarded = `scenario: guarded
run: 10s
system:
  devices:
    beam: {is: custom, signals: {there: {start: %s}, near: {value: %q}, stopped: {value: %q}, crushed: {value: %q}}}
    anna: {is: person, contact: '"0 N"'}
hazards:
  crushing:
    exposes: anna
    by: contact
    severity: 2
    when: beam.crushed
    prevented_by: {device: beam, target: SIL 2, layer: guard}
    layers:
      - {name: guard, demand: beam.near, acts: beam.stopped, within: 300ms, fitted: beam.there}
`

func guardOf(t *testing.T, there, near, stopped, crushed string) (*sim.Result, *sim.LayerResult) {
	t.Helper()
	s, err := Parse("g.yaml", []byte(fmt.Sprintf(guarded, there, near, stopped, crushed)))
	require.NoError(t, err)
	require.Empty(t, s.Warnings)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	return r, &r.Hazards[0].Acted[0]
}

// A layer that is asked before the hazard is there is put to the test though that never comes, late
// is a failure, and one that is not fitted has no demands.
func TestLayersThatAreAskedBefore(t *testing.T) {
	twice := "time >= 1 and time < 2 or time >= 4 and time < 5"
	for _, row := range []struct {
		name, there, near, stopped         string
		acted, failed, late, open, demands int
	}{
		{"met in time", "true", twice, "time >= 1.2 and time < 2 or time >= 4.3", 2, 0, 0, 0, 2},
		{"late once", "true", twice, "time >= 1.9 and time < 2 or time >= 4.1", 1, 1, 1, 0, 2},
		{"when it is over", "true", twice, "time >= 2.5 and time < 3", 0, 2, 0, 0, 2},
		{"as it is over", "true", twice, "time >= 2 and time < 3", 0, 2, 1, 0, 2},
		{"not fitted", "false", twice, "time >= 1.2", 0, 0, 0, 0, 0},
		{"time left", "true", "time >= 9.8", "time < 0", 0, 0, 0, 1, 1},
	} {
		r, l := guardOf(t, row.there, row.near, row.stopped, "time < 0")
		assert.Zero(t, r.Hazards[0].Demands, row.name)
		assert.Equal(t, [5]int{row.acted, row.failed, row.late, row.open, row.demands}, [5]int{l.Acted, l.Failed, l.Late, l.Open, l.Demands()}, row.name)
		assert.Equal(t, row.there == "true", l.Fitted, row.name)
	}
	_, l := guardOf(t, "true", twice, "time >= 1.2 and time < 2 or time >= 4.3", "time < 0")
	assert.Equal(t, vtime.FromSeconds(0.3), l.Slowest)
	assert.Equal(t, vtime.Time(vtime.Second), l.First)
	_, l = guardOf(t, "false", twice, "time >= 1.2", "time < 0")
	assert.Equal(t, 2, l.Absent, "it would have been demanded twice")
}

// What the block says of a target is what was counted, beside what the standard has.
func TestTargetsAreShown(t *testing.T) {
	r, _ := guardOf(t, "true", "time >= 1", "time < 0", "time >= 2")
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{Width: 400}))
	for _, want := range []string{
		"to be prevented by  device beam, SIL 2, the layer guard",
		"made for  SIL 2 (IEC 61508): at most 1 failure in 100 demands (PFDavg 1e-3 to 1e-2), or, demanded more than once a year, 1 dangerous failure in 1 000 000 h (1e-7 to 1e-6 an hour); in these 10s 1 demand, 1 failed",
		"layer guard  FAILED on 1 of 1 demand at 0m01.000s: beam.stopped did not come within 300ms",
		"left  nothing: every layer failed",
	} {
		assert.Contains(t, text.String(), want)
	}
	data, err := report.JSON(r, "g.yaml")
	require.NoError(t, err)
	assert.Contains(t, string(data), `"layer":"guard","standard":"IEC 61508","pfd_avg":[0.001,0.01],"pfh_per_hour":[1e-7,0.000001],"demands":1,"failed":1}`)
}

// Targets, layers and exposures that do not exist are refused, with those that do.
func TestWhatALayerCannotBe(t *testing.T) {
	text := fmt.Sprintf(guarded, "true", "time > 1", "time > 2", "time > 3")
	for _, row := range [][3]string{
		{"SIL 2", "SIL 5", "SIL 1 to SIL 4"}, {"SIL 2", "PL f", "PL a to PL e"},
		{"layer: guard}", "layer: gard}", `did you mean "guard"?`}, {"by: contact", "by: glucose", "what is wired to them is contact"},
		{"fitted: beam.there", "fitted: beam.here", "there"},
	} {
		_, err := Parse("g.yaml", bytes.Replace([]byte(text), []byte(row[0]), []byte(row[1]), 1))
		require.ErrorContains(t, err, row[2], row[1])
	}
}

// Who is run into blames the car that did it and who told its controller, and the attack that held
// something back beside the act that it began with.
func TestWhoRanIntoWhom(t *testing.T) {
	s, err := Load("platoon/delay")
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	driver := &r.Harm[0]
	require.Equal(t, "v0_driver", driver.Device)
	assert.Equal(t, sim.Strike{Machine: "v1_car", Into: "v0_car", By: "v1_ecu", Teller: driver.Strike.Teller}, driver.Strike)
	var names []string
	for _, step := range driver.Let {
		names = append(names, r.Injections[step].Step.Name)
	}
	assert.Equal(t, []string{"late"}, names)
	last := &r.Harm[len(r.Harm)-1]
	assert.Equal(t, [2]string{"v7_car", "v6_car"}, [2]string{last.Strike.Machine, last.Strike.Into}, "nobody is behind the last one")
	text := told(t, s)
	assert.Contains(t, text, "v0_driver (driver), v0_passenger (passenger)\n    SLIGHT (1 of 4)")
	assert.Contains(t, text, "machine  v1_car, which ran into v0_car, driven by v1_ecu; driver of v1")
	assert.Contains(t, text, "let through by late attack")
}

// Each time that somebody was harmed is told, by whatever it was.
func TestAllSpellsOfHarm(t *testing.T) {
	s, err := Load("insulin/battery-pulled")
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Len(t, r.Harm[0].Harms, 1)
	by := &r.Harm[0].Harms[0]
	assert.Equal(t, harm.Slight, by.Severity)
	assert.Equal(t, 2, by.Levels[0].Count, "too much, and then too little")
	assert.Contains(t, told(t, s), "lasted  1h48m15.874s to 7h14m12.923s, again 10h41m09.088s to 14h44m07.651s")
	s, err = Parse("both.yaml", []byte("scenario: both\nrun: 10s\nsystem:\n  devices:\n    air: {is: custom, signals: {force: {value: 'if(time > 2 and time < 4, \"5000 N\", \"0 N\")', unit: N}, sugar: {value: 'if(time > 6, \"60 mg/dL\", \"100 mg/dL\")', unit: mg/dL}}}\n    jim: {is: person, contact: air.force, glucose: air.sugar}\n"))
	require.NoError(t, err)
	text := told(t, s)
	assert.Contains(t, text, "jim (visitor)  DEATH (4 of 4) at 0m02.000s")
	assert.Contains(t, text, "lasted  0m02.000s to 0m04.000s")
	assert.Contains(t, text, "and by  glucose: slight (1 of 4) at 0m06.000s; 0m06.000s to the end")
}
