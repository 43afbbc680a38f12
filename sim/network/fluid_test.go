package network

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// streaming is a flow that is a rate, over links.
func streaming(hops ...Hop) line {
	f := silent(0, hops...)
	f.Stream, f.Watched = true, true
	return f
}

// probed is a link of 1 Mbyte/s with room for 100 000 bytes, a stream through it, and a flow
// of 100 bytes that tell how long the queue is.
func probed(link Link) (*rig, func(at vtime.Duration) *vtime.Duration) {
	probe := silent(100, Hop{})
	probe.Watched = true
	r := newRigOn([]Link{link}, streaming(Hop{}), probe)
	r.quiet = true
	var sent []vtime.Time
	took := map[uint64]*vtime.Duration{}
	r.Watcher = watch(func(flow int32, serial uint64, fate Fate) {
		if flow == 1 && fate == Arrived {
			*took[serial] = r.k.Now().Sub(sent[serial])
		}
	})
	return r, func(at vtime.Duration) *vtime.Duration {
		d := new(vtime.Duration)
		*d = -1
		r.at(at, func() {
			took[uint64(len(sent))] = d
			sent = append(sent, r.k.Now())
			r.Inject(1, 0, nil, 0)
		})
		return d
	}
}

const megabyte = 8e6 // bit/s

// A queue fills at f - c, loses f - c once it is full, and drains at c: delays, losses and
// utilisation as on paper.
func TestStreamByHand(t *testing.T) {
	r, probe := probed(Link{Bandwidth: megabyte, Queue: 100_000})
	r.at(0, func() { r.Surge(0, 0.6e6, 0) })              // it leaves no queue
	r.at(vtime.Second, func() { r.Swell(0, 1.4e6, 0) })   // 0.4e6 a second wait: full after 250 ms
	r.at(2*vtime.Second, func() { r.Swell(0, 0.5e6, 0) }) // empty after 200 ms
	r.at(3*vtime.Second, func() { r.Swell(0, 0, 0) })
	idle := probe(500 * ms)
	ramp := probe(1125 * ms)
	drain := probe(2100 * ms)
	after := probe(2500 * ms)
	r.run(t, 4*vtime.Second)
	const own = 100 * vtime.Microsecond
	near := func(want vtime.Duration, got *vtime.Duration) { require.InDelta(t, float64(want), float64(*got), 2) }
	require.GreaterOrEqual(t, *idle, own, "by chance it waits for what the stream stands for")
	near(50*ms+own, ramp)
	near(50*ms+own, drain) // what the probe added has been lost again
	require.GreaterOrEqual(t, *after, own)
	c := r.LinkCounts()[0]
	require.InDelta(t, 0.6e6+1.4e6+0.5e6, c.Poured, 1)
	require.InDelta(t, 0.4e6*0.75+100, c.Spilled, 1, "a probe took the place of 100 bytes")
	require.InDelta(t, 0.6+1+0.1+0.5, vtime.Seconds(c.Busy), 4*100e-6)
}

// A message that comes to a full queue passes by a chance of c/f, and then waits for all of it.
func TestStreamAdmits(t *testing.T) {
	for _, over := range []float64{1.25, 2, 8} {
		r, probe := probed(Link{Bandwidth: megabyte, Queue: 100_000})
		r.at(0, func() { r.Surge(0, over*1e6, 0) })
		const n = 4000
		var took []*vtime.Duration
		for i := range n {
			took = append(took, probe(vtime.Second+vtime.Duration(i)*10*ms))
		}
		r.run(t, vtime.Minute)
		passed := 0
		for _, d := range took {
			if *d >= 0 {
				passed++
				require.InDelta(t, float64(100*ms), float64(*d), 2)
			}
		}
		p := 1 / over
		require.InDelta(t, n*p, float64(passed), 4*math.Sqrt(n*p*(1-p)))
	}
}

// flooding runs a flood of many devices that each send messages, or as a stream of the same
// rate, through a link beside somebody else's messages of so many bytes, which come at odd times. Anew
// says that the devices send at other moments in each period: else what waits is the same in each.
func flooding(t *testing.T, load, probes float64, probe int32, asStream, anew bool) (s *spent, c LinkCount) {
	const devices, bytes, room, seconds = 5000, 100, 20_000, 60
	lines := []line{silent(probe, Hop{})}
	lines[0].Watched = true
	for range devices {
		lines = append(lines, silent(bytes, Hop{}))
	}
	flood := streaming(Hop{})
	flood.Bytes = bytes
	r := newRigOn([]Link{{Bandwidth: megabyte, Queue: room}}, append(lines, flood)...)
	s = &spent{r: r}
	r.quiet = true
	r.Watcher = watch(func(flow int32, serial uint64, fate Fate) {
		if flow == 0 {
			s.Resolved(flow, 0, serial, fate, 0, 0)
		}
	})
	if asStream {
		r.at(0, func() { r.Surge(devices+1, load*1e6, 0) })
	} else {
		each := vtime.FromSeconds(devices * bytes / (load * 1e6))
		key := rng.New(3, "flood", "phase")
		for i := range devices {
			if !anew {
				r.at(vtime.Duration(key.Float64(uint64(i))*float64(each)), func() { r.Flood(1+i, each, 0) })
				continue
			}
			for k := range int(seconds*vtime.Second/each) + 1 {
				r.at(vtime.Duration((float64(k)+key.Float64(uint64(k*devices+i)))*float64(each)), func() { r.Inject(1+i, 0, nil, 0) })
			}
		}
	}
	r.poisson(int(probes*seconds), probes, func(int) int { s.sent = append(s.sent, r.k.Now()); return 0 })
	r.run(t, seconds*vtime.Second)
	return s, r.LinkCounts()[0]
}

// A stream does to others what as many messages do of many devices: below the capacity of the link they
// wait as behind a Poisson flood (M/D/1), which that of these devices nearly is.
func TestStreamMakesWait(t *testing.T) {
	const packet, probe = 100e-6, 10e-6
	for _, load := range []float64{0.3, 0.5, 0.8} {
		s, _ := flooding(t, load, 1000, 10, false, true)
		x, _ := flooding(t, load, 1000, 10, true, true)
		require.Zero(t, s.n[Dropped]+x.n[Dropped])
		waited, waits := s.sum/float64(s.n[Arrived])-probe, x.sum/float64(x.n[Arrived])-probe
		all := load + 0.01
		paper := (load*packet + 0.01*probe) / (2 * (1 - all))
		t.Logf("%v: by message %.2f us, as a rate %.2f us, on paper %.2f us", load, 1e6*waited, 1e6*waits, 1e6*paper)
		require.InEpsilon(t, paper, waits, 0.02, "%v", load)
		require.InEpsilon(t, waited, waits, 0.02, "%v", load)
	}
}

// Beyond the capacity of the link what is left out is that messages come in bunches: the places that
// are free now and then (D/M/1, since they are taken by the flood and made by the link): 5.7 of 200 at
// 1.1 at most, and 1.02 at 4. The shares that are lost agree within what chance explains.
func TestStreamAgainstMessages(t *testing.T) {
	const packet = 100e-6
	for _, load := range []float64{0.3, 0.8, 1.1, 1.5, 4} {
		s, m := flooding(t, load, 20, 100, false, false)
		x, c := flooding(t, load, 20, 100, true, false)
		n := float64(s.n[Arrived] + s.n[Dropped])
		require.Equal(t, n, float64(x.n[Arrived]+x.n[Dropped]), "none is under way")
		waited, waits := s.sum/float64(s.n[Arrived]), x.sum/float64(x.n[Arrived])
		if load > 1 {
			full := 0.5 // x = 1 - exp(-load x)
			for range 200 {
				full = 1 - math.Exp(-load*full)
			}
			require.InDelta(t, packet/full/2, waits-waited, packet/full/2, "delay at %v", load)
		}
		lost, loses := float64(s.n[Dropped])/n, float64(x.n[Dropped])/n
		require.InDelta(t, lost, loses, 4*math.Sqrt(2*lost*(1-lost)/n)+1e-9, "loss at %v", load)
		require.InDelta(t, m.Utilisation(s.r.k.Now()), c.Utilisation(s.r.k.Now()), 1e-3, "utilisation at %v", load)
		spilled := float64(m.Dropped-uint64(s.n[Dropped])) / float64(m.Offered-uint64(n))
		require.InDelta(t, spilled, c.Spilled/c.Poured, 2e-3, "what the flood loses at %v", load)
		require.InDelta(t, float64(m.Dropped), float64(c.Dropped)+c.SpilledMessages, 0.005*float64(m.Offered), "what the link loses, in messages")
		t.Logf("%v: %v %v s, %v %v lost, %v %v of the flood", load, waited, waits, lost, loses, spilled, c.Spilled/c.Poured)
	}
}

// Where only both together are too much for a link, both lose in proportion to what they bring, as
// they do message by message.
func TestStreamAndMessagesLoseAlike(t *testing.T) {
	for _, c := range []struct{ load, probes float64 }{{0.9, 3000}, {0.6, 8000}, {1.2, 5000}} {
		s, m := flooding(t, c.load, c.probes, 100, false, false)
		x, l := flooding(t, c.load, c.probes, 100, true, false)
		n := float64(s.n[Arrived] + s.n[Dropped])
		lost, loses := float64(s.n[Dropped])/n, float64(x.n[Dropped])/n
		spilled := float64(m.Dropped-uint64(s.n[Dropped])) / float64(m.Offered-uint64(n))
		want := 1 - 1/(c.load+c.probes*100e-6)
		t.Logf("%v: messages lose %.4f and %.4f, the flood %.4f and %.4f, of both %.4f", c, lost, loses, spilled, l.Spilled/l.Poured, want)
		require.InDelta(t, lost, loses, 0.02*want)
		require.InDelta(t, want, loses, 0.02*want)
		require.InDelta(t, spilled, l.Spilled/l.Poured, 0.02*want)
	}
}

// The next link has what the one before let pass, of each stream its share.
func TestStreamsDownstream(t *testing.T) {
	links := []Link{{Bandwidth: megabyte, Queue: 1000}, {Bandwidth: megabyte / 2, Queue: 1000}, {Bandwidth: megabyte, Queue: 1000}}
	r := newRigOn(links, streaming(Hop{Link: 0}, Hop{Link: 1}), streaming(Hop{Link: 0}, Hop{Link: 2}))
	r.at(0, func() { r.Surge(0, 3e6, 4); r.Surge(1, 1e6, 8) })
	r.run(t, vtime.Second)
	c := r.LinkCounts()
	require.InDelta(t, 4e6, c[0].Poured, 1)
	require.InDelta(t, 3e6-1000, c[0].Spilled, 1)
	require.InDelta(t, 0.75e6, c[1].Poured, 1)
	require.InDelta(t, 0.25e6-1000, c[1].Spilled, 1)
	require.InDelta(t, 0.25e6, c[2].Poured, 1)
	require.Zero(t, c[2].Spilled)
	for i := range r.queues {
		require.Equal(t, signal.Mask(12), r.queues[i].influence, "each made room for the other one, or did not")
	}
}

// Streams that go round in a circle settle.
func TestStreamsInACircle(t *testing.T) {
	links := []Link{{Bandwidth: megabyte}, {Bandwidth: megabyte}}
	r := newRigOn(links, streaming(Hop{Link: 0}, Hop{Link: 1}), streaming(Hop{Link: 1}, Hop{Link: 0}))
	r.at(0, func() { r.Surge(0, 2e6, 0); r.Surge(1, 2e6, 0) })
	r.run(t, vtime.Second)
	for _, c := range r.LinkCounts() {
		require.Greater(t, c.Spilled, 1e6)
		require.LessOrEqual(t, c.Poured-c.Spilled, 1e6+65536+1)
	}
}

// Where nothing can pass there is no load, and the watcher hears why.
func TestStreamIsStopped(t *testing.T) {
	f := streaming(Hop{})
	f.Path.Blocked = "firewall"
	r := newRigOn([]Link{{Bandwidth: megabyte}}, f)
	var fates []Fate
	r.Watcher = watch(func(_ int32, _ uint64, fate Fate) { fates = append(fates, fate) })
	r.at(0, func() { r.Surge(0, 1e6, 4); r.Swell(0, 2e6, 4) })
	r.run(t, vtime.Second)
	require.Equal(t, []Fate{Blocked}, fates)
	require.Zero(t, r.LinkCounts()[0].Poured)
	require.Zero(t, r.queues[0].influence)
}

// Who is on a link with a stream is under its influence, for good.
func TestStreamSways(t *testing.T) {
	victim := oneFlow()
	victim.Path, victim.Bytes = &Path{Hops: []Hop{{}}}, 100
	r := newRigOn([]Link{{Bandwidth: megabyte}}, victim, streaming(Hop{}))
	r.at(ms, func() { r.Send(0, 0) })
	r.at(10*ms, func() { require.Zero(t, r.s.Stamp(101).Influence); r.Surge(1, 1, 4) })
	r.at(20*ms, func() { r.Swell(1, 0, 0) })
	r.at(30*ms, func() { r.s.Put(1, 1, 0, 0, r.k.Now()); r.Send(0, 0) })
	r.run(t, vtime.Second)
	require.Equal(t, signal.Mask(4), r.s.Stamp(r.pairs[0].To.Slot).Influence)
}

// However streams swell: what came was lost, carried, or is waiting; what was carried is no
// more than the link can; and what is kept and taken up goes on alike.
func TestStreamsBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := newQueue(&Link{Bandwidth: megabyte, Queue: rapid.IntRange(100, 100_000).Draw(t, "room")}, 0, false)
		now, came := vtime.Time(0), 0.0
		messages := uint64(0)
		for range rapid.IntRange(1, 30).Draw(t, "events") {
			d := vtime.Duration(rapid.Int64Range(0, int64(200*ms)).Draw(t, "time"))
			came += q.current.rate * float64(d)
			now = now.Add(d)
			if rapid.Bool().Draw(t, "message") && q.current.rate > 0 {
				bytes := int32(rapid.IntRange(1, 2000).Draw(t, "bytes"))
				if _, ok := q.offerInto(now, bytes, q.takes(bytes), rapid.Float64Range(0, 1).Draw(t, "luck")); ok {
					messages += uint64(bytes)
				}
			} else {
				q.become(now, rapid.Float64Range(0, 4e-3).Draw(t, "rate"))
			}
			if rapid.Bool().Draw(t, "kept") {
				again := newQueue(&Link{Bandwidth: megabyte, Queue: int(q.room)}, 0, false)
				kept := snapshot.New(100)
				q.archive(kept)
				again.archive(snapshot.Of(kept.Bytes()))
				require.Equal(t, q, again)
			}
		}
		c := q.counted(now)
		waits := q.current.work
		if q.current.rate == 0 {
			waits = float64(max(0, q.busy.Sub(now)))
		}
		require.InDelta(t, came, c.Poured, 1e-3)
		carried := c.Poured - c.Spilled + float64(messages) - waits*q.rate
		require.LessOrEqual(t, carried, float64(now)*q.rate+1)
		require.GreaterOrEqual(t, carried, -1.0)
		require.LessOrEqual(t, waits*q.rate, q.room+2001)
	})
}
