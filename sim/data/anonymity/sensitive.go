package anonymity

import (
	"slices"
	"sort"

	"github.com/harmproof/harmproof/sim/detmath"
)

// values are the values of a sensitive column, by rank: the lowest is 0.
type values struct {
	rank   []int32   // by row
	before []float64 // rows with a lower rank, and all rows at the end
	sums   []float64 // of before[1:], so many of them
}

func ranks(column []int32) *values {
	distinct := slices.Clone(column)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	v := &values{make([]int32, len(column)), make([]float64, len(distinct)+1), make([]float64, len(distinct)+1)}
	for row, x := range column {
		r, _ := slices.BinarySearch(distinct, x)
		v.rank[row] = int32(r)
		v.before[r+1]++
	}
	for r := range distinct {
		v.before[r+1] += v.before[r]
		v.sums[r+1] = v.sums[r] + v.before[r+1]
	}
	return v
}

// A heap of rows is so many with a value of the same rank.
type heap struct {
	rank int32
	n    float64
}

// heaps returns the values of some rows, lowest first, in a buffer.
func (v *values) heaps(rows []int32, into []heap) []heap {
	into = into[:0]
	for _, row := range rows {
		into = append(into, heap{v.rank[row], 1})
	}
	slices.SortFunc(into, func(a, b heap) int { return int(a.rank - b.rank) })
	n := 0
	for _, h := range into {
		if n > 0 && into[n-1].rank == h.rank {
			into[n-1].n++
		} else {
			into[n] = h
			n++
		}
	}
	return into[:n]
}

// each calls a function with the values of every class.
func (c *Classes) each(sensitive []int32, f func(v *values, size float64, in []heap)) {
	v := ranks(sensitive)
	var buffer []heap
	for i := range int32(c.Len()) {
		buffer = v.heaps(c.Members(i), buffer)
		f(v, float64(c.Size(i)), buffer)
	}
}

// Diversity returns how many values a class has, at least.
func (c *Classes) Diversity(sensitive []int32) int32 {
	least := int32(0)
	c.each(sensitive, func(_ *values, _ float64, in []heap) {
		if l := int32(len(in)); least == 0 || l < least {
			least = l
		}
	})
	return least
}

// EntropyDiversity returns exp(H) of the values of a class, at least.
func (c *Classes) EntropyDiversity(sensitive []int32) float64 {
	least := 0.0
	c.each(sensitive, func(_ *values, size float64, in []heap) {
		sum := 0.0
		for _, h := range in {
			sum += float64(h.n * detmath.Log(size/h.n))
		}
		if l := detmath.Exp(sum / size); least == 0 || l < least {
			least = l
		}
	})
	return least
}

// Closeness returns how far the values of a class are from those of all rows, at most, where
// all values are equally far from each other.
func (c *Classes) Closeness(sensitive []int32) float64 {
	return c.farthest(sensitive, (*values).equal)
}

// OrderedCloseness returns the same where values are so far apart as they are in order.
func (c *Classes) OrderedCloseness(sensitive []int32) float64 {
	return c.farthest(sensitive, (*values).ordered)
}

func (c *Classes) farthest(sensitive []int32, distance func(*values, float64, []heap) float64) (t float64) {
	c.each(sensitive, func(v *values, size float64, in []heap) { t = max(t, distance(v, size, in)) })
	return t
}

// equal returns half the sum of |q - p|: that of all q that are more than p.
func (v *values) equal(size float64, in []heap) (d float64) {
	all := v.before[len(v.before)-1]
	for _, h := range in {
		p := (v.before[h.rank+1] - v.before[h.rank]) / all
		d += max(0, h.n/size-p)
	}
	return d
}

// ordered returns the sum over all values of how much has to be carried past them, |Q - P| of the
// sums so far, over m - 1. It is computed in whole numbers, of rows times rows.
func (v *values) ordered(size float64, in []heap) float64 {
	m := len(v.before) - 1
	if m < 2 {
		return 0
	}
	sum, q, from := 0.0, 0.0, 0
	for _, h := range in {
		sum += v.past(from, int(h.rank), q, size)
		q, from = q+h.n, int(h.rank)
	}
	sum += v.past(from, m, q, size)
	return sum / v.before[m] / size / float64(m-1)
}

// past sums |q all - P size| over the ranks from a to before b, between which q stays. P grows, so
// there is one place where it overtakes q.
func (v *values) past(a, b int, q, size float64) float64 {
	all := v.before[len(v.before)-1]
	over := a + sort.Search(b-a, func(i int) bool { return float64(v.before[a+i+1]*size) >= float64(q*all) })
	short := float64(float64(over-a)*float64(q*all)) - float64((v.sums[over]-v.sums[a])*size)
	return short + float64((v.sums[b]-v.sums[over])*size) - float64(float64(b-over)*float64(q*all))
}
