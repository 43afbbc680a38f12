package compile

import (
	"fmt"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/floor"
)

// mostClashes is how many ways through walls are reported; for each a way round is looked for.
const mostClashes = 20

// walks reports who is in a wall, or walks through one.
func (b *builder) walks() {
	clashes := 0
	for _, d := range b.devs {
		if d.walker == nil || d.broken || len(b.sys.Walls) == 0 {
			continue
		}
		w := walk{b: b, d: d, Walk: d.walker.Walk(), seen: map[[2]string]bool{}, clashes: &clashes}
		for i, p := range w.Places {
			w.place(i, p)
		}
		for _, way := range w.Ways {
			w.way(way)
		}
	}
}

// A walk is that of one person, while it is checked.
type walk struct {
	device.Walk
	b       *builder
	d       *dev
	seen    map[[2]string]bool // by waypoint and wall: reported
	clashes *int               // of all
}

// place reports a place that is in a wall.
func (w *walk) place(i int, p device.Waypoint) {
	at, _ := floor.At(p.X, p.Y)
	what := w.d.spec.Name.Value + " begins"
	if i > 0 {
		what = "the waypoint " + p.Name + " of " + w.d.spec.Name.Value + " is"
	}
	for k := range w.b.sys.Walls {
		if wall := &w.b.sys.Walls[k]; wall.Holds(at) && w.first(p.Name, wall) {
			w.b.Errorf(w.span(p.Name), "move it away from the wall, whose edge is a part of it", "%s in the wall %s, at %s", what, wall.Name, place(at))
		}
	}
}

// first reports whether nothing was said of a place and a wall before, and it is to be said now.
func (w *walk) first(name string, wall *floor.Wall) bool {
	key := [2]string{name, wall.Name}
	if w.seen[key] || *w.clashes >= mostClashes {
		return false
	}
	w.seen[key] = true
	*w.clashes++
	return true
}

// way reports a way that meets a wall. What is gone only by who is warned may never be gone.
func (w *walk) way(way device.Way) {
	from, _ := floor.At(way.From.X, way.From.Y)
	past, _ := floor.At(way.Past.X, way.Past.Y)
	to, _ := floor.At(way.To.X, way.To.Y)
	for k := range w.b.sys.Walls {
		wall, s := &w.b.sys.Walls[k], floor.Segment{A: from, B: to}
		switch {
		case wall.Holds(from) || wall.Holds(to): // reported
		case wall.Meets(s):
			w.meets(way, s, wall)
		case way.Warned && !wall.Meets(floor.Segment{A: from, B: past}) && wall.MeetsAny(floor.Segment{A: from, B: past}, to):
			if w.first(way.To.Name, wall) {
				w.b.Warnf(w.span(way.To.Name), "put it where all can get straight to it, or leave a gap in the wall",
					"the wall %s stands between %s and the way of %s from %s to %s, on which they may be warned", wall.Name, named(way.To), w.d.spec.Name.Value, named(way.From), named(way.Past))
			}
		}
	}
}

// meets reports a way that meets a wall for certain.
func (w *walk) meets(way device.Way, s floor.Segment, wall *floor.Wall) {
	if !w.first(way.To.Name, wall) {
		return
	}
	who, at := w.d.spec.Name.Value, place(wall.Where(s))
	if way.Warned {
		w.b.Warnf(w.span(way.To.Name), "put it where they can get straight to it, or leave a gap in the wall",
			"where %s is warned, or was, the way from %s to %s goes through the wall %s, at %s", who, named(way.From), named(way.To), wall.Name, at)
		return
	}
	fix := "leave a gap in the wall for a door, or put waypoints before it that lead round"
	if by, corner, ok := floor.Around(s, wall, w.b.sys.Walls); ok {
		x, y := by.Metres()
		fix = fmt.Sprintf("go round the corner at %s: put a waypoint before it at `x: %v m, y: %v m`", place(corner), x, y)
	}
	w.b.Errorf(w.span(way.To.Name), fix, "the way of %s from %s to %s goes through the wall %s, at %s", who, named(way.From), named(way.To), wall.Name, at)
}

// span is where a waypoint stands in the file, or what says where they begin.
func (w *walk) span(name string) source.Span {
	for _, e := range w.d.spec.Params {
		switch e.Key.Value {
		case "path":
			if p, ok := e.Value.Get(name); ok {
				return p.Key.Span
			}
		case "starts_x", "starts_y":
			if name == "" {
				return e.Value.Text.Span
			}
		}
	}
	return w.d.spec.Name.Span
}

// named is a place with its name, where it has one.
func named(p device.Waypoint) string {
	at, _ := floor.At(p.X, p.Y)
	if p.Name == "" {
		return place(at)
	}
	return p.Name + " " + place(at)
}

// place writes a place: (1.2 m, 0 m).
func place(p floor.Point) string {
	x, y := p.Metres()
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	return "(" + number(x) + " m, " + number(y) + " m)"
}
