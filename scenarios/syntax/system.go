package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// DeviceKeys are the keys that every device may have beside those of its kind.
var DeviceKeys = []string{"is", "tag", "owner", "position", "count", "solver"}

// system reads system:.
func (p *parser) system(e Entry) System {
	s := System{Key: e.Key}
	p.object("a system", e.Key.Span, e.Value, nil,
		field{"devices", func(e Entry) { s.Devices = p.devices(e) }},
		field{"zones", each(p, &s.Zones, identifier, "field: [pump, gauge]", p.zone)},
		field{"conduits", each(p, &s.Conduits, identifier, "uplink: {joins: [field, control]}", p.conduit)},
		field{"people", each(p, &s.People, identifier, "operator: {}", p.person)},
		field{"attackers", each(p, &s.Attackers, identifier, "intruder: {at: laptop}", p.attacker)},
		field{"kinds", each(p, &s.Kinds, kebab, "pump-station: {devices: {...}}", p.kind)},
	)
	return s
}

// each returns a reader of a map of names, each with what read makes of it.
func each[T any](p *parser, to *[]T, rule nameRule, example string, read func(Text, Value) T) func(Entry) {
	return func(e Entry) {
		p.named(e, rule, example, func(name Text, v Value) { *to = append(*to, read(name, v)) })
	}
}

func (p *parser) devices(e Entry) []Device {
	var devices []Device
	each(p, &devices, identifier, "tower: {is: tank}", p.device)(e)
	return devices
}

// device reads one entry of devices:.
func (p *parser) device(name Text, v Value) Device {
	d := Device{Name: name}
	params := func(e Entry) { d.Params = append(d.Params, e) }
	o, ok := p.object("a device", name.Span, v, params,
		field{"is", p.text(&d.Is)},
		field{"tag", p.text(&d.Tag)},
		field{"owner", p.text(&d.Owner)},
		field{"position", p.tuple(&d.Position, 2, 3, "a position has two or three coordinates", "1 m, 2 m")},
		field{"count", p.integer(&d.Count, 1)},
		field{"solver", p.text(&d.Solver)},
	)
	switch {
	case !ok:
		d.Is = Text{Span: name.Span, Broken: true} // what it is cannot be known
	case d.Is.Usable() && d.Is.Value == "custom":
		d.Custom = p.custom(name, d.Params)
		d.Params = nil
	case !d.Is.Present() && !p.overrides:
		p.noKind(o, &d)
	}
	return d
}

// noKind reports a device that does not say what it is.
func (p *parser) noKind(o *object, d *Device) {
	d.Is = Text{Span: d.Name.Span, Broken: true}
	for i, param := range d.Params {
		switch key := param.Key; key.Value {
		case "kind", "type", "Is", "IS":
			p.errorf(key.Span, "write `is:`", "what a device is stands after `is:`, not `%s:`", key.Value)
			d.Params = append(d.Params[:i:i], d.Params[i+1:]...)
			return
		}
	}
	p.errorf(o.at, "write `is:` and a kind; `harmproof list --kinds` shows them",
		"the device %s does not say what it is", source.Quote(d.Name.Value))
}

// zone reads one entry of zones:, a list of devices or a map.
func (p *parser) zone(name Text, v Value) Zone {
	z := Zone{Name: name}
	if v.Shape == List || v.Shape == Scalar {
		p.texts(&z.Devices, "pump, gauge")(Entry{name, v})
		return z
	}
	o, ok := p.object("a zone", name.Span, v, nil,
		field{"devices", p.texts(&z.Devices, "pump, gauge")},
		field{"latency", p.duration(&z.Latency)},
		field{"jitter", p.duration(&z.Jitter)},
		field{"level", p.oneOf(&z.Level, "0", "1", "2", "3", "3.5", "4", "5")},
		field{"target", p.integer(&z.Target, 0)},
	)
	if ok {
		o.require("devices", "[pump, gauge]")
	}
	if z.Target.Usable() && z.Target.Value > 4 {
		p.errorf(z.Target.Span, "write `4` or less", "a security level of IEC 62443 is at most 4")
		z.Target.Broken = true
	}
	return z
}

// conduit reads one entry of conduits:.
func (p *parser) conduit(name Text, v Value) Conduit {
	c := Conduit{Name: name}
	o, ok := p.object("a conduit", name.Span, v, nil,
		field{"joins", p.tuple(&c.Joins, 2, 2, "a conduit joins two zones", "field, control")},
		field{"latency", p.duration(&c.Latency)},
		field{"jitter", p.duration(&c.Jitter)},
		field{"loss", p.percent(&c.Loss)},
		field{"bandwidth", p.text(&c.Bandwidth)},
		field{"ordered", p.boolean(&c.Ordered)},
	)
	if ok {
		o.require("joins", "[field, control]")
	}
	return c
}

func (p *parser) person(name Text, v Value) Person {
	one := Person{Name: name}
	if p.shape(v, Map, name.Span, "a person", "write `"+name.Value+": {}`") {
		one.Params = v.Entries
	}
	return one
}

func (p *parser) attacker(name Text, v Value) Attacker {
	a := Attacker{Name: name}
	o, ok := p.object("an attacker", name.Span, v, nil,
		field{"at", p.text(&a.At)},
		field{"holds", p.texts(&a.Holds, "...")},
	)
	if ok {
		o.require("at", "laptop")
	}
	return a
}

func (p *parser) kind(name Text, v Value) Kind {
	k := Kind{Name: name}
	overrides := p.overrides
	p.overrides = false
	o, ok := p.object("a kind", name.Span, v, func(e Entry) { k.Params = append(k.Params, e) },
		field{"devices", func(e Entry) { k.Devices = p.devices(e) }},
	)
	p.overrides = overrides
	if ok {
		o.require("devices", "{pump: {is: pump}}")
	}
	return k
}
