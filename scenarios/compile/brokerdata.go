package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/network"
)

// keepsData reports whether a device of the file keeps data about people: a store, or a broker that says
// what of what it hands on is about them.
func keepsData(d *syntax.Device) bool {
	return d.Is.Value == storeKind || d.Is.Value == brokerKind && len(ofStores(d.Params)) > 0
}

// ofStores returns those parameters that a store takes.
func ofStores(params []syntax.Entry) (list []syntax.Entry) {
	kind := StoreKind()
	for _, e := range params {
		if kind.Parameter(e.Key.Value) != nil {
			list = append(list, e)
		}
	}
	return list
}

// retainer reads what a broker retains about people.
func (b *builder) retainer(d *dev) {
	params := ofStores(d.spec.Params)
	if len(params) == 0 {
		return
	}
	spec, problems := syntax.ReadStore(d.spec.Name, params)
	b.Add(problems...)
	d.store, d.broken = &store{spec: spec}, d.broken || problems.Err() != nil
	for _, e := range params {
		if slices.Contains([]string{"holds", "buffer", "limit"}, e.Key.Value) {
			b.Errorf(e.Key.Span, "leave it out, or give it to a device with `is: store`", "a broker retains the last of each topic alone: it has no %s", e.Key.Value)
		}
	}
}

// published settles what a broker takes in: what devices publish.
func (b *builder) published(d, from *dev, t *syntax.Taking) bool {
	wrong, fix := "", "wire it to what a device tells, such as meter.reading"
	switch {
	case from.store != nil || from.broker != nil:
		wrong = "is what " + article(from.spec.Is.Value) + " " + from.spec.Is.Value + " keeps: only devices publish"
	case from.rate != nil:
		wrong, fix = "comes as a rate, and a broker hands on message by message", "leave out `as_rate: true` of "+from.spec.Name.Value
	case t.QoS.Present():
		wrong, fix = "is published with the highest qos that somebody subscribes with", "leave out `qos` here: say it where it is subscribed to"
	case t.Every.Present() || t.Fine.Present():
		wrong, fix = "is handed on as it comes", "leave out `every` and `fine` here"
	}
	if wrong != "" {
		b.Errorf(t.From.Span, fix, "%s %s", t.From.Value, wrong)
		return false
	}
	name := strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(t.From.Value)
	d.broker.Retained = append(d.broker.Retained, &custom.Topic{Name: name, Signal: t.Name.Value + taken, Source: t.From})
	return true
}

// taken is what the name of an input ends in by which items come.
const taken = "_in"

// retained wires an intake of a store to what a broker hands on of what it keeps.
func (b *builder) retained(d, from *dev, name string, t *syntax.Taking, w *wire) (in data.Input, ok bool) {
	topic := from.broker.RetainedAs(name + taken)
	if topic == nil {
		return in, false // reported there
	}
	qos := uint8(t.QoS.Value)
	topic.QoS = max(topic.QoS, qos)
	w.of = topic.Source.Value
	w.wiring.Source.Value = from.spec.Name.Value + "." + topic.Signal
	w.how = sim.Subscription{Topic: topic.Name, Subscribed: true, QoS: qos, Retry: from.broker.Retry, Denied: b.denied(from, d, topic)}
	at := slices.IndexFunc(from.store.twin.Inputs, func(in data.Input) bool { return in.Name == topic.Signal })
	return from.store.twin.Inputs[at], true
}

// subscribes settles that a copy comes from a store by its own clock, and from a broker by none.
func (b *builder) subscribes(d, from *dev, t *syntax.Taking) bool {
	switch {
	case from.broker == nil && t.QoS.Present():
		b.noBroker(from, t)
	case from.broker == nil && !t.Every.Present():
		b.Errorf(t.From.Span, "add `every: 1d`", "%s does not say how often it copies %s", d.spec.Name.Value, t.From.Value)
	case from.broker != nil && t.Every.Present():
		b.Errorf(t.Every.Text.Span, "leave it out, or say with `fine` how much of it is kept", "%s hands on what comes to it at once", from.spec.Name.Value)
	default:
		return true
	}
	return false
}

// fewHands settles that no more stores subscribe to what a broker keeps of one sort than it can tell.
func (b *builder) fewHands(from *dev, t *syntax.Taking, shelf int32) bool {
	hands := 0
	for _, in := range b.sys.Data.Model.Intakes {
		if in.Kind == data.Copied && in.From[0] == shelf {
			hands++
		}
	}
	if from.broker == nil || hands < data.MaxHands {
		return true
	}
	b.Errorf(t.From.Span, "let one store take it, and others copy it from there", "%d stores take %s already, which is as many as a broker hands it on to", hands, t.From.Value)
	return false
}

// noBroker reports a quality of service of what no broker hands on.
func (b *builder) noBroker(from *dev, t *syntax.Taking) {
	b.Errorf(t.QoS.Span, "leave it out", "%s is no broker: nothing is subscribed to there", from.spec.Name.Value)
}

// open warns where anybody may subscribe to what a broker hands on about people.
func (b *builder) open(d *dev) {
	if d.store == nil || len(d.broker.Retained) == 0 || len(d.store.spec.Readers) > 0 || slices.ContainsFunc(d.spec.Checks, func(c syntax.Check) bool {
		return c.Kind.Value == "authorise" && (len(c.Verbs) == 0 || slices.ContainsFunc(c.Verbs, func(v syntax.Text) bool { return v.Value == network.Subscribe.String() || v.Value == "any" }))
	}) {
		return
	}
	b.Warnf(d.spec.Name.Span, "add a check `authorise` that says who may, or `readers: [anybody]` where that is meant", "%s lets anybody subscribe to what it is told about people (GDPR Art. 32)", d.spec.Name.Value)
}

// toldAs reports whether a broker tells others by a signal what it keeps about people, or has done with it.
func (d *dev) toldAs(name string) bool {
	return d.store != nil && d.broker.RetainedAs(name) != nil || d.saysItself(name)
}

// saysItself reports whether a broker that keeps data about people tells a signal as a store does: what it
// did, how much it has, its notices of breaches.
func (d *dev) saysItself(name string) bool {
	return d.store != nil && slices.Contains(d.store.does(), name)
}

// does lists the reports by which a store tells what it did.
func (s *store) does() (names []string) {
	for r := range data.Wired {
		names = append(names, data.Right(r).Done())
	}
	return append(names, data.Items, data.Breached)
}

// clashes reports topics of a broker that are called like something that it tells of people.
func (b *builder) clashes(d *dev) {
	if d.store == nil {
		return
	}
	for _, t := range d.broker.Topics {
		if d.toldAs(t.Signal) || slices.Contains([]string{"bytes", "people"}, t.Signal) {
			b.Errorf(t.Source.Span, "publish it under another topic: `topics: {plant/"+t.Signal+": "+t.Source.Value+"}`", "the topic %s of %s is called %s, as something that it tells of people",
				t.Name, d.spec.Name.Value, t.Signal)
			d.broken = true
		}
	}
}
