package scenarios

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// played runs a scenario that is given as text.
func played(t testing.TB, text string, seed uint64) *sim.Result {
	s, err := Parse("capacity.yaml", []byte(text))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, sim.Seed(seed))
	require.NoError(t, err)
	return r
}

// served is a scenario in which messages come to a device with work as a Poisson process.
func served(gap vtime.Duration, work string, run string) string {
	return fmt.Sprintf(`
scenario: served
run: %s
system:
  devices:
    meters: {is: telemetry, every: %s, random: true}
    sink:
      is: custom
      inputs: {heard: meters.reading}
      signals: {x: {start: 0}}
      work: %s
`, run, gap, work)
}

// within checks that what a closed form says is in the 99 % confidence interval of the mean of
// ten runs (Student's t, 9 degrees of freedom).
func within(t *testing.T, want float64, got []float64) {
	t.Helper()
	require.Len(t, got, 10)
	mean, square := 0.0, 0.0
	for _, x := range got {
		mean += x / 10
	}
	for _, x := range got {
		square += (x - mean) * (x - mean) / 9
	}
	require.InDelta(t, want, mean, 3.25*math.Sqrt(square/10))
}

// What comes to a device with work, as the file says it, is what queueing theory says of it.
func TestServedAsInTheory(t *testing.T) {
	trials.Long(t)
	const rate = 1000 // of the server
	for _, load := range []float64{0.3, 0.5, 0.8} {
		arrivals := load * rate
		for work, of := range map[string]func() (queueing.Steady, error){
			"{takes: 1ms, spread: exponential, queue: unlimited}": func() (queueing.Steady, error) { return queueing.MM1(arrivals, rate) },
			"{takes: 1ms, queue: unlimited}":                      func() (queueing.Steady, error) { return queueing.MD1(arrivals, rate) },
			"{takes: 1ms, spread: uniform, queue: unlimited}":     func() (queueing.Steady, error) { return queueing.MG1(arrivals, 1e-3, 4e-6/3) },
			"{takes: 1ms, spread: exponential, queue: 4}":         func() (queueing.Steady, error) { return queueing.MM1K(arrivals, rate, 5) },
			"{takes: 4ms, spread: exponential, queue: 0, servers: 4}": func() (queueing.Steady, error) {
				return queueing.MMcc(arrivals, rate/4, 4)
			},
		} {
			t.Run(fmt.Sprint(work, load), func(t *testing.T) {
				want, err := of()
				require.NoError(t, err)
				var stays, used, lost []float64
				for seed := range uint64(10) {
					r := played(t, served(vtime.FromSeconds(1/arrivals), work, "60s"), seed)
					l := r.Capacity.Loads[0]
					stays = append(stays, l.Delay.Mean)
					used = append(used, l.Utilisation)
					lost = append(lost, float64(l.Lost)/float64(l.Offered))
				}
				within(t, want.W, stays)
				within(t, want.Busy, used)
				within(t, want.Loss, lost)
			})
		}
	}
}

// M/M/1 at 800 a second and 1000: 99 of 100 stay 23.03 ms or less.
func TestPercentileOfMM1(t *testing.T) {
	trials.Long(t)
	want, err := queueing.SojournQuantile(800, 1000, 0.99)
	require.NoError(t, err)
	require.InDelta(t, 23.03e-3, want, 5e-6)
	var got []float64
	for seed := range uint64(10) {
		r := played(t, served(1250*vtime.Microsecond, "{takes: 1ms, spread: exponential, queue: unlimited}", "120s"), seed)
		got = append(got, vtime.Seconds(r.Capacity.Loads[0].Delay.P99))
	}
	within(t, want, got)
}

// What goes first waits for what is being served, and for its like; Cobham's formula says for how
// long the others wait.
func TestPriorityAsInTheory(t *testing.T) {
	trials.Long(t)
	const text = `
scenario: classes
run: 60s
system:
  devices:
    urgent: {is: telemetry, every: 5ms, random: true}
    others: {is: telemetry, every: 2ms, random: true}
    sink:
      is: custom
      inputs: {a: urgent.reading, b: others.reading}
      signals: {x: {start: 0}}
      work: {takes: 1ms, spread: exponential, queue: unlimited, priority: urgent}
`
	waits, err := queueing.Cobham([]queueing.Class{{Arrival: 200, Mean: 1e-3, Second: 2e-6}, {Arrival: 500, Mean: 1e-3, Second: 2e-6}})
	require.NoError(t, err)
	var first, others []float64
	for seed := range uint64(10) {
		loads := played(t, text, seed).Capacity.Loads
		require.True(t, loads[0].First && loads[1].Others)
		first, others = append(first, loads[0].Delay.Mean), append(others, loads[1].Delay.Mean)
	}
	within(t, waits[0]+1e-3, first)
	within(t, waits[1]+1e-3, others)
}

// alarming is a controller whose gauge shares a link with alarms that come faster than it carries.
func alarming(link string) string {
	return `
scenario: alarm-flood
run: 20s
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    gauge: {is: level-gauge, of: tower.level, every: 200ms}
    pump: {is: pump, rate: 50 L/s, run: plc.command}
    plc: {is: hysteresis, reads: {poll: gauge.level, every: 100ms}, low: 1.5 m, high: 3.5 m}
    alarms: {is: telemetry, every: 1ms, random: true}
    hmi: {is: custom, inputs: {alarm: alarms.reading}, signals: {x: {start: 0}}}
  zones: {field: [tower, gauge, pump, alarms], control: [plc, hmi]}
  conduits:
    up: {joins: [field, control], bandwidth: 400 kbit/s, ` + link + `}
invariants:
  in-time: {finally: 'p99(plc.poll) <= "100 ms"'}
  input-in-time: {finally: 'p99(plc.reads) <= "100 ms"'}
  shed: {finally: lost(up) > 0}
`
}

// In a flood of alarms control messages keep their deadline where the link lets them go first,
// and only there.
func TestControlGoesFirst(t *testing.T) {
	verdicts := func(link string) (list [3]monitor.Verdict) {
		r := played(t, alarming(link), 1)
		for i := range list {
			list[i] = r.Invariants[i].Verdict
		}
		return list
	}
	const yes, no = monitor.Holds, monitor.Violated
	require.Equal(t, [3]monitor.Verdict{no, no, yes}, verdicts("queue: 16 kB"))
	require.Equal(t, [3]monitor.Verdict{yes, yes, yes}, verdicts("queue: 16 kB, priority: plc"))
	require.Equal(t, [3]monitor.Verdict{yes, yes, yes}, verdicts("queue: 16 kB, priority: gauge.level"))
	require.Equal(t, [3]monitor.Verdict{no, no, yes}, verdicts("queue: 16 kB, priority: [hmi, plc]"))
}

// A poll takes as long as its request and its answer, with what both devices need for them.
func TestAPollIsTimedFromItsRequest(t *testing.T) {
	r := played(t, `
scenario: polled
run: 10s
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tower.level, every: 200ms, work: {takes: 7ms}}
    plc: {is: hysteresis, reads: {poll: gauge.level, every: 100ms}, low: 1.5 m, high: 3.5 m, work: {takes: 30ms}}
  zones: {field: {devices: [tower, gauge, plc], latency: 2ms}}
`, 1)
	require.Len(t, r.Capacity.Polls, 1)
	p := r.Capacity.Polls[0]
	require.Equal(t, "plc", p.Device)
	require.EqualValues(t, 100, p.Count)
	require.Equal(t, 41*vtime.Millisecond, p.Max)
	require.InDelta(t, 0.041, p.Mean, 1e-12)
}

// Figures only look: they change no byte of a run.
func TestFiguresChangeNothing(t *testing.T) {
	text := alarming("queue: 16 kB")
	without, _, _ := strings.Cut(text, "invariants:")
	require.Equal(t, played(t, without, 3).Digest, played(t, text, 3).Digest)
}

// A run that was taken up while messages waited goes on as the one that was not.
func TestWaitingMessagesAreKept(t *testing.T) {
	for _, text := range []string{
		alarming("queue: 16 kB"), alarming("queue: 16 kB, priority: plc"),
		served(vtime.Millisecond, "{takes: 3ms, spread: exponential, servers: 2, queue: 50}", "2s") + `
invariants:
  a: {finally: p99(sink) < "1 s"}
  b: {always: oldest(sink) < "1 s"}
  c: {finally: utilisation(sink) < 2}
`,
	} {
		s, err := Parse("kept.yaml", []byte(text))
		require.NoError(t, err)
		whole, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(context.Background(), 1234567891))
		data, err := first.Snapshot()
		require.NoError(t, err)
		rest, err := sim.Run(context.Background(), s.Plan, sim.From(data))
		require.NoError(t, err)
		require.Equal(t, whole.Digest, rest.Digest)
		require.Equal(t, whole.Capacity, rest.Capacity)
		for i := range whole.Invariants {
			require.Equal(t, whole.Invariants[i].Margin, rest.Invariants[i].Margin, whole.Invariants[i].Name)
		}
	}
}

// The age of who waits is known at any time: at 1 s each, the second of two waits 1 s.
func TestTheOldestGrowsOld(t *testing.T) {
	const text = `
scenario: old
run: 10s
system:
  devices:
    meters: {is: telemetry, every: 1.5s, in_step: true}
    sink:
      is: custom
      inputs: {heard: meters.reading}
      signals: {x: {start: 0}}
      work: {takes: 2s}
invariants:
  young: {always: oldest(sink) <= "1.2 s"}
`
	r := played(t, text, 1)
	// They come 1 ms after 1.5 s, 3 s and so on, or at 0, and are served one after the other: the
	// third waits 1 s, the fourth 1.5 s, of which it has waited 1.2 s at 4.5 s + 1.2 s + 1 ms.
	require.Equal(t, monitor.Violated, r.Invariants[0].Verdict)
	require.EqualValues(t, 5_701_000_001, r.Invariants[0].At)
}
