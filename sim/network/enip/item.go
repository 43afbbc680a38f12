package enip

import "encoding/binary"

// Kinds of items.
const (
	itemNull        = 0x0000
	itemIdentity    = 0x000C
	itemAddress     = 0x00A1
	itemConnected   = 0x00B1
	itemUnconnected = 0x00B2
)

// AppendUnconnected appends what SendRRData carries: a message outside of any
// connection.
func AppendUnconnected(b, message []byte) []byte {
	b = append(b, 0, 0, 0, 0, 0, 0, 2, 0) // interface CIP, no timeout, two items
	b = appendItem(b, itemNull, nil)
	return appendItem(b, itemUnconnected, message)
}

// Unconnected returns the message in what SendRRData carries.
func Unconnected(data []byte) (message []byte, err error) {
	address, message, ok := pair(data, itemNull, itemUnconnected)
	if !ok || len(address) > 0 {
		return nil, ErrFrame
	}
	return message, nil
}

// AppendConnected appends what SendUnitData carries: a message in a connection, with
// its number there.
func AppendConnected(b []byte, connection uint32, number uint16, message []byte) []byte {
	b = append(b, 0, 0, 0, 0, 0, 0, 2, 0)
	b = binary.LittleEndian.AppendUint32(append(b, itemAddress, 0, 4, 0), connection)
	b = append(b, itemConnected, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(message)+2))
	b = binary.LittleEndian.AppendUint16(b, number)
	return append(b, message...)
}

// Connected returns the message in what SendUnitData carries.
func Connected(data []byte) (connection uint32, number uint16, message []byte, err error) {
	address, message, ok := pair(data, itemAddress, itemConnected)
	if !ok || len(address) != 4 || len(message) < 2 {
		return 0, 0, nil, ErrFrame
	}
	return binary.LittleEndian.Uint32(address), binary.LittleEndian.Uint16(message), message[2:], nil
}

func appendItem(b []byte, kind uint16, data []byte) []byte {
	b = binary.LittleEndian.AppendUint16(b, kind)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(data)))
	return append(b, data...)
}

// pair returns the two items that a message travels in. (A timeout is the sender's own
// affair, but ours is 0.)
func pair(data []byte, first, second uint16) (address, message []byte, ok bool) {
	if len(data) < 8 || string(data[:8]) != "\x00\x00\x00\x00\x00\x00\x02\x00" {
		return nil, nil, false
	}
	address, rest, ok := item(data[8:], first)
	if !ok {
		return nil, nil, false
	}
	message, rest, ok = item(rest, second)
	return address, message, ok && len(rest) == 0
}

func item(b []byte, kind uint16) (data, rest []byte, ok bool) {
	if len(b) < 4 || binary.LittleEndian.Uint16(b) != kind {
		return nil, nil, false
	}
	end := 4 + int(binary.LittleEndian.Uint16(b[2:]))
	if len(b) < end {
		return nil, nil, false
	}
	return b[4:end:end], b[end:], true
}
