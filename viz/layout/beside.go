package layout

import "math"

// Levels may stand side by side as well, from the left to the right: where they are few
// devices each, a wide frame would be half empty with one above the other. A row of the
// picture is then a few levels that follow each other, each with all of its areas, and
// rows are read as lines of text are.

// line says how large the levels are with all of their areas in one row.
func (c *chooser) line() {
	for _, band := range c.bands {
		list := make([]size, len(c.most))
		for n := range list {
			list[n].w = -hallX
			for _, a := range band {
				s := c.sizes[a][n]
				list[n] = size{list[n].w + hallX + s.w, max(list[n].h, s.h)}
			}
		}
		c.lines = append(c.lines, list)
	}
}

// beside has levels stand side by side wherever that makes the whole less high, within a
// width: it is the least high of all choices, as what is above a row does not depend on it.
func (c *chooser) beside(levels []draft, width float32) draft {
	best := make([]draft, len(levels)+1) // by how many levels, from the top
	for end := range levels {
		best[end+1] = best[end].above(&levels[end])
		for from := end - 1; from >= 0; from-- {
			n, s, fits := c.abreast(from, end, width)
			if !fits {
				break
			}
			if best[from].h+s.h < best[end+1].h {
				best[end+1] = best[from].above(&draft{[]row{c.row(from, end, n)}, s, true})
			}
		}
	}
	return best[len(levels)]
}

// abreast finds the fewest rows of cells with which some levels are no wider together than
// so much.
func (c *chooser) abreast(from, end int, width float32) (n int, s size, fits bool) {
	for n := range c.most {
		s := size{w: -hallX}
		for band := from; band <= end; band++ {
			s = size{s.w + hallX + c.lines[band][n].w, max(s.h, c.lines[band][n].h+hallY)}
		}
		if s.w <= width {
			return n, s, true
		}
	}
	return 0, size{w: math.MaxFloat32}, false
}

// row is the row of some levels.
func (c *chooser) row(from, end, n int) row {
	r := row{most: c.most[n]}
	for _, band := range c.bands[from : end+1] {
		r.areas = append(r.areas, band...)
	}
	return r
}
