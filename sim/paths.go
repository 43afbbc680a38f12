package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// Router returns what finds the ways of messages. The topology must not change any
// more.
func (s *System) Router() *network.Router {
	if s.router == nil {
		if s.Topology.Inspects() {
			s.Topology.Bits = s.bits()
		}
		s.router = s.Topology.Router()
	}
	return s.router
}

// bits are the objects of the system that are one bit.
func (s *System) bits() map[string]bool {
	set := map[string]bool{}
	for _, p := range s.parts {
		for i := range p.decl.Signals {
			if sig := &p.decl.Signals[i]; sig.Type == signal.Bool {
				set[p.ID+"."+sig.Name] = true
			}
		}
	}
	return set
}

// A pathBook finds each path once.
type pathBook struct {
	system *System
	paths  map[string]*network.Path // by all that a path depends on
	alike  bool                     // all devices of the same zones take the same paths
}

func (s *System) pathBook() *pathBook {
	t := &s.Topology
	alike := len(t.Ports) == 0 && len(t.Positions) == 0
	for i := range t.Conduits {
		alike = alike && len(t.Conduits[i].Rules) == 0 && !t.Conduits[i].Filtered && len(t.Conduits[i].Priority) == 0
	}
	for i := range t.Zones {
		alike = alike && len(t.Zones[i].Priority) == 0
	}
	return &pathBook{system: s, paths: map[string]*network.Path{}, alike: alike}
}

func (b *pathBook) find(q network.Request) (*network.Path, error) {
	key := fmt.Sprint(q)
	if b.alike {
		router := b.system.Router()
		key = fmt.Sprint(router.Zones(q.From), router.Zones(q.To), q.Reply)
	}
	if path, ok := b.paths[key]; ok {
		return path, nil
	}
	path, err := b.system.Router().Route(q)
	if err != nil {
		return nil, err
	}
	b.paths[key] = &path
	return &path, nil
}

// request is what the flow of some wires from one device to another wants: the one
// that asks begins.
func request(wires []wire) network.Request {
	w := &wires[0]
	q := network.Request{From: w.from.ID, To: w.to.ID, Protocol: server(w).Speaks, Verb: w.verb()}
	if w.asked() {
		q.From, q.To, q.Reply = q.To, q.From, true
	}
	for i := range wires {
		q.Carries = append(q.Carries, w.from.ID+"."+wires[i].source.Name)
		if object := w.from.ID + "." + wires[i].source.Name; w.asked() {
			q.Objects = append(q.Objects, object)
		} else {
			q.Objects = append(q.Objects, w.to.ID+"."+wires[i].input.Name)
		}
	}
	return q
}

// server is the device that serves a wire: who is asked, else who is told.
func server(w *wire) *part {
	if w.asked() {
		return w.from
	}
	return w.to
}
