package recording

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A gap is the time between two rows, in which cells go along lines.
type gap struct {
	*follower
	from, to vtime.Time
	moving   []Input   // the cells that go along lines at all
	last     []float64 // by what moves: the values at the end
	scratch  []float64 // the cells at an instant
	courses  []course  // by atom
}

// A course is what an atom does in a gap.
type course struct {
	moves    bool
	vertices []point // from the beginning on; the end may be left out
	told     int     // vertices
}

// A point is the margin of an atom at a time, and whether the atom holds.
type point struct {
	t     vtime.Time
	x     float64
	holds bool
}

func newGap(f *follower) gap {
	g := gap{follower: f, scratch: make([]float64, f.Cells), courses: make([]course, len(f.Atoms))}
	for _, in := range f.Inputs {
		if f.fields[in.Field].straight(f.linear) {
			g.moving = append(g.moving, in)
		}
	}
	g.last = make([]float64, len(g.moving))
	return g
}

// reaches turns to the gap before a row. It reports whether anything changes in it.
func (g *gap) reaches(next *row) (moves bool) {
	g.from, g.to = g.at, next.at
	for i, in := range g.moving {
		g.last[i] = next.values[in.Field]
		moves = moves || g.last[i] != g.follower.cells[in.Cell]
	}
	copy(g.scratch, g.follower.cells)
	return moves
}

// cells returns the cells at a time of the gap; at its end what they lead up to.
func (g *gap) cells(at vtime.Time) []float64 {
	for i, in := range g.moving {
		g.scratch[in.Cell] = between(g.follower.cells[in.Cell], g.last[i], at.Sub(g.from), g.to.Sub(g.from))
	}
	return g.scratch
}

func (g *gap) point(atom int, at vtime.Time) point {
	a, cells := &g.Atoms[atom], g.cells(at)
	return point{at, a.Margin(cells), a.Holds(cells)}
}

// moves reports whether anything that an atom reads moves.
func (g *gap) moves(atom int) bool {
	for i, in := range g.moving {
		if g.last[i] != g.follower.cells[in.Cell] && slices.Contains(g.Atoms[atom].Cells, in.Cell) {
			return true
		}
	}
	return false
}

// look finds the course of an atom, and adds the instants inside of the gap at which
// it changes to a list.
func (g *gap) look(atom int, changes []vtime.Time) []vtime.Time {
	c := &g.courses[atom]
	*c = course{moves: g.moves(atom), vertices: c.vertices[:0]}
	if !c.moves {
		return changes
	}
	first := point{g.from, g.margins[atom], g.holds[atom]}
	if g.Atoms[atom].Affine {
		c.vertices = append(c.vertices, first)
		return g.change(atom, first, g.point(atom, g.to-1), changes)
	}
	b := bend{gap: g, atom: atom}
	b.find(first, g.point(atom, g.to-1), g.point(atom, g.to))
	c.vertices = append(c.vertices, b.list...)
	return append(changes, b.changes...)
}

// change adds the instant at which an atom changes between two points, if it does.
func (g *gap) change(atom int, a, b point, changes []vtime.Time) []vtime.Time {
	if a.holds == b.holds || b.t <= a.t {
		return changes
	}
	holds := g.Atoms[atom].Holds
	for b.t-a.t > 1 {
		if m := a.t + (b.t-a.t)/2; holds(g.cells(m)) == a.holds {
			a.t = m
		} else {
			b.t = m
		}
	}
	return append(changes, b.t)
}

// tell tells the course of an atom up to a time, at which its margin is known.
func (g *gap) tell(atom int, at vtime.Time, margin float64) {
	c := &g.courses[atom]
	if !c.moves {
		return
	}
	for ; c.told < len(c.vertices) && c.vertices[c.told].t < at; c.told++ {
		v := c.vertices[c.told]
		g.line(atom, v.t, v.x)
	}
	g.line(atom, at, margin)
}

// trace tells the tracer the courses of all atoms.
func (g *gap) trace() {
	for k := range g.courses {
		c := &g.courses[k]
		if !c.moves {
			continue
		}
		for _, v := range c.vertices {
			if v.t < g.to {
				g.tracer.line(k, v.t, v.x)
			}
		}
		g.tracer.line(k, g.to, g.Atoms[k].Margin(g.cells(g.to)))
	}
}
