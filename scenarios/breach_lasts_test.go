package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// tapped is a broker that tells a burglar all that comes, of which its owner becomes aware after 90 minutes.
const tapped = `
scenario: tapped
run: 5d
system:
  subjects: {resident: {count: 10, traits: {name: {values: own}}}}
  devices:
    motion: {is: telemetry, count: 10, every: 6h}
    laptop: {is: custom, signals: {x: {start: 0}}}
    siem: {is: custom, owner: maker, signals: {alarm: {start: 0}}}
    authority: {is: custom, owner: state, inputs: {b: rooms.breach}, signals: {n: {value: b}}}
    bus: {is: mqtt-broker, owner: maker, keeps: forever, readers: [anybody], takes: {presence: {from: motion.reading}}}
    rooms: {is: store, owner: maker, keeps: forever, notifies: {on: siem.alarm, after: 10m}, takes: {presence: {from: bus.presence}}}
  zones: {homes: [motion], maker: [bus, rooms, siem], street: [laptop], state: [authority]}
  conduits: {line: {joins: [homes, maker]}, internet: {joins: [street, maker]}, post: {joins: [maker, state]}}
  attackers: {burglar: {at: laptop, knows: all}}
timeline:
  - {at: 0s, name: tap, attack: steal, device: bus, from: laptop}
  - {at: 90m, act: set, signal: siem.alarm, value: 1}
invariants:
  some: {always: "stolen(bus) < 2"}
`

// What a burglar hears on after a notice of that was sent is the same theft, as long as the broker goes on to
// tell them; who subscribes anew after it crashed has begun another one.
func TestATapIsOneBreach(t *testing.T) {
	r := town(t, tapped)
	some, err := r.Invariant("some")
	require.NoError(t, err)
	require.Len(t, r.Privacy.Breaches, 1)
	b := r.Privacy.Breaches[0]
	require.Greater(t, some.At, b.Told, "the notice was sent when it was one person")
	require.NotEqual(t, vtime.Never, b.Arrived)
	assert.Equal(t, 10, b.People)

	again := strings.Replace(tapped, "invariants:", `  - {at: 2d, fault: crash, device: bus, for: 1h}
  - {at: 3d, attack: steal, device: bus, from: laptop}
invariants:`, 1)
	list := town(t, again).Privacy.Breaches
	require.Len(t, list, 2)
	assert.Equal(t, []int{10, 10}, []int{list[0].People, list[1].People})
	assert.GreaterOrEqual(t, list[1].At, vtime.Time(3*vtime.Day))
	assert.Equal(t, vtime.Never, list[1].Told)
}

// Of a theft that is seen because its owner looks into another one already, no store heard an alarm.
func TestWhoLooksIntoAnAlarmHearsNoOther(t *testing.T) {
	lines := map[string]sim.StoreDeed{}
	r := town(t, `
scenario: again
run: 20d
system:
  subjects: {patient: {count: 40, traits: {name: {values: own}}}}
  devices:
    siem: {is: custom, owner: clinic, signals: {alarm: {start: 0}}}
    laptop: {is: custom, owner: thief, signals: {}}
    records: {is: store, owner: clinic, keeps: forever, remote: word, holds: {name: all}, notifies: {on: siem.alarm, after: 20h}}
    bills: {is: store, owner: clinic, keeps: forever, remote: word, holds: {name: all}}
    state: {is: custom, owner: state, inputs: {breach: records.breach}, signals: {knows: {value: breach > 0}}}
  credentials: {word: {held_by: [siem]}}
  attackers: {thief: {at: laptop, knows: all, holds: [word]}}
timeline:
  - {at: 5d, attack: login, technique: T0859, from: laptop, to: bills}
  - {at: 7d, act: set, signal: siem.alarm, value: 1}
  - {at: 7d12h, attack: steal, technique: T0811, from: laptop, device: bills}
`)
	for i := range r.Privacy.Stories {
		lines[r.Privacy.Stories[i].String()] = r.Privacy.Stories[i].Deed
	}
	assert.Equal(t, sim.Realised, lines["clinic is aware of 0 thefts: records heard an alarm"])
	assert.Equal(t, sim.Found, lines["clinic is aware of 1 theft from bills: it looks into an alarm already"])
	for line := range lines {
		assert.NotContains(t, line, "bills heard")
	}
	require.Len(t, r.Privacy.Breaches, 1)
	assert.Equal(t, r.Privacy.Breaches[0].At, r.Privacy.Breaches[0].Aware)
}
