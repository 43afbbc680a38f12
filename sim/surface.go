package sim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// A Surface is what of a system can be reached over its network, by whom, and what
// stands between.
type Surface struct {
	Zones    []network.Zone
	Conduits []network.Conduit
	// Services are what is open alike, by the zones that it is in.
	Services []Service
	Keys     []Key
	Flaws    []Flaw
}

// A Service is what devices of the same zones can be asked, told and made to do,
// which the same others reach in the same way.
type Service struct {
	Zones    []string // that the devices are in
	Protocol network.Protocol
	Security network.Security
	Offers   []Offer
	Asks     []Ask // of who comes
	From     []Approach
	Stopped  []Approach
}

// An Offer is one thing that a device can be asked for or told.
type Offer struct {
	Verb     network.Verb
	Device   string
	Signal   string // empty where it is about the device as a whole
	Weakness string // which is exploited that way; empty where that is none
	// Function is what asks for it in the protocol; 0 where that has no functions.
	Function network.Function
}

// Writes reports whether it changes what a device does.
func (o *Offer) Writes() bool {
	return o.Signal != "" && o.Verb != network.Read && o.Verb != network.Subscribe
}

// An Ask is a check that a message must pass.
type Ask struct {
	Check, Kind string
	Credentials []string // of which one is needed
}

// A Key is a credential: who holds it, and what asks for it.
type Key struct {
	Name  string
	Known bool // Secret says more of it
	Secret
	HeldBy []string // devices
	Stolen []string // attackers who hold it from the start
	Opens  []string // checks, as device.check, conduits, and devices to log in at
}

// A Secret is what is known of a credential besides its name.
type Secret struct {
	Password, Default bool
	People            []string // who hold it
}

// A Door is a way to work on a device from afar, besides messages to its inputs and
// settings.
type Door struct {
	Device   string
	Weakness string // empty: it is the login
	Protocol network.Protocol
	Verb     network.Verb
	Needs    uint64 // credentials of which one is needed
}

// exposed is what a plan keeps to tell people of it.
type exposed struct {
	topology    network.Topology
	speaks      []network.Protocol // by device
	security    []network.Security
	isolated    []bool // it is not on the network
	hands       []bool // it hands on what it is told, as a broker does
	clear       uint64 // passwords that messages bear openly
	credentials []string
	secrets     []Secret
	doors       []Door
	grounds     [][]string // by guard and rule: why it does not let a message pass
}

// expose keeps what the surface needs.
func (s *System) expose(p *Plan) {
	x := &p.exposed
	*x = exposed{topology: s.Topology, credentials: s.Credentials, secrets: s.Secrets, doors: s.Doors, grounds: s.grounds()}
	x.isolated, x.hands = s.isolated(p), make([]bool, len(s.parts))
	x.speaks, x.security = make([]network.Protocol, len(s.parts)), make([]network.Security, len(s.parts))
	for i, part := range s.parts {
		x.speaks[i], x.security[i] = part.Speaks, part.Security
		x.hands[i] = slices.ContainsFunc(part.decl.Signals, func(s device.Signal) bool { return s.Kept != nil })
		if part.Security < network.Encrypt {
			x.clear |= part.Exposes
		}
	}
}

// names returns the names of a set of credentials.
func (x *exposed) names(set uint64) (list []string) {
	for i, name := range x.credentials {
		if set&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return list
}

// oneOf names a set of credentials of which one is needed.
func (x *exposed) oneOf(set uint64) string { return strings.Join(x.names(set), " or ") }

// Surface looks at who may reach what. It takes its time: nobody needs it for a run.
func (p *Plan) Surface() *Surface {
	t := &p.exposed.topology
	v := &surveyor{Plan: p, approaches: newApproaches(t), groups: map[string]int{}, guardOf: map[int32]*check.Guard{}}
	for i := range p.guards {
		v.guardOf[p.guards[i].Device] = &p.guards[i]
	}
	for d := range p.Devices {
		if !p.exposed.isolated[d] && v.connected(p.Devices[d].ID) {
			v.device(int32(d))
		}
	}
	for i := range p.exposed.doors {
		v.door(&p.exposed.doors[i])
	}
	slices.SortStableFunc(v.services, func(a, b ranked) int { return slices.Compare(a.zones, b.zones) })
	s := &Surface{Zones: t.Zones, Conduits: t.Conduits, Keys: p.keys()}
	for i := range v.services {
		sortOffers(v.services[i].Offers)
		s.Services = append(s.Services, v.services[i].Service)
	}
	s.Flaws = p.flaws(s)
	return s
}

// sortOffers puts the verbs together.
func sortOffers(list []Offer) {
	slices.SortStableFunc(list, func(a, b Offer) int {
		return cmp.Or(cmp.Compare(a.Verb, b.Verb), cmp.Compare(a.Weakness, b.Weakness))
	})
}

// A surveyor collects services.
type surveyor struct {
	*Plan
	approaches *approaches
	guardOf    map[int32]*check.Guard // by device
	services   []ranked
	groups     map[string]int // in services, by all but what is offered
}

// ranked is a service with the numbers of the zones that it is in.
type ranked struct {
	Service
	zones []int32
}

// connected reports whether a device is in a zone, where there are zones.
func (v *surveyor) connected(device string) bool {
	return len(v.exposed.topology.Zones) == 0 || len(v.approaches.router.Zones(device)) > 0
}

// device adds what messages can ask a device for and tell it.
func (v *surveyor) device(d int32) {
	of := &v.Devices[d]
	for i, x := range v.Signals.layouts[of.layout].signals {
		k := &v.Signals.kinds[x.kind]
		if k.internal {
			continue
		}
		for _, verb := range v.verbs(d, k.role, of.cell(i)) {
			protocol := v.exposed.speaks[d]
			offer := Offer{Verb: verb, Device: of.ID, Signal: k.name, Function: protocol.Function(verb, k.typ == signal.Bool, true)}
			v.add(d, offer, protocol, v.asks(d, verb, k.name))
		}
	}
}

// verbs returns as what messages can be about a signal.
func (v *surveyor) verbs(d int32, role device.Role, cell network.Cell) []network.Verb {
	switch {
	case v.exposed.hands[d] && role == device.RoleTold:
		return []network.Verb{network.Publish, network.Subscribe}
	case v.exposed.hands[d] && role != device.RoleTunable: // what it keeps for itself
		return nil
	case role == device.RoleReport:
		return []network.Verb{network.Read}
	case role == device.RoleTold && v.g.producer[cell.Slot] < 0: // else it is hard-wired
		return []network.Verb{network.Write}
	case role == device.RoleTunable:
		return []network.Verb{network.Configure, network.Download}
	}
	return nil
}

// door adds a way to work on a device.
func (v *surveyor) door(door *Door) {
	d, ok := v.Signals.device(door.Device)
	if !ok {
		return
	}
	asks := v.asks(int32(d), door.Verb, "")
	if door.Needs != 0 {
		what := "login"
		if door.Weakness != "" {
			what = door.Weakness
		}
		asks = append(asks, Ask{what, "login", v.exposed.names(door.Needs)})
	}
	v.add(int32(d), Offer{
		Verb: door.Verb, Device: door.Device, Weakness: door.Weakness, Function: door.Protocol.Function(door.Verb, false, true),
	}, door.Protocol, asks)
}

// asks returns the checks that a message about a signal must pass.
func (v *surveyor) asks(d int32, verb network.Verb, signal string) (list []Ask) {
	g := v.guardOf[d]
	if g == nil {
		return nil
	}
	object := slices.IndexFunc(g.Objects, func(o check.Object) bool { return o.Name == signal })
	for k := range g.Rules {
		r := &g.Rules[k]
		if r.Verbs != 0 && r.Verbs>>verb&1 == 0 || r.Objects != nil && !slices.Contains(r.Objects, int32(object)) {
			continue
		}
		if kind := r.Check.Kind(); kind != check.KindWatchdog { // that looks at what does not come
			ask := Ask{Check: r.Name, Kind: kind.String()}
			if a, ok := r.Check.(check.Authenticate); ok {
				ask.Credentials = v.exposed.names(a.Credentials)
			}
			list = append(list, ask)
		}
	}
	return list
}

// add adds an offer to the service of those that are open alike.
func (v *surveyor) add(d int32, o Offer, protocol network.Protocol, asks []Ask) {
	object := o.Device
	q := network.Request{To: o.Device, Protocol: protocol, Verb: o.Verb, Reply: replies(o.Verb)}
	if o.Signal != "" {
		object += "." + o.Signal
		q.Objects = []string{object}
	}
	who := v.approaches.to(q, v.exposed.names)
	service := Service{Protocol: protocol, Security: v.exposed.security[d], Asks: asks, From: who.from, Stopped: who.stopped}
	zones := v.approaches.router.Zones(o.Device)
	for _, z := range zones {
		service.Zones = append(service.Zones, v.exposed.topology.Zones[z].Name)
	}
	key := fmt.Sprintf("%q %d %d %q %s", service.Zones, protocol, service.Security, asks, who.key)
	i, ok := v.groups[key]
	if !ok {
		i = len(v.services)
		v.groups[key] = i
		v.services = append(v.services, ranked{service, zones})
	}
	v.services[i].Offers = append(v.services[i].Offers, o)
}

// Names returns the names of a set of credentials.
func (p *Plan) Names(credentials uint64) []string { return p.exposed.names(credentials) }
