package syntax

// A Hazard is one entry of hazards:, something that may harm people.
type Hazard struct {
	Name      Text
	What      Text
	Exposes   []Text // people
	By        []Text // exposures
	Severity  Text   // from 1 to 4, or in a word
	When      Text   // an expression: it is there
	Prevented Prevention
	Layers    []Layer
}

// A Prevention is the safety function that is to keep a hazard from harming.
type Prevention struct {
	Key    Text   // prevented_by
	Kind   Text   // device, check or invariant
	Name   Text   // that stands after it
	Target Text   // SIL 1 to SIL 4, PL a to PL e
	In     []Text // devices that it lives in
	Layer  Text   // that is this function
}

// A Layer is a layer of protection against a hazard.
type Layer struct {
	Name   Text
	Demand Text // an expression: it is to act; empty: when the hazard comes
	Acts   Text // an expression
	Fitted Text // an expression: it is there; empty: always
	Within Duration
}

// PreventionKinds are what can prevent a hazard.
var PreventionKinds = []string{"device", "check", "invariant"}

// hazard reads one entry of hazards:.
func (p *parser) hazard(name Text, v Value) Hazard {
	h := Hazard{Name: name}
	o, ok := p.object("a hazard", name.Span, v, nil,
		field{"what", p.text(&h.What)},
		field{"exposes", p.somebody(&h.Exposes)},
		field{"by", p.oneOrMore(&h.By)},
		field{"severity", p.text(&h.Severity)},
		field{"when", p.expression(&h.When)},
		field{"prevented_by", func(e Entry) { h.Prevented = p.prevention(e) }},
		field{"layers", p.list("`layers`", "- {name: stop, acts: arm.stopped}", func(v Value) { h.Layers = append(h.Layers, p.layer(v)) })},
	)
	if !ok {
		return h
	}
	o.require("exposes", "anna")
	o.require("severity", "3")
	o.require("when", "anna.separation < 0.5")
	return h
}

// somebody reads whom a hazard may harm: a list of nobody would say that it harms nobody.
func (p *parser) somebody(to *[]Text) func(Entry) {
	read := p.oneOrMore(to)
	return func(e Entry) {
		if e.Value.Shape == List && len(e.Value.Items) == 0 {
			p.errorf(e.Key.Span, "name a person in it, or leave the hazard out", "this hazard exposes nobody")
		}
		read(e)
	}
}

// prevention reads prevented_by:.
func (p *parser) prevention(e Entry) Prevention {
	x := Prevention{Key: e.Key}
	fields := []field{{"target", p.text(&x.Target)}, {"in", p.oneOrMore(&x.In)}, {"layer", p.text(&x.Layer)}}
	for _, kind := range PreventionKinds {
		fields = append(fields, field{kind, func(e Entry) { x.Kind = e.Key; p.text(&x.Name)(e) }})
	}
	if o, ok := p.object("`prevented_by`", e.Key.Span, e.Value, nil, fields...); ok {
		o.one("device: scanner", PreventionKinds...)
	}
	return x
}

// layer reads one of layers:.
func (p *parser) layer(v Value) Layer {
	var l Layer
	o, ok := p.object("a layer", v.Text.Span, v, nil,
		field{"name", p.given(&l.Name, kebab)},
		field{"demand", p.expression(&l.Demand)},
		field{"acts", p.expression(&l.Acts)},
		field{"fitted", p.expression(&l.Fitted)},
		field{"within", p.positive(&l.Within)},
	)
	if ok {
		o.require("name", "protective-stop")
		o.require("acts", "arm.stopped")
	}
	return l
}
