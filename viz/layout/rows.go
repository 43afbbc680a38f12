package layout

import (
	"cmp"
	"slices"
)

// What lies around and between things, at the least.
const (
	margin  = 16 // around the picture
	padding = 12 // within an area
	hallX   = 32 // between neighbours
	hallY   = 40 // between rows
)

// A row is areas side by side.
type row struct {
	areas []int
	most  int      // rows of cells
	halls []street // left of each area and right of the last
	y, h  float32
}

// A size is what an area needs.
type size struct{ w, h float32 }

// around is what an area needs beside its cells, before its gutters are known.
func around(columns, rows int) size {
	return size{
		float32(columns)*(CellWidth+padding) + padding,
		Title + float32(rows)*(CellHeight+padding) + padding,
	}
}

// heights are the rows of cells that are tried: all small numbers, and some large ones.
func heights(most int) (list []int) {
	for n := 1; n < most; n += max(1, n/6) {
		list = append(list, n)
	}
	return append(list, max(1, most))
}

// A draft is a choice of rows.
type draft struct {
	rows []row
	size
	beside bool // whether levels stand side by side
}

// scale is how wide a frame must be that has room for so much: less is better.
func (s size) scale(aspect float32) float32 { return max(s.w, s.h*aspect) }

// worth is how much larger a picture must be in which levels stand side by side.
const worth = 1.2

// cost is by what drafts are chosen: the scale that one has, or turned out to have.
func (d *draft) cost(s size, aspect float32) float32 {
	if d.beside {
		return s.scale(aspect) * worth
	}
	return s.scale(aspect)
}

// A chooser looks for the rows with the largest scale.
type chooser struct {
	b     *builder
	most  []int    // rows of cells that are tried
	sizes [][]size // by area and place in most
	bands [][]int  // areas by level from the top
	lines [][]size // by band and place in most: of its areas in one row
}

// drafts breaks the areas into rows, in ways of which the first seems to have the largest
// scale; how much room lines take is not known yet.
func (b *builder) drafts(aspect float32) []draft {
	c := chooser{b: b}
	largest := 1
	for i := range b.areas {
		largest = max(largest, len(b.areas[i].devices))
	}
	c.most = heights(largest)
	total := float32(0)
	for i := range b.areas {
		var list []size
		for _, n := range c.most {
			list = append(list, around(b.areas[i].fill(n, nil, nil)))
		}
		c.sizes = append(c.sizes, list)
		total += list[0].w + hallX
	}
	c.divide()
	c.line()
	var list []draft
	last := [2]size{{w: -1}, {w: -1}}
	for w := float32(CellWidth); len(list) == 0 || w < total*widening; w *= widening {
		levels := c.within(w)
		for i, d := range []draft{c.stacked(levels), c.beside(levels, w)} {
			if d.size != last[i] && d.beside == (i == 1) {
				list = append(list, d)
			}
			last[i] = d.size
		}
	}
	slices.SortStableFunc(list, func(x, y draft) int {
		return cmp.Compare(x.cost(x.size, aspect), y.cost(y.size, aspect))
	})
	return list
}

// widening is how much wider each width is that is tried than the one before.
const widening = 1.1

// divide lists the areas of each level in their order from left to right: where material
// goes, as it does; then as they are numbered.
func (c *chooser) divide() {
	b := c.b
	order := make([]int, len(b.areas))
	way := make([]float64, len(b.areas))
	for i := range order {
		order[i] = i
		n := 0.0
		for _, d := range b.areas[i].devices {
			if b.passes(d) {
				way[i] += float64(b.flow.layer[d])
				n++
			}
		}
		way[i] /= max(n, 1)
	}
	slices.SortStableFunc(order, func(i, k int) int {
		x, y := &b.areas[i], &b.areas[k]
		return cmp.Or(cmp.Compare(y.rank, x.rank), cmp.Compare(y.Zone, x.Zone)*away(x, y), cmp.Compare(way[i], way[k]))
	})
	for i, a := range order {
		if i == 0 || b.areas[a].rank != b.areas[order[i-1]].rank {
			c.bands = append(c.bands, nil)
		}
		c.bands[len(c.bands)-1] = append(c.bands[len(c.bands)-1], a)
	}
}

// passes reports whether material leads from a device to another zone of its level, or
// from one.
func (b *builder) passes(d int) bool {
	a := &b.areas[b.home[d]]
	return !b.flow.leaf[d] && slices.ContainsFunc(b.near[d], func(x int) bool {
		return b.home[x] != b.home[d] && b.areas[b.home[x]].rank == a.rank && !b.flow.leaf[x]
	})
}

// away is 1 where one of two areas is that of the malware, which comes last in its row.
func away(x, y *area) int {
	if x.Zone == Malware || y.Zone == Malware {
		return 1
	}
	return 0
}

// within breaks each level into rows up to a width.
func (c *chooser) within(width float32) (levels []draft) {
	for _, band := range c.bands {
		best, found := draft{}, false
		for n := range c.most {
			if x := c.shelves(band, n, width); !found || x.h < best.h || x.w > width && x.w < best.w {
				best, found = x, true
			}
			if n > 0 && c.alike(band, n) {
				break
			}
		}
		levels = append(levels, best)
	}
	return levels
}

// stacked is one level above the other.
func (c *chooser) stacked(levels []draft) (d draft) {
	for i := range levels {
		d = d.above(&levels[i])
	}
	return d
}

// above is what is above another.
func (d *draft) above(x *draft) draft {
	return draft{append(slices.Clone(d.rows), x.rows...), size{max(d.w, x.w), d.h + x.h}, d.beside || x.beside}
}

// alike reports whether more rows of cells change nothing.
func (c *chooser) alike(band []int, n int) bool {
	for _, a := range band {
		if c.sizes[a][n] != c.sizes[a][len(c.most)-1] {
			return false
		}
	}
	return true
}

// shelves breaks a level into rows that are no wider than so much, if that can be.
func (c *chooser) shelves(band []int, n int, width float32) (d draft) {
	w, h := float32(0), float32(0)
	for _, a := range band {
		s := c.sizes[a][n]
		if len(d.rows) == 0 || w+hallX+s.w > width {
			d.rows = append(d.rows, row{most: c.most[n]})
			d.h += h
			w, h = -hallX, hallY
		}
		last := &d.rows[len(d.rows)-1]
		last.areas = append(last.areas, a)
		w, h = w+hallX+s.w, max(h, s.h+hallY)
		d.w = max(d.w, w)
	}
	d.h += h
	return d
}
