package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Wiring says what an input of a device is connected to, and how.
type Wiring struct {
	Source Text     // expression
	Wired  bool     // hard-wired: {wired: float.tripped}
	Every  Duration // polled: {poll: gauge.level, every: 400ms}; of a subscription: the publishing interval
	// Subscribed says that the device subscribes to the value: at a broker,
	// {subscribe: gauge.level, via: bus}, or at its source, where Every is there.
	Subscribed bool
	Via        Text    // the broker
	QoS        Integer // of MQTT, where a broker is there: 0, 1 or 2
}

// Polled reports whether the device asks for the value periodically.
func (w Wiring) Polled() bool { return w.Every.Present() && !w.Subscribed }

// ReadWiring reads the value of a parameter that its kind declares as an input.
func ReadWiring(e Entry) (Wiring, source.Problems) {
	var problems source.Problems
	p := parser{problems: &problems}
	return p.wiring(e), problems
}

func (p *parser) wiring(e Entry) Wiring {
	var w Wiring
	if e.Value.Shape != Map {
		p.expression(&w.Source)(e)
		return w
	}
	var wired, poll, subscribe Text
	o, _ := p.object("a connection", e.Key.Span, e.Value, nil,
		field{"wired", p.expression(&wired)},
		field{"poll", p.expression(&poll)},
		field{"subscribe", p.expression(&subscribe)},
		field{"every", p.positive(&w.Every)},
		field{"via", p.text(&w.Via)},
		field{"qos", p.integer(&w.QoS, 0)},
	)
	o.at = e.Value.Text.Span
	form := o.one("wired: float.tripped", "wired", "poll", "subscribe")
	if form != "subscribe" {
		o.only("via", "subscribe")
		o.only("qos", "subscribe")
		w.Via, w.QoS = Text{}, Integer{}
	}
	switch form {
	case "wired":
		w.Source, w.Wired = wired, true
		o.only("every", "poll", "subscribe")
		w.Every = Duration{}
	case "poll":
		w.Source = poll
		if !o.require("every", "400ms") || !w.Every.Present() {
			w.Every.Text = Text{Span: poll.Span, Broken: true}
		}
	case "subscribe":
		w.Source, w.Subscribed = subscribe, true
		p.subscription(o, &w)
	default:
		w.Source = Text{Span: o.at, Broken: true}
	}
	return w
}

// subscription checks how a device subscribes: at a broker, or at the source.
func (p *parser) subscription(o *object, w *Wiring) {
	switch o.one("via: bus", "via", "every") {
	case "via":
		if w.QoS.Usable() && w.QoS.Value > 2 {
			p.errorf(w.QoS.Span, "write 0, 1 or 2", "there is no quality of service %d", w.QoS.Value)
		}
	case "every":
		o.only("qos", "via")
		w.QoS = Integer{}
	default:
		w.Source.Broken = true
	}
}
