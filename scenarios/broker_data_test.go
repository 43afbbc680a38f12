package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// houses is a system whose homes tell a broker, of which a database is told.
const houses = `scenario: houses
run: 3d
system:
  purposes: [comfort]
  subjects: {resident: {count: 3}}
  devices:
    motion: {is: telemetry, count: 3, every: 1h}
    app: {is: portal, count: 3}
    bus:
      is: mqtt-broker
      keeps: forever
      BROKER
      takes: {presence: {from: motion.reading, purpose: comfort}}
      checks: [{authorise: [{who: [motion, app], verb: [publish, write]}, {who: rooms, verb: subscribe}]}]
    rooms:
      is: store
      keeps: forever
      takes: {presence: {from: bus.presence, purpose: comfort, qos: QOS}}
  zones: {homes: [motion, app], maker: [bus, rooms]}
  conduits: {line: {joins: [homes, maker], latency: 20ms}}
timeline:
TIMELINE
`

// runHouses runs it, and returns how many items the broker and the database have, and how many came to each.
func runHouses(t *testing.T, broker, qos, timeline string) (items, came [2]int) {
	t.Helper()
	text := strings.NewReplacer("BROKER", broker, "QOS", qos, "TIMELINE", timeline).Replace(houses)
	r := played(t, text, 1)
	for i, name := range []string{"bus", "rooms"} {
		s := stored(t, r, name)
		items[i], came[i] = int(s.Items), int(s.Came)
	}
	return items, came
}

const nothingMuch = `  - {at: 1m, act: ask, person: "resident[0]", right: access, with: app}`

// A broker retains the last of each, and hands on all: a database has as much as if there were none between.
func TestBrokerRetainsTheLast(t *testing.T) {
	items, came := runHouses(t, "", "0", nothingMuch)
	require.Positive(t, came[0])
	assert.Equal(t, [2]int{3, came[0]}, items)
	assert.Equal(t, came[0], came[1])
	assert.InDelta(t, 3*72, came[0], 3, "an item an hour")
}

// What is lost on the way from a broker is lost: the next message brings the next item. With qos 1 it comes late.
func TestBrokerLosesWhatItHandsOn(t *testing.T) {
	const lost = `  - {at: 1d, fault: link-loss, sender: bus, receiver: rooms, for: DURATION}`
	_, came := runHouses(t, "", "0", strings.Replace(lost, "DURATION", "10h30m", 1))
	assert.InDelta(t, 3*10.5, came[0]-came[1], 3)
	_, came = runHouses(t, "retry: 1m", "1", strings.Replace(lost, "DURATION", "4m", 1))
	assert.Equal(t, came[0], came[1], "five times at most a message is sent again")
}

// A broker that crashes forgets what it retained, unless it keeps that on a disk; nobody else does.
func TestBrokerForgetsWithACrash(t *testing.T) {
	const crash = `  - {at: 71h1m, fault: crash, device: bus, for: 58m59s}`
	items, _ := runHouses(t, "", "0", crash)
	assert.Less(t, items[0], 3)
	assert.Greater(t, items[1], 3*70)
	items, _ = runHouses(t, "persistent: true", "0", crash)
	assert.Equal(t, 3, items[0])
}
