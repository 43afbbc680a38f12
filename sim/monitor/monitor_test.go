package monitor_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A trace is two step signals on a grid of one nanosecond, up to the end of a
// run: margins, of which the positive ones are true.
type trace struct{ p, q []float64 }

func (x *trace) end() int { return len(x.p) - 1 }

// hear lets a monitor hear a trace as the simulation does: where a condition
// changes, at its deadlines, and where somebody else happened to look.
func (x *trace) hear(spec monitor.Spec, extra func(t int) (settled, between bool)) monitor.Result {
	m := monitor.New(spec)
	for t := range x.p {
		s := monitor.Sample{At: vtime.Time(t), P: x.p[t] > 0, Q: x.q[t] > 0, MP: x.p[t], MQ: x.q[t]}
		settled, between := extra(t)
		if between && t > 0 {
			before := s
			before.P, before.Q, before.MP, before.MQ = x.p[t-1] > 0, x.q[t-1] > 0, x.p[t-1], x.q[t-1]
			m.Between(before)
		}
		if t == 0 || settled || m.Deadline() == s.At || x.p[t] != x.p[t-1] || x.q[t] != x.q[t-1] {
			m.Settled(s)
		}
	}
	return m.End(vtime.Time(x.end()))
}

func silent(int) (settled, between bool) { return false, false }

// A judge decides by brute force what the definition of a pattern says, knowing
// the trace up to a time: violated, or satisfied whatever comes.
type judge struct {
	spec monitor.Spec
	trace
}

// all and some are quantifiers over [from, to] of the instants that are known:
// of three values no, unknown, yes. What lies beyond the known is unknown.
type truth int

const (
	no truth = iota - 1
	unknown
	yes
)

func is(b bool) truth {
	if b {
		return yes
	}
	return no
}

func all(from, to, known int, f func(t int) truth) truth {
	result := yes
	for t := from; t <= min(to, known); t++ {
		result = min(result, f(t))
	}
	if to > known {
		result = min(result, unknown)
	}
	return result
}

func some(from, to, known int, f func(t int) truth) truth {
	return -all(from, to, known, func(t int) truth { return -f(t) })
}

// verdict decides with the trace known up to a time; ended says that unbounded
// operators range up to there and no further.
func (j *judge) verdict(known int, ended bool) truth {
	p := func(t int) truth { return is(j.p[t] > 0) }
	q := func(t int) truth { return is(j.q[t] > 0) }
	horizon := known // of unbounded operators
	if !ended {
		horizon++
	}
	d, e := int(j.spec.Within), int(j.spec.For)
	within := d
	if !j.spec.Bounded {
		within = horizon
	}
	switch j.spec.Pattern {
	case monitor.Always, monitor.Never:
		bad := func(t int) truth { return -p(t) }
		if j.spec.Pattern == monitor.Never {
			bad = p
		}
		return all(0, horizon, known, func(t int) truth { return -all(t, t+e, known, bad) })
	case monitor.Eventually:
		return some(0, within, known, func(t int) truth { return all(t, t+e, known, p) })
	case monitor.Whenever:
		return all(0, horizon, known, func(t int) truth {
			return max(-p(t), some(t, t+d, known, func(s int) truth { return all(s, s+e, known, q) }))
		})
	case monitor.Until:
		return some(0, within, known, func(t int) truth { return min(q(t), all(0, t, known, p)) })
	default:
		return all(0, horizon, known, func(t int) truth {
			from := 0
			if j.spec.Bounded {
				from = max(0, t-d)
			}
			return some(from, t, known, func(s int) truth { return min(q(s), all(s, t, known, p)) })
		})
	}
}

// dead reports whether an until cannot be met any more, because p has failed.
func (j *judge) dead(known int) bool {
	if j.spec.Pattern != monitor.Until {
		return false
	}
	for t := range known + 1 {
		switch {
		case j.p[t] > 0 && j.q[t] > 0 && (!j.spec.Bounded || t <= int(j.spec.Within)):
			return false
		case j.p[t] <= 0:
			return true
		}
	}
	return false
}

func (j *judge) judge() (monitor.Verdict, vtime.Time) {
	for t := range j.p {
		if j.dead(t) || j.verdict(t, false) == no {
			return monitor.Violated, vtime.Time(t)
		}
	}
	switch j.verdict(j.end(), true) {
	case no:
		return monitor.Violated, vtime.Time(j.end())
	case yes:
		return monitor.Holds, 0
	}
	return monitor.Undecided, 0
}

func least(from, to int, f func(t int) float64) float64 {
	x := math.Inf(1)
	for t := from; t <= to; t++ {
		x = min(x, f(t))
	}
	return x
}

func most(from, to int, f func(t int) float64) float64 {
	return -least(from, to, func(t int) float64 { return -f(t) })
}

// margin is the robustness by its definition. Windows that pass the end count
// where what is known decides them already.
func (j *judge) margin() float64 {
	p := func(t int) float64 { return j.p[t] }
	q := func(t int) float64 { return j.q[t] }
	end, d, e := j.end(), int(j.spec.Within), int(j.spec.For)
	limit := end
	if j.spec.Bounded {
		limit = min(end, d)
	}
	counts := func(complete bool, x float64) float64 {
		if complete || x > 0 {
			return x
		}
		return math.Inf(1)
	}
	switch j.spec.Pattern {
	case monitor.Always, monitor.Never:
		good := p
		if j.spec.Pattern == monitor.Never {
			good = func(t int) float64 { return -p(t) }
		}
		return least(0, end, func(t int) float64 { return counts(t+e <= end, most(t, min(end, t+e), good)) })
	case monitor.Eventually:
		below := most(0, min(limit, end-e), func(t int) float64 { return least(t, t+e, p) })
		above := most(0, limit, func(t int) float64 { return least(t, min(t+e, end), p) })
		if below <= 0 && above < 0 && (!j.spec.Bounded || d <= end) {
			return above
		}
		return below
	case monitor.Whenever:
		return least(0, end, func(t int) float64 {
			below := most(t, min(t+d, end-e), func(s int) float64 { return least(s, s+e, q) })
			above := most(t, min(t+d, end), func(s int) float64 { return least(s, min(s+e, end), q) })
			if t+d <= end && max(-p(t), above) < 0 {
				return max(-p(t), above)
			}
			return counts(t+d+e <= end, max(-p(t), below))
		})
	case monitor.Until:
		return most(0, limit, func(t int) float64 { return min(q(t), least(0, t, p)) })
	default:
		return least(0, end, func(t int) float64 {
			from := 0
			if j.spec.Bounded {
				from = max(0, t-d)
			}
			return most(from, t, func(s int) float64 { return min(q(s), least(s, t, p)) })
		})
	}
}

// steps draws a step signal.
func steps(rt *rapid.T, name string, n int) []float64 {
	levels := []float64{-3, -2, -1, 1, 2, 3}
	if rapid.Bool().Draw(rt, name+" is a bool") {
		levels = []float64{math.Inf(-1), math.Inf(1)}
	}
	x, now := make([]float64, n), 0.0
	for t := range x {
		if t == 0 || rapid.IntRange(0, 3).Draw(rt, name+" changes") == 0 {
			now = rapid.SampledFrom(levels).Draw(rt, name)
		}
		x[t] = now
	}
	return x
}

// Every pattern against its definition by brute force: verdict, time of the
// first violation, margin; and it does not matter who else makes it look.
func TestAgainstDefinition(t *testing.T) {
	names := map[monitor.Pattern]string{
		monitor.Always: "always", monitor.Never: "never", monitor.Eventually: "eventually",
		monitor.Whenever: "whenever", monitor.Until: "until", monitor.Since: "since",
	}
	for pattern, name := range names {
		t.Run(name, func(t *testing.T) {
			verdicts := map[monitor.Verdict]int{}
			check := func(rt *rapid.T) {
				spec := monitor.Spec{Pattern: pattern}
				if pattern != monitor.Until && pattern != monitor.Since && rapid.Bool().Draw(rt, "lasts") {
					spec.For = vtime.Duration(rapid.IntRange(0, 6).Draw(rt, "for"))
				}
				if pattern != monitor.Always && pattern != monitor.Never && rapid.Bool().Draw(rt, "bounded") {
					spec.Bounded, spec.Within = true, vtime.Duration(rapid.IntRange(0, 8).Draw(rt, "within"))
				}
				n := rapid.IntRange(1, 30).Draw(rt, "n")
				j := judge{spec, trace{steps(rt, "p", n), steps(rt, "q", n)}}
				r := j.hear(spec, silent)
				verdict, at := j.judge()
				verdicts[verdict]++
				require.Equal(rt, verdict, r.Verdict, "verdict")
				if verdict == monitor.Violated {
					require.Equal(rt, at, r.At, "first violation")
					require.Positive(rt, r.Count)
					require.Equal(rt, at, r.Violations[0].From)
				}
				if vacuous := pattern == monitor.Whenever && most(0, n-1, func(t int) float64 { return j.p[t] }) < 0; vacuous {
					require.True(rt, r.Vacuous)
					require.Equal(rt, math.Inf(1), r.Margin)
				} else {
					require.False(rt, r.Vacuous)
					require.Equal(rt, j.margin(), r.Margin, "margin")
				}
				looked := j.hear(spec, func(int) (bool, bool) {
					return rapid.Bool().Draw(rt, "settled"), rapid.Bool().Draw(rt, "between")
				})
				require.Equal(rt, r, looked)
			}
			for range 10 {
				rapid.Check(t, check)
			}
			t.Logf("holds %d, violated %d, undecided %d", verdicts[0], verdicts[1], verdicts[2])
		})
	}
}

// at makes a trace of signals that change at times.
func at(n int, changes ...[3]float64) *trace {
	x := &trace{make([]float64, n+1), make([]float64, n+1)}
	for t := range x.p {
		for _, c := range changes {
			if float64(t) >= c[0] {
				x.p[t], x.q[t] = c[1], c[2]
			}
		}
	}
	return x
}

func TestUndecidedAtTheEnd(t *testing.T) {
	for name, test := range map[string]struct {
		spec    monitor.Spec
		trace   *trace
		missing string
	}{
		"always for": {monitor.Spec{Pattern: monitor.Always, For: 10}, at(15, [3]float64{0, 1}, [3]float64{6, -1}),
			"the run ended before it had lasted until 0m00.000000016s"},
		"eventually within": {monitor.Spec{Pattern: monitor.Eventually, Within: 20, Bounded: true}, at(15, [3]float64{0, -1}),
			"the run ended before 0m00.00000002s"},
		"eventually for": {monitor.Spec{Pattern: monitor.Eventually, For: 10}, at(15, [3]float64{0, -1}, [3]float64{6, 1}),
			"it came true at 0m00.000000006s, but the run ended before it had lasted"},
		"whenever within": {monitor.Spec{Pattern: monitor.Whenever, Within: 10}, at(15, [3]float64{6, 1, -1}),
			"asked at 0m00.000000006s, and the run ended before the answer was due"},
		"whenever for": {monitor.Spec{Pattern: monitor.Whenever, For: 10}, at(15, [3]float64{0, -1, 1}, [3]float64{6, 1, 1}, [3]float64{7, -1, 1}),
			"asked at 0m00.000000006s, too late in the run for the answer to last"},
	} {
		t.Run(name, func(t *testing.T) {
			r := test.trace.hear(test.spec, silent)
			assert.Equal(t, monitor.Undecided, r.Verdict)
			assert.Equal(t, test.missing, r.Missing)
			assert.Zero(t, r.Count)
			longer := *test.trace
			for range 10 { // with time enough it is violated, or holds
				longer.p, longer.q = append(longer.p, longer.p[15]), append(longer.q, longer.q[15])
			}
			assert.NotEqual(t, monitor.Undecided, longer.hear(test.spec, silent).Verdict)
		})
	}
}

// A run that ends with the window does not leave it open: windows are closed.
func TestTheEndOfAWindow(t *testing.T) {
	within := monitor.Spec{Pattern: monitor.Eventually, Within: 15, Bounded: true}
	assert.Equal(t, monitor.Violated, at(15, [3]float64{0, -1}).hear(within, silent).Verdict)
	assert.Equal(t, monitor.Holds, at(15, [3]float64{0, -1}, [3]float64{15, 1}).hear(within, silent).Verdict)
	reply := monitor.Spec{Pattern: monitor.Whenever, Within: 10}
	r := at(15, [3]float64{0, -1, -1}, [3]float64{5, 1, -1}).hear(reply, silent)
	assert.Equal(t, monitor.Violated, r.Verdict)
	assert.Equal(t, vtime.Time(15), r.At)
}

// The answer may come in the last round of the instant at which it is due.
func TestRoundsOfTheLastInstant(t *testing.T) {
	m := monitor.New(monitor.Spec{Pattern: monitor.Whenever, Within: 10})
	asked := monitor.Sample{At: 0, P: true, MP: 1, MQ: -1}
	m.Settled(asked)
	asked.P, asked.MP = false, -1
	m.Settled(asked)
	due := monitor.Sample{At: 10, MP: -1, MQ: -1}
	m.Settled(due)
	due.Q, due.MQ = true, 1
	m.Settled(due)
	assert.Equal(t, monitor.Holds, m.End(20).Verdict)

	m = monitor.New(monitor.Spec{Pattern: monitor.Eventually, Within: 10, Bounded: true})
	m.Settled(monitor.Sample{MP: -1})
	m.Settled(monitor.Sample{At: 10, MP: -1})
	m.Settled(monitor.Sample{At: 10, P: true, MP: 1})
	r := m.End(20)
	assert.Equal(t, monitor.Holds, r.Verdict)
	assert.Equal(t, 1.0, r.Margin)
}

func TestIntervals(t *testing.T) {
	changes := [][3]float64{{0, 1}}
	for i := range 150 {
		changes = append(changes, [3]float64{float64(10*i + 5), -1}, [3]float64{float64(10*i + 9), 1})
	}
	r := at(1600, changes...).hear(monitor.Spec{Pattern: monitor.Always}, silent)
	assert.Equal(t, 150, r.Count)
	require.Len(t, r.Violations, monitor.MaxIntervals)
	assert.Equal(t, monitor.Interval{From: 15, To: 19}, r.Violations[1])
	assert.Equal(t, vtime.Time(5), r.At)
	r = at(10, [3]float64{4, -1}).hear(monitor.Spec{Pattern: monitor.Always}, silent)
	assert.Equal(t, []monitor.Interval{{From: 0, To: vtime.Never}}, r.Violations)
}

// The margin of what can never be decided by numbers is infinite; a located
// instant may have a margin on the wrong side of zero by rounding.
func TestMarginAndVerdictAgree(t *testing.T) {
	m := monitor.New(monitor.Spec{Pattern: monitor.Always})
	m.Settled(monitor.Sample{P: true, MP: 1})
	m.Between(monitor.Sample{At: 5, P: true, MP: -1e-17})
	r := m.End(10)
	assert.Equal(t, monitor.Holds, r.Verdict)
	assert.Zero(t, r.Margin)
	assert.Equal(t, vtime.Time(5), r.At)
}

// A million samples within the windows take no more room than a bounded number
// of pieces, and no more time each than a few do.
func TestMemoryIsBounded(t *testing.T) {
	for name, spec := range map[string]monitor.Spec{
		"always for":      {Pattern: monitor.Always, For: vtime.Hour},
		"whenever within": {Pattern: monitor.Whenever, Within: vtime.Hour},
		"whenever for":    {Pattern: monitor.Whenever, Within: vtime.Hour, For: vtime.Hour},
		"since":           {Pattern: monitor.Since, Within: vtime.Hour, Bounded: true},
	} {
		t.Run(name, func(t *testing.T) {
			m := monitor.New(spec)
			s := monitor.Sample{P: true, Q: true}
			var n int
			allocated := testing.AllocsPerRun(1, func() {
				for range 200_000 {
					n++
					s.At, s.MP, s.MQ = vtime.Time(n)*1000, 2-float64(n)*1e-9, 1+float64(n)*1e-9
					s.P = !s.P
					m.Settled(s)
				}
			})
			assert.Less(t, allocated, 400.0)
		})
	}
}

func BenchmarkWhenever(b *testing.B) {
	b.ReportAllocs()
	m := monitor.New(monitor.Spec{Pattern: monitor.Whenever, Within: 100_000, For: 10_000})
	s := monitor.Sample{}
	for i := range b.N {
		s.At = vtime.Time(i) * 100
		s.MP, s.MQ = float64(i*7919%1000)-900, float64(i*104729%1000)-300
		s.P, s.Q = s.MP > 0, s.MQ > 0
		m.Settled(s)
	}
}
