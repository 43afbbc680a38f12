package capacity_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/capacity"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Sensors of 52.8 kbit/s in all over a link of 100 kbit/s to a store that serves 400 a second.
const sensors = `
scenario: sensors
run: 10min
system:
  devices:
    sensor: {is: telemetry, every: 1s, count: 100, as_rate: true}
    sink:
      is: store
      keeps: 1d
      limit: 100 MB
      takes: {load: {from: sensor.reading, size: 100 B}}
      work: {takes: 2500us, queue: 10}
  subjects: {thing: {count: 100}}
  zones: {field: [sensor], room: [sink]}
  conduits: {uplink: {joins: [field, room], latency: 2ms, bandwidth: %s, queue: 16 kB}}
invariants:
  few: {always: 'sink.items < 400000'}
  nothing-lost: {always: 'lost(uplink) + lost(sink) == 0'}
`

func parsed(t *testing.T, bandwidth string) *scenarios.Scenario {
	s, err := scenarios.Parse("sensors.yaml", fmt.Appendf(nil, sensors, bandwidth))
	require.NoError(t, err)
	return s
}

func names(list []*sim.InvariantResult) (all []string) {
	for _, v := range list {
		all = append(all, v.Name)
	}
	return all
}

// The link is full from 100 / 52.8 = 1.9 times as many on; what is used and lost follows from that.
func TestALinkBreaks(t *testing.T) {
	a := capacity.Scale(context.Background(), "sensors", parsed(t, "100 kbit/s").Scaled, []int64{3, 1, 2}, capacity.Options{})
	require.True(t, a.Complete)
	require.Len(t, a.Rows, 3)
	for i, n := range []int64{1, 2, 3} {
		r := &a.Rows[i]
		require.Equal(t, n, r.Times, "in order")
		require.EqualValues(t, 100*n+1, r.Devices)
		require.NoError(t, r.Err)
		require.EqualValues(t, 60_000*n, r.Messages())
		came := 52.8 * float64(n) / 100
		require.InDelta(t, min(1, came), r.Busiest().Utilisation, 1e-6)
		require.Equal(t, "uplink from field to room", r.Busiest().Name)
		if n == 1 {
			require.Nil(t, r.Leakiest())
			require.Empty(t, r.Violated())
			continue
		}
		require.InDelta(t, 1-1/came, capacity.Loss(r.Leakiest()), 0.003, "but for the 16 kB that still wait")
		require.Equal(t, []string{"nothing-lost"}, names(r.Violated()))
	}
	row, violated, lossy := a.Breaks()
	require.Equal(t, 1, row)
	require.Equal(t, []string{"nothing-lost"}, names(violated))
	require.Len(t, lossy, 1)
	require.Equal(t, "uplink from field to room", lossy[0].Name)
}

// Where the link is wide the store is next, from 400 / 100 = 4 times as many on.
func TestAStoreBreaks(t *testing.T) {
	a := capacity.Scale(context.Background(), "sensors", parsed(t, "1 Gbit/s").Scaled, []int64{1, 3, 5, 8}, capacity.Options{})
	row, violated, lossy := a.Breaks()
	require.Equal(t, 2, row)
	require.Equal(t, []string{"nothing-lost"}, names(violated))
	require.Len(t, lossy, 1)
	require.Equal(t, "sink", lossy[0].Name)
	require.InDelta(t, 0.2, capacity.Loss(lossy[0]), 0.001)
	require.InDelta(t, 0.5, capacity.Loss(a.Rows[3].Leakiest()), 0.001)
	require.Equal(t, "sink", a.Rows[0].Fullest().Store)
}

// Nothing breaks where what is violated, or lost, was so at the scale before as well: what breaks
// at the smallest scale breaks there.
func TestBreaksOnlyOnce(t *testing.T) {
	a := capacity.Scale(context.Background(), "sensors", parsed(t, "100 kbit/s").Scaled, []int64{2, 3}, capacity.Options{})
	row, _, _ := a.Breaks()
	require.Zero(t, row)
	a.Rows = a.Rows[1:]
	row, _, _ = a.Breaks()
	require.Zero(t, row)
	a = capacity.Scale(context.Background(), "sensors", parsed(t, "1 Gbit/s").Scaled, []int64{1, 2}, capacity.Options{})
	row, violated, lossy := a.Breaks()
	require.Equal(t, -1, row)
	require.Empty(t, violated)
	require.Empty(t, lossy)
}

// Where that are more than a million each stands for several, unless something is about one of them: then the
// scale is a row that says why, and the others are run all the same.
func TestRefusedScales(t *testing.T) {
	a := capacity.Scale(context.Background(), "sensors", parsed(t, "1 Gbit/s").Scaled, []int64{1, 1_000_000}, capacity.Options{})
	require.True(t, a.Complete)
	require.Empty(t, a.Rows[0].Standing)
	require.Equal(t, []string{"sensor"}, a.Rows[1].Standing)
	require.Equal(t, 100_000_001, a.Rows[1].Devices)
	require.EqualValues(t, 60_000*1_000_000, a.Rows[1].Messages())
	missing, run := a.Missing()
	require.Empty(t, missing)
	require.Equal(t, []int64{1, 1_000_000}, run)

	alone, err := scenarios.Parse("alone.yaml", fmt.Appendf(nil, sensors+"  first: {always: 'sensor[0].reading < 5'}\n", "1 Gbit/s"))
	require.NoError(t, err)
	a = capacity.Scale(context.Background(), "sensors", alone.Scaled, []int64{1, 100_000, 1_000_000}, capacity.Options{})
	require.True(t, a.Complete)
	require.NoError(t, a.Rows[0].Err)
	for _, r := range a.Rows[1:] {
		require.ErrorContains(t, r.Err, "1000000")
		require.Nil(t, r.Result)
		require.Nil(t, r.Busiest())
		require.Nil(t, r.Fullest())
		require.Empty(t, r.Violated())
	}
	row, _, _ := a.Breaks()
	require.Equal(t, -1, row)
	missing, run = a.Missing()
	require.Equal(t, []int64{100_000, 1_000_000}, missing)
	require.Equal(t, []int64{1}, run)

	broken := errors.New("no plan")
	a = capacity.Scale(context.Background(), "sensors", func(int64) (*sim.Plan, error) { return nil, broken }, []int64{1}, capacity.Options{})
	require.ErrorIs(t, a.Rows[0].Err, broken)
}

// Violations are told in the order of their times, and a run may be told to end earlier.
func TestOrderAndUntil(t *testing.T) {
	at := func(s int, v monitor.Verdict) sim.InvariantResult {
		return sim.InvariantResult{Name: fmt.Sprint(s), Result: monitor.Result{Verdict: v, At: vtime.Time(s) * vtime.Time(vtime.Second)}}
	}
	const x = monitor.Violated
	r := capacity.Row{Result: &sim.Result{Invariants: []sim.InvariantResult{at(7, x), at(3, x), at(1, monitor.Holds), at(5, x)}}}
	require.Equal(t, []string{"3", "5", "7"}, names(r.Violated()))

	s := parsed(t, "1 Gbit/s")
	var last vtime.Time
	a := capacity.Scale(context.Background(), "sensors", s.Scaled, []int64{1}, capacity.Options{
		Progress: func(_ int64, at, _ vtime.Time) { last = at },
		Options:  []sim.Option{sim.Until(vtime.Time(vtime.Minute))},
	})
	require.InDelta(t, 6000, float64(a.Rows[0].Result.Capacity.Growth[0].Items), 100)
	require.LessOrEqual(t, last, vtime.Time(vtime.Minute))
}

// Who is interrupted has the scales that were run.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	s := parsed(t, "1 Gbit/s")
	a := capacity.Scale(ctx, "sensors", func(n int64) (*sim.Plan, error) {
		if n == 2 {
			stop()
		}
		return s.Scaled(n)
	}, []int64{1, 2, 3}, capacity.Options{})
	require.False(t, a.Complete)
	require.Len(t, a.Rows, 2)
	require.NotNil(t, a.Rows[0].Result)
	require.False(t, math.IsNaN(a.Rows[0].Busiest().Utilisation))
}

// A scale that was interrupted is none that was run: what came in a part of the time is not to be
// compared.
func TestInterruptedWithin(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	s, err := scenarios.Parse("sensors.yaml", []byte(strings.Replace(fmt.Sprintf(sensors, "1 Gbit/s"), ", as_rate: true", "", 1)))
	require.NoError(t, err)
	a := capacity.Scale(ctx, "sensors", s.Scaled, []int64{1, 2, 3}, capacity.Options{Progress: func(n int64, _, _ vtime.Time) {
		if n == 2 {
			stop()
		}
	}})
	require.False(t, a.Complete)
	require.Len(t, a.Rows, 2)
	require.NotNil(t, a.Rows[0].Result)
	require.Nil(t, a.Rows[1].Result)
	require.ErrorContains(t, a.Rows[1].Err, "it was interrupted after")
	require.Regexp(t, `after [0-9dhm]+[0-9]{2}\.[0-9]{3}s$`, a.Rows[1].Err.Error())
}

// A store that is full takes in nothing more, which is told, and where that begins it breaks.
func TestAFullStoreBreaks(t *testing.T) {
	s, err := scenarios.Parse("sensors.yaml", []byte(strings.Replace(fmt.Sprintf(sensors, "1 Gbit/s"), "limit: 100 MB", "limit: 8 MB", 1)))
	require.NoError(t, err)
	a := capacity.Scale(context.Background(), "sensors", s.Scaled, []int64{1, 2}, capacity.Options{})
	for i, want := range []sim.Growth{{Items: 60_000}, {Items: 80_000, Refused: 40_000, FullAt: vtime.Time(400 * vtime.Second)}} {
		g := a.Rows[i].Result.Capacity.Growth[0]
		require.InDelta(t, float64(want.Items), float64(g.Items), 1)
		require.InDelta(t, float64(want.Refused), float64(g.Refused), 1)
		if want.Refused > 0 {
			require.EqualValues(t, 80_000, g.Items, "to the last byte")
			require.InDelta(t, want.FullAt.Seconds(), g.FullAt.Seconds(), 1)
			require.Zero(t, g.DaysLeft)
		} else {
			require.InEpsilon(t, 2e6/(100*100*86400), g.DaysLeft, 0.01, "less than a day after the start as well")
		}
	}
	row, violated, lossy := a.Breaks()
	require.Equal(t, 1, row)
	require.Empty(t, violated)
	require.Equal(t, "sink (full)", lossy[0].Name)

	growth := a.Rows[1].Result.Capacity.Growth // a store that was full is first, even if it has room again
	growth[0].DaysLeft = math.Inf(1)
	a.Rows[1].Result.Capacity.Growth = append(growth, sim.Growth{Store: "soon", Limit: 1e6, DaysLeft: 3})
	require.Equal(t, "sink", a.Rows[1].Fullest().Store)
	require.InDelta(t, 1.0/3, capacity.Loss(lossy[0]), 1e-4)
}

// A radio loses some messages however few there are: it breaks where its channels are in use for more
// than half of the time, or where most of what comes to it is lost.
func TestARadioBreaks(t *testing.T) {
	row := func(times int64, used float64, lost uint64) capacity.Row {
		return capacity.Row{Times: times, Result: &sim.Result{Capacity: sim.Capacity{
			Loads: []sim.Load{{Name: "air", Link: true, Radio: true, Utilisation: used, Offered: 1000, Lost: lost}},
		}}}
	}
	for _, c := range []struct {
		name string
		rows []capacity.Row
		at   int
	}{
		{"some collide", []capacity.Row{row(1, 0.02, 36), row(10, 0.2, 330)}, -1},
		{"more means less", []capacity.Row{row(1, 0.02, 36), row(30, 0.6, 450)}, 1},
		{"most is withheld", []capacity.Row{row(1, 0.02, 36), row(30, 0.1, 800)}, 1},
		{"from the start", []capacity.Row{row(1, 0.7, 800), row(30, 0.9, 900)}, 0},
	} {
		at, _, lossy := (&capacity.Answer{Rows: c.rows}).Breaks()
		require.Equal(t, c.at, at, c.name)
		require.Equal(t, c.at >= 0, len(lossy) == 1, c.name)
	}
}

// A row is told of as soon as it is there, and not when the last one is.
func TestRowsAsTheyCome(t *testing.T) {
	s, told := parsed(t, "100 kbit/s"), []int64(nil)
	var before [][]int64
	plan := func(times int64) (*sim.Plan, error) {
		before = append(before, slices.Clone(told))
		return s.Scaled(times)
	}
	capacity.Scale(t.Context(), "sensors", plan, []int64{3, 1, 2}, capacity.Options{
		Done: func(r *capacity.Row) { told = append(told, r.Times) }, Options: []sim.Option{sim.Until(vtime.Time(vtime.Minute))},
	})
	require.Equal(t, [][]int64{nil, {1}, {1, 2}}, before)
	require.Equal(t, []int64{1, 2, 3}, told)
}
