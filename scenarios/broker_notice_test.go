package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// overheard is a broker that somebody listens to, whose owner tells an authority of it.
const overheard = `
scenario: overheard
run: 10d
system:
  purposes: [comfort]
  subjects: {resident: {count: 4}}
  devices:
    motion: {is: telemetry, count: 4, every: 6h}
    app: {is: portal, count: 4}
    laptop: {is: custom, signals: {x: {start: 0}}}
    siem: {is: custom, owner: maker, signals: {alarm: {start: 0}}}
    authority:
      is: custom
      owner: state
      inputs: {letter: bus.breach, many: bus.items, gone: bus.erased}
      signals: {letters: {value: letter}, rows: {value: many}, last: {value: gone}}
    bus:
      is: mqtt-broker
      owner: maker
      keeps: forever
      readers: [anybody]
      erases: app.erasure
      notifies: {on: siem.alarm, after: 1d}
      takes: {presence: {from: motion.reading, purpose: comfort}}
    post: {is: mqtt-broker}
    rooms: {is: store, owner: maker, keeps: forever, takes: {presence: {from: bus.presence, purpose: comfort}}}
  zones: {homes: [motion, app], maker: [bus, post, rooms, siem], street: [laptop], state: [authority]}
  conduits: {line: {joins: [homes, maker]}, internet: {joins: [street, maker]}, mail: {joins: [maker, state]}}
  attackers: {burglar: {at: laptop, knows: all}}
timeline:
  - {at: 2d, act: ask, person: "resident[2]", right: erasure, with: app}
  - {at: 3d, attack: steal, technique: T0811, device: bus, from: laptop}
  - {at: 4d, act: set, signal: siem.alarm, value: 1}
invariants:
  told: {always: 'unnotified("72 h") == 0'}
  letters: {eventually: authority.letters == 1}
  rows: {eventually: authority.rows == 3}
  last: {eventually: authority.last == 3}
`

// What a broker that keeps data about people did, and that something was taken there, others are told of by a wire
// or by way of another broker, as they are of a store.
func TestABrokerTellsOfItself(t *testing.T) {
	const plain = "letter: bus.breach"
	for _, letter := range []string{plain, "letter: {subscribe: bus.breach, via: post}"} {
		r := played(t, edited(t, overheard, plain, letter), 1)
		for _, i := range r.Invariants {
			assert.Equal(t, monitor.Holds, i.Verdict, "%s: %s", letter, i.Name)
		}
		require.Len(t, r.Privacy.Breaches, 1)
		b := r.Privacy.Breaches[0]
		assert.Equal(t, "bus", b.Store)
		assert.GreaterOrEqual(t, b.Told, vtime.Time(5*days), letter)
		assert.Less(t, b.Arrived, vtime.Time(5*days)+vtime.Time(vtime.Second), letter)
	}
}

// Nobody subscribes at a broker to what that tells of itself, nor is wired to what others publish there.
func TestABrokerPublishesNothingOfItself(t *testing.T) {
	for wiring, want := range map[string]string{
		"{subscribe: bus.breach, via: bus}": "bus tells breach itself: it is not published there",
		"bus.presence_in":                   "bus is a broker: one subscribes there to what others publish",
	} {
		_, err := Parse("test.yaml", []byte(edited(t, overheard, "letter: bus.breach", "letter: "+wiring)))
		assert.ErrorContains(t, err, want)
	}
}
