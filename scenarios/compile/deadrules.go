package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
)

// deadRules reports the rules of conduits that can never match. Of a conduit with a
// mistake it is not known what its rules match.
func (b *builder) deadRules(broken []bool) {
	if b.raised {
		return // one barrier may leave nothing for the rules of another
	}
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
				hearers := b.sys.Topology.Hearers(i, k)
				b.unspoken(&conduits[i].Rules[k], hearers)
				b.unseen(&conduits[i].Rules[k], hearers)
			}
		}
	}
}

// unspoken reports a rule about a protocol that nobody speaks, or none of those who can
// be asked or told something where it is asked: what is asked or told goes by the
// protocol of that device.
func (b *builder) unspoken(r *syntax.FilterRule, hearers []string) {
	p, ok := network.ParseProtocol(r.Subject().Value)
	if !ok {
		return // of any
	}
	spoken, somewhere := b.spoken(p, b.names())
	if !somewhere {
		b.Errorf(r.Subject().Span, "say who speaks it: `speaks: "+p.String()+"`, or leave the rule out; what is spoken is "+list(spoken),
			"this rule can never match: nobody speaks %v", p)
		return
	}
	if there, some := b.spoken(p, hearers); !some && len(hearers) > 0 {
		b.Warnf(r.Subject().Span, "say who speaks it there: `speaks: "+p.String()+"`, or leave the rule out; what is spoken there is "+list(there),
			"this rule never matches: of those at its other end nobody speaks %v", p)
	}
}

// spoken lists what some devices speak, and reports whether that is a protocol, too.
func (b *builder) spoken(p network.Protocol, devices []string) (list []string, some bool) {
	for _, id := range devices {
		if b.byName[id] == nil {
			continue
		}
		for _, q := range b.hears(b.byName[id]) {
			some = some || q == p
			if !slices.Contains(list, q.String()) {
				list = append(list, q.String())
			}
		}
	}
	return list, some
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
