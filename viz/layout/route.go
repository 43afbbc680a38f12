package layout

// route finds the ways of all lines.
func (b *builder) route() {
	b.paths = b.paths[:0]
	b.streets(func(s *street) {
		s.spans = s.spans[:0]
		clear(s.ports)
	})
	b.conduits()
	for _, w := range b.wires {
		b.wire(w)
	}
	for d := range b.h.Devices {
		for i, z := range b.zonesOf(d) {
			if i > 0 {
				b.tie(d, z, i)
			}
		}
	}
	b.linkAll()
	for i := range b.paths {
		b.paths[i].enter(b)
	}
	b.streets((*street).assign)
}

// streets does something with every street: with the halls between rows last, whose lanes
// depend on where the lines are that come into them.
func (b *builder) streets(do func(*street)) {
	for i := range b.rows {
		for k := range b.rows[i].halls {
			do(&b.rows[i].halls[k])
		}
	}
	for i := range b.areas {
		for k := range b.areas[i].uprights {
			do(&b.areas[i].uprights[k])
		}
		for k := range b.areas[i].levels {
			do(&b.areas[i].levels[k])
		}
	}
	for i := range b.halls {
		do(&b.halls[i])
	}
}

// along is a line in a street.
func along(s *street, upright bool, bundle int) line {
	return line{upright: upright, at: s.center, in: s, bundle: bundle}
}

// mid returns the middle of an area.
func (a *area) mid() float32 { return a.X + a.W/2 }

// travel leads from the hall above row `from` to that above row `to`, past the rows
// between them, near an x.
func (b *builder) travel(from, to int, x float32, bundle int) (lines []line) {
	lines = append(lines, along(&b.halls[from], false, bundle))
	for from != to {
		r := from
		if to < from {
			r = from - 1
		}
		best := &b.rows[r].halls[0]
		for i := range b.rows[r].halls {
			if h := &b.rows[r].halls[i]; distance(h.center, x) < distance(best.center, x) {
				best = h
			}
		}
		if to > from {
			from++
		} else {
			from--
		}
		lines = append(lines, along(best, true, bundle), along(&b.halls[from], false, bundle))
	}
	return lines
}

func distance(x, y float32) float32 { return max(x-y, y-x) }

// escape leads from a device sideways out of its area, and says in which of the halls of
// the row it arrives.
func (b *builder) escape(d int, right bool) (lines []line, hall int) {
	a, s := &b.areas[b.home[d]], b.seats[d]
	lines = append(lines, line{at: b.center(d)[1]})
	hall, side := a.index, s.column
	if right {
		hall, side = hall+1, side+1
	}
	open := right && a.empty(s.row, s.column+1, a.columns) || !right && a.empty(s.row, 0, s.column)
	if !open {
		lines = append(lines, along(&a.uprights[side], true, d+1), along(&a.levels[s.row], false, d+1))
	}
	return lines, hall
}

// empty reports whether no device stands in a row between two columns, the second not
// included.
func (a *area) empty(row, from, to int) bool {
	for c := from; c < to; c++ {
		if a.full[row*a.columns+c] {
			return false
		}
	}
	return true
}

// reversed returns lines the other way round.
func reversed(lines []line) []line {
	list := make([]line, 0, len(lines))
	for i := len(lines) - 1; i >= 0; i-- {
		list = append(list, lines[i])
	}
	return list
}
