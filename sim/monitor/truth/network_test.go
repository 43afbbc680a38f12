package truth

import (
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/reference"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A trial is a network that hears a signal in random portions.
type trial struct {
	t      *rapid.T
	choose reference.Choice
	f      *formula.Formula
	s      reference.Signal
	n      *Network
	taken  []Run
}

func newTrial(t *rapid.T, depth, times int) *trial {
	r := &trial{t: t, choose: func(least, most int) int { return rapid.IntRange(least, most).Draw(t, "choice") }}
	r.f = reference.DrawFormula(r.choose, 2, depth, 6)
	r.s = reference.DrawSignal(r.choose, 2, times, -1, 1)
	t.Log(r.f.Show(func(a int) string { return string(rune('p' + a)) }))
	t.Log(r.s)
	p, err := formula.Lower(r.f)
	require.NoError(t, err)
	r.n = New(p)
	if r.choose(0, 1) == 1 {
		r.n.kept = 0 // to drop as often as can be
		for k := range r.n.courses {
			r.n.courses[k].most = 1
		}
	}
	return r
}

func truths(values []float64) []bool {
	out := make([]bool, len(values))
	for i, v := range values {
		out[i] = v > 0
	}
	return out
}

// hear lets the network hear the signal; after some of it look sees what was heard, and
// whether another round may come.
func (r *trial) hear(look func(heard reference.Signal, open bool)) {
	for t, rounds := range r.s {
		for i, values := range rounds {
			at := formula.Instant{At: vtime.Time(t), Round: int32(i)}
			if t+i > 0 && r.repeats(t, i) && r.choose(0, 1) == 1 {
				continue // nothing new
			}
			r.n.Sample(at, truths(values))
			for range max(0, r.choose(-3, 2)) {
				r.n.Sample(at, truths(values))
			}
			r.archive()
			if r.choose(0, 3) == 3 {
				heard := append(append(reference.Signal(nil), r.s[:t]...), rounds[:i+1])
				look(heard, true)
			}
		}
		if r.choose(0, 2) == 2 {
			r.n.Through(vtime.Time(t))
			look(r.s[:t+1], false)
		}
	}
	r.n.Through(vtime.Time(len(r.s) - 1))
	look(r.s, false)
}

// archive sometimes goes on with a network that was written and read.
func (r *trial) archive() {
	if r.choose(0, 15) < 15 {
		return
	}
	a := snapshot.New(0)
	r.n.Archive(a)
	p, err := formula.Lower(r.f)
	require.NoError(r.t, err)
	kept := r.n.kept
	r.n = New(p)
	r.n.kept = kept
	b := snapshot.Of(a.Bytes())
	r.n.Archive(b)
	b.Done()
	require.NoError(r.t, b.Err())
	again := snapshot.New(0)
	r.n.Archive(again)
	require.Equal(r.t, a.Bytes(), again.Bytes())
}

// repeats reports whether a round has the values of the one before.
func (r *trial) repeats(t, i int) bool {
	now := r.s[t][i]
	before := r.s[max(0, t-1)][len(r.s[max(0, t-1)])-1]
	if i > 0 {
		before = r.s[t][i-1]
	}
	return now[0] == before[0] && now[1] == before[1]
}

// at returns what runs say of an instant.
func at(runs []Run, i formula.Instant) Value {
	v := Unknown
	for _, run := range runs {
		if !i.Before(run.From) {
			v = run.Value
		}
	}
	return v
}

func valueIn(r reference.Range) Value {
	switch {
	case r.Lo > 0:
		return True
	case r.Hi < 0:
		return False
	}
	return Unknown
}

// agree checks that the runs of a formula are what the reference says, from the first of
// them up to what was heard.
func (r *trial) agree(what string, f *formula.Formula, runs []Run, heard reference.Signal, beyond reference.Beyond) {
	known := r.n.known
	if beyond == reference.Over && known.Round > 0 {
		known = known.After()
	}
	for _, v := range reference.Evaluate(f, heard, beyond) {
		if v.At.Before(runs[0].From) || !v.At.Before(known) {
			continue
		}
		if got, want := at(runs, v.At), valueIn(v.Range); got != want {
			r.t.Fatalf("%s after %v, beyond %d: at %v it is %v, not %v: %v", what, heard, beyond, v.At, got, want, runs)
		}
	}
}

func mayEnd(open bool) reference.Beyond {
	if open {
		return reference.OpenMayEnd
	}
	return reference.MayEnd
}

// What is known after any part of a signal is what the reference says, no more and no
// less: while it may go on, if it ends there, and if it stays as it is for ever. What was
// decided before is still so.
func TestAgainstReference(t *testing.T) {
	trials.Make(t, 4000)
	rapid.Check(t, func(t *rapid.T) {
		r := newTrial(t, 3, 14)
		r.hear(func(heard reference.Signal, open bool) {
			r.taken = r.n.Take(r.taken)
			r.agree("pending", r.f, r.n.Pending(r.taken), heard, mayEnd(open))
			r.agree("ended", r.f, r.n.Ended(r.taken), heard, reference.Over)
			r.agree("held", r.f, r.n.Held(r.taken), heard, reference.Held)
			for _, run := range r.n.Held(nil) {
				require.NotEqual(t, Unknown, run.Value)
			}
		})
	})
}

// What is known of the parts of a formula is what the reference says of them.
func TestPartsAgainstReference(t *testing.T) {
	trials.Make(t, 1000)
	rapid.Check(t, func(t *rapid.T) {
		r := newTrial(t, 3, 14)
		p, err := formula.Lower(r.f)
		require.NoError(t, err)
		r.hear(func(heard reference.Signal, open bool) {
			node := r.choose(0, len(p)-1)
			f := p[node].Of
			if f == nil {
				return
			}
			if p[node].Opposite {
				f = formula.New(formula.Not, f)
			}
			runs := r.n.History(node, nil)
			r.agree("history", f, runs, heard, mayEnd(open))
			ever := map[Value]bool{}
			for _, v := range reference.Evaluate(f, heard, mayEnd(open)) {
				if v.At.Before(r.n.known) {
					ever[valueIn(v.Range)] = true
				}
			}
			require.Equal(t, ever[True], r.n.Ever(node, True))
			require.Equal(t, ever[False], r.n.Ever(node, False))
		})
	})
}

// While no atom changes nothing new is decided before the network says so.
func TestNextIsInTime(t *testing.T) {
	trials.Make(t, 4000)
	rapid.Check(t, func(t *rapid.T) {
		r := newTrial(t, 3, 10)
		r.hear(func(reference.Signal, bool) {})
		r.n.Take(nil)
		for range 40 {
			next := r.n.Next()
			if next == vtime.Never {
				next = r.n.known.At + 100
			}
			require.True(t, r.n.known.Before(formula.Instant{At: next}.After()))
			r.n.Through(next - 1)
			r.n.catchUp()
			require.Empty(t, r.n.Take(nil), "before %d", next)
			r.n.Through(next)
			r.n.Take(nil)
		}
	})
}

// An archive that was damaged is read without a panic, and one that was cut not without
// an error.
func TestDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newTrial(t, 2, 6)
		r.hear(func(reference.Signal, bool) {})
		a := snapshot.New(0)
		r.n.Archive(a)
		p, err := formula.Lower(r.f)
		require.NoError(t, err)
		data := a.Bytes()
		cut := r.choose(0, len(data)-1)
		b := snapshot.Of(data[:cut])
		New(p).Archive(b)
		require.Error(t, b.Err())
		data[cut] ^= byte(r.choose(1, 255))
		New(p).Archive(snapshot.Of(data))
	})
}
