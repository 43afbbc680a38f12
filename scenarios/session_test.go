package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// After a block that outlasts its session a subscriber is told what it missed, three
// round trips late; in a session that goes on it is not.
func TestSessions(t *testing.T) {
	const text = `scenario: session
run: 1m
system:
  devices:
    server: {is: custom, speaks: opcua, signals: {n: {start: 0}}, rules: [{every: 17s, set: {n: n + 1}}], session: 30s}
    client: {is: custom, inputs: {n: {subscribe: server.n, every: 1s}}, signals: {seen: {start: 0}}, rules: [{every: 10ms, set: {seen: n}}]}
  zones: {one: [server], two: [client]}
  conduits: {link: {joins: [one, two], latency: 100ms}}
timeline:
  - {at: 10.5s, attack: block, sender: server, receiver: client, for: 20s}
`
	seen := func(session string, at ...float64) (list []float64) {
		_, h := ranText(t, strings.Replace(text, "session: 30s", session, 1))
		for _, s := range at {
			list = append(list, valueAt(t, h, "client.seen", s))
		}
		return list
	}
	at := []float64{31.65, 31.75, 35.05, 35.15}
	require.Equal(t, []float64{1, 1, 1, 3}, seen("session: 30s", at...), "what changed at 17 s is lost, and told with the next change")
	require.Equal(t, []float64{1, 2, 2, 3}, seen("session: 5s", at...), "opened at 31 s: three round trips of 200 ms and 100 ms")

	s, err := Parse("guarded.yaml", []byte(text))
	require.NoError(t, err)
	f := s.Plan.Traffic().Flows[0]
	require.Equal(t, network.OPCUA, f.Protocol)
	require.Equal(t, vtime.Second, f.Every)
}
