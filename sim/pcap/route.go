package pcap

import (
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
)

// A route is a flow of a plan: for each member of the receiver one of the Writer.
type route struct {
	first       int // of the Writer's
	asked       bool
	verb        string
	there, back func(member int) string // who tells whom
	items       []sim.Item
}

// shown returns a value in the unit of its device, not in SI.
func shown(item *sim.Item, x float64) float64 {
	if item.Type == signal.Number {
		return item.Unit.FromSI(x)
	}
	return x
}

// key returns the key of a message.
func (r *route) key(p *network.Packet) key {
	return key{r.first + p.Member, p.Serial, r.asked && !p.Request}
}

// route prepares the flows of the Writer for a flow of a plan.
func (w *Writer) route(f *sim.Flow) (r route, err error) {
	out := Flow{Protocol: Protocol(f.Protocol), Encrypted: f.Security == network.Encrypt, Verb: Verb(f.Verb), QoS: f.QoS}
	if out.Verb == Subscribe && f.Step < 0 {
		out.Verb = Publish // the values that were subscribed to
	}
	if out.Verb == Login {
		out.User = f.From.Device
	}
	r = route{first: len(w.flows), asked: f.Asked, verb: out.Verb.String()}
	r.there = func(m int) string { return name(&f.From, m) + " > " + name(&f.To, m) }
	r.back = func(m int) string { return name(&f.To, m) + " > " + name(&f.From, m) }
	r.items = f.Items
	if len(r.items) == 0 && out.Verb.carries() {
		r.items = payload
	}
	for m := range f.Members {
		out.From, out.To = endpoint(&f.From, m), endpoint(&f.To, m)
		if f.Claims.Device != "" {
			out.Claims = endpoint(&f.Claims, m)
		}
		out.Items = items(f, m, r.items)
		if _, err := w.Flow(out); err != nil {
			return r, err
		}
	}
	return r, nil
}

// name names the member of a party.
func name(p *sim.Party, m int) string {
	if p.Count > 1 {
		return p.Device + "[" + strconv.Itoa(p.Member(m)) + "]"
	}
	return p.Device
}

func endpoint(p *sim.Party, m int) Endpoint {
	at := 0
	if p.Count > 1 {
		at = p.Member(m)
	}
	return Endpoint{Name: name(p, m), Rank: p.Base + int32(at), Zone: p.Zone, Broker: p.Broker}
}

// payload is what is said that has no values in the simulation.
var payload = []sim.Item{{Signal: "payload", Type: signal.Int, Written: true}}

// items names the values of a flow as its protocol does.
func items(f *sim.Flow, m int, from []sim.Item) (list []Item) {
	server := &f.To
	if f.Step < 0 && f.Verb == network.Subscribe {
		server = &f.From
	}
	for _, item := range from {
		list = append(list, Item{Name: itemName(f, name(server, m), &item), Kind: kindOf(item.Type), Address: address(&item)})
	}
	return list
}

func itemName(f *sim.Flow, device string, item *sim.Item) string {
	switch {
	case f.Protocol != network.MQTT:
		return device + "." + item.Signal
	case item.Topic != "":
		return item.Topic
	}
	return strings.ReplaceAll(device, ".", "/") + "/" + item.Signal
}

func kindOf(t signal.Type) Kind {
	switch t {
	case signal.Bool:
		return Bool
	case signal.Int, signal.Enum:
		return Integer
	}
	return Number
}

// address returns the register or the coil of an item: they are counted in the order in
// which a device declares its signals, two registers to a number.
func address(item *sim.Item) uint16 {
	if item.Type == signal.Bool {
		return uint16(item.Place)
	}
	return uint16(2 * item.Place)
}
