package device

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

const s = vtime.Second

func noteIt(b *bench, what string) func(*Context) { return func(*Context) { b.note("%s", what) } }

// during takes member 0 down for a while.
func (b *bench) during(t *testing.T, from, to vtime.Duration) {
	b.run(t, from)
	b.rt.Crash(0, 0)
	require.False(t, b.rt.Listening(0, 0))
	b.run(t, to)
	b.rt.Restart(0, 0)
	require.True(t, b.rt.Listening(0, 0))
}

func TestEveryKeepsItsPeriod(t *testing.T) {
	b := newBench(t, 1, func(p *Ports, b *bench) { p.Every("tick", 10, noteIt(b, "tick")) })
	b.rt.Start()
	b.during(t, 15, 35)
	b.run(t, 50)
	require.Equal(t, []string{"0.0 tick", "10.0 tick", "40.0 tick", "50.0 tick"}, b.log)
}

// A deadline that falls into a crash is met when the device is back; one that does
// not is met in time.
func TestDeadlinesSurviveACrash(t *testing.T) {
	b := newBench(t, 2, func(p *Ports, b *bench) {
		early := p.Timer("early", noteIt(b, "early"))
		late := p.Timer("late", noteIt(b, "late"))
		p.OnStart(func(c *Context) {
			c.Start(early, 20)
			c.Start(late, 100)
		})
	})
	b.rt.Start()
	b.during(t, 10, 50)
	b.run(t, 200)
	require.Equal(t, []string{"20.0 early", "50.0 early", "100.0 late", "100.0 late"}, b.log, "member 1 did not crash")
	require.Zero(t, b.k.Pending())
}

// Timers that were late can be armed and stopped as before.
func TestLateTimerIsArmedAnew(t *testing.T) {
	b := newBench(t, 1, func(p *Ports, b *bench) {
		var again *Timer
		again = p.Timer("again", func(c *Context) {
			b.note("again")
			c.Start(again, 20)
		})
		p.OnStart(func(c *Context) { c.Start(again, 20) })
	})
	b.rt.Start()
	b.during(t, 30, 55)
	b.run(t, 100)
	require.Equal(t, []string{"20.0 again", "55.0 again", "75.0 again", "95.0 again"}, b.log)
}

func TestStartIsMadeUpFor(t *testing.T) {
	b := newBench(t, 1, func(p *Ports, b *bench) { p.OnStart(noteIt(b, "start")) })
	b.rt.Crash(0, 0)
	b.rt.Start()
	b.run(t, 10)
	require.Empty(t, b.log)
	b.rt.Restart(0, 0)
	b.during(t, 20, 30)
	require.Equal(t, []string{"10.0 start"}, b.log)
}

// However often something changed while a device was down, it looks once.
func TestChangesAreMadeUpFor(t *testing.T) {
	b := newBench(t, 1, func(p *Ports, b *bench) { p.OnChange("change", noteIt(b, "change")) })
	b.rt.Crash(0, 0)
	for at := range vtime.Time(5) {
		b.rt.Fire(at, 0, 0, 0)
	}
	b.run(t, 10)
	b.rt.Restart(0, 0)
	b.run(t, 10)
	require.Equal(t, []string{"10.0 change"}, b.log)
}

// What is taken down twice is back when both are over.
func TestNestedCrashes(t *testing.T) {
	b := newBench(t, 1, func(p *Ports, b *bench) { p.Every("tick", 10, noteIt(b, "tick")) })
	b.rt.Start()
	b.during(t, 5, 5)
	b.rt.Crash(0, 0)
	b.rt.Crash(0, 0)
	b.run(t, 15)
	b.rt.Restart(0, 0)
	require.False(t, b.rt.Listening(0, 0))
	b.run(t, 25)
	b.rt.Restart(0, 0)
	b.run(t, 35)
	require.Equal(t, []string{"0.0 tick", "30.0 tick"}, b.log)
}

// A message that arrives is acted on once in its instant, and not when nobody is
// there.
func TestDelivered(t *testing.T) {
	b := newBench(t, 2, func(p *Ports, b *bench) {
		p.OnMessage(func(c *Context) { b.note("message %d", c.Member()) })
	})
	for range 3 {
		b.rt.Delivered(0, 1, 4)
	}
	b.rt.Delivered(0, 0, 0)
	b.rt.Crash(0, 0)
	b.run(t, 5)
	b.rt.Restart(0, 0)
	b.rt.Delivered(0, 0, 0)
	b.run(t, 5)
	require.Equal(t, []string{"0.0 message 1", "5.0 message 0"}, b.log)
}

// A clock that is fast makes all spans short, of periods and of timers; drifts add
// up and are taken back.
func TestClockDrift(t *testing.T) {
	b := newBench(t, 1, func(p *Ports, b *bench) {
		timer := p.Timer("due", noteIt(b, "due"))
		p.Every("tick", 100, func(c *Context) {
			b.note("tick")
			c.Start(timer, 50)
		})
	})
	b.rt.Drift(0, 0.5)
	b.rt.Drift(0, 0.5)
	b.rt.Start()
	b.run(t, 60)
	b.rt.Drift(0, -0.5)
	b.rt.Drift(0, -0.5)
	b.run(t, 210)
	require.Equal(t, []string{"0.0 tick", "25.0 due", "50.0 tick", "75.0 due", "100.0 tick", "150.0 due", "200.0 tick"}, b.log)
	b.rt.Drift(0, 100e-6)
	require.Equal(t, 1000*s-99_990_001, b.rt.Span(0, 1000*s))
	require.Equal(t, vtime.Duration(1), b.rt.Span(0, 1), "time goes on")
	require.Equal(t, vtime.Duration(0), b.rt.Span(0, 0))
}

// What a handler sets shows at the end of the phase; what it gets is from its
// beginning.
func TestHandlersReadThePhaseBefore(t *testing.T) {
	var got []float64
	b := newBench(t, 2, func(p *Ports, b *bench) {
		x := State(p, "x", unit.One, 0.0)
		p.Every("first", 10, func(c *Context) {
			got = append(got, x.Get(c))
			x.Set(c, x.Get(c)+float64(c.Member()+1))
			x.Set(c, x.Get(c)+float64(c.Member()+1))
		})
		p.Every("second", 10, func(c *Context) { got = append(got, x.Get(c)) })
	})
	b.rt.Start()
	b.run(t, 10)
	require.Equal(t, []float64{0, 0, 0, 0, 1, 2, 1, 2}, got)
	require.Equal(t, []float64{2, 4}, b.rt.Store.V[1:3])
}

// Chance goes by how often it was drawn from, of each member apart.
func TestChance(t *testing.T) {
	var got [2][]float64
	b := newBench(t, 2, func(p *Ports, b *bench) {
		noise := p.Chance("noise")
		p.Every("draw", 10, func(c *Context) { got[c.Member()] = append(got[c.Member()], noise.Float64(c)) })
	})
	require.False(t, b.rt.Chanced)
	b.rt.Start()
	b.during(t, 15, 35)
	b.run(t, 70)
	require.True(t, b.rt.Chanced)
	require.NotEqual(t, got[0], got[1])
	key := b.rt.Keys[0]
	for m := range got {
		for i, x := range got[m] {
			require.Equal(t, key.Member(m).Float64(uint64(i)), x)
		}
	}
	require.Len(t, got[0], 6, "two samples were not taken")
	require.Len(t, got[1], 8)
}
