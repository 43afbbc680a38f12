package trace

import (
	"encoding/binary"
	"errors"

	"github.com/harmproof/harmproof/sim/vtime"
)

// mostCourses is how many courses a block has at most.
const mostCourses = 1 << 11

// The bits that say what of a course need not be written.
const (
	follows  = 1 << iota // it begins where the cell's course before it ended
	whole                // its span is all of its step
	goesOn               // its value begins as that course ended
	sameStep             // its curve is that of the course before it
	degree               // from here on, of three bits: how many of C0 to C3 are written
)

// Courses is a block of courses that is being filled: one list for each cell.
type courses struct {
	list  []Course
	next  []int32
	first []int32 // by cell, -1 where there is none
	last  []int32
	cells []int32 // that have any
}

func newCourses(cells int) courses {
	c := courses{first: make([]int32, cells), last: make([]int32, cells)}
	for i := range c.first {
		c.first[i] = -1
	}
	return c
}

func (c *courses) full() bool { return len(c.list) == mostCourses }

func (c *courses) add(cell int32, course *Course) {
	n := int32(len(c.list))
	c.list, c.next = append(c.list, *course), append(c.next, -1)
	if c.first[cell] < 0 {
		c.first[cell] = n
		c.cells = append(c.cells, cell)
	} else {
		c.next[c.last[cell]] = n
	}
	c.last[cell] = n
}

// encode appends the block and empties it.
func (c *courses) encode(b []byte, see func(cell int32, x *Course)) []byte {
	b = binary.AppendUvarint(b, uint64(len(c.cells)))
	for _, cell := range c.cells {
		n := uint64(0)
		for i := c.first[cell]; i >= 0; i = c.next[i] {
			n++
		}
		b = binary.AppendUvarint(b, uint64(cell))
		b = binary.AppendUvarint(b, n)
		var before Course
		for i := c.first[cell]; i >= 0; i = c.next[i] {
			x := &c.list[i]
			see(cell, x)
			b = x.encode(b, &before)
			before = *x
		}
		c.first[cell] = -1
	}
	c.list, c.next, c.cells = c.list[:0], c.next[:0], c.cells[:0]
	return b
}

// encode appends a course, and what of it is not known from the one before.
func (x *Course) encode(b []byte, before *Course) []byte {
	begins := before.At(before.To)
	flags := byte(0)
	set := func(bit byte, on bool) {
		if on {
			flags |= bit
		}
	}
	set(follows, x.From == before.To)
	set(sameStep, x.Curve == before.Curve)
	if flags&sameStep == 0 {
		set(whole, x.Curve.From == x.From && x.Curve.To == x.To)
		set(goesOn, same(x.Y0, begins))
		flags |= byte(x.terms()) * degree
	}
	b = append(b, flags)
	if flags&follows == 0 {
		b = appendInt(b, int64(x.From-before.To))
	}
	b = binary.AppendUvarint(b, uint64(x.To-x.From))
	if flags&sameStep != 0 {
		return b
	}
	if flags&whole == 0 {
		b = binary.AppendUvarint(b, uint64(x.From-x.Curve.From))
		b = binary.AppendUvarint(b, uint64(x.Curve.To-x.To))
	}
	if flags&goesOn == 0 {
		b = appendNear(b, x.Y0, begins)
	}
	for _, c := range []float64{x.C0, x.C1, x.C2, x.C3}[:flags/degree] {
		b = appendFloat(b, c)
	}
	return appendNear(b, x.Y1, x.Y0+x.C0)
}

// terms is how many of the coefficients there are, up to the last that is not 0.
func (c *Curve) terms() (n int) {
	for i, x := range [...]float64{c.C0, c.C1, c.C2, c.C3} {
		if !same(x, 0) {
			n = i + 1
		}
	}
	return n
}

// courses reads a block.
func (in *input) courses(cells int, tell func(cell int32, x *Course)) {
	for range in.count(3) {
		cell := in.below(cells)
		var before Course
		for range in.count(2) {
			x := in.course(&before)
			if in.err != nil {
				return
			}
			tell(int32(cell), &x)
			before = x
		}
	}
}

func (in *input) course(before *Course) (x Course) {
	flags, begins := in.byte(), before.At(before.To)
	x.From = before.To
	if flags&follows == 0 {
		if x.From += vtime.Time(in.int()); x.From < 0 {
			in.fail(errors.New("a course begins before all times"))
			return Course{}
		}
	}
	x.To = in.since(x.From)
	if flags&sameStep != 0 {
		x.Curve = before.Curve
		return x
	}
	x.Curve.From, x.Curve.To = x.From, x.To
	if flags&whole == 0 {
		if x.Curve.From -= vtime.Time(in.uint()); x.Curve.From < 0 || x.Curve.From > x.From {
			in.fail(errors.New("a course begins before all times"))
			return Course{}
		}
		x.Curve.To = in.since(x.To)
	}
	x.Y0 = begins
	if flags&goesOn == 0 {
		x.Y0 = in.near(begins)
	}
	terms := [...]*float64{&x.C0, &x.C1, &x.C2, &x.C3}
	if int(flags/degree) > len(terms) {
		in.fail(errors.New("a course has more terms than any"))
		return Course{}
	}
	for _, c := range terms[:flags/degree] {
		*c = in.float()
	}
	x.Y1 = in.near(x.Y0 + x.C0)
	return x
}
