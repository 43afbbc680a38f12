package network

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// twenty is 20 zones around a backbone, 50 devices in each, and 50 rules on every
// conduit, of which the last one lets them pass.
func twenty(bandwidth float64) Topology {
	t := Topology{Zones: []Zone{{Link: Link{Name: "backbone"}, Devices: []string{"router"}}}}
	for z := range 20 {
		zone := Zone{Link: Link{Name: fmt.Sprint("zone", z)}}
		for d := range 50 {
			zone.Devices = append(zone.Devices, fmt.Sprintf("d%d", 50*z+d))
		}
		t.Zones = append(t.Zones, zone)
		c := Conduit{Link: Link{Name: fmt.Sprintf("c%02d", z), Latency: ms, Bandwidth: bandwidth}, Joins: []string{"backbone", zone.Name}}
		for i := range 49 {
			c.Rules = append(c.Rules, Rule{Deny: i%2 == 0, From: []string{fmt.Sprint("zone", i%20)}, Verbs: Verbs(0).With(Wipe)})
		}
		c.Rules = append(c.Rules, Rule{Verbs: Verbs(0).With(Read)})
		t.Conduits = append(t.Conduits, c)
	}
	return t
}

// A crowd is 1 000 devices, each of which asks one of the next zone every 10 ms.
type crowd struct {
	*Network
	k *des.Kernel
	s *signal.Store
}

func newCrowd(t require.TestingT, top Topology, adjust func(f *Flow)) *crowd {
	w := &crowd{s: signal.NewStore(2001, nil)}
	w.k, _ = des.New(w, 1001)
	b := &Book{Links: top.Links(), Name: func(device int32) string { return fmt.Sprint("d", device) }}
	router := top.Router()
	for d := range 1000 {
		of := (d + 50) % 1000
		path, err := router.Route(Request{From: fmt.Sprint("d", d), To: fmt.Sprint("d", of), Verb: Read, Objects: []string{fmt.Sprintf("d%d.x", of)}, Reply: true})
		require.NoError(t, err)
		require.Empty(t, path.Blocked)
		f := Flow{
			Sender: int32(of), Receiver: int32(d), SenderAt: int32(of), ReceiverAt: int32(d), SendAs: des.Source(of), AskAs: des.Source(d),
			Count: 1, Member: -1, Broadcast: true, Period: 10 * ms, Path: &path, Verb: Read, Claims: -1, Guard: -1,
		}
		if adjust != nil {
			adjust(&f)
		}
		b.Add(f)
		b.Carry(Pair{From: Cell{Slot: signal.Slot(1 + of)}, To: Cell{Slot: signal.Slot(1001 + d)}, Point: -1, Object: 1})
	}
	w.Network = New(b, w.k, w.s, w, make([]uint16, 1000), 1)
	w.Gate = w
	w.Start()
	return w
}

func (w *crowd) Commit(des.Phase)                                   { w.s.Commit(w.k.Now()) }
func (w *crowd) Settle() error                                      { return nil }
func (w *crowd) Delivered(int32, int, signal.Mask)                  {}
func (*crowd) Carried(int32, int, float64, vtime.Time, signal.Mask) {}
func (*crowd) Strayed(int32, vtime.Time)                            {}

func (w *crowd) Missed(int32, int, signal.Mask)                     {}
func (w *crowd) Span(_ int32, d vtime.Duration) vtime.Duration      { return d }
func (w *crowd) Admit(_ int32, _ int, o *check.Offer) (accept bool) { return o.Values[0] == 0 }

// 1 000 devices polling over 20 zones, two conduits and 50 rules: delivered messages
// per second, each with its request. With bandwidth every hop has a queue; guarded,
// each message is shown to a gate.
func BenchmarkTwentyZones(b *testing.B) {
	for _, test := range []struct {
		name      string
		bandwidth float64
		adjust    func(f *Flow)
	}{
		{"plain", 0, nil},
		{"guarded", 0, func(f *Flow) { f.Guard = 0 }},
		{"bandwidth", 1e9, nil},
	} {
		b.Run(test.name, func(b *testing.B) {
			w := newCrowd(b, twenty(test.bandwidth), test.adjust)
			_ = w.k.Run(vtime.Time(vtime.Second), nil)
			before := w.Network.Delivered
			b.ReportAllocs()
			b.ResetTimer()
			_ = w.k.Run(w.k.Now()+vtime.Time(b.N)*vtime.Time(10*ms)/1000, nil)
			b.ReportMetric(float64(w.Network.Delivered-before)/b.Elapsed().Seconds(), "delivered/s")
		})
	}
}

func BenchmarkFlood(b *testing.B) {
	r := newRigOn([]Link{{Latency: ms, Bandwidth: 1e6, Queue: 10_000}}, silent(100, Hop{}))
	r.quiet = true
	r.at(0, func() { r.Flood(0, vtime.Microsecond, 4) })
	b.ReportAllocs()
	_ = r.k.Run(vtime.Time(b.N)*1000, nil)
}

// All of the crowd is answered, and a conduit takes as much as all rules let pass.
func TestCrowd(t *testing.T) {
	for _, bandwidth := range []float64{0, 1e9} {
		w := newCrowd(t, twenty(bandwidth), nil)
		require.NoError(t, w.k.Run(vtime.Time(95*ms), nil))
		require.Equal(t, Counts{Sent: 10_000, Requests: 10_000, Delivered: 10_000}, w.Counts)
		require.Len(t, w.LinkCounts(), map[float64]int{0: 0, 1e9: 40}[bandwidth])
		for _, c := range w.LinkCounts() {
			// Of 50 devices who ask and 50 who answer, ten times.
			require.Equal(t, uint64(1000), c.Offered)
		}
	}
}
