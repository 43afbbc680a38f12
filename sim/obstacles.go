package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
)

// An Obstacle is a message of the plan that can never pass, or a step that can never
// work from where it is.
type Obstacle struct {
	From, To string
	Verb     network.Verb
	Protocol network.Protocol
	Signals  []string // that it would carry
	Step     string   // that sends it; empty of what devices tell one another
	// By is what stops it, in a word; Why says it for people.
	By, Why string
}

// Obstacles lists all that can never pass.
func (p *Plan) Obstacles() (list []Obstacle) {
	t := p.Traffic()
	for i := range t.Flows {
		f, path := &t.Flows[i], p.book.Flows[i].Path
		if path == nil || path.Blocked == "" {
			continue
		}
		o := Obstacle{
			From: f.From.Device, To: f.To.Device, Verb: f.Verb, Protocol: f.Protocol, By: Stopper(path.Blocked), Why: path.Blocked,
		}
		for _, item := range f.Items {
			o.Signals = append(o.Signals, item.Signal)
		}
		if f.Step >= 0 {
			o.Step = p.steps[f.Step].Name
		}
		list = append(list, o)
	}
	for i := range p.steps {
		s := &p.steps[i]
		if f := s.Footing; f != nil && f.Blocked != "" && !slices.ContainsFunc(list, func(o Obstacle) bool { return o.Step == s.Name }) {
			list = append(list, Obstacle{From: p.Devices[f.At].ID, Step: s.Name, By: f.By, Why: f.Blocked})
		}
	}
	return list
}

// A Stand is what an attacker has from the start: footholds and credentials.
type Stand struct {
	Name      string
	At, Holds []string
	Spreads   bool // it is malware
}

// Stands lists the attackers.
func (p *Plan) Stands() (list []Stand) {
	if p.earned == nil {
		return nil
	}
	for i := range p.earned.Intruders {
		in := &p.earned.Intruders[i]
		s := Stand{Name: in.Name, Holds: p.exposed.names(in.Holds)}
		for _, at := range in.At {
			s.At = append(s.At, p.Devices[at].ID)
		}
		s.Spreads = slices.ContainsFunc(p.malware, func(m malware) bool { return m.Intruder == i })
		list = append(list, s)
	}
	return list
}

// Released lists the hosts on which steps put malware, as pairs of malware and host.
func (p *Plan) Released() (list [][2]string) {
	for i := range p.steps {
		for _, op := range p.steps[i].Ops {
			if op.Kind == inject.LocalOp && op.Deed == inject.ReleaseDeed {
				m := &p.malware[op.Unit]
				list = append(list, [2]string{m.Name, m.Classes[op.Flow].Name})
			}
		}
	}
	return list
}
