package modbus

import (
	"encoding/binary"
	"math"
)

// on is how a single coil is written as set.
const on = 0xFF00

// Coil returns one of the coils that data holds.
func Coil(data []byte, i int) bool { return data[i/8]>>(i%8)&1 != 0 }

// AppendCoils appends coils, eight in a byte.
func AppendCoils(b []byte, coils ...bool) []byte {
	for i, set := range coils {
		if i%8 == 0 {
			b = append(b, 0)
		}
		if set {
			b[len(b)-1] |= 1 << (i % 8)
		}
	}
	return b
}

// AppendCoil appends the value of a single coil as function 5 writes it.
func AppendCoil(b []byte, set bool) []byte {
	if set {
		return append(b, 0xFF, 0)
	}
	return append(b, 0, 0)
}

// Register returns one of the registers that data holds.
func Register(data []byte, i int) uint16 { return word(data, 2*i) }

// Float returns the number in the registers i and i+1.
func Float(data []byte, i int) float32 {
	return math.Float32frombits(binary.BigEndian.Uint32(data[2*i:]))
}

// AppendFloat appends a number as two registers, the high one first.
func AppendFloat(b []byte, v float32) []byte {
	if v != v {
		return append(b, 0x7F, 0xC0, 0, 0) // which NaN it is differs between machines
	}
	return binary.BigEndian.AppendUint32(b, math.Float32bits(v))
}

// AppendInt appends an integer as two registers, the high one first.
func AppendInt(b []byte, v int32) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }

// AppendRegisters appends the registers that data holds.
func AppendRegisters(list []uint16, data []byte) []uint16 {
	for i := range len(data) / 2 {
		list = append(list, Register(data, i))
	}
	return list
}
