package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
)

// brokerKind is the kind of a broker.
const brokerKind = "mqtt-broker"

// broker makes a broker, still without topics.
func (b *builder) broker(d *dev) {
	kind := StoreKind()
	made, problems := custom.NewBroker(slices.DeleteFunc(slices.Clone(d.spec.Params), func(e syntax.Entry) bool { return kind.Parameter(e.Key.Value) != nil }))
	b.Add(problems...)
	d.broker, d.broken = made, problems.Err() != nil
	b.retainer(d)
	if d.spec.Count.Present() {
		b.Errorf(d.spec.Count.Span, "leave it out", "a broker is one, or subscribers would not know which")
	}
	if t := d.spec.Speaks; t.Usable() && t.Value != network.MQTT.String() {
		b.Errorf(t.Span, "leave it out", "an mqtt-broker speaks mqtt")
	}
}

// brokers gives all brokers their topics and adds them to the system. An input that
// subscribes at one is wired to its topic, and the topic to what the input wants.
func (b *builder) brokers() {
	for _, d := range b.devs {
		if d.broker != nil && !d.broken {
			b.listings(d)
		}
	}
	for _, d := range b.devs {
		for i := range d.inputs {
			if w := &d.inputs[i]; w.wiring.Subscribed {
				b.subscribe(d, w)
			}
		}
	}
	for _, d := range b.devs {
		if d.broker == nil || d.broken {
			continue
		}
		if b.clashes(d); d.broken {
			continue
		}
		b.publish(d)
		b.open(d)
		b.add(d, d.broker, nil)
	}
}

// listings makes the topics that a broker lists.
func (b *builder) listings(d *dev) {
	for _, l := range d.broker.Listed {
		id, name, _, plain := splitPath(l.Source.Value)
		switch role, shape, _ := b.look(l.Source.Value); {
		case !l.Source.Usable() || b.misnamed(l.Source.Value):
		case !plain:
			b.Errorf(l.Source.Span, "write it such as gauge.level", "%s is not the path of a signal", source.Quote(l.Source.Value))
		case b.byName[id] != nil && b.byName[id].broker != nil:
			b.Errorf(l.Source.Span, "list what is published there", "%s is a broker: it publishes nothing of its own", id)
		case !b.signalExists(l.Source, id, name):
		case role != device.RoleReport:
			b.Errorf(l.Source.Span, "list a reading or a command", "%s is no information: a message cannot carry it", l.Source.Value)
		case d.broker.Of(l.Source.Value) != nil:
			b.Errorf(l.Source.Span, "keep one of them", "%s is listed as %s already", l.Source.Value, d.broker.Of(l.Source.Value).Name)
		default:
			b.topic(d, l.Source, shape)
		}
	}
}

// topic adds a topic to a broker.
func (b *builder) topic(d *dev, path syntax.Text, shape custom.Shape) *custom.Topic {
	t := d.broker.Add(path, shape)
	if first := d.broker.Topic(t.Signal); first != t {
		b.Errorf(path.Span, "list one of them under another topic: `topics: {plant/other: "+path.Value+"}` at "+d.spec.Name.Value,
			"the topics %s and %s of %s are both called %s", first.Name, t.Name, d.spec.Name.Value, t.Signal)
		d.broken = true
	}
	return t
}

// subscribe wires an input to the topic of what it wants. Where that cannot be, it
// stays wired to what it wants, and the wiring says why not.
func (b *builder) subscribe(d *dev, w *wire) {
	w.how.Subscribed = true
	if !w.wiring.Via.Present() || !w.wiring.Source.Usable() {
		return
	}
	at, ok := b.brokerNamed(w.wiring.Via)
	if !ok {
		w.wiring.Source.Broken = true
		return
	}
	path := w.wiring.Source
	role, shape, _ := b.look(path.Value)
	if id, name, _, plain := splitPath(path.Value); !plain || role != device.RoleReport || b.byName[id].broker != nil && (b.byName[id] == at || !b.byName[id].saysItself(name)) {
		return
	}
	t := at.broker.Of(path.Value)
	if t == nil {
		t = b.topic(at, path, shape)
	}
	t.QoS = max(t.QoS, uint8(w.wiring.QoS.Value))
	w.of = path.Value
	w.wiring.Source.Value = at.spec.Name.Value + "." + t.Signal
	w.how.Topic, w.how.QoS, w.how.Retry = t.Name, uint8(w.wiring.QoS.Value), at.broker.Retry
	w.how.Denied = b.denied(at, d, t)
}

// brokerNamed returns the broker that via: names.
func (b *builder) brokerNamed(via syntax.Text) (*dev, bool) {
	if !via.Usable() {
		return nil, false
	}
	var names []string
	for _, d := range b.devs {
		if d.broker != nil {
			names = append(names, d.spec.Name.Value)
		}
	}
	d := b.byName[via.Value]
	switch none := "add one: `bus: {is: mqtt-broker}`"; {
	case d == nil:
		b.Errorf(via.Span, choice("the brokers are", names, none), "there is no broker %s%s", source.Quote(via.Value), source.DidYouMean(via.Value, names))
	case d.broker == nil && d.spec.Is.Usable():
		b.Errorf(via.Span, choice("the brokers are", names, none), "%s is %s %s, not a broker", via.Value, article(d.spec.Is.Value), d.spec.Is.Value)
	}
	return d, d != nil && d.broker != nil && !d.broken
}

// publish wires the topics of a broker to what is published there.
func (b *builder) publish(d *dev) {
	for _, t := range d.broker.Topics {
		d.inputs = append(d.inputs, wire{
			name: syntax.Text{Value: t.Signal, Span: t.Source.Span}, wiring: syntax.Wiring{Source: t.Source},
			how: sim.Subscription{Topic: t.Name, QoS: t.QoS, Retry: d.broker.Retry},
		})
	}
	for _, t := range d.broker.Retained {
		for i := range d.inputs {
			if w := &d.inputs[i]; w.name.Value == t.Signal {
				w.how = sim.Subscription{Topic: t.Name, QoS: t.QoS, Retry: d.broker.Retry}
			}
		}
	}
	if d.store != nil && d.store.twin != nil {
		d.store.twin.HandsOn, d.broker.Data = true, d.store.twin
	}
}

// verb is what the messages of a wire are for.
func (w *wire) verb() network.Verb {
	switch {
	case w.how.Subscribed:
		return network.Subscribe
	case w.how.Topic != "":
		return network.Publish
	case w.wiring.Polled():
		return network.Read
	}
	return network.Write
}

// isBroker reports whether a name is that of a broker.
func (b *builder) isBroker(id string) bool { return b.byName[id] != nil && b.byName[id].broker != nil }

// brokered returns the signal of a broker by which a receiver is told a signal to
// which it has subscribed there, or "".
func (b *builder) brokered(path, receiver string) string {
	if d := b.byName[receiver]; d != nil {
		for i := range d.inputs {
			if w := &d.inputs[i]; w.of == path {
				return w.wiring.Source.Value
			}
		}
	}
	return ""
}

// onlyBySubscription reports an input that is wired to a broker in any other way.
func (b *builder) onlyBySubscription(w *wire, id, name string) bool {
	d := b.byName[id]
	if d == nil || d.broker == nil || w.of != "" || w.carries != 0 && d.toldAs(name) {
		return false
	}
	if d.saysItself(name) {
		return b.onlyDirectly(w, id, name)
	}
	path := "gauge.level"
	if t := d.broker.Topic(name); t != nil {
		path = t.Source.Value
	}
	if w.carries != 0 {
		b.Errorf(w.wiring.Source.Span, "say there what of that is about people: `takes: {reading: {from: "+path+"}}`, and take it from "+id+".reading", "%s is a broker that keeps nothing about people", id)
		return true
	}
	b.Errorf(w.wiring.Source.Span, fmt.Sprintf("write {subscribe: %s, via: %s}", path, id), "%s is a broker: one subscribes there to what others publish", id)
	return true
}

// onlyDirectly reports an input that subscribes at a broker to what that tells of itself.
func (b *builder) onlyDirectly(w *wire, id, name string) bool {
	if w.how.Subscribed {
		b.Errorf(w.wiring.Source.Span, fmt.Sprintf("write `%s: %s.%s`", w.name.Value, id, name), "%s tells %s itself: it is not published there", id, name)
	}
	return w.how.Subscribed
}

// denied says why a broker does not let a device subscribe to a topic, by its checks
// of kind authorise; it is empty where it does. What changes in a run (while, mode,
// hours) is asked then, each time that something is handed on.
func (b *builder) denied(at, who *dev, t *custom.Topic) string {
	broker, subscriber := at.spec.Name.Value, who.spec.Name.Value
	about := func(list []syntax.Text, value string) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(t syntax.Text) bool { return t.Value == value || t.Value == "any" })
	}
	topics := func(list []syntax.Text) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(o syntax.Text) bool { return t.Matches(broker, o.Value) })
	}
	verb := network.Subscribe.String()
	for i := range at.spec.Checks {
		c := &at.spec.Checks[i]
		if c.Kind.Value != "authorise" || b.isOff(at, i) || c.Reaction.Value == "alarm" || c.While.Present() ||
			!about(c.From, subscriber) || !about(c.Verbs, verb) || !topics(c.Of) {
			continue
		}
		if !slices.ContainsFunc(c.Grants, func(g syntax.Grant) bool {
			return about(g.Who, subscriber) && about(g.Verbs, verb) && topics(g.Objects)
		}) {
			return fmt.Sprintf("%s does not let %s subscribe to %s (authorise)", broker, subscriber, t.Name)
		}
	}
	return ""
}

// topics returns the numbers of the topics of a broker that a pattern takes in; ok is
// false where a text is no pattern of topics.
func (k *checker) topics(t syntax.Text) (objects []int32, ok bool) {
	d := k.dev
	if d.broker == nil || !t.Usable() || !strings.ContainsAny(t.Value, "/+#") {
		return nil, false
	}
	var names []string
	for _, topic := range slices.Concat(d.broker.Topics, d.broker.Retained) {
		names = append(names, topic.Name)
		if !topic.Matches(d.spec.Name.Value, t.Value) {
			continue
		}
		for i := range k.guard.Objects {
			if k.guard.Objects[i].Name == topic.Signal {
				objects = append(objects, int32(i))
			}
		}
	}
	if len(objects) == 0 {
		k.b.Errorf(t.Span, choice("the topics are", names, "nobody subscribes to anything there"), "%s has no topic %s%s",
			d.spec.Name.Value, source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return objects, true
}

// brokered is a report as the one receiver that a step names is told it: where that
// has subscribed to it at a broker, what the broker hands on to it.
func (r *reader) brokered(t target) target {
	for _, e := range r.step.syntax.Params {
		if e.Key.Value != "receiver" {
			continue
		}
		if topic := r.b.brokered(t.text.Value, e.Value.Text.Value); t.sym.Signal != nil && topic != "" {
			t.text.Value, t.member = topic, -1
			t.id, t.name, _, _ = splitPath(topic)
			t.sym, _ = r.b.sys.Lookup(t.id, t.name)
		}
	}
	return t
}
