package modbus

import "encoding/binary"

// A Request is what a client asks of a server.
type Request struct {
	Function Function
	// Address is the first coil or register that is read, or written by functions
	// that only write; Quantity is how many.
	Address, Quantity uint16
	// To is the first register that function 23 writes, Written how many.
	To, Written uint16
	// Sub is the sub-function of Diagnostics.
	Sub uint16
	// Category (1 to 4) and Object are what function 43 asks for.
	Category, Object byte
	// Data is the values written (registers of two bytes; coils, eight in a byte,
	// the first in its lowest bit) or the data of Diagnostics.
	Data []byte
}

// DecodeRequest reads a request. The error is ErrPDU where there is no function at
// all, otherwise the Exception that a server answers.
func DecodeRequest(pdu []byte) (Request, error) {
	if len(pdu) < 1 || len(pdu) > MaxPDU || Function(pdu[0]) >= failed {
		return Request{}, ErrPDU
	}
	r := Request{Function: Function(pdu[0])}
	body := pdu[1:]
	switch r.Function {
	case ReadCoils, ReadDiscreteInputs, ReadHoldingRegisters, ReadInputRegisters:
		if len(body) != 4 {
			return r, IllegalValue
		}
		r.Address, r.Quantity = word(body, 0), word(body, 2)
	case WriteCoil, WriteRegister:
		if len(body) != 4 {
			return r, IllegalValue
		}
		r.Address, r.Quantity, r.Data = word(body, 0), 1, body[2:]
	case WriteCoils, WriteRegisters:
		if len(body) < 5 || len(body) != 5+int(body[4]) {
			return r, IllegalValue
		}
		r.Address, r.Quantity, r.Data = word(body, 0), word(body, 2), body[5:]
	case ReadWriteRegisters:
		if len(body) < 9 || len(body) != 9+int(body[8]) {
			return r, IllegalValue
		}
		r.Address, r.Quantity, r.To, r.Written, r.Data = word(body, 0), word(body, 2), word(body, 4), word(body, 6), body[9:]
	case Diagnostics:
		if len(body) < 2 {
			return r, IllegalValue
		}
		r.Sub, r.Data = word(body, 0), body[2:]
	case EncapsulatedIdentify:
		switch {
		case len(body) < 1 || body[0] != identification:
			return r, IllegalFunction
		case len(body) != 3:
			return r, IllegalValue
		}
		r.Category, r.Object = body[1], body[2]
	}
	return r, r.check()
}

// check returns nil or the exception for a request that no server can do.
func (r *Request) check() error {
	ok := true
	switch r.Function {
	case ReadCoils, ReadDiscreteInputs, ReadHoldingRegisters, ReadInputRegisters:
		ok = within(r.Quantity, r.Function.mostRead())
	case WriteCoil:
		ok = len(r.Data) == 2 && (word(r.Data, 0) == on || word(r.Data, 0) == 0)
	case WriteRegister:
		ok = len(r.Data) == 2
	case WriteCoils:
		ok = within(r.Quantity, mostCoilsWritten) && len(r.Data) == (int(r.Quantity)+7)/8
	case WriteRegisters:
		ok = within(r.Quantity, mostRegistersWritten) && len(r.Data) == 2*int(r.Quantity)
	case ReadWriteRegisters:
		ok = within(r.Quantity, mostRegistersRead) && within(r.Written, mostRegistersExchanged) && len(r.Data) == 2*int(r.Written)
	case Diagnostics:
		ok = len(r.Data) >= 2 && len(r.Data)%2 == 0 && len(r.Data) <= MaxPDU-3
	case EncapsulatedIdentify:
		ok = r.Category >= 1 && r.Category <= 4
	default:
		return IllegalFunction
	}
	if !ok {
		return IllegalValue
	}
	return nil
}

// Append appends the request. The error is the exception for one that breaks the
// limits of the protocol.
func (r *Request) Append(b []byte) ([]byte, error) {
	if err := r.check(); err != nil {
		return b, err
	}
	b = append(b, byte(r.Function))
	switch r.Function {
	case Diagnostics:
		b = binary.BigEndian.AppendUint16(b, r.Sub)
		return append(b, r.Data...), nil
	case EncapsulatedIdentify:
		return append(b, identification, r.Category, r.Object), nil
	}
	b = binary.BigEndian.AppendUint16(b, r.Address)
	switch r.Function {
	case WriteCoil, WriteRegister:
		return append(b, r.Data...), nil
	case ReadWriteRegisters:
		b = binary.BigEndian.AppendUint16(b, r.Quantity)
		b = binary.BigEndian.AppendUint16(b, r.To)
		b = binary.BigEndian.AppendUint16(b, r.Written)
	default:
		b = binary.BigEndian.AppendUint16(b, r.Quantity)
	}
	if len(r.Data) > 0 {
		b = append(b, byte(len(r.Data)))
	}
	return append(b, r.Data...), nil
}

func within(n, most uint16) bool { return n >= 1 && n <= most }

func word(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
