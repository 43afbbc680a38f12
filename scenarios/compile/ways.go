package compile

import (
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// addressSpace is how many addresses a worm tries that picks them at random: all of
// version 4 of the internet protocol.
const addressSpace = 1 << 32

// scanners says whom a host tries over the network.
func (b *builder) scanners(s *strain, c int) {
	class := &s.model.Classes[c]
	if class.Carrier {
		return
	}
	for _, zone := range b.zones[class.Name] {
		class.Zones = append(class.Zones, int32(slices.Index(s.sim.Zones, zone)))
	}
	for k := range s.spec.Spreads {
		v := &s.spec.Spreads[k]
		if v.Over.Value != "network" || !v.To.Usable() {
			continue
		}
		out := outbreak.Scanner{Vector: int32(k), Every: v.Every.Value, Rate: b.perSecond(v.Rate)}
		reach, addresses := b.inReach(s, v, class.Name)
		b.targets(s, &out, v, c, b.sys.Router(), -1, reach, addresses)
		for _, h := range b.visits(s) {
			b.visiting(s, &out, v, c, h)
		}
		b.crowded(s, v, out.Targets)
		if len(out.Targets) > 0 && (out.Every > 0 || out.Rate > 0) {
			class.Scanners = append(class.Scanners, out)
		}
	}
}

// crowded reports a vector that tries fewer addresses than there are hosts to find.
func (b *builder) crowded(s *strain, v *syntax.Vector, targets []outbreak.Target) {
	if !v.Addresses.Usable() {
		return
	}
	n := 0
	for _, t := range targets {
		if t.Gate < 0 {
			n += int(s.model.Classes[t.Class].Count)
		}
	}
	if n > int(v.Addresses.Value) {
		b.Errorf(v.Addresses.Span, "write `addresses: "+strconv.Itoa(n)+"` or more, or leave it out", "%s hosts have more than %s between them",
			grouped(n), counted(int(v.Addresses.Value), "address", "addresses"))
		v.Addresses.Broken = true // once is enough
	}
}

// counted is a number of something.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// inReach lists the classes that a host may try by a vector, and out of how many
// addresses it picks one.
func (b *builder) inReach(s *strain, v *syntax.Vector, from string) (reach []int, addresses float64) {
	n := 0
	for c := range s.model.Classes {
		class := &s.model.Classes[c]
		switch {
		case class.Carrier, class.Name == from && class.Count == 1:
			continue
		case v.To.Value == "zone" && !b.neighbours(from, class.Name):
			continue
		case v.To.Value == "known" && !b.talk(from, class.Name):
			continue
		}
		reach = append(reach, c)
	}
	switch v.To.Value {
	case "random":
		addresses = addressSpace
	case "zone":
		for _, d := range b.devs {
			if name := d.spec.Name.Value; d.spec.Is.Value != malwareKind && name != from && (b.neighbours(from, name) || b.visitor(from, name)) {
				n += d.hosts()
			}
		}
		addresses = float64(n)
	case "known":
		addresses = float64(len(b.peers(int32(b.sys.Rank(from)))))
	}
	if v.Addresses.Usable() {
		addresses = float64(v.Addresses.Value)
	}
	return reach, max(addresses, 1)
}

// neighbours reports whether two devices are in a zone together.
func (b *builder) neighbours(x, y string) bool {
	if len(b.file.System.Zones) == 0 {
		return true
	}
	return slices.ContainsFunc(b.zones[x], func(z string) bool { return slices.Contains(b.zones[y], z) })
}

// visitor reports whether a device is connected to a zone of another one at times.
func (b *builder) visitor(at, guest string) bool {
	return slices.ContainsFunc(b.habits(), func(h habit) bool {
		return h.Verb.Value == "connects" && h.What.Value == guest && slices.Contains(b.zones[at], h.Where.Value)
	})
}

// talk reports whether one of two devices is wired to the other.
func (b *builder) talk(x, y string) bool {
	return slices.Contains(b.peers(int32(b.sys.Rank(x))), int32(b.sys.Rank(y)))
}

// targets adds classes that a scanner reaches, each with what stops it on its way.
func (b *builder) targets(s *strain, out *outbreak.Scanner, v *syntax.Vector, c int, router *network.Router, gate int32, reach []int, addresses float64) {
	from := s.model.Classes[c].Name
	for _, to := range reach {
		class := &s.model.Classes[to]
		if class.Open[out.Vector].Share == 0 || !b.entitled(s, v, from, class.Name, b.gone) {
			continue
		}
		t := outbreak.Target{Class: int32(to), Gate: gate, Share: float64(class.Count) / addresses, Barrier: -1}
		if v.Success.Present() {
			t.Share = float64(t.Share * v.Success.Value)
		}
		q := b.attempt(v, from, class.Name)
		path, err := router.Route(q)
		if err != nil {
			continue
		}
		if t.Barrier = b.stopOf(s, &path, q, 0); t.Barrier < 0 && !b.entitled(s, v, from, class.Name, 0) {
			t.Barrier = s.barrier("credential", "%s asks for a credential that nobody holds any more", class.Name)
		}
		t.Delay = b.delayOf(&path)
		out.Targets = append(out.Targets, t)
	}
}

// An asked is what a device asks of those that try a vector on it.
type asked struct {
	protocol network.Protocol
	verb     network.Verb
	// needs are credentials of which one is needed, given where that is so. Of a login held
	// says that those do that the host holds, with those that do besides.
	needs, with  uint64
	given, login bool
	held         bool
}

// answers keeps what is looked up for each pair of hosts again: links, what devices ask
// for by vector, the ways there are while a guest is in a zone.
type answers struct {
	links   []network.Link
	asked   map[answer]asked
	routers map[[2]string]*network.Router
}

type answer struct {
	vector *syntax.Vector
	device string
}

// asks returns what a device asks of those that try a vector on it.
func (b *builder) asks(v *syntax.Vector, device string) asked {
	key := answer{v, device}
	a, known := b.answers.asked[key]
	if known {
		return a
	}
	if b.answers.asked == nil {
		b.answers.asked = map[answer]asked{}
	}
	a = asked{protocol: b.speaks(device), verb: network.Write}
	d := b.byName[device]
	if len(v.Login) > 0 {
		a.verb, a.login, a.given, a.needs = network.Login, true, true, b.secretsNamed(d.spec.Remote)
		for _, t := range v.Login {
			if t.Value == heldLogin {
				a.held = true
			} else {
				a.with |= b.secretsNamed([]syntax.Text{t})
			}
		}
	} else if i := slices.IndexFunc(d.spec.Weaknesses, func(w syntax.Weakness) bool { return w.Name.Value == v.Name.Value }); i >= 0 {
		w := &d.spec.Weaknesses[i]
		if w.Via.Usable() {
			a.protocol, _ = network.ParseProtocol(w.Via.Value)
		}
		if w.Verb.Usable() {
			a.verb, _ = network.ParseVerb(w.Verb.Value)
		}
		a.given, a.needs = len(w.Needs) > 0, b.secretsNamed(w.Needs)
	}
	b.answers.asked[key] = a
	return a
}

// attempt is the message by which a vector gets to a device.
func (b *builder) attempt(v *syntax.Vector, from, to string) network.Request {
	a := b.asks(v, to)
	return network.Request{From: from, To: to, Protocol: a.protocol, Verb: a.verb}
}

// entitled reports whether a malware on a host has what a vector needs at another: a
// credential that is taken there. Those that barriers removed count where they are given.
func (b *builder) entitled(s *strain, v *syntax.Vector, from, to string, removed uint64) bool {
	a := b.asks(v, to)
	if !a.given {
		return true
	}
	without := b.gone &^ removed
	has := (b.secretsNamed(s.spec.Holds) | b.holdings[from] | b.lost[from]) &^ without
	if !a.login {
		return has&a.needs != 0
	}
	with := a.with &^ without
	if a.held {
		with |= has
	}
	return with&a.needs != 0
}

// visited are the ways there are while a guest is in a zone, and nowhere else.
func (b *builder) visited(guest, zone string) *network.Router {
	key := [2]string{guest, zone}
	if r := b.answers.routers[key]; r != nil {
		return r
	}
	if b.answers.routers == nil {
		b.answers.routers = map[[2]string]*network.Router{}
	}
	t := b.sys.Topology
	t.Zones = slices.Clone(t.Zones)
	for i := range t.Zones {
		t.Zones[i].Devices = slices.DeleteFunc(slices.Clone(t.Zones[i].Devices), func(d string) bool { return d == guest })
		if t.Zones[i].Name == zone {
			t.Zones[i].Devices = append(t.Zones[i].Devices, guest)
		}
	}
	r := t.Router()
	b.answers.routers[key] = r
	return r
}

// delayOf is how long a message takes along a path at least.
func (b *builder) delayOf(path *network.Path) (d vtime.Duration) {
	if b.answers.links == nil {
		b.answers.links = b.sys.Topology.Links()
	}
	for _, hop := range path.Hops {
		d += b.answers.links[hop.Link].Latency
	}
	return d
}
