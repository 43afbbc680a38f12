package trace

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// errShort says that a record ends too early.
var errShort = errors.New("a record ends too early")

// An input reads a record. After a mistake it reads zeros, and err says what it was.
type input struct {
	b   []byte
	err error
}

func (in *input) fail(err error) {
	if in.err == nil {
		in.err = err
	}
	in.b = nil
}

func (in *input) uint() uint64 {
	x, n := binary.Uvarint(in.b)
	if n <= 0 {
		in.fail(errShort)
		return 0
	}
	in.b = in.b[n:]
	return x
}

func (in *input) int() int64 {
	x := in.uint()
	return int64(x>>1) ^ -int64(x&1)
}

// count reads how many there are of what takes at least a number of bytes each.
func (in *input) count(bytes int) int {
	n := in.uint()
	if n > uint64(len(in.b)/bytes) {
		in.fail(fmt.Errorf("%d of something are to lie in %d bytes", n, len(in.b)))
		return 0
	}
	return int(n)
}

// below reads a number below a limit.
func (in *input) below(limit int) int {
	n := in.uint()
	if n >= uint64(limit) {
		in.fail(fmt.Errorf("there is no number %d of %d", n, limit))
		return 0
	}
	return int(n)
}

// since reads a time that is not before another one.
func (in *input) since(t vtime.Time) vtime.Time {
	d := in.uint()
	if d > uint64(math.MaxInt64-max(0, t)) {
		in.fail(errors.New("a time is beyond all times"))
		return t
	}
	return t + vtime.Time(d)
}

func (in *input) byte() byte {
	if len(in.b) == 0 {
		in.fail(errShort)
		return 0
	}
	x := in.b[0]
	in.b = in.b[1:]
	return x
}

func (in *input) take(n int) []byte {
	if n > len(in.b) {
		in.fail(errShort)
		return nil
	}
	part := in.b[:n:n]
	in.b = in.b[n:]
	return part
}

func (in *input) float() float64 {
	if b := in.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

func (in *input) text() string { return string(in.take(in.count(1))) }

// bits reads what near wrote.
func (in *input) near(x float64) float64 {
	n := int(in.byte())
	if n > 8 {
		in.fail(errors.New("a number has more than eight bytes"))
		return 0
	}
	return math.Float64frombits(math.Float64bits(x) ^ word(in.take(n)))
}

// word is a number of at most eight bytes, the least first.
func word(b []byte) (x uint64) {
	for i, c := range b {
		x |= uint64(c) << (8 * i)
	}
	return x
}

func appendInt(b []byte, x int64) []byte {
	return binary.AppendUvarint(b, uint64(x)<<1^uint64(x>>63))
}

func appendFloat(b []byte, x float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendNear writes a number of which most bits are those of another one: how many
// bytes differ, from the lowest to the highest that does, and these.
func appendNear(b []byte, x, like float64) []byte {
	d := math.Float64bits(x) ^ math.Float64bits(like)
	at := len(b)
	b = append(b, 0)
	for ; d != 0; d >>= 8 {
		b = append(b, byte(d))
	}
	b[at] = byte(len(b) - at - 1)
	return b
}
