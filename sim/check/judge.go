package check

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
)

// Judge decides about an offer to a member. Expressions are evaluated over the
// frame's column, which must be that of now; what is offered is put into the
// objects' scratch cells first. It allocates nothing.
func (s *State) Judge(guard int32, member int, o *Offer, f *signal.Frame) (d Decision) {
	c := s.begin(guard, member, o, f)
	d = Decision{
		Accept: true, Rule: -1, Object: -1, Measured: math.NaN(), Limit: math.NaN(),
		Influence: o.Influence | c.k.influence,
	}
	if c.k.tripped && c.g.Heeds>>o.Verb&1 == 0 {
		d.Accept, d.Latched, d.Reaction, d.Rule = false, true, Trip, c.k.by
	} else {
		c.show()
		for i := 0; i < len(c.g.rules) && d.Accept; i++ {
			c.ask(int32(i), &c.g.rules[i], &d)
		}
		if d.Accept {
			for _, i := range c.g.keepers {
				c.rule = &c.g.rules[i]
				c.rule.keeper.accepted(c)
			}
		}
	}
	if d.Reaction != Pass {
		c.tell(&d)
	}
	if c.g.remembers {
		c.k.influence |= d.Influence
	}
	return d
}

// Allow decides by the checks of kind authorise alone whether somebody may have what
// an offer to a member names, as Judge does. Nothing is accepted by that, and who may not
// have it trips nothing.
func (s *State) Allow(guard int32, member int, o *Offer, f *signal.Frame) (d Decision) {
	c := s.begin(guard, member, o, f)
	d = Decision{Accept: true, Rule: -1, Object: -1, Measured: math.NaN(), Limit: math.NaN(), Influence: o.Influence}
	for i := 0; i < len(c.g.rules) && d.Accept; i++ {
		if r := &c.g.rules[i]; r.kind == KindAuthorise {
			c.ask(int32(i), r, &d)
		}
	}
	if d.Reaction == Trip {
		d.Reaction = Reject
	}
	if d.Reaction != Pass {
		c.tell(&d)
	}
	return d
}

func (s *State) begin(guard int32, member int, o *Offer, f *signal.Frame) *call {
	c := &s.call
	c.g, c.o, c.v, c.m = &s.guards[guard], o, f.V, member
	c.k, c.guard = &c.g.keeps[member], guard
	c.sender = -1
	if c.g.tellsWho {
		c.sender = c.g.who(o.Claimed)
	}
	o.Held = nil
	s.findings, c.agreed, s.proposed = s.findings[:0], c.agreed[:0], Proposal{}
	return c
}

// show puts what is offered where expressions see it.
func (c *call) show() {
	if len(c.g.shown) == 0 {
		return
	}
	for i := range c.g.shown {
		o, stands := &c.g.shown[i], nan
		if o.Slot > 0 {
			stands = c.v[at(o.Slot, o.Stride, c.m)]
		}
		c.v[at(o.Offered, o.Stride, c.m)] = stands
	}
	for i, x := range c.o.Values {
		c.see(i, x)
	}
}

// see puts a value that is offered where expressions see it.
func (c *call) see(i int, x float64) {
	object := c.o.Objects[i]
	if uint32(object) >= uint32(len(c.g.shownAt)) {
		return
	}
	if k := c.g.shownAt[object]; k > 0 {
		o := &c.g.shown[k-1]
		c.v[at(o.Offered, o.Stride, c.m)] = x
	}
}

// ask asks a rule.
func (c *call) ask(i int32, r *rule, d *Decision) {
	if r.choosy && !c.meant(r, d) {
		return
	}
	c.rule = r
	object, passed := int32(-1), true
	if r.whole != nil {
		if passed = r.whole.message(c); !passed {
			c.reactWhole(d)
		}
	}
	if r.each != nil && passed {
		object, passed = c.values(d)
	}
	if c.count(i, passed); passed {
		d.Passed |= 1 << r.kind
		return
	}
	reaction := r.reaction
	if !d.Accept && reaction != Trip {
		reaction = Reject
	}
	c.note(d, Finding{i, object, reaction, c.failure.measured, c.failure.limit})
}

// count counts what a rule did.
func (c *call) count(i int32, passed bool) {
	count := &c.g.counts[i]
	if passed {
		count.Passed++
		return
	}
	if count.Reacted++; count.Reacted == 1 {
		count.First = c.o.At
	}
}

// meant reports whether a rule looks at the message now, and adds what that depends
// on.
func (c *call) meant(r *rule, d *Decision) bool {
	if r.whole == nil && r.each == nil || !c.scope(r) {
		return false
	}
	if len(r.reads) > 0 && c.s.Store != nil {
		d.Influence |= c.influence(r.reads)
	}
	return r.when == nil || r.when(c.v, c.m)
}

// scope reports whether a message is one that a rule is for.
func (c *call) scope(r *rule) bool {
	return (r.verbs == 0 || r.verbs>>c.o.Verb&1 != 0) &&
		(r.claimed == nil || r.claimed.has(c.sender)) &&
		(r.objects == nil || r.objects.any(c.o.Objects))
}

// values asks a rule about each value that it is for, and returns the object of the
// first that does not pass, and why that was.
func (c *call) values(d *Decision) (object int32, passed bool) {
	object, passed = -1, true
	for i, x := range c.o.Values {
		of := c.o.Objects[i]
		if c.isHeld(i) || c.rule.objects != nil && !c.rule.objects.has(of) || c.rule.each.value(c, i, x) {
			continue
		}
		c.reactValue(d, i, c.failure.fix)
		if passed {
			object, passed, c.first = of, false, c.failure
		}
	}
	if !passed {
		c.failure = c.first
	}
	return object, passed
}

// influence returns what could have mattered to cells.
func (c *call) influence(reads []signal.Read) (m signal.Mask) {
	for i := range reads {
		r := &reads[i]
		if r.Count <= 1 {
			m |= c.s.Store.Stamp(at(r.Slot, r.Stride, c.m)).Influence
			continue
		}
		for k := range r.Count {
			m |= c.s.Store.Stamp(r.Slot + signal.Slot(k)).Influence
		}
	}
	return m
}
