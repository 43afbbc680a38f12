package scenarios

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim"
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

// vanDerPol is the oscillator with mu 5, of expressions alone, and an invariant
// whose crossings are located.
const vanDerPol = `scenario: van-der-pol
about: Van der Pol's oscillator
run: 2000s
system:
  devices:
    pol:
      is: custom
      signals:
        x: {start: 2, rate: y}
        y: {start: 0, rate: 5 * (1 - x^2) * y - x}
invariants:
  positive: {always: pol.x > 0}
expect: {violated: {positive: {because: it swings}}}
`

// tenTanks drain by Torricelli's law, each into the next; each has a pump that a
// rule switches on at a low level and off at a high one.
func tenTanks() []byte {
	var b strings.Builder
	b.WriteString("scenario: ten-tanks\nabout: Ten tanks in a row\nrun: 2000s\nsystem:\n  devices:\n")
	for i := range 10 {
		above := "0"
		if i > 0 {
			above = "0.01 * sqrt(above)"
		}
		fmt.Fprintf(&b, "    tank%d:\n      is: custom\n", i)
		if i > 0 {
			fmt.Fprintf(&b, "      inputs: {above: tank%d.level}\n", i-1)
		}
		fmt.Fprintf(&b, `      signals:
        level: {start: %g, rate: 'pump - 0.02 * sqrt(max(level, 0)) + %s'}
        pump: {start: 0}
      rules:
        - {when: level < 0.5, set: {pump: 0.05}}
        - {when: level > 1.5, set: {pump: 0}}
`, 1+0.1*float64(i), above)
	}
	return []byte(b.String())
}

// BenchmarkCustom integrates systems of compiled expressions, with everything on
// them that a run has, at the tolerance of a run.
func BenchmarkCustom(b *testing.B) {
	for name, text := range map[string][]byte{"van-der-pol": []byte(vanDerPol), "ten-tanks": tenTanks()} {
		b.Run(name, func(b *testing.B) {
			s, err := Parse(name+".yaml", text)
			if err != nil {
				b.Fatal(err)
			}
			steps := uint64(0)
			for b.Loop() {
				r, err := sim.Run(context.Background(), s.Plan)
				if err != nil {
					b.Fatal(err)
				}
				steps += r.Stats.Steps
			}
			b.ReportMetric(float64(steps)/b.Elapsed().Seconds(), "steps/s")
		})
	}
}
