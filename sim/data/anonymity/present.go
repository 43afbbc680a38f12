package anonymity

import "slices"

// Present follows the classes of those rows of a table that are there, as they come and go, each
// in constant time.
type Present struct {
	classes *Classes
	pair    []int32 // of each row: its class and sensitive value; nil where nothing is
	there   []uint64
	rows    int32
	size    []int32 // of each class
	values  []int32 // rows of each pair
	kinds   []int32 // values of each class
	sizes   staircase
	spread  staircase
}

// Present returns that nobody is there yet.
func (t *Table) Present() *Present {
	c := t.Classes()
	p := &Present{classes: c, there: make([]uint64, (t.Rows+63)/64), size: make([]int32, c.Len())}
	largest := int32(0)
	for i := range int32(c.Len()) {
		largest = max(largest, c.Size(i))
	}
	p.sizes = newStaircase(largest, c.Len())
	if t.Sensitive != nil {
		pairs := (&Table{Quasi: [][]int32{c.Of, t.Sensitive}, Rows: t.Rows}).Classes()
		p.pair, p.values, p.kinds = pairs.Of, make([]int32, pairs.Len()), make([]int32, c.Len())
		p.spread = newStaircase(largest, c.Len())
	}
	return p
}

// Holds reports whether a row is there.
func (p *Present) Holds(row int32) bool { return p.there[row/64]>>(row%64)&1 != 0 }

// Add lets a row come, if it is not there.
func (p *Present) Add(row int32) {
	if !p.Holds(row) {
		p.change(row, 1)
	}
}

// Remove lets a row go, if it is there.
func (p *Present) Remove(row int32) {
	if p.Holds(row) {
		p.change(row, -1)
	}
}

func (p *Present) change(row, by int32) {
	p.there[row/64] ^= 1 << (row % 64)
	p.rows += by
	c := p.classes.Of[row]
	p.sizes.move(p.size[c], p.size[c]+by)
	p.size[c] += by
	if p.pair == nil {
		return
	}
	v := &p.values[p.pair[row]]
	if *v += by; *v == max(by, 0) { // the first one came, or the last one went
		p.spread.move(p.kinds[c], p.kinds[c]+by)
		p.kinds[c] += by
	}
}

// Clear lets all rows go.
func (p *Present) Clear() {
	for row := range int32(len(p.classes.Of)) {
		p.Remove(row)
	}
}

// Rows returns how many rows are there.
func (p *Present) Rows() int32 { return p.rows }

// Len returns of how many classes they are.
func (p *Present) Len() int32 { return int32(len(p.size)) - p.sizes.count[0] }

// Size returns how many rows are there of the class of a row, whether that is there or not.
func (p *Present) Size(row int32) int32 { return p.size[p.classes.Of[row]] }

// Alike returns the rows of the class of a row, whether they are there or not.
func (p *Present) Alike(row int32) []int32 { return p.classes.Members(p.classes.Of[row]) }

// K returns the size of the smallest class.
func (p *Present) K() int32 { return p.sizes.lowest() }

// Unique returns the share of rows that are alone in their class.
func (p *Present) Unique() float64 { return share(p.sizes.at(1), p.rows) }

// Prosecutor returns the chance to pick the row of somebody who is known to be there, at worst.
func (p *Present) Prosecutor() float64 { return share(1, p.K()) }

// Average returns that chance over all rows.
func (p *Present) Average() float64 { return share(p.Len(), p.rows) }

// Diversity returns how many sensitive values a class has, at least; 0 where there are none.
func (p *Present) Diversity() int32 { return p.spread.lowest() }

// A staircase knows how many classes there are of each size. Sizes that some class has are linked
// in order; 0 is always linked. A class moves by one, so the place of its new size is beside that of
// its old one.
type staircase struct{ count, next, prev []int32 }

func newStaircase(largest int32, classes int) staircase {
	s := staircase{make([]int32, largest+1), make([]int32, largest+1), make([]int32, largest+1)}
	s.count[0] = int32(classes)
	return s
}

func (s *staircase) move(from, to int32) {
	if s.count[to]++; s.count[to] == 1 && to != 0 {
		before := from
		if to < from {
			before = s.prev[from]
		}
		s.link(before, to)
	}
	if s.count[from]--; s.count[from] == 0 && from != 0 {
		s.next[s.prev[from]], s.prev[s.next[from]] = s.next[from], s.prev[from]
	}
}

func (s *staircase) link(before, size int32) {
	after := s.next[before]
	s.prev[size], s.next[size] = before, after
	s.next[before], s.prev[after] = size, size
}

func (s *staircase) at(size int) int32 {
	if size >= len(s.count) {
		return 0
	}
	return s.count[size]
}

// lowest returns the lowest size above 0 that a class has, 0 where there is none.
func (s *staircase) lowest() int32 {
	if len(s.next) == 0 {
		return 0
	}
	return s.next[0]
}

// Clone returns a copy that goes its own way.
func (p *Present) Clone() *Present {
	c := *p
	for _, s := range []*[]int32{&c.size, &c.values, &c.kinds, &c.sizes.count, &c.sizes.next, &c.sizes.prev, &c.spread.count, &c.spread.next, &c.spread.prev} {
		*s = slices.Clone(*s)
	}
	c.there = slices.Clone(p.there)
	return &c
}
