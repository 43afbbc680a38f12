package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// expect reads expect:.
func (p *parser) expect(e Entry) Expect {
	x := Expect{Key: e.Key}
	p.object("`expect`", e.Key.Span, e.Value, nil,
		field{"holds", p.texts(&x.Holds, "no-overflow")},
		field{"violated", each(p, &x.Violated, anyName, "no-overflow: {after: 3m, before: 4m}", p.violation)},
		field{"undecided", p.texts(&x.Undecided, "no-overflow")},
		field{"vacuous", p.texts(&x.Vacuous, "no-overflow")},
		field{"no-effect", p.texts(&x.NoEffect, "a-step")},
		field{"not-triggered", p.texts(&x.NotTriggered, "a-step")},
		field{"stopped", each(p, &x.Stopped, anyName, "a-step: {by: a-check}", p.stopped)},
		field{"in", p.percent(&x.In)},
	)
	return x
}

// violation reads one known violation.
func (p *parser) violation(name Text, v Value) Violation {
	one := Violation{Name: name}
	p.object("a violation", name.Span, v, nil,
		field{"after", p.duration(&one.After)},
		field{"before", p.duration(&one.Before)},
		field{"because", p.text(&one.Because)},
		field{"in", p.percent(&one.In)},
	)
	if one.After.Usable() && one.Before.Usable() && one.After.Value > one.Before.Value {
		p.errorf(one.Before.Span, "swap them", "nothing is after %s and before %s",
			source.Quote(one.After.Text.Value), source.Quote(one.Before.Text.Value))
		one.Before.Broken = true
	}
	return one
}

// stopped reads one step that must be stopped.
func (p *parser) stopped(name Text, v Value) Stopped {
	one := Stopped{Step: name}
	if o, ok := p.object("a stopped step", name.Span, v, nil, field{"by", p.text(&one.By)}); ok {
		o.require("by", "a-check")
	}
	return one
}
