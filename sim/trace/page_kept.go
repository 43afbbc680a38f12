package trace

import (
	"errors"
	"sort"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Page is a span of a trace that is kept in memory, to be asked for many times of it.
type Page struct {
	// From is when it begins; To is when the next one does, Never of the last one.
	From, To vtime.Time
	keyframe []float64
	smooth   []bool
	first    []int32 // by cell, of the changes or courses of it; one more at the end
	changes  []Change
	courses  []Course
	paths    []int32 // the cells of the courses
}

// Page returns the page of a time. Its Covers says whether it is enough.
func (t *Trace) Page(when vtime.Time) (*Page, error) {
	if len(t.pages) == 0 {
		var cut *CutError
		if !errors.As(t.Warning, &cut) {
			cut = &CutError{t.Header.From, t.Warning}
		}
		return nil, cut
	}
	i := t.at(when)
	p := &Page{From: t.from(i), To: vtime.Never, smooth: t.smooth}
	if i+1 < len(t.pages) {
		p.To = t.from(i + 1)
	}
	var blocks []block
	courses := make([][]Course, 0)
	of := map[int32]int{}
	err := t.page(i, visit{
		keyframe: func(x []float64) { p.keyframe = x },
		changes:  func(k *block) { blocks = append(blocks, *k) },
		course: func(cell int32, x *Course) {
			n, ok := of[cell]
			if !ok {
				n = len(courses)
				of[cell] = n
				courses = append(courses, nil)
			}
			courses[n] = append(courses[n], *x)
		},
	})
	if err == nil && p.keyframe == nil {
		err = &CutError{p.From, nil}
	}
	if err != nil {
		return nil, err
	}
	p.fill(blocks)
	p.lay(courses, of)
	return p, nil
}

// fill sorts the changes of several blocks by cell.
func (p *Page) fill(blocks []block) {
	cells := len(p.keyframe)
	p.first = make([]int32, cells+1)
	for i := range blocks {
		for _, c := range blocks[i].columns {
			p.first[c.cell+1] += int32(len(c.when))
		}
	}
	for i := range cells {
		p.first[i+1] += p.first[i]
	}
	p.changes = make([]Change, p.first[cells])
	next := append([]int32(nil), p.first[:cells]...)
	for i := range blocks {
		k := &blocks[i]
		for _, c := range k.columns {
			for j, w := range c.when {
				p.changes[next[c.cell]] = Change{k.instants[w], c.values[j]}
				next[c.cell]++
			}
		}
	}
}

// lay puts the courses behind one another: those of a cell from paths[cell].
func (p *Page) lay(courses [][]Course, of map[int32]int) {
	p.paths = make([]int32, len(p.keyframe)+1)
	for cell := range p.keyframe {
		if n, ok := of[int32(cell)]; ok {
			p.courses = append(p.courses, courses[n]...)
		}
		p.paths[cell+1] = int32(len(p.courses))
	}
}

// Covers reports whether the page tells the values of a time. Where one ends and the next
// begins both have a part of the truth, which Trace.At puts together.
func (p *Page) Covers(when vtime.Time) bool { return when > p.From && when < p.To }

// At puts the values of all cells at a time that the page covers into a slice.
func (p *Page) At(when vtime.Time, values []float64) {
	for cell := range values {
		values[cell] = p.Value(cell, when)
	}
}

// Value returns the value of a cell at a time that the page covers.
func (p *Page) Value(cell int, when vtime.Time) float64 {
	if !p.smooth[cell] {
		list := p.Changes(cell)
		if n := sort.Search(len(list), func(i int) bool { return list[i].At > when }); n > 0 {
			return list[n-1].Value
		}
		return p.keyframe[cell]
	}
	list := p.Courses(cell)
	n := sort.Search(len(list), func(i int) bool { return list[i].To >= when })
	if n < len(list) && list[n].From <= when {
		return list[n].At(when)
	}
	if n > 0 {
		return list[n-1].At(list[n-1].To)
	}
	return p.keyframe[cell]
}

// Changes returns the changes of a discrete cell. Do not change them.
func (p *Page) Changes(cell int) []Change { return p.changes[p.first[cell]:p.first[cell+1]] }

// Courses returns the courses of a continuous cell. Do not change them.
func (p *Page) Courses(cell int) []Course { return p.courses[p.paths[cell]:p.paths[cell+1]] }

// Start returns what a cell is where the page begins.
func (p *Page) Start(cell int) float64 { return p.keyframe[cell] }

// PageEnd returns when the page of a time ends, Never of the last one.
func (t *Trace) PageEnd(when vtime.Time) vtime.Time {
	if i := t.at(when); i+1 < len(t.pages) {
		return t.from(i + 1)
	}
	return vtime.Never
}

// PagesIn returns how many pages have something of a span.
func (t *Trace) PagesIn(from, to vtime.Time) int {
	if len(t.pages) == 0 || to < from {
		return 0
	}
	return t.at(to) - t.at(from) + 1
}
