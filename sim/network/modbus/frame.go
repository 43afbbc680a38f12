package modbus

import (
	"encoding/binary"
	"errors"
)

// Port is where servers listen.
const Port = 502

// MaxPDU is how many bytes a function and what goes with it take at most.
const MaxPDU = 253

// headerLen is the header: transaction, protocol, length, unit.
const headerLen = 7

var (
	// ErrShort says that the end of a frame is still to come.
	ErrShort = errors.New("modbus: the frame is longer than what there is")
	// ErrFrame says that bytes are no frame of Modbus/TCP.
	ErrFrame = errors.New("modbus: this is no frame of Modbus/TCP")
	// ErrPDU says that a request or response is none, or too long for a frame.
	ErrPDU = errors.New("modbus: this is no request and no response")
)

// A Frame is a request or a response with its header.
type Frame struct {
	Transaction uint16
	Unit        byte
	PDU         []byte
}

// DecodeFrame reads the frame that a stream begins with and returns what follows it.
func DecodeFrame(b []byte) (f Frame, rest []byte, err error) {
	if len(b) < headerLen {
		return f, b, ErrShort
	}
	n := int(binary.BigEndian.Uint16(b[4:])) - 1 // the length counts the unit
	if binary.BigEndian.Uint16(b[2:]) != 0 || n < 1 || n > MaxPDU {
		return f, b, ErrFrame
	}
	if len(b) < headerLen+n {
		return f, b, ErrShort
	}
	end := headerLen + n
	return Frame{binary.BigEndian.Uint16(b), b[6], b[headerLen:end:end]}, b[end:], nil
}

// Append appends the frame.
func (f Frame) Append(b []byte) ([]byte, error) {
	if len(f.PDU) < 1 || len(f.PDU) > MaxPDU {
		return b, ErrPDU
	}
	b = binary.BigEndian.AppendUint16(b, f.Transaction)
	b = append(b, 0, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(len(f.PDU)+1))
	b = append(b, f.Unit)
	return append(b, f.PDU...), nil
}
