package monitor

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/truth"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Witness says why a formula is not true at an instant: which part of it held, or
// did not, over which time, and why that is so.
type Witness struct {
	Formula *formula.Formula
	Holds   bool // over the time; what is wanted is the opposite
	// From and To are the time that counts, both included; Since is from when on it was
	// so already, where that is before.
	From, To, Since vtime.Time
	// Of an atom over more than an instant: the extremes of its margin in that time, and
	// where they were. NaN where they are not known.
	Least, Most     float64
	LeastAt, MostAt vtime.Time
	Parts           []*Witness
}

// Limits of a witness.
const (
	maxDepth   = 40
	maxWitness = 60 // parts
)

// witness says why the program is false at a time, as is known now.
func (n *networks) witness(p *Plan, at, now vtime.Time) *Witness {
	e := &explainer{networks: n, program: p.truth, now: now}
	if list := e.why(int32(len(p.truth)-1), at, at, 0); len(list) > 0 {
		return list[0]
	}
	return nil
}

// An explainer goes down a program. As that is in negation normal form, it is always
// asked why a node is false.
type explainer struct {
	*networks
	program formula.Program
	now     vtime.Time
	parts   int
}

// why says why a node is false from a time to another: its own reasons are those that
// it had at the first.
func (e *explainer) why(node int32, from, to vtime.Time, depth int) []*Witness {
	n := &e.program[node]
	to = min(to, max(from, e.now))
	if depth > maxDepth || e.parts >= maxWitness || to < from {
		return nil
	}
	var parts []*Witness
	if n.Kind > formula.Truth {
		parts = e.reasons(n, from, depth+1)
	}
	if n.Of == nil {
		return parts
	}
	e.parts++
	w := &Witness{
		Formula: n.Of, Holds: n.Opposite, From: from, To: to, Since: from,
		Least: math.NaN(), Most: math.NaN(), Parts: parts,
	}
	if n.Kind == formula.Leaf {
		e.leaf(w, int(n.Atom))
	}
	return []*Witness{w}
}

// leaf tells what the atom did around the time.
func (e *explainer) leaf(w *Witness, atom int) {
	s, ok := e.courses[atom].at(w.From)
	if !ok || s.holds != w.Holds {
		return
	}
	w.Since = min(s.from, w.From)
	if w.From == w.To {
		return
	}
	if s.least == s.most { // all the time
		s.leastAt, s.mostAt = w.From, w.From
	}
	within := func(t vtime.Time) bool { return w.From <= t && t <= w.To }
	if within(s.leastAt) {
		w.Least, w.LeastAt = s.least, s.leastAt
	}
	if within(s.mostAt) {
		w.Most, w.MostAt = s.most, s.mostAt
	}
}

// reasons says why a node is false at a time.
func (e *explainer) reasons(n *formula.Node, t vtime.Time, depth int) []*Witness {
	end, start := t.Add(n.Span), max(0, t-min(t, vtime.Time(n.Span)))
	switch n.Kind {
	case formula.Join:
		return e.sides(n, t, depth)
	case formula.Window:
		if n.Dual {
			return e.once(n.X, -1, t, end, depth)
		}
		if x := &e.program[n.X]; x.Kind == formula.Window && x.Dual && end >= e.now && t.Add(x.Span) >= e.now {
			return e.lately(x.X, -1, t, end, depth) // what is so to the end in the end was not then
		}
		return e.why(n.X, t, end, depth)
	case formula.Trail:
		if n.Dual {
			return e.lately(n.X, -1, start, t, depth)
		}
		return e.why(n.X, start, t, depth)
	case formula.Reach: // x ended before y came; dual: y ended before x came
		if n.Dual {
			return e.once(n.Y, n.X, t, end, depth)
		}
		if list := e.once(n.X, n.Y, t, end, depth); list != nil {
			return list
		}
		return e.why(n.Y, t, end, depth)
	case formula.Hold:
		if n.Dual {
			return e.lately(n.Y, n.X, start, t, depth)
		}
		if list := e.lately(n.X, n.Y, start, t, depth); list != nil {
			return list
		}
		return e.why(n.Y, start, t, depth)
	case formula.Ahead:
		return e.why(n.X, end, end, depth)
	case formula.Back:
		return e.why(n.X, start, start, depth)
	}
	if e.value(n.X, t) == truth.False { // Edge
		return e.why(n.X, t, t, depth)
	}
	return e.why(n.Y, max(0, t-1), t, depth)
}

// sides says why neither of two holds, or why not both do.
func (e *explainer) sides(n *formula.Node, t vtime.Time, depth int) (list []*Witness) {
	for _, side := range []int32{n.X, n.Y} {
		if !n.Dual || e.value(side, t) == truth.False {
			list = append(list, e.why(side, t, t, depth)...)
		}
	}
	if len(list) == 2 && list[0].Formula == list[1].Formula && list[0].Holds == list[1].Holds {
		list = list[:1] // p until q or always p: p fails both
	}
	return list
}

// once says why x was false for the first time in a span, and y up to then, where
// there is one.
func (e *explainer) once(x, y int32, from, to vtime.Time, depth int) []*Witness {
	for _, r := range e.periods(x) {
		if r.value == truth.False && r.to >= from && r.from <= to {
			u := max(r.from, from)
			return e.beside(x, y, u, from, u, depth)
		}
	}
	return nil
}

// lately says why x was false for the last time in a span, and y from then on, where
// there is one.
func (e *explainer) lately(x, y int32, from, to vtime.Time, depth int) []*Witness {
	list := e.periods(x)
	for k := len(list) - 1; k >= 0; k-- {
		if r := list[k]; r.value == truth.False && r.to >= from && r.from <= to {
			u := min(r.to, to, max(from, e.now))
			return e.beside(x, y, u, u, to, depth)
		}
	}
	return nil
}

func (e *explainer) beside(x, y int32, at, from, to vtime.Time, depth int) []*Witness {
	list := e.why(x, at, at, depth)
	if y >= 0 {
		list = append(list, e.why(y, from, to, depth)...)
	}
	return list
}

// A period is a time in which a node had a value, both ends included.
type period struct {
	from, to vtime.Time
	value    truth.Value
}

// periods lists what a node was lately.
func (e *explainer) periods(node int32) (list []period) {
	runs := e.truth.History(int(node), nil)
	for k, r := range runs {
		to := vtime.Never
		if k+1 < len(runs) {
			to = max(r.From.At, runs[k+1].From.At-1)
		}
		list = append(list, period{r.From.At, to, r.Value})
	}
	return list
}

// value returns what a node is at a time, in its last round.
func (e *explainer) value(node int32, t vtime.Time) truth.Value {
	v := truth.Unknown
	for _, p := range e.periods(node) {
		if p.from <= t {
			v = p.value
		}
	}
	return v
}
