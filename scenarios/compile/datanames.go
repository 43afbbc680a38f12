package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/unit"
)

// purposes reads what data are for. A file and the one that it uses may both say so, but none of them twice.
func (b *builder) purposes(m *data.Model, list []syntax.Text) {
	for i, t := range list {
		if twice := slices.IndexFunc(list[:i], func(o syntax.Text) bool { return o.Value == t.Value && o.Span.File == t.Span.File }); twice >= 0 {
			b.Errorf(t.Span, "leave it out", "the purpose %s stands there already", source.Quote(t.Value))
		}
		if slices.Contains(m.Purposes, t.Value) {
			continue
		}
		if m.Purposes = append(m.Purposes, t.Value); len(m.Purposes) == data.MaxPurposes+1 {
			b.Errorf(t.Span, "leave out those that no store names", "these are more than %d purposes", data.MaxPurposes)
		}
	}
}

// shares reads how common the values of a trait are.
func (b *builder) shares(a *data.Attribute, t *syntax.Trait) {
	sum, good := 0.0, true
	for _, v := range t.Shares {
		a.Labels, a.Shares = append(a.Labels, v.Value.Value), append(a.Shares, v.Share.Value)
		sum, good = sum+v.Share.Value, good && v.Share.Usable() // else that is said already
	}
	if n := len(t.Shares); n > 0 {
		if a.Values = int32(n); good && (sum < 1-1e-9 || sum > 1+1e-9) {
			b.Errorf(t.Name.Span, "make them add up to 100%", "the shares of %s add up to %.4g%%", t.Name.Value, float64(100*sum))
		}
	}
}

// keys reads what else the records of a store name people by.
func (b *builder) keys(st *data.Store, s *syntax.Store) {
	for _, t := range s.Also {
		if t.Usable() && (t.Value == st.Key || slices.Contains(st.Others, t.Value)) {
			b.Errorf(t.Span, "leave it out", "the records of %s name people by %s already", st.Name, source.Quote(t.Value))
			continue
		}
		st.Others = append(st.Others, t.Value)
	}
}

// bytes reads how many bytes something has.
func (b *builder) bytes(t syntax.Text, such string) float64 {
	before := len(b.Problems)
	x := b.number(t, unit.Byte) / 8
	for i := range b.Problems[before:] {
		if p := &b.Problems[before+i]; strings.Contains(p.Message, "an amount of data is wanted") {
			p.Message, p.Fix = source.Quote(t.Value)+" is no number of bytes", "write it such as `"+such+"`"
		}
	}
	return x
}

// kindOf settles what sort of data it is that a store takes: the same wherever it is said.
func (b *builder) kindOf(attribute int32, t *syntax.Taking) {
	a := &b.sys.Data.Model.Attributes[attribute]
	if !t.Kind.Usable() {
		return
	}
	said, kind := b.kindsSaid[attribute], kindNamed(t.Kind)
	if (said.Present() || a.Trait) && kind != a.Kind {
		where := ""
		if said.Present() {
			where = " (" + besides(t.Kind.Span, said.Span) + ")"
		}
		b.Errorf(t.Kind.Span, "say the same, or give one of them another name", "%s is %s elsewhere%s, and %s here", a.Name, kindName(a.Kind), where, t.Kind.Value)
		return
	}
	if a.Kind = kind; b.kindsSaid == nil {
		b.kindsSaid = map[int32]syntax.Text{}
	}
	b.kindsSaid[attribute] = t.Kind
}

// kindName is the name of a kind as a file has it.
func kindName(k data.Kind) string {
	for _, name := range []string{"identifier", "quasi", "sensitive"} {
		if kindNamed(syntax.Text{Value: name}) == k {
			return name
		}
	}
	return "plain"
}

// strangers warns of readers of stores whom nothing else knows: a name that is misspelt looks so.
func (b *builder) strangers() {
	if b.sys.Data == nil {
		return
	}
	var names []string
	for _, d := range b.devs {
		names = append(names, d.spec.Name.Value, d.spec.Owner.Value)
	}
	for _, a := range b.file.System.Attackers {
		names = append(names, a.Name.Value)
	}
	for _, p := range b.sys.Data.Principals {
		names = append(names, p.Name)
	}
	names = append(names, anybody)
	for _, d := range b.devs {
		if d.store == nil {
			continue
		}
		for i, t := range d.store.spec.Readers {
			switch {
			case !t.Usable() || !isName(t.Value):
			case slices.ContainsFunc(d.store.spec.Readers[:i], func(o syntax.Text) bool { return o.Value == t.Value }):
				b.Warnf(t.Span, "leave it out", "%s stands there already", t.Value)
			case d.spec.Owner.Present() && t.Value == d.spec.Owner.Value:
				b.Warnf(t.Span, "leave it out", "%s answers for %s, and reads it as it is", t.Value, d.spec.Name.Value)
			case !slices.Contains(names, t.Value):
				b.Warnf(t.Span, "ask what they learn, such as `can_learn("+t.Value+", resident, illness)`, or correct the name",
					"nobody else is called %s, and nothing asks what they learn%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
			}
		}
	}
}

// anybody is who reads a broker that is meant to be open to all.
const anybody = "anybody"

// unfilled warns of a command to an input of a store by which data come: what it says is nobody's.
func (b *builder) unfilled(at source.Span, id, name string) {
	d := b.byName[id]
	if d == nil || d.store == nil {
		return
	}
	for i := range d.store.spec.Takes {
		if t := &d.store.spec.Takes[i]; t.Name.Value+taken == name && t.From.Usable() {
			b.Warnf(at, "let the step change what "+t.From.Value+" says, or steal what "+id+" has",
				"a command to %s.%s changes nothing that is kept about anybody: that comes with the messages of %s", id, name, t.From.Value)
		}
	}
}
