package scenarios

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/monitor"
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

// What is lost on the way from a broker is lost, also where others tell meanwhile: the next message brings the
// next item. With qos 1 it comes late.
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

// A message carries what it was sent with: it is lost with it as often as messages are, and what somebody had
// erased at the broker meanwhile comes to others all the same.
func TestMessagesOfABrokerCarryTheirItems(t *testing.T) {
	text := strings.NewReplacer("BROKER", "", "QOS", "0", "TIMELINE", `  - {at: 1m, act: ask, person: "resident[0]", right: access, with: app}`, "count: 3", "count: 50",
		"maker: [bus, rooms]}\n  conduits: {", "hub: [bus], maker: [rooms]}\n  conduits: {far: {joins: [hub, maker], loss: 50%}, ", "[homes, maker]", "[homes, hub]").Replace(houses)
	r := played(t, text, 1)
	sent, came := float64(stored(t, r, "bus").Came), float64(stored(t, r, "rooms").Came)
	require.InDelta(t, 50*72, sent, 50)
	assert.InDelta(t, sent/2, came, 4*math.Sqrt(sent/4), "a binomial of one half")

	const late = `  - {at: 1d, for: 12h, attack: delay, by: 1d, receiver: rooms}
  - {at: 1d6h, act: ask, person: "resident[0]", right: erasure, with: app}`
	items, got := runHouses(t, "erases: {on: app.erasure, after: 1m}", "0", late)
	assert.Equal(t, 2, items[0], "it takes no more about the one")
	assert.Equal(t, got[0], got[1], "all that was sent came, though late")
}

// A broker that crashes forgets at once, and with that what it was asked for.
func TestBrokerForgetsWhatItWasAsked(t *testing.T) {
	const asked = `  - {at: 36h, act: ask, person: "resident[0]", right: erasure, with: app}
  - {at: 36h30m, fault: crash, device: bus, for: 1m}
invariants:
  erased: {always: 'kept_after_erasure("10 h") == 0'}`
	const erases = "erases: {on: app.erasure, after: 1h}\n      "
	for disk, want := range map[string]monitor.Verdict{"": monitor.Violated, "persistent: true\n      ": monitor.Holds} {
		text := strings.NewReplacer("BROKER", erases+disk, "QOS", "0", "TIMELINE", asked, "keeps: forever\n      takes: {presence: {from: bus", "keeps: forever\n      "+erases+"takes: {presence: {from: bus").Replace(houses)
		r := played(t, text, 1)
		assert.Equal(t, want, r.Invariants[0].Verdict, disk)
	}
}

// Who subscribes to all that a broker tells has what is retained, and from then on all that comes: whom it did not
// know of yet, and a series of which the broker keeps the last alone. With a crash that ends.
func TestWhoSubscribesToAllGoesOn(t *testing.T) {
	const text = `scenario: listened-to
run: 30d
system:
  purposes: [billing]
  subjects: {resident: {count: 20, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, count: 20, every: 15m, owner: residents}
    laptop: {is: custom, signals: {screen: {start: 0}}}
    bus:
      is: mqtt-broker
      keeps: forever
      key: meter_no
      readers: [anybody]
      takes: {load: {from: meter.reading, purpose: billing}}
    leak: {is: store, key: meter_no, readers: [burglar], holds: {name: {purpose: billing, basis: legitimate-interest}}}
  zones: {homes: [meter], maker: [bus], street: [laptop]}
  conduits:
    line: {joins: [homes, maker], latency: 20ms}
    internet: {joins: [street, maker], latency: 20ms}
  attackers: {burglar: {at: laptop, knows: [bus]}}
timeline:
  - {at: AT, attack: steal, device: bus, from: laptop}
  - {at: CRASH, fault: crash, device: bus, for: 1m}
invariants:
  learnt: {never: 'can_learn(burglar, resident[3], occupancy)'}
`
	for _, c := range []struct {
		at, crash string
		people    int
		learnt    monitor.Verdict
	}{
		{"0s", "28d", 20, monitor.Violated}, // before anything came
		{"2d", "28d", 20, monitor.Violated},
		{"2d", "2d1s", 20, monitor.Holds}, // what was retained says nothing of habits
		{"1s", "2s", 0, monitor.Holds},
	} {
		r := played(t, strings.NewReplacer("AT", c.at, "CRASH", c.crash).Replace(text), 1)
		people := 0
		for _, theft := range r.Privacy.Thefts {
			people += theft.People
		}
		assert.Equal(t, c.people, people, "%+v", c)
		assert.Equal(t, c.learnt, r.Invariants[0].Verdict, "%+v", c)
	}
}
