package trace

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Rows tells the values of cells, in SI, at equal steps and at the end; with every 0 at
// each instant at which one of them changed (a continuous one counts as changed where a
// course of it begins). It must not keep the slice. An error of tell ends it.
func (t *Trace) Rows(cells []int, every vtime.Duration, tell func(at vtime.Time, values []float64) error) error {
	c := cursor{trace: t, cells: cells, every: vtime.Time(every), tell: tell, wanted: map[int32]bool{}, now: make([]float64, t.cells), open: map[int32]Course{}, told: -1}
	for _, cell := range cells {
		c.wanted[int32(cell)] = true
	}
	c.values, c.at = make([]float64, len(cells)), t.Header.From
	if every > 0 {
		c.due = (t.Header.From + c.every - 1) / c.every * c.every
	}
	for i := range t.pages {
		news, err := c.page(i)
		if err != nil {
			return err
		}
		for k := range news {
			if err := c.take(&news[k]); err != nil {
				return err
			}
		}
	}
	if len(t.pages) == 0 {
		return nil
	}
	if err := c.advance(t.Last()); err != nil {
		return err
	}
	if c.told < t.Last() {
		return c.show(t.Last())
	}
	return nil
}

// A cursor goes through a trace.
type cursor struct {
	trace  *Trace
	cells  []int
	wanted map[int32]bool
	every  vtime.Time
	tell   func(at vtime.Time, values []float64) error
	now    []float64 // by cell
	values []float64 // as they are told
	open   map[int32]Course
	at     vtime.Time
	fresh  bool // something changed at that time
	due    vtime.Time
	told   vtime.Time
}

// A piece of news is a change, or a course that begins.
type news struct {
	at     vtime.Time
	cell   int32
	value  float64
	course *Course
}

// page returns what a page has, in order of time.
func (c *cursor) page(i int) (list []news, err error) {
	err = c.trace.page(i, visit{
		keyframe: func(x []float64) {
			if i == 0 {
				copy(c.now, x)
				c.fresh = true
			}
		},
		changes: func(k *block) {
			for n := range k.columns {
				col := &k.columns[n]
				for j, w := range col.when {
					if c.wanted[col.cell] {
						list = append(list, news{k.instants[w], col.cell, col.values[j], nil})
					}
				}
			}
		},
		course: func(cell int32, x *Course) {
			if c.wanted[cell] {
				course := *x
				list = append(list, news{x.From, cell, 0, &course})
			}
		},
	})
	slices.SortStableFunc(list, func(a, b news) int { return cmp.Compare(a.at, b.at) })
	return list, err
}

// take takes over a piece of news.
func (c *cursor) take(n *news) error {
	if err := c.advance(n.at); err != nil {
		return err
	}
	if n.course == nil {
		c.now[n.cell], c.fresh = n.value, true
		return nil
	}
	if c.open[n.cell].Curve != n.course.Curve { // else it goes on with the page
		c.fresh = true
	}
	c.open[n.cell] = *n.course
	return nil
}

// advance tells what is to be told before a time, and goes there.
func (c *cursor) advance(at vtime.Time) error {
	for c.every > 0 && c.due < at {
		if err := c.show(c.due); err != nil {
			return err
		}
		if c.due > vtime.Never-c.every {
			break
		}
		c.due += c.every
	}
	if c.every == 0 && c.fresh && at > c.at {
		if err := c.show(c.at); err != nil {
			return err
		}
		c.fresh = false
	}
	c.at = max(c.at, at)
	return nil
}

// show tells the values of a time.
func (c *cursor) show(at vtime.Time) error {
	for i, cell := range c.cells {
		c.values[i] = c.now[cell]
		if x, ok := c.open[int32(cell)]; ok {
			c.values[i] = x.At(min(max(at, x.From), x.To))
		}
	}
	c.told = at
	return c.tell(at, c.values)
}
