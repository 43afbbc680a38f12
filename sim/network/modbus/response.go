package modbus

import "encoding/binary"

// A Response is what a server answers.
type Response struct {
	Function Function
	// Exception is why it did not do what it was asked, or 0. Then there is nothing
	// else.
	Exception Exception
	// Address and Quantity say what was written.
	Address, Quantity uint16
	// Sub is the sub-function of Diagnostics.
	Sub uint16
	// Data is the values that were read, the value of a single write, or the data of
	// Diagnostics.
	Data []byte
	// Identity is what function 43 tells.
	Identity Identity
}

// An Identity is what a server says of itself.
type Identity struct {
	Category   byte // 1 basic, 2 regular, 3 extended, 4 one object
	Conformity byte // of what it can tell, 0x80 where it tells single objects too
	More       bool // is to be asked for, from Next on
	Next       byte
	Objects    []Object
}

// An Object is one part of an identity: 0 the vendor, 1 the product, 2 the revision,
// and more.
type Object struct {
	ID    byte
	Value string
}

// DecodeResponse reads a response. What it holds is as long as it says, but whether
// it is as long as was asked for, only who asked knows.
func DecodeResponse(pdu []byte) (Response, error) {
	if len(pdu) < 2 || len(pdu) > MaxPDU {
		return Response{}, ErrPDU
	}
	r := Response{Function: Function(pdu[0])}
	body := pdu[1:]
	if r.Function >= failed {
		r.Function, r.Exception = r.Function&^failed, Exception(body[0])
		if len(body) != 1 || !r.Exception.known() {
			return Response{}, ErrPDU
		}
		return r, nil
	}
	ok := true
	switch r.Function {
	case ReadCoils, ReadDiscreteInputs, ReadHoldingRegisters, ReadInputRegisters, ReadWriteRegisters:
		r.Data = body[1:]
		ok = len(r.Data) == int(body[0])
	case WriteCoil, WriteRegister, WriteCoils, WriteRegisters:
		if ok = len(body) == 4; ok {
			r.written(word(body, 0), body[2:])
		}
	case Diagnostics:
		if ok = len(body) >= 2; ok {
			r.Sub, r.Data = word(body, 0), body[2:]
		}
	case EncapsulatedIdentify:
		ok = r.Identity.decode(body)
	default:
		ok = false
	}
	if !ok || !r.valid() {
		return Response{}, ErrPDU
	}
	return r, nil
}

// written takes in what a server says of a write: the value of a single one, how many
// of several.
func (r *Response) written(address uint16, second []byte) {
	r.Address, r.Quantity = address, 1
	switch r.Function {
	case WriteCoil, WriteRegister:
		r.Data = second
	default:
		r.Quantity = word(second, 0)
	}
}

// valid reports whether a server may answer so.
func (r *Response) valid() bool {
	switch r.Function {
	case ReadCoils, ReadDiscreteInputs:
		return len(r.Data) >= 1 && len(r.Data) <= mostCoilsRead/8
	case ReadHoldingRegisters, ReadInputRegisters, ReadWriteRegisters:
		return len(r.Data) >= 2 && len(r.Data) <= 2*mostRegistersRead && len(r.Data)%2 == 0
	case WriteCoil:
		return len(r.Data) == 2 && (word(r.Data, 0) == on || word(r.Data, 0) == 0)
	case WriteRegister:
		return len(r.Data) == 2
	case WriteCoils:
		return within(r.Quantity, mostCoilsWritten)
	case WriteRegisters:
		return within(r.Quantity, mostRegistersWritten)
	case Diagnostics:
		return len(r.Data) >= 2 && len(r.Data)%2 == 0 && len(r.Data) <= MaxPDU-3
	case EncapsulatedIdentify:
		return r.Identity.valid()
	}
	return false
}

// Append appends the response, or returns ErrPDU for one that no server may give.
func (r *Response) Append(b []byte) ([]byte, error) {
	if r.Exception != 0 {
		if !r.Exception.known() || r.Function >= failed {
			return b, ErrPDU
		}
		return append(b, byte(r.Function|failed), byte(r.Exception)), nil
	}
	if !r.valid() {
		return b, ErrPDU
	}
	b = append(b, byte(r.Function))
	switch r.Function {
	case WriteCoil, WriteRegister:
		b = binary.BigEndian.AppendUint16(b, r.Address)
	case WriteCoils, WriteRegisters:
		b = binary.BigEndian.AppendUint16(b, r.Address)
		return binary.BigEndian.AppendUint16(b, r.Quantity), nil
	case Diagnostics:
		b = binary.BigEndian.AppendUint16(b, r.Sub)
	case EncapsulatedIdentify:
		return r.Identity.append(b), nil
	default:
		b = append(b, byte(len(r.Data)))
	}
	return append(b, r.Data...), nil
}
