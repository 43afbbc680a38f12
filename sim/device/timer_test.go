package device

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A bench is one device with timers on a runtime of its own.
type bench struct {
	k      *des.Kernel
	rt     *Runtime
	timers []*Timer
	log    []string
}

func (b *bench) Commit(des.Phase) {
	b.rt.Store.Commit(b.k.Now())
	b.rt.Flush()
}

func (b *bench) Settle() error { return nil }

// newBench assembles a device: its signals get cells from 1 on.
func newBench(t require.TestingT, members int, declare func(p *Ports, b *bench)) *bench {
	b := &bench{}
	p := &Ports{names: map[string]bool{}}
	declare(p, b)
	u := Unit{
		Count: int32(members), Handlers: p.Handlers, OnMessage: -1, View: -1,
	}
	cells := 1
	for i := range p.Signals {
		p.Signals[i].Cell.Slot, p.Signals[i].Cell.Stride = signal.Slot(cells), 1
		cells += members
	}
	for h := range p.Handlers {
		switch p.Handlers[h].Kind {
		case OnMessage:
			u.OnMessage = int32(h)
		}
	}
	var err error
	b.k, err = des.New(b, 2)
	require.NoError(t, err)
	store := signal.NewStore(cells, nil)
	b.rt = NewRuntime(b.k, store, &Assembly{
		Units: []Unit{u}, Outlets: make([]Outlet, 1), Members: members, Name: func(int) string { return "bench" },
	}, make([]rng.Key, len(p.Chances)))
	b.rt.Connect(network.New(&network.Book{}, b.k, store, b.rt, b.rt.Down(), 1), plant.New(nil, nil, b.rt.Frame(), plant.Options{}))
	return b
}

func (b *bench) run(t require.TestingT, until vtime.Duration) {
	require.NoError(t, b.k.Run(vtime.Time(until), nil))
}

func (b *bench) note(format string, args ...any) {
	b.log = append(b.log, fmt.Sprintf("%d.%d ", int64(b.k.Now()), b.k.Round())+fmt.Sprintf(format, args...))
}

// act declares a handler that a test fires at times of its choice.
func (b *bench) act(p *Ports, do func(c *Context)) func(at vtime.Duration, member int) {
	index := len(p.Handlers)
	p.Handle(Handler{Name: "act", Kind: OnMessage, Do: do})
	return func(at vtime.Duration, member int) { b.rt.Fire(vtime.Time(at), 0, index, member) }
}

func TestTimer(t *testing.T) {
	var step func(c *Context, timer *Timer)
	var fire func(vtime.Duration, int)
	b := newBench(t, 1, func(p *Ports, b *bench) {
		timer := p.Timer("due", func(c *Context) { b.note("due") })
		fire = b.act(p, func(c *Context) { step(c, timer) })
	})
	do := func(at vtime.Duration, f func(c *Context, timer *Timer)) {
		step = f
		fire(at, 0)
		b.run(t, at)
	}
	start := func(d vtime.Duration) func(*Context, *Timer) {
		return func(c *Context, timer *Timer) {
			c.Start(timer, d)
			require.True(t, c.Armed(timer))
		}
	}
	stop := func(c *Context, timer *Timer) {
		c.Stop(timer)
		require.False(t, c.Armed(timer))
	}
	do(10, start(5)) // due at 15
	do(20, start(10))
	do(22, start(10)) // later: at 32
	do(40, start(10))
	do(42, start(3)) // nearer: at 45
	do(60, start(10))
	do(65, stop)
	do(80, start(10))
	do(81, stop)
	do(85, start(10)) // stopped and armed anew: at 95, not at 90
	do(100, start(10))
	do(101, start(1)) // at 102
	do(103, start(7)) // at 110, where the first deadline was
	do(120, start(0)) // at once, in the next round
	b.run(t, 1000)
	require.Equal(t, []string{"15.0 due", "32.0 due", "45.0 due", "95.0 due", "102.0 due", "110.0 due", "120.1 due"}, b.log)
	require.Zero(t, b.k.Pending())
}

// timing is what a twin does with timers.
type timing interface {
	start(timer, member int, d vtime.Duration)
	stop(timer, member int)
	armed(timer, member int) bool
	fire(at vtime.Duration, member int)
}

// A model of timers that really are cancelled: each start makes an event of its
// own, which is void once the timer was started anew or stopped.
type model struct {
	bench
	target    uint32
	deadlines map[[2]int]uint64 // timer and member: the event that counts
	next      uint64
	script    *script
}

func (m *model) start(timer, member int, d vtime.Duration) {
	m.next++
	m.deadlines[[2]int{timer, member}] = m.next
	m.k.Schedule(m.k.Now().Add(d), des.React, 0, m.target, uint32(member), m.next<<8|uint64(timer))
}

func (m *model) stop(timer, member int) { delete(m.deadlines, [2]int{timer, member}) }

func (m *model) armed(timer, member int) bool { return m.deadlines[[2]int{timer, member}] != 0 }

func (m *model) fire(at vtime.Duration, member int) {
	m.k.Schedule(vtime.Time(at), des.React, 0, m.target, uint32(member), 255)
}

func (m *model) Handle(e des.Event) {
	timer, member := int(e.Arg&255), int(e.Member)
	if timer == 255 {
		m.script.act(m, member)
		return
	}
	if m.deadlines[[2]int{timer, member}] == e.Arg>>8 {
		m.stop(timer, member)
		m.script.due(m, timer, member)
	}
}

func (m *model) Commit(des.Phase) {}

// real is a runtime's timers.
type real struct {
	*bench
	c    *Context
	wake func(vtime.Duration, int)
}

// on lets the context speak for another member.
func (r *real) on(member int) *Context {
	c := *r.c
	c.member = member
	return &c
}

func (r *real) start(timer, member int, d vtime.Duration) { r.on(member).Start(r.timers[timer], d) }
func (r *real) stop(timer, member int)                    { r.on(member).Stop(r.timers[timer]) }
func (r *real) armed(timer, member int) bool              { return r.on(member).Armed(r.timers[timer]) }
func (r *real) fire(at vtime.Duration, member int)        { r.wake(at, member) }

// A script does things with timers by chance, the same with every timing.
type script struct {
	key   rng.Key
	draws uint64
	fuel  int
	note  func(format string, args ...any)
}

const timers, members = 3, 2

func (s *script) draw(n int) int {
	s.draws++
	return int(s.key.Uint64(s.draws) % uint64(n))
}

func (s *script) some(on timing) {
	for range s.draw(4) {
		if s.fuel--; s.fuel < 0 {
			return
		}
		timer, member := s.draw(timers), s.draw(members)
		switch s.draw(4) {
		case 0:
			on.stop(timer, member)
		case 1:
			s.note("armed %d %d: %v", timer, member, on.armed(timer, member))
		default:
			on.start(timer, member, []vtime.Duration{0, 1, 2, 3, 5, 8, 50}[s.draw(7)])
		}
	}
}

func (s *script) act(on timing, member int) {
	s.note("act %d", member)
	s.some(on)
	if s.fuel > 0 {
		on.fire(vtime.Duration(s.draw(6)), s.draw(members)) // relative: see fire in the test
	}
}

func (s *script) due(on timing, timer, member int) {
	s.note("due %d %d", timer, member)
	s.some(on)
}

// relative makes fire count from now.
type relative struct {
	timing
	k *des.Kernel
}

func (r relative) fire(at vtime.Duration, member int) {
	r.timing.fire(at+vtime.Duration(r.k.Now()), member)
}

// Timers with deferred deadlines do what timers do that are really cancelled, in
// the same order to the round and the place in it, ties included.
func TestTimersAgainstTrueCancel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, fuel := rng.Key(rapid.Uint64().Draw(t, "chance")), rapid.IntRange(1, 120).Draw(t, "fuel")

		m := &model{deadlines: map[[2]int]uint64{}, script: &script{key: key, fuel: fuel}}
		m.k, _ = des.New(m, 2)
		m.target = m.k.Register(handlerFunc(func(e des.Event) {
			if timer, member := int(e.Arg&255), int(e.Member); timer == 255 {
				m.script.act(relative{m, m.k}, member)
			} else {
				m.Handle(e)
			}
		}))
		m.script.note = m.note

		r := &real{}
		s := &script{key: key, fuel: fuel}
		r.bench = newBench(t, members, func(p *Ports, b *bench) {
			s.note = b.note
			r.wake = b.act(p, func(c *Context) { r.c = c; s.act(relative{r, b.k}, c.member) })
			for i := range timers {
				b.timers = append(b.timers, p.Timer(fmt.Sprint(i), func(c *Context) { r.c = c; s.due(r, i, c.member) }))
			}
		})
		for _, on := range []timing{m, r} {
			on.fire(1, 0)
			on.fire(1, 1)
			on.fire(3, 0)
		}
		require.NoError(t, m.k.Run(10_000, nil))
		r.run(t, 10_000)
		require.Equal(t, m.log, r.log)
	})
}

type handlerFunc func(e des.Event)

func (f handlerFunc) Handle(e des.Event) { f(e) }

// A watchdog that is put off all the time neither allocates nor fills the queue.
func TestWatchdogIsCheap(t *testing.T) {
	barks := 0
	b := newBench(t, 100, func(p *Ports, b *bench) {
		dog := p.Timer("bark", func(*Context) { barks++ })
		p.Every("beat", vtime.Millisecond, func(c *Context) { c.Start(dog, 10*vtime.Millisecond) })
	})
	b.rt.Start()
	run := func() { require.NoError(t, b.k.Run(b.k.Now().Add(100*vtime.Millisecond), nil)) }
	run()
	require.Zero(t, testing.AllocsPerRun(5, run))
	require.Zero(t, barks)
	require.Equal(t, 200, b.k.Pending(), "a beat and a deadline for each")
}

func BenchmarkHeartbeat(b *testing.B) {
	t := newBench(b, 10_000, func(p *Ports, b *bench) {
		dog := p.Timer("bark", func(*Context) {})
		p.Every("beat", vtime.Millisecond, func(c *Context) { c.Start(dog, 10*vtime.Millisecond+1) })
	})
	t.rt.Start()
	b.ReportAllocs()
	b.ResetTimer()
	t.run(b, vtime.Duration(b.N/10_000)*vtime.Millisecond)
}
