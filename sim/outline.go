package sim

import (
	"github.com/harmproof/harmproof/sim/network"
)

// Topology returns the zones and conduits of a plan, and where its devices are. It must
// not be changed.
func (p *Plan) Topology() *network.Topology { return &p.exposed.topology }

// Hears returns the cells that hear what a flow carries, in the order of its Items (see
// Traffic).
func (p *Plan) Hears(flow int) (cells []network.Cell) {
	for _, pair := range p.book.Pairs(&p.book.Flows[flow]) {
		cells = append(cells, pair.To)
	}
	return cells
}

// An Undertaking is a step of the timeline, in words.
type Undertaking struct {
	Name, Kind, Technique, Target string
	Assumed                       bool   // an attack without a foothold
	Attacker, From                string // who earns what it does, and the device it acts from
}

// Undertakings returns the steps of the timeline, in their order.
func (p *Plan) Undertakings() (list []Undertaking) {
	for i := range p.steps {
		s := &p.steps[i]
		u := Undertaking{Name: s.Name, Kind: s.Kind.String(), Technique: s.Technique, Target: s.Target, Assumed: s.Assumed}
		if f := s.Footing; f != nil {
			u.Attacker, u.From = p.earned.Intruders[f.Intruder].Name, p.Devices[f.At].ID
		}
		list = append(list, u)
	}
	return list
}
