package compile

import (
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/floor"
	"github.com/harmproof/harmproof/sim/unit"
)

// mostCorners bounds the walls of a system, corners counted: a file is untrusted, and each is
// looked at for each way of each person.
const mostCorners = 2000

// walls compiles the walls, and looks who is in them or walks through them.
func (b *builder) walls() {
	before, corners := b.mistakes(), 0
	for i := range b.file.System.Walls {
		w := &b.file.System.Walls[i]
		if corners += len(w.Corners); corners > mostCorners {
			b.Errorf(w.Name.Span, "leave out what nobody would walk round", "the walls have more than %d corners in all", mostCorners)
			return
		}
		if wall, ok := b.wall(w); ok {
			b.sys.Walls = append(b.sys.Walls, wall)
		}
	}
	if b.mistakes() > before || b.Broken && len(b.sys.Walls) < len(b.file.System.Walls) {
		return // where a wall stands is not known
	}
	b.stands()
	b.walks()
}

// wall compiles one wall.
func (b *builder) wall(w *syntax.Wall) (wall floor.Wall, ok bool) {
	wall = floor.Wall{Name: w.Name.Value, About: w.About.Value, Solid: w.Shape.Value == "corners"}
	if !w.Shape.Usable() {
		return wall, false
	}
	before := b.mistakes()
	for _, c := range w.Corners {
		x, y := b.number(c[0], unit.Metre), b.number(c[1], unit.Metre)
		at, near := floor.At(x, y)
		if !near && b.mistakes() == before {
			far := c[0]
			if _, along := floor.At(x, 0); along {
				far = c[1]
			}
			b.Errorf(far.Span, "write coordinates from -100 km to 100 km, as people's", "a corner of the wall %s is more than 100 km away", wall.Name)
		}
		wall.Corners = append(wall.Corners, at)
	}
	wall.Thick = b.thickness(w)
	if b.mistakes() == before {
		b.outline(w, &wall)
	}
	return wall, b.mistakes() == before
}

// thickness reads how thick a line is, in millimetres.
func (b *builder) thickness(w *syntax.Wall) int64 {
	before := b.mistakes()
	thick := b.number(w.Thick, unit.Metre)
	wide, ok := floor.At(thick, 0)
	if b.mistakes() == before && !(ok && thick >= 0 && wide.X <= floor.Thickest) {
		b.Errorf(w.Thick.Span, "write `thick: 200 mm`, or leave it out for a fence", "the wall %s must be from 0 m to %d m thick", w.Name.Value, floor.Thickest/1000)
	}
	return wide.X
}

// outline checks that the corners of a wall make a line, or enclose something.
func (b *builder) outline(w *syntax.Wall, wall *floor.Wall) {
	n := len(wall.Corners)
	switch {
	case wall.Solid && n < 3:
		b.Errorf(w.Shape.Span, "give it three corners or more, or write `line:` for a fence", "the wall %s has %s, which enclose nothing", wall.Name, counted(n, "corner", "corners"))
		return
	case n < 2:
		b.Errorf(w.Shape.Span, "say where it begins and where it ends: `line: [[0 m, 0 m], [4 m, 0 m]]`", "the wall %s has %s, which is no line", wall.Name, counted(n, "corner", "corners"))
		return
	}
	for i := range n {
		if next := (i + 1) % n; (next > 0 || wall.Solid) && wall.Corners[i] == wall.Corners[next] {
			b.Errorf(w.Corners[next][0].Span, "leave one of them out", "two corners of the wall %s are the same place, %s to the millimetre", wall.Name, place(wall.Corners[i]))
			return
		}
	}
	if !wall.Solid {
		return // a line may cross itself
	}
	if i, j, folds := wall.Fold(); folds {
		b.Errorf(w.Corners[j][0].Span, "name its corners in their order along the outline", "the outline of the wall %s crosses or touches itself: from %s to %s, and from %s to %s",
			wall.Name, place(wall.Corners[i]), place(wall.Corners[(i+1)%n]), place(wall.Corners[j]), place(wall.Corners[(j+1)%n]))
	}
}

// stands warns of what stands in a solid wall. A line bears what hangs on it: a lock, a lamp.
func (b *builder) stands() {
	for _, d := range b.devs {
		where, ok := b.sys.Topology.Positions[d.spec.Name.Value]
		at, near := floor.At(where[0], where[1])
		if !ok || !near || d.human() {
			continue
		}
		for i := range b.sys.Walls {
			if w := &b.sys.Walls[i]; w.Solid && w.Holds(at) && !w.OnEdge(at) {
				b.Warnf(d.spec.Position[0].Span, "move one of them; what hangs on a wall is at its edge", "%s stands in the wall %s, at %s", d.spec.Name.Value, w.Name, place(at))
				break
			}
		}
	}
}
