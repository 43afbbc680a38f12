package layout_test

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/layout"
)

// A judge is a test, or a draw of a property.
type judge interface {
	require.TestingT
	Helper()
}

func overlap(a, b layout.Box) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func within(a, b layout.Box) bool {
	return a.X >= b.X && a.Y >= b.Y && a.X+a.W <= b.X+b.W && a.Y+a.H <= b.Y+b.H
}

// shrunk is a box without its border.
func shrunk(b layout.Box) layout.Box {
	return layout.Box{X: b.X + 0.5, Y: b.Y + 0.5, W: b.W - 1, H: b.H - 1}
}

// requireDisjoint sweeps over boxes from left to right.
func requireDisjoint(t judge, boxes []layout.Box, what string) {
	t.Helper()
	boxes = slices.Clone(boxes)
	slices.SortFunc(boxes, func(a, b layout.Box) int { return cmp.Compare(a.X, b.X) })
	for i, a := range boxes {
		for _, b := range boxes[i+1:] {
			if b.X >= a.X+a.W {
				break
			}
			if overlap(a, b) {
				require.Fail(t, "two "+what+" overlap", "%v %v", a, b)
			}
		}
	}
}

// sound requires what every picture must have, of whatever header.
func sound(t judge, h *trace.Header, p *layout.Plan) {
	t.Helper()
	picture := layout.Box{W: p.Width, H: p.Height}
	require.False(t, math.IsInf(float64(p.Width), 0) || math.IsInf(float64(p.Height), 0) || p.Width != p.Width || p.Height != p.Height)
	require.Len(t, p.Devices, len(h.Devices))
	var areas, things []layout.Box
	for i := range p.Areas {
		areas = append(areas, p.Areas[i].Box)
		title := p.Areas[i].TitleBox()
		things = append(things, title)
		require.GreaterOrEqual(t, title.W, min(8*float32(utf8.RuneCountInString(p.Areas[i].Name)), 2*layout.CellWidth))
		require.True(t, within(title, p.Areas[i].Box))
		require.True(t, within(p.Areas[i].Box, picture), "%+v in %v", p.Areas[i], picture)
	}
	requireDisjoint(t, areas, "areas")
	for i := range p.Devices {
		d := &p.Devices[i]
		things = append(things, d.Box, d.Label)
		require.True(t, d.W == layout.Icon && d.H == layout.Icon && d.Label.W > 0 && d.Label.H > 0)
		a := areaOf(h, p, i)
		room := layout.Box{X: a.X, Y: a.Y + layout.Title, W: a.W, H: a.H - layout.Title}
		require.True(t, within(d.Box, room) && within(d.Label, room), "%d %+v in %+v", i, d, a)
	}
	requireDisjoint(t, things, "boxes, labels or titles")
	for _, routes := range [][]layout.Route{p.Conduits, p.Wires, p.Ties, p.Links} {
		for i := range routes {
			requirePoints(t, picture, &routes[i])
		}
	}
	requireClear(t, p, things)
	requireEnds(t, h, p)
}

// areaOf is where a device must be: in the area of its first zone that there is.
func areaOf(h *trace.Header, p *layout.Plan, device int) *layout.Area {
	zone := layout.Plant
	if h.Devices[device].Kind == "malware" {
		zone = layout.Malware
	}
	for _, z := range h.Devices[device].Zones {
		if z >= 0 && z < len(h.Zones) {
			zone = z
			break
		}
	}
	for i := range p.Areas {
		if p.Areas[i].Zone == zone {
			return &p.Areas[i]
		}
	}
	return nil
}

// requirePoints requires that a route is horizontal and upright pieces by turns, in the
// picture.
func requirePoints(t judge, picture layout.Box, r *layout.Route) {
	t.Helper()
	require.GreaterOrEqual(t, len(r.Points), 2, "%+v", r)
	for i, q := range r.Points {
		require.True(t, q[0] >= 0 && q[0] <= picture.W && q[1] >= 0 && q[1] <= picture.H, "%+v", r)
		if i > 0 {
			before := r.Points[i-1]
			require.True(t, (before[0] == q[0]) != (before[1] == q[1]), "%+v", r)
		}
	}
}

// requireClear requires that no route crosses what one reads, and conduits no area.
func requireClear(t judge, p *layout.Plan, things []layout.Box) {
	t.Helper()
	grid := newGrid(p, things)
	for _, routes := range [][]layout.Route{p.Conduits, p.Wires, p.Ties, p.Links} {
		for i := range routes {
			grid.requireClear(t, &routes[i])
		}
	}
	areas := make([]layout.Box, len(p.Areas))
	for i := range p.Areas {
		areas[i] = p.Areas[i].Box
	}
	grid = newGrid(p, areas)
	for i := range p.Conduits {
		grid.requireClear(t, &p.Conduits[i])
	}
}

// A grid finds boxes near a place.
type grid struct {
	boxes   []layout.Box
	columns map[int][]int
}

const mesh = 256

func newGrid(p *layout.Plan, boxes []layout.Box) *grid {
	g := &grid{boxes: boxes, columns: map[int][]int{}}
	for i, b := range boxes {
		for c := int(b.X / mesh); c <= int((b.X+b.W)/mesh); c++ {
			g.columns[c] = append(g.columns[c], i)
		}
	}
	return g
}

func (g *grid) requireClear(t judge, r *layout.Route) {
	t.Helper()
	for i := 1; i < len(r.Points); i++ {
		a, b := r.Points[i-1], r.Points[i]
		piece := layout.Box{X: min(a[0], b[0]), Y: min(a[1], b[1]), W: max(a[0], b[0]) - min(a[0], b[0]), H: max(a[1], b[1]) - min(a[1], b[1])}
		for c := int(piece.X / mesh); c <= int((piece.X+piece.W)/mesh); c++ {
			for _, k := range g.columns[c] {
				if overlap(piece, shrunk(g.boxes[k])) {
					require.Fail(t, "a route crosses a box", "%+v %+v", r, g.boxes[k])
				}
			}
		}
	}
}

// requireEnds requires that routes begin and end at the borders of what they join.
func requireEnds(t judge, h *trace.Header, p *layout.Plan) {
	t.Helper()
	touches := func(at [2]float32, b layout.Box) bool {
		const near = 0.01
		x := at[0] >= b.X-near && at[0] <= b.X+b.W+near
		y := at[1] >= b.Y-near && at[1] <= b.Y+b.H+near
		inside := at[0] > b.X+near && at[0] < b.X+b.W-near && at[1] > b.Y+near && at[1] < b.Y+b.H-near
		return x && y && !inside
	}
	for _, r := range p.Conduits {
		require.True(t, touches(r.Points[0], p.Areas[r.From].Box) && touches(r.Points[len(r.Points)-1], p.Areas[r.To].Box), "%+v", r)
		require.Contains(t, h.Conduits[r.Index].Joins, h.Zones[r.From].Name)
		require.Contains(t, h.Conduits[r.Index].Joins, h.Zones[r.To].Name)
	}
	for _, r := range p.Wires {
		require.True(t, touches(r.Points[0], p.Devices[r.From].Box) && touches(r.Points[len(r.Points)-1], p.Devices[r.To].Box), "%+v", r)
		w := h.Wires[r.Index]
		require.True(t, w.From == r.From && w.To == r.To || w.From == r.To && w.To == r.From)
	}
	for _, r := range p.Links {
		require.True(t, touches(r.Points[0], p.Devices[r.From].Box) && touches(r.Points[len(r.Points)-1], p.Devices[r.To].Box), "%+v", r)
	}
	for _, r := range p.Ties {
		require.True(t, touches(r.Points[0], p.Devices[r.From].Box) && touches(r.Points[len(r.Points)-1], p.Areas[r.To].Box), "%+v", r)
	}
}

// pieces are the upright and the horizontal pieces of a route as they are drawn, without
// their ends.
func pieces(r *layout.Route, width float32) (upright, level []layout.Box) {
	for i := 1; i < len(r.Points); i++ {
		a, b := r.Points[i-1], r.Points[i]
		x, y := min(a[0], b[0]), min(a[1], b[1])
		w, h := max(a[0], b[0])-x, max(a[1], b[1])-y
		if w == 0 && h > width {
			upright = append(upright, layout.Box{X: x - width/2, Y: y + width/2, W: width, H: h - width})
		} else if h == 0 && w > width {
			level = append(level, layout.Box{X: x + width/2, Y: y - width/2, W: w - width, H: width})
		}
	}
	return upright, level
}

// requireApart requires that conduits, drawn 6 wide, never run on top of each other, and
// nor do wires, drawn 2 wide, that have no end in common; where two change their lanes in
// a hall they may meet on their way through it.
func requireApart(t judge, p *layout.Plan) {
	t.Helper()
	requireConduitsApart(t, p)
	lines := slices.Concat(p.Wires, p.Links)
	for i := range lines {
		for k := range i {
			a, b := &lines[i], &lines[k]
			if a.From == b.From || a.From == b.To || a.To == b.From || a.To == b.To {
				continue
			}
			u, l := pieces(a, 2)
			v, m := pieces(b, 2)
			require.False(t, together(u, v) || together(l, m), "%v runs on %v", a, b)
		}
	}
}

// requireConduitsApart requires that conduits never run on top of each other.
func requireConduitsApart(t judge, p *layout.Plan) {
	t.Helper()
	var upright, level []layout.Box
	for i := range p.Conduits {
		u, l := pieces(&p.Conduits[i], 6)
		upright, level = append(upright, u...), append(level, l...)
	}
	requireDisjoint(t, upright, "conduits")
	requireDisjoint(t, level, "conduits")
}

// together reports whether pieces overlap for longer than a hall is wide.
func together(list, other []layout.Box) bool {
	const hall = 40
	for _, a := range list {
		for _, b := range other {
			w, h := min(a.X+a.W, b.X+b.W)-max(a.X, b.X), min(a.Y+a.H, b.Y+b.H)-max(a.Y, b.Y)
			if min(w, h) > 0 && max(w, h) > hall {
				return true
			}
		}
	}
	return false
}

// requireWays requires that messages fly from icon to icon, over the conduits that they
// pass.
func requireWays(t judge, h *trace.Header, p *layout.Plan) {
	t.Helper()
	for i := range h.Flows {
		from, to := h.Flows[i].From, h.Flows[i].To
		way := p.Between(from, to)
		if from < 0 || to < 0 {
			require.Nil(t, way)
			continue
		}
		require.Equal(t, center(p.Devices[from].Box), way[0])
		require.Equal(t, center(p.Devices[to].Box), way[len(way)-1])
		back := slices.Clone(p.Between(to, from))
		slices.Reverse(back)
		require.Len(t, back, len(way))
	}
}

func center(b layout.Box) [2]float32 { return [2]float32{b.X + b.W/2, b.Y + b.H/2} }
