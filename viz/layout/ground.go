package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
)

// farthest bounds positions that are believed.
const farthest = 1e9

// fewest is how many devices with positions are more than where people stand.
const fewest = 3

// sparse is how many cells there are for each device where most are empty.
const sparse = 3

// ground has the devices of an area stand as they do on the ground, where all have
// positions: as far right as they are east, as far up as they are north, on a grid that
// keeps their order, the distances roughly. Where most of that would be empty, and the ground
// has a picture of its own, names have the room.
func (b *builder) ground(a *area) bool {
	n := len(a.devices)
	if n < fewest {
		return false
	}
	var along [2][]float64
	for _, d := range a.devices {
		p := b.h.Devices[d].Position
		if p == nil || !(math.Abs(p[0]) < farthest && math.Abs(p[1]) < farthest) {
			return false
		}
		along[0], along[1] = append(along[0], p[0]), append(along[1], -p[1])
	}
	columns, rows := ticks(along[0]), ticks(along[1])
	taken, ring := map[seat]bool{}, map[seat]int{}
	for i := range a.devices {
		wish := seat{columns[i], rows[i]}
		at, r := free(taken, wish, ring[wish])
		taken[at], ring[wish] = true, r
		a.fixed = append(a.fixed, at)
	}
	a.columns = press(a.fixed, func(s *seat) *int { return &s.column })
	a.rows = press(a.fixed, func(s *seat) *int { return &s.row })
	if a.columns*a.rows > sparse*n && b.seenFromAbove() {
		a.fixed, a.columns, a.rows = nil, 0, 0
		return false
	}
	return true
}

// seenFromAbove reports whether there is a picture of the ground as well.
func (b *builder) seenFromAbove() bool {
	return slices.ContainsFunc(b.h.Devices, func(d trace.Device) bool { return d.Look != nil && d.Look.Place != nil })
}

// ticks divides positions on a line into as many places as a square of all would have on
// a side, twice over.
func ticks(along []float64) []int {
	low, high := slices.Min(along), slices.Max(along)
	n := 2 * math.Ceil(math.Sqrt(float64(len(along))))
	list := make([]int, len(along))
	for i, x := range along {
		if high > low {
			list[i] = int(min(n-1, (x-low)/(high-low)*n))
		}
	}
	return list
}

// free returns the nearest cell to one that is free, in rings around it beginning with
// one, and in which it is.
func free(taken map[seat]bool, at seat, r int) (seat, int) {
	for ; ; r++ {
		for dy := -r; dy <= r; dy++ {
			step := 1
			if dy > -r && dy < r {
				step = max(1, 2*r)
			}
			for dx := -r; dx <= r; dx += step {
				if s := (seat{at.column + dx, at.row + dy}); !taken[s] {
					return s, r
				}
			}
		}
	}
}

// press takes out the columns, or rows, in which nothing stands, and returns how many
// there are.
func press(seats []seat, of func(*seat) *int) int {
	order := make([]int, len(seats))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int { return cmp.Compare(*of(&seats[i]), *of(&seats[k])) })
	n, last := -1, math.MinInt
	for _, i := range order {
		at := of(&seats[i])
		if *at != last {
			last = *at
			n++
		}
		*at = n
	}
	return n + 1
}
