package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Wiring says what an input of a device is connected to, and how.
type Wiring struct {
	Source Text     // expression
	Wired  bool     // hard-wired: {wired: float.tripped}
	Every  Duration // polled: {poll: gauge.level, every: 400ms}
}

// Polled reports whether the device asks for the value periodically.
func (w Wiring) Polled() bool { return w.Every.Present() }

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
	var wired, poll Text
	o, _ := p.object("a connection", e.Key.Span, e.Value, nil,
		field{"wired", p.expression(&wired)},
		field{"poll", p.expression(&poll)},
		field{"every", p.positive(&w.Every)},
	)
	o.at = e.Value.Text.Span
	switch o.one("wired: float.tripped", "wired", "poll") {
	case "wired":
		w.Source, w.Wired = wired, true
		o.only("every", "poll")
		w.Every = Duration{}
	case "poll":
		w.Source = poll
		if !o.require("every", "400ms") || !w.Every.Present() {
			w.Every.Text = Text{Span: poll.Span, Broken: true}
		}
	default:
		w.Source = Text{Span: o.at, Broken: true}
	}
	return w
}
