package layout

import (
	"cmp"
	"math"
	"slices"
)

// need is how large an area has to be.
func (a *area) need() size {
	s := a.inner()
	return size{max(s.w+2*a.gapX, a.TitleBox().W), Title + s.h + 2*a.gapY}
}

// inner is what the cells need, with the gutters between them.
func (a *area) inner() size {
	return size{
		float32(a.columns)*(CellWidth+a.gapX) - a.gapX,
		float32(a.rows)*(CellHeight+a.gapY) - a.gapY,
	}
}

// arrange seats the devices and orders what has no order of its own, such that lines are
// short.
func (b *builder) arrange() {
	for i := range b.areas {
		b.areas[i].gapX, b.areas[i].gapY = padding, padding
	}
	b.halls = make([]street, len(b.rows)+1)
	for i := range b.rows {
		b.rows[i].halls = make([]street, len(b.rows[i].areas)+1)
		b.seat(i)
	}
	b.locate()
	lowest := math.Inf(1)
	for i := range b.areas {
		if b.areas[i].Zone >= 0 {
			lowest = min(lowest, b.areas[i].rank)
		}
	}
	for range 2 {
		for i := len(b.rows) - 1; i >= 0; i-- {
			b.orderAreas(&b.rows[i], lowest)
			for _, k := range b.rows[i].areas {
				b.orderRest(&b.areas[k])
			}
			b.seat(i)
			b.locate()
		}
	}
}

// orderRest orders the devices of an area that are wired to none of the others: who
// commands others there comes first, then as their partners elsewhere stand.
func (b *builder) orderRest(a *area) {
	if len(a.rest) < 2 {
		return
	}
	wish := make(map[int]float64, len(a.rest))
	middle := float64(a.X + a.W/2)
	for _, d := range a.rest {
		sum, n := 0.0, 0.0
		for _, x := range b.links[d] {
			if b.home[x] != b.home[d] {
				sum, n = sum+float64(b.center(x)[0]), n+1
			}
		}
		if wish[d] = middle; n > 0 {
			wish[d] = sum / n
		}
		if b.commands(d) {
			wish[d] = math.Inf(-1)
		}
	}
	slices.SortStableFunc(a.rest, func(i, k int) int { return cmp.Or(cmp.Compare(wish[i], wish[k]), cmp.Compare(i, k)) })
}

// commands reports whether a device has to do with several others of its area, who stand
// in no block.
func (b *builder) commands(d int) bool {
	n := 0
	for _, x := range b.links[d] {
		if b.home[x] == b.home[d] {
			n++
		}
	}
	return n > 1
}

// orderAreas orders the areas of each level in a row as their devices' partners in other
// levels stand, and as the conduits lead; the lowest stay as the material goes.
func (b *builder) orderAreas(r *row, lowest float64) {
	wish := make(map[int]float64, len(r.areas))
	for _, k := range r.areas {
		a := &b.areas[k]
		sum, n := 0.0, 0.0
		for _, d := range a.devices {
			for _, x := range b.links[d] {
				if y := &b.areas[b.home[x]]; y.rank != a.rank {
					sum, n = sum+float64(b.center(x)[0]), n+1
				}
			}
		}
		for _, x := range b.doors[k] {
			if y := &b.areas[x]; y.rank != a.rank {
				sum, n = sum+float64(y.X+y.W/2), n+1
			}
		}
		if wish[k] = float64(a.X + a.W/2); n > 0 {
			wish[k] = sum / n
		}
		if a.rank <= lowest {
			wish[k] = 0
		}
	}
	slices.SortStableFunc(r.areas, func(i, k int) int {
		x, y := &b.areas[i], &b.areas[k]
		return cmp.Or(cmp.Compare(y.Zone, x.Zone)*away(x, y), cmp.Compare(y.rank, x.rank), cmp.Compare(wish[i], wish[k]))
	})
}

// seat gives every device of a row its cell.
func (b *builder) seat(row int) {
	for n, k := range b.rows[row].areas {
		a := &b.areas[k]
		a.at, a.index = row, n
		a.columns, a.rows = a.fill(b.rows[row].most, b.near, func(d int, s seat) { b.seats[d] = s })
		a.full = make([]bool, a.columns*a.rows)
		for _, d := range a.devices {
			a.full[b.seats[d].row*a.columns+b.seats[d].column] = true
		}
	}
}

// locate says where everything is, from how large it is.
func (b *builder) locate() {
	b.width = 0
	widths := make([]float32, len(b.rows))
	for i := range b.rows {
		r := &b.rows[i]
		r.h = 0
		w := r.halls[0].room(hallX) + r.halls[len(r.areas)].room(hallX)
		for n, k := range r.areas {
			s := b.areas[k].need()
			if w, r.h = w+s.w, max(r.h, s.h); n > 0 {
				w += r.halls[n].room(hallX)
			}
		}
		widths[i], b.width = w, max(b.width, w)
	}
	y := float32(margin - hallY/2)
	for i := range b.rows {
		b.halls[i].lies(y, b.halls[i].room(hallY), apartConduits)
		y += b.halls[i].room(hallY)
		b.rows[i].y = y
		b.locateRow(&b.rows[i], (b.width-widths[i])/2)
		y += b.rows[i].h
	}
	last := &b.halls[len(b.rows)]
	last.lies(y, last.room(hallY), apartConduits)
	b.height = y + last.room(hallY) + margin - hallY/2
}

func (b *builder) locateRow(r *row, x float32) {
	for n := range r.halls {
		w := r.halls[n].room(hallX)
		r.halls[n].lies(x, w, apartConduits)
		x += w
		if n == len(r.areas) {
			break
		}
		a := &b.areas[r.areas[n]]
		a.Box = Box{x, r.y, a.need().w, r.h}
		x += a.W
		a.pave()
	}
}

// origin is where the first cell of an area is: its cells are in the middle, beneath the
// title, so that they are level with those of its neighbours.
func (a *area) origin() (x, y float32) {
	return a.X + (a.W-a.inner().w)/2, a.Y + Title + a.gapY
}

// pave says where the gutters of an area are.
func (a *area) pave() {
	if len(a.uprights) != a.columns+1 {
		a.uprights = make([]street, a.columns+1)
	}
	if len(a.levels) != a.rows+1 {
		a.levels = make([]street, a.rows+1)
	}
	x, y := a.origin()
	for i := range a.uprights {
		a.uprights[i].lies(x-a.gapX+float32(i)*(CellWidth+a.gapX), a.gapX, apartWires)
	}
	for i := range a.levels {
		a.levels[i].lies(y-a.gapY+float32(i)*(CellHeight+a.gapY), a.gapY, apartWires)
	}
}

// widen makes room for as many lanes as there are. Rows of cells in one row of areas stay
// level.
func (b *builder) widen() {
	for i := range b.rows {
		gap := float32(padding)
		for _, k := range b.rows[i].areas {
			a := &b.areas[k]
			a.gapX = gutter(a.uprights)
			gap = max(gap, gutter(a.levels))
		}
		for _, k := range b.rows[i].areas {
			b.areas[k].gapY = gap
		}
	}
}

func gutter(streets []street) float32 {
	lanes := 0
	for i := range streets {
		lanes = max(lanes, streets[i].lanes)
	}
	return padding + apartWires*float32(min(lanes, mostLanes))
}

// center is the middle of a device's icon.
func (b *builder) center(d int) [2]float32 {
	a, s := &b.areas[b.home[d]], b.seats[d]
	x, y := a.origin()
	return [2]float32{
		x + float32(s.column)*(CellWidth+a.gapX) + CellWidth/2,
		y + float32(s.row)*(CellHeight+a.gapY) + Icon/2 + 2,
	}
}

// place returns the boxes of a device.
func (b *builder) place(d int) Place {
	c := b.center(d)
	return Place{
		Box{c[0] - Icon/2, c[1] - Icon/2, Icon, Icon},
		Box{c[0] - CellWidth/2 + 4, c[1] + Icon/2 + 4, CellWidth - 8, CellHeight - Icon - 10},
	}
}
