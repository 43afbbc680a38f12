package network

import (
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
)

// One message of four values over one conduit, with luck: sent, delivered.
func BenchmarkMessage(b *testing.B) {
	for name, link := range map[string]Link{
		"plain": {Latency: 1000}, "lucky": {Latency: 1000, Jitter: 1000, Loss: 0.001},
	} {
		b.Run(name, func(b *testing.B) {
			r := newRig(line{Flow{Member: -1, Broadcast: true, Guard: -1}, pairs(4), []Link{link}})
			r.quiet = true
			step := func(n int) {
				for range n {
					r.Send(0, 0)
					_ = r.k.Run(r.k.Now().Add(3*vtime.Microsecond), nil)
				}
			}
			step(100)
			b.ReportAllocs()
			b.ResetTimer()
			step(b.N)
		})
	}
}

// One poll of four values: request and response.
func BenchmarkPoll(b *testing.B) {
	r := newRig(line{Flow{Member: -1, Broadcast: true, Guard: -1, Period: 10_000}, pairs(4), []Link{{Latency: 1000}}})
	r.quiet = true
	r.Start()
	b.ReportAllocs()
	_ = r.k.Run(vtime.Time(b.N)*10_000, nil)
}
