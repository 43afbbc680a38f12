package syntax

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A Barrier is one entry of barriers:, something that could be done against an attack,
// and what that costs. All kinds are short for a change of the system.
type Barrier struct {
	Name  Text
	About Text
	Cost  Number
	Kind  Text   // the key that says what it does
	What  []Text // that stands after it: weaknesses, conduits, devices, credentials or a check
	On    []Text // of patch: devices; none: all that have the weakness
	From  Text   // of diode: the zone at which it begins
	Allow []Text // of media: carriers that are still taken
	Rules []FilterRule
	// Change is what stands over the system, of change.
	Change *System
}

// A Number is a plain number with its text.
type Number struct {
	Text
	Value float64
}

// BarrierKinds are what a barrier can do, in the order of their page.
var BarrierKinds = []string{
	"patch", "close", "filter", "diode", "media", "signed_only", "allow_list", "remove", "check", "change",
}

// barrier reads one entry of barriers:.
func (p *parser) barrier(name Text, v Value) Barrier {
	b := Barrier{Name: name}
	fields := []field{
		{"about", p.text(&b.About)},
		{"cost", p.cost(&b.Cost)},
		{"on", p.oneOrMore(&b.On)},
		{"from", p.text(&b.From)},
		{"allow", p.oneOrMore(&b.Allow)},
		{"rules", p.list("`rules`", "- allow: modbus", func(v Value) { b.Rules = append(b.Rules, p.filterRule(v)) })},
	}
	for _, kind := range BarrierKinds {
		fields = append(fields, field{kind, func(e Entry) { p.deed(&b, e) }})
	}
	o, ok := p.object("a barrier", name.Span, v, nil, fields...)
	if !ok || !b.Kind.Present() && p.stray(o, v) { // it was meant to say what it does
		return b
	}
	o.one("patch: spooler", BarrierKinds...)
	o.require("cost", "2")
	o.only("on", "patch")
	o.only("from", "diode")
	o.only("allow", "media")
	o.only("rules", "filter")
	if o.has("filter") {
		o.require("rules", "[{allow: modbus, verb: read}]")
	}
	return b
}

// stray reports whether a key is there that is none, and like none.
func (p *parser) stray(o *object, v Value) bool {
	return slices.ContainsFunc(v.Entries, func(e Entry) bool {
		_, like := source.Nearest(e.Key.Value, o.names)
		return !like && !slices.Contains(o.names, e.Key.Value)
	})
}

// deed reads what a barrier does.
func (p *parser) deed(b *Barrier, e Entry) {
	if b.Kind.Present() {
		return // one too many, which is reported
	}
	b.Kind = e.Key
	if e.Key.Value != "change" {
		p.oneOrMore(&b.What)(e)
		return
	}
	overrides := p.overrides
	p.overrides = true
	s := p.system(e)
	b.Change, p.overrides = &s, overrides
}

// cost returns a reader of what a barrier costs, in whatever is paid.
func (p *parser) cost(to *Number) func(Entry) {
	return func(e Entry) {
		to.Text = p.scalar(e, "write a number such as `3`")
		if to.Broken {
			return
		}
		x, err := strconv.ParseFloat(to.Text.Value, 64)
		switch first, _, more := strings.Cut(to.Text.Value, " "); {
		case err == nil && x >= 0 && !math.IsInf(x, 0) && !math.IsNaN(x):
			to.Value = x
			return
		case more && err != nil && isNumber(first):
			p.errorf(to.Span, "write `"+first+"`", "a cost is a plain number: all that counts is how costs compare")
		default:
			p.errorf(to.Span, "write a number such as `3`", "%s is no cost", source.Quote(to.Text.Value))
		}
		to.Broken = true
	}
}
