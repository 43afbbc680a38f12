package expression

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// A course is a column that goes along straight lines from one to another.
type course struct{ from, to []float64 }

func (c course) at(x float64) []float64 {
	v := make([]float64, len(c.from))
	for i := range v {
		v[i] = min(max(c.from[i]+float64(x*(c.to[i]-c.from[i])), min(c.from[i], c.to[i])), max(c.from[i], c.to[i]))
	}
	return v
}

// box is where the cells of a course are over all of it.
func (c course) box() *signal.Box {
	b := &signal.Box{V: c.from}
	b.Clear()
	for i := range c.from {
		if c.from[i] != c.to[i] {
			b.Add(signal.Slot(i))
		}
	}
	k := 0
	for i := range c.from {
		if x, y := c.from[i], c.to[i]; x != y {
			r := interval.Range{Lo: min(x, y), Hi: max(x, y), Down: y - x, Up: y - x}
			if math.IsInf(y-x, 0) {
				r.Down, r.Up = math.Inf(-1), math.Inf(1)
			}
			b.Put(k, r)
			k++
		}
	}
	return b
}

// drawCourse draws a course of the numbers of random expressions, all finite.
func drawCourse(w *writer) course {
	c := course{from: w.values()}
	for i, x := range c.from {
		if x-x != 0 {
			c.from[i] = 1
		}
	}
	c.to = append([]float64{}, c.from...)
	for i := range len(numbers) + len(length) {
		switch rapid.IntRange(0, 2).Draw(w.t, "moves") {
		case 0:
			c.to[1+i] = c.from[1+i] + rapid.Float64Range(-1, 1).Draw(w.t, "by")
		case 1:
			c.to[1+i] = rapid.Float64Range(-20, 20).Draw(w.t, "to")
		}
	}
	return c
}

func TestEnclosuresHoldWhatIsComputed(t *testing.T) {
	trials.Make(t, checks)
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		p := w.number(rapid.IntRange(0, 5).Draw(t, "depth"))
		e, mistakes := Number(p.here, nil, alphabet)
		if len(mistakes) > 0 {
			return
		}
		c := drawCourse(w)
		require.NotNil(t, e.Bounds, p.here)
		r := e.Bounds(c.box(), 0)
		for range 4 {
			v := c.at(rapid.Float64Range(0, 1).Draw(t, "at"))
			if z := e.Eval(v, 0); !within(r, z) {
				t.Fatalf("%s is %v, not in %+v (%v to %v)", p.here, z, r, c.from, c.to)
			}
		}
	})
}

func within(r interval.Range, z float64) bool {
	if math.IsNaN(z) {
		return r.NaN
	}
	return r.Lo <= z && z <= r.Hi
}

func TestVerdictsHold(t *testing.T) {
	trials.Make(t, checks)
	certain := 0
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		p := w.truth(rapid.IntRange(0, 5).Draw(t, "depth"))
		c, mistakes := Condition(p.here, alphabet)
		if len(mistakes) > 0 {
			return
		}
		along := drawCourse(w)
		require.NotNil(t, c.Verdict, p.here)
		b := along.box()
		truth := c.Verdict(b, 0)
		if truth != interval.Maybe {
			certain++
		}
		for range 4 {
			v := along.at(rapid.Float64Range(0, 1).Draw(t, "at"))
			if truth&interval.Certainly(c.Holds(v, 0)) == 0 {
				t.Fatalf("%s is %v, but it is certain of %v (%v to %v)", p.here, c.Holds(v, 0), truth, along.from, along.to)
			}
			if c.Bounds != nil && !within(c.Bounds(b, 0), c.Margin(v, 0)) {
				t.Fatalf("the margin of %s is %v, not in %+v (%v to %v)", p.here, c.Margin(v, 0), c.Bounds(b, 0), along.from, along.to)
			}
			for _, a := range c.Atoms {
				if a.Gap != nil && a.Bounds != nil && !within(a.Bounds(b, 0), a.Gap(v, 0)) {
					t.Fatalf("the gap of %s in %s is %v, not in %+v (%v to %v)", a.Text, p.here, a.Gap(v, 0), a.Bounds(b, 0), along.from, along.to)
				}
			}
		}
	})
	require.NotZero(t, certain)
}
