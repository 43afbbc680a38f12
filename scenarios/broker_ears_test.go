package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// listening is a broker to which a burglar subscribes before anything has come there.
const listening = `
scenario: listening
run: 1d
system:
  purposes: [comfort]
  subjects: {resident: {count: 4}}
  devices:
    motion: {is: telemetry, count: 4, every: 6h}
    laptop: {is: custom, count: 2, signals: {x: {start: 0}}}
    tablet: {is: custom, signals: {x: {start: 0}}}
    bus: {is: mqtt-broker, keeps: forever, readers: [anybody], takes: {presence: {from: motion.reading, purpose: comfort}}}
  zones: {homes: [motion], maker: [bus], street: [laptop, tablet]}
  conduits: {line: {joins: [homes, maker]}, internet: {joins: [street, maker]}}
  attackers: {burglar: {at: [laptop, tablet], knows: all}}
timeline:
  - {at: 1s, attack: steal, technique: T0811, device: bus, from: laptop}
invariants:
  n: {always: "stolen(bus) == 0"}
`

// Who listens at a broker hears no more once the device is down from which they subscribed, also when it runs
// again; another device by which they hear as well goes on.
func TestWhoIsDownHearsNothing(t *testing.T) {
	for name, c := range map[string]struct {
		timeline string
		hears    bool
	}{
		"nothing happens": {"", true},
		"down":            {"  - {at: 10s, fault: crash, device: laptop, for: 1m}\n", false},
		"no power":        {"  - {at: 10s, fault: power-loss, device: laptop}\n", false},
		"another is down": {"  - {at: 10s, fault: crash, device: tablet, for: 1m}\n", true},
		"by another":      {"  - {at: 2s, attack: steal, technique: T0811, device: bus, from: tablet}\n  - {at: 10s, fault: crash, device: laptop, for: 1m}\n", true},
		"both":            {"  - {at: 2s, attack: steal, technique: T0811, device: bus, from: tablet}\n  - {at: 10s, fault: crash, device: laptop, for: 1m}\n  - {at: 20s, fault: crash, device: tablet, for: 1m}\n", false},
		"again":           {"  - {at: 10s, fault: crash, device: laptop, for: 1m}\n  - {at: 2m, attack: steal, technique: T0811, device: bus, from: laptop}\n", true},
		"the bus forgets": {"  - {at: 10s, fault: crash, device: bus, for: 1m}\n  - {at: 2m, attack: steal, technique: T0811, device: bus, from: laptop}\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse("test.yaml", []byte(edited(t, listening, "invariants:", c.timeline+"invariants:")))
			require.NoError(t, err)
			whole, err := sim.Run(context.Background(), s.Plan)
			require.NoError(t, err)
			assert.Equal(t, c.hears, whole.Invariants[0].Verdict == monitor.Violated)

			part, err := sim.New(s.Plan)
			require.NoError(t, err)
			require.NoError(t, part.RunTo(context.Background(), vtime.Time(5*vtime.Second)))
			kept, err := part.Snapshot()
			require.NoError(t, err)
			again, err := sim.Resume(s.Plan, kept)
			require.NoError(t, err)
			require.NoError(t, again.RunTo(context.Background(), s.Plan.Run))
			r, err := again.Result()
			require.NoError(t, err)
			assert.Equal(t, whole.Digest, r.Digest)
		})
	}
}
