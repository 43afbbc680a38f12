package expression

import "testing"

// BenchmarkHolds measures guards as scenarios have them, per evaluation.
func BenchmarkHolds(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"guard", "tower.level < 2.8 && pump.on"},
		{"member", "own.speed < 0.8 && pump.on"},
		{"one comparison", "tower.level < tower.height"},
		{"told", `abs(told(gauge.level, plc) - tower.level) < "20 mm"`},
		{"three", "tower.level > 3.8 and not pump.on or valve.state == \"open\""},
	} {
		b.Run(bench.name, func(b *testing.B) {
			w := newWorld()
			c, errs := Condition(bench.text, w)
			if len(errs) > 0 {
				b.Fatal(errs)
			}
			b.ReportAllocs()
			holds := 0
			for b.Loop() {
				if c.Holds(w.column, 0) {
					holds++
				}
			}
		})
	}
}

// BenchmarkEval measures derivatives and rules, per evaluation.
func BenchmarkEval(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"balance", "(pump.flow - pump.flow) / tower.area"},
		{"cooling", `(350 - coolant) / "60 s" + coolant * "0.1 1/s"`},
		{"torricelli", "-0.02 * sqrt(x)"},
		{"oscillator", "5 * (1 - x^2) * y - x"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			w := newWorld()
			e, errs := Number(bench.text, nil, w)
			if len(errs) > 0 {
				b.Fatal(errs)
			}
			b.ReportAllocs()
			sum := 0.0
			for b.Loop() {
				sum += e.Eval(w.column, 0)
			}
		})
	}
}

// BenchmarkCompile measures a whole compilation, which a file of 1 000 devices
// needs some thousand times.
func BenchmarkCompile(b *testing.B) {
	w := newWorld()
	b.ReportAllocs()
	for b.Loop() {
		if _, errs := Condition("tower.level > 3.8 and not pump.on or valve.state == \"open\"", w); len(errs) > 0 {
			b.Fatal(errs)
		}
	}
}
