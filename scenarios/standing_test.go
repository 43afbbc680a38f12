package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
)

// crowded is a system in which 60 devices tell two stores something, over a link that is full at 10 times
// as many.
const crowded = `
scenario: crowded
run: 3d
system:
  devices:
    sensor: {is: telemetry, every: 1m, count: 60, as_rate: true}
    meter: {is: telemetry, every: 7m, count: 20, as_rate: true%s}
    sink:
      is: store
      keeps: 1d
      limit: 100 MB
      takes: {load: {from: sensor.reading, about: box, size: 100 B}, flow: {from: meter.reading, about: home}}
      work: {takes: 100ms, queue: 50}%s
    archive: {is: store, keeps: forever, limit: 1 GB, takes: {load: {from: sink.load, about: box, every: 1h, fine: 10m}}}
  subjects: {box: {count: 60}, home: {count: 20%s}}
  zones: {field: [sensor, meter], room: [sink, archive]}
  conduits: {uplink: {joins: [field, room], latency: 2ms, bandwidth: 5 kbit/s, queue: 2 kB}}
%s
`

func crowdedWith(t *testing.T, meter, store, people, more string) *Scenario {
	s, err := Parse("crowded.yaml", fmt.Appendf(nil, crowded, meter, store, people, more))
	require.NoError(t, err)
	return s
}

// What stand for several are as many as they stand for: what is sent, carried, lost, stored and how many
// devices and people there are is the same as of as many one by one, but for the moments of single
// items, less than 0.1 %.
func TestStandingForSeveral(t *testing.T) {
	s := crowdedWith(t, "", "", "", "")
	for _, times := range []int64{2, 9, 40} {
		var runs [2]*sim.Result
		for i, stands := range []map[string]int64{nil, {"sensor": times, "meter": times, "box": times, "home": times}} {
			p, err := s.multiplied(times, stands)
			require.NoError(t, err)
			require.EqualValues(t, 80*times+2, p.Members())
			require.Equal(t, i == 1, len(p.Standing()) > 0)
			runs[i], err = sim.Run(context.Background(), p)
			require.NoError(t, err)
		}
		one, many := &runs[0].Capacity, &runs[1].Capacity
		require.InEpsilon(t, float64(one.AsRate), float64(many.AsRate), 1e-9)
		require.Len(t, many.Loads, len(one.Loads))
		lost := uint64(0)
		for i := range one.Loads {
			a, b := &one.Loads[i], &many.Loads[i]
			require.Equal(t, a.Name, b.Name)
			require.InDelta(t, a.Utilisation, b.Utilisation, 1e-6)
			require.InEpsilon(t, float64(a.Offered), float64(b.Offered), 1e-6)
			require.InDelta(t, float64(a.Lost), float64(b.Lost), 1)
			require.InDelta(t, a.Delay.Mean, b.Delay.Mean, 1e-9)
			lost += a.Lost
		}
		require.Equal(t, times >= 9, lost > 0, "%d times: at 9 the link is used at 0.996, and loses some by chance", times)
		for i := range one.Growth {
			require.InEpsilon(t, float64(one.Growth[i].Items), float64(many.Growth[i].Items), 0.001)
			require.InEpsilon(t, one.Growth[i].Bytes, many.Growth[i].Bytes, 0.001)
			require.InDelta(t, one.Growth[i].DaysLeft, many.Growth[i].DaysLeft, 0.001*(one.Growth[i].DaysLeft+3), "0.1 % of what came in three days")
			require.Equal(t, runs[0].Privacy.Stores[i].People, runs[1].Privacy.Stores[i].People)
			require.InEpsilon(t, float64(runs[0].Privacy.Stores[i].Came), float64(runs[1].Privacy.Stores[i].Came), 0.001)
		}
	}
}

// Nothing stands for several where something is said of one of them, or of how many there are.
func TestWhoStandsAlone(t *testing.T) {
	for name, c := range map[string]struct{ meter, store, people, more, says string }{
		"none":        {},
		"fault":       {more: "timeline: [{at: 1h, fault: power-loss, device: meter, for: 1h}]"},
		"one fails":   {more: "timeline: [{when: 'meter[2].reading > 3', fault: power-loss, device: meter, for: 1h}]", says: "is about each meter"},
		"invariant":   {more: "invariants: {all: {always: 'sum(meter.reading) < 5'}}", says: "is about each meter"},
		"figure":      {more: "invariants: {some: {always: 'lost(uplink) < 5'}}"},
		"traits":      {people: ", traits: {name: {values: own}}", says: "people called home differ by their traits"},
		"weak":        {meter: ", weaknesses: {telnet: {}}", says: "each meter has weaknesses"},
		"people":      {more: "invariants: {some: {always: 'sum(holders(home)) < 5'}}", says: "is about each home"},
		"asked about": {more: `invariants: {some: {always: 'kept_after_erasure("30 d") == 0'}}`, says: "invariants are about people one by one"},
		"taken":       {more: "invariants: {some: {always: 'stolen(sink) == 0'}}"},
	} {
		t.Run(name, func(t *testing.T) {
			s := crowdedWith(t, c.meter, c.store, c.people, c.more)
			p, err := s.Scaled(1_000_000)
			if c.says != "" {
				require.ErrorContains(t, err, c.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, []string{"meter", "sensor"}, p.Standing())
			p, err = s.Scaled(1000)
			require.NoError(t, err)
			require.Empty(t, p.Standing(), "they are few enough to be counted")
		})
	}
	names, err := []string(nil), error(nil)
	_, again := crowdedWith(t, "", "", "", "").again(compile.Options{}, func(f *syntax.File) { names, err = alike(f, nil) })
	require.NoError(t, again)
	require.NoError(t, err)
	require.Empty(t, names, "nothing comes as a rate")
}
