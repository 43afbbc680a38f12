package enip

import "encoding/binary"

// An Identity is what a target answers to ListIdentity.
type Identity struct {
	Address            [4]byte // where it listens
	Vendor, Type, Code uint16  // of the product
	Major, Minor       byte    // its revision
	Status             uint16
	Serial             uint32
	Name               string
	State              byte
}

// identityFixed is an identity without its name.
const identityFixed = 2 + 16 + 6 + 2 + 2 + 4 + 1 + 1

// Append appends the data of the answer to ListIdentity.
func (d *Identity) Append(b []byte) ([]byte, error) {
	if len(d.Name) > 0xFF {
		return b, ErrFrame
	}
	b = append(b, 1, 0, itemIdentity, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(identityFixed+len(d.Name)))
	b = append(b, versionOne, 0)
	b = binary.BigEndian.AppendUint16(append(b, 0, 2), Port) // a socket's address, as sockets have it
	b = append(append(b, d.Address[:]...), make([]byte, 8)...)
	for _, w := range []uint16{d.Vendor, d.Type, d.Code} {
		b = binary.LittleEndian.AppendUint16(b, w)
	}
	b = append(b, d.Major, d.Minor)
	b = binary.LittleEndian.AppendUint16(b, d.Status)
	b = binary.LittleEndian.AppendUint32(b, d.Serial)
	b = append(append(b, byte(len(d.Name))), d.Name...)
	return append(b, d.State), nil
}

// DecodeIdentity reads the data of the answer to ListIdentity.
func DecodeIdentity(data []byte) (d Identity, err error) {
	if len(data) < 2 || data[0] != 1 || data[1] != 0 {
		return d, ErrFrame
	}
	b, rest, ok := item(data[2:], itemIdentity)
	if !ok || len(rest) > 0 || len(b) < identityFixed || len(b) != identityFixed+int(b[identityFixed-2]) {
		return d, ErrFrame
	}
	var zero [8]byte
	if string(b[:6]) != string([]byte{versionOne, 0, 0, 2, Port >> 8, Port & 0xFF}) || string(b[10:18]) != string(zero[:]) {
		return d, ErrFrame
	}
	word := func(at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
	d = Identity{
		Vendor: word(18), Type: word(20), Code: word(22), Major: b[24], Minor: b[25], Status: word(26),
		Serial: binary.LittleEndian.Uint32(b[28:]), Name: string(b[33 : len(b)-1]), State: b[len(b)-1],
	}
	copy(d.Address[:], b[6:10])
	return d, nil
}
