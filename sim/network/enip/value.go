package enip

import (
	"encoding/binary"
	"math"
)

// A Type is what a tag holds.
type Type uint16

// The types.
const (
	Bool Type = 0xC1
	Sint Type = 0xC2
	Int  Type = 0xC3
	Dint Type = 0xC4
	Real Type = 0xCA
)

// Size returns how many bytes a value takes; 0 for a type that is not known.
func (t Type) Size() int {
	switch t {
	case Bool, Sint:
		return 1
	case Int:
		return 2
	case Dint, Real:
		return 4
	}
	return 0
}

// AppendValue appends a value. What an integer cannot hold becomes the nearest that it
// can; what is not a number, 0.
func (t Type) AppendValue(b []byte, v float64) []byte {
	switch t {
	case Bool:
		if v != 0 {
			return append(b, 0xFF)
		}
		return append(b, 0)
	case Sint:
		return append(b, byte(nearest(v, math.MinInt8, math.MaxInt8)))
	case Int:
		return binary.LittleEndian.AppendUint16(b, uint16(nearest(v, math.MinInt16, math.MaxInt16)))
	case Dint:
		return binary.LittleEndian.AppendUint32(b, uint32(nearest(v, math.MinInt32, math.MaxInt32)))
	}
	if v != v {
		return append(b, 0, 0, 0xC0, 0x7F) // which NaN it is differs between machines
	}
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
}

// nearest returns the integer nearest to v between two others.
func nearest(v, least, most float64) int64 {
	if v != v {
		return 0
	}
	return int64(math.Round(min(max(v, least), most)))
}

// Value returns the value at the beginning of data, which holds one.
func (t Type) Value(data []byte) float64 {
	switch t {
	case Bool:
		if data[0] != 0 {
			return 1
		}
		return 0
	case Sint:
		return float64(int8(data[0]))
	case Int:
		return float64(int16(binary.LittleEndian.Uint16(data)))
	case Dint:
		return float64(int32(binary.LittleEndian.Uint32(data)))
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(data)))
}

// AppendRead appends the data of ReadTag: how many elements.
func AppendRead(b []byte, elements uint16) []byte {
	return binary.LittleEndian.AppendUint16(b, elements)
}

// AppendValues appends the data that ReadTag answers with.
func AppendValues(b []byte, t Type, values ...float64) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(t))
	for _, v := range values {
		b = t.AppendValue(b, v)
	}
	return b
}

// AppendWrite appends the data of WriteTag.
func AppendWrite(b []byte, t Type, values ...float64) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(t))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(values)))
	for _, v := range values {
		b = t.AppendValue(b, v)
	}
	return b
}

// Values returns the values in the data that ReadTag answers with.
func Values(data []byte) (Type, []float64, error) {
	if len(data) < 2 {
		return 0, nil, ErrMessage
	}
	t := Type(binary.LittleEndian.Uint16(data))
	return t.all(data[2:])
}

// Written returns the values in the data of WriteTag.
func Written(data []byte) (Type, []float64, error) {
	if len(data) < 4 {
		return 0, nil, ErrMessage
	}
	t, list, err := Type(binary.LittleEndian.Uint16(data)).all(data[4:])
	if err == nil && len(list) != int(binary.LittleEndian.Uint16(data[2:])) {
		return 0, nil, ErrMessage
	}
	return t, list, err
}

// all returns the values that data consists of.
func (t Type) all(data []byte) (Type, []float64, error) {
	size := t.Size()
	if size == 0 || len(data) == 0 || len(data)%size != 0 {
		return 0, nil, ErrMessage
	}
	list := make([]float64, 0, len(data)/size)
	for ; len(data) > 0; data = data[size:] {
		list = append(list, t.Value(data))
	}
	return t, list, nil
}
