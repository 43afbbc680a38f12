package scenarios

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/monitor"
)

// A rate that jumps by the clock is integrated as exactly as any other, however
// short and rare its pulses are.
func TestRatesThatSwitchByTheClock(t *testing.T) {
	for rate, want := range map[string]func(t float64) float64{
		"time % 1 < 0.1 ? 1 : 0":                        func(float64) float64 { return 1 },
		"if(time % 5 < 0.000001, 1000000, 0)":           func(float64) float64 { return 2 },
		"time % 1":                                      func(float64) float64 { return 5 },
		"floor(time)":                                   func(float64) float64 { return 45 },
		"sign(sin(3.141592653589793 * time)) + x * 0":   func(float64) float64 { return 0 },
		"not (time > 2 and time < 2.25) ? 0 : 8":        func(float64) float64 { return 2 },
		"count > 0 ? (time % 1 < 0.1 ? 1 : 0) : 0":      func(float64) float64 { return 1 },
		"pulse * 2":                                     func(float64) float64 { return 1 },
		"(time % 2 < 1 ? 1 : -1) - x":                   relaxed,
		"clamp(time % 1 < 0.1 ? 1 : 0, 0, 0.5) + 0 * x": func(float64) float64 { return 0.5 },
	} {
		t.Run(rate, func(t *testing.T) {
			_, h := ran(t, `
scenario: clock
run: 10s
system:
  devices:
    c:
      is: custom
      signals:
        count: {start: 1}
        pulse: {value: "time %% 1 < 0.05 ? 1 : 0"}
        x: {start: 0, rate: %q}
`, rate)
			assert.InDelta(t, want(10), at(t, h, "c.x", 10), 1e-8)
		})
	}
}

// So it is by any method, also where the system is stiff: y follows x at once.
func TestStiffRatesThatSwitchByTheClock(t *testing.T) {
	for _, solver := range []string{"automatic", "explicit", "implicit"} {
		r, h := ran(t, `
scenario: clock
run: 10s
system:
  devices:
    c:
      is: custom
      solver: %s
      signals:
        x: {start: 0, rate: "(time %% 2 < 1 ? 1 : -1) - x"}
        y: {start: 0, rate: 100 * (x - y)}
`, solver)
		assert.InDelta(t, relaxed(10), at(t, h, "c.x", 10), 1e-8, solver)
		t.Logf("%s: %d steps", solver, r.Stats.Steps)
		assert.Less(t, r.Stats.Steps, uint64(5000), solver)
	}
}

// relaxed is x' = u - x with u = 1 and -1 in turns of a second, from x = 0.
func relaxed(t float64) float64 {
	x := 0.0
	for k := range int(t) {
		u := 1 - 2*float64(k%2)
		x = u + (x-u)*math.Exp(-1)
	}
	return x
}

// Rules fire at each pulse, and invariants see each.
func TestPulsesAreSeen(t *testing.T) {
	r, h := ran(t, `
scenario: pulses
run: 3s
system:
  devices:
    c:
      is: custom
      signals:
        x: {start: 1, rate: -0.1}
        y: {value: "abs(x - 0.85)"}
        sines: {start: 0}
        folds: {start: 0}
      rules:
        - {when: sin(1000 * time) > 0.99999, set: {sines: sines + 1}}
        - {when: x %% 0.01 < 0.0001, set: {folds: folds + 1}}
invariants:
  short: {never: time %% 10 >= 2.999999 and time %% 10 < 2.9999995}
  touch: {never: c.y < 0.000001}
  close: {always: c.y > -0.5}
`)
	assert.Equal(t, 478.0, at(t, h, "c.sines", 3))
	assert.Equal(t, 30.0, at(t, h, "c.folds", 3))
	assert.Equal(t, monitor.Violated, verdict(t, r, "short").Verdict)
	assert.InDelta(t, 2.999999, verdict(t, r, "short").At.Seconds(), 2e-9)
	assert.Equal(t, monitor.Violated, verdict(t, r, "touch").Verdict)
	assert.InDelta(t, 1.49999, verdict(t, r, "touch").At.Seconds(), 2e-9)
	assert.InDelta(t, 0.5, verdict(t, r, "close").Margin, 1e-9)
}

// The least margin is the least of all, not that of the samples: of a sum of sines
// that comes near to its bound once in a long time.
func TestLeastMarginIsTheLeastOfAll(t *testing.T) {
	f := func(t float64) float64 { return math.Sin(40*t) + math.Sin(56.6*t) }
	for _, seconds := range []int{1, 10, 60} {
		r, _ := ran(t, `
scenario: sines
run: %ds
system:
  devices:
    c: {is: custom, signals: {x: {start: 0}}}
invariants:
  low: {always: sin(40 * time) + sin(56.6 * time) > -2.5}
`, seconds)
		least := math.Inf(1)
		for i := range seconds * 100000 {
			least = min(least, f(float64(i)*1e-5))
		}
		margin := verdict(t, r, "low").Margin
		require.LessOrEqual(t, margin, least+2.5+4e-9, fmt.Sprint(seconds))
		assert.InDelta(t, least+2.5, margin, 1e-6) // as far as the grid sees
	}
}

// Of remainders those alone are warned about that are looked at by samples.
func TestWarningsOfRemainders(t *testing.T) {
	for text, warned := range map[string]bool{
		`signals: {x: {start: 0, rate: "time % 1"}}`:                                                           false,
		`signals: {x: {start: 0, rate: "1 - x % 0.1"}}`:                                                        true,
		`signals: {x: {start: 0, rate: 1}, y: {value: x % 0.1}}`:                                               false,
		"signals: {x: {start: 0, rate: 1}, n: {start: 0}}\n      rules: [{when: x % 0.1 < 0.01, set: {n: 1}}]": false,
		"signals: {x: {start: 0, rate: 1}}\ninvariants:\n  a: {never: c.x % 0.1 > 0.2}":                        false,
		"signals: {x: {start: 0, rate: 1}}\ninvariants:\n  a: {never: 'delta(c.x, \"3 s\") % 0.1 > 0.2'}":      true,
	} {
		s, err := Parse("test.yaml", []byte("scenario: warned\nrun: 1s\nsystem:\n  devices:\n    c:\n      is: custom\n      "+text+"\n"))
		require.NoError(t, err, text)
		assert.Equal(t, warned, len(s.Warnings) > 0, "%s: %v", text, s.Warnings)
	}
}
