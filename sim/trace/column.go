package trace

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// The ways to write a column of numbers. The first that can is taken.
const (
	toggles   = iota // 0 and 1 by turns: the first
	wholes           // whole numbers: differences
	decimals         // whole multiples of 1, 0.1, ... (by product): the place, differences
	quotients        // the same by quotient
	floats           // any: bits that differ from those of the number before
)

// places are the powers of ten that multiples are sought of.
var places = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6}

var parts = [...]float64{1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6}

// most bounds whole numbers, so that their differences are exact.
const most = 1 << 51

// A columnist writes columns. Its room is used again.
type columnist struct{ whole []int64 }

// column appends numbers, at least one.
func (c *columnist) column(b []byte, x []float64) []byte {
	if turns(x) {
		return append(b, toggles, byte(x[0]))
	}
	if c.wholes(x) {
		return c.differences(append(b, wholes))
	}
	for place := 1; place < len(places); place++ {
		if !c.first(x[0], place) {
			continue
		}
		if c.multiples(x, place) {
			return c.differences(append(b, decimals, byte(place)))
		}
		if c.fractions(x, place) {
			return c.differences(append(b, quotients, byte(place)))
		}
	}
	return appendBits(append(b, floats), x)
}

// turns reports whether numbers are 0 and 1 by turns.
func turns(x []float64) bool {
	if same(x[0], 0) || x[0] == 1 {
		for i := 1; i < len(x); i++ {
			if !same(x[i], 1-x[i-1]) {
				return false
			}
		}
		return true
	}
	return false
}

// same reports whether numbers are the same, with their sign.
func same(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }

func (c *columnist) room(n int) []int64 {
	if cap(c.whole) < n {
		c.whole = make([]int64, n)
	}
	c.whole = c.whole[:n]
	return c.whole
}

func (c *columnist) wholes(x []float64) bool {
	whole := c.room(len(x))
	for i, v := range x {
		if !(math.Abs(v) < most) {
			return false
		}
		k := int64(v)
		if !same(float64(k), v) {
			return false
		}
		whole[i] = k
	}
	return true
}

// first reports whether a number may be a multiple, so that most columns that hold
// other ones are done with after a look at one.
func (c *columnist) first(v float64, place int) bool {
	k := math.RoundToEven(v * places[place])
	return math.Abs(k) < most && (float64(k*parts[place]) == v || k/places[place] == v)
}

func (c *columnist) multiples(x []float64, place int) bool {
	whole, up, down := c.room(len(x)), places[place], parts[place]
	for i, v := range x {
		k := math.RoundToEven(v * up)
		if whole[i] = int64(k); !(math.Abs(k) < most) || !same(float64(float64(whole[i])*down), v) {
			return false
		}
	}
	return true
}

func (c *columnist) fractions(x []float64, place int) bool {
	whole, up := c.room(len(x)), places[place]
	for i, v := range x {
		k := math.RoundToEven(v * up)
		if whole[i] = int64(k); !(math.Abs(k) < most) || !same(float64(whole[i])/up, v) {
			return false
		}
	}
	return true
}

func (c *columnist) differences(b []byte) []byte {
	last := int64(0)
	for _, k := range c.whole {
		d := k - last
		last = k
		if u := uint64(d)<<1 ^ uint64(d>>63); u < 0x80 {
			b = append(b, byte(u))
		} else {
			b = binary.AppendUvarint(b, u)
		}
	}
	return b
}

// appendBits writes of each number how many bytes differ from the one before, two
// numbers to a byte, and then these bytes, the lowest first.
func appendBits(b []byte, x []float64) []byte {
	at, last := len(b), uint64(0)
	for range (len(x) + 1) / 2 {
		b = append(b, 0)
	}
	for i, v := range x {
		d := math.Float64bits(v) ^ last
		last ^= d
		n := (bits.Len64(d) + 7) / 8
		b[at+i/2] |= byte(n << (4 * (i & 1)))
		b = binary.LittleEndian.AppendUint64(b, d)
		b = b[:len(b)-8+n]
	}
	return b
}

// column reads as many numbers as there is room for.
func (in *input) column(x []float64) {
	switch way := in.byte(); way {
	case toggles:
		v := float64(in.byte() & 1)
		for i := range x {
			x[i] = v
			v = 1 - v
		}
	case wholes:
		for i, k := 0, int64(0); i < len(x); i++ {
			k += in.int()
			x[i] = float64(k)
		}
	case decimals, quotients:
		place := int(in.byte())
		if place >= len(places) {
			in.fail(errors.New("a column has more decimal places than any"))
			return
		}
		for i, k := 0, int64(0); i < len(x); i++ {
			k += in.int()
			if x[i] = float64(k) * parts[place]; way == quotients {
				x[i] = float64(k) / places[place]
			}
		}
	case floats:
		in.bits(x)
	default:
		in.fail(errors.New("a column is written in a way that is not known"))
	}
}

// bits reads what appendBits wrote.
func (in *input) bits(x []float64) {
	widths, last := in.take((len(x)+1)/2), uint64(0)
	for i := range x {
		if in.err != nil {
			return
		}
		n := int(widths[i/2] >> (4 * (i & 1)) & 15)
		if n > 8 {
			in.fail(errors.New("a number has more than eight bytes"))
			return
		}
		last ^= word(in.take(n))
		x[i] = math.Float64frombits(last)
	}
}
