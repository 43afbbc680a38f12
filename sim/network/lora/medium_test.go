package lora_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A sending is a packet with the time at which it begins, and whether it was received.
type sending struct {
	lora.Packet
	at       vtime.Time
	received bool
}

// send puts all on the air and notes what was received; in between it is kept and taken up again.
func send(t require.TestingT, channels int, capture float64, list []sending, keep int) *lora.Medium {
	m, err := lora.NewMedium(channels, capture)
	require.NoError(t, err)
	end := func(until vtime.Time) {
		for m.Next() <= until && m.OnAir() > 0 {
			p, ok := m.End()
			list[p.ID].received = ok
		}
	}
	for i := range list {
		end(list[i].at)
		require.NoError(t, m.Begin(list[i].at, list[i].Packet))
		if keep > 0 && i%keep == 0 {
			a := snapshot.New(0)
			m.Archive(a)
			m, err = lora.NewMedium(channels, capture)
			require.NoError(t, err)
			r := snapshot.Of(a.Bytes())
			m.Archive(r)
			r.Done()
			require.NoError(t, r.Err())
		}
	}
	end(vtime.Never)
	return m
}

// A packet is received if, and only if, it is so much stronger than each other one that overlaps it.
func TestAgainstPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		capture := rapid.SampledFrom([]float64{0, 1, 6}).Draw(t, "capture")
		var list []sending
		now := vtime.Time(0)
		for i := range rapid.IntRange(0, 60).Draw(t, "packets") {
			now += vtime.Time(rapid.IntRange(0, 20).Draw(t, "gap"))
			list = append(list, sending{at: now, Packet: lora.Packet{
				ID: uint64(i), Channel: int32(rapid.IntRange(0, 1).Draw(t, "channel")), SpreadingFactor: int32(rapid.IntRange(7, 8).Draw(t, "sf")),
				Power: float64(rapid.IntRange(-120, -100).Draw(t, "power")), Airtime: vtime.Duration(rapid.IntRange(1, 40).Draw(t, "airtime")),
			}})
		}
		want := slices.Clone(list)
		lost := uint64(0)
		for i := range want {
			a := &want[i]
			a.received = true
			for k, b := range want {
				overlap := a.at < b.at.Add(b.Airtime) && b.at < a.at.Add(a.Airtime)
				if i != k && overlap && a.Channel == b.Channel && a.SpreadingFactor == b.SpreadingFactor && (capture == 0 || a.Power < b.Power+capture) {
					a.received = false
				}
			}
			if !a.received {
				lost++
			}
		}
		m := send(t, 2, capture, list, rapid.IntRange(0, 10).Draw(t, "keep"))
		require.Equal(t, want, list)
		require.Equal(t, uint64(len(list)), m.Sent)
		require.Equal(t, lost, m.Lost)
	})
}

// airtime is that of all packets of a crowd.
const airtime = 100 * vtime.Millisecond

// A crowd is devices without number that begin to send at random, or with the next slot.
type crowd struct {
	*lora.Medium
	load    float64
	slotted bool
	key     rng.Key
	n       uint64
	at      float64 // in airtimes
}

func newCrowd(t testing.TB, load float64, slotted bool) *crowd {
	m, err := lora.NewMedium(1, 0)
	require.NoError(t, err)
	return &crowd{Medium: m, load: load, slotted: slotted, key: rng.New(4, "medium", "arrivals")}
}

// send begins one more packet, after those are over that end before.
func (c *crowd) send() error {
	c.at += c.key.Exponential(c.n) / c.load
	begins := c.at
	if c.slotted {
		begins = math.Ceil(begins)
	}
	now := vtime.Time(begins * float64(airtime))
	for c.Next() <= now {
		c.End()
	}
	c.n++
	return c.Begin(now, lora.Packet{ID: c.n, SpreadingFactor: 7, Airtime: airtime})
}

// The throughput is that of ALOHA, in the 99 % confidence interval by batch means (99.99 % of a short
// run), which of a long run is less than 1 % wide.
func TestAloha(t *testing.T) {
	const batches = 100
	each, student := 22_000.0, 2.6264 // airtimes, and the quantile of Student's distribution
	if testing.Short() {
		each, student = 1000, 4.055
	}
	for _, load := range []float64{0.25, 0.5, 1} {
		for _, slotted := range []bool{false, true} {
			theory := queueing.Aloha
			if slotted {
				theory = queueing.SlottedAloha
			}
			want, err := theory(load)
			require.NoError(t, err)
			c := newCrowd(t, load, slotted)
			mean, squares, last := 0.0, 0.0, uint64(0)
			for i := range batches {
				for c.at < float64(i+1)*each {
					require.NoError(t, c.send())
				}
				got := float64(c.Sent-c.Lost-last) / each
				last = c.Sent - c.Lost
				mean, squares = mean+got/batches, squares+(got-want)*(got-want)
			}
			half := student * math.Sqrt((squares-batches*(mean-want)*(mean-want))/(batches-1)/batches)
			t.Logf("G %v, slotted %v: %.5f, exactly %.5f: interval %.2f %% wide", load, slotted, mean, want, 200*half/mean)
			require.InDelta(t, want, mean, half)
			if !testing.Short() {
				require.Less(t, 2*half, 0.01*mean)
			}
		}
	}
}

// Damage is an error and never a panic.
func TestDamaged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, err := lora.NewMedium(2, rapid.SampledFrom([]float64{0, 6}).Draw(t, "capture"))
		require.NoError(t, err)
		for i := range 9 {
			require.NoError(t, m.Begin(vtime.Time(i), lora.Packet{Channel: int32(i % 2), SpreadingFactor: 7, Airtime: airtime}))
		}
		a := snapshot.New(0)
		m.Archive(a)
		data := a.Bytes()
		data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		m.Archive(snapshot.Of(data[:rapid.IntRange(0, len(data)).Draw(t, "cut")]))
		for m.OnAir() > 0 {
			m.End()
		}
	})
}

func BenchmarkMedium(b *testing.B) {
	c := newCrowd(b, 1, false)
	b.ReportAllocs()
	for b.Loop() {
		if c.send() != nil {
			b.Fatal()
		}
	}
}
