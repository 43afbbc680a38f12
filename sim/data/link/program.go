package link

import "math/bits"

// A program is what rules come down to. Items are what can be known of a record: attributes first,
// then attributes over a time, then several of a rule's premises together.
type program struct {
	items []item
	ways  []way
}

// An item that is no attribute of a record and no premise has attribute -1.
type item struct {
	attribute int32
	premise   *Premise // nil where anything will do
	from, to  int32    // its ways
}

// A way makes an item of one or two others. Those with rule -1 only put premises together.
type way struct {
	left, right int32 // right may be -1
	gives       int32
	factor      float64
	rule        int32
}

func compile(m *Model) (p program) {
	for a := range m.Attributes {
		p.items = append(p.items, item{attribute: int32(a)})
	}
	var ways []way
	for i := range m.Rules {
		ways = p.rule(&m.Rules[i], int32(i), ways)
	}
	for i := range p.items {
		p.items[i].from = int32(len(p.ways))
		for _, w := range ways {
			if w.gives == int32(i) {
				p.ways = append(p.ways, w)
			}
		}
		p.items[i].to = int32(len(p.ways))
	}
	return p
}

// rule adds the ways of a rule. The premises that it needs may be far from each other, and on the
// way to them some may be together for a while; so each set of them is an item, which can be put
// together of any two parts.
func (p *program) rule(r *Rule, number int32, ways []way) []way {
	all := uint(1)<<len(r.From) - 1
	set := make([]int32, all+1)
	for i := range r.From {
		set[1<<i] = p.premise(&r.From[i])
	}
	if all == 1 {
		return append(ways, way{set[1], -1, r.Gives, r.Most, number})
	}
	for s := uint(3); s <= all; s++ {
		if bits.OnesCount(s) < 2 {
			continue
		}
		w := way{gives: r.Gives, factor: r.Most, rule: number}
		if s != all {
			w = way{gives: int32(len(p.items)), factor: 1, rule: -1}
			p.items = append(p.items, item{attribute: -1})
		}
		set[s] = w.gives
		for part := (s - 1) & s; part > 0; part = (part - 1) & s {
			if w.left, w.right = set[part], set[s&^part]; part&-part == s&-s {
				ways = append(ways, w)
			}
		}
	}
	return ways
}

// premise returns the item of a premise.
func (p *program) premise(of *Premise) int32 {
	if !of.series() {
		return of.Attribute
	}
	for i := range p.items {
		if have := p.items[i].premise; have != nil && *have == *of {
			return int32(i)
		}
	}
	p.items = append(p.items, item{attribute: of.Attribute, premise: of})
	return int32(len(p.items) - 1)
}
