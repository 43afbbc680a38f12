package scenarios

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network/mqtt"
	"github.com/harmproof/harmproof/sim/vtime"
)

// brokered is a tower whose gauge and controller lie on either side of a broker: 5 ms
// from the one, 7 ms to the other. %s stands for the gauge's period, how the plc is
// wired, what more is said of the broker, the loss of the radio, and for more.
const brokered = `
scenario: brokered
run: %s
seed: 3
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 40 m, level: 2 m, inflow: feed.flow}
    feed: {is: demand, profile: [[0s, 108 m3/h]]}
    pump: {is: pump, rate: 30 L/s, run: plc.command}
    gauge: {is: level-gauge, of: tower.level, every: %s, high: 50 m}
    plc: {is: hysteresis, reads: {%s}, low: 30 m, high: 35 m}
    bus: {is: mqtt-broker%s}
    laptop: {is: custom, signals: {screen: {start: 0}}}
  zones: {field: [tower, feed, pump, gauge], middle: [bus, laptop], control: [plc]}
  conduits:
    radio: {joins: [field, middle], latency: 5ms, loss: %s}
    lan: {joins: [middle, control], latency: 7ms, loss: %s}
    wire: {joins: [field, control], latency: 1ms}
  attackers: {intruder: {at: laptop, knows: [bus]}}
%s`

// A news is when a signal became what.
type news struct {
	at    vtime.Time
	value float64
}

// heard lists what a signal became after the start, so much earlier.
func heard(t *testing.T, h *sim.History, path string, earlier vtime.Duration) (list []news) {
	t.Helper()
	s, err := h.Signal(path)
	require.NoError(t, err)
	for _, c := range s.Changes[1:] {
		list = append(list, news{c.At.Add(-earlier), c.Value})
	}
	return list
}

const ms = vtime.Millisecond

// A message takes the way to the broker and the way from it, and nothing else.
func TestABrokerHandsOnAtOnce(t *testing.T) {
	r, h := ran(t, brokered, "20s", "200ms", "subscribe: gauge.level, via: bus", "", "0%", "0%", "")
	said := heard(t, h, "gauge.level", 0)
	require.Greater(t, len(said), 90)
	for i, n := range said {
		assert.Zero(t, n.at%vtime.Time(200*ms), i)
	}
	said = said[:len(said)-1] // the last one is under way at the end
	assert.Equal(t, said, heard(t, h, "bus.gauge_level", 5*ms))
	assert.Equal(t, said, heard(t, h, "plc.reads", 12*ms))
	assert.Equal(t, 1.0, at(t, h, "bus.gauge_level_kept", 0))
	assert.Empty(t, heard(t, h, "bus.gauge_level_kept", 0))

	again, _ := ran(t, brokered, "20s", "200ms", "subscribe: gauge.level, via: bus", "", "0%", "0%", "")
	assert.Equal(t, r.Digest, again.Digest)
}

// With QoS 2 a message is handed over a round trip later on either way.
func TestQoS2TakesARoundTripMore(t *testing.T) {
	_, h := ran(t, brokered, "20s", "200ms", "subscribe: gauge.level, via: bus, qos: 2", "", "0%", "0%", "")
	said := heard(t, h, "gauge.level", 0)
	said = said[:len(said)-1]
	assert.Equal(t, said, heard(t, h, "bus.gauge_level", 3*5*ms))
	assert.Equal(t, said, heard(t, h, "plc.reads", 3*12*ms))
}

// With QoS 0 what is lost is lost; with QoS 1 and 2 all comes, each once and in order.
func TestQoSUnderLoss(t *testing.T) {
	values := func(list []news) (v []float64) {
		for _, n := range list {
			v = append(v, n.value)
		}
		return v
	}
	for qos := range 3 {
		r, h := ran(t, brokered, "2000s", "10s", fmt.Sprintf("subscribe: gauge.level, via: bus, qos: %d", qos), "", "20%", "20%", "")
		said, told := values(heard(t, h, "gauge.level", 0)), values(heard(t, h, "plc.reads", 0))
		said = said[:len(said)-1]
		if qos > 0 {
			assert.Equal(t, said, told)
			assert.Zero(t, r.Stats.Lost)
			assert.LessOrEqual(t, r.Stats.Sent-r.Stats.Delivered, uint64(2), "those under way; nothing comes twice")
			continue
		}
		// Of n messages 0.64 come over both ways; four standard deviations are allowed.
		n := float64(len(said))
		assert.InDelta(t, 0.64*n, float64(len(told)), 4*math.Sqrt(n*0.64*0.36))
		assert.Positive(t, r.Stats.Lost)
	}
}

// Who restarts is told what the broker retains, a round trip later; not by one that
// crashed meanwhile, unless it is persistent.
func TestTheRetainedValue(t *testing.T) {
	const away = `timeline:
  - {at: 9s, fault: crash, device: plc, for: 2s}
`
	const both = away + `  - {at: 10500ms, fault: crash, device: bus, for: 100ms}
`
	missed := func(broker, timeline string) []news {
		_, h := ran(t, brokered, "15s", "10s", "subscribe: gauge.level, via: bus", broker, "0%", "0%", timeline)
		return heard(t, h, "plc.reads", 0)
	}
	_, h := ran(t, brokered, "15s", "10s", "subscribe: gauge.level, via: bus", "", "0%", "0%", away)
	x := at(t, h, "gauge.level", 10)
	require.Greater(t, x, 2.0)
	assert.Equal(t, []news{{vtime.Time(11*vtime.Second + 14*ms), x}}, missed("", away))
	assert.Empty(t, missed("", both), "it has forgotten")
	assert.Equal(t, []news{{vtime.Time(11*vtime.Second + 14*ms), x}}, missed(", persistent: true", both))

	forgot := strings.Replace(both, "10500ms", "11500ms", 1) // the plc is back and told; the broker is not
	assert.Equal(t, []news{{vtime.Time(11*vtime.Second + 14*ms), x}}, missed("", forgot))
}

// What somebody publishes from a foothold is handed on, and stays.
func TestASpoofStaysAtTheBroker(t *testing.T) {
	const spoof = `timeline:
  - {at: 3s, attack: command, signal: bus.gauge_level, value: 39 m, from: laptop%s}
  - {at: 5s, fault: crash, device: plc, for: 1s}
`
	open := fmt.Sprintf(spoof, "")
	_, h := ran(t, brokered, "15s", "10s", "subscribe: gauge.level, via: bus", "", "0%", "0%", open)
	assert.Equal(t, 39.0, at(t, h, "bus.gauge_level", 3.001), "1 ms within the zone")
	assert.Equal(t, news{vtime.Time(3008 * ms), 39}, heard(t, h, "plc.reads", 0)[0])
	assert.Equal(t, 39.0, at(t, h, "plc.reads", 10), "until the gauge speaks again")
	assert.Less(t, at(t, h, "plc.reads", 10.012), 3.0)

	const list = ", checks: [{authorise: [{who: gauge, verb: publish, object: 'gauge/#'}, {verb: subscribe}]}]"
	r, h := ran(t, brokered, "15s", "10s", "subscribe: gauge.level, via: bus", list, "0%", "0%", open)
	assert.Len(t, heard(t, h, "plc.reads", 0), 1, "the gauge alone")
	assert.Equal(t, "authorise", r.Injections[0].StoppedBy)
}

// A device that the access list does not let subscribe is told nothing, and a warning
// says so before the run.
func TestWhoMayNotSubscribeIsNotTold(t *testing.T) {
	const list = ", checks: [{authorise: [{who: gauge, verb: publish}, {who: pump, verb: subscribe}]}]"
	s, err := Parse("test.yaml", fmt.Appendf(nil, brokered, "15s", "1s", "subscribe: gauge.level, via: bus", list, "0%", "0%", ""))
	require.NoError(t, err)
	require.Len(t, s.Warnings, 1)
	assert.Contains(t, s.Warnings[0].Message, "bus does not let plc subscribe to gauge/level (authorise)")
	h := &sim.History{}
	_, err = sim.Run(context.Background(), s.Plan, sim.Record(h))
	require.NoError(t, err)
	assert.Empty(t, heard(t, h, "plc.reads", 0))
	assert.NotEmpty(t, heard(t, h, "bus.gauge_level", 0))
}

// The filters of an access list take in the topics that package mqtt says.
func TestFiltersOfTheAccessList(t *testing.T) {
	topics := []string{"plant/lit101", "plant/tower/level", "plant", "site/tower/level"}
	const devices = `
scenario: filters
run: 1s
system:
  devices:
%s    bus:
      is: mqtt-broker
      topics: {%s}
      checks: [{authorise: [{verb: publish, object: '%s'}]}]
`
	var senders, listed []string
	for i, topic := range topics {
		senders = append(senders, fmt.Sprintf("    s%d: {is: custom, signals: {x: {start: 0}}, rules: [{every: 100ms, set: {x: x + 1}}]}\n", i))
		listed = append(listed, fmt.Sprintf("%s: s%d.x", topic, i))
	}
	for _, filter := range []string{"#", "plant/#", "plant/+", "+/tower/level", "+/+/level", "plant/+/+", "+/lit101", "site/#", "/#", "+/#", "plant/tower/level"} {
		text := fmt.Sprintf(devices, strings.Join(senders, ""), strings.Join(listed, ", "), filter)
		taken := 0
		for _, topic := range topics {
			if mqtt.Match(filter, topic) {
				taken++
			}
		}
		if taken == 0 {
			_, err := Parse("test.yaml", []byte(text))
			assert.ErrorContains(t, err, "bus has no topic")
			continue
		}
		_, h := ran(t, "%s", text)
		for _, topic := range topics {
			path := "bus." + strings.ReplaceAll(topic, "/", "_")
			assert.Equal(t, mqtt.Match(filter, topic), len(heard(t, h, path, 0)) > 0, "%s of %s", topic, filter)
		}
	}
}

// The chain of causes leads through the broker to who published, not to what else is
// published there.
func TestCausesLeadThroughTheBroker(t *testing.T) {
	text := strings.Replace(brokered, "    laptop:", `    other: {is: level-gauge, of: tower.level, every: 130ms}
    log: {is: custom, inputs: {level: {subscribe: other.level, via: bus}}, signals: {n: {start: 0}}}
    laptop:`, 1)
	text = strings.NewReplacer("pump, gauge]", "pump, gauge, other]", "[bus, laptop]", "[bus, laptop, log]").Replace(text)
	r, _ := ran(t, text, "20s", "200ms", "subscribe: gauge.level, via: bus", "", "0%", "0%", `timeline:
  - {at: 4s, attack: spoof, signal: other.level, value: 9 m, name: elsewhere}
  - {at: 5s, attack: spoof, signal: gauge.level, value: 38 m, name: here}
invariants:
  pump-runs: {whenever: time > 1, then: pump.running}
`)
	why, err := r.Why("pump-runs")
	require.NoError(t, err)
	var chain []string
	for _, c := range why {
		chain = append(chain, c.Signal.Path())
	}
	text = strings.Join(chain, " < ")
	assert.Contains(t, text, "plc.reads < bus.gauge_level")
	last := why[len(why)-1]
	assert.Equal(t, sim.InjectionCause, last.Kind, text)
	assert.Equal(t, "here", r.Injections[last.Injection].Step.Name)
	assert.Equal(t, 5*vtime.Second+13*ms, vtime.Duration(verdict(t, r, "pump-runs").At), "both ways, and one to the pump")
}

// A spoof of what one receiver is told acts on what the broker hands on to it.
func TestASpoofForOneSubscriber(t *testing.T) {
	r, h := ran(t, brokered, "10s", "200ms", "subscribe: gauge.level, via: bus", "", "0%", "0%", `timeline:
  - {at: 5s, attack: spoof, signal: gauge.level, receiver: plc, value: 38 m}
invariants:
  told: {never: 'told(gauge.level, plc) > 30'}
`)
	assert.Less(t, at(t, h, "bus.gauge_level", 9), 3.0)
	assert.Equal(t, 38.0, at(t, h, "plc.reads", 9))
	assert.Equal(t, 5*vtime.Second+12*ms, vtime.Duration(verdict(t, r, "told").At))
}

// A subscription without a broker: the sender tells, by its publishing interval, what
// has changed since.
func TestASubscriptionWithAnInterval(t *testing.T) {
	_, h := ran(t, brokered, "20s", "200ms", "subscribe: gauge.level, every: 500ms", "", "0%", "0%", "")
	told := heard(t, h, "plc.reads", ms)
	require.Greater(t, len(told), 35)
	for _, n := range told {
		require.Zero(t, n.at%vtime.Time(500*ms))
		before := n.at - 1 // a sample of that very instant is told in the next one
		assert.Equal(t, at(t, h, "gauge.level", before.Seconds()), n.value, n.at)
	}
	_, h = ran(t, strings.Replace(brokered, "108 m3/h", "0 m3/h", 1), "20s", "200ms", "subscribe: gauge.level, every: 500ms", "", "0%", "0%", "")
	assert.Empty(t, heard(t, h, "plc.reads", 0), "nothing changes")
}

// What is not published is not handed on either: who keeps it from the broker is to
// blame for what subscribers were not told.
func TestWhoKeepsAMessageFromTheBroker(t *testing.T) {
	for _, step := range []string{"attack: drop, signal: gauge.level", "attack: block, conduit: lan", "fault: crash, device: bus", "fault: crash, device: gauge"} {
		r, _ := ran(t, brokered, "20s", "200ms", "subscribe: gauge.level, via: bus", "", "0%", "0%", `timeline:
  - {at: 1s, attack: spoof, signal: plc.command, value: true, name: elsewhere}
  - {at: 5s, `+step+`, name: here}
invariants:
  true-reading: {always: 'abs(told(gauge.level, plc) - tower.level) < "20 mm"'}
`)
		i := verdict(t, r, "true-reading")
		assert.InDelta(t, 6.8, i.At.Seconds(), 0.21, "20 mm at 10 mm/s after the last reading: %s", step)
		why, err := r.Why("true-reading")
		require.NoError(t, err)
		last := why[len(why)-1]
		if assert.Equal(t, sim.InjectionCause, last.Kind, step) {
			assert.Equal(t, "here", r.Injections[last.Injection].Step.Name)
		}
	}
}

// Who sits on the way from the broker can change what one subscriber is told.
func TestInTheMiddleOfASubscription(t *testing.T) {
	for security, stopped := range map[string]string{"none": "", "sign": "signature"} {
		r, h := ran(t, brokered, "10s", "200ms", "subscribe: gauge.level, via: bus", ", security: "+security, "0%", "0%", `timeline:
  - {at: 5s, attack: spoof, signal: gauge.level, receiver: plc, value: 38 m, from: laptop}
`)
		assert.Equal(t, stopped, r.Injections[0].StoppedBy)
		assert.Equal(t, stopped == "", at(t, h, "plc.reads", 9) == 38, security)
	}
}

// A message that finds the broker down is published again after retry.
func TestABrokerThatWasDown(t *testing.T) {
	for broker, after := range map[string]vtime.Duration{"": vtime.Second, ", retry: 300ms": 300 * ms} {
		_, h := ran(t, brokered, "15s", "10s", "subscribe: gauge.level, via: bus, qos: 1", broker, "0%", "0%", `timeline:
  - {at: 9900ms, fault: crash, device: bus, for: 300ms}
`)
		x := at(t, h, "gauge.level", 10)
		assert.Equal(t, []news{{vtime.Time(10*vtime.Second + 12*ms).Add(after), x}}, heard(t, h, "plc.reads", 0))
	}
}

// A broker may belong to a group of devices.
func TestABrokerInAGroup(t *testing.T) {
	_, h := ran(t, `
scenario: group
run: 4500ms
system:
  kinds:
    station:
      devices:
        tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: feed.flow}
        feed: {is: demand, profile: [[0s, 1 m3/h]]}
        gauge: {is: level-gauge, of: tower.level, every: 1s}
        plc: {is: hysteresis, reads: {subscribe: gauge.level, via: bus}, low: 1 m, high: 3 m}
        copy: {is: custom, inputs: {x: {subscribe: gauge.level, via: bus}}, signals: {n: {start: 0}}}
        bus: {is: mqtt-broker, topics: {level: gauge.level}}
  devices:
    north: {is: station}
`)
	assert.Equal(t, heard(t, h, "north_gauge.level", 0), heard(t, h, "north_plc.reads", 2*ms))
	assert.Equal(t, heard(t, h, "north_bus.level", 0), heard(t, h, "north_copy.x", ms))
}

// Who subscribes begins: rules and logins on the way see it go to the broker. Where
// the short way does not let it pass, it takes another one.
func TestTheWayOfASubscription(t *testing.T) {
	for way, earlier := range map[string]vtime.Duration{
		"0%, rules: [{allow: mqtt, verb: subscribe, from: plc, to: bus, object: bus.gauge_level}]": 12 * ms,
		"0%, rules: [{allow: mqtt, verb: subscribe, from: bus, to: plc}]":                          11 * ms, // back through the field
		"0%, rules: [{allow: mqtt, verb: publish}]":                                                11 * ms,
		"0%, login: plc_key": 12 * ms,
		"0%, login: bus_key": 0,
	} {
		h := &sim.History{}
		s, err := Parse("test.yaml", fmt.Appendf(nil, brokered, "10s", "200ms", "subscribe: gauge.level, via: bus", "", "0%", way,
			"  credentials: {plc_key: {held_by: plc}, bus_key: {held_by: bus}}\n"))
		require.NoError(t, err)
		_, err = sim.Run(context.Background(), s.Plan, sim.Record(h))
		require.NoError(t, err)
		told := heard(t, h, "plc.reads", earlier)
		if earlier == 0 {
			assert.Empty(t, told, way)
			continue
		}
		said := heard(t, h, "gauge.level", 0)
		assert.Equal(t, said[:len(said)-1], told, way)
	}
}
