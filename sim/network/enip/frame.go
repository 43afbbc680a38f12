package enip

import (
	"encoding/binary"
	"errors"
)

// Port is where targets listen, over TCP; ListIdentity also over UDP.
const Port = 44818

const (
	headerLen   = 24
	mostData    = 0xFFFF - headerLen
	versionOne  = 1
	mostSymbol  = 0xFF
	mostPathLen = 2 * 0xFF
)

var (
	// ErrShort says that the end of a frame is still to come.
	ErrShort = errors.New("enip: the frame is longer than what there is")
	// ErrFrame says that bytes are no frame of EtherNet/IP, or that a frame cannot be
	// written.
	ErrFrame = errors.New("enip: this is no frame of EtherNet/IP")
	// ErrMessage says that bytes are no message of CIP, or that one cannot be written.
	ErrMessage = errors.New("enip: this is no message of CIP")
)

// A Command is what a frame is for.
type Command uint16

// The commands.
const (
	Nop               Command = 0x00
	ListServices      Command = 0x04
	ListIdentity      Command = 0x63
	ListInterfaces    Command = 0x64
	RegisterSession   Command = 0x65
	UnregisterSession Command = 0x66
	SendRRData        Command = 0x6F // a message, and its answer
	SendUnitData      Command = 0x70 // a message in a connection
)

// known reports whether there is such a command.
func (c Command) known() bool {
	switch c {
	case Nop, ListServices, ListIdentity, ListInterfaces, RegisterSession, UnregisterSession, SendRRData, SendUnitData:
		return true
	}
	return false
}

// A Frame is a command with its header.
type Frame struct {
	Command Command
	Session uint32 // given by the target to who registers
	Status  uint32 // 0 is success
	Context uint64 // chosen by who asks, repeated by who answers
	Data    []byte
}

// DecodeFrame reads the frame that a stream begins with and returns what follows it.
func DecodeFrame(b []byte) (f Frame, rest []byte, err error) {
	if len(b) < headerLen {
		return f, b, ErrShort
	}
	n := int(binary.LittleEndian.Uint16(b[2:]))
	f = Frame{
		Command: Command(binary.LittleEndian.Uint16(b)),
		Session: binary.LittleEndian.Uint32(b[4:]),
		Status:  binary.LittleEndian.Uint32(b[8:]),
		Context: binary.LittleEndian.Uint64(b[12:]),
	}
	if !f.Command.known() || n > mostData || binary.LittleEndian.Uint32(b[20:]) != 0 {
		return Frame{}, b, ErrFrame
	}
	end := headerLen + n
	if len(b) < end {
		return Frame{}, b, ErrShort
	}
	f.Data = b[headerLen:end:end]
	return f, b[end:], nil
}

// Append appends the frame.
func (f Frame) Append(b []byte) ([]byte, error) {
	if len(f.Data) > mostData || !f.Command.known() {
		return b, ErrFrame
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(f.Command))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(f.Data)))
	b = binary.LittleEndian.AppendUint32(b, f.Session)
	b = binary.LittleEndian.AppendUint32(b, f.Status)
	b = binary.LittleEndian.AppendUint64(b, f.Context)
	b = binary.LittleEndian.AppendUint32(b, 0) // options
	return append(b, f.Data...), nil
}

// AppendRegistration appends the data of RegisterSession, asked and answered alike.
func AppendRegistration(b []byte) []byte { return append(b, versionOne, 0, 0, 0) }

// Registration returns nil if data is what RegisterSession carries.
func Registration(data []byte) error {
	if string(data) != string([]byte{versionOne, 0, 0, 0}) {
		return ErrFrame
	}
	return nil
}
