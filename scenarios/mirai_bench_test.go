package scenarios

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/trace/record"
)

// twoProviders is a botnet on so many cameras of two providers, which reboot once a week; it
// floods a service while it grows. It doubles in 75 minutes however many there are.
func twoProviders(hosts int) []byte {
	return fmt.Appendf(nil, `scenario: providers
run: 29h
seed: 2
system:
  devices:
    north: {is: population, count: %[1]d, weaknesses: {telnet: {}}, hardening: {reboots: 7d}}
    south: {is: population, count: %[1]d, weaknesses: {telnet: {}}, hardening: {reboots: 7d}}
    names: {is: custom, signals: {x: {start: 0}}, port: {bandwidth: 100 Gbit/s}}
    client: {is: custom, inputs: {x: {poll: names.x, every: 10s}}, signals: {y: {value: x}}}
  malware:
    mirai: {spreads: {telnet: {over: network, to: random, rate: 1.1026 1/s, addresses: %[2]d}}}
  zones: {north: [north, names], south: [south, client]}
  conduits: {peering: {joins: [north, south], latency: 20ms}}
timeline:
  - {at: 0s, name: first-scan, attack: release, malware: mirai, on: north}
  - {at: 20h, name: flood, attack: flood, malware: mirai, from: south, to: names, each: 6.9 Mbit/s, for: 2h}
invariants:
  below-90: {always: mirai.hosts < %[3]d}
`, hosts/2, (1<<32)/(600_000/hosts), hosts/10*9)
}

// BenchmarkMirai grows a botnet from one host to 90 %, in two zones, with reboots, a flood, the
// causes of a violation and a trace. It says what an infection costs, and the memory that the
// process has of its system.
func BenchmarkMirai(b *testing.B) {
	for _, hosts := range []int{6_000, 600_000} {
		b.Run(fmt.Sprintf("hosts=%d", hosts), func(b *testing.B) {
			s, err := Parse("providers.yaml", twoProviders(hosts))
			if err != nil {
				b.Fatal(err)
			}
			ever := uint64(0)
			for b.Loop() {
				trace, err := record.New(io.Discard, s.Plan, record.Options{Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				r, err := sim.Run(context.Background(), s.Plan, sim.Record(trace), sim.Explain())
				if err != nil {
					b.Fatal(err)
				}
				if i, err := r.Invariant("below-90"); err != nil || len(i.Violations) == 0 || i.Tree == nil {
					b.Fatal("it did not come to 90 %: ", err)
				}
				for _, h := range r.Outbreaks[0].Hosts {
					ever += h.Ever
				}
			}
			var use runtime.MemStats
			runtime.ReadMemStats(&use)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(ever), "ns/infection")
			b.ReportMetric(float64(use.Sys)/1e6, "MB")
		})
	}
}
