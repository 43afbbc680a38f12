package parquet

import (
	"encoding/binary"
	"math"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/unit"
)

// The types of columns, by the format's numbers.
type kind int

const (
	booleans kind = 0
	integers kind = 2
	doubles  kind = 5
	texts    kind = 6
)

// A column is a signal, and its values that have not been written.
type column struct {
	name   string
	kind   kind
	always bool // none of it is null
	signal *trace.Kind
	values []float64
}

// columns are those of a table, with the time first.
func columns(x *trace.Trace, cells []int) []column {
	list := []column{{name: "time_ns", kind: integers, always: true}}
	for _, cell := range cells {
		c := column{name: x.Path(cell), kind: integers, signal: x.KindOf(cell)}
		switch k := c.signal; k.Type {
		case "bool":
			c.kind = booleans
		case "enum":
			c.kind = texts
		case "number":
			c.kind = doubles
			if k.Unit.Symbol != "" {
				c.name += " [" + k.Unit.Symbol + "]"
			}
		}
		list = append(list, c)
	}
	return list
}

// describe tells the schema of a column.
func (c *column) describe(f *thrift) {
	f.open()
	f.int(1, int(c.kind))
	if c.always {
		f.int(3, 0)
	} else {
		f.int(3, 1)
	}
	f.text(4, c.name)
	if c.kind == texts {
		f.int(6, 0) // they are UTF-8
	}
	f.end()
}

// has reports whether a value is one.
func (c *column) has(x float64) bool {
	if c.kind == texts {
		return x >= 0 && x < float64(len(c.signal.Labels))
	}
	return !math.IsNaN(x) && (c.kind != integers || math.Abs(x) < 1<<63)
}

// page appends the values as a page has them, and empties the column.
func (c *column) page(b []byte) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	for i := 0; i < len(c.values); { // runs of what is there and of what is not
		from, has := i, c.has(c.values[i])
		for i < len(c.values) && c.has(c.values[i]) == has {
			i++
		}
		b = binary.AppendUvarint(b, uint64(i-from)<<1)
		if has {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	}
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	bits := 0
	for _, x := range c.values {
		if !c.has(x) {
			continue
		}
		if c.kind == booleans {
			if bits%8 == 0 {
				b = append(b, 0)
			}
			if x != 0 {
				b[len(b)-1] |= 1 << (bits % 8)
			}
			bits++
			continue
		}
		b = c.value(b, x)
	}
	c.values = c.values[:0]
	return b
}

func (c *column) value(b []byte, x float64) []byte {
	switch c.kind {
	case doubles:
		x = unit.Unit{Scale: c.signal.Unit.Scale, Offset: c.signal.Unit.Offset}.FromSI(x)
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	case texts:
		label := c.signal.Labels[int(x)]
		return append(binary.LittleEndian.AppendUint32(b, uint32(len(label))), label...)
	}
	return binary.LittleEndian.AppendUint64(b, uint64(int64(x)))
}
