package monitor_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/reference"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

const atoms = 2

// often checks a law twenty times as often as is usual.
func often(t *testing.T, law func(t *rapid.T)) {
	trials.Make(t, 2000)
	rapid.Check(t, law)
}

func draw(t *rapid.T) (*formula.Formula, reference.Signal) {
	choose := func(least, most int) int { return rapid.IntRange(least, most).Draw(t, "choice") }
	f := reference.DrawFormula(choose, atoms, 3, 5)
	if rapid.Bool().Draw(t, "always") {
		f = formula.New(formula.Always, f)
	}
	return f, reference.DrawSignal(choose, atoms, 16, -2, -1, 1, 2)
}

func show(f *formula.Formula) string {
	return f.Show(func(atom int) string { return string(rune('p' + atom)) })
}

func compile(t require.TestingT, f *formula.Formula) *monitor.Plan {
	p, err := monitor.Compile(f, nil)
	require.NoError(t, err)
	return p
}

// A hearing lets a monitor hear a signal as the simulation does: where it changes, at
// the monitor's deadlines, and where somebody else happened to look.
type hearing struct {
	m       *monitor.Monitor
	p       *monitor.Plan
	holds   []bool
	margins []float64
}

func (h *hearing) look(at vtime.Time, values []float64) {
	for i := range h.holds {
		h.holds[i], h.margins[i] = values[i] > 0, values[i]
	}
	h.m.Settled(at, h.holds, h.margins)
}

func hear(p *monitor.Plan) *hearing {
	return &hearing{m: monitor.New(p), p: p, holds: make([]bool, p.Atoms), margins: make([]float64, p.Atoms)}
}

// time lets it hear the rounds of a time.
func (h *hearing) time(s reference.Signal, at int, extra func() bool) {
	var before []float64
	if at > 0 {
		before = s[at-1][len(s[at-1])-1]
	}
	for _, values := range s[at] {
		if before == nil || !slices.Equal(before, values) || h.m.Deadline() == vtime.Time(at) || extra() {
			h.look(vtime.Time(at), values)
		}
		before = values
	}
}

// whole is a signal without rounds that repeat what is.
// What is read of it are some atoms, or what becomes of those.
func whole(s reference.Signal, atoms int, of func(x float64) float64) reference.Signal {
	out := make(reference.Signal, len(s))
	var before []float64
	for at := range s {
		for _, all := range s[at] {
			values := make([]float64, atoms)
			for i := range values {
				values[i] = of(all[i])
			}
			if !slices.Equal(before, values) {
				out[at] = append(out[at], values)
			}
			before = values
		}
		if len(out[at]) == 0 {
			out[at] = [][]float64{before}
		}
	}
	return out
}

func verdict(r reference.Range) monitor.Verdict {
	switch {
	case r.Lo > 0:
		return monitor.Holds
	case r.Hi < 0:
		return monitor.Violated
	}
	return monitor.Undecided
}

func same(x float64) float64 { return x }

func sign(x float64) float64 { return math.Copysign(1, x) }

// exclusive reports whether a formula has an iff or xor, whose intervals depend on
// which of its sides is negated.
func exclusive(f *formula.Formula) bool {
	return f.Op == formula.Iff || f.Op == formula.Xor || slices.ContainsFunc(f.Args, exclusive)
}

// Verdict and margin are what the definition says; a violation is dated to the first
// time at which nothing that could follow would help.
func TestAgainstDefinition(t *testing.T) {
	often(t, func(t *rapid.T) {
		f, s := draw(t)
		h := hear(compile(t, f))
		s = whole(s, h.p.Atoms, same)
		signs := whole(s, h.p.Atoms, sign)
		end := len(s) - 1
		extra := func() bool { return rapid.IntRange(0, 4).Draw(t, "extra") == 0 }
		for at := range s {
			h.time(s, at, extra)
		}
		r := h.m.End(vtime.Time(end))
		require.Equal(t, verdict(reference.Evaluate(f, signs, reference.Over)[0].Range), r.Verdict)
		want := reference.Evaluate(f, s, reference.Over)[0]
		if verdict(want.Range) == r.Verdict && !exclusive(f) { // else rounds that change no truth make the difference
			require.Equal(t, want.Lo, r.Low, "%s: %v", show(f), s)
			require.Equal(t, want.Hi, r.High, "%s: %v", show(f), s)
		}
		require.Equal(t, reference.Evaluate(f, s, reference.Held)[0].Lo, r.Held)
		if r.Verdict == monitor.Undecided {
			require.NotEmpty(t, r.Missing)
		}
		if r.Verdict != monitor.Violated {
			return
		}
		first := -1
		for k := range s {
			if verdict(reference.Evaluate(f, signs[:k+1], reference.MayEnd)[0].Range) == monitor.Violated {
				first = k
				break
			}
		}
		if first < 0 { // only because the run ended
			first = end
		}
		require.Equal(t, vtime.Time(first), r.At, "%s: %v", show(f), s)
		require.Equal(t, vtime.Time(first), r.Violations[0].From)
	})
}

// While the run goes on, the interval of the margin has every margin that may come of
// it, and never widens; a verdict is never taken back.
func TestIntervalNarrows(t *testing.T) {
	often(t, func(t *rapid.T) {
		f, s := draw(t)
		h := hear(compile(t, f))
		s = whole(s, h.p.Atoms, same)
		signs := whole(s, h.p.Atoms, sign)
		end := reference.Evaluate(f, s, reference.Held)[0] // one of the ways that it may go on
		low, high := math.Inf(-1), math.Inf(1)
		last := monitor.Undecided
		final := reference.Evaluate(f, signs, reference.Over)[0]
		for at := range s {
			h.time(s, at, func() bool { return true })
			lo, hi := h.m.Interval()
			require.GreaterOrEqual(t, lo, low)
			require.LessOrEqual(t, hi, high)
			want := reference.Evaluate(f, s[:at+1], reference.OpenMayEnd)[0]
			if at > 0 && len(s[at]) == 1 && slices.Equal(s[at][0], s[at-1][len(s[at-1])-1]) { // nothing new was heard
				want = reference.Evaluate(f, s[:at], reference.MayEnd)[0]
			}
			if !exclusive(f) {
				require.GreaterOrEqual(t, lo, want.Lo, "at %d: %s: %v", at, show(f), s)
				require.LessOrEqual(t, hi, want.Hi, "at %d: %s: %v", at, show(f), s)
			}
			ended := reference.Evaluate(f, s[:at+1], reference.Over)[0] // another one
			if ended.Known() {
				require.LessOrEqual(t, lo, ended.Lo)
				require.GreaterOrEqual(t, hi, ended.Hi)
			}
			require.LessOrEqual(t, lo, end.Lo)
			require.GreaterOrEqual(t, hi, end.Hi)
			v := h.m.Verdict()
			require.True(t, last == monitor.Undecided || v == last)
			low, high, last = lo, hi, v
		}
		if last != monitor.Undecided {
			require.Equal(t, last, verdict(final.Range))
		}
	})
}

// comparable is a result without NaN, which is like nothing.
func comparable(r monitor.Result) monitor.Result {
	numbered(r.Witness)
	return r
}

func numbered(w *monitor.Witness) {
	if w == nil {
		return
	}
	for _, x := range []*float64{&w.Least, &w.Most} {
		if math.IsNaN(*x) {
			*x = math.Inf(-1)
		}
	}
	for _, p := range w.Parts {
		numbered(p)
	}
}

// A monitor that is kept and taken up goes on as if nothing had been.
func TestArchive(t *testing.T) {
	often(t, func(t *rapid.T) {
		f, s := draw(t)
		p := compile(t, f)
		h := hear(p)
		cut := rapid.IntRange(0, len(s)-1).Draw(t, "cut")
		never := func() bool { return false }
		for at := range cut {
			h.time(s, at, never)
		}
		a := snapshot.New(0)
		h.m.Archive(a)
		require.NoError(t, a.Err())
		other := hear(p)
		b := snapshot.Of(a.Bytes())
		other.m.Archive(b)
		b.Done()
		require.NoError(t, b.Err())
		for at := cut; at < len(s); at++ {
			h.time(s, at, never)
			other.time(s, at, never)
		}
		end := vtime.Time(len(s) - 1)
		require.Equal(t, comparable(h.m.End(end)), comparable(other.m.End(end)))
	})
}
