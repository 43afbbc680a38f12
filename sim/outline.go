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

// Tells returns the cells whose values a flow carries, in the order of its Items: the
// truth, where steps may act on what is told of it.
func (p *Plan) Tells(flow int) (cells []network.Cell) {
	for _, pair := range p.book.Pairs(&p.book.Flows[flow]) {
		from := pair.From
		for i := range p.points {
			if from.Slot >= 0 && p.points[i].Shown == from.Slot {
				from.Slot = p.points[i].Source
				break
			}
		}
		cells = append(cells, from)
	}
	return cells
}

// An Undertaking is a step of the timeline, in words.
type Undertaking struct {
	Name, Kind, Technique, Target string
	Summary                       string // what it does
	Momentary                     bool   // it is over as soon as it has begun
	Assumed                       bool   // an attack without a foothold
	Attacker, From                string // who earns what it does, and the device it acts from
}

// Undertakings returns the steps of the timeline, in their order.
func (p *Plan) Undertakings() (list []Undertaking) {
	for i := range p.steps {
		s := &p.steps[i]
		u := Undertaking{Name: s.Name, Kind: s.Kind.String(), Technique: s.Technique, Target: s.Target, Summary: s.Summary, Momentary: s.Momentary(), Assumed: s.Assumed}
		if f := s.Footing; f != nil {
			u.Attacker, u.From = p.earned.Intruders[f.Intruder].Name, p.Devices[f.At].ID
		}
		list = append(list, u)
	}
	return list
}
