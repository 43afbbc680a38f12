package trace

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// mostChanges is how many changes a block has at most.
const mostChanges = 1 << 13

// Changes is a block of changes that is being filled. Those of one cell lie in a
// column, their times as numbers of instants that all columns have in common.
type changes struct {
	columnist
	instants []vtime.Time
	values   []float64
	when     []int32 // of each value: its instant
	next     []int32 // and the next one of its cell, or -1
	first    []int32 // by cell
	last     []int32
	touched  []uint64  // a bit for each cell
	column   []float64 // of one cell, and their instants
	moments  []int32
}

func newChanges(cells int) changes {
	return changes{
		instants: make([]vtime.Time, 0, mostChanges), values: make([]float64, 0, mostChanges), when: make([]int32, 0, mostChanges),
		next: make([]int32, 0, mostChanges), first: make([]int32, cells), last: make([]int32, cells), touched: make([]uint64, (cells+63)/64),
	}
}

// full reports whether there is no more room.
func (c *changes) full() bool { return len(c.values) == mostChanges }

// add adds a change, which is not before those that were added before.
func (c *changes) add(at vtime.Time, cell int32, value float64) {
	i := len(c.instants)
	if i == 0 || c.instants[i-1] != at {
		c.instants = append(c.instants, at)
		i++
	}
	n := int32(len(c.values))
	c.values, c.when, c.next = append(c.values, value), append(c.when, int32(i-1)), append(c.next, -1)
	if word, bit := &c.touched[cell>>6], uint64(1)<<(cell&63); *word&bit == 0 {
		*word |= bit
		c.first[cell] = n
	} else {
		c.next[c.last[cell]] = n
	}
	c.last[cell] = n
}

// encode appends the block and empties it. see is told of each column.
func (c *changes) encode(b []byte, see func(cell int32, instants []vtime.Time, when []int32, x []float64)) []byte {
	b = binary.AppendUvarint(append(b, 0, unitLayout), uint64(len(c.values)))
	b = appendInstants(b, c.instants)
	columns := 0
	for _, word := range c.touched {
		columns += bits.OnesCount64(word)
	}
	b = binary.AppendUvarint(b, uint64(columns))
	before := int32(-1)
	for i, word := range c.touched {
		for ; word != 0; word &= word - 1 {
			cell := int32(i<<6 + bits.TrailingZeros64(word))
			b = binary.AppendUvarint(b, uint64(cell-before-1))
			b = c.encodeCell(b, cell, see)
			before = cell
		}
		c.touched[i] = 0
	}
	c.instants, c.values, c.when, c.next = c.instants[:0], c.values[:0], c.when[:0], c.next[:0]
	return b
}

// encodeCell appends the column of a cell.
func (c *changes) encodeCell(b []byte, cell int32, see func(cell int32, instants []vtime.Time, when []int32, x []float64)) []byte {
	column, when := c.column[:0], c.moments[:0]
	for i := c.first[cell]; i >= 0; i = c.next[i] {
		column = append(column, c.values[i])
		when = append(when, c.when[i])
	}
	c.column, c.moments = column, when
	see(cell, c.instants, when, column)
	b = binary.AppendUvarint(b, uint64(len(column)))
	last := int32(0)
	for _, i := range when {
		b = binary.AppendUvarint(b, uint64(i-last))
		last = i
	}
	return c.columnist.column(b, column)
}

// A block is changes that were read.
type block struct {
	instants []vtime.Time
	columns  []column
}

// A column is the changes of one cell.
type column struct {
	cell   int32
	when   []int32 // instants
	values []float64
}

// changes reads a block.
func (in *input) changes(cells int) (k block) {
	total, layout := in.count(1), byte(0)
	if total == 0 && in.err == nil {
		if layout = in.byte(); layout != unitLayout {
			in.fail(errors.New("a block of changes is written in a way that is not known"))
		}
		total = in.count(1)
	}
	instants := in.count(1)
	if total > mostChanges || instants > total {
		in.fail(errors.New("a block has more changes than any"))
		return k
	}
	k.instants = make([]vtime.Time, instants)
	in.instants(k.instants, layout == unitLayout)
	columns := in.count(4)
	if columns > total {
		in.fail(errors.New("a block has more columns than changes"))
		return k
	}
	k.columns = make([]column, columns)
	cell, left := -1, total
	when, values := make([]int32, total), make([]float64, total)
	for i := range k.columns {
		cell += 1 + in.below(max(0, cells-cell-1))
		n := in.count(1)
		if n == 0 || n > left || in.err != nil {
			in.fail(errors.New("a column has no changes, or more than its block"))
			return k
		}
		c := column{int32(cell), when[:n:n], values[:n:n]}
		when, values, left = when[n:], values[n:], left-n
		at := 0
		for j := range c.when {
			at += in.below(len(k.instants) - at)
			c.when[j] = int32(at)
		}
		in.column(c.values)
		k.columns[i] = c
	}
	if left > 0 {
		in.fail(errors.New("a block has fewer changes than it says"))
	}
	return k
}

// at returns the last change of a column that is not after a time; -1 where there is
// none.
func (k *block) at(c *column, t vtime.Time) int {
	i, _ := slices.BinarySearchFunc(c.when, t, func(w int32, t vtime.Time) int {
		if k.instants[w] <= t {
			return -1
		}
		return 1
	})
	return i - 1
}
