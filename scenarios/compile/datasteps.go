package compile

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
)

// ask has people ask for a right: what is true is noted, and what they press tells whoever is
// wired to it.
func (r *reader) ask() {
	b := r.b
	if b.sys.Data == nil {
		b.Errorf(r.step.syntax.Kind.Span, "declare `subjects:` and devices with `is: store` under system", "nobody's data are kept here")
		r.stopped = true
		return
	}
	what, ok := r.must("right", "erasure")
	who, has := r.must("person", "resident[3]")
	if !ok || !has {
		return
	}
	right := slices.Index(data.Rights(), what.Value)
	if right < 0 {
		b.Errorf(what.Span, "it is one of "+list(data.Rights()), "there is no right %s%s", source.Quote(what.Value), source.DidYouMean(what.Value, data.Rights()))
		return
	}
	pop, one, ok := b.whom(who.Value)
	if !ok {
		message, fix := b.nobody(who.Value)
		b.Errorf(who.Span, fix, "%s", message)
		return
	}
	purpose := int32(-1)
	if t, given := r.text("purpose"); given {
		if !data.Right(right).Stops() {
			b.Errorf(t.Span, "remove `purpose`, or ask for opt-out, withdraw or object", "%s is of all data about somebody, whatever they are for", what.Value)
			return
		}
		if purpose = int32(slices.Index(b.sys.Data.Purposes, t.Value)); purpose < 0 {
			b.Errorf(t.Span, choice("the purposes are", b.sys.Data.Purposes, "declare `purposes:` under system"), "there is no purpose %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, b.sys.Data.Purposes))
			return
		}
	}
	to, ok := r.addressee()
	if !ok {
		return
	}
	r.askFor(plea{data.Right(right), purpose, to}, pop, one)
	r.step.Target = who.Value
	r.step.Summary = who.Value + " asks for " + data.Right(right).Noun()
	if to >= 0 {
		r.step.Summary = who.Value + " asks " + b.sys.Data.Controllers[to] + " for " + data.Right(right).Noun()
	}
}

// A plea is what people ask for, and whom.
type plea struct {
	right       data.Right
	purpose, to int32
}

// number names somebody who asks.
func (p plea) number(person int32) float64 {
	return data.Addressed(data.Claimed(data.Number(person, p.purpose), p.right), p.to)
}

// askFor adds what a step does by which people ask: one of a population, or all.
func (r *reader) askFor(plea plea, population, one int32) {
	b, right := r.b, plea.right
	p := &b.sys.Data.Populations[population]
	through, given := r.text("with")
	var sym sim.Symbol
	if given {
		d := b.byName[through.Value]
		if d == nil || d.broken {
			b.deviceNamed(through)
			return
		}
		s, ok := b.sys.Lookup(through.Value, right.Heard())
		if !ok || s.Signal == nil || s.Signal.Role != device.RoleReport {
			b.Errorf(through.Span, "name a device with `is: portal`", "nobody can ask for %v with %s: it has no report %s", right, through.Value, right.Heard())
			return
		}
		if sym = s; s.Count > 1 && s.Count != int(p.Count) || s.Count == 1 && one < 0 && p.Count > 1 {
			b.Errorf(through.Span, fmt.Sprintf("give it `count: %d`, or name one person, such as %s[0]", p.Count, p.Name), "%s has %d members for %d of %s", through.Value, s.Count, p.Count, p.Name)
			return
		}
	}
	first, last := int32(0), p.Count
	if one >= 0 {
		first, last = one, one+1
	}
	r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.LocalOp, Deed: inject.AskDeed, Flow: int(right), Value: plea.number(p.First + first), Member: int(last - first)})
	for k := first; given && k < last; k++ {
		m := 0
		if sym.Count > 1 {
			m = int(k)
		}
		r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.CommandOp, Cell: sym.Cell.At(m), Value: plea.number(p.First + k), Unit: b.sys.Rank(through.Value), Member: m})
	}
}

// restore puts a backup back.
func (r *reader) restore() {
	t, ok := r.must("store", "backup")
	if !ok {
		return
	}
	d := r.b.byName[t.Value]
	if d == nil || d.store == nil {
		r.b.deviceNamed(t)
		if d != nil && !d.broken {
			r.b.Errorf(t.Span, "name a device with `is: store` that copies another one", "%s is no store", t.Value)
		}
		return
	}
	if d.broken {
		r.stopped = true
		return
	}
	m := r.b.sys.Data.Model
	if !slices.ContainsFunc(m.Intakes, func(in data.Intake) bool {
		return in.Kind == data.Copied && m.Shelves[in.Shelf].Store == d.store.index && !m.Stores[m.Shelves[in.From[0]].Store].Last
	}) {
		r.b.Errorf(t.Span, "name a device with `is: store` that copies another one, not a broker", "%s copies no store: there is nothing to put back", t.Value)
		return
	}
	r.step.Target = t.Value
	r.step.Summary = "put back what " + t.Value + " has"
	r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.LocalOp, Deed: inject.RestoreDeed, Flow: int(d.store.index)})
}

// steal reads all that a store holds, with a session there, or all that a broker retains, which takes none.
func (r *reader) steal() {
	f, to, ok := r.against("device")
	if !ok {
		return
	}
	if to.store == nil {
		r.b.Errorf(r.step.syntax.Kind.Span, "name a device with `is: store`", "%s keeps no data about people", r.step.Target)
		return
	}
	verb := network.Read
	if to.broker != nil {
		verb = network.Subscribe // whoever may is told all that it retains
	} else {
		f.Session = true
	}
	who, err := r.b.principal(r.b.sys.Intruders[f.Intruder].Name)
	if err != nil {
		return
	}
	before := len(r.step.Ops)
	r.message(f, to, sim.Send{Verb: verb, Deed: inject.StealDeed, Store: int(to.store.index), Principal: int(who)})
	for i := before; i < len(r.step.Ops); i++ {
		r.step.Ops[i].Unit, r.step.Ops[i].Value = int(to.store.index), float64(who)
	}
	r.step.Summary = "take all that " + r.step.Target + " holds"
	if to.broker != nil {
		r.step.Summary = "subscribe to all that " + r.step.Target + " retains"
	}
}
