package custom

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network/mqtt"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// brokerText is what people are told of a broker.
const brokerText = `Who wants to be told something by way of a broker subscribes to it:

  level: {subscribe: gauge.level, via: bus}           of any told input
  level: {subscribe: gauge.level, via: bus, qos: 1}   0 (at most once), 1, 2

gauge.level is then published under the topic gauge/level, unless topics:
lists it under another. For each topic the broker has an input with _ for /,
here bus.gauge_level: the value that it retains. bus.gauge_level_kept says
whether there is one. What arrives is handed on at once. Each topic has
messages of its own: publisher to broker (verb publish) and broker to
subscriber (verb subscribe; the subscriber begins, so rules see it go to the
broker). The object of both is bus.gauge_level.

A subscriber that restarts subscribes again and is told what is retained. A
broker that crashes forgets it, unless it is persistent; all subscribe again.
With qos 1 or 2 a message that was lost is sent again after retry, at most 5
times. It is published with the highest qos that somebody subscribes with.

Without checks anybody may publish anything, and it stays: attack: command
with signal: bus.gauge_level and from: a foothold. A check authorise is the
access list; its object: takes topics with + and #. It judges what is
published when that comes, and each time that something is handed on whether
its subscriber may have it now. Who never may, by who:, verb: and object:, is
told nothing, and a warning says so before the run.

What it is told about people it retains as a store does, but of each sort the
last item about each person alone (` + "`harmproof doc store`" + `):

  keeps: forever
  takes: {load: {from: meter.reading, purpose: billing}}

A store takes what it hands on, load: {from: bus.load, qos: 1}. Each message
brings the items that it was sent with, however late it comes, and loses them
where it is lost; a subscriber that restarts is told what is retained. With a
crash it forgets at once what it retained and what it was asked for and had not
done, unless it is persistent. Whoever may subscribe is told at once what is
retained of everybody, and from then on all that comes: so does attack: steal,
which needs no session there, until the broker crashes, or the device from which
it was done. Links between the two that are cut later do not end that.

What it did others are wired to as to a store: bus.erased, bus.items, bus.breach
where it has notifies:.`

// MQTTBroker describes the broker to people; NewBroker makes one.
func MQTTBroker() device.Kind {
	return device.Kind{
		Name:    "mqtt-broker",
		Summary: "hands on what is published to it, and keeps the last value of each topic",
		Text:    brokerText,
		Source:  "MQTT 3.1.1, OASIS Standard; mosquitto.conf(5), acl_file",
		Example: `bus:
  is: mqtt-broker
  topics: {plant/lit101: gauge.level}
  checks:
    - authorise:
        - {who: gauge, verb: publish, object: plant/#}
        - {verb: subscribe}`,
		Parameters: []device.Parameter{
			{Name: "topics", Doc: "what is published here under names of its own", Type: device.NamesParameter},
			{Name: "persistent", Doc: "a crash does not make it forget what it retains", Type: device.BoolParameter, Default: "false"},
			{Name: "takes", Doc: "what it is told about people, by devices, as in a store", Type: device.NamesParameter},
			{Name: "keeps", Doc: "how long it retains that, or forever; required where it takes anything", Type: device.TextParameter},
			{Name: "key", Doc: "what its topics name people by", Type: device.TextParameter},
			{Name: "also", Doc: "further keys that they name", Type: device.NamesParameter},
			{Name: "readers", Doc: "who else may subscribe to all of it", Type: device.NamesParameter},
			{Name: "remembers", Doc: "it knows whom it forgot", Type: device.BoolParameter, Default: "false"},
			{Name: "erases", Doc: "how it hears who wants to be forgotten, as in a store", Type: device.NamesParameter},
			{Name: "stops", Doc: "how it hears who opts out", Type: device.NamesParameter},
			{Name: "answers", Doc: "how it hears who asks what is known of them", Type: device.NamesParameter},
			{Name: "notifies", Doc: "how its owner hears that something was taken", Type: device.NamesParameter},
			{Name: "retry", Doc: "when a message that was lost is sent again", Type: device.DurationParameter, Default: "1s", Min: "0s", Above: true},
		},
	}
}

// A Broker is an MQTT broker, with the topics that a system needs of it. It
// implements device.Device.
type Broker struct {
	Listed     []Listing // topics that the file names
	Topics     []*Topic
	Persistent bool
	Retry      vtime.Duration
	// Data is what it keeps about people, nil where it is told nothing about them, and Retained are the topics
	// of that, which Data declares.
	Data     device.Device
	Retained []*Topic
}

// RetainedAs returns the topic of data about people of the name of its signal, or nil.
func (d *Broker) RetainedAs(name string) *Topic {
	for _, t := range d.Retained {
		if t.Signal == name {
			return t
		}
	}
	return nil
}

// A Listing names the topic under which a signal is published.
type Listing struct{ Topic, Source syntax.Text }

// A Topic is something that is published to a broker.
type Topic struct {
	Name   string // such as gauge/level
	Signal string // of the broker, such as gauge_level
	Source syntax.Text
	Shape  Shape
	QoS    uint8 // the highest that somebody subscribes with

	value, kept, news *device.Cell
}

// NewBroker returns the device of an `is: mqtt-broker` with its parameters.
func NewBroker(params []syntax.Entry) (*Broker, source.Problems) {
	var problems source.Problems
	d := &Broker{Retry: vtime.Second}
	kind := MQTTBroker()
	for _, e := range params {
		key, value := e.Key.Value, e.Value
		p := kind.Parameter(key)
		switch {
		case p == nil:
			keys := slices.Clone(syntax.DeviceKeys)
			for i := range kind.Parameters {
				keys = append(keys, kind.Parameters[i].Name)
			}
			problems.Errorf(e.Key.Span, "harmproof doc mqtt-broker shows what it takes", "an mqtt-broker has no %s%s",
				source.Quote(key), source.DidYouMean(key, keys))
		case key == "topics":
			problems.Add(d.list(e)...)
		case value.Shape == syntax.Scalar:
			x, err := p.Parse(value.Text.Value)
			if err != nil {
				cause, fix := device.AdviceOf(err)
				problems.Errorf(value.Text.Span, fix, "%s", cause)
			} else if key == "retry" {
				d.Retry = x.(vtime.Duration)
			} else {
				d.Persistent = x.(bool)
			}
		case value.Shape != syntax.Broken:
			problems.Errorf(value.Text.Span, "write `"+key+": "+p.Default+"`", "%s is a single value, not %v", key, value.Shape)
		}
	}
	return d, problems
}

// list reads topics:.
func (d *Broker) list(e syntax.Entry) (problems source.Problems) {
	if e.Value.Shape != syntax.Map {
		if e.Value.Shape != syntax.Broken {
			problems.Errorf(e.Value.Text.Span, "write it such as {plant/lit101: gauge.level}", "topics is a map of names")
		}
		return problems
	}
	for _, t := range e.Value.Entries {
		if !mqtt.ValidTopic(t.Key.Value) {
			problems.Errorf(t.Key.Span, "write it such as plant/lit101", "%s is not a topic: + and # are for who subscribes", source.Quote(t.Key.Value))
			continue
		}
		d.Listed = append(d.Listed, Listing{t.Key, t.Value.Text})
	}
	return problems
}

// Topic returns the topic of a name of its signal, or nil.
func (d *Broker) Topic(name string) *Topic {
	for _, t := range d.Topics {
		if t.Signal == name {
			return t
		}
	}
	return nil
}

// Matches reports whether what stands in a check of a broker is about the topic: a
// filter, or the name of its signal.
func (t *Topic) Matches(broker, object string) bool {
	return mqtt.ValidFilter(object) && mqtt.Match(object, t.Name) || strings.TrimPrefix(object, broker+".") == t.Signal
}

// Of returns the topic under which a signal of a path is published, or nil.
func (d *Broker) Of(path string) *Topic {
	for _, t := range d.Topics {
		if t.Source.Value == path {
			return t
		}
	}
	return nil
}

// Add adds a topic for a signal: the one that the file lists, else its path with
// slashes.
func (d *Broker) Add(path syntax.Text, shape Shape) *Topic {
	name := strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path.Value)
	for _, l := range d.Listed {
		if l.Source.Value == path.Value {
			name = l.Topic.Value
		}
	}
	t := &Topic{Name: name, Signal: identifier(name), Source: path, Shape: shape}
	d.Topics = append(d.Topics, t)
	return t
}

// identifier makes a name for expressions of a topic.
func identifier(topic string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, topic)
	if c := name[0]; c >= '0' && c <= '9' || c == '_' {
		name = "topic_" + strings.TrimLeft(name, "_")
	}
	return name
}

// Look implements device.Looker.
func (d *Broker) Look() device.Look { return device.Look{Icon: "server"} }

// Declare implements device.Device.
func (d *Broker) Declare(p *device.Ports) {
	if d.Data != nil {
		d.Data.Declare(p)
	}
	for _, t := range d.Topics {
		t.kept = p.Add(device.Signal{Name: t.Signal + "_kept", Role: device.RoleReport, Type: signal.Bool, Unit: unit.One, Doc: "it retains a value of " + t.Name})
		t.news = p.Add(device.Signal{Name: t.Signal + "_heard", Role: device.RoleState, Type: signal.Int, Internal: true})
		t.value = p.Add(device.Signal{
			Name: t.Signal, Role: device.RoleTold, Type: t.Shape.Type, Unit: t.Shape.Unit, Labels: t.Shape.Labels,
			Doc: "what is published as " + t.Name, News: t.news, Kept: t.kept,
		})
		p.Handle(device.Handler{Name: "hand on " + t.Name, Kind: device.OnChange, Do: t.handOn, Reads: []*device.Cell{t.news}})
	}
	p.OnInit(func(c *device.Context) {
		for _, t := range d.Topics {
			c.Set(t.kept, 1)
		}
	})
}

// handOn tells all who have subscribed what has just been published.
func (t *Topic) handOn(c *device.Context) {
	c.Set(t.kept, 1)
	c.Tell(t.value)
}
