package compile

import (
	"fmt"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
)

// botnet has all hosts of a device or of a population that a malware is on send, each at
// a rate: what comes of it is a stream that swells as they become more.
func (r *reader) botnet() {
	b := r.b
	t, ok := r.must("malware", "worm")
	rate, given := r.must("each", "200 kbit/s")
	at, known := r.strain(t)
	if !ok || !given || !known || r.b.malware[at].broken {
		r.stopped = true
		r.text("to")
		return
	}
	from, s := r.step.syntax.From, b.malware[at]
	if !from.Present() {
		b.Errorf(r.step.syntax.Kind.Span, "add `from:` and a device that "+t.Value+" can be on", "a flood needs to say who sends it")
		return
	}
	class, host := s.byName[from.Value]
	if !host || s.sim.Devices[class] == "" {
		if b.deviceNamed(from) {
			b.Errorf(from.Span, choice("it can be on", s.devices(), "give it a weakness that "+t.Value+" uses"), "%s cannot be on %s", t.Value, from.Value)
		}
		r.stopped = true
		return
	}
	f := &inject.Footing{Intruder: int32(s.sim.Intruder), At: int32(b.sys.Rank(from.Value)), Target: -1}
	r.step.Footing = f
	to, ok := r.toward(f, "to")
	if !ok {
		return
	}
	f.Target = -1 // whoever commands them tells them whom
	bits := b.bandwidth(&syntax.Capacity{Bandwidth: rate})
	r.message(f, to, sim.Send{Verb: network.Write, Flood: true, Each: bits / 8, Malware: at, Class: class})
	r.step.Summary = fmt.Sprintf("flood %s from all of %s that %s is on, each with %s", r.step.Target, from.Value, t.Value, rate.Value)
}

// strain finds a malware by its name.
func (r *reader) strain(t syntax.Text) (at int, ok bool) {
	var names []string
	for i, s := range r.b.malware {
		if names = append(names, s.model.Name); s.model.Name == t.Value {
			return i, true
		}
	}
	if t.Usable() && !(r.b.Broken && len(names) == 0) {
		r.b.Errorf(t.Span, choice("the malware is", names, "declare it under system: `malware: {"+t.Value+": {spreads: {...}}}`"), "there is no malware %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return 0, false
}

// devices lists those that a malware can be on.
func (s *strain) devices() (names []string) {
	for _, id := range s.sim.Devices {
		if id != "" {
			names = append(names, id)
		}
	}
	return names
}
