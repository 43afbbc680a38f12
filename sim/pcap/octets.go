package pcap

import (
	"encoding/binary"
	"math"
)

// octets are bytes of OPC UA in the making; each method appends something.
type octets []byte

func (o octets) raw(text string) octets     { return append(o, text...) }
func (o octets) u8(v byte) octets           { return append(o, v) }
func (o octets) u32(v uint32) octets        { return binary.LittleEndian.AppendUint32(o, v) }
func (o octets) u64(v uint64) octets        { return binary.LittleEndian.AppendUint64(o, v) }
func (o octets) text(text string) octets    { return o.u32(uint32(len(text))).raw(text) }
func (o octets) null() octets               { return o.u32(math.MaxUint32) } // no text, no bytes
func (o octets) none() octets               { return o.u32(0) }              // a list of nothing
func (o octets) nothing() octets            { return append(o, 0, 0, 0) }    // no extension
func (o octets) number(id uint32) octets    { return append(o, 2, 1, 0).u32(id) }
func (o octets) name(name string) octets    { return append(o, 3, 2, 0).text(name) }
func (o octets) structure(id uint16) octets { return append(o, 1, 0, byte(id), byte(id>>8)) }

// f64 appends a double; there is one NaN.
func (o octets) f64(v float64) octets {
	if v != v {
		return o.u64(0x7FF8000000000000)
	}
	return o.u64(math.Float64bits(v))
}

// time appends an instant, given in nanoseconds since 1970, in units of 100 ns since
// 1601.
func (o octets) time(since1970 int64) octets {
	const between = 116444736000000000
	return o.u64(uint64(since1970/100 + between))
}

// node appends what of a node is read: its value, all of it, as usual.
func (o octets) node(name string) octets {
	return o.name(name).u32(uaValue).null().raw("\x00\x00").null()
}

// value appends a value with its type.
func (o octets) value(k Kind, v float64) octets {
	const there, isBool, isInt32, isDouble = 1, 1, 6, 11
	switch k {
	case Bool:
		set := byte(0)
		if v != 0 {
			set = 1
		}
		return append(o, there, isBool, set)
	case Integer:
		return append(o, there, isInt32).u32(uint32(whole(v)))
	}
	return append(o, there, isDouble).f64(v)
}

// extension appends a structure that says what it is.
func (o octets) extension(id uint16, body octets) octets {
	return append(o.structure(id).u8(1).u32(uint32(len(body))), body...)
}

// asks appends the header of a request.
func (o octets) asks(l *link, id, session uint32) octets {
	if session == 0 {
		o = append(o, 0, 0)
	} else {
		o = o.number(session)
	}
	return o.time(l.clock).u32(id).u32(0).null().u32(10000).nothing()
}

// answers appends the header of a response.
func (o octets) answers(l *link, id, status uint32) octets {
	return o.time(l.clock).u32(id).u32(status).u8(0).none().nothing()
}
