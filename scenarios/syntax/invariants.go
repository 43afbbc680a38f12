package syntax

// invariants reads invariants:.
func (p *parser) invariants(e Entry) []Invariant {
	var all []Invariant
	each(p, &all, kebab, "no-overflow: {always: tower.level < tower.height}", p.invariant)(e)
	return all
}

// invariant reads one entry of invariants:.
func (p *parser) invariant(name Text, v Value) Invariant {
	inv := Invariant{Name: name}
	var always, never, eventually, whenever, formula Text
	o, ok := p.object("an invariant", name.Span, v, nil,
		field{"always", p.expression(&always)},
		field{"never", p.expression(&never)},
		field{"eventually", p.expression(&eventually)},
		field{"whenever", p.expression(&whenever)},
		field{"then", p.expression(&inv.Then)},
		field{"until", p.expression(&inv.Until)},
		field{"since", p.expression(&inv.Since)},
		field{"formula", p.expression(&formula)},
		field{"for", p.duration(&inv.For)},
		field{"within", p.duration(&inv.Within)},
	)
	if !ok {
		return inv
	}
	switch o.one("always: tower.level < tower.height", "always", "never", "eventually", "whenever", "formula") {
	case "always":
		inv.Form, inv.Condition = Always, always
	case "never":
		inv.Form, inv.Condition = Never, never
	case "eventually":
		inv.Form, inv.Condition = Eventually, eventually
	case "whenever":
		inv.Form, inv.Condition = Whenever, whenever
		o.require("then", "not pump.running")
	case "formula":
		inv.Form, inv.Condition = Formula, formula
	default:
		return inv
	}
	p.belong(o, &inv)
	return inv
}

// belong checks that each further key goes with the form.
func (p *parser) belong(o *object, inv *Invariant) {
	o.only("then", "whenever")
	o.only("until", "always", "never")
	o.only("since", "always", "never")
	o.only("for", "always", "never", "whenever")
	o.only("within", "eventually", "whenever", "until", "since")
	if until, ok := o.key("until"); ok && o.has("since") {
		p.errorf(until.Span, "make it two invariants", "an invariant has `until` or `since`, not both")
		inv.Form = NoForm
	}
}
