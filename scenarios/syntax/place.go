package syntax

// A LookPlace is where a device is in the plane. Lengths are quantities, signals, or signals
// times a quantity.
type LookPlace struct {
	Key                     Text // of it
	In, X, Y, Length, Width Text
}

// A LookZone is where a device is dangerous, or watches.
type LookZone struct {
	Name, X, Y, Radius, Along, Across, Widens Text
	While, Alarm                              Text // signals
	Hazards                                   []Text
	Severity                                  Text
}

// place reads where a device is.
func (p *parser) place(e Entry) *LookPlace {
	l := &LookPlace{Key: e.Key}
	o, ok := p.object("a place", e.Key.Span, e.Value, nil,
		field{"x", p.expression(&l.X)},
		field{"y", p.expression(&l.Y)},
		field{"length", p.expression(&l.Length)},
		field{"width", p.expression(&l.Width)},
		field{"in", p.text(&l.In)},
	)
	if ok && o.one("x: 2 m", "x", "in") == "in" {
		for _, own := range []string{"y", "length", "width"} {
			o.only(own, "x")
		}
	}
	return l
}

// zoneOf reads where a device is dangerous.
func (p *parser) zoneOf(name Text, v Value) LookZone {
	l := LookZone{Name: name}
	o, ok := p.object("a zone of a look", name.Span, v, nil,
		field{"x", p.expression(&l.X)},
		field{"y", p.expression(&l.Y)},
		field{"radius", p.expression(&l.Radius)},
		field{"along", p.expression(&l.Along)},
		field{"across", p.expression(&l.Across)},
		field{"widens", p.expression(&l.Widens)},
		field{"while", p.text(&l.While)},
		field{"alarm", p.text(&l.Alarm)},
		field{"hazards", p.texts(&l.Hazards, "crushing")},
		field{"severity", p.text(&l.Severity)},
	)
	if ok {
		o.only("y", "x")
		o.only("widens", "along")
	}
	return l
}
