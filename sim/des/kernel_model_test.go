package des

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An engine is a kernel, or the naive one that it is compared with.
type engine interface {
	Reserve(p Phase, s Source) uint64
	Schedule(at vtime.Time, p Phase, s Source, target, member uint32, arg uint64)
	ScheduleAs(e Event)
	Now() vtime.Time
	Round() uint32
}

// A naive kernel is the definition of the order: of all events pending the least
// by (t, n, phase, source, counter) is next.
type naive struct {
	now      vtime.Time
	round    uint32
	phase    Phase
	inside   bool
	pending  []superdense
	counters map[Source]uint64
	world    interface {
		Handler
		World
	}
	timers []naiveTimer
}

type superdense struct {
	Event
	round uint32
}

func (k *naive) Now() vtime.Time { return k.now }
func (k *naive) Round() uint32   { return k.round }

func (k *naive) Reserve(p Phase, s Source) uint64 {
	c := k.counters[s]
	k.counters[s]++
	return uint64(p)<<62 | uint64(s)<<42 | c
}

func (k *naive) Schedule(at vtime.Time, p Phase, s Source, target, member uint32, arg uint64) {
	k.ScheduleAs(Event{At: at, Order: k.Reserve(p, s), Target: target, Member: member, Arg: arg})
}

func (k *naive) ScheduleAs(e Event) {
	round := uint32(0)
	if k.inside && e.At == k.now {
		round = k.round
		if p, _ := OrderOf(e.Order); p <= k.phase {
			round++
		}
	}
	k.pending = append(k.pending, superdense{e, round})
}

// least returns the index of the next event, or -1.
func (k *naive) least() int {
	best := -1
	for i, e := range k.pending {
		if best < 0 || cmp.Or(cmp.Compare(e.At, k.pending[best].At), cmp.Compare(e.round, k.pending[best].round),
			cmp.Compare(e.Order, k.pending[best].Order)) < 0 {
			best = i
		}
	}
	return best
}

func (k *naive) run(until vtime.Time) {
	k.inside = true
	for {
		i := k.least()
		if i < 0 || k.pending[i].At > until {
			break
		}
		e := k.pending[i]
		k.pending = slices.Delete(k.pending, i, i+1)
		k.now, k.round = e.At, e.round
		k.phase, _ = OrderOf(e.Order)
		k.world.Handle(e.Event)
		// Is it the last one of its phase, of its round?
		next := superdense{round: ^uint32(0)}
		if i := k.least(); i >= 0 && k.pending[i].At == k.now {
			next = k.pending[i]
		}
		if p, _ := OrderOf(next.Order); next.round != k.round || p != k.phase {
			k.world.Commit(k.phase)
			// Only now is what comes next in this round known: commits may schedule.
			if i := k.least(); i < 0 || k.pending[i].At != k.now || k.pending[i].round != k.round {
				k.phase = phases
				_ = k.world.Settle()
			}
		}
	}
	k.now, k.inside = until, false
}

// A system of sources that make events by chance, as a function of the event that
// they handle, whatever engine it is of.
type system struct {
	engine
	lives    uint64
	key      rng.Key
	draws    uint64
	delays   []vtime.Duration
	fuel     int
	reserved []uint64
	log      []string
}

func (s *system) draw(n int) int {
	s.draws++
	return int(s.key.Uint64(s.draws) % uint64(n))
}

func (s *system) note(what string) {
	s.log = append(s.log, fmt.Sprintf("%d.%d %s", int64(s.Now()), s.Round(), what))
}

// act schedules up to so many events.
func (s *system) act(most int) {
	for range s.draw(most + 1) {
		if s.fuel--; s.fuel < 0 {
			return
		}
		at := s.Now().Add(s.delays[s.draw(len(s.delays))])
		p, source := Phase(s.draw(int(phases))), Source(s.draw(4))
		s.lives++
		switch s.draw(4) {
		case 0: // for later use
			s.reserved = append(s.reserved, s.Reserve(p, source))
		case 1:
			if n := len(s.reserved); n > 0 {
				i := s.draw(n)
				s.ScheduleAs(Event{At: at, Order: s.reserved[i], Arg: s.lives})
				s.reserved = slices.Delete(s.reserved, i, i+1)
			}
		default:
			s.Schedule(at, p, source, 0, 0, s.lives)
		}
	}
}

func (s *system) Handle(e Event) {
	p, source := OrderOf(e.Order)
	s.note(fmt.Sprintf("%v %d:%d", p, source, e.Arg))
	s.act(3)
}

func (s *system) Commit(p Phase) {
	s.note("commit " + p.String())
	s.act(1)
}

func (s *system) Settle() error {
	s.note("settle")
	s.act(1)
	return nil
}

func TestKernelAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		delays := rapid.SliceOfN(rapid.SampledFrom([]vtime.Duration{0, 0, 0, 1, 1, 2, 3, 10, 1e9}), 1, 5).Draw(t, "delays")
		outside := rapid.IntRange(1, 400).Draw(t, "outside")
		fuel := rapid.IntRange(1, 3000).Draw(t, "events")
		untils := rapid.SliceOfN(rapid.SampledFrom([]vtime.Time{0, 1, 2, 3, 5, 50, 1e9, 1e12}), 1, 4).Draw(t, "until")
		slices.Sort(untils)
		untils = append(untils, 1e15)
		begin := func() *system {
			return &system{key: rng.Key(seed), delays: delays, fuel: fuel}
		}
		a, b := begin(), begin()
		k, err := New(a, 4)
		require.NoError(t, err)
		k.Register(a)
		n := &naive{world: b, counters: map[Source]uint64{}}
		a.engine, b.engine = k, n
		for _, until := range untils {
			a.act(outside) // from outside of the run
			b.act(outside)
			require.NoError(t, k.Run(until, nil))
			n.run(until)
			require.Equal(t, b.log, a.log)
			require.Equal(t, len(n.pending), k.Pending())
			require.Equal(t, n.now, k.Now())
		}
	})
}

// Adding a source changes the order of nobody else's events: here source 2 of four
// comes and goes, and what the others do is the same to the letter.
func TestAddingASourceReordersNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		newcomer := Source(rapid.IntRange(0, 3).Draw(t, "newcomer"))
		run := func(with bool) (log []string) {
			d := newDiary(t, 4)
			name := func(s Source) Source { // as the others call one another
				if !with && s >= newcomer {
					return s + 1
				}
				return s
			}
			fuel := [4]int{60, 60, 60, 60}
			drawn := [4]uint64{}
			act := func(s Source, who Source) {
				key := rng.Key(seed).Member(int(who) + 1)
				draw := func(n uint64) uint64 { drawn[who]++; return key.Uint64(drawn[who]) % n }
				for range draw(3) {
					if fuel[who]--; fuel[who] >= 0 {
						d.at(d.k.Now()+vtime.Time(draw(3)), Phase(draw(4)), s, draw(100))
					}
				}
			}
			d.do = func(e Event) {
				p, s := OrderOf(e.Order)
				who := name(s)
				if who != newcomer {
					log = append(log, fmt.Sprintf("%d.%d %v %d:%d", int64(d.k.Now()), d.k.Round(), p, who, e.Arg))
				}
				act(s, who)
			}
			for s := range Source(4) {
				if who := name(s); who < 4 && (with || s < 3) {
					d.at(vtime.Time(who), React, s, 0)
				}
			}
			require.NoError(t, d.k.Run(1000, nil))
			return log
		}
		require.Equal(t, run(false), run(true))
	})
}
