package layout

import (
	"math"
	"slices"
)

// fill says how many columns and rows of cells an area needs if it is to have no more
// than so many rows, and hands out the cells.
func (a *area) fill(most int, near [][]int, put func(device int, s seat)) (columns, rows int) {
	if a.fixed != nil {
		for i, d := range a.devices {
			if put != nil {
				put(d, a.fixed[i])
			}
		}
		return a.columns, a.rows
	}
	most = max(most, a.least)
	left, top, wide := 0, 0, 0 // of the stack of blocks that is being filled
	stack := func(w, h int) seat {
		if top > 0 && top+h > most {
			left, top, wide = left+wide, 0, 0
		}
		at := seat{left, top}
		top, wide = top+h, max(wide, w)
		columns, rows = max(columns, left+wide), max(rows, top)
		return at
	}
	for i := range a.blocks {
		split, floating := a.blocks[i].split(most)
		high := 0
		for _, c := range split {
			high = max(high, len(c))
		}
		at := stack(len(split), high)
		if put != nil {
			hang(split, floating, high, near, at, put)
		}
	}
	rest := a.rest
	if room := wide * (most - top); room > 0 { // beneath the last block
		n := min(room, len(rest))
		w := min(wide, n)
		if put != nil {
			for i, d := range rest[:n] {
				put(d, seat{left + i%w, top + i/w})
			}
		}
		rows = max(rows, top+(n+wide-1)/wide)
		rest = rest[n:]
		top = most
	}
	if n := len(rest); n > 0 {
		w := (n + most - 1) / most
		h := (n + w - 1) / w
		at := stack(w, h)
		for i, d := range rest {
			if put == nil {
				break
			}
			put(d, seat{at.column + i/h, at.row + i%h})
		}
	}
	return max(columns, 1), max(rows, 1)
}

// split returns the columns of a block, none longer than so much, and which of them are of
// instruments that found no room above what they measure.
func (b *block) split(most int) (columns [][]int, floating []bool) {
	end := func(column []int, floats bool) {
		columns, floating = append(columns, column), append(floating, floats)
	}
	for _, groups := range b.columns {
		total := 0
		for _, g := range groups {
			total += len(g)
		}
		n := (total + most - 1) / most
		even := (total + n - 1) / n
		var column []int
		for _, g := range groups {
			if len(column) > 0 && len(column)+len(g) > even {
				end(column, false)
				column = nil
			}
			more := max(0, len(g)-most)
			column = append(column, g[more:]...)
			if more == 0 {
				continue
			}
			end(column, false)
			column = nil
			for n := 0; more > 0; more -= n {
				n = min(more, max(1, most-1)) // the last row is for what goes on
				end(slices.Clone(g[more-n:more]), true)
			}
		}
		if len(column) > 0 {
			end(column, false)
		}
	}
	return columns, floating
}

// hang puts the columns of a block such that wires are as level as can be: beginning with
// the longest, each as high as its partners in those that hang already; those that float
// hang at the top.
func hang(columns [][]int, floating []bool, high int, near [][]int, at seat, put func(int, seat)) {
	longest := 0
	for c := range columns {
		if len(columns[c]) > len(columns[longest]) {
			longest = c
		}
	}
	row := map[int]int{}
	one := func(c int) {
		sum, n := 0, 0
		for i, d := range columns[c] {
			for _, x := range near[d] {
				if r, ok := row[x]; ok {
					sum, n = sum+r-i, n+1
				}
			}
		}
		from := high - len(columns[c])
		switch {
		case floating[c]:
			from = 0
		case n > 0:
			from = max(0, min(from, int(math.Floor(float64(sum)/float64(n)+0.5))))
		}
		for i, d := range columns[c] {
			row[d] = from + i
			put(d, seat{at.column + c, at.row + from + i})
		}
	}
	for c := longest; c < len(columns); c++ {
		one(c)
	}
	for c := longest - 1; c >= 0; c-- {
		one(c)
	}
}
