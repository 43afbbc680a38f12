package enip

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// A Part is what a segment of a path names.
type Part byte

// The parts, as a segment of eight bits begins.
const (
	Class     Part = 0x20
	Instance  Part = 0x24
	Element   Part = 0x28 // of an array
	Attribute Part = 0x30
	Symbol    Part = 0x91
)

// A Segment is a step of a path.
type Segment struct {
	Part   Part
	Number uint32
	Name   string // of a Symbol
}

// AppendSegment appends a segment that is a number, as short as it can be.
func AppendSegment(b []byte, part Part, number uint32) []byte {
	switch {
	case number <= 0xFF:
		return append(b, byte(part), byte(number))
	case number <= 0xFFFF:
		return binary.LittleEndian.AppendUint16(append(b, byte(part)|1, 0), uint16(number))
	}
	return binary.LittleEndian.AppendUint32(append(b, byte(part)|2, 0), number)
}

// AppendObject appends the path to an object.
func AppendObject(b []byte, class, instance uint32) []byte {
	return AppendSegment(AppendSegment(b, Class, class), Instance, instance)
}

// AppendTag appends the path to a tag such as Program.Tank[3].Level: a symbol for each
// name, an element for each number in brackets.
func AppendTag(b []byte, tag string) ([]byte, error) {
	for rest, more := tag, true; more; {
		var name string
		name, rest, more = strings.Cut(rest, ".")
		name, index, indexed := strings.Cut(name, "[")
		if name == "" || len(name) > mostSymbol {
			return b, ErrMessage
		}
		b = append(append(b, byte(Symbol), byte(len(name))), name...)
		if len(name)%2 != 0 {
			b = append(b, 0)
		}
		if indexed {
			n, err := strconv.ParseUint(strings.TrimSuffix(index, "]"), 10, 32)
			if err != nil || !strings.HasSuffix(index, "]") {
				return b, ErrMessage
			}
			b = AppendSegment(b, Element, uint32(n))
		}
	}
	return b, nil
}

// Segments returns what a path consists of. Numbers must be as short as they can be.
func Segments(path []byte) (list []Segment, err error) {
	for len(path) > 0 {
		s, n := segment(path)
		if n == 0 {
			return nil, ErrMessage
		}
		list, path = append(list, s), path[n:]
	}
	return list, nil
}

// segment reads the first segment and how long it is, 0 where it is none.
func segment(b []byte) (s Segment, n int) {
	if len(b) < 2 {
		return s, 0
	}
	if Part(b[0]) == Symbol {
		size := int(b[1])
		n = 2 + size + size%2
		if size == 0 || len(b) < n || size%2 != 0 && b[n-1] != 0 {
			return s, 0
		}
		return Segment{Part: Symbol, Name: string(b[2 : 2+size])}, n
	}
	s.Part = Part(b[0] &^ 3)
	switch s.Part {
	case Class, Instance, Element, Attribute:
	default:
		return s, 0
	}
	switch width := b[0] & 3; {
	case width == 0:
		s.Number = uint32(b[1])
		return s, 2
	case width == 1 && len(b) >= 4 && b[1] == 0:
		s.Number = uint32(binary.LittleEndian.Uint16(b[2:]))
		return s, 4 * least(s.Number > 0xFF)
	case width == 2 && len(b) >= 6 && b[1] == 0:
		s.Number = binary.LittleEndian.Uint32(b[2:])
		return s, 6 * least(s.Number > 0xFFFF)
	}
	return s, 0
}

// least is 1 where a number needed its width.
func least(needed bool) int {
	if needed {
		return 1
	}
	return 0
}

// Tag returns the name that a path of symbols and elements stands for.
func Tag(path []byte) (string, error) {
	list, err := Segments(path)
	if err != nil {
		return "", err
	}
	var name strings.Builder
	for i, s := range list {
		switch {
		case s.Part == Symbol:
			if i > 0 {
				name.WriteByte('.')
			}
			name.WriteString(s.Name)
		case s.Part == Element && i > 0:
			name.WriteString("[" + strconv.FormatUint(uint64(s.Number), 10) + "]")
		default:
			return "", ErrMessage
		}
	}
	return name.String(), nil
}
