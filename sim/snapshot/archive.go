package snapshot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// An Archive is being written (New) or read (Of).
type Archive struct {
	data    []byte
	at      int
	reading bool
	err     error
}

// New returns an archive to be written, which is thought to become so long.
func New(size int) *Archive { return &Archive{data: make([]byte, 0, size)} }

// Of returns an archive to be read.
func Of(data []byte) *Archive { return &Archive{data: data, reading: true} }

// Reading reports whether fields are set from the archive.
func (a *Archive) Reading() bool { return a.reading }

// Bytes returns what was written.
func (a *Archive) Bytes() []byte { return a.data }

// Err returns the first thing that was wrong while reading. Once all was read,
// call Done before.
func (a *Archive) Err() error { return a.err }

// Fail notes that what is read cannot be right.
func (a *Archive) Fail(format string, args ...any) {
	if a.err == nil {
		a.err = fmt.Errorf(format, args...)
	}
}

// Done says that all is read; what is left over is an error.
func (a *Archive) Done() {
	if a.reading && a.at != len(a.data) {
		a.Fail("%d bytes are left over", len(a.data)-a.at)
	}
}

var errShort = errors.New("the archive ends too early")

// word is the one thing that is written or read: eight bytes.
func (a *Archive) word(x uint64) uint64 {
	if !a.reading {
		a.data = binary.LittleEndian.AppendUint64(a.data, x)
		return x
	}
	if a.err != nil || len(a.data)-a.at < 8 {
		if a.err == nil {
			a.err = errShort
		}
		return 0
	}
	x = binary.LittleEndian.Uint64(a.data[a.at:])
	a.at += 8
	return x
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Int archives an integer.
func Int[T integer](a *Archive, x *T) {
	y := a.word(uint64(*x))
	if T(y) != *x || a.reading {
		if uint64(T(y)) != y {
			a.Fail("a number is out of its range")
		}
		*x = T(y)
	}
}

// Float archives a number, bit by bit.
func Float(a *Archive, x *float64) { *x = math.Float64frombits(a.word(math.Float64bits(*x))) }

// Bool archives a truth.
func Bool(a *Archive, x *bool) {
	y := uint64(0)
	if *x {
		y = 1
	}
	*x = a.word(y) != 0
}

// String archives a text.
func String(a *Archive, x *string) {
	n := a.Len(len(*x), 1)
	if !a.reading {
		a.data = append(a.data, *x...)
		return
	}
	*x = string(a.data[a.at : a.at+n])
	a.at += n
}

// Raw archives bytes.
func Raw(a *Archive, x *[]byte) {
	s := string(*x)
	String(a, &s)
	if a.reading {
		*x = []byte(s)
	}
}

// Len archives the length of something whose elements take at least so many
// bytes each.
func (a *Archive) Len(n, least int) int {
	y := a.word(uint64(n))
	if a.reading && y > uint64(len(a.data)-a.at)/uint64(max(1, least)) {
		a.Fail("a length of %d is more than there is", y)
		return 0
	}
	return int(y)
}

// Slice archives a slice of any length.
func Slice[T any](a *Archive, x *[]T, each func(a *Archive, x *T)) {
	n := a.Len(len(*x), 8)
	if a.reading {
		*x = append((*x)[:0], make([]T, n)...)
	}
	for i := range *x {
		each(a, &(*x)[i])
	}
}

// Column archives a slice whose length is that of the plan.
func Column[T any](a *Archive, x []T, each func(a *Archive, x *T)) {
	if n := a.Len(len(x), 8); n != len(x) {
		a.Fail("a column of %d is of %d", len(x), n)
		return
	}
	for i := range x {
		each(a, &x[i])
	}
}

// Floats archives a column of numbers.
func Floats(a *Archive, x []float64) { Column(a, x, Float) }
