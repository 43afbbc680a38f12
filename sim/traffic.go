package sim

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Traffic describes all that can be sent over the network of a plan.
type Traffic struct {
	// Zones are the names of the zones; there is at least one.
	Zones []string
	// Flows are numbered as in network.Packet.
	Flows []Flow
}

// A Flow is everything that one device tells or asks another.
type Flow struct {
	// From begins: it asks To, or tells it something of its own accord.
	From, To Party
	// Claims is whom From claims to be; it has no Device where From is honest.
	Claims   Party
	Members  int  // of the receiver of the values, each with messages of its own
	Asked    bool // To answers with the values
	Protocol network.Protocol
	Security network.Security
	Verb     network.Verb
	QoS      uint8 // of MQTT
	Every    vtime.Duration
	Step     int // that sends it, by its place in the timeline, or -1
	Items    []Item
}

// A Party is a device at an end of a flow.
type Party struct {
	Device string
	Base   int32 // its member 0 among all members of the system
	Count  int
	Zone   int32 // in which its messages start or end
	Broker bool
	// One is the only member that takes part, or -1: each member of the receiver has
	// that of its number.
	One int32
}

// Member returns which member of a party takes part in the messages of a number.
func (p *Party) Member(m int) int {
	if p.One >= 0 {
		return int(p.One)
	}
	return m
}

// An Item is a value that a flow carries, as the device offers it that is asked or told.
type Item struct {
	Signal string
	Type   signal.Type
	Unit   unit.Unit
	Topic  string // of what goes through a broker
	// Written says that it is told to the device rather than read from it; Place is its
	// place there among all of its kind: told or read, bools or others.
	Written bool
	Place   int
}

// Traffic describes the flows of a plan.
func (p *Plan) Traffic() *Traffic {
	d := describer{p, p.beneath(), map[signal.Slot]string{}}
	for i := range p.book.Flows {
		if f := &p.book.Flows[i]; f.Topic != "" && !f.Silent && f.Verb == network.Publish {
			for _, pair := range p.book.Pairs(f) {
				d.topics[pair.To.Slot] = f.Topic
			}
		}
	}
	t := &Traffic{}
	for i := range p.exposed.topology.Zones {
		t.Zones = append(t.Zones, p.exposed.topology.Zones[i].Name)
	}
	if len(t.Zones) == 0 {
		t.Zones = []string{"network"}
	}
	for i := range p.book.Flows {
		t.Flows = append(t.Flows, d.flow(&p.book.Flows[i]))
	}
	for i := range p.steps {
		for _, op := range p.steps[i].Ops {
			if op.Kind == inject.SendOp || op.Kind == inject.FloodOp {
				t.Flows[op.Flow].Step = i
			}
		}
	}
	return t
}

// A describer describes flows.
type describer struct {
	*Plan
	sources map[signal.Slot]signal.Slot // by the cell that shows what injections make of it
	topics  map[signal.Slot]string      // by the cell of a broker that hears what is published
}

func (d *describer) flow(f *network.Flow) Flow {
	sender := d.party(f.Sender, f.SenderAt)
	receiver := d.party(f.Receiver, f.ReceiverAt)
	if f.Member >= 0 || f.Broadcast {
		sender.One = max(f.Member, 0)
	}
	out := Flow{
		From: sender, To: receiver, Members: int(f.Count), Asked: f.Asked(), Protocol: f.Protocol, Security: f.Security,
		Verb: f.Verb, QoS: f.QoS, Every: f.Period, Step: -1,
	}
	if out.Asked {
		out.From, out.To = receiver, sender
	}
	if zones := f.Path.Zones; len(zones) > 0 {
		out.From.Zone, out.To.Zone = zones[0], zones[len(zones)-1]
	}
	if f.Claims >= 0 && f.Claims != f.Sender {
		out.Claims = d.party(f.Claims, int32(d.assembly.Units[f.Claims].Base))
		out.Claims.One = 0
	}
	for _, pair := range d.book.Pairs(f) {
		out.Items = append(out.Items, d.item(f, &pair))
	}
	return out
}

func (d *describer) party(rank, base int32) Party {
	p := Party{Device: d.Devices[rank].ID, Base: base, Count: d.Devices[rank].Count, Broker: d.exposed.hands[rank], One: -1}
	if zones := d.exposed.topology.ZonesOf(p.Device); len(zones) > 0 {
		p.Zone = zones[0]
	}
	return p
}

// item describes a value: where it is asked for, as the report that it is of the device
// that is asked; else as what it is to the device that is told.
func (d *describer) item(f *network.Flow, pair *network.Pair) Item {
	slot, owner := pair.To.Slot, f.Receiver
	reported := (f.Asked() || f.Verb == network.Subscribe) && !f.Silent
	if reported {
		slot, owner = pair.From.Slot, f.Sender
		if source, ok := d.sources[slot]; ok {
			slot = source
		}
	}
	info := d.Signals.At(slot)
	item := Item{Signal: info.Signal, Type: info.Type, Unit: info.Unit, Topic: d.topics[slot], Written: !reported}
	if reported && f.Topic != "" {
		item.Topic = f.Topic
	}
	if of := &d.Devices[owner]; info.Device == of.ID && slot < d.Signals.laid {
		_, at := d.Signals.locate(slot)
		item.Place = d.place(of, at)
	}
	return item
}

// place counts the signals of a device that come before one and are of its kind.
func (d *describer) place(of *DeviceInfo, at int) (n int) {
	kindOf := func(i int) (told, isBool bool) {
		k := &d.Signals.kinds[d.Signals.layouts[of.layout].signals[i].kind]
		return k.role == device.RoleTold || k.role == device.RoleTunable, k.typ == signal.Bool
	}
	told, isBool := kindOf(at)
	for i := range at {
		if t, b := kindOf(i); t == told && b == isBool {
			n++
		}
	}
	return n
}
