package places

import (
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/rng"
)

// Unicity returns the share of people whom so many random points of their own trace tell apart
// from everybody else. Who has fewer points is asked with all of them; who has none is left out.
func (x *Index) Unicity(points int, key rng.Key) float64 {
	alone, asked := 0, 0
	var picked []Point
	for person := range x.traces.People() {
		own := x.traces.Of(person)
		if len(own) == 0 {
			continue
		}
		picked = pick(own, points, key.Member(int(person)), picked)
		asked++
		if x.matches(picked, 2) == 1 {
			alone++
		}
	}
	if asked == 0 {
		return 0
	}
	return float64(alone) / float64(asked)
}

// pick draws points, each at most once (Floyd's algorithm).
func pick(own []Point, points int, key rng.Key, picked []Point) []Point {
	picked = picked[:0]
	for last := max(len(own)-points, 0); last < len(own); last++ {
		p := own[int(key.Float64(uint64(last))*float64(last+1))]
		for _, q := range picked {
			if p == q {
				p = own[last]
				break
			}
		}
		picked = append(picked, p)
	}
	return picked
}

// Independent returns the unicity of so many points where everybody is in a random one of so many
// cells in each hour, whatever others do: (1 - cells^-points)^(people - 1).
func Independent(people, cells float64, points int) float64 {
	match := 1.0
	for range points {
		match /= cells
	}
	return detmath.Exp(float64((people - 1) * detmath.Log1p(-match)))
}
