package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
)

// deadRules reports the rules of conduits that can never match. Of a conduit with a
// mistake it is not known what its rules match.
func (b *builder) deadRules(broken []bool) {
	conduits := b.file.System.Conduits
	reported := map[[2]int]bool{}
	for _, dead := range b.sys.Topology.DeadRules() {
		reported[[2]int{dead.Conduit, dead.Rule}] = true
		if !broken[dead.Conduit] {
			b.Errorf(conduits[dead.Conduit].Rules[dead.Rule].Subject().Span, "leave it out, or change what it is about", "this rule can never match: %s", dead.Why)
		}
	}
	for i := range conduits {
		for k := range conduits[i].Rules {
			if !broken[i] && !reported[[2]int{i, k}] {
				b.unspoken(&conduits[i].Rules[k])
			}
		}
	}
}

// unspoken reports a rule about a protocol that nobody speaks.
func (b *builder) unspoken(r *syntax.FilterRule) {
	p, ok := network.ParseProtocol(r.Subject().Value)
	if !ok {
		return // of any
	}
	var spoken []string
	for _, d := range b.devs {
		for _, q := range b.hears(d) {
			if q == p {
				return
			}
			if !slices.Contains(spoken, q.String()) {
				spoken = append(spoken, q.String())
			}
		}
	}
	b.Errorf(r.Subject().Span, "say who speaks it: `speaks: "+p.String()+"`, or leave the rule out; what is spoken is "+list(spoken),
		"this rule can never match: nobody speaks %v", p)
}

// hears lists the protocols by which a device can be reached: its own, and those of
// its weaknesses.
func (b *builder) hears(d *dev) []network.Protocol {
	list := []network.Protocol{b.speaks(d.spec.Name.Value)}
	for i := range d.spec.Weaknesses {
		if p, ok := network.ParseProtocol(d.spec.Weaknesses[i].Via.Value); ok {
			list = append(list, p)
		}
	}
	return list
}
