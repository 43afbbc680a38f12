package compile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// storeKind is the kind of a store of data about people.
const storeKind = "store"

// A store is a device that keeps data, while it is compiled.
type store struct {
	spec  *syntax.Store
	index int32
	held  int32 // shelves of what it has from the start, which come first
	twin  *data.Twin
	// informs says that somebody else hears its notices of breaches.
	informs bool
}

// stores makes all stores: their shelves first, then what comes to them.
func (b *builder) stores() {
	if b.sys.Data == nil {
		return
	}
	if !slices.ContainsFunc(b.devs, func(d *dev) bool { return d.store != nil }) {
		b.sys.Data = nil // nobody has anything about them
		return
	}
	for _, d := range b.devs {
		if d.store != nil {
			b.shelves(d)
		}
	}
	for _, brokers := range []bool{true, false} { // which others subscribe to
		for _, d := range b.devs {
			if d.store != nil && (d.broker != nil) == brokers {
				b.intakes(d)
			}
		}
	}
	b.returning()
	b.precision()
	b.located()
	b.rounds()
	for _, d := range b.devs {
		if d.store != nil && d.broker == nil && !d.broken {
			b.add(d, d.store.twin, nil)
		}
	}
}

// store reads a store.
func (b *builder) store(d *dev) {
	spec, problems := syntax.ReadStore(d.spec.Name, d.spec.Params)
	b.Add(problems...)
	d.store, d.broken = &store{spec: spec}, problems.Err() != nil
}

// shelves adds a store and its shelves to the model.
func (b *builder) shelves(d *dev) {
	m, s := b.sys.Data.Model, d.store.spec
	d.store.index = int32(len(m.Stores))
	st := data.Store{
		Name: d.spec.Name.Value, Controller: b.controller(d), Key: s.Key.Value, Limit: b.bytes(s.Limit, "2 TB"),
		Remembers: s.Remembers.Value, Buffer: s.Buffer.Value, Warned: s.Notifies != nil, Last: d.broker != nil, Volatile: d.broker != nil && !d.broker.Persistent, First: int32(len(m.Shelves)),
	}
	b.keys(&st, s)
	b.readers(d)
	for i := range s.Holds {
		b.holding(d, &s.Holds[i])
	}
	d.store.held = int32(len(m.Shelves)) - st.First
	for i := range s.Takes {
		b.taking(d, &s.Takes[i])
	}
	st.Count = int32(len(m.Shelves)) - st.First
	st.Keeps = b.retention(d, len(s.Takes) > 0)
	m.Stores = append(m.Stores, st)
	b.sys.Data.Devices = append(b.sys.Data.Devices, st.Name)
	d.store.twin = &data.Twin{Model: m, Store: d.store.index}
	b.roomy(d)
}

// retention is how long a store keeps what comes to it.
func (b *builder) retention(d *dev, comes bool) vtime.Duration {
	t := d.store.spec.Keeps
	switch {
	case t.Value == "forever":
		return 0
	case t.Present():
		v, problems := syntax.ReadDuration(t)
		b.Add(problems...)
		if v.Value == 0 && problems.Err() == nil {
			b.Errorf(t.Span, "write how long, or take nothing in", "what is kept for no time is not kept")
		}
		return v.Value
	case comes:
		b.Errorf(d.spec.Name.Span, "add `keeps: 400d`, or `keeps: forever` where that is meant", "personal data come to %s, which does not say how long it keeps them (GDPR Art. 5(1)(e))", d.spec.Name.Value)
	}
	return 0
}

// shelf is what a use says of a shelf.
func (b *builder) shelf(d *dev, u *syntax.Use) data.Shelf {
	m := b.sys.Data.Model
	sh := data.Shelf{Store: d.store.index, Purpose: -1, KeepFor: u.KeepFor.Value, Bytes: 16}
	if u.Size.Present() {
		before := len(b.Problems)
		sh.Bytes = b.bytes(u.Size, "16 B")
		if u.Size.Usable() && !(sh.Bytes > 0) && len(b.Problems) == before {
			b.Errorf(u.Size.Span, "write it such as `16 B`", "an item takes some bytes")
		}
		if sh.Bytes > maxItem {
			b.Errorf(u.Size.Span, "write it such as `200 kB`", "an item of %s is more than the 1 TB that one takes at most", u.Size.Value)
			sh.Bytes = 1
		}
	}
	if u.Purpose.Usable() {
		if sh.Purpose = int32(slices.Index(m.Purposes, u.Purpose.Value)); sh.Purpose < 0 {
			b.Errorf(u.Purpose.Span, choice("the purposes are", m.Purposes, "declare it under system: `purposes: ["+u.Purpose.Value+"]`"), "there is no purpose %s%s", source.Quote(u.Purpose.Value), source.DidYouMean(u.Purpose.Value, m.Purposes))
		}
	}
	if u.Basis.Usable() {
		sh.Basis = data.Basis(max(0, slices.Index(data.Bases(), u.Basis.Value)))
	}
	if u.KeepFor.Present() && sh.Basis.Ends() {
		b.Errorf(u.KeepFor.Span, "name a basis that demands it, such as `basis: legal-obligation`", "nothing has to be kept for %v on the basis of %v: who wants it erased may have that at once", u.KeepFor.Text.Value, sh.Basis)
	}
	return sh
}

// taking adds a shelf for what comes to a store.
func (b *builder) taking(d *dev, t *syntax.Taking) {
	m := b.sys.Data.Model
	pop, ok := b.about(d, t)
	if !ok {
		d.broken = true
		return
	}
	sh := b.shelf(d, &t.Use)
	sh.Fine = t.Fine.Value
	sh.Attribute = int32(slices.IndexFunc(m.Attributes, func(a data.Attribute) bool { return a.Name == t.Name.Value && a.Population == pop }))
	if sh.Attribute < 0 {
		sh.Attribute = int32(len(m.Attributes))
		m.Attributes = append(m.Attributes, data.Attribute{Name: t.Name.Value, Population: pop})
	}
	b.kindOf(sh.Attribute, t)
	b.coarse(&sh, &t.Use)
	b.precise(&sh, t, &m.Populations[pop])
	m.Shelves = append(m.Shelves, sh)
}

// about finds out which people data are about: those that are named, those of the same
// number as the devices that tell, or all there are.
func (b *builder) about(d *dev, t *syntax.Taking) (population int32, ok bool) {
	m := b.sys.Data.Model
	var names []string
	for i := range m.Populations {
		names = append(names, m.Populations[i].Name)
	}
	if t.About.Usable() {
		p, _, ok := b.whom(t.About.Value)
		if !ok {
			message, fix := b.nobody(t.About.Value)
			b.Errorf(t.About.Span, fix, "%s", message)
		}
		return p, ok
	}
	if len(names) != 1 {
		b.Errorf(t.Name.Span, choice("add `about:` and one of", names, "declare people under system: `subjects: {resident: {count: 100}}`, and add `about: resident`; machines in the same way: `subjects: {machine: {count: 100}}`"), "%s of %s does not say whom it is about", t.Name.Value, d.spec.Name.Value)
		return 0, false
	}
	return 0, true
}

// whom reads who is meant: a population, or one of it.
func (b *builder) whom(text string) (population, member int32, ok bool) {
	name, member, ok := splitMember(text)
	if !ok {
		return 0, -1, false
	}
	m := b.sys.Data.Model
	at := slices.IndexFunc(m.Populations, func(p data.Population) bool { return p.Name == name })
	if at < 0 || member >= m.Populations[at].Count {
		return 0, -1, false
	}
	return int32(at), member, true
}

// splitMember reads "resident[3]" or "resident", of which member is -1.
func splitMember(text string) (name string, member int32, ok bool) {
	name, index, has := strings.Cut(text, "[")
	if !has {
		return name, -1, isName(name)
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(index, "]"), 10, 32)
	return name, int32(n), err == nil && n >= 0 && strings.HasSuffix(index, "]") && isName(name)
}

// intakes adds how items come to the shelves of a store, and wires it to where they come
// from.
func (b *builder) intakes(d *dev) {
	s := d.store.spec
	m := b.sys.Data.Model
	shelf := m.Stores[d.store.index].First + d.store.held
	for i := range s.Takes {
		if d.broken {
			return
		}
		t := &s.Takes[i]
		if len(t.Infer) > 0 && d.broker != nil {
			b.Errorf(t.Name.Span, "infer it in a device with `is: store`", "a broker hands on what comes to it, and infers nothing")
		} else if len(t.Infer) > 0 {
			b.inferred(d, t, shelf)
		} else {
			b.taken(d, t, shelf)
		}
		shelf++
	}
	for r := range s.Rights {
		b.rightOf(d, data.Right(r))
	}
	b.warned(d)
}

// taken adds an intake from a device, or a copy from another store.
func (b *builder) taken(d *dev, t *syntax.Taking, shelf int32) {
	if !t.From.Usable() {
		return
	}
	m := b.sys.Data.Model
	id, name, member, plain := splitPath(t.From.Value)
	from := b.byName[id]
	if !plain || from == nil {
		b.Errorf(t.From.Span, "write it such as meter.reading", "%s is neither a signal nor what a store keeps%s", source.Quote(t.From.Value), source.DidYouMean(id, b.names()))
		return
	}
	in := data.Intake{Shelf: shelf, Person: -1, Name: t.From.Value}
	w := wire{name: syntax.Text{Value: t.Name.Value + taken, Span: t.Name.Span}, wiring: syntax.Wiring{Source: t.From, Every: t.Every}, gathers: member < 0}
	input := data.Input{Name: w.name.Value}
	if d.broker != nil && !b.published(d, from, t) {
		return
	}
	switch {
	case from.broker != nil && from.store != nil:
		told, ok := b.retained(d, from, name, t, &w)
		if !b.copied(d, from, name, t, &in) || !ok {
			return
		}
		input.Type, input.Unit, input.Labels = told.Type, told.Unit, told.Labels
	case from.store != nil:
		if !b.copied(d, from, name, t, &in) {
			return
		}
		w.wiring.Source.Value = id + "." + data.Items
		input.Unit = unit.One
	case t.QoS.Present():
		b.noBroker(from, t)
		return
	default:
		_, shape, _ := b.look(t.From.Value)
		input.Type, input.Unit, input.Labels = shape.Type, shape.Unit, shape.Labels
		if !b.tells(d, from, member, t, &in) {
			return
		}
		w.perSecond = b.rated(from, &in)
	}
	m.Intakes = append(m.Intakes, in)
	w.carries = int32(len(m.Intakes))
	d.store.twin.Inputs = append(d.store.twin.Inputs, input)
	d.inputs = append(d.inputs, w)
}

// tells settles whom the items are about that a device tells: as many people as it has
// members, or one.
func (b *builder) tells(d, from *dev, member int, t *syntax.Taking, in *data.Intake) bool {
	m := b.sys.Data.Model
	sh := &m.Shelves[in.Shelf]
	p := &m.Populations[m.Attributes[sh.Attribute].Population]
	count := int32(max(1, from.spec.Count.Value))
	if member >= 0 {
		count = 1
	}
	one := int32(-1)
	if t.About.Usable() {
		_, one, _ = b.whom(t.About.Value)
	}
	in.Thin = t.Fine.Value
	sh.Fine = max(sh.Fine, everyOf(from))
	if a := &m.Attributes[sh.Attribute]; a.Trait {
		b.Warnf(t.Name.Span, "give it a name of its own, unless that trait is what "+t.From.Value+" tells", "%s is a trait of %s as well, which people have and which does not come", a.Name, p.Name)
	}
	switch {
	case one >= 0:
		in.Person = p.First + one
	case count == 1 && p.Count > 1:
		b.Errorf(t.From.Span, fmt.Sprintf("say about whom: `about: %s[0]`, or give %s `count: %d`", p.Name, from.spec.Name.Value, p.Count), "%s is one, and there are %d of %s", t.From.Value, p.Count, p.Name)
		return false
	case count == 1:
		in.Person = p.First
	case count != p.Count:
		b.Errorf(t.From.Span, fmt.Sprintf("give both the same count: each is about the %s of its number", p.Name), "%s has %d members, and there are %d of %s", from.spec.Name.Value, count, p.Count, p.Name)
		return false
	}
	return true
}

// rated makes an intake one that comes as a rate, if what tells does, and returns how many
// messages a second all of it sends.
func (b *builder) rated(from *dev, in *data.Intake) float64 {
	if from.rate == nil {
		return 0
	}
	in.Rate = &data.Rate{Rate: *from.rate, Device: from.spec.Name.Value}
	members := max(1, from.spec.Count.Value) * max(1, b.Stands[from.spec.Name.Value])
	return float64(members) / vtime.Seconds(from.rate.Every)
}

// everyOf is the period that a device of the file gives, 0 where it gives none.
func everyOf(d *dev) vtime.Duration {
	for _, e := range d.spec.Params {
		if e.Key.Value == "every" {
			if v, problems := syntax.ReadDuration(e.Value.Text); problems.Err() == nil {
				return v.Value
			}
		}
	}
	return 0
}

// copied settles what a copy takes from another store.
func (b *builder) copied(d, from *dev, name string, t *syntax.Taking, in *data.Intake) bool {
	m := b.sys.Data.Model
	if from.broken || int(from.store.index) >= len(m.Stores) {
		return false
	}
	src := &m.Stores[from.store.index]
	var names []string
	for i := src.First; i < src.First+src.Count; i++ {
		a := &m.Attributes[m.Shelves[i].Attribute]
		names = append(names, a.Name)
		if a.Name != name {
			continue
		}
		sh := &m.Shelves[in.Shelf]
		in.Kind, in.From = data.Copied, []int32{i}
		if to := m.Attributes[sh.Attribute].Population; to != a.Population {
			b.Errorf(t.Name.Span, "say `about: "+m.Populations[a.Population].Name+"`", "%s is about %s", t.From.Value, m.Populations[a.Population].Name)
			return false
		}
		sh.Fine = max(sh.Fine, m.Shelves[i].Fine)
		if t.Precision != nil && m.Shelves[i].Where == 0 && sh.Where > 0 {
			b.Errorf(t.Precision.Key.Span, "give "+t.From.Value+" a `precision`, or leave it out here", "%s says nothing of places", t.From.Value)
			return false
		}
		if t.Kind.Usable() && kindNamed(t.Kind) < a.Kind && m.Shelves[i].Attribute != sh.Attribute {
			b.Errorf(t.Kind.Span, "say the same", "%s is %s where it comes from (%s), and %s here", t.Name.Value, kindName(a.Kind), t.From.Value, t.Kind.Value)
		}
		m.Attributes[sh.Attribute].Kind = max(m.Attributes[sh.Attribute].Kind, a.Kind)
		n := int32(max(1, from.spec.Count.Value))
		if in.Each = n > 1; in.Each && n != m.Populations[a.Population].Count {
			b.Errorf(t.From.Span, "give both the same count", "%s has %d members, and there are %d of %s", src.Name, n, m.Populations[a.Population].Count, m.Populations[a.Population].Name)
			return false
		}
		return b.subscribes(d, from, t) && b.fewHands(from, t, i)
	}
	b.Errorf(t.From.Span, choice("it keeps", names, "it keeps nothing"), "%s does not keep %s%s", src.Name, source.Quote(name), source.DidYouMean(name, names))
	return false
}

// inferred adds what a store infers of what else it has.
func (b *builder) inferred(d *dev, t *syntax.Taking, shelf int32) {
	m := b.sys.Data.Model
	st := &m.Stores[d.store.index]
	in := data.Intake{Kind: data.Derived, Shelf: shelf, Person: -1, Accuracy: 1, Rule: t.Rule.Value, Name: "inferred"}
	if !t.Right.Present() && !t.Rule.Present() {
		b.Warnf(t.Name.Span, "add how often it is right, `right: 85%`, or how it follows, `rule: night load`", "nothing says how %s of %s is inferred: it counts as always right", t.Name.Value, st.Name)
	}
	if t.Right.Present() {
		in.Accuracy = t.Right.Value
	}
	for _, of := range t.Infer {
		var names []string
		found := false
		for i := st.First; i < st.First+st.Count; i++ {
			if a := &m.Attributes[m.Shelves[i].Attribute]; i != shelf {
				if names = append(names, a.Name); a.Name == of.Value && a.Population == m.Attributes[m.Shelves[shelf].Attribute].Population {
					in.From, found = append(in.From, i), true
					m.Shelves[shelf].Fine = max(m.Shelves[shelf].Fine, m.Shelves[i].Fine)
				}
			}
		}
		if !found && of.Usable() {
			b.Errorf(of.Span, choice("it keeps", names, "it keeps nothing else"), "%s does not keep %s, of which %s could be inferred%s", st.Name, source.Quote(of.Value), t.Name.Value, source.DidYouMean(of.Value, names))
		}
	}
	m.Intakes = append(m.Intakes, in)
}

// rightOf wires a store to where people ask for a right.
func (b *builder) rightOf(d *dev, r data.Right) {
	spec := &d.store.spec.Rights[r]
	d.store.twin.After[r] = spec.After.Value
	b.extension(d, r, spec)
	if !spec.On.Usable() {
		return
	}
	if !b.requests(r, spec.On) {
		return
	}
	d.inputs = append(d.inputs, wire{
		name: syntax.Text{Value: r.Heard(), Span: spec.Key.Span}, wiring: syntax.Wiring{Source: spec.On}, gathers: true, apart: int32(r) + 1,
		carries: sim.Plea(d.store.index, r),
	})
}
