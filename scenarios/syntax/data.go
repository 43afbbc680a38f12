package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Subject is one entry of subjects:, people whom data are about.
type Subject struct {
	Name   Text
	Count  Integer // absent where they are persons of the system
	Traits []Trait
	Moves  *Movement
}

// A Movement says how people move about.
type Movement struct {
	Key     Text
	Across  Text // metres: the town is a square so wide
	Cell    Text // metres: how finely anybody can know where they are
	Pattern Text // homes, or anywhere
}

// A Precision says how finely items tell where people were, and when.
type Precision struct {
	Key   Text
	Time  Duration
	Space Text // metres
}

// A Trait is what is true of people for good.
type Trait struct {
	Name   Text
	Kind   Text    // identifier, quasi, plain or sensitive
	Values Integer // so many that are equally common; absent where there are Shares or each has one of their own
	Shares []ValueShare
	Own    bool // each has another one
}

// A ValueShare is how many people have a value of a trait.
type ValueShare struct {
	Value Text
	Share Percent
}

// A Store is what a device of kind store keeps about people.
type Store struct {
	Key       Text
	Also      []Text // further keys that its records name
	Keeps     Text   // a duration, or forever
	Limit     Text   // bytes
	Remembers Bool
	Buffer    Bool
	Readers   []Text
	Holds     []Holding
	Takes     []Taking
	Rights    [3]RightInput // erases, stops, answers
	Notifies  *Warning      // nil where nothing is said
}

// A Holding is what a store has from the start.
type Holding struct {
	Name  Text // of the trait
	About Text // whom it is about; of all who have the trait, where it is absent
	Share Percent
	Use
}

// Use is what data are for, and what allows that.
type Use struct {
	Purpose Text
	Basis   Text
	KeepFor Duration
	Size    Text    // bytes of an item
	Coarse  Integer // how wide the bands are in which a trait is kept
}

// A Taking is what comes to a store while it runs.
type Taking struct {
	Name  Text
	From  Text // a signal, or an attribute of another store
	About Text // whom it is about
	Every Duration
	Fine  Duration
	Kind  Text
	QoS   Integer // of MQTT, where it comes from a broker: 0, 1 or 2
	Infer []Text  // attributes of this store
	Rule  Text
	Right Percent // how often an inference is right
	// Precision is that of places that items tell; nil where they tell none.
	Precision *Precision
	Use
}

// A RightInput is how a store hears of what people ask for.
type RightInput struct {
	Key     Text
	On      Text
	After   Duration
	Extends *Extension
}

// A Warning is how a store hears that something was taken, and how long after that it tells others.
type Warning struct {
	Key   Text
	On    Text
	After Duration
}

// An Extension is that a store tells people that it takes longer.
type Extension struct {
	Key   Text
	By    Duration // how much longer
	After Duration // so long after it heard of the request
}

// subject reads one entry of subjects:.
func (p *parser) subject(name Text, v Value) Subject {
	s := Subject{Name: name}
	p.object("a group of people", name.Span, v, nil,
		field{"count", p.integer(&s.Count, 1)},
		field{"traits", each(p, &s.Traits, identifier, "postcode: {kind: quasi, values: 60}", p.trait)},
		field{"moves", func(e Entry) { s.Moves = p.movement(e) }},
	)
	return s
}

// movement reads how people move about.
func (p *parser) movement(e Entry) *Movement {
	m := &Movement{Key: e.Key}
	o, ok := p.object("a movement", e.Key.Span, e.Value, nil,
		field{"across", p.text(&m.Across)},
		field{"cell", p.text(&m.Cell)},
		field{"pattern", p.oneOf(&m.Pattern, "homes", "anywhere")},
	)
	if ok {
		o.require("across", "6 km")
		o.require("cell", "1 km")
	}
	return m
}

// precision reads how finely items tell where people were.
func (p *parser) precision(e Entry) *Precision {
	x := &Precision{Key: e.Key}
	o, ok := p.object("a precision", e.Key.Span, e.Value, nil, field{"time", p.positive(&x.Time)}, field{"space", p.text(&x.Space)})
	if ok {
		o.require("time", "1h")
		o.require("space", "1 km")
	}
	return x
}

// kindsOfAttributes are the words for them.
var kindsOfAttributes = []string{"plain", "identifier", "quasi", "sensitive"}

// trait reads one trait of people.
func (p *parser) trait(name Text, v Value) Trait {
	t := Trait{Name: name}
	o, ok := p.object("a trait", name.Span, v, nil,
		field{"kind", p.oneOf(&t.Kind, kindsOfAttributes...)},
		field{"values", func(e Entry) {
			switch {
			case e.Value.Shape == Scalar && e.Value.Text.Value == "own":
				t.Own = true
			case e.Value.Shape == Map:
				for _, x := range e.Value.Entries {
					share := ValueShare{Value: x.Key}
					p.percent(&share.Share)(x)
					t.Shares = append(t.Shares, share)
				}
			default:
				p.integer(&t.Values, 2)(e)
			}
		}},
	)
	if ok {
		o.require("values", "own")
	}
	return t
}

// ReadStore reads the parameters of a device of kind store.
func ReadStore(name Text, params []Entry) (*Store, source.Problems) {
	var problems source.Problems
	p := parser{problems: &problems}
	s := &Store{}
	v := Value{Shape: Map, Text: Text{Span: name.Span}, Entries: params}
	p.object("a store", name.Span, v, nil,
		field{"key", p.text(&s.Key)},
		field{"also", p.oneOrMore(&s.Also)},
		field{"keeps", p.text(&s.Keeps)},
		field{"limit", p.text(&s.Limit)},
		field{"remembers", p.boolean(&s.Remembers)},
		field{"buffer", p.boolean(&s.Buffer)},
		field{"readers", p.oneOrMore(&s.Readers)},
		field{"holds", each(&p, &s.Holds, identifier, "name: {share: 100%}", p.holding)},
		field{"takes", each(&p, &s.Takes, identifier, "load: {from: meter.reading}", p.taking)},
		field{"erases", p.rightInput(&s.Rights[0])},
		field{"stops", p.rightInput(&s.Rights[1])},
		field{"answers", p.rightInput(&s.Rights[2])},
		field{"notifies", func(e Entry) { s.Notifies = p.warning(e) }},
	)
	return s, problems
}

// use returns the fields of what data are for.
func (p *parser) use(u *Use, words []string) []field {
	return []field{
		{"purpose", p.text(&u.Purpose)},
		{"basis", p.oneOf(&u.Basis, words...)},
		{"keep_for", p.positive(&u.KeepFor)},
		{"size", p.text(&u.Size)},
		{"coarse", p.integer(&u.Coarse, 2)},
	}
}

// bases are the words for what allows to process data; those of sim/data in a test.
var bases = []string{"consent", "contract", "legal-obligation", "vital-interest", "public-task", "legitimate-interest"}

// holding reads what a store has from the start: a share, or more.
func (p *parser) holding(name Text, v Value) Holding {
	h := Holding{Name: name, Share: Percent{Value: 1}}
	if v.Shape == Scalar {
		if v.Text.Value != "all" {
			p.percent(&h.Share)(Entry{name, v})
		}
		return h
	}
	p.object("what a store holds", name.Span, v, nil, append(p.use(&h.Use, bases), field{"share", p.percent(&h.Share)}, field{"about", p.text(&h.About)})...)
	return h
}

// taking reads what comes to a store.
func (p *parser) taking(name Text, v Value) Taking {
	t := Taking{Name: name}
	o, ok := p.object("an intake", name.Span, v, nil, append(p.use(&t.Use, bases),
		field{"from", p.text(&t.From)},
		field{"about", p.text(&t.About)},
		field{"every", p.positive(&t.Every)},
		field{"fine", p.positive(&t.Fine)},
		field{"qos", p.integer(&t.QoS, 0)},
		field{"kind", p.oneOf(&t.Kind, kindsOfAttributes...)},
		field{"infer", func(e Entry) {
			if p.oneOrMore(&t.Infer)(e); e.Value.Shape == List && len(e.Value.Items) == 0 {
				p.errorf(e.Key.Span, "name what it is made of: `infer: [load]`", "nothing can be inferred of nothing")
			}
		}},
		field{"rule", p.text(&t.Rule)},
		field{"right", p.percent(&t.Right)},
		field{"precision", func(e Entry) { t.Precision = p.precision(e) }},
	)...)
	if t.QoS.Usable() && t.QoS.Value > 2 {
		p.errorf(t.QoS.Span, "write 0, 1 or 2", "there is no quality of service %d", t.QoS.Value)
		t.QoS = Integer{}
	}
	if ok {
		o.one("from: meter.reading", "from", "infer")
		o.only("right", "infer")
		o.only("rule", "infer")
		o.only("about", "from")
		o.only("every", "from")
		o.only("qos", "from")
		o.only("precision", "from")
	}
	return t
}

// warning reads how a store hears of breaches.
func (p *parser) warning(e Entry) *Warning {
	w := &Warning{Key: e.Key}
	if e.Value.Shape == Scalar {
		w.On = e.Value.Text
		return w
	}
	o, ok := p.object("a warning", e.Key.Span, e.Value, nil, field{"on", p.text(&w.On)}, field{"after", p.duration(&w.After)})
	if ok {
		o.require("on", "siem.alarm")
	}
	return w
}

// extension reads by how much a store takes longer, and when it tells people so.
func (p *parser) extension(e Entry) *Extension {
	x := &Extension{Key: e.Key}
	o, ok := p.object("an extension", e.Key.Span, e.Value, nil, field{"by", p.positive(&x.By)}, field{"after", p.duration(&x.After)})
	if ok {
		o.require("by", "60d")
	}
	return x
}

// rightInput returns a reader of how a store hears of a right.
func (p *parser) rightInput(to *RightInput) func(Entry) {
	return func(e Entry) {
		to.Key = e.Key
		if e.Value.Shape == Scalar {
			to.On = e.Value.Text
			return
		}
		o, ok := p.object("a request", e.Key.Span, e.Value, nil, field{"on", p.text(&to.On)}, field{"after", p.duration(&to.After)},
			field{"extends", func(e Entry) { to.Extends = p.extension(e) }})
		if ok {
			o.require("on", "portal."+e.Key.Value)
		}
	}
}
