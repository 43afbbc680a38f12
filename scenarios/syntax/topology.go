package syntax

import "slices"

// A Zone is a group of devices that share a network.
type Zone struct {
	Name    Text
	Devices []Text
	Latency Duration
	Jitter  Duration
	Loss    Percent
	Level   Text    // Purdue level: 0 to 5, or 3.5
	Target  Integer // security level of IEC 62443, 0 to 4
	Speaks  Text    // protocol of those that do not say their own
	Range   Text    // a quantity: how far its wireless links reach
	Radio   *Radio  // LoRa in place of a bandwidth
	Capacity
}

// A Capacity is how much a link carries.
type Capacity struct {
	Bandwidth Text   // a quantity
	Queue     Text   // a quantity: bytes that may wait
	Priority  []Text // devices and signals whose messages go first
}

// A Conduit joins two zones.
type Conduit struct {
	Name     Text
	Joins    []Text // two names of zones
	Latency  Duration
	Jitter   Duration
	Loss     Percent
	Ordered  Bool
	Diode    Bool // passes only from the first of joins to the second
	Filtered bool // it has rules, possibly none that allows anything
	Rules    []FilterRule
	Login    []Text // credentials of which who passes needs one
	Radio    *Radio // LoRa in place of a bandwidth
	Capacity
}

// A FilterRule lets messages pass a conduit, or not.
type FilterRule struct {
	Allow    Text // a protocol, or any
	Deny     Text // one of the two is there
	Verbs    []Text
	From, To []Text // devices and zones
	Objects  []Text // patterns
	// Functions are those of Modbus, Services those of CIP, by name or number.
	Functions, Services []Text
	// Further says that it begins a filter of its own, behind the rules before it.
	Further bool
}

// Subject is the protocol that a rule is about.
func (r *FilterRule) Subject() Text {
	if r.Allow.Present() {
		return r.Allow
	}
	return r.Deny
}

// A Credential is what proves who one is: a key, a password.
type Credential struct {
	Name    Text
	Kind    Text   // key or password
	HeldBy  []Text // devices and people
	Default Bool   // it is the one that the maker ships
	Guesses Integer
}

// A Person is one entry of people:.
type Person struct {
	Name     Text
	Role     Text
	Position []Text
	Habits   []Habit
	Params   []Entry // what else is said
}

// An Attacker is one entry of attackers:.
type Attacker struct {
	Name  Text
	At    []Text // the first footholds: devices
	Holds []Text // credentials
	Knows []Text // devices, or all
}

// zone reads one entry of zones:, a list of devices or a map.
func (p *parser) zone(name Text, v Value) Zone {
	z := Zone{Name: name}
	if v.Shape == List || v.Shape == Scalar {
		p.texts(&z.Devices, "pump, gauge")(Entry{name, v})
		return z
	}
	o, ok := p.object("a zone", name.Span, v, nil, append([]field{
		{"devices", p.texts(&z.Devices, "pump, gauge")},
		{"latency", p.duration(&z.Latency)},
		{"jitter", p.duration(&z.Jitter)},
		{"loss", p.percent(&z.Loss)},
		{"level", p.oneOf(&z.Level, "0", "1", "2", "3", "3.5", "4", "5")},
		{"target", p.integer(&z.Target, 0)},
		{"speaks", p.text(&z.Speaks)},
		{"range", p.text(&z.Range)},
		{"radio", p.radio(&z.Radio)},
	}, p.capacity(&z.Capacity)...)...)
	if ok {
		o.require("devices", "[pump, gauge]")
	}
	if z.Target.Usable() && z.Target.Value > 4 {
		p.errorf(z.Target.Span, "write `4` or less", "a security level of IEC 62443 is at most 4")
		z.Target.Broken = true
	}
	return z
}

func (p *parser) capacity(c *Capacity) []field {
	return []field{{"bandwidth", p.text(&c.Bandwidth)}, {"queue", p.text(&c.Queue)}, {"priority", p.oneOrMore(&c.Priority)}}
}

// conduit reads one entry of conduits:.
func (p *parser) conduit(name Text, v Value) Conduit {
	c := Conduit{Name: name}
	o, ok := p.object("a conduit", name.Span, v, nil, append([]field{
		{"joins", p.tuple(&c.Joins, 2, 2, "a conduit joins two zones", "field, control")},
		{"latency", p.duration(&c.Latency)},
		{"jitter", p.duration(&c.Jitter)},
		{"loss", p.percent(&c.Loss)},
		{"ordered", p.boolean(&c.Ordered)},
		{"diode", p.boolean(&c.Diode)},
		{"login", p.oneOrMore(&c.Login)},
		{"radio", p.radio(&c.Radio)},
		{"rules", p.list("`rules`", "- allow: modbus", func(v Value) { c.Rules = append(c.Rules, p.filterRule(v)) })},
	}, p.capacity(&c.Capacity)...)...)
	if ok {
		o.require("joins", "[field, control]")
		c.Filtered = o.has("rules") && listed(v, "rules")
	}
	return c
}

// listed reports whether what stands after a key of a map is a list.
func listed(v Value, key string) bool {
	return !slices.ContainsFunc(v.Entries, func(e Entry) bool { return e.Key.Value == key && e.Value.Shape != List })
}

// filterRule reads one rule of a conduit.
func (p *parser) filterRule(v Value) FilterRule {
	var r FilterRule
	if o, ok := p.object("a rule", v.Text.Span, v, nil,
		field{"allow", p.text(&r.Allow)},
		field{"deny", p.text(&r.Deny)},
		field{"verb", p.scope(&r.Verbs)},
		field{"from", p.scope(&r.From)},
		field{"to", p.scope(&r.To)},
		field{"object", p.scope(&r.Objects)},
		field{"function", p.scope(&r.Functions)},
		field{"service", p.scope(&r.Services)},
	); ok {
		o.one("allow: modbus", "allow", "deny")
	}
	return r
}

// credential reads one entry of credentials:.
func (p *parser) credential(name Text, v Value) Credential {
	c := Credential{Name: name}
	p.object("a credential", name.Span, v, nil,
		field{"kind", p.oneOf(&c.Kind, "key", "password")},
		field{"held_by", p.oneOrMore(&c.HeldBy)},
		field{"default", p.boolean(&c.Default)},
		field{"guesses", p.integer(&c.Guesses, 1)},
	)
	return c
}

func (p *parser) person(name Text, v Value) Person {
	one := Person{Name: name}
	o, ok := p.object("a person", name.Span, v, func(e Entry) { one.Params = append(one.Params, e) },
		field{"role", p.text(&one.Role)},
		field{"position", p.position(&one.Position)},
		field{"habits", p.list("`habits`", "- {plugs: stick, into: ews, at: 8h, every: 1d}", func(v Value) { one.Habits = append(one.Habits, p.habit(v)) })},
	)
	if ok {
		one.Params = o.mistyped(one.Params, [][]string{{"habits"}})
	}
	return one
}

func (p *parser) attacker(name Text, v Value) Attacker {
	a := Attacker{Name: name}
	o, ok := p.object("an attacker", name.Span, v, nil,
		field{"at", p.oneOrMore(&a.At)},
		field{"holds", p.oneOrMore(&a.Holds)},
		field{"knows", p.oneOrMore(&a.Knows)},
	)
	if ok {
		o.require("at", "laptop")
	}
	return a
}
