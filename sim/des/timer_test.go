package des

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A naiveTimer has an event of its own, which is taken out when it is cancelled.
type naiveTimer struct {
	phase  Phase
	source Source
	event  Event
}

func (k *naive) NewTimer(p Phase, s Source, target, member uint32, arg uint64) Timer {
	k.timers = append(k.timers, naiveTimer{p, s, Event{Target: target, Member: member, Arg: arg}})
	return Timer(len(k.timers) - 1)
}

func (k *naive) Arm(t Timer, at vtime.Time) {
	k.Cancel(t)
	timer := k.timers[t]
	timer.event.At, timer.event.Order = at, k.Reserve(timer.phase, timer.source)
	if at < vtime.Never {
		k.ScheduleAs(timer.event)
	}
}

func (k *naive) Cancel(t Timer) { k.pending = slices.DeleteFunc(k.pending, isOf(t)) }

func (k *naive) Armed(t Timer) (vtime.Time, bool) {
	if i := slices.IndexFunc(k.pending, isOf(t)); i >= 0 {
		return k.pending[i].At, true
	}
	return vtime.Never, false
}

// isOf finds the event of a timer: users' timers are told by member and argument.
func isOf(t Timer) func(e superdense) bool {
	return func(e superdense) bool { return e.Member == 1 && e.Arg == uint64(t) }
}

// timekeeper is an engine that has timers.
type timekeeper interface {
	engine
	NewTimer(p Phase, s Source, target, member uint32, arg uint64) Timer
	Arm(t Timer, at vtime.Time)
	Cancel(t Timer)
	Armed(t Timer) (vtime.Time, bool)
}

// Users of timers arm, cancel and schedule by chance, as a function of what they
// did, whatever kernel it is of. Commits and settling do nothing.
type users struct {
	blank
	timekeeper
	users  int // sources, each with a timer
	key    rng.Key
	draws  uint64
	fuel   int
	tape   *tape
	log    []string
	lately int // events handled
}

func (u *users) draw(n int) int {
	u.draws++
	return int(u.key.Uint64(u.draws) % uint64(n))
}

// begin makes the timers of an engine, of every phase.
func (u *users) begin(k timekeeper, target uint32) {
	u.timekeeper = k
	for i := range u.users {
		u.NewTimer(Phase(i%int(phases)), Source(i), target, 1, uint64(i))
	}
}

func (u *users) act() {
	for range u.draw(4) {
		if u.fuel--; u.fuel < 0 {
			return
		}
		i := u.draw(u.users)
		at := u.Now().Add(u.tape.next())
		switch u.draw(8) {
		case 0, 1:
			u.Cancel(Timer(i))
		case 2:
			at, ok := u.Armed(Timer(i))
			u.log = append(u.log, fmt.Sprint(i, " armed ", int64(at), ok))
		case 3, 4:
			u.Schedule(at, Phase(u.draw(int(phases))), Source(i), 0, 0, uint64(u.fuel))
		case 5:
			u.Arm(Timer(i), u.Now()) // at once
		default:
			u.Arm(Timer(i), at)
		}
	}
}

func (u *users) Handle(e Event) {
	p, s := OrderOf(e.Order)
	u.lately++
	u.log = append(u.log, fmt.Sprintf("%d.%d %v %d:%d %d %#x", int64(u.Now()), u.Round(), p, s, e.Arg, e.Member, e.Order))
	u.act()
}

// kinds are ways to draw a delay.
var kinds = map[string]func(key rng.Key, i uint64) float64{
	"exponential": exponentially,
	"heavy tail":  heavily,
	"together":    together,
	"few":         func(key rng.Key, i uint64) float64 { return float64(key.Uint64(i)%4) * 1e-9 },
	"mixed":       func(key rng.Key, i uint64) float64 { return []float64{0, 1e-9, 1, 1, 1, 1e3}[key.Uint64(i)%6] },
}

func drawUsers(t *rapid.T) func() *users {
	key, fuel := rng.Key(rapid.Uint64().Draw(t, "seed")), rapid.IntRange(1, 4000).Draw(t, "events")
	names := []string{"exponential", "few", "heavy tail", "mixed", "together"}
	kind, n := kinds[rapid.SampledFrom(names).Draw(t, "delays")], rapid.IntRange(1, 300).Draw(t, "users")
	delays := *newTapeOf(1<<12, kind)
	return func() *users {
		d := delays
		return &users{users: n, key: key, fuel: fuel, tape: &d}
	}
}

func newUsers(t require.TestingT, u *users, options ...Option) *Kernel {
	k, err := New(u, u.users, options...)
	require.NoError(t, err)
	u.begin(k, k.Register(u))
	return k
}

func drawUntils(t *rapid.T) []vtime.Time {
	untils := rapid.SliceOfN(rapid.SampledFrom([]vtime.Time{0, 1, 2, 3, 5, 2e8, 1e9, 3e9}), 1, 4).Draw(t, "until")
	slices.Sort(untils)
	return append(untils, vtime.Never-1)
}

// Timers with deferred deadlines do what timers do whose events are taken out, in
// the same order to the round and the place in it, with any queue.
func TestTimersAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := drawUsers(t)
		a, b, c := begin(), begin(), begin()
		k := newUsers(t, a)
		compact := newUsers(t, c, Compact(10))
		n := &naive{world: b, counters: map[Source]uint64{}}
		b.begin(n, 0)
		for _, until := range drawUntils(t) {
			for _, u := range []*users{a, b, c} {
				for range 200 {
					u.act() // from outside of the run
				}
			}
			require.NoError(t, k.Run(until, nil))
			require.NoError(t, compact.Run(until, nil))
			n.run(until)
			require.Equal(t, b.log, a.log)
			require.Equal(t, b.log, c.log)
			require.Equal(t, k.Events, uint64(a.lately), "what was cancelled was not handled")
		}
	})
}

// A run that is archived and read by a kernel that was set up alike goes on there
// as the first one does.
func TestArchiveGoesOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := drawUsers(t)()
		k := newUsers(t, u)
		all := func(uint32) bool { return true }
		untils := drawUntils(t)
		for range 200 {
			u.act()
		}
		for _, until := range untils {
			require.NoError(t, k.Run(until-until/2, nil))

			a := snapshot.New(0)
			k.Archive(a, all)
			v := *u
			v.tape = &tape{u.tape.delays, u.tape.i}
			v.log = slices.Clone(u.log)
			read := newUsers(t, &v)
			r := snapshot.Of(a.Bytes())
			read.Archive(r, all)
			r.Done()
			require.NoError(t, r.Err())
			again := snapshot.New(0)
			read.Archive(again, all)
			require.Equal(t, a.Bytes(), again.Bytes())

			for _, run := range []struct {
				*Kernel
				*users
			}{{k, u}, {read, &v}} {
				for range 3 {
					run.act()
				}
				require.NoError(t, run.Kernel.Run(until, nil))
			}
			require.Equal(t, u.log, v.log)
			require.Equal(t, k.Stats, read.Stats)
			require.Equal(t, k.Pending(), read.Pending())
		}
	})
}

// What was put off makes no instant, and no event, where nothing is due.
func TestDeferredDeadlineIsNotSeen(t *testing.T) {
	d := newDiary(t, 1)
	timer := d.k.NewTimer(React, 0, d.target, 0, 7)
	d.k.Arm(timer, 5)
	d.k.Arm(timer, 9)
	require.Equal(t, 1, d.k.Pending())
	require.NoError(t, d.k.Run(8, nil))
	require.Empty(t, d.lines)
	d.k.Arm(timer, vtime.Never)
	_, ok := d.k.Armed(timer)
	require.False(t, ok)
	d.k.Arm(timer, 11)
	require.NoError(t, d.k.Run(20, nil))
	require.Equal(t, []string{"11.0 react 0:7", "11.0 commit react", "11.0 settle"}, d.lines)
	require.Equal(t, Stats{Events: 1, Instants: 1}, d.k.Stats)
	require.Zero(t, d.k.Pending())
	require.Equal(t, d.target, d.k.Running().Target)
}
