package pcap

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/network/modbus"
)

// unit is the unit of a server that is no gateway.
const unit = 0xFF

// What goes into one request.
const (
	mostCoils     = 1968
	mostRegisters = 122
)

type modbusDialect struct{}

// divide makes a group of items that follow each other in one space.
func (modbusDialect) divide(f *Flow) (list []group) {
	next, used := 0, 0
	for i, item := range f.Items {
		coils := item.Kind == Bool
		width, most := 2, mostRegisters
		if coils {
			width, most = 1, mostCoils
		}
		if last := len(list) - 1; last < 0 || list[last].coils != coils || int(item.Address) != next || used+width > most {
			list, used = append(list, group{from: i, coils: coils}), 0
		}
		list[len(list)-1].n++
		next, used = int(item.Address)+width, used+width
	}
	return list
}

func (modbusDialect) greet(*batch, *link) {}

// frame adds a request or a response.
func (modbusDialect) frame(b *batch, reply bool, record uint64, pdu []byte, err error) {
	b.scratch = pdu[:0]
	if err == nil {
		b.bytes, err = modbus.Frame{Transaction: uint16(record), Unit: unit, PDU: pdu}.Append(b.bytes)
	}
	b.add(reply, b.bytes, err)
}

// request returns the request for a group, without values.
func (g group) request(f *flow) modbus.Request {
	r := modbus.Request{Function: f.function(g.coils), Address: f.Items[g.from].Address, Quantity: uint16(g.n)}
	if !g.coils {
		r.Quantity = uint16(2 * g.n)
	}
	return r
}

// function returns what a flow asks for of Modbus about bits, or about numbers.
func (f *flow) function(bits bool) modbus.Function {
	return modbus.Function(network.Modbus.Function(network.Verb(f.Verb), bits, len(f.Items) == 1))
}

// data appends values as registers or coils.
func (g group) data(b []byte, f *flow, values []float64) []byte {
	for i, v := range g.values(values) {
		switch {
		case g.coils && i%8 == 0:
			b = modbus.AppendCoils(b, v != 0)
		case g.coils:
			if v != 0 {
				b[len(b)-1] |= 1 << (i % 8)
			}
		case g.items(f)[i].Kind == Integer:
			b = modbus.AppendInt(b, whole(v))
		default:
			b = modbus.AppendFloat(b, float32(v))
		}
	}
	return b
}

func (d modbusDialect) speak(b *batch, f *flow, _ *link, m *Message) {
	var data [256]byte
	switch f.Verb {
	case Scan:
		d.plainly(b, f, m, modbus.Request{Function: f.function(false), Category: 1})
	case Wipe:
		d.plainly(b, f, m, modbus.Request{Function: f.function(false), Sub: modbus.ClearCounters, Data: []byte{0, 0}})
	case Login, Subscribe: // there is no such thing
	default:
		for i, g := range f.groups {
			r := g.request(f)
			record := f.record(m.Number, i)
			if m.Response {
				answer := modbus.Response{Function: r.Function, Data: g.data(data[:0], f, m.Values)}
				pdu, err := answer.Append(b.scratch[:0])
				d.frame(b, false, record, pdu, err)
				continue
			}
			if r.Function == modbus.WriteCoil {
				r.Data = modbus.AppendCoil(data[:0], m.Values[g.from] != 0)
			} else if r.Function.Writes() {
				r.Data = g.data(data[:0], f, m.Values)
			}
			pdu, err := r.Append(b.scratch[:0])
			d.frame(b, false, record, pdu, err)
		}
	}
}

func (d modbusDialect) plainly(b *batch, f *flow, m *Message, r modbus.Request) {
	pdu, err := r.Append(b.scratch[:0])
	d.frame(b, false, f.record(m.Number, 0), pdu, err)
}

func (d modbusDialect) reply(b *batch, f *flow, _ *link, p parcel, a *Arrival) {
	say := func(i int, answer modbus.Response) {
		if a.Refusal != network.Accepted {
			answer = modbus.Response{Function: answer.Function, Exception: modbus.Exception(code(network.Modbus, a.Refusal))}
		}
		pdu, err := answer.Append(b.scratch[:0])
		d.frame(b, true, f.record(a.Number, i), pdu, err)
	}
	switch f.Verb {
	case Scan:
		say(0, modbus.Response{Function: modbus.EncapsulatedIdentify, Identity: modbus.Identity{
			Category: 1, Conformity: 0x81, Objects: []modbus.Object{{ID: 0, Value: "harmproof"}, {ID: 1, Value: cut(f.To.Name, 100)}, {ID: 2, Value: "1.0"}}}})
	case Wipe:
		say(0, modbus.Response{Function: modbus.Diagnostics, Sub: modbus.ClearCounters, Data: []byte{0, 0}})
	case Login, Subscribe:
	default:
		if f.Verb.asks() && a.Refusal == network.Accepted {
			return
		}
		for i, g := range f.groups {
			r := g.request(f)
			answer := modbus.Response{Function: r.Function, Address: r.Address, Quantity: r.Quantity}
			if r.Function == modbus.WriteCoil {
				answer.Data = modbus.AppendCoil(nil, p.on)
			}
			say(i, answer)
		}
	}
}
