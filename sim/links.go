package sim

import "github.com/harmproof/harmproof/sim/network"

// LinkName says in words which link, in which direction, something counts.
func (p *Plan) LinkName(l *network.LinkCount) string {
	t := &p.exposed.topology
	zones := max(1, len(t.Zones))
	name := p.book.Links[l.Link].Name
	switch i := int(l.Link) - zones; {
	case i < 0 && len(t.Zones) > 0:
		return "within " + name
	case i < 0:
		return name
	case i < len(t.Conduits):
		a, b := t.Conduits[i].Joins[0], t.Conduits[i].Joins[len(t.Conduits[i].Joins)-1]
		if l.Back {
			a, b = b, a
		}
		return name + " from " + a + " to " + b
	case l.Back:
		return "port of " + name + ", in"
	}
	return "port of " + name + ", out"
}
