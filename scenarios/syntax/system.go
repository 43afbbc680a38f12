package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// DeviceKeys are the keys that every device may have beside those of its kind.
var DeviceKeys = []string{
	"is", "tag", "owner", "position", "count", "solver", "speaks", "security", "session", "port", "weaknesses", "remote", "checks", "safe", "log", "hardening", "work", "battery", "look",
}

// system reads system:.
func (p *parser) system(e Entry) System {
	s := System{Key: e.Key}
	p.object("a system", e.Key.Span, e.Value, nil,
		field{"devices", func(e Entry) { s.Devices = p.devices(e) }},
		field{"zones", each(p, &s.Zones, identifier, "field: [pump, gauge]", p.zone)},
		field{"conduits", each(p, &s.Conduits, identifier, "uplink: {joins: [field, control]}", p.conduit)},
		field{"credentials", each(p, &s.Credentials, identifier, "plc_key: {held_by: [hmi, plc]}", p.credential)},
		field{"people", each(p, &s.People, identifier, "operator: {}", p.person)},
		field{"attackers", each(p, &s.Attackers, identifier, "intruder: {at: laptop}", p.attacker)},
		field{"carriers", each(p, &s.Carriers, identifier, "stick: {}", p.carrier)},
		field{"malware", each(p, &s.Malware, identifier, "worm: {spreads: {...}}", p.malware)},
		field{"walls", each(p, &s.Walls, identifier, "fence: {line: [[0 m, 0 m], [4 m, 0 m]]}", p.wall)},
		field{"subjects", each(p, &s.Subjects, identifier, "resident: {count: 5000}", p.subject)},
		field{"purposes", p.texts(&s.Purposes, "billing, research")},
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
	fields := append(p.guarded(&d.Guarded),
		field{"is", p.text(&d.Is)},
		field{"tag", p.text(&d.Tag)},
		field{"owner", p.text(&d.Owner)},
		field{"position", p.position(&d.Position)},
		field{"count", p.integer(&d.Count, 1)},
		field{"solver", p.text(&d.Solver)},
		field{"look", func(e Entry) { d.Look = p.look(e) }},
	)
	o, ok := p.object("a device", name.Span, v, params, fields...)
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

// position returns a reader of a place in space.
func (p *parser) position(to *[]Text) func(Entry) {
	return p.tuple(to, 2, 3, "a position has two or three coordinates", "1 m, 2 m")
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
