package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/scenarios/source"
)

// BenchmarkParse reads a file of 1 000 devices with their zones.
func BenchmarkParse(b *testing.B) {
	var s strings.Builder
	s.WriteString("scenario: big\nrun: 1h\nsystem:\n  devices:\n")
	for i := range 250 {
		fmt.Fprintf(&s, "    tank%d:\n      is: tank\n      area: 3 m2\n      height: 4 m\n      level: 2 m\n      inflow: pump%d.flow\n", i, i)
		fmt.Fprintf(&s, "    pump%d:\n      is: pump\n      rate: 50 L/s\n      run: plc%d.command\n      inhibit: {wired: tank%d.full}\n", i, i, i)
		fmt.Fprintf(&s, "    gauge%d: {is: level-gauge, of: tank%d.level, every: 200ms, tag: LIT-%d, owner: instrumentation}\n", i, i, i)
		fmt.Fprintf(&s, "    plc%d: {is: hysteresis, reads: gauge%d.level, low: 1.5 m, high: 3.5 m}\n", i, i)
	}
	s.WriteString("invariants:\n")
	for i := range 250 {
		fmt.Fprintf(&s, "  no-overflow-%d: {always: tank%d.level < tank%d.height}\n", i, i, i)
	}
	text := []byte(s.String())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse(source.New("big.yaml", text)); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
