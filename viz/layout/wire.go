package layout

// bundle says with which other lines those of a wire run: with those from the same
// device, or to it, whichever are more.
func (b *builder) bundle(from, to int) int {
	if len(b.near[to]) > len(b.near[from]) {
		return to + 1
	}
	return from + 1
}

// wire finds the way of a wire from the side of one icon to that of another.
func (b *builder) wire(w wire) {
	p := path{of: ofWire, from: w.from, to: w.to, index: w.index}
	if b.home[w.from] == b.home[w.to] {
		p.within(b)
	} else {
		p.across(b)
	}
	b.paths = append(b.paths, p)
}

// aside is how far from the middle of an icon the lines to its instruments begin.
const aside = Icon/2 - 12

// within leads through the gutters of an area.
func (p *path) within(b *builder) {
	a := &b.areas[b.home[p.from]]
	x, y := b.seats[p.from], b.seats[p.to]
	from, to := b.center(p.from), b.center(p.to)
	bundle, apart := b.bundle(p.from, p.to), 0
	if p.of == ofLink { // in lanes of their own, beside the wires
		apart = 2 * len(b.h.Devices)
		bundle += apart
	}
	p.start, p.end = from[0]+Icon/2, to[0]-Icon/2
	out, in := x.column+1, y.column // gutters
	switch {
	case x.column == y.column:
		p.start, out = from[0]-Icon/2, x.column
	case x.column > y.column:
		p.start, p.end = from[0]-Icon/2, to[0]+Icon/2
		out, in = x.column, y.column+1
	}
	first, last := line{at: from[1]}, line{at: to[1]}
	if x.column == y.column { // a line of its own, beside those that go on
		bundle += len(b.h.Devices)
		if first.at, last.at = from[1]-aside, to[1]+aside; y.row > x.row {
			first.at, last.at = from[1]+aside, to[1]-aside
		}
	}
	low, high := min(x.column, y.column)+1, max(x.column, y.column)
	switch {
	case x.row == y.row && x.column != y.column && a.empty(x.row, low, high):
		p.lines = []line{first}
	case out == in || a.empty(y.row, low, high):
		p.lines = []line{first, along(&a.uprights[out], true, bundle), last}
	case a.empty(x.row, low, high):
		p.lines = []line{first, along(&a.uprights[in], true, bundle), last}
	default:
		p.lines = []line{
			first, along(&a.uprights[out], true, p.from+1+apart), along(&a.levels[max(x.row, y.row)], false, bundle),
			along(&a.uprights[in], true, p.to+1+apart), last,
		}
	}
}

// across leads from one area to another, through the halls between them.
func (p *path) across(b *builder) {
	x, y := &b.areas[b.home[p.from]], &b.areas[b.home[p.to]]
	bundle := b.bundle(p.from, p.to)
	if x.at == y.at && distance(float32(x.index), float32(y.index)) == 1 {
		p.next(b, x.index < y.index, bundle)
		return
	}
	from, to := x.at, y.at
	if x.at <= y.at {
		from = x.at + 1
	}
	if y.at <= x.at {
		to = y.at + 1
	}
	first, start := b.leave(p.from, from == x.at, b.center(p.to)[0])
	last, end := b.leave(p.to, to == y.at, b.center(p.from)[0])
	p.start, p.end = start, end
	near := (first[len(first)-1].at + last[len(last)-1].at) / 2
	p.lines = append(first, b.travel(from, to, near, bundle)...)
	p.lines = append(p.lines, reversed(last)...)
}

// next leads to the neighbour in the row, to the right or to the left.
func (p *path) next(b *builder, right bool, bundle int) {
	out, hall := b.escape(p.from, right)
	in, _ := b.escape(p.to, !right)
	p.start, p.end = b.edge(p.from, right), b.edge(p.to, !right)
	row := &b.rows[b.areas[b.home[p.from]].at]
	p.lines = append(out, along(&row.halls[hall], true, bundle))
	p.lines = append(p.lines, reversed(in)...)
}

// leave leads from a device to above or beneath its area, on the side that is nearer to an
// x; up beside the title, or around it. It returns where it begins as well.
func (b *builder) leave(d int, up bool, x float32) (lines []line, start float32) {
	a, at := &b.areas[b.home[d]], b.center(d)
	right := x > at[0]
	for range 2 {
		g := b.seats[d].column
		if right {
			g++
		}
		if s := &a.uprights[g]; !up || s.center-s.width/2 > a.X+a.TitleBox().W {
			return []line{{at: at[1]}, along(s, true, d+1)}, b.edge(d, right)
		}
		right = !right
	}
	right = x > a.mid()
	lines, hall := b.escape(d, right)
	return append(lines, along(&b.rows[a.at].halls[hall], true, d+1)), b.edge(d, right)
}

// edge is where a device's icon ends.
func (b *builder) edge(d int, right bool) float32 {
	x := b.center(d)[0]
	if right {
		return x + Icon/2
	}
	return x - Icon/2
}

// tie leads from a device to the border of another zone that it is in.
func (b *builder) tie(d, zone, index int) {
	x, y := &b.areas[b.home[d]], &b.areas[zone]
	from, to, end := x.at+1, y.at, y.Y
	if x.at >= y.at {
		to, end = y.at+1, y.Y+y.H
	}
	if x.at > y.at {
		from = x.at
	}
	lines, start := b.leave(d, from == x.at, y.mid())
	p := path{of: ofTie, from: d, to: zone, index: index, start: start, end: end}
	p.lines = append(lines, b.travel(from, to, (lines[len(lines)-1].at+y.mid())/2, d+1)...)
	before := p.lines[len(p.lines)-2].at // upright
	p.lines = append(p.lines, line{upright: true, at: y.port(&b.halls[to], before)})
	b.paths = append(b.paths, p)
}
