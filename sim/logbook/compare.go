package logbook

import (
	"math"
	"sort"
)

// compare holds a book against its copies. It goes back from the last one: numbers
// must go down, and one that does not is of what was taken away before its number
// was given again.
func (v *Survey) compare(l *Log, i int) {
	b, e, copies := &v.books.books[i], &v.evidence[i], v.copies[i]
	_, remote := v.books.book(l.Remote, 0)
	lowest := uint64(math.MaxUint64)
	known := make([]bool, b.n)
	for k := len(copies) - 1; k >= 0; k-- {
		c := &copies[k]
		r := &remote.records[remote.slot(c.at)]
		place, there := b.find(r.From.Number)
		there = there && r.From.Number < lowest
		switch {
		case c.standing == Doubted:
			if there { // it says nothing against the record, and nothing for it
				known[place] = true
				c.only = !b.records[b.slot(place)].Entry.same(&r.Entry)
			}
			continue
		case there:
			known[place] = true
			v.match(i, place, c, r)
		case len(copies)-k <= l.Keep:
			e.Gone++
		}
		lowest = min(lowest, r.From.Number)
		e.Copies++
	}
	v.strange(l, i, known, lowest)
}

// find returns the place of the record of a number.
func (b *book) find(number uint64) (place int, there bool) {
	place = sort.Search(b.n, func(i int) bool { return b.records[b.slot(i)].Number >= number })
	return place, place < b.n && b.records[b.slot(place)].Number == number
}

// match holds a record against its copy. Where they differ that is believed which
// stands higher, and of two that stand alike the copy.
func (v *Survey) match(i, place int, c *copied, r *Record) {
	b, standing := &v.books.books[i], &v.standing[i][place]
	switch {
	case b.records[b.slot(place)].Entry.same(&r.Entry):
		*standing = Copied
		c.only = false
		return
	case *standing > c.standing:
		c.standing = Doubted
	default:
		*standing = Doubted
	}
	v.evidence[i].Differing++
}

// same reports whether two entries are the same, bit by bit.
func (e *Entry) same(f *Entry) bool {
	x, y := *e, *f
	x.Value, y.Value = 0, 0
	return x == y && math.Float64bits(e.Value) == math.Float64bits(f.Value)
}

// strange finds records that ought to have a copy and have none. A remote log that
// is damaged or empty itself says nothing; one that is full says nothing of what was
// before its first copy.
func (v *Survey) strange(l *Log, i int, known []bool, lowest uint64) {
	_, remote := v.books.book(l.Remote, 0)
	if there := v.Evidence(l.Remote, 0); !there.Intact || there.Missing > 0 || remote.n == 0 {
		return
	}
	if remote.records[remote.first].Number == 0 {
		lowest = 0
	}
	b := &v.books.books[i]
	for place := range known {
		if known[place] || b.records[b.slot(place)].Number < lowest {
			continue
		}
		v.evidence[i].Strange++
		if v.standing[i][place] < Signed {
			v.standing[i][place] = Doubted
		}
	}
}
