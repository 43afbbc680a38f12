package layout

import (
	"cmp"
	"slices"
)

// How far lanes are apart, in the gutters of an area and in the halls between areas, where
// conduits run; and how many make a street wider.
const (
	apartWires    = 7
	apartConduits = 10
	mostLanes     = 10
)

// A street is a channel in which lines run, side by side.
type street struct {
	center, width float32
	apart         float32 // lanes, at the most
	lanes         int
	spans         []span
	ports         map[int]float32 // places where areas open to it, by how many widths along
}

// A span is a line's piece in a street. Those of one bundle share a lane.
type span struct {
	low, high float32
	bundle    int
	line      *line
	ends      [2]end // of a conduit: where it comes from, and where it goes
}

// lies says where a street is.
func (s *street) lies(from, width, apart float32) {
	s.center, s.width, s.apart = from+width/2, width, apart
}

// room is how wide a hall must be for its lanes.
func (s *street) room(least float32) float32 {
	return least + apartConduits*float32(max(0, min(s.lanes, mostLanes)-2))
}

// merge makes one span of those that share a bundle, and orders them.
func (s *street) merge() {
	order := func(x, y span) int {
		return cmp.Or(cmp.Compare(x.bundle, y.bundle), cmp.Compare(x.low, y.low))
	}
	slices.SortStableFunc(s.spans, order)
	kept := s.spans[:0]
	for _, x := range s.spans {
		if n := len(kept); n > 0 && x.bundle > 0 && kept[n-1].bundle == x.bundle {
			last := &kept[n-1]
			last.high = max(last.high, x.high)
			x.line.with, last.line = last.line, x.line
			continue
		}
		kept = append(kept, x)
	}
	s.spans = kept
	slices.SortStableFunc(s.spans, spanOrder)
}

// spanOrder orders spans by where they begin.
func spanOrder(x, y span) int { return cmp.Compare(x.low, y.low) }

// A line is a horizontal or upright piece of a path, of which only the place across is
// known: it reaches from the line before to the one after.
type line struct {
	upright bool
	at      float32
	in      *street // nil where it is at a place of its own
	bundle  int     // the device whose lines it shares its lane with, +1
	with    *line   // the next of the bundle
}

// The sorts of paths.
const (
	ofConduit = iota
	ofWire
	ofTie
	ofLink
)

// A path is a route that is being built: lines, by turns horizontal and upright, and
// where along them the first begins and the last ends.
type path struct {
	of, from, to, index int
	start, end          float32
	lines               []line
}

// enter hands the lines to their streets.
func (p *path) enter(b *builder) {
	for i := range p.lines {
		l := &p.lines[i]
		if l.in == nil {
			continue
		}
		x, y := p.place(i-1), p.place(i+1)
		s := span{low: min(x, y), high: max(x, y), bundle: l.bundle, line: l}
		if p.of == ofConduit && !l.upright {
			s.ends = [2]end{{line: &p.lines[i-1], up: p.place(i-2) < l.at}, {line: &p.lines[i+1], up: p.place(i+2) < l.at}}
			if i == 1 {
				s.ends[0].low, s.ends[0].high = b.areas[p.from].front()
			}
			if i == len(p.lines)-2 {
				s.ends[1].low, s.ends[1].high = b.areas[p.to].front()
			}
		}
		l.in.spans = append(l.in.spans, s)
	}
}

// place says where a line is; before the first one where the path begins, and after the
// last one where it ends.
func (p *path) place(i int) float32 {
	switch {
	case i < 0:
		return p.start
	case i >= len(p.lines):
		return p.end
	}
	return p.lines[i].at
}

// points returns the corners of a path.
func (p *path) points() [][2]float32 {
	var list [][2]float32
	add := func(along float32, l *line) {
		at := [2]float32{along, l.at}
		if l.upright {
			at = [2]float32{l.at, along}
		}
		n := len(list)
		if n > 0 && list[n-1] == at {
			return
		}
		if n > 1 && straight(list[n-2], list[n-1], at) {
			list = list[:n-1]
		}
		list = append(list, at)
	}
	add(p.start, &p.lines[0])
	for i := 1; i < len(p.lines); i++ {
		add(p.lines[i].at, &p.lines[i-1])
	}
	add(p.end, &p.lines[len(p.lines)-1])
	return list
}

// straight reports whether the middle one of three points is no corner.
func straight(a, b, c [2]float32) bool {
	return a[0] == b[0] && b[0] == c[0] || a[1] == b[1] && b[1] == c[1]
}
