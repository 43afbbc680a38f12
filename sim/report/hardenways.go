package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// A trail is a way that malware took, as it is drawn: from a port of one host to one of
// another.
type trail struct {
	sim.Spread
	number     int
	from, to   port
	x1, y1     int
	x2, y2     int
	lane, rail int // of those that go around: how far out, how far below
}

// A port is where trails meet a host: a side of it.
type port struct {
	host string
	side side
}

type side int

const (
	top side = iota
	bottom
	west
	east
)

// Distances of trails that go around what lies between.
const (
	laneGap  = 18
	railGap  = 6
	railMost = 4
	dip      = 26
)

// trails lists the ways of the first run, each with its ends.
func (d *drawing) trails() (list []trail) {
	for i, w := range d.took() {
		if d.hosts[w.From].w == 0 || d.hosts[w.To].w == 0 {
			continue
		}
		t := trail{Spread: w, number: i + 1, lane: -1}
		a, b := d.row(w.From), d.row(w.To)
		from, to := bottom, top
		switch {
		case a == b && d.beside(w.From, w.To):
			from, to = east, west
			if d.hosts[w.From].x > d.hosts[w.To].x {
				from, to = west, east
			}
		case a == b:
			from, to = bottom, bottom
		case b == a-1:
			from, to = top, bottom
		case b != a+1:
			t.lane, t.rail = d.lanes, d.lanes%railMost
			d.lanes++
		}
		t.from, t.to = port{w.From, from}, port{w.To, to}
		list = append(list, t)
	}
	d.moor(list)
	return list
}

// row is the line of hosts on which one stands, from above.
func (d *drawing) row(host string) int {
	var ys []int
	for i := range d.zones {
		for _, id := range d.zones[i].hosts {
			ys = append(ys, d.hosts[id].y)
		}
	}
	slices.Sort(ys)
	return slices.Index(slices.Compact(ys), d.hosts[host].y)
}

// beside reports whether nothing stands between two hosts of a line.
func (d *drawing) beside(a, b string) bool {
	lo, hi := d.hosts[a].x, d.hosts[b].x
	if lo > hi {
		lo, hi = hi, lo
	}
	for i := range d.zones {
		for _, id := range d.zones[i].hosts {
			if h := d.hosts[id]; h.y == d.hosts[a].y && h.x > lo && h.x < hi {
				return false
			}
		}
	}
	return true
}

// moor spreads the ends of trails along the sides of hosts, in the order of where they lead.
func (d *drawing) moor(list []trail) {
	type end struct {
		port
		x, y   *int
		beyond int
	}
	var ends []end
	for i := range list {
		t := &list[i]
		a, b := d.hosts[t.From], d.hosts[t.To]
		out := func(beyond int) int {
			if t.lane >= 0 {
				return 1 << 20
			}
			return beyond
		}
		ends = append(ends, end{t.from, &t.x1, &t.y1, out(b.x)}, end{t.to, &t.x2, &t.y2, out(a.x)})
	}
	slices.SortStableFunc(ends, func(a, b end) int {
		return cmp.Or(strings.Compare(a.host, b.host), cmp.Compare(a.side, b.side), cmp.Compare(a.beyond, b.beyond))
	})
	for i := 0; i < len(ends); {
		n := 1
		for i+n < len(ends) && ends[i+n].port == ends[i].port {
			n++
		}
		for k := range n {
			*ends[i+k].x, *ends[i+k].y = d.hosts[ends[i].host].at(ends[i].side, k+1, n+1)
		}
		i += n
	}
}

// at is a point so far along a side; the corner with the mark is left free.
func (b box) at(s side, part, of int) (x, y int) {
	switch s {
	case west:
		return b.x, b.y + b.h*part/of
	case east:
		return b.x + b.w, b.y + 10 + (b.h-10)*part/of
	case top:
		return b.x + (b.w-22)*part/of, b.y
	}
	return b.x + b.w*part/of, b.y + b.h
}

// ways draws by which ways malware came, in the order of time, and which are closed. They
// lie above the hosts, so that no head is hidden.
func (d *drawing) ways() {
	for _, t := range d.trails() {
		dash := ""
		if d.closed(t.Spread) {
			dash = ` stroke-dasharray="7 5"`
		}
		path, line := d.course(&t)
		title := escaped(fmt.Sprintf("%s from %s to %s by %s", t.Malware, t.Spread.From, t.Spread.To, t.By))
		d.above(`<path d="%s" fill="none" stroke="#ffffff" stroke-width="5"/>`, path)
		d.above(`<path d="%s" fill="none" stroke="%s" stroke-width="2.4" marker-end="url(#head)"%s><title>%s</title></path>`, path, attackInk, dash, title)
		i := d.free(line, 35)
		if d.closed(t.Spread) {
			w := d.free(line, 62)
			d.wallAbove(line[max(w-1, 0)], line[min(w+1, len(line)-1)])
		}
		d.marks = append(d.marks, fmt.Sprintf(`<circle cx="%d" cy="%d" r="9" fill="#ffffff" stroke="%s"/><text x="%d" y="%d" font-size="11" text-anchor="middle" fill="%s">%d</text>`,
			line[i][0], line[i][1], attackInk, line[i][0], line[i][1]+4, attackInk, t.number))
	}
	for _, mark := range d.marks {
		d.above("%s", mark)
	}
}

// course is how a trail runs, as a path and as points along it.
func (d *drawing) course(t *trail) (path string, line [][2]int) {
	switch {
	case t.lane >= 0:
		x, out, in := d.far+laneGap*(t.lane+1), t.y1+12+railGap*t.rail, t.y2-16-railGap*t.rail
		corners := [][2]int{{t.x1, t.y1}, {t.x1, out}, {x, out}, {x, in}, {t.x2, in}, {t.x2, t.y2}}
		path = fmt.Sprintf("M%d %d", t.x1, t.y1)
		for i, c := range corners[1:] {
			path += fmt.Sprintf("L%d %d", c[0], c[1])
			line = append(line, along(corners[i], c)...)
		}
		return path, line
	case t.from.side == bottom && t.to.side == bottom:
		return bend([4][2]int{{t.x1, t.y1}, {t.x1, t.y1 + dip}, {t.x2, t.y2 + dip}, {t.x2, t.y2}})
	case t.from.side == west || t.from.side == east:
		return bend([4][2]int{{t.x1, t.y1}, {(t.x1 + t.x2) / 2, t.y1}, {(t.x1 + t.x2) / 2, t.y2}, {t.x2, t.y2}})
	}
	half := (t.y1 + t.y2) / 2
	return bend([4][2]int{{t.x1, t.y1}, {t.x1, half}, {t.x2, half}, {t.x2, t.y2}})
}

// along is points from one to another, not too close.
func along(a, b [2]int) (line [][2]int) {
	n := max(1, max(abs(b[0]-a[0]), abs(b[1]-a[1]))/10)
	for i := range n {
		line = append(line, [2]int{a[0] + (b[0]-a[0])*i/n, a[1] + (b[1]-a[1])*i/n})
	}
	return line
}

// bend is a cubic curve of Bezier, as a path and as points along it.
func bend(p [4][2]int) (path string, line [][2]int) {
	for i := range 41 {
		t, u := i, 40-i
		mix := func(k int) int {
			return (u*u*u*p[0][k] + 3*u*u*t*p[1][k] + 3*u*t*t*p[2][k] + t*t*t*p[3][k]) / 64000
		}
		line = append(line, [2]int{mix(0), mix(1)})
	}
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[2][1], p[3][0], p[3][1]), line
}

// free is the point next to a share (in hundredths) of a line where nothing has been put
// yet; something will be.
func (d *drawing) free(line [][2]int, share int) int {
	want := len(line) * share / 100
	best := want
	for off := range len(line) {
		for _, i := range []int{want - off, want + off} {
			if i < 2 || i > len(line)-4 {
				continue
			}
			if !slices.ContainsFunc(d.taken, func(p [2]int) bool { return abs(p[0]-line[i][0])+abs(p[1]-line[i][1]) < 24 }) {
				d.taken = append(d.taken, line[i])
				return i
			}
		}
	}
	d.taken = append(d.taken, line[best])
	return best
}
