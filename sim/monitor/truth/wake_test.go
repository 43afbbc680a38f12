package truth

import (
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/reference"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A sleeper is a network that is looked at only when it says so.
type sleeper struct {
	t     require.TestingT
	n     *Network
	taken []Run
}

// sleep looks whenever the network says so before a time. While no atom changes that is
// seldom, however long it is and whatever the spans are.
func (s *sleeper) sleep(until vtime.Time) {
	nodes, wakes := len(s.n.of), 0
	for at := s.n.Next(); at < until; at = s.n.Next() {
		s.through(at)
		wakes++
		require.LessOrEqual(s.t, wakes, 8*nodes+8)
	}
}

func (s *sleeper) through(at vtime.Time) {
	s.n.Through(at)
	s.taken = s.n.Take(s.taken)
}

func (s *sleeper) sample(at formula.Instant, atoms []bool) {
	s.n.Sample(at, atoms)
	s.taken = s.n.Take(s.taken)
}

// Formulas in which ends that move follow each other at the same distance, or come to the
// same place with and without rounds.
func TestNothingToWakeFor(t *testing.T) {
	rise := formula.New(formula.Rise, p)
	fall := formula.New(formula.Fall, formula.New(formula.Not, p))
	for name, f := range map[string]*formula.Formula{
		"no two":      formula.New(formula.Not, formula.New(formula.And, rise, formula.In(formula.Once, 1, 20*second, rise))),
		"once":        formula.New(formula.Implies, p, formula.In(formula.Once, 0, 2*second, q)),
		"before":      formula.New(formula.Implies, p, formula.In(formula.Historically, second, 2*second, q)),
		"until":       formula.New(formula.Implies, p, formula.In(formula.Until, 0, 10*second, p, q)),
		"since":       formula.In(formula.Since, 0, 5*second, p, q),
		"ahead":       formula.In(formula.Until, 1, 1, formula.New(formula.Or, rise, q), q),
		"just before": formula.New(formula.Not, formula.New(formula.Or, formula.In(formula.Historically, 0, 1, q), fall, q)),
	} {
		t.Run(name, func(t *testing.T) {
			s := &sleeper{t: t, n: lowered(t, f)}
			rows := [][]bool{{false, true}, {true, false}, {false, true}, {false, false}, {true, true}, {true, false}}
			for i, atoms := range rows {
				at := vtime.Time(i) * vtime.Time(1000*second)
				s.sleep(at)
				require.Equal(t, vtime.Never, s.n.Next(), "all has settled")
				s.sample(instant(at), atoms)
			}
			s.sleep(vtime.Never)
		})
	}
}

// scaled is a formula whose intervals are so many times as long, each asked for.
func scaled(f *formula.Formula, by func() vtime.Duration) *formula.Formula {
	g := *f
	g.Args = nil
	for _, a := range f.Args {
		g.Args = append(g.Args, scaled(a, by))
	}
	times := by()
	g.Over.From *= times
	if g.Over.Bounded() {
		g.Over.To *= times
	}
	return &g
}

// While atoms stay as they are the network wakes a few times, then never again; and all
// that can be decided is decided then.
func TestNextComesToAnEnd(t *testing.T) {
	trials.Make(t, 4000)
	rapid.Check(t, func(t *rapid.T) {
		choose := func(least, most int) int { return rapid.IntRange(least, most).Draw(t, "choice") }
		scales := [...]vtime.Duration{1, 10, second}
		one := scales[choose(0, 2)]
		each := choose(0, 1) == 1
		f := scaled(reference.DrawFormula(choose, 2, 4, 6), func() vtime.Duration {
			if each {
				return scales[choose(0, 2)]
			}
			return one
		})
		apart := scales[choose(0, 2)]
		signal := reference.DrawSignal(choose, 2, 10, -1, 1)
		t.Log(f.Show(func(a int) string { return string(rune('p' + a)) }))
		t.Log(signal, "by", apart)
		p, err := formula.Lower(f)
		require.NoError(t, err)

		s, still := &sleeper{t: t, n: New(p)}, &sleeper{t: t, n: New(p)}
		for i, rounds := range signal {
			now := vtime.Time(i) * vtime.Time(apart)
			s.sleep(now)
			if i > 0 && choose(0, 1) == 1 {
				still.through(now - 1)
				require.Equal(t, still.taken, s.taken)
			}
			for round, values := range rounds {
				at := formula.Instant{At: now, Round: int32(round)}
				s.sample(at, truths(values))
				still.sample(at, truths(values))
			}
		}
		s.sleep(vtime.Never)

		late := vtime.Time(1000 * second)
		still.through(late)
		require.Equal(t, still.taken, s.taken)
		s.through(late)
		require.Equal(t, still.taken, s.taken)
		require.Equal(t, still.n.Pending(nil), s.n.Pending(nil))
		require.Equal(t, still.n.Held(nil), s.n.Held(nil))
	})
}
