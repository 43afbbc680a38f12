//go:build !js

package main

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

// A curve is a signal over a span, as it is drawn: for each of some columns where it
// begins and ends, and how far it goes up and down. What is drawn of it cannot be told
// from all of it.
type curve struct {
	from, to vtime.Time
	columns  []column
	lo, hi   float64
}

// A column is what a signal does in a part of a span.
type column struct {
	seen                bool
	first, last, lo, hi float64
	begins, ends        vtime.Time
}

// newCurve reads a signal, in the unit that people use.
func newCurve(t *trace.Trace, cell int, from, to vtime.Time, columns int) (*curve, error) {
	c := &curve{from: from, to: max(to, from+1), columns: make([]column, columns)}
	k := t.KindOf(cell)
	in := func(v float64) float64 {
		if k.Type != "number" {
			return v
		}
		return scene.In(&k.Unit, v)
	}
	read := c.steps
	if k.Continuous {
		read = c.courses
	}
	if err := read(t, cell, in); err != nil {
		return nil, err
	}
	c.bounds()
	return c, nil
}

// steps reads a signal that changes at once.
func (c *curve) steps(t *trace.Trace, cell int, in func(float64) float64) error {
	now, begun := 0.0, false
	for x, err := range t.Changes(cell, c.from, c.to) {
		if err != nil {
			return err
		}
		v, at := in(x.Value), max(c.from, x.At)
		if begun {
			c.add(at, now)
		}
		c.add(at, v)
		now, begun = v, true
	}
	if begun {
		c.add(min(c.to, t.Last()), now)
	}
	return nil
}

// parts is how many straight pieces a course is drawn of.
const parts = 6

// courses reads a signal that goes along polynomials.
func (c *curve) courses(t *trace.Trace, cell int, in func(float64) float64) error {
	last, at := 0.0, vtime.Time(-1)
	for x, err := range t.Courses(cell, c.from, c.to) {
		if err != nil {
			return err
		}
		from, to := max(c.from, x.From), min(c.to, x.To)
		if at >= 0 && from > at {
			c.add(from, last) // it rested
		}
		for k := range vtime.Time(parts + 1) {
			when := from + (to-from)*k/parts
			last = in(x.At(when))
			c.add(when, last)
		}
		at = to
	}
	if at >= 0 {
		c.add(min(c.to, t.Last()), last)
		return nil
	}
	values, err := t.At(c.from)
	if err == nil {
		c.add(c.from, in(values[cell]))
		c.add(min(c.to, t.Last()), in(values[cell]))
	}
	return err
}

// add adds a point.
func (c *curve) add(at vtime.Time, v float64) {
	if v != v || at < c.from || at > c.to {
		return
	}
	n := len(c.columns)
	k := &c.columns[min(n-1, int(float64(at-c.from)/float64(c.to-c.from)*float64(n)))]
	if !k.seen {
		*k = column{true, v, v, v, v, at, at}
	}
	k.last, k.ends, k.lo, k.hi = v, at, min(k.lo, v), max(k.hi, v)
}

func (c *curve) bounds() {
	first := true
	for i := range c.columns {
		k := &c.columns[i]
		if k.seen && first {
			c.lo, c.hi, first = k.lo, k.hi, false
		}
		if k.seen {
			c.lo, c.hi = min(c.lo, k.lo), max(c.hi, k.hi)
		}
	}
}

// path draws the curve as a path of SVG.
func (c *curve) path(x func(vtime.Time) float64, y func(float64) float64) string {
	var b strings.Builder
	letter := "M"
	to := func(at vtime.Time, v float64) {
		fmt.Fprintf(&b, "%s%.1f %.1f", letter, x(at), y(v))
		letter = "L"
	}
	for i := range c.columns {
		k := &c.columns[i]
		if !k.seen {
			continue
		}
		to(k.begins, k.first)
		if k.lo < min(k.first, k.last) || k.hi > max(k.first, k.last) {
			to(k.begins, k.lo)
			to(k.begins, k.hi)
		}
		if k.ends > k.begins || k.last != k.first {
			to(k.ends, k.last)
		}
	}
	return b.String()
}
