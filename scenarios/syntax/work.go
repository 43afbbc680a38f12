package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Work is what a device needs for each message before it acts on it.
type Work struct {
	Span      source.Span
	Takes     Duration
	Spread    Text // constant, exponential, uniform or lognormal
	Variation Percent
	Rate      Text // a quantity: so many bytes a second beside that
	Servers   Integer
	Queue     Text // how many may wait: a number, or unlimited
	Priority  []Text
	Limit     *Limit
}

// A Limit lets so much pass before it waits.
type Limit struct {
	Rate, Burst Text // quantities
}

// Spreads are the ways in which service times may differ.
var Spreads = []string{"constant", "exponential", "uniform", "lognormal"}

// work reads the key work: of a device.
func (p *parser) work(to **Work) func(Entry) {
	return func(e Entry) {
		w := &Work{Span: e.Key.Span}
		o, ok := p.object("work", e.Key.Span, e.Value, nil,
			field{"takes", p.duration(&w.Takes)},
			field{"spread", p.oneOf(&w.Spread, Spreads...)},
			field{"variation", p.percent(&w.Variation)},
			field{"rate", p.text(&w.Rate)},
			field{"servers", p.integer(&w.Servers, 1)},
			field{"queue", p.text(&w.Queue)},
			field{"priority", p.oneOrMore(&w.Priority)},
			field{"limit", func(e Entry) {
				w.Limit = &Limit{}
				if o, ok := p.object("a limit", e.Key.Span, e.Value, nil,
					field{"rate", p.text(&w.Limit.Rate)}, field{"burst", p.text(&w.Limit.Burst)},
				); ok {
					o.require("rate", "10 kB/s")
					o.require("burst", "64 kB")
				}
			}},
		)
		if ok && !o.has("rate") {
			o.require("takes", "2ms")
		}
		*to = w
	}
}
