package scenarios

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim"
)

// drawFlooded draws a small system with two botnets and links that they may fill, on which
// devices poll one another.
func drawFlooded(t *rapid.T) string {
	number := func(name string, from, to int) int { return rapid.IntRange(from, to).Draw(t, name) }
	some := func(name, text string) string {
		if rapid.Bool().Draw(t, name) {
			return text
		}
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `scenario: drawn
run: 2m
seed: %d
system:
  devices:
    north: {is: population, count: %d, weaknesses: {telnet: {}}%s}
    south: {is: population, count: %d, weaknesses: {telnet: {share: 80%%}}}
`, number("seed", 1, 1000), number("north", 2, 60), some("reboots", ", hardening: {reboots: 40s}"), number("south", 2, 60))
	for i := range 3 {
		port := ""
		if rapid.Bool().Draw(t, "port") {
			port = fmt.Sprintf(", port: {bandwidth: %d kbit/s, queue: %d B}", number("rate", 1, 20), number("room", 100, 4000))
		}
		fmt.Fprintf(&b, "    d%d: {is: custom, inputs: {y: {poll: d%d.x, every: %dms}}, signals: {x: {start: 0}, z: {value: y}}, rules: [{every: 700ms, set: {x: x + 1}}]%s}\n",
			i, (i+1)%3, number("every", 300, 2000), port)
	}
	fmt.Fprintf(&b, `  malware:
    bot: {spreads: {telnet: {over: network, to: random, rate: 0.2 1/s, addresses: 200}}}
    ant: {spreads: {telnet: {over: network, to: zone, rate: 0.1 1/s}}}
  zones: {a: [north, d0, d1], b: [south, d2]}
  conduits: {ab: {joins: [a, b]%s%s}}
timeline:
  - {at: 1s, name: first, attack: release, malware: bot, on: north}
  - {at: 3s, name: second, attack: release, malware: ant, on: south}
`, some("narrow", ", bandwidth: 20 kbit/s, queue: 2 kB"), some("rules", ", rules: [{deny: any, verb: write, to: d0}, {allow: any}]"))
	for i := range number("floods", 1, 3) {
		malware, from := "bot", "north"
		if rapid.Bool().Draw(t, "ant") {
			malware, from = "ant", "south"
		}
		fmt.Fprintf(&b, "  - {at: %ds, name: flood%d, attack: flood, malware: %s, from: %s, to: d%d, each: %d bit/s, for: %ds}\n",
			number("at", 5, 60), i, malware, from, number("to", 0, 2), number("each", 10, 4000), number("for", 1, 60))
	}
	b.WriteString("invariants:\n")
	for i := range 3 {
		fmt.Fprintf(&b, "  i%d: {always: d%d.x - d%d.z < %d.5}\n", i, (i+1)%3, i, number("limit", 1, 4))
	}
	return b.String()
}

// TestFloodWhyIsComplete: whatever a run without a step does otherwise to what an invariant
// reads, the step is not said to have changed nothing of it.
func TestFloodWhyIsComplete(t *testing.T) {
	changed := 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawFlooded(t)
		s, err := Parse("drawn.yaml", []byte(text))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		for step := range r.Injections {
			p, err := s.Plan.Without(r.Injections[step].Step.Name)
			require.NoError(t, err)
			without, err := sim.Run(context.Background(), p)
			require.NoError(t, err)
			for i := range r.Invariants {
				was, is := &r.Invariants[i], &without.Invariants[i]
				if was.Verdict != is.Verdict || was.Margin != is.Margin || was.At != is.At {
					changed++
					require.NotContains(t, was.Untouched, step, "%s without %s\n%s", was.Name, r.Injections[step].Step.Name, text)
				}
			}
		}
	})
	t.Logf("%d changed", changed)
}
