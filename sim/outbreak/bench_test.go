package outbreak

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
)

// mirai is so many cameras that double their infected in 75 minutes.
func mirai(n int32) *Model { return fast(n, 0.5545/3600) }

// From one infected host to 90 %, scanning at random, at a fixed rate, and with a tenth of the
// infected rebooting each day. A hit is one on a vulnerable address; what is in use in the
// end says what one outbreak keeps.
func BenchmarkGrowth(b *testing.B) {
	for _, kind := range []string{"random", "fixed", "reboots"} {
		for _, n := range []int32{6_000, 60_000, 600_000} {
			b.Run(fmt.Sprintf("%s/hosts=%d", kind, n), func(b *testing.B) {
				m := mirai(n)
				switch kind {
				case "fixed":
					m.Classes[0].Scanners[0].Every = vtime.FromSeconds(1 / m.Classes[0].Scanners[0].Rate)
				case "reboots":
					m.Classes[0].Reboots = 0.1 / 86400
				}
				hits, o := uint64(0), (*Outbreak)(nil)
				b.ReportAllocs()
				for b.Loop() {
					o = begun(m, 1, 1)
					until(o, int(n)/10*9)
					hits += o.Walls()[0].Hits
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(hits), "ns/hit")
				var use runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&use)
				b.ReportMetric(float64(use.HeapAlloc)/(1<<20), "MiB")
				runtime.KeepAlive(o)
			})
		}
	}
}

// A hit once all are infected: what the calendar and chance alone cost, with no allocation.
func BenchmarkHit(b *testing.B) {
	for _, n := range []int32{6_000, 600_000} {
		b.Run(fmt.Sprintf("hosts=%d", n), func(b *testing.B) {
			o := begun(mirai(n), 1, int(n))
			b.ReportAllocs()
			for b.Loop() {
				o.Advance(o.Next())
			}
		})
	}
}
