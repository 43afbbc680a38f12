package places

import (
	"errors"
	"fmt"
	"slices"
)

// A Point is that somebody was in a cell in an hour, or in whatever the traces count by. Points are
// ordered by hours.
type Point uint64

// What there may be at most.
const (
	MaxHours  = 1 << 20 // 119 years
	MaxCells  = 1 << 24
	MaxPeople = 1 << 20
	MaxPoints = 1 << 28
)

// At returns the point of an hour and a cell.
func At(hour, cell int32) Point { return Point(hour)<<24 | Point(cell) }

// Hour returns when it is.
func (p Point) Hour() int32 { return int32(p >> 24) }

// Cell returns where it is.
func (p Point) Cell() int32 { return int32(p & (MaxCells - 1)) }

// Nowhere is the cell of who was not seen.
const Nowhere int32 = -1

// Traces are the points of people. They never change.
type Traces struct {
	starts []int32
	points []Point // person by person, in order, each once
}

// Column returns the traces of people of whom it is known in which cell they were in each hour:
// the hours of the first one, then those of the second one; Nowhere where they were not seen.
func Column(people, hours int32, cells []int32) (*Traces, error) {
	if people < 0 || hours < 0 || hours > MaxHours || int64(people)*int64(hours) != int64(len(cells)) {
		return nil, fmt.Errorf("places: %d cells are not those of %d people in %d hours, of which there may be %d", len(cells), people, hours, MaxHours)
	}
	b := NewBuilder()
	for p := range people {
		for h, cell := range cells[int(p)*int(hours) : int(p+1)*int(hours)] {
			if cell != Nowhere {
				b.Add(int32(h), cell)
			}
		}
		b.Next()
	}
	return b.Traces()
}

// A Builder makes traces, person by person.
type Builder struct {
	t   Traces
	err error
}

// NewBuilder returns a Builder of traces of nobody yet.
func NewBuilder() *Builder { return &Builder{t: Traces{starts: []int32{0}}} }

// Add adds a point to the trace of the person it is at. Points may come in any order, and twice.
func (b *Builder) Add(hour, cell int32) {
	switch {
	case hour < 0 || hour >= MaxHours || cell < 0 || cell >= MaxCells:
		b.fail(fmt.Errorf("places: hour %d, cell %d: hours go from 0 to %d, cells to %d", hour, cell, MaxHours-1, MaxCells-1))
	case len(b.t.points) == MaxPoints:
		b.fail(fmt.Errorf("places: more than %d points: take fewer people, less time or coarser hours", MaxPoints))
	case b.err == nil:
		b.t.points = append(b.t.points, At(hour, cell))
	}
}

func (b *Builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Next ends the trace of a person and begins the one of the next.
func (b *Builder) Next() {
	if len(b.t.starts) > MaxPeople {
		b.fail(errors.New("places: more than a million people: take a part of them"))
		return
	}
	mine := b.t.points[b.t.starts[len(b.t.starts)-1]:]
	if !slices.IsSorted(mine) {
		slices.Sort(mine)
	}
	b.t.points = b.t.points[:len(b.t.points)-len(mine)+len(slices.Compact(mine))]
	b.t.starts = append(b.t.starts, int32(len(b.t.points)))
}

// Traces returns the traces of all whose trace has ended, or what was wrong first.
func (b *Builder) Traces() (*Traces, error) {
	if b.err != nil {
		return nil, b.err
	}
	b.t.points = b.t.points[:b.t.starts[len(b.t.starts)-1]]
	return &b.t, nil
}

// People returns how many people have traces, those without points included.
func (t *Traces) People() int32 { return int32(len(t.starts) - 1) }

// Of returns the points of a person, in order.
func (t *Traces) Of(person int32) []Point { return t.points[t.starts[person]:t.starts[person+1]] }

// Len returns how many points there are.
func (t *Traces) Len() int { return len(t.points) }

// has reports whether somebody was there.
func (t *Traces) has(person int32, p Point) bool {
	_, found := slices.BinarySearch(t.Of(person), p)
	return found
}

// Coarser returns the traces in spans of so many hours, and in the regions of cells that a
// function names.
func (t *Traces) Coarser(hours int32, region func(cell int32) int32) (*Traces, error) {
	b := NewBuilder()
	for person := range t.People() {
		for _, p := range t.Of(person) {
			b.Add(p.Hour()/max(hours, 1), region(p.Cell()))
		}
		b.Next()
	}
	return b.Traces()
}

// Blocks returns the regions of cells that lie in rows on a square so wide: blocks of so many cells
// in each direction.
func Blocks(side, block int32) func(cell int32) int32 {
	side, block = max(side, 1), max(block, 1)
	wide := (side + block - 1) / block
	return func(cell int32) int32 { return cell/side/block*wide + cell%side/block }
}
