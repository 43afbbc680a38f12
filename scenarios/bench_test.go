package scenarios

import (
	"fmt"
	"strings"
	"testing"
)

// thousand is a scenario of 1 000 devices: 200 towers with a pump, a gauge, a
// float switch and a controller each.
func thousand() []byte {
	var b strings.Builder
	b.WriteString("scenario: thousand\nabout: A thousand devices\nrun: 1m\nsystem:\n  devices:\n")
	for i := range 200 {
		fmt.Fprintf(&b, `    tower%[1]d: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump%[1]d.flow}
    pump%[1]d: {is: pump, rate: 50 L/s, run: plc%[1]d.command, inhibit: {wired: float%[1]d.tripped}}
    gauge%[1]d: {is: level-gauge, of: tower%[1]d.level, every: 1s}
    float%[1]d: {is: float-switch, of: tower%[1]d.level, trips: 3.8 m}
    plc%[1]d: {is: hysteresis, reads: gauge%[1]d.level, low: 1.5 m, high: 3.5 m}
`, i)
	}
	b.WriteString("invariants:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "  no-overflow-%[1]d: {always: tower%[1]d.level < tower%[1]d.height}\n", i)
	}
	return []byte(b.String())
}

func BenchmarkLoadThousandDevices(b *testing.B) {
	text := thousand()
	for b.Loop() {
		if _, err := Parse("thousand.yaml", text); err != nil {
			b.Fatal(err)
		}
	}
}
