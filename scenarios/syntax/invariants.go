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
	var always, never, eventually, whenever, formula, finally Text
	o, ok := p.object("an invariant", name.Span, v, nil,
		field{"always", p.expression(&always)},
		field{"never", p.expression(&never)},
		field{"eventually", p.expression(&eventually)},
		field{"whenever", p.expression(&whenever)},
		field{"then", p.expression(&inv.Then)},
		field{"until", p.expression(&inv.Until)},
		field{"since", p.expression(&inv.Since)},
		field{"unless", p.expression(&inv.Unless)},
		field{"formula", p.expression(&formula)},
		field{"finally", p.expression(&finally)},
		field{"for", p.duration(&inv.For)},
		field{"within", p.duration(&inv.Within)},
		field{"every", p.positive(&inv.Every)},
		field{"lasts-at-least", p.positive(&inv.AtLeast)},
		field{"lasts-at-most", p.positive(&inv.AtMost)},
		field{"article", p.text(&inv.Article)},
	)
	if !ok {
		return inv
	}
	switch o.one("always: tower.level < tower.height", "always", "never", "eventually", "whenever", "formula", "finally") {
	case "always":
		inv.Form, inv.Condition = Always, always
	case "never":
		inv.Form, inv.Condition = Never, never
	case "eventually":
		inv.Form, inv.Condition = Eventually, eventually
	case "whenever":
		inv.Form, inv.Condition = Whenever, whenever
		if !o.any(lasting) {
			o.require("then", "not pump.running")
		}
	case "formula":
		inv.Form, inv.Condition = Formula, formula
	case "finally":
		inv.Form, inv.Condition = Finally, finally
	default:
		return inv
	}
	p.belong(o, &inv)
	return inv
}

// lasting are the keys that say how long a condition lasts.
var lasting = []string{"lasts-at-least", "lasts-at-most"}

// belong checks that each further key goes with the form and with the others.
func (p *parser) belong(o *object, inv *Invariant) {
	o.only("then", "whenever")
	o.only("until", "always", "never")
	o.only("since", "always", "never")
	o.only("unless", "always", "never")
	o.only("for", "always", "never", "eventually", "whenever")
	o.only("within", "eventually", "whenever", "until", "since")
	o.only("every", "eventually")
	for _, key := range lasting {
		o.only(key, "whenever")
	}
	if inv.Form == Whenever && o.any(lasting) {
		o.only("for", "then")
		o.only("within", "then")
	}
	whole := o.apart("make it two invariants", "until", "since") && o.apart("make it two invariants", "until", "unless") &&
		o.apart("make it two invariants", "since", "unless") && o.apart("keep one of them", "within", "every")
	for _, key := range []string{"until", "since", "unless"} {
		whole = whole && o.apart("remove `for`: how long it lasts follows from `"+key+"`", key, "for")
	}
	if !whole {
		inv.Form = NoForm
	}
	if inv.AtLeast.Usable() && inv.AtMost.Usable() && inv.AtLeast.Value > inv.AtMost.Value {
		p.errorf(inv.AtMost.Span, "write a longer time than "+inv.AtLeast.Text.Value, "nothing lasts at least %s and at most %s",
			inv.AtLeast.Text.Value, inv.AtMost.Text.Value)
	}
}

// apart reports two keys that do not go together.
func (o *object) apart(fix, a, b string) bool {
	first, ok := o.key(a)
	second, both := o.key(b)
	if !ok || !both {
		return true
	}
	at := second.Span
	if first.Span.Line > at.Line || first.Span.Line == at.Line && first.Span.Column > at.Column {
		at = first.Span
	}
	o.p.errorf(at, fix, "an invariant has `%s` or `%s`, not both", a, b)
	return false
}
