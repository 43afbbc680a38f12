package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Radio is LoRa in place of a bandwidth.
type Radio struct {
	Span      source.Span
	Factor    Integer // spreading factor
	Bandwidth Text    // a quantity
	Coding    Text    // 4/5 to 4/8
	Channels  Integer
	Duty      Percent
	Wait      Duration // for the duty cycle
	Jitter    Duration
}

// radio reads the key radio: of a zone or a conduit.
func (p *parser) radio(to **Radio) func(Entry) {
	return func(e Entry) {
		r := &Radio{Span: e.Key.Span}
		o, ok := p.object("a radio", e.Key.Span, e.Value, nil, field{"lora", func(e Entry) {
			if o, ok := p.object("lora", e.Key.Span, e.Value, nil,
				field{"sf", p.integer(&r.Factor, 6)},
				field{"bandwidth", p.text(&r.Bandwidth)},
				field{"coding", p.oneOf(&r.Coding, Codings...)},
				field{"channels", p.integer(&r.Channels, 1)},
				field{"duty", p.percent(&r.Duty)},
				field{"wait", p.duration(&r.Wait)},
				field{"jitter", p.duration(&r.Jitter)},
			); ok {
				o.require("sf", "9")
			}
		}})
		if ok {
			o.require("lora", "{sf: 9, duty: 1%}")
		}
		*to = r
	}
}

// Codings are the coding rates of LoRa.
var Codings = []string{"4/5", "4/6", "4/7", "4/8"}

// A Battery is what a device lives on.
type Battery struct {
	Energy, Sleeps, Sends Text // quantities
}

// battery reads the key battery: of a device.
func (p *parser) battery(to **Battery) func(Entry) {
	return func(e Entry) {
		b := &Battery{}
		if o, ok := p.object("a battery", e.Key.Span, e.Value, nil,
			field{"energy", p.text(&b.Energy)},
			field{"sleeps", p.text(&b.Sleeps)},
			field{"sends", p.text(&b.Sends)},
		); ok {
			o.require("energy", "10 kJ")
			o.require("sends", "100 mW")
		}
		*to = b
	}
}
