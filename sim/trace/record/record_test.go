package record_test

import (
	"bytes"
	"context"
	"flag"
	"io"
	"math"
	"path"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
	"github.com/harmproof/harmproof/sim/vtime"
)

func load(t testing.TB, name string) *scenarios.Scenario {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	return s
}

// recorded runs a scenario and returns its trace.
func recorded(ctx context.Context, t testing.TB, s *scenarios.Scenario, options ...sim.Option) ([]byte, *sim.Result) {
	var out bytes.Buffer
	o := record.Options{Seed: s.Plan.Seed, Tool: "of a test", File: s.File}
	for _, text := range s.Texts() {
		o.Files = append(o.Files, trace.File(text))
	}
	r, err := record.New(&out, s.Plan, o)
	require.NoError(t, err)
	result, err := sim.Run(ctx, s.Plan, append([]sim.Option{sim.Record(r), sim.Explain()}, options...)...)
	require.NoError(t, err)
	require.NoError(t, r.Close(result))
	return out.Bytes(), result
}

// continuous is how many signals are: a History looks for the extremes of each.
func continuous(p *sim.Plan) (n int) {
	for s := range p.Signals.All() {
		if s.Continuous {
			n++
		}
	}
	return n
}

var whole = flag.Bool("whole", false, "record all of the library, to the ends of the runs, however long")

func opened(t testing.TB, file []byte) *trace.Trace {
	x, err := trace.Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	return x
}

// A sample is all signals at a time, as the run itself tells them.
type sample struct {
	at     vtime.Time
	values []float64
}

// What is read back of one scenario of each system of the library (of all with -whole) is what a History of the same run
// has, at any time; and what the run tells at times of its own, independently of courses.
func TestLibrary(t *testing.T) {
	seen := map[string]bool{}
	var sizes costs
	t.Cleanup(func() { sizes.log(t) })
	for _, e := range scenarios.Library() {
		system := path.Dir(e.Name)
		if seen[system] && !*whole {
			continue
		}
		seen[system] = true
		t.Run(e.Name, func(t *testing.T) {
			if system == "centrifuge" {
				trials.Long(t)
			}
			t.Parallel()
			s := load(t, e.Name)
			var samples []sample
			every := vtime.Duration(s.Plan.Run/vtime.Time(13*(1+continuous(s.Plan)/10))) + 1
			history := &sim.History{}
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			enough, end := &simtest.Limit{Left: math.MaxInt, Stop: stop}, s.Plan.Run
			if !*whole {
				enough.Left, end = 30_000, end/vtime.Time(1+continuous(s.Plan)/10)
			}
			if testing.Short() {
				enough.Left, end = min(enough.Left, 6_000), end/5
			}
			file, result := recorded(ctx, t, s, sim.Record(history), sim.Record(enough), sim.Until(end), sim.Sample(every, nil, func(at vtime.Time, values []float64) error {
				samples = append(samples, sample{at, append([]float64(nil), values...)})
				return nil
			}))
			x := opened(t, file)
			require.NoError(t, x.Warning)
			require.Equal(t, result.Digest, x.End.Digest)
			require.Equal(t, result.Stopped == nil, x.End.Complete)
			require.Len(t, x.Files, len(s.Texts()))
			sizes.holds(t, x, len(file))
			equalsSamples(t, x, samples)
			equalsHistory(t, x, history, s.Plan)
			equalsResult(t, x, result)
		})
	}
}

func equalsSamples(t *testing.T, x *trace.Trace, samples []sample) {
	size := make([]float64, x.Cells()) // of what is computed, whose rounding errors are as large at 0
	for _, s := range samples {
		for cell, v := range s.values {
			size[cell] = max(size[cell], math.Abs(v))
		}
	}
	for _, s := range samples {
		if s.at == x.Last() {
			continue // which the run itself tells after a jump there, and a trace before
		}
		values, err := x.At(s.at)
		require.NoError(t, err)
		require.Len(t, values, len(s.values)+followed(x))
		for cell, want := range s.values {
			if k := x.KindOf(cell); k.Continuous && k.Role != "continuous state" {
				if most := 1e-12 + 1e-7*size[cell]; !(math.Abs(want-values[cell]) <= most) {
					require.InDelta(t, want, values[cell], most, "%s at %v", x.Path(cell), s.at)
				}
				continue
			}
			if !same(want, values[cell]) { // to ask testify first takes minutes of thousands of devices
				require.Equal(t, want, values[cell], "%s at %v", x.Path(cell), s.at)
			}
		}
	}
}

// followed is how many cells, the last ones, say of hosts whether malware is on them: no
// signals of the run, but of a trace alone.
func followed(x *trace.Trace) (n int) {
	for _, m := range x.Header.Malware {
		for _, h := range m.Hosts {
			if h.On >= 0 {
				n += h.Count
			}
		}
	}
	return n
}

// same reports whether numbers are the same. The sign of zero is no change.
func same(x, y float64) bool { return x == y || x != x && y != y }

func equalsHistory(t *testing.T, x *trace.Trace, h *sim.History, p *sim.Plan) {
	var signals []*sim.Signal
	for cell := range x.Cells() - followed(x) {
		s, err := h.Signal(x.Path(cell))
		require.NoError(t, err)
		signals = append(signals, s)
	}
	times, cells := rapid.Int64Range(0, int64(x.Last())), rapid.IntRange(0, len(signals)-1)
	for i := range 12 {
		at := vtime.Time(times.Example(i))
		if list := signals[cells.Example(i)].Changes; i%2 == 1 {
			at = list[i*len(list)/12].At
		}
		values, err := x.At(at)
		require.NoError(t, err)
		for cell, s := range signals {
			got, want := values[cell], s.At(at)
			if !same(got, want) {
				require.Equal(t, want, got, "%s at %d", x.Path(cell), at)
			}
		}
	}
}

func equalsResult(t *testing.T, x *trace.Trace, r *sim.Result) {
	require.Len(t, x.Result.Invariants, len(r.Invariants))
	for i := range r.Invariants {
		require.Equal(t, r.Invariants[i].Verdict.String(), x.Result.Invariants[i].Verdict)
		require.Len(t, x.Result.Invariants[i].Causes.Links, len(r.Invariants[i].Tree.Links))
	}
	for i := range r.Injections {
		require.Equal(t, r.Injections[i].Outcome.String(), x.Result.Injections[i].Outcome)
	}
	story, decisions := 0, 0
	for e, err := range x.Events(0, vtime.Never) {
		require.NoError(t, err)
		switch e.Kind {
		case trace.Decided:
			decisions++
		case trace.Infected, trace.Cleared:
		default:
			story++
		}
	}
	require.Equal(t, len(r.Story)+r.StoryDropped, story)
	require.Equal(t, len(r.Decisions)+r.DecisionsDropped, decisions)
}

// The messages of a trace are those that were sent, as many of each lane.
func TestMessages(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "swat/attack-01", "swat/attack-03-checked", "tennessee/normal"} {
		s := load(t, name)
		file, result := recorded(t.Context(), t, s)
		x := opened(t, file)
		sent, last := 0, vtime.Time(0)
		for m, err := range x.Messages(0, vtime.Never) {
			require.NoError(t, err)
			require.GreaterOrEqual(t, m.Ended, m.Sent)
			last = max(last, m.Sent)
			if !m.Request && m.Fate != trace.Deserted && m.Fate != trace.Blocked && m.Fate != trace.NoLogin {
				sent++
			}
		}
		require.LessOrEqual(t, last, x.Last())
		onTheWay := int(result.Stats.Sent) - sent // those in envelopes that the end overtook
		require.GreaterOrEqual(t, onTheWay, 0, name)
		require.LessOrEqual(t, onTheWay, len(x.Header.Flows), name)
	}
}

// The same run gives the same file; and recording changes no byte of the run.
func TestSameBytes(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "swat/attack-26", "swat/attack-03-checked", "tennessee/pressure-frozen-at-set-point"} {
		s := load(t, name)
		one, result := recorded(t.Context(), t, s)
		two, _ := recorded(t.Context(), t, load(t, name))
		require.True(t, bytes.Equal(one, two), name)
		bare, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		require.Equal(t, bare.Digest, result.Digest)
		require.Equal(t, bare.Stats, result.Stats)
	}
}

// A run that is taken up again is recorded from there on, and is the same.
func TestResumed(t *testing.T) {
	s := load(t, "swat/attack-26")
	whole, _ := recorded(t.Context(), t, s)
	var state []byte
	half := s.Plan.Run / 2
	_, err := sim.Run(context.Background(), s.Plan, sim.Until(half), sim.Keep(func(data []byte) error { state = data; return nil }))
	require.NoError(t, err)
	rest, _ := recorded(t.Context(), t, s, sim.From(state))
	a, b := opened(t, whole), opened(t, rest)
	require.Equal(t, half, b.Header.From)
	require.Equal(t, a.End.Digest, b.End.Digest)
	for at := half + 1; at <= a.Last(); at += a.Last() / 50 {
		x, err := a.At(at)
		require.NoError(t, err)
		y, err := b.At(at)
		require.NoError(t, err)
		for cell := range x {
			require.InDelta(t, x[cell], y[cell], 1e-12+1e-7*math.Abs(x[cell]), "%s at %v", a.Path(cell), at)
		}
	}
}

// A full disk ends in an error, not in a file that looks whole.
func TestCannotBeWritten(t *testing.T) {
	s := load(t, "tower/spoofed-gauge")
	r, err := record.New(&limited{left: 3000}, s.Plan, record.Options{})
	require.NoError(t, err)
	result, err := sim.Run(context.Background(), s.Plan, sim.Record(r))
	require.NoError(t, err)
	require.ErrorIs(t, r.Close(result), io.ErrShortWrite)
}

// A limited writer has room for a few bytes.
type limited struct{ left int }

// Write implements io.Writer.
func (l *limited) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

// BenchmarkRecord says how many times as long a run takes that is recorded: the least of
// each over all rounds, in turns.
func BenchmarkRecord(b *testing.B) {
	for _, name := range []string{"swat/normal", "swat/attack-26", "swat/normal-checked", "tennessee/less-a", "reactor/triton", "tower/spoofed-gauge"} {
		b.Run(name, func(b *testing.B) {
			s := load(b, name)
			least := [2]time.Duration{time.Hour, time.Hour}
			for b.Loop() {
				for recording := range 2 {
					began := time.Now()
					var options []sim.Option
					var r *record.Recorder
					if recording == 1 {
						r, _ = record.New(io.Discard, s.Plan, record.Options{})
						options = append(options, sim.Record(r))
					}
					result, err := sim.Run(context.Background(), s.Plan, options...)
					require.NoError(b, err)
					if r != nil {
						require.NoError(b, r.Close(result))
					}
					least[recording] = min(least[recording], time.Since(began))
				}
			}
			b.ReportMetric(least[1].Seconds()/least[0].Seconds(), "x-bare")
		})
	}
}
