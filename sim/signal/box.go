package signal

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Box is what cells may be over a span of time: those that move have ranges, all
// others are what they are in the column.
type Box struct {
	V        []float64
	From, To vtime.Time // the span

	slots  []Slot
	ranges []interval.Range
	index  []int32 // where there are many: by hash, place in slots plus 1
}

// An Enclosure bounds a number over a box, for member m: whatever it is at any time
// of the span is within. It allocates nothing, and never panics.
type Enclosure func(b *Box, m int) interval.Range

// A Verdict tells what is certain of a condition over a box.
type Verdict func(b *Box, m int) interval.Truth

// few is up to how many moving cells are looked through one by one.
const few = 8

// Clear makes a box in which no cell moves.
func (b *Box) Clear() { b.slots, b.ranges, b.index = b.slots[:0], b.ranges[:0], b.index[:0] }

// Len returns the number of cells that move.
func (b *Box) Len() int { return len(b.slots) }

// Add adds a cell that moves, in the order of which Put tells its ranges.
func (b *Box) Add(slot Slot) {
	b.slots, b.ranges = append(b.slots, slot), append(b.ranges, interval.Range{})
	if len(b.slots) <= few {
		return
	}
	if 2*len(b.slots) > len(b.index) {
		b.grow()
		return
	}
	b.enter(len(b.slots) - 1)
}

// grow makes room for twice as many cells as there are.
func (b *Box) grow() {
	size := 4 * few
	for size < 4*len(b.slots) {
		size *= 2
	}
	if cap(b.index) < size {
		b.index = make([]int32, size)
	}
	b.index = b.index[:size]
	clear(b.index)
	for i := range b.slots {
		b.enter(i)
	}
}

func (b *Box) enter(i int) {
	at := b.hash(b.slots[i])
	for b.index[at] != 0 {
		at = (at + 1) & (len(b.index) - 1)
	}
	b.index[at] = int32(i) + 1
}

// hash is where the search for a cell begins.
func (b *Box) hash(slot Slot) int {
	return int(uint32(slot)*2654435769>>8) & (len(b.index) - 1)
}

// Put sets the range of the i-th cell that moves.
func (b *Box) Put(i int, r interval.Range) { b.ranges[i] = r }

// Of returns the range of a cell.
func (b *Box) Of(slot Slot) interval.Range {
	if len(b.slots) <= few {
		for i, s := range b.slots {
			if s == slot {
				return b.ranges[i]
			}
		}
		return interval.Point(b.V[slot])
	}
	for at := b.hash(slot); ; at = (at + 1) & (len(b.index) - 1) {
		switch i := b.index[at] - 1; {
		case i < 0:
			return interval.Point(b.V[slot])
		case b.slots[i] == slot:
			return b.ranges[i]
		}
	}
}
