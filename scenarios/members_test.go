package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Two tanks that rise at 5 and 10 mm/s, each with its gauge, and two controllers
// for each of them.
const pairs = `
scenario: twins
run: 30s
system:
  devices:
    tank: {is: tank, count: 2, area: 1 m2, height: 2 m, level: 1 m, inflow: feed.flow}
    feed: {is: demand, count: 2, profile: [[0s, 5 L/s]]}
    gauge: {is: level-gauge, count: 2, of: tank.level, every: 1s}
    one: {is: hysteresis, count: 2, reads: gauge.level, low: 0.5 m, high: 1.9 m}
    two: {is: hysteresis, count: 2, reads: gauge.level, low: 0.5 m, high: 1.9 m}
timeline:
  - {at: 0s, act: set, signal: "feed[1].factor", value: 2}
  - {at: 10500ms, attack: %s, for: 10s}
invariants:
  dry: {always: min(tank.level) > 0}
`

// What acts on a member acts on it alone, and what acts on all acts on each with
// a past of its own.
func TestInjectionsOnMembers(t *testing.T) {
	for _, test := range []struct {
		attack                     string
		one0, one1, two0, two1, at float64
	}{
		{`freeze, signal: gauge.level, receiver: one`, 1.05, 1.1, 1.09, 1.18, 18.5},
		{`freeze, signal: "gauge[1].level", receiver: one`, 1.09, 1.1, 1.09, 1.18, 18.5},
		{`spoof, offset: 1 m, signal: "gauge[1].level", receiver: one`, 1.09, 2.18, 1.09, 1.18, 18.5},
		{`spoof, offset: 1 m, signal: "gauge[0].level"`, 2.09, 1.18, 2.09, 1.18, 18.5},
		{`replay, record: 5s, signal: gauge.level`, 1.04, 1.08, 1.04, 1.08, 18.5},
		{`replay, record: 5s, signal: gauge.level, receiver: one`, 1.04, 1.08, 1.09, 1.18, 18.5},
		{`drop, signal: "gauge[1].level"`, 1.09, 1.1, 1.09, 1.1, 18.5},
		{`drop, signal: "gauge[1].level", receiver: two`, 1.09, 1.18, 1.09, 1.1, 18.5},
		{`delay, by: 3s, signal: "gauge[0].level"`, 1.075, 1.18, 1.075, 1.18, 18.5},
	} {
		_, h := ran(t, pairs, test.attack)
		for path, want := range map[string]float64{
			"one[0].reads": test.one0, "one[1].reads": test.one1, "two[0].reads": test.two0, "two[1].reads": test.two1,
		} {
			assert.InDelta(t, want, at(t, h, path, test.at), 1e-9, "%s: %s", test.attack, path)
		}
	}
}

// A chain of causes stays with the member that was violated.
func TestWhyOfAMember(t *testing.T) {
	r, _ := ran(t, `
scenario: twins
run: 2m
system:
  devices:
    tank: {is: tank, count: 2, area: 1 m2, height: 2 m, level: 1 m, inflow: pump.flow}
    pump: {is: pump, count: 2, rate: 20 L/s, run: plc.command}
    gauge: {is: level-gauge, count: 2, of: tank.level, every: 1s}
    plc: {is: hysteresis, count: 2, reads: gauge.level, low: 0.5 m, high: 1.5 m}
timeline:
  - {at: 5s, attack: spoof, signal: "gauge[1].level", value: 0.4 m}
  - {at: 10s, attack: command, signal: "pump[0].run", value: true, how: force, for: 5s}
invariants:
  brim: {always: max(tank.level) < 2}
`)
	chain := verdict(t, r, "brim").Causes
	for _, c := range chain {
		assert.Equal(t, 1, c.Signal.Member, c.Signal.Path())
	}
	assert.Equal(t, 0, chain[len(chain)-1].Injection)
}
