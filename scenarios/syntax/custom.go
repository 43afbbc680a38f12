package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// ReadCustom reads the parameters of a device of kind custom, for an entry that
// overrides one of a used file and so does not say what it is.
func ReadCustom(name Text, params []Entry) (*Custom, source.Problems) {
	var problems source.Problems
	p := parser{problems: &problems, overrides: true}
	return p.custom(name, params), problems
}

// custom reads the parameters of a device of kind custom.
func (p *parser) custom(name Text, params []Entry) *Custom {
	c := &Custom{}
	v := Value{Shape: Map, Text: Text{Span: name.Span}, Entries: params}
	o, _ := p.object("a custom device", name.Span, v, nil,
		field{"inputs", each(p, &c.Inputs, identifier, "level: gauge.level", p.input)},
		field{"signals", each(p, &c.Signals, identifier, "level: {start: 2 m}", p.signal)},
		field{"rules", func(e Entry) { c.Rules = p.rules(e) }},
		field{"on", each(p, &c.On, identifier, "stop: {set: {running: false}}", p.handler)},
	)
	if !p.overrides {
		o.require("signals", "{level: {start: 2 m}}")
	}
	return c
}

func (p *parser) input(name Text, v Value) Input { return Input{name, p.wiring(Entry{name, v})} }

// signal reads one signal of a custom device.
func (p *parser) signal(name Text, v Value) Signal {
	s := Signal{Name: name}
	o, ok := p.object("a signal", name.Span, v, nil,
		field{"start", p.expression(&s.Start)},
		field{"rate", p.expression(&s.Rate)},
		field{"value", p.expression(&s.Value)},
		field{"unit", p.text(&s.Unit)},
		field{"type", p.oneOf(&s.Type, "number", "bool", "int", "enum", "hash")},
		field{"labels", p.texts(&s.Labels, "idle, running")},
	)
	if !ok {
		return s
	}
	switch key, computed := o.key("value"); {
	case computed && o.has("rate"):
		p.errorf(key.Span, "keep one of them", "a signal has a `value` (computed) or a `rate` (continuous), not both")
	case computed && o.has("start"):
		start, _ := o.key("start")
		p.errorf(start.Span, "remove it, or `value`", "a computed signal has no `start`")
	case !computed && !p.overrides:
		o.require("start", "0")
	}
	if s.Type.Usable() && s.Type.Value == "enum" && !p.overrides {
		o.require("labels", "[idle, running]")
	}
	return s
}

// rules reads rules:.
func (p *parser) rules(e Entry) []Rule {
	if !p.shape(e.Value, List, e.Key.Span, source.Quote("rules"), "begin each rule with `- `: `- when: level > 3`") {
		return nil
	}
	var rules []Rule
	for _, item := range e.Value.Items {
		r := Rule{Span: item.Text.Span}
		o, ok := p.object("a rule", item.Text.Span, item, nil,
			field{"when", p.expression(&r.When)},
			field{"every", p.positive(&r.Every)},
			field{"if", p.expression(&r.If)},
			field{"set", p.assignments(&r.Set)},
		)
		if ok {
			o.one("when: level > 3", "when", "every")
			o.require("set", "{tripped: true}")
		}
		rules = append(rules, r)
	}
	return rules
}

// handler reads what a message does.
func (p *parser) handler(name Text, v Value) Handler {
	h := Handler{Message: name}
	o, ok := p.object("a handler", name.Span, v, nil,
		field{"if", p.expression(&h.If)},
		field{"set", p.assignments(&h.Set)},
	)
	if ok {
		o.require("set", "{running: false}")
	}
	return h
}

// assignments returns a reader of set:.
func (p *parser) assignments(to *[]Assignment) func(Entry) {
	return each(p, to, anyName, "tripped: true", func(name Text, v Value) Assignment {
		a := Assignment{Signal: name}
		p.expression(&a.Value)(Entry{name, v})
		return a
	})
}
