package scenarios

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// burgled is two registers of the same people, and somebody who is in both, and takes what one of
// them has about those.
const burgled = `
scenario: burgled
run: 10d
seed: 1
system:
  purposes: [billing]
  subjects:
    resident: {count: 20, traits: {name: {values: own}, postcode: {kind: quasi, values: 5}}}
  devices:
    meter: {is: telemetry, every: 6h, count: 20}
    crm:
      is: store
      owner: utility
      keeps: 400d
      holds: {name: {purpose: billing, basis: contract}}
      takes: {load: {from: meter.reading, purpose: billing, size: 16 B}}
    web: {is: store, owner: utility, keeps: 400d, holds: {name: {purpose: billing, basis: contract}}}
  attackers: {thief: {at: [crm, web]}}
timeline:
  - {at: 5d, name: take, attack: steal, technique: T0811, from: crm, device: crm}
`

// digested runs a scenario and returns its digest, and the course of all signals.
func digested(t *testing.T, text string, opts ...sim.Option) (string, *sim.History) {
	t.Helper()
	s, err := Parse("burgled.yaml", []byte(text))
	require.NoError(t, err)
	h := &sim.History{}
	r, err := sim.Run(context.Background(), s.Plan, append(opts, sim.Record(h))...)
	require.NoError(t, err)
	return r.Digest, h
}

// What was taken is in the digest, which no signal shows; a run that was kept and taken up again
// has the digest of one that was not, and so has one that somebody looks into more often.
func TestTheDigestSaysWhatWasTaken(t *testing.T) {
	digest, history := digested(t, burgled)
	for _, change := range [][2]string{
		{"from: crm, device: crm", "from: web, device: web"}, // the same people, less about them
		{"at: 5d", "at: 6d"}, // more of their readings
	} {
		other, changed := digested(t, strings.Replace(burgled, change[0], change[1], 1))
		for _, path := range []string{"crm.items", "crm.bytes", "web.items", "web.bytes", "meter[3].reading"} {
			a, err := history.Signal(path)
			require.NoError(t, err)
			b, err := changed.Signal(path)
			require.NoError(t, err)
			require.NotEmpty(t, a.Changes)
			require.Equal(t, a.Changes, b.Changes, path)
		}
		require.NotEqual(t, digest, other, "%s instead of %s", change[1], change[0])
	}

	again, _ := digested(t, burgled)
	require.Equal(t, digest, again)
	var state []byte
	digested(t, burgled, sim.Until(vtime.Time(4*vtime.Day+7)), sim.Keep(func(data []byte) error { state = data; return nil }))
	resumed, _ := digested(t, burgled, sim.From(state))
	require.Equal(t, digest, resumed)
	asked, _ := digested(t, burgled+"invariants:\n  few: {always: 'stolen(web) == 0'}\n  held: {always: 'max(holders(resident)) <= 1'}\n")
	require.Equal(t, digest, asked)
}
