package places

import "slices"

// An Index finds who was somewhere.
type Index struct {
	traces *Traces
	points []Point // in order, each once
	hours  []int32 // where the points of each hour begin
	starts []int32
	people []int32 // point by point, in order
}

// Index returns the index of traces. It takes at most 16 bytes for each of their points, and twice
// as much while it is made.
func (t *Traces) Index() *Index {
	x := &Index{traces: t, people: make([]int32, len(t.points))}
	keys := make([]uint64, 0, len(t.points))
	for person := range t.People() {
		for _, p := range t.Of(person) {
			keys = append(keys, uint64(p)<<20|uint64(person))
		}
	}
	sortKeys(keys)
	for i, k := range keys {
		p := Point(k >> 20)
		if n := len(x.points); n == 0 || x.points[n-1] != p {
			x.points, x.starts = append(x.points, p), append(x.starts, int32(i))
		}
		x.people[i] = int32(k & (MaxPeople - 1))
	}
	x.starts = append(x.starts, int32(len(keys)))
	for i, p := range x.points {
		for int(p.Hour()) >= len(x.hours) {
			x.hours = append(x.hours, int32(i))
		}
	}
	x.hours = append(x.hours, int32(len(x.points)))
	return x
}

// sortKeys sorts numbers by their digits of 16 bits, the last one first. Digits that are the same in all
// take no time.
func sortKeys(keys []uint64) {
	const digits, wide = 4, 1 << 16
	if len(keys) < wide {
		slices.Sort(keys)
		return
	}
	other, from := make([]uint64, len(keys)), keys
	counts := make([]int, wide)
	for d := range digits {
		clear(counts)
		for _, k := range from {
			counts[k>>(16*d)&(wide-1)]++
		}
		if counts[from[0]>>(16*d)&(wide-1)] == len(from) {
			continue
		}
		place := 0
		for i, n := range counts {
			counts[i], place = place, place+n
		}
		for _, k := range from {
			at := &counts[k>>(16*d)&(wide-1)]
			other[*at] = k
			*at++
		}
		from, other = other, from
	}
	copy(keys, from)
}

// At returns who was there, in order.
func (x *Index) At(p Point) []int32 {
	hour := int(p.Hour())
	if hour+1 >= len(x.hours) {
		return nil
	}
	first := x.hours[hour]
	i, found := slices.BinarySearch(x.points[first:x.hours[hour+1]], p)
	if !found {
		return nil
	}
	i += int(first)
	return x.people[x.starts[i]:x.starts[i+1]]
}

// Matches returns how many people were at all of some points; all of them where there are none.
func (x *Index) Matches(points []Point) int32 {
	return x.matches(points, x.traces.People())
}

// matches counts up to so many. It looks at those who were at the least visited point.
func (x *Index) matches(points []Point, most int32) (n int32) {
	if len(points) == 0 {
		return min(x.traces.People(), most)
	}
	fewest := x.At(points[0])
	for _, p := range points[1:] {
		if there := x.At(p); len(there) < len(fewest) {
			fewest = there
		}
	}
	for _, person := range fewest {
		if x.everywhere(person, points) {
			if n++; n == most {
				break
			}
		}
	}
	return n
}

func (x *Index) everywhere(person int32, points []Point) bool {
	for _, p := range points {
		if !x.traces.has(person, p) {
			return false
		}
	}
	return true
}
