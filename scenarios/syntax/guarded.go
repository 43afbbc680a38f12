package syntax

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// Guarded is what a device of any kind may say about how it is reached, and what it
// checks before it acts.
type Guarded struct {
	Speaks     Text     // protocol
	Security   Text     // none, sign or encrypt
	Session    Duration // of OPC UA: how long it stays open while nothing gets through
	Port       *Capacity
	Weaknesses []Weakness
	Remote     []Text // credentials with which one can work on it from afar
	Checks     []Check
	Safe       []Assignment // inputs and settings after a trip
	Log        *Log
	Hardening  *Hardening
	Work       *Work
	Battery    *Battery
}

// A Weakness is a flaw of a device that an attacker can exploit.
type Weakness struct {
	Name  Text
	Via   Text   // protocol by which it is reached; that of the device where it is absent
	Verb  Text   // as which its messages count for rules; write where it is absent
	Needs []Text // credentials of which one is needed
	// Share is how many of a population have it; the others never had.
	Share Percent
	// Patched is from when on devices are patched, and Over how long it takes for all.
	Patched, Over Duration
}

// A Check is a rule that a device applies before it acts on a message.
type Check struct {
	Span     source.Span
	Kind     Text
	Value    Value  // of the kind
	Name     Text   // kebab-case
	Reaction Text   // reject, clamp, hold, trip or alarm
	Owner    Text   // who answers for it
	From     []Text // claimed senders that it is about
	Verbs    []Text
	Of       []Text // inputs and settings
	While    Text   // expression
	Off      Bool   // it is there, but not switched on
	Cost     Text   // of switching it on, a number
	Grants   []Grant
	Params   []Entry
}

// A Grant is who may do what: an entry of authorise:.
type Grant struct {
	Who     []Text // devices, or any
	Verbs   []Text
	Objects []Text // inputs and settings
	Range   []Text // two quantities
	Mode    Text   // expression
	Hours   []Text // two durations since midnight
}

// A Log is how a device keeps a record of what it decided.
type Log struct {
	Span    source.Span
	Keep    Integer
	Chained Bool
	Signed  Text // by a credential
	Remote  Text // a device that keeps a copy
}

// CheckKinds are the kinds of checks, in the order of their pages.
var CheckKinds = []string{
	"authenticate", "fresh", "authorise", "range", "rate-limit", "change", "plausible", "residual", "cusum", "vote",
	"interlock", "two-person", "watchdog",
}

// CheckParameters are what checks of some kinds have beside them.
var CheckParameters = []string{"per", "burst", "each", "slack", "tolerance", "bias", "threshold", "within"}

// CheckScope are the keys that checks of all kinds may have.
var CheckScope = []string{"name", "reaction", "owner", "from", "verb", "of", "while"}

func (p *parser) guarded(g *Guarded) []field {
	return []field{
		{"speaks", p.text(&g.Speaks)},
		{"security", p.oneOf(&g.Security, "none", "sign", "encrypt")},
		{"session", p.duration(&g.Session)},
		{"port", func(e Entry) {
			g.Port = &Capacity{}
			p.object("a port", e.Key.Span, e.Value, nil, p.capacity(g.Port)...)
		}},
		{"weaknesses", each(p, &g.Weaknesses, kebab, "ms10-061: {}", p.weakness)},
		{"remote", p.credentials(&g.Remote)},
		{"checks", p.list("`checks`", "- range: [0 m, 4 m]", func(v Value) { g.Checks = append(g.Checks, p.check(v)) })},
		{"safe", p.assignments(&g.Safe)},
		{"log", func(e Entry) { g.Log = p.log(e) }},
		{"work", p.work(&g.Work)},
		{"battery", p.battery(&g.Battery)},
		{"hardening", func(e Entry) { g.Hardening = p.hardening(e) }},
	}
}

func (p *parser) weakness(name Text, v Value) Weakness {
	w := Weakness{Name: name}
	o, ok := p.object("a weakness", name.Span, v, nil,
		field{"via", p.text(&w.Via)},
		field{"verb", p.text(&w.Verb)},
		field{"needs", p.oneOrMore(&w.Needs)},
		field{"share", p.percent(&w.Share)},
		field{"patched", p.duration(&w.Patched)},
		field{"over", p.duration(&w.Over)},
	)
	if ok {
		o.only("over", "patched")
	}
	return w
}

// check reads one entry of checks:. What only its kind knows goes to Params.
func (p *parser) check(v Value) Check {
	c := Check{Span: v.Text.Span}
	fields := []field{
		{"name", p.given(&c.Name, kebab)},
		{"reaction", p.oneOf(&c.Reaction, "reject", "clamp", "hold", "trip", "alarm")},
		{"owner", p.text(&c.Owner)},
		{"from", p.scope(&c.From)},
		{"verb", p.scope(&c.Verbs)},
		{"of", p.scope(&c.Of)},
		{"while", p.expression(&c.While)},
		{"off", p.boolean(&c.Off)},
		{"cost", p.text(&c.Cost)},
	}
	for _, kind := range CheckKinds {
		fields = append(fields, field{kind, func(e Entry) {
			c.Kind, c.Value = e.Key, e.Value
			if kind == "authorise" {
				p.list("`authorise`", "- {who: [hmi], verb: write}", func(v Value) { c.Grants = append(c.Grants, p.grant(v)) })(e)
			}
		}})
	}
	o, ok := p.object("a check", v.Text.Span, v, func(e Entry) { c.Params = append(c.Params, e) }, fields...)
	if ok {
		c.Params = o.mistyped(c.Params, [][]string{CheckKinds})
		p.checkKind(o, &c)
	}
	return c
}

// checkKind checks that a check is of one kind.
func (p *parser) checkKind(o *object, c *Check) {
	if !o.any(CheckKinds) {
		for _, e := range c.Params {
			if slices.Contains(CheckParameters, e.Key.Value) {
				continue
			}
			p.errorf(e.Key.Span, "the kinds are "+strings.Join(CheckKinds, ", "), "there is no kind of check %s", source.Quote(e.Key.Value))
			return
		}
	}
	o.one("range: [0 m, 4 m]", CheckKinds...)
}

// grant reads one entry of authorise:.
func (p *parser) grant(v Value) Grant {
	var g Grant
	p.object("a grant", v.Text.Span, v, nil,
		field{"who", p.scope(&g.Who)},
		field{"verb", p.scope(&g.Verbs)},
		field{"object", p.scope(&g.Objects)},
		field{"range", p.tuple(&g.Range, 2, 2, "a range has two ends", "0 m, 4 m")},
		field{"mode", p.expression(&g.Mode)},
		field{"hours", p.tuple(&g.Hours, 2, 2, "hours have a beginning and an end", "8h, 18h")},
	)
	return g
}

func (p *parser) log(e Entry) *Log {
	l := &Log{Span: e.Key.Span}
	p.object("a log", e.Key.Span, e.Value, nil,
		field{"keep", p.integer(&l.Keep, 1)},
		field{"chained", p.boolean(&l.Chained)},
		field{"signed", p.text(&l.Signed)},
		field{"remote", p.text(&l.Remote)},
	)
	return l
}

// list returns a reader of a list, item by item.
func (p *parser) list(what, example string, read func(Value)) func(Entry) {
	return func(e Entry) {
		if !p.shape(e.Value, List, e.Key.Span, what, "write one to a line, each with a dash: `"+example+"`") {
			return
		}
		for _, item := range e.Value.Items {
			if item.Shape != Broken {
				read(item)
			}
		}
	}
}

// credentials returns a reader of the names of credentials. Who writes yes means that
// there is something to ask for: it is to be named.
func (p *parser) credentials(to *[]Text) func(Entry) {
	read := p.oneOrMore(to)
	return func(e Entry) {
		for i := range *p.problems {
			if one := &(*p.problems)[i]; e.Value.Shape == Broken && one.Span == e.Value.Text.Span && strings.HasSuffix(one.Message, toOthers) {
				one.Message, one.Fix = "`"+e.Key.Value+"` names credentials", "write the name of one, or a list: `"+e.Key.Value+": plc_password`"
			}
		}
		if e.Value.Shape == Broken {
			*to = append(*to, Text{Span: e.Value.Text.Span, Broken: true})
			return
		}
		read(e)
	}
}

// oneOrMore returns a reader of one value or a list of them.
func (p *parser) oneOrMore(to *[]Text) func(Entry) {
	return func(e Entry) {
		if e.Value.Shape == Scalar {
			*to = append(*to, e.Value.Text)
			return
		}
		p.items(to, e, e.Key.Value)
	}
}

// scope reads what a rule, a check or a grant is about: one or several of something. It
// is about all where it says nothing of that; an empty list could be meant as nothing.
func (p *parser) scope(to *[]Text) func(Entry) {
	read := p.oneOrMore(to)
	return func(e Entry) {
		if e.Value.Shape == List && len(e.Value.Items) == 0 {
			p.errorf(e.Key.Span, "leave `"+e.Key.Value+"` out where it is about all", "an empty list leaves open whether it is about nothing or about all")
			return
		}
		read(e)
	}
}
