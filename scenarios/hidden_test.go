package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOneMistakeHidesNoOther: all values that are wrong are told at once, and what is wired to a device that has mistakes
// is looked at; what may be a mistake only beside a default that nobody wrote is not told.
func TestOneMistakeHidesNoOther(t *testing.T) {
	for name, c := range map[string]struct {
		devices string
		says    []string
	}{
		"no choice and too fast":       {"anna: {is: person, role: cat, speed: 300 m/s}", []string{`no choice "cat"`, "speed must be at most 12.5 m/s"}},
		"no duration and too fast":     {"anna: {is: person, reaction: -1s, speed: 300 m/s}", []string{"reaction cannot be negative", "speed must be at most 12.5 m/s"}},
		"three that its twin refuses":  {"anna: {is: person, speed: 300 m/s, bears: 2 kN, starts_x: 900 km}", []string{"speed must be", "bears must be", "starts_x must be"}},
		"a guard":                      {"g: {is: guard, coding: extreme, sees: 30s}", []string{`no choice "extreme"`, "sees must be at most 10s", "needs open_by"}},
		"what it is wired to":          {"anna: {is: person, role: cat, gas: '\"1 ppm\"'}", []string{`no choice "cat"`, "gas_is must name the gas"}},
		"which gas nobody can read":    {"anna: {is: person, gas_is: cat, gas: '\"1 ppm\"'}", []string{`no choice "cat"`}},
		"by a default that is another": {"arm: {is: robot-arm, lifts: cat, payload: 50 kg, mass: 900 kg, speed: 90 m/s}", []string{`"cat" does not begin with a number`, "mass must be", "speed must be"}},
		"speed of turns unknown":       {"arm: {is: robot-arm, turns: cat, speed: 4 m/s}", []string{`"cat" does not begin with a number`}},
		"speed whatever it turns":      {"arm: {is: robot-arm, turns: cat, speed: 400 m/s}", []string{`"cat" does not begin with a number`, "speed must be"}},
		"a wire to it":                 {"anna: {is: person, role: cat}\n    arm: {is: robot-arm, body: anna.xx}", []string{`no choice "cat"`, `anna (person) has no signal "xx"`}},
		"an expression of it":          {"anna: {is: person, role: cat}\n    arm: {is: robot-arm, body: 'anna.xx - \"1 m\"'}", []string{`no choice "cat"`, `anna (person) has no "xx"`}},
		"a wire to what it has":        {"anna: {is: person, role: cat, path: {a: {at: 1s}}}\n    arm: {is: robot-arm, body: 'anna.x - anna.starts_x', stop: {wired: anna.pressed}}", []string{`no choice "cat"`}},
		"a wire to what it may have":   {"anna: {is: person, opens_guards: cat}\n    g: {is: guard, open_by: anna.opened}", []string{`"cat" is neither true nor false`}},
		"a wire to what it has not":    {"anna: {is: person, role: cat}\n    g: {is: guard, open_by: anna.opened}", []string{`no choice "cat"`, `anna (person) has no signal "opened"`}},
		"a wire of another dimension":  {"anna: {is: person, role: cat, contact: bert.x}\n    bert: {is: person, role: dog, separation: anna.x, collision: anna.x}", []string{`no choice "cat"`, "bert.x is a length, but contact wants a force", `no choice "dog"`, "anna.x is a length, but collision wants a speed"}},
		"an expression of another":     {"anna: {is: person, role: cat}\n    bert: {is: person, contact: 'anna.x - bert.x', separation: 'anna.x - bert.x'}", []string{`no choice "cat"`, "a force is wanted here, not a length"}},
		"a wire to a whole one":        {"anna: {is: person, contact: t.level}\n    t: {is: level-gauge, every: cat, of: anna.x}", []string{"t.level is a length, but contact wants a force", `"cat" is not a duration`}},
		"no unit, so no follow-on":     {"c: {is: custom, signals: {a: {start: 1 m, unit: mmmm}, b: {value: 'a + \"1 m\"'}}}\n    d: {is: custom, inputs: {b: c.b}, signals: {on: {start: false}}, rules: [{when: 'b > \"2 m\"', set: {on: flase}}]}\n    anna: {is: person, separation: c.b}", []string{`unknown unit "mmmm"`, `no signal or input "flase"; did you mean "false"`}},
		"a signal misspelt":            {"c: {is: custom, signals: {a: {start: 1 m}}}\n    d: {is: custom, inputs: {a: c.b, x: e.a}, signals: {on: {start: false}, twice: {value: 2 * a}}, rules: [{when: 'a > \"2 m\" and x > \"2 s\"', set: {on: true}}]}\n    anna: {is: person, separation: d.twice}", []string{`c (custom) has no signal "b"`, `there is no device "e"`}},
		"a path that cannot be read":   {"anna: {is: person, path: {a: {at: soon, opens: true}}}\n    g: {is: guard, open_by: anna.opened}", []string{`"soon" is not a duration`}},
	} {
		_, err := Parse("x.yaml", []byte("scenario: x\nrun: 1s\nsystem:\n  devices:\n    "+c.devices+"\n"))
		require.Error(t, err, name)
		said := strings.Join(strings.Fields(err.Error()), " ")
		for _, s := range c.says {
			assert.Contains(t, said, s, name)
		}
		mistakes := "has 1 mistake"
		if n := len(c.says); n > 1 {
			mistakes = "has " + string(rune('0'+n)) + " mistakes"
		}
		assert.Contains(t, said, mistakes, name+": "+said)
	}
}
