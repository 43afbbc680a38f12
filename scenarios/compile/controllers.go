package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/device"
)

// controller returns who answers for a store: its owner, or itself where it has none.
func (b *builder) controller(d *dev) int32 {
	m, name := b.sys.Data.Model, d.spec.Name.Value
	if d.spec.Owner.Present() {
		name = d.spec.Owner.Value
	}
	at := slices.Index(m.Controllers, name)
	if at < 0 {
		at = len(m.Controllers)
		m.Controllers = append(m.Controllers, name)
	}
	if at == data.MaxControllers {
		b.Errorf(d.spec.Name.Span, "give several of them one `owner:`", "more than %d answer for stores", data.MaxControllers)
	}
	return int32(at)
}

// addressee finds whom somebody asks: who answers for stores, by their name or that of a store.
func (r *reader) addressee() (to int32, ok bool) {
	t, given := r.text("to")
	if !given {
		return -1, true
	}
	m := r.b.sys.Data.Model
	if at := slices.Index(m.Controllers, t.Value); at >= 0 {
		return int32(at), true
	}
	names := slices.Clone(m.Controllers)
	for i := range m.Stores {
		if names = append(names, m.Stores[i].Name); m.Stores[i].Name == t.Value {
			return m.Stores[i].Controller, true
		}
	}
	r.b.Errorf(t.Span, choice("who answers for stores are", m.Controllers, "give a device `is: store`"), "nobody called %s answers for a store%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
	return -1, false
}

// extension settles how a store tells people that it takes longer.
func (b *builder) extension(d *dev, r data.Right, spec *syntax.RightInput) {
	x := spec.Extends
	if x == nil || !x.By.Usable() {
		return
	}
	if r == data.OptOut {
		b.Errorf(x.Key.Span, "remove it", "nobody needs longer to take in no more: an opt-out cannot be extended here")
		return
	}
	d.store.twin.Extends[r], d.store.twin.Told[r] = x.By.Value, x.After.Value
	if x.After.Value >= spec.After.Value {
		b.Errorf(x.Key.Span, "make `after` of `extends` shorter than that of the request", "it would tell people that it takes longer when it has done what they asked for")
	}
}

// portalKind is the kind of a device with which people ask.
const portalKind = "portal"

// requests reports whether a signal tells who asks for a right: what a portal tells, that another store did it,
// or the report of that name by which a device of the file passes requests on.
func (b *builder) requests(r data.Right, on syntax.Text) bool {
	id, name, _, plain := splitPath(on.Value)
	from := b.byName[id]
	if !plain || from == nil {
		return true // reported where it is wired
	}
	want := r.Heard()
	if from.store != nil {
		want = r.Done()
	}
	role, _, _ := b.look(on.Value)
	if from.store == nil && role != device.RoleReport {
		return true // reported where it is wired
	}
	if name == want && (from.store != nil || from.custom != nil || from.spec.Is.Value == portalKind) {
		return true
	}
	fix := "wire it to a portal, such as portal." + r.Heard() + ", or to what another store did, such as crm." + r.Done()
	if from.store != nil || from.spec.Is.Value == portalKind {
		fix = "write `" + id + "." + want + "`"
	}
	b.Errorf(on.Span, fix, "%s does not tell who asks for %v", on.Value, r)
	return false
}

// rounds reports stores that hear of a right from one another alone, in a ring: nobody ever begins.
func (b *builder) rounds() {
	for r := range data.Wired {
		next := func(d *dev) *dev {
			id, _, _, _ := splitPath(d.store.spec.Rights[r].On.Value)
			if to := b.byName[id]; to != nil && to.store != nil {
				return to
			}
			return nil
		}
		told := map[*dev]bool{} // only looked up
		for _, d := range b.devs {
			if d.store == nil || told[d] {
				continue
			}
			text, at := d.spec.Name.Value, d
			for n := 0; at != nil && n <= len(b.devs); n++ {
				if at = next(at); at == d {
					break
				}
				if at != nil {
					text += " <- " + at.spec.Name.Value
				}
			}
			if at != d {
				continue
			}
			for told[d] = true; next(at) != d; {
				at = next(at)
				told[at] = true
			}
			spec := &d.store.spec.Rights[r]
			b.Errorf(spec.On.Span, "wire one of them to where people ask, such as portal."+data.Right(r).Heard(), "stores wait for one another, and none ever hears of %v: %s <- %s", data.Right(r), text, d.spec.Name.Value)
		}
	}
}

// silent warns of an injection into what a portal tells with which nobody asks for that: it tells nothing then,
// so that nothing of it can be otherwise for anybody.
func (b *builder) silent(t target) {
	d := b.byName[t.id]
	if d == nil || d.spec.Is.Value != portalKind || slices.ContainsFunc(b.file.Timeline, func(s syntax.Step) bool { return b.asksWith(&s, t) }) {
		return
	}
	name := t.id
	if t.member >= 0 {
		name = fmt.Sprintf("%s[%d]", t.id, t.member)
	}
	b.Warnf(t.text.Span, "to make up a request write `attack: command` to the store that is to hear it, or have somebody ask: `act: ask, with: "+t.id+"`",
		"nobody asks for %s with %s, which tells nothing then: no store will hear of this", t.name, name)
}

// asksWith reports whether somebody may ask by a step with what an injection acts on.
func (b *builder) asksWith(s *syntax.Step, t target) bool {
	if s.Kind.Value != "ask" {
		return false
	}
	with, asks := false, true
	for _, e := range s.Params {
		switch text := e.Value.Text; e.Key.Value {
		case "with":
			with = text.Value == t.id
		case "right":
			right := slices.Index(data.Rights(), text.Value)
			asks = asks && (right < 0 || data.Right(right).Heard() == t.name)
		case "person":
			_, one, ok := splitMember(text.Value)
			asks = asks && (!ok || one < 0 || t.member < 0 || int(one) == t.member || t.sym.Count == 1)
		}
	}
	return with && asks
}

// onlyTold reports whether a report is one of a portal or a store of which nobody hears but by the messages that
// it sends when it has something to say.
func (b *builder) onlyTold(t target) bool {
	d := b.byName[t.id]
	if d == nil || d.spec.Is.Value != portalKind && (d.store == nil || t.name == data.Items) {
		return false
	}
	for _, to := range b.devs {
		for i := range to.inputs {
			if w := &to.inputs[i]; w.wiring.Every.Present() && (w.of == t.id+"."+t.name || strings.HasPrefix(w.wiring.Source.Value, t.id)) {
				return false
			}
		}
	}
	return true
}
