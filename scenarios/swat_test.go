package scenarios

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The figures of SWaT's twin, in SI. A flow of q m3/h moves the level of a tank
// of 1.5 m2 by q/3600/1.5 m/s.
func rate(q float64) float64 { return q / 3600 / 1.5 }

var (
	inlet    = rate(2.3) // through MV101
	transfer = rate(2.0) // through P101 or P102
	feed     = rate(1.8) // through P301 or P302
	ro       = rate(1.5)
)

// A swatRun is a run with what its signals did.
type swatRun struct {
	*sim.Result
	*sim.History
	t *testing.T
}

// swat runs a scenario of the library.
func swat(t *testing.T, name string) *swatRun {
	t.Helper()
	s, err := Load("swat/" + name)
	require.NoError(t, err)
	return swatPlan(t, s)
}

func swatPlan(t *testing.T, s *Scenario) *swatRun {
	t.Helper()
	r := &swatRun{History: &sim.History{}, t: t}
	var err error
	r.Result, err = sim.Run(context.Background(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	require.Empty(t, r.Unmet)
	return r
}

// signal is what a signal of the run did.
func (r *swatRun) signal(path string) *sim.Signal {
	r.t.Helper()
	s, err := r.History.Signal(path)
	require.NoError(r.t, err)
	return s
}

// level is the level of a tank after so many seconds, in m.
func level(r *swatRun, tank string, seconds float64) float64 {
	return r.signal(tank + ".level").At(vtime.Time(vtime.FromSeconds(seconds)))
}

// violatedAt is when an invariant was violated, in s.
func violatedAt(t *testing.T, r *swatRun, name string) float64 {
	t.Helper()
	i, err := r.Invariant(name)
	require.NoError(t, err)
	return i.At.Seconds()
}

// changes lists when a signal changed to a value, in s.
func changes(r *swatRun, path string, to float64) (at []float64) {
	list := r.signal(path).Changes
	for i := 1; i < len(list); i++ {
		if list[i].Value == to && list[i-1].Value != to {
			at = append(at, list[i].At.Seconds())
		}
	}
	return at
}

func TestSwatAttack01RisesAsTheClosedFormSays(t *testing.T) {
	r := swat(t, "attack-01")
	const attack, travel = 60, 10
	// While the valve travels its flow is a ramp: half of the rate on average.
	// What the travel costs at the beginning it gives back at the end.
	for _, at := range []struct{ seconds, open float64 }{
		{attack, 0}, {attack + 5, 1.25}, {attack + travel, 5}, {attack + 939, 934},
		{attack + 939 + 5, 937.75}, {attack + 939 + travel, 939}, {1200, 939},
	} {
		assert.InEpsilon(t, 0.8+at.open*inlet, level(r, "t101", at.seconds), 1e-6, "after %v s", at.seconds)
	}
	assert.InDelta(t, 0.3999, 939*inlet, 5e-5, "the published window")
	assert.InDelta(t, attack+5+0.3/inlet, violatedAt(t, r, "t101-below-hh"), 1e-6)
	assert.InDelta(t, 704.35, 0.3/inlet, 0.01, "HH after 704 s of full inflow")
	assert.Equal(t, 75.0, violatedAt(t, r, "mv101-obeys"))
}

// A fact is something that a run shows and that a closed form says.
type fact struct {
	what                 string
	got, want, tolerance float64
}

// TestSwatAttacks compares what every attack does with its closed form.
func TestSwatAttacks(t *testing.T) {
	for name, facts := range swatFacts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range facts(t, swat(t, name)) {
				assert.InDelta(t, f.want, f.got, f.tolerance, f.what)
			}
		})
	}
}

// Where a noisy sensor decides when something begins, the tolerance is a few
// scans, in seconds; otherwise it is 1e-8 m.
const exact, scans = 1e-8, 1.5

// swatFacts are what the attacks do, by scenario.
var swatFacts = map[string]func(t *testing.T, r *swatRun) []fact{
	"attack-02": func(t *testing.T, r *swatRun) []fact {
		full := 60 + (0.1-60*(transfer-feed))/(2*transfer-feed) // T301 at H
		return []fact{
			{"both pumps", violatedAt(t, r, "transfer-below-hh"), 60, 1e-9},
			{"MV201 closes", changes(r, "mv201.open", 0)[0], full, scans},
			{"T101 while MV101 is shut", level(r, "t101", 200), 0.65 - 60*transfer - 140*2*transfer, exact},
			{"P102 goes on against it", violatedAt(t, r, "transfer-never-dead-headed"), full + 9.9, scans},
		}
	},
	"attack-03": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T101 at the end", level(r, "t101", 442), 0.65 - 442*transfer, exact},
			{"it fell by", level(r, "t101", 60) - level(r, "t101", 442), 0.1415, 1e-4},
		}
	},
	"attack-03-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"LL less 5 mm", violatedAt(t, r, "t101-above-ll"), 0.405 / transfer, 1e-6},
			{"empty and 30 s", violatedAt(t, r, "transfer-flows"), 0.65/transfer + 30, 1e-6},
			{"P101 trips", changes(r, "plc1.p101_tripped", 1)[0], 0.65/transfer + 10, scans},
		}
	},
	"attack-07": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T301 falls", level(r, "t301", 70) - level(r, "t301", 488), 418 * feed, exact},
		}
	},
	"attack-07-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"from LL to empty", violatedAt(t, r, "uf-delivers") - 180 - violatedAt(t, r, "t301-above-ll"), 0.245 / feed, 1e-6},
		}
	},
	"attack-08": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T401 falls", level(r, "t401", 70) - level(r, "t401", 1023), 953 * ro, exact},
		}
	},
	"attack-13": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"filtration goes on", level(r, "t401", 480) - level(r, "t401", 90), 390 * (feed - ro), exact},
		}
	},
	"attack-13-sustained": func(t *testing.T, r *swatRun) []fact {
		halt := changes(r, "plc3.filtering", 0)[0]
		return []fact{
			{"T401 at LL less 5 mm", violatedAt(t, r, "t401-above-ll"), halt + 5 + (level(r, "t401", halt+5)-0.245)/ro, 1e-3},
		}
	},
	"attack-14": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"the UF stands", level(r, "t401", 490), 1 - 490*ro, exact},
		}
	},
	"attack-16": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"the reading is at L", changes(r, "mv201.open", 1)[0], 60 + (0.1-60*feed)/0.001, 4},
			{"the truth at the end", level(r, "t301", 335), 0.856, 2e-3},
		}
	},
	"attack-16-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"from HH to the brim", violatedAt(t, r, "t301-no-overflow") - violatedAt(t, r, "t301-below-hh"), 0.4 / transfer, 1e-6},
		}
	},
	"attack-17": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T401 falls", level(r, "t401", 110) - level(r, "t401", 890), 780 * ro, exact},
		}
	},
	"attack-21": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T101 at the end", level(r, "t101", 780), 0.7 + 780*inlet, exact},
		}
	},
	"attack-21-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"HH", violatedAt(t, r, "t101-below-hh"), 0.4 / inlet, 1e-6},
		}
	},
	"attack-26": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T301 at HH", violatedAt(t, r, "t301-below-hh"), 60 + (0.3-60*(transfer-feed))/(2*transfer-feed), 1e-6},
			{"T101 stays at LL", r.signal("t101.level").Min(), 0.25, 2e-3},
		}
	},
	"attack-30": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T101 while the pumps stand", level(r, "t101", 140), 0.52 + 75*inlet, exact},
			{"T301 while the pumps stand", level(r, "t301", 140), 0.85 - 140*feed, exact},
			{"T101 while both run", level(r, "t101", 200) - level(r, "t101", 600), 400 * (2*transfer - inlet), exact},
			{"T301 while both run", level(r, "t301", 600) - level(r, "t301", 200), 400 * (2*transfer - feed), exact},
		}
	},
	"attack-32": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T301 falls", level(r, "t301", 70) - level(r, "t301", 660), 590 * feed, exact},
			{"by P302", r.signal("p302.running").Min(), 1, 0},
		}
	},
	"attack-33": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T101 at the end", level(r, "t101", 503), 0.65 - 503*transfer, exact},
		}
	},
	"attack-33-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"LL less 5 mm", violatedAt(t, r, "transfer-never-dry"), 0.405 / transfer, 1e-6},
		}
	},
	"attack-34": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"P102 takes over", changes(r, "p102.running", 1)[0], 70, scans},
		}
	},
	"attack-35": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"nothing flows for 30 s", violatedAt(t, r, "transfer-flows"), 90, 1e-9},
			{"T301 falls", level(r, "t301", 60) - level(r, "t301", 900), 840 * feed, exact},
		}
	},
	"attack-36": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T101 rises", level(r, "t101", 599) - level(r, "t101", 80), 519 * inlet, exact},
			{"its highest level", r.signal("t101.level").Max(), 0.65 - 61*transfer + 536*inlet, 2e-3},
		}
	},
	"attack-36-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"from HH to the brim", violatedAt(t, r, "t101-no-overflow") - violatedAt(t, r, "t101-below-hh"), 0.5 / inlet, 1e-6},
		}
	},
	"attack-41": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"the reading is at L", changes(r, "mv201.open", 1)[0], 60 + (0.1-60*feed)/0.0005, 6},
			{"the reading is at LL", changes(r, "plc3.alarm_ll", 1)[0], 60 + (0.65-60*feed)/0.0005, 6},
			{"the truth at the end", level(r, "t301", 1734), 1.0155, 3e-3},
		}
	},
	"attack-41-sustained": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"from HH to the brim", violatedAt(t, r, "t301-no-overflow") - violatedAt(t, r, "t301-below-hh"), 0.4 / transfer, 1e-6},
		}
	},
}

// quiet is SWaT without noise, so that thresholds are passed when the closed
// form says.
const quiet = `scenario: quiet
about: SWaT without noise
use: library/swat/system.yaml
run: 4h
system:
  devices:
    lit101: {noise: 0 mm}
    fit101: {noise: 0 m3/h}
    fit201: {noise: 0 m3/h}
    lit301: {noise: 0 mm}
    dpit301: {noise: 0 kPa}
    fit301: {noise: 0 m3/h}
    lit401: {noise: 0 mm}
`

func TestSwatNormalOperationAgainstClosedForms(t *testing.T) {
	s, err := Parse("quiet.yaml", []byte(quiet))
	require.NoError(t, err)
	r := swatPlan(t, s)
	// T101 falls from 650 mm to L with P101 alone, and rises to H with MV101.
	opens, shuts := changes(r, "mv101.open", 1)[0], changes(r, "mv101.open", 0)[0]
	assert.InEpsilon(t, 0.65-400*transfer, level(r, "t101", 400), 1e-6)
	assert.InDelta(t, 0.15/transfer, opens, scans, "405 s to L")
	assert.InDelta(t, 0.8, 0.5+(shuts-opens-5)*inlet-runs(r, "p101.running", opens, shuts)*transfer, scans*inlet, "and back to H")

	// T301 falls from H to L while the transfer stands, T401 while the UF stands.
	off, on := changes(r, "plc1.transfer", 0)[0], changes(r, "plc1.transfer", 1)[0]
	assert.InDelta(t, 0.2/feed, runs(r, "p301.running", off, on), 2*scans, "600 s of P301")
	off, on = changes(r, "plc3.wanted", 0)[0], changes(r, "plc3.wanted", 1)[0]
	assert.InDelta(t, 0.2/ro, on-off, 2*scans, "720 s of the RO")

	// A cycle of the UF: its four steps, and three waits for valves of 3 s.
	backwash := changes(r, "plc3.backwashing", 1)
	assert.Equal(t, 1800.0, backwash[0])
	assert.InDelta(t, 1935+3*3, backwash[2]-backwash[1], 6*0.4)
	assert.InDelta(t, 8e3, r.signal("uf.cake").Max(), 100, "8 kPa of cake in 30 min, and what the backwash left")
}

// runs is for how long a signal was true, in s.
func runs(r *swatRun, path string, from, to float64) (sum float64) {
	since, on := from, false
	for _, c := range r.signal(path).Changes {
		at := min(to, max(from, c.At.Seconds()))
		if on {
			sum += at - since
		}
		since, on = at, c.Value != 0
	}
	if on {
		sum += to - since
	}
	return sum
}

// TestTankClosedForms has the figures of the domain's fact book for a tank of
// 1.5 m2 with constant flows, and Torricelli's.
func TestTankClosedForms(t *testing.T) {
	const constant = `scenario: constant
about: A tank with constant flows
run: 2h
system:
  devices:
    t101: {is: tank, unit: mm, area: 1.5 m2, height: 2 m, level: %v mm, inflow: source.flow, outflow: drain.flow}
    source: {is: demand, profile: [[0s, %v m3/h]]}
    drain: {is: demand, profile: [[0s, %v m3/h]]}
invariants:
  passes: {never: 't101.level %s "%v mm"'}
`
	for _, c := range []struct{ from, in, out, to, seconds float64 }{
		{500, 2.55, 0, 1200, 1482.35},
		{800, 2.55, 0, 1200, 847.06},
		{800, 2.55, 0, 1600, 1694.12},
		{500, 0, 2.45, 250, 551.02},
		{500, 2.3, 2, 800, 5400},
		{800, 0, 2, 500, 810},
		{800, 2.3, 0, 1100, 704.35},
	} {
		passes := ">="
		if c.to < c.from {
			passes = "<="
		}
		s, err := Parse("constant.yaml", fmt.Appendf(nil, constant, c.from, c.in, c.out, passes, c.to))
		require.NoError(t, err)
		at := firstViolation(t, s)
		assert.InDelta(t, (c.to-c.from)/1000/rate(c.in-c.out), at, 1e-6)
		assert.InDelta(t, c.seconds, at, 0.005)
	}
}

// TestTorricelli drains a tank of 1.5 m2 from 0.8 m through a hole of 1 cm2:
// sqrt(h) falls in a straight line, to nothing after A/(Cd a) sqrt(2 h0/g).
func TestTorricelli(t *testing.T) {
	const text = `scenario: torricelli
about: A tank drains through a hole
run: 3h
system:
  devices:
    tank:
      is: custom
      signals:
        level: {start: 0.8 m, rate: '-0.62 * "1 cm2" / "1.5 m2" * sqrt(2 * "9.81 m/s2" * max(level, "0 m"))'}
invariants:
  passes: {never: 'tank.level <= "%v m"'}
`
	empty := 1.5 / (0.62 * 1e-4) * math.Sqrt(2*0.8/9.81)
	for _, h := range []float64{0.6, 0.4, 0.2, 0.05, 0.001} {
		s, err := Parse("torricelli.yaml", fmt.Appendf(nil, text, h))
		require.NoError(t, err)
		assert.InEpsilon(t, empty*(1-math.Sqrt(h/0.8)), firstViolation(t, s), 1e-6, "%v m", h)
	}
}

func firstViolation(t *testing.T, s *Scenario) float64 {
	t.Helper()
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Len(t, r.Violations(), 1)
	return r.Violations()[0].At.Seconds()
}

// BenchmarkSwatDay runs one day of normal operation, loading excluded: the
// figure that the engine is measured with.
func BenchmarkSwatDay(b *testing.B) {
	s, err := Load("swat/normal")
	if err != nil {
		b.Fatal(err)
	}
	plan := *s.Plan
	plan.Run = vtime.Time(vtime.Day)
	b.ReportAllocs()
	var stats sim.Stats
	for b.Loop() {
		r, err := sim.Run(context.Background(), &plan)
		if err != nil {
			b.Fatal(err)
		}
		stats = r.Stats
	}
	perRun := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(float64(stats.Events), "events")
	b.ReportMetric(float64(stats.Instants), "instants")
	b.ReportMetric(float64(stats.Sent), "messages")
	b.ReportMetric(perRun/float64(stats.Events), "ns/event")
	b.ReportMetric(86400e9/perRun, "x-realtime")
	b.ReportMetric(perRun/float64(bareKernel(b, stats.Events)), "x-kernel")
}

// A ticker does nothing but tick.
type ticker struct{ k *des.Kernel }

func (t ticker) Handle(e des.Event) {
	t.k.Schedule(e.At.Add(400*vtime.Millisecond), des.React, des.Source(e.Member), e.Target, e.Member, 0)
}
func (ticker) Commit(des.Phase) {}
func (ticker) Settle() error    { return nil }

// bareKernel returns how long, in ns, the kernel takes for so many events of as
// many sources as the water plant has events in a scan, when they mean nothing.
func bareKernel(b *testing.B, events uint64) int64 {
	const sources = 36
	t := &ticker{}
	k, err := des.New(t, sources)
	if err != nil {
		b.Fatal(err)
	}
	t.k = k
	target := k.Register(t)
	for i := range uint32(sources) {
		k.Schedule(vtime.Time(i/8)*vtime.Time(vtime.Millisecond), des.React, des.Source(i), target, i, 0)
	}
	began := time.Now()
	if err := k.Run(vtime.Time(events/sources)*vtime.Time(400*vtime.Millisecond), nil); err != nil {
		b.Fatal(err)
	}
	return int64(time.Since(began))
}
