package trace

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Values tells, one by one in order of time, the values of cells, in SI: of each at the
// beginning, of a discrete one when it changes, of a continuous one where a course of it
// begins, and at the end. With a step they are looked at in equal steps instead, and
// what has changed is told. An error of tell ends it.
func (t *Trace) Values(cells []int, every vtime.Duration, tell func(at vtime.Time, cell int, value float64) error) error {
	last := make(map[int]float64, len(cells))
	pass := func(at vtime.Time, cell int, x float64) error {
		if before, told := last[cell]; told && math.Float64bits(before) == math.Float64bits(x) {
			return nil
		}
		last[cell] = x
		return tell(at, cell, x)
	}
	if every > 0 {
		return t.Rows(cells, every, func(at vtime.Time, values []float64) error {
			for i, cell := range cells {
				if err := pass(at, cell, values[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	c := teller{cursor: cursor{trace: t, wanted: map[int32]bool{}, now: make([]float64, t.cells), open: map[int32]Course{}, at: t.Header.From}, pass: pass}
	for _, cell := range cells {
		c.wanted[int32(cell)] = true
	}
	return c.run(cells)
}

// A teller is a cursor that tells what is new at an instant once that is over.
type teller struct {
	cursor
	touched []int32
	pass    func(at vtime.Time, cell int, value float64) error
}

func (c *teller) run(cells []int) error {
	for i := range c.trace.pages {
		list, err := c.page(i)
		if err != nil {
			return err
		}
		if i == 0 {
			for _, cell := range cells {
				c.touched = append(c.touched, int32(cell))
			}
		}
		for k := range list {
			if err := c.hear(&list[k]); err != nil {
				return err
			}
		}
	}
	if err := c.settle(); err != nil || len(c.trace.pages) == 0 {
		return err
	}
	c.at = c.trace.Last()
	for _, cell := range cells {
		if _, smooth := c.open[int32(cell)]; smooth {
			c.touched = append(c.touched, int32(cell))
		}
	}
	return c.settle()
}

// hear takes over a piece of news.
func (c *teller) hear(n *news) error {
	if n.at > c.at {
		if err := c.settle(); err != nil {
			return err
		}
		c.at = n.at
	}
	c.touched = append(c.touched, n.cell)
	if n.course == nil {
		c.now[n.cell] = n.value
	} else {
		c.open[n.cell] = *n.course
	}
	return nil
}

// settle tells what the instant that is over brought.
func (c *teller) settle() error {
	for _, cell := range c.touched {
		x := c.now[cell]
		if course, ok := c.open[cell]; ok {
			x = course.At(min(max(c.at, course.From), course.To))
		}
		if err := c.pass(c.at, int(cell), x); err != nil {
			return err
		}
	}
	c.touched = c.touched[:0]
	return nil
}
