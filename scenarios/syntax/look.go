package syntax

import (
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/device"
)

// A Look is how a device is drawn.
type Look struct {
	Icon Text
	// From and To are the values at which parts are at their ends, where these do not say.
	From, To Text
	Parts    []LookPart
	Place    *LookPlace // nil where none is given
	Zones    []LookZone
}

// A LookPart is a part of an icon, and the signal of the device that it goes by.
type LookPart struct {
	Part, Signal Text
	From, To     Text // expressions
}

// look reads how a device is drawn: an icon alone, or with its parts.
func (p *parser) look(e Entry) *Look {
	l := &Look{}
	icon := p.oneOf(&l.Icon, device.Icons()...)
	if e.Value.Shape == Scalar {
		icon(Entry{Text{Span: e.Key.Span, Value: "icon"}, e.Value})
		return l
	}
	fields := []field{
		{"icon", icon},
		{"from", p.expression(&l.From)},
		{"to", p.expression(&l.To)},
		{"place", func(e Entry) { l.Place = p.place(e) }},
		{"zones", each(p, &l.Zones, kebab, "field: {radius: 1.2 m}", p.zoneOf)},
	}
	for _, part := range device.Parts() {
		fields = append(fields, field{part, func(e Entry) { l.Parts = append(l.Parts, p.lookPart(e)) }})
	}
	p.object("a look", e.Key.Span, e.Value, nil, fields...)
	return l
}

// lookPart reads one part: the name of a signal, or with its own ends.
func (p *parser) lookPart(e Entry) LookPart {
	l := LookPart{Part: e.Key}
	if e.Value.Shape != Map {
		p.text(&l.Signal)(e)
		return l
	}
	o, ok := p.object(source.Quote(e.Key.Value), e.Key.Span, e.Value, nil,
		field{"of", p.text(&l.Signal)},
		field{"from", p.expression(&l.From)},
		field{"to", p.expression(&l.To)},
	)
	if ok {
		o.require("of", "level")
	}
	return l
}
