package scenarios

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// guardedThousand is 1 000 devices in 20 zones around a hub. Until 16 s each tells one of
// the zone before, which checks it, what it counts every half second; some of the links
// are slow, all lose one of a hundred. An intruder in the middle guesses a password,
// floods, poses, drops, delays and blocks; nothing is under way when it ends.
func guardedThousand() string {
	const zones, each = 20, 50
	var b strings.Builder
	b.WriteString("scenario: thousand\nrun: 40s\nseed: 5\nsystem:\n  devices:\n    hub: {is: custom, signals: {up: {start: true}}, remote: [easy]}\n    laptop: {is: custom, signals: {}}\n")
	for z := range zones {
		for d := range each {
			fmt.Fprintf(&b, "    d%d_%d:\n      is: custom\n      inputs: {x: d%d_%d.y}\n", z, d, (z+1)%zones, d)
			b.WriteString("      signals: {y: {start: 1}, sum: {start: 0}}\n      rules:\n        - {every: 500ms, if: time < 16, set: {y: (y + 1) % 5, sum: sum + x}}\n")
			fmt.Fprintf(&b, "      checks: [{range: [0, 3], of: x}, {rate-limit: 3, per: 1s}, {fresh: [counter, 2s]}, {authorise: [{who: [d%d_%d, laptop]}]}]\n", (z+1)%zones, d)
			b.WriteString("      safe: {x: 1}\n      log: {keep: 20, chained: true}\n")
		}
	}
	b.WriteString("  credentials: {easy: {kind: password, held_by: [hub], guesses: 20}}\n  attackers: {intruder: {at: laptop, knows: all}}\n  zones:\n    middle: [hub, laptop]\n")
	for z := range zones {
		fmt.Fprintf(&b, "    z%d: [d%d_0", z, z)
		for d := range each - 1 {
			fmt.Fprintf(&b, ", d%d_%d", z, d+1)
		}
		b.WriteString("]\n")
	}
	b.WriteString("  conduits:\n")
	for z := range zones {
		more := []string{"", ", bandwidth: 100 kbit/s, queue: 1 kB", ", rules: [{deny: any, verb: login}, {allow: any}]", ", jitter: 20ms"}[z%4]
		fmt.Fprintf(&b, "    c%d: {joins: [z%d, middle], latency: 3ms, loss: 1%%%s}\n", z, z, more)
	}
	b.WriteString("timeline:\n  - {at: 1s, name: guess, attack: login, from: laptop, to: hub, with: brute-force, every: 50ms}\n  - {after: guess, name: in, attack: pivot, from: laptop, to: hub}\n")
	for z := range zones {
		fmt.Fprintf(&b, "  - {at: %d.%03ds, name: f%d, attack: flood, from: laptop, to: d%d_1, every: 5ms, size: 200 B, for: 3s}\n", 3+z/4, z, z, z)
		fmt.Fprintf(&b, "  - {at: 5.%03ds, name: p%d, attack: command, from: laptop, as: d%d_2, signal: d%d_2.x, value: 2, every: 200ms, for: 4s}\n", z+1, z, (z+1)%zones, z)
		fmt.Fprintf(&b, "  - {at: 6.%03ds, name: q%d, attack: connect, from: laptop, to: d%d_3, verb: login}\n", 1+z, z, z)
	}
	b.WriteString("  - {at: 8s, name: drops, attack: drop, from: hub, conduit: c0, share: 30%, for: 4s}\n  - {at: 8.1s, name: late, attack: delay, by: 3s, conduit: c4, for: 4s}\n  - {at: 8.2s, name: blocks, attack: block, conduit: c8, for: 2s}\n")
	b.WriteString("invariants:\n  bounded: {always: d0_0.sum + d3_1.sum < 1000}\n")
	return b.String()
}

// A tally counts what a tap sees of messages.
type tally struct {
	sent, requests uint64
	gone           map[network.Fate]uint64
}

func (c *tally) Sent(p *network.Packet, _ string) {
	switch {
	case p.Request:
		c.requests++
	case p.Again == 0:
		c.sent++
	}
}

func (c *tally) Gone(_ *network.Packet, e sim.Ending, _ string) { c.gone[e.Fate]++ }

// A thousand devices with checks run to the end under attack, and each message has one
// end: what was sent was delivered, lost, dropped or refused; what was blocked was never sent.
func TestAThousandGuardedDevices(t *testing.T) {
	trials.Long(t)
	s, err := Parse("thousand.yaml", []byte(guardedThousand()))
	require.NoError(t, err)
	c := &tally{gone: map[network.Fate]uint64{}}
	r, err := sim.Run(context.Background(), s.Plan, sim.Capture(c))
	require.NoError(t, err)
	require.Equal(t, s.Plan.Run, r.Ended)

	require.Zero(t, c.requests)
	sent := uint64(0)
	for _, fate := range []network.Fate{network.Arrived, network.Lost, network.Dropped, network.Refused} {
		require.NotZero(t, c.gone[fate], fate)
		sent += c.gone[fate]
	}
	require.Equal(t, c.sent, sent)
	require.NotZero(t, c.gone[network.Blocked])
	require.Equal(t, c.sent, r.Stats.Sent)
	require.Equal(t, c.gone[network.Arrived], r.Stats.Delivered)
	require.Equal(t, c.gone[network.Lost]+c.gone[network.Dropped], r.Stats.Lost)
	stopped := 0
	for i := range r.Injections {
		x := &r.Injections[i]
		require.NotEqual(t, inject.NotTriggered, x.Outcome, x.Step.Name)
		if _, rule, _ := strings.Cut(x.Why, "rule 1: deny any login"); x.StoppedBy != "" && rule != "" {
			stopped++
		}
	}
	require.Equal(t, 5, stopped, "every fourth conduit denies logins")

	again, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Equal(t, again.Digest, r.Digest, "who listens changes nothing")
	t.Logf("%d sent: %d delivered, %d lost, %d dropped, %d refused; %d more were blocked", sent, c.gone[network.Arrived], c.gone[network.Lost], c.gone[network.Dropped], c.gone[network.Refused], c.gone[network.Blocked])
}
