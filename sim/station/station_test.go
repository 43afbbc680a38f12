package station_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/tally"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A visit is a message that comes, and what became of it.
type visit struct {
	station.Message
	at          vtime.Time
	fate        station.Fate
	began, left vtime.Time
}

// crowd draws a station whose service times follow from sizes (10 ns and as many as bytes), and
// who comes to it.
func crowd(t *rapid.T) (station.Model, []visit) {
	m := station.Model{Servers: rapid.IntRange(1, 4).Draw(t, "servers"), Service: station.Constant(10).PerByte(1e9)}
	for range rapid.IntRange(1, 3).Draw(t, "classes") {
		c := station.Class{Room: rapid.SampledFrom([]int{0, 1, 3, station.Unlimited}).Draw(t, "room")}
		if rapid.Bool().Draw(t, "limited") {
			c.Limit = station.Bucket{Burst: float64(rapid.IntRange(50, 300).Draw(t, "burst")), Rate: rapid.SampledFrom([]float64{1e9, 5e8, 2.5e8}).Draw(t, "rate")}
		}
		m.Classes = append(m.Classes, c)
	}
	var list []visit
	now := vtime.Time(0)
	for i := range rapid.IntRange(0, 120).Draw(t, "messages") {
		now += vtime.Time(rapid.IntRange(0, 60).Draw(t, "gap"))
		list = append(list, visit{at: now, Message: station.Message{
			ID: uint64(i), Size: int32(rapid.IntRange(0, 90).Draw(t, "size")), Class: int32(rapid.IntRange(0, len(m.Classes)-1).Draw(t, "class")),
		}})
	}
	return m, list
}

// serve puts all through a station. At an equal time who leaves does so first. In between it is
// kept and taken up again, as often as told.
func serve(t *rapid.T, m station.Model, list []visit, keep int) *station.Station {
	s, err := station.New(m)
	require.NoError(t, err)
	finish := func() {
		d := s.Finish()
		list[d.ID].began, list[d.ID].left = d.Began, d.Left
		require.Equal(t, list[d.ID].at, d.Arrived)
	}
	for i := range list {
		for s.Next() <= list[i].at {
			finish()
		}
		list[i].fate = s.Offer(list[i].at, list[i].Message)
		if keep > 0 && i%keep == 0 {
			s = again(t, m, s)
		}
	}
	for s.Next() != vtime.Never {
		finish()
	}
	return s
}

func again(t require.TestingT, m station.Model, s *station.Station) *station.Station {
	a := snapshot.New(0)
	s.Archive(a)
	fresh, err := station.New(m)
	require.NoError(t, err)
	r := snapshot.Of(a.Bytes())
	fresh.Archive(r)
	r.Done()
	require.NoError(t, r.Err())
	return fresh
}

// naive is the same by another way: at each nanosecond in turn, everything is looked at.
func naive(m station.Model, list []visit) {
	ends := make([]vtime.Time, m.Servers) // when a server is free
	var waiting []int
	spent := make([]float64, len(m.Classes))
	for now, i := vtime.Time(0), 0; i < len(list) || len(waiting) > 0; now++ {
		begin := func(server, k int) {
			list[k].began, list[k].left = now, now+10+vtime.Time(list[k].Size)
			ends[server] = list[k].left
		}
		free := func() int { return slices.IndexFunc(ends, func(e vtime.Time) bool { return e <= now }) }
		for len(waiting) > 0 && free() >= 0 {
			first := 0
			for k := range waiting {
				if list[waiting[k]].Class < list[waiting[first]].Class {
					first = k
				}
			}
			begin(free(), waiting[first])
			waiting = slices.Delete(waiting, first, first+1)
		}
		for ; i < len(list) && list[i].at == now; i++ {
			c := m.Classes[list[i].Class]
			used, count := &spent[list[i].Class], 0
			for _, k := range waiting {
				if list[k].Class == list[i].Class {
					count++
				}
			}
			switch {
			case c.Limit != station.Bucket{} && *used+float64(list[i].Size) > c.Limit.Burst:
				list[i].fate = station.Limited
				continue
			case free() >= 0:
				list[i].fate = station.Begun
				begin(free(), i)
			case count >= c.Room:
				list[i].fate = station.Dropped
			default:
				list[i].fate = station.Waits
				waiting = append(waiting, i)
			}
			*used += float64(list[i].Size)
		}
		for k, c := range m.Classes {
			spent[k] = max(0, spent[k]-c.Limit.Rate/1e9)
		}
	}
}

// A station does what one does that looks at every nanosecond.
func TestAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, list := crowd(t)
		want := slices.Clone(list)
		naive(m, want)
		serve(t, m, list, rapid.IntRange(0, 20).Draw(t, "keep"))
		require.Equal(t, want, list)
	})
}

// No message is lost from the books, and once all have left, the number there summed over time is
// the time that all were there: Little's law, to the nanosecond.
func TestConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, list := crowd(t)
		s := serve(t, m, list, 0)
		end := vtime.Time(100_000)
		var stay, wait, busy tally.Sum
		for class := range m.Classes {
			c := s.Count(class)
			require.Equal(t, c.Offered, c.Limited+c.Dropped+c.Served)
			require.Equal(t, c.Served, c.Stay.Count())
			require.Equal(t, c.Served, c.Wait.Count())
			require.LessOrEqual(t, c.Most, m.Classes[class].Room)
			stay.Join(c.Stay.Sum())
			wait.Join(c.Wait.Sum())
		}
		present, waiting := s.Sums(end)
		require.Equal(t, stay, present)
		require.Equal(t, wait, waiting)
		worked := vtime.Duration(0)
		for i := range m.Servers {
			worked += s.Busy(i, end)
		}
		busy.Join(wait)
		busy.Add(uint64(worked))
		require.Equal(t, stay, busy)
		require.InDelta(t, float64(worked)/1e5/float64(m.Servers), s.Utilisation(end), 1e-12)
	})
}

// What is true of a station while messages are there.
func TestInBetween(t *testing.T) {
	m := station.Model{Servers: 1, Service: station.Constant(10), Classes: []station.Class{{Room: 5}, {Room: 5}}}
	s, err := station.New(m)
	require.NoError(t, err)
	require.Equal(t, vtime.Never, s.Next())
	require.Zero(t, s.Utilisation(0))
	for i, class := range []int32{1, 1, 0} {
		s.Offer(vtime.Time(i), station.Message{ID: uint64(i), Class: class})
	}
	require.Equal(t, 3, s.Present())
	require.Equal(t, 1, s.Waiting(1))
	require.Equal(t, vtime.Duration(6), s.Oldest(7), "the message of class 1 came at 1")
	require.Equal(t, vtime.Duration(7), s.Busy(0, 7))
	require.Equal(t, 1.0, s.Utilisation(7))
	require.Equal(t, uint64(0), s.Finish().ID)
	require.Equal(t, 1, s.Waiting(1), "class 0 goes first")
	require.Zero(t, s.Waiting(0))
	require.Equal(t, vtime.Time(20), s.Next())
	require.Panics(t, func() { s.Offer(21, station.Message{}) }, "somebody left at 20")
	require.Panics(t, func() { s.Offer(9, station.Message{}) }, "that was before")
}

// What passes a bucket waits no longer than it is deep over what the server does, and a message.
func TestDelayBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := station.Bucket{Burst: float64(rapid.IntRange(1000, 9000).Draw(t, "burst")), Rate: float64(rapid.IntRange(1, 1000).Draw(t, "rate"))}
		server := b.Rate * rapid.Float64Range(1, 3).Draw(t, "server")
		s, err := station.New(station.Model{Servers: 1, Service: station.Constant(0).PerByte(server), Classes: []station.Class{{Room: station.Unlimited, Limit: b}}})
		require.NoError(t, err)
		now := vtime.Time(0)
		for i := range 400 {
			now += vtime.Time(rapid.IntRange(0, int(vtime.Second)).Draw(t, "gap"))
			for s.Next() <= now {
				s.Finish()
			}
			s.Offer(now, station.Message{ID: uint64(i), Size: int32(rapid.IntRange(1, 500).Draw(t, "size"))})
		}
		bound := queueing.TokenBucket{Burst: b.Burst, Rate: b.Rate}.Delay(server)
		require.LessOrEqual(t, vtime.Seconds(s.Count(0).Stay.Max()), bound+1e-6)
	})
}

// A source at its peak rate passes as long as theory says.
func TestBurstLasts(t *testing.T) {
	b := station.Bucket{Burst: 100e3, Rate: 1e6 / 8}
	s, err := station.New(station.Model{Servers: 1, Classes: []station.Class{{Room: station.Unlimited, Limit: b}}})
	require.NoError(t, err)
	for now := vtime.Time(0); ; now += 800 * vtime.Time(vtime.Nanosecond) { // a byte at 10 Mb/s
		for s.Next() <= now {
			s.Finish()
		}
		if s.Offer(now, station.Message{Size: 1}) == station.Limited {
			require.InDelta(t, 88.9e-3, now.Seconds(), 0.05e-3)
			return
		}
	}
}

// The mean waits of priorities are Cobham's.
func TestCobham(t *testing.T) {
	rates := []float64{200, 300, 300}
	var classes []queueing.Class
	m := station.Model{Servers: 1, Service: station.Exponential(ms), Key: rng.New(3, "station", "service")}
	for _, r := range rates {
		classes = append(classes, queueing.Class{Arrival: r, Mean: 1e-3, Second: 2e-6})
		m.Classes = append(m.Classes, station.Class{Room: station.Unlimited})
	}
	want, err := queueing.Cobham(classes)
	require.NoError(t, err)
	s, err := station.New(m)
	require.NoError(t, err)
	n, each := uint64(0), 2000
	if !testing.Short() {
		each = 40_000
	}
	gaps, which, at := rng.New(3, "station", "arrivals"), rng.New(3, "station", "class"), 0.0
	last, list := make([]means, 3), make([][]means, 3)
	for range batches {
		for range each {
			at += gaps.Exponential(n) * 1e9 / 800
			class, u := int32(0), which.Float64(n)*800
			for u -= rates[0]; u > 0; u -= rates[class] {
				class++
			}
			for s.Next() <= vtime.Time(at) {
				s.Finish()
			}
			s.Offer(vtime.Time(at), station.Message{ID: n, Class: class})
			n++
		}
		for i := range list {
			c := s.Count(i)
			next := means{waited: c.Wait.Sum().Float64(), begun: float64(c.Wait.Count())}
			list[i] = append(list[i], difference(next, last[i]))
			last[i] = next
		}
	}
	for i := range list {
		mean, half := interval(list[i], figure{over: func(m means) float64 { return m.waited }, each: func(m means) float64 { return m.begun }})
		t.Logf("class %d: %.4f ms, exactly %.4f: interval %.1f %% wide", i, mean/1e6, want[i]*1e3, 200*half/mean)
		require.InDelta(t, want[i]*1e9, mean, half)
	}
}

// Damage is an error and never a panic.
func TestDamaged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, list := crowd(t)
		s, err := station.New(m)
		require.NoError(t, err)
		for i := range list {
			for s.Next() <= list[i].at {
				s.Finish()
			}
			s.Offer(list[i].at, list[i].Message)
		}
		a := snapshot.New(0)
		s.Archive(a)
		data := a.Bytes()
		data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		s.Archive(snapshot.Of(data[:rapid.IntRange(0, len(data)).Draw(t, "cut")]))
		for s.Next() < vtime.Never {
			s.Finish()
		}
	})
}

func TestMistakes(t *testing.T) {
	any := []station.Class{{}}
	for name, m := range map[string]station.Model{
		"0 servers":    {Classes: any},
		"0 classes":    {Servers: 1},
		"65 classes":   {Servers: 1, Classes: make([]station.Class, 65)},
		"room for -1":  {Servers: 1, Classes: []station.Class{{Room: -1}}},
		"token bucket": {Servers: 1, Classes: []station.Class{{Limit: station.Bucket{Burst: -1}}}},
		"rate of":      {Servers: 1, Classes: any, Service: station.Constant(1).PerByte(-1)},
		"less than no": {Servers: 1, Classes: any, Service: station.Exponential(-1)},
		"from more to": {Servers: 1, Classes: any, Service: station.Uniform(2, 1)},
		"chance 2":     {Servers: 1, Classes: any, Service: station.TwoPoint(1, 2, 2)},
		"lognormal":    {Servers: 1, Classes: any, Service: station.Lognormal(0, 1)},
	} {
		_, err := station.New(m)
		require.ErrorContains(t, err, name)
	}
}

func BenchmarkMM1(b *testing.B) {
	f := newFeed(b, one(station.Exponential(ms), 1, station.Unlimited), 800, 1)
	b.ReportAllocs()
	for b.Loop() {
		f.offer()
	}
}

func TestNothingAllocated(t *testing.T) {
	f := newFeed(t, one(station.Exponential(ms), 4, 16), 5000, 1)
	for range 10_000 {
		f.offer()
	}
	require.Zero(t, testing.AllocsPerRun(1000, func() { f.offer() }))
}
