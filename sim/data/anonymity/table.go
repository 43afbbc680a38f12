package anonymity

import "slices"

// A Table is rows of people: quasi-identifiers, which are columns of ordinals, and something
// sensitive.
type Table struct {
	Quasi     [][]int32
	Sensitive []int32 // nil where there is none
	Rows      int
}

// Classes are the rows of a table by what their quasi-identifiers are. They are in order of these,
// the rows of one in order of their numbers.
type Classes struct {
	Of     []int32 // the class of each row
	rows   []int32
	starts []int32
}

// Classes returns the classes of a table. Of a table without quasi-identifiers all rows are alike.
func (t *Table) Classes() *Classes {
	c := &Classes{Of: make([]int32, t.Rows), rows: make([]int32, t.Rows)}
	for i := range c.rows {
		c.rows[i] = int32(i)
	}
	slices.SortFunc(c.rows, func(a, b int32) int {
		if d := t.compare(a, b); d != 0 {
			return d
		}
		return int(a) - int(b)
	})
	for i, row := range c.rows {
		if i == 0 || t.compare(c.rows[i-1], row) != 0 {
			c.starts = append(c.starts, int32(i))
		}
		c.Of[row] = int32(len(c.starts) - 1)
	}
	c.starts = append(c.starts, int32(t.Rows))
	return c
}

// compare orders two rows by their quasi-identifiers.
func (t *Table) compare(a, b int32) int {
	for _, column := range t.Quasi {
		if x, y := column[a], column[b]; x < y {
			return -1
		} else if x > y {
			return 1
		}
	}
	return 0
}

// Bands returns the ordinals of a column in bands so wide: the coarser it is, the less it tells.
// A width of less than 1 counts as 1.
func Bands(column []int32, width int32) []int32 {
	bands := make([]int32, len(column))
	width = max(width, 1)
	for i, v := range column {
		if bands[i] = v / width; v%width < 0 {
			bands[i]--
		}
	}
	return bands
}

// Len returns how many classes there are.
func (c *Classes) Len() int { return len(c.starts) - 1 }

// Members returns the rows of a class.
func (c *Classes) Members(class int32) []int32 { return c.rows[c.starts[class]:c.starts[class+1]] }

// Size returns how many rows are of a class.
func (c *Classes) Size(class int32) int32 { return c.starts[class+1] - c.starts[class] }

// K returns the size of the smallest class.
func (c *Classes) K() int32 {
	if c.Len() == 0 {
		return 0
	}
	k := c.Size(0)
	for i := range int32(c.Len()) {
		k = min(k, c.Size(i))
	}
	return k
}

// Unique returns the share of rows that are alone in their class.
func (c *Classes) Unique() float64 {
	alone := int32(0)
	for i := range int32(c.Len()) {
		if c.Size(i) == 1 {
			alone++
		}
	}
	return share(alone, int32(len(c.rows)))
}

// Prosecutor returns the chance to pick the row of somebody who is known to be there, at worst.
func (c *Classes) Prosecutor() float64 { return share(1, c.K()) }

// Average returns that chance over all rows.
func (c *Classes) Average() float64 { return share(int32(c.Len()), int32(len(c.rows))) }

// share is a part of a whole, 0 of nothing.
func share(part, whole int32) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
