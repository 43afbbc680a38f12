package pcap

import (
	"encoding/binary"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/network/enip"
)

// mostMessage is how long a message outside of a connection may be.
const mostMessage = 480

type enipDialect struct{}

// divide makes a group of as many tags as one message holds, asked or answered.
func (enipDialect) divide(f *Flow) []group {
	return bySize(f.Items, mostMessage, func(item *Item) int {
		path, _ := enip.AppendTag(nil, item.Name)
		return len(path) + 16 // offset, service, type, count, value
	})
}

// session is what a target gave to who registered.
func (enipDialect) session(l *link) uint32 { return 0x10000 + uint32(l.number) }

func (d enipDialect) greet(b *batch, l *link) {
	f := enip.Frame{Command: enip.RegisterSession, Data: enip.AppendRegistration(nil)}
	bytes, err := f.Append(b.bytes)
	b.add(false, bytes, err)
	f.Session = d.session(l)
	bytes, err = f.Append(b.bytes)
	b.add(true, bytes, err)
}

// send adds a frame with a message.
func (d enipDialect) send(b *batch, reply bool, l *link, record uint64, message []byte, err error) {
	if err == nil {
		b.scratch = enip.AppendUnconnected(b.scratch[:0], message)
		b.bytes, err = enip.Frame{Command: enip.SendRRData, Session: d.session(l), Context: record, Data: b.scratch}.Append(b.bytes)
	}
	b.add(reply, b.bytes, err)
}

// kind returns the type of the tag that holds a value.
func (k Kind) kind() enip.Type {
	switch k {
	case Bool:
		return enip.Bool
	case Integer:
		return enip.Dint
	}
	return enip.Real
}

func (d enipDialect) speak(b *batch, f *flow, l *link, m *Message) {
	switch f.Verb {
	case Login, Subscribe: // is the session; there is no such thing
	case Scan:
		bytes, err := enip.Frame{Command: enip.ListIdentity, Context: m.Number}.Append(b.bytes)
		b.add(false, bytes, err)
	case Wipe:
		r := enip.Request{Service: f.service(), Path: enip.AppendObject(nil, enip.ClassIdentity, 1), Data: []byte{0}}
		message, err := r.Append(nil)
		d.send(b, false, l, f.record(m.Number, 0), message, err)
	default:
		for i, g := range f.groups {
			message, err := d.message(f, g, func(item *Item, j int) ([]byte, error) {
				if m.Response {
					r := enip.Response{Service: f.service(), Data: enip.AppendValues(nil, item.Kind.kind(), m.Values[j])}
					return r.Append(nil)
				}
				return d.request(f, item, m, j)
			}, func(parts []byte) ([]byte, error) {
				if m.Response {
					r := enip.Response{Service: enip.Multiple, Data: parts}
					return r.Append(nil)
				}
				r := enip.Request{Service: enip.Multiple, Path: enip.AppendObject(nil, enip.ClassRouter, 1), Data: parts}
				return r.Append(nil)
			})
			d.send(b, false, l, f.record(m.Number, i), message, err)
		}
	}
}

// service returns what a flow asks for of CIP.
func (f *flow) service() enip.Service {
	return enip.Service(network.EtherNetIP.Function(network.Verb(f.Verb), false, false))
}

// request returns the message that reads or writes one tag.
func (enipDialect) request(f *flow, item *Item, m *Message, j int) ([]byte, error) {
	path, err := enip.AppendTag(nil, item.Name)
	if err != nil {
		return nil, err
	}
	r := enip.Request{Service: f.service(), Path: path}
	if f.Verb.asks() {
		r.Data = enip.AppendRead(nil, 1)
	} else {
		r.Data = enip.AppendWrite(nil, item.Kind.kind(), m.Values[j])
	}
	return r.Append(nil)
}

// message makes one message of those of a group, or takes the only one.
func (enipDialect) message(f *flow, g group, one func(*Item, int) ([]byte, error), several func([]byte) ([]byte, error)) ([]byte, error) {
	parts := make([][]byte, g.n)
	for i := range parts {
		var err error
		if parts[i], err = one(&f.Items[g.from+i], g.from+i); err != nil {
			return nil, err
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	joined, err := enip.Join(nil, parts...)
	if err != nil {
		return nil, err
	}
	return several(joined)
}

func (d enipDialect) reply(b *batch, f *flow, l *link, _ parcel, a *Arrival) {
	status := enip.Status(code(network.EtherNetIP, a.Refusal))
	switch f.Verb {
	case Login, Subscribe:
	case Scan:
		d.identify(b, f, a)
	case Wipe:
		r := enip.Response{Service: f.service(), Status: status}
		message, err := r.Append(nil)
		d.send(b, true, l, f.record(a.Number, 0), message, err)
	default:
		if f.Verb.asks() && a.Refusal == network.Accepted {
			return
		}
		all := enip.Success
		if status != enip.Success {
			all = enip.PartFailed
		}
		for i, g := range f.groups {
			message, err := d.message(f, g, func(*Item, int) ([]byte, error) {
				r := enip.Response{Service: f.service(), Status: status}
				return r.Append(nil)
			}, func(parts []byte) ([]byte, error) {
				r := enip.Response{Service: enip.Multiple, Status: all, Data: parts}
				return r.Append(nil)
			})
			d.send(b, true, l, f.record(a.Number, i), message, err)
		}
	}
}

// identify adds what a device says of itself: a controller of nobody's make.
func (enipDialect) identify(b *batch, f *flow, a *Arrival) {
	who := at(f.To)
	identity := enip.Identity{Address: who.ip, Type: 14, Major: 1, Serial: binary.BigEndian.Uint32(who.mac[2:]), Name: cut(f.To.Name, 0xFF), State: 3}
	data, err := identity.Append(nil)
	if err == nil {
		b.bytes, err = enip.Frame{Command: enip.ListIdentity, Context: a.Number, Data: data}.Append(b.bytes)
	}
	b.add(true, b.bytes, err)
}
