package des

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A diary is a World and a Handler that writes down what it is asked to do, and
// does what a test gives it to do.
type diary struct {
	k      *Kernel
	target uint32
	lines  []string
	do     func(e Event)
	settle func() error
}

func newDiary(t require.TestingT, sources int) *diary {
	d := &diary{}
	k, err := New(d, sources)
	require.NoError(t, err)
	d.k, d.target = k, k.Register(d)
	return d
}

func (d *diary) at(at vtime.Time, p Phase, s Source, arg uint64) {
	d.k.Schedule(at, p, s, d.target, 0, arg)
}

func (d *diary) note(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf("%d.%d ", int64(d.k.Now()), d.k.Round())+fmt.Sprintf(format, args...))
}

func (d *diary) Handle(e Event) {
	p, s := OrderOf(e.Order)
	d.note("%v %d:%d", p, s, e.Arg)
	if d.do != nil {
		d.do(e)
	}
}

func (d *diary) Commit(p Phase) { d.note("commit %v", p) }

func (d *diary) Settle() error {
	d.note("settle")
	if d.settle != nil {
		return d.settle()
	}
	return nil
}

func TestPhasesRunInOrderAndCommitAtTheirEnd(t *testing.T) {
	d := newDiary(t, 3)
	d.at(5, Plant, 0, 1)
	d.at(5, React, 2, 2)
	d.at(5, React, 1, 3)
	d.at(5, Inject, 2, 4)
	d.at(5, React, 1, 5)
	d.at(4, Deliver, 0, 6)
	require.Equal(t, 6, d.k.Pending())
	require.NoError(t, d.k.Run(10, nil))
	require.Equal(t, []string{
		"4.0 deliver 0:6", "4.0 commit deliver", "4.0 settle",
		"5.0 inject 2:4", "5.0 commit inject",
		"5.0 react 1:3", "5.0 react 1:5", "5.0 react 2:2", "5.0 commit react",
		"5.0 plant 0:1", "5.0 commit plant",
		"5.0 settle",
	}, d.lines)
	require.Equal(t, Stats{Events: 6, Instants: 2}, d.k.Stats)
	require.Zero(t, d.k.Pending())
	require.Equal(t, vtime.Time(10), d.k.Now())
}

// What is scheduled for the current time runs in this round where its phase is
// still to come, else in the next, wherever it is scheduled from.
func TestRounds(t *testing.T) {
	d := newDiary(t, 4)
	d.do = func(e Event) {
		if e.Arg == 0 {
			for p := range phases {
				d.at(d.k.Now(), p, Source(3-p), 10+uint64(p))
			}
			require.Equal(t, 5, d.k.Pending())
		}
	}
	settles := 0
	d.settle = func() error {
		if settles++; settles == 2 {
			d.at(d.k.Now(), Plant, 0, 20)
			d.at(d.k.Now(), Inject, 0, 21)
			d.at(d.k.Now()+1, Inject, 0, 22)
		}
		return nil
	}
	d.at(7, Deliver, 1, 0)
	d.at(7, React, 0, 1)
	require.NoError(t, d.k.Run(vtime.Never, nil))
	require.Equal(t, []string{
		"7.0 deliver 1:0", "7.0 commit deliver",
		"7.0 react 0:1", "7.0 react 1:12", "7.0 commit react",
		"7.0 plant 0:13", "7.0 commit plant",
		"7.0 settle",
		"7.1 inject 3:10", "7.1 commit inject",
		"7.1 deliver 2:11", "7.1 commit deliver",
		"7.1 settle",
		"7.2 inject 0:21", "7.2 commit inject",
		"7.2 plant 0:20", "7.2 commit plant",
		"7.2 settle",
		"8.0 inject 0:22", "8.0 commit inject",
		"8.0 settle",
	}, d.lines)
}

// Events of one phase are ordered by source and then by when they were scheduled,
// whether they waited in the queue or were scheduled in the round itself.
func TestOrderBySourceThenCounter(t *testing.T) {
	d := newDiary(t, 3)
	d.do = func(e Event) {
		if e.Arg == 0 {
			d.at(3, Plant, 1, 4)
			d.at(3, Plant, 0, 5)
			d.at(3, Plant, 2, 6)
		}
	}
	d.at(3, Plant, 1, 1)
	d.at(3, Plant, 2, 2)
	d.at(3, Plant, 1, 3)
	d.at(3, Inject, 0, 0)
	require.NoError(t, d.k.Run(3, nil))
	require.Equal(t, []string{
		"3.0 inject 0:0", "3.0 commit inject",
		"3.0 plant 0:5", "3.0 plant 1:1", "3.0 plant 1:3", "3.0 plant 1:4", "3.0 plant 2:2", "3.0 plant 2:6",
		"3.0 commit plant", "3.0 settle",
	}, d.lines)
}

// A deadline that is put off takes the place in the order that it would have had
// if it had been cancelled and scheduled anew.
func TestReservedPlaceIsThatOfATrueCancel(t *testing.T) {
	order := func(deferred bool) (got []uint64) {
		d := newDiary(t, 1)
		d.do = func(e Event) {
			if e.Arg != 99 {
				got = append(got, e.Arg)
			}
		}
		if !deferred {
			d.at(9, React, 0, 1)
			d.at(9, React, 0, 2) // armed here
			d.at(9, React, 0, 3)
			require.NoError(t, d.k.Run(9, nil))
			return got
		}
		d.at(9, React, 0, 1)
		place := d.k.Reserve(React, 0)
		d.at(9, React, 0, 3)
		d.do = func(e Event) {
			if e.Arg == 99 { // the old deadline, which moves on
				d.k.ScheduleAs(Event{At: 9, Order: place, Target: d.target, Arg: 2})
				return
			}
			got = append(got, e.Arg)
		}
		d.k.Schedule(5, React, 0, d.target, 0, 99)
		require.NoError(t, d.k.Run(9, nil))
		return got
	}
	require.Equal(t, []uint64{1, 2, 3}, order(false))
	require.Equal(t, order(false), order(true))
}

// In a livelock the sources of all that goes round are named, not only of what is
// waiting when the kernel gives up, and nobody who only stood by.
func TestLivelockNamesTheLoop(t *testing.T) {
	d := newDiary(t, 10)
	d.do = func(e Event) {
		_, s := OrderOf(e.Order)
		switch s {
		case 3:
			d.at(d.k.Now(), React, 5, 0)
		case 5:
			d.at(d.k.Now(), Deliver, 8, 0)
		case 8:
			d.at(d.k.Now(), React, 3, 0)
		}
	}
	d.at(6, React, 3, 0)
	d.at(6, React, 1, 0)
	d.at(6, React, 9, 0)
	err := d.k.Run(10, nil)
	var livelock *LivelockError
	require.ErrorAs(t, err, &livelock)
	require.Equal(t, LivelockError{At: 6, Sources: []Source{3, 5, 8}}, *livelock)
	require.EqualError(t, err, "time stands still at 0m00.000000006s: 1000 rounds at one instant (livelock)")
	require.Equal(t, uint64(MaxRounds), d.k.Instants)
}

// Looking may cause a livelock as well.
func TestLivelockFromSettling(t *testing.T) {
	d := newDiary(t, 2)
	d.settle = func() error {
		d.at(d.k.Now(), Inject, 1, 0)
		return nil
	}
	d.at(6, React, 0, 0)
	var livelock *LivelockError
	require.ErrorAs(t, d.k.Run(10, nil), &livelock)
	require.Equal(t, []Source{1}, livelock.Sources)
}

// A world may take as many rounds as are legal.
func TestManyRoundsAreLegal(t *testing.T) {
	d := newDiary(t, 1)
	left := MaxRounds - 1
	d.do = func(Event) {
		if left--; left > 0 {
			d.at(d.k.Now(), React, 0, 0)
		}
	}
	d.at(6, React, 0, 0)
	require.NoError(t, d.k.Run(10, nil))
	require.Zero(t, left)
}

// Devices that tick together are no livelock.
func TestManyEventsInOneInstant(t *testing.T) {
	const devices = 100_000
	k, err := New(blank{}, devices)
	require.NoError(t, err)
	last, rounds := Source(0), 0
	target := k.Register(handlerFunc(func(e Event) {
		_, s := OrderOf(e.Order)
		if s == 0 {
			rounds++
			last = 0
		}
		require.True(t, s == last || s == last+1)
		last = s
		if k.Round() < 2 {
			k.Schedule(k.Now(), React, s, e.Target, e.Member, 0)
		}
	}))
	for s := range uint32(devices) {
		k.Schedule(1, React, Source(devices-1-s), target, s, 0)
	}
	require.NoError(t, k.Run(1, nil))
	require.Equal(t, Stats{Events: 3 * devices, Instants: 3}, k.Stats)
	require.Equal(t, 3, rounds)
}

type handlerFunc func(e Event)

func (f handlerFunc) Handle(e Event) { f(e) }

func TestRunGoesOn(t *testing.T) {
	ticks := func(until ...vtime.Time) []string {
		d := newDiary(t, 1)
		d.do = func(Event) { d.at(d.k.Now()+7, React, 0, 0) }
		d.at(0, React, 0, 0)
		for _, u := range until {
			require.NoError(t, d.k.Run(u, nil))
			require.Equal(t, u, d.k.Now())
		}
		return d.lines
	}
	all := ticks(100)
	require.Equal(t, all, ticks(0, 1, 7, 7, 20, 21, 100))
	require.Equal(t, all, ticks(100, 100))
	require.Equal(t, "98.0 settle", all[len(all)-1])
}

// What is scheduled between two calls of Run for the time that has been reached
// runs when it goes on.
func TestScheduleBetweenRuns(t *testing.T) {
	d := newDiary(t, 1)
	require.NoError(t, d.k.Run(5, nil))
	d.at(5, Plant, 0, 1)
	d.at(5, Inject, 0, 2)
	require.NoError(t, d.k.Run(5, nil))
	require.Equal(t, []string{
		"5.0 inject 0:2", "5.0 commit inject", "5.0 plant 0:1", "5.0 commit plant", "5.0 settle",
	}, d.lines)
}

// Run asks whether to go on about every 4096 instants, however many rounds each
// time has.
func TestStop(t *testing.T) {
	enough := errors.New("enough")
	for rounds := 1; rounds <= 4; rounds++ {
		d := newDiary(t, 1)
		left := 0
		d.do = func(e Event) {
			d.lines = d.lines[:0]
			if e.Arg == 0 {
				left = rounds
				d.at(d.k.Now()+1, React, 0, 0)
			}
			if left--; left > 0 {
				d.at(d.k.Now(), React, 0, 1)
			}
		}
		d.at(0, React, 0, 1) // one instant of a single round, so that the others are odd
		d.at(1, React, 0, 0)
		asked := 0
		stop := func() error {
			if asked++; asked == 3 {
				return enough
			}
			return nil
		}
		require.ErrorIs(t, d.k.Run(1_000_000, stop), enough)
		require.InDelta(t, 3*stopInstants, d.k.Instants, 16, "%d rounds", rounds)
		at := d.k.Now()
		require.Less(t, at, vtime.Time(20_000), "Now stays where it stopped")
		require.NoError(t, d.k.Run(at+1, stop), "and it can go on")
		require.Equal(t, at+1, d.k.Now())
	}
}

func TestErrorOfTheWorldEndsTheRun(t *testing.T) {
	broken := errors.New("broken")
	d := newDiary(t, 1)
	d.settle = func() error { return broken }
	d.at(2, React, 0, 0)
	d.at(2, React, 0, 1)
	d.at(3, React, 0, 2)
	require.ErrorIs(t, d.k.Run(10, nil), broken)
	require.Equal(t, []string{"2.0 react 0:0", "2.0 react 0:1", "2.0 commit react", "2.0 settle"}, d.lines)
	require.Equal(t, vtime.Time(2), d.k.Now())
}

func TestBugsPanic(t *testing.T) {
	d := newDiary(t, 2)
	require.NoError(t, d.k.Run(11, nil))
	require.PanicsWithValue(t, "des: event for 0m00.000000009s scheduled at 0m00.000000011s", func() { d.at(9, React, 0, 0) })

	const key = "des: two events with the key (0m00.000000021s, 0x8000000000000000)"
	twice := func(at vtime.Time) {
		e := Event{At: at, Order: uint64(React) << (counterBits + sourceBits), Target: d.target}
		d.k.ScheduleAs(e)
		d.k.ScheduleAs(e)
	}
	twice(21)
	require.PanicsWithValue(t, key, func() { _ = d.k.Run(21, nil) })

	d = newDiary(t, 2)
	d.do = func(e Event) {
		if e.Arg == 1 {
			twice(21)
		}
	}
	d.at(21, Inject, 1, 1)
	require.PanicsWithValue(t, key, func() { _ = d.k.Run(21, nil) })
}

func TestSourcesAreBounded(t *testing.T) {
	_, err := New(blank{}, MaxSources)
	require.NoError(t, err)
	_, err = New(blank{}, MaxSources+1)
	require.EqualError(t, err, "1048577 sources of events, at most 1048576 can be ordered")
}

func TestKernelDoesNotAllocate(t *testing.T) {
	k := newHolding(500, newTape(exponentially)).Kernel
	// A loop within an instant: every millisecond five rounds of three events.
	var target uint32
	target = k.Register(handlerFunc(func(e Event) {
		switch {
		case e.Arg%5 < 4:
			k.Schedule(k.Now(), Deliver, 3, target, e.Member, e.Arg+1)
		default:
			k.Schedule(k.Now().Add(vtime.Millisecond), React, 3, target, e.Member, 0)
		}
	}))
	for m := range uint32(3) {
		k.Schedule(0, React, 3, target, m, 0)
	}
	run := func() { require.NoError(t, k.Run(k.Now().Add(vtime.Second), nil)) }
	for range 20 {
		run()
	}
	before := k.Events
	require.Zero(t, testing.AllocsPerRun(5, run))
	require.Greater(t, k.Events-before, uint64(50_000))
}

func TestPatternsDoNotAllocate(t *testing.T) {
	for name, p := range map[string]worker{
		"hold":        newHolding(1000, newTape(exponentially)),
		"heavy tail":  newHolding(1000, newTape(heavily)),
		"together":    newHolding(1000, newTape(together)),
		"shuffled":    newShuffling(1000, newTape(together)),
		"watchdogs":   newWatching(1000, newTape(jittered)),
		"requests":    newRequesting(1000),
		"one server":  newServing(),
		"small, flat": newHolding(1000, newTape(exponentially), Compact(1000)),
	} {
		p.run(400_000)
		require.Zero(t, testing.AllocsPerRun(5, func() { p.run(10_000) }), name)
	}
}
