package layout

import (
	"cmp"
	"slices"
)

// wide is how wide a conduit is drawn: ends that are nearer would lie on each other.
const wide = 6

// An end is the upright line with which a conduit leaves a hall, up or down; where it is a
// port, it may be anywhere between two places.
type end struct {
	line      *line
	up        bool
	low, high float32
}

// assign gives each line of a street a lane.
func (s *street) assign() {
	s.merge()
	lane, circle := s.fill(s.order())
	for tries := 0; len(circle) > 0 && tries < 4*mostLanes && slices.ContainsFunc(circle, s.part); tries++ {
		slices.SortStableFunc(s.spans, spanOrder)
		lane, circle = s.fill(s.order())
	}
	pitch := min(s.apart, (s.width-4)/float32(max(1, s.lanes)))
	for i, x := range s.spans {
		at := s.center + (float32(lane[i])-float32(s.lanes-1)/2)*pitch
		for l := x.line; l != nil; l = l.with {
			l.at = at
		}
	}
}

// fill finds lanes, one after the other: each takes what still has none from its beginning
// to its end, without what must lie beneath something else that had none before. Of spans
// that must lie beneath each other in a circle one takes its turn all the same, and fill
// returns them.
func (s *street) fill(above [][]int) (lane, circle []int) {
	lane = make([]int, len(s.spans))
	for i := range lane {
		lane[i] = -1
	}
	s.lanes = 0
	for left := len(lane); left > 0 && s.lanes < 4*mostLanes; s.lanes++ {
		taken := s.fillLane(lane, func(i int) bool {
			return !slices.ContainsFunc(above[i], func(k int) bool { return lane[k] < 0 || lane[k] == s.lanes })
		})
		if taken == 0 {
			if circle == nil {
				circle = circleOf(above, lane)
			}
			lane[slices.Index(lane, -1)], taken = s.lanes, 1
		}
		left -= taken
	}
	for i := range lane {
		if lane[i] < 0 {
			lane[i] = i % s.lanes
		}
	}
	return lane, circle
}

// circleOf goes from what has no lane to what must lie above it and has none either, until
// it goes in a circle.
func circleOf(above [][]int, lane []int) (circle []int) {
	at := slices.Index(lane, -1)
	next := func() int {
		return above[at][slices.IndexFunc(above[at], func(k int) bool { return lane[k] < 0 })]
	}
	for range lane {
		at = next()
	}
	for len(circle) == 0 || circle[0] != at {
		circle = append(circle, at)
		at = next()
	}
	return circle
}

// part moves a port of a span to where no other conduit leaves the hall, and reports whether
// it has one and there is such a place.
func (s *street) part(i int) bool {
	x := &s.spans[i]
	for _, e := range x.ends {
		if e.low >= e.high {
			continue
		}
		if at, free := s.port(e.line.at, e.low, e.high); free {
			e.line.at = at
			x.low, x.high = min(x.ends[0].line.at, x.ends[1].line.at), max(x.ends[0].line.at, x.ends[1].line.at)
			return true
		}
	}
	return false
}

// fillLane has the next lane take what may be in it, and says how many these are.
func (s *street) fillLane(lane []int, may func(int) bool) (taken int) {
	end := float32(0)
	for i, x := range s.spans {
		if lane[i] < 0 && (taken == 0 || end+s.apart < x.low) && may(i) {
			lane[i], end = s.lanes, x.high
			taken++
		}
	}
	return taken
}

// order lists for each span those that must lie above it in a hall: where a conduit leaves
// it upwards and another one downwards at the same place, they would run on each other
// between their lanes if the first did not have the upper one.
func (s *street) order() (above [][]int) {
	type side struct {
		at   float32
		up   bool
		span int
	}
	var sides []side
	for i := range s.spans {
		for _, e := range s.spans[i].ends {
			if e.line != nil {
				sides = append(sides, side{e.line.at, e.up, i})
			}
		}
	}
	slices.SortStableFunc(sides, func(x, y side) int { return cmp.Compare(x.at, y.at) })
	above = make([][]int, len(s.spans))
	for i, x := range sides {
		for _, y := range sides[i+1 : min(len(sides), i+4*mostLanes)] { // more have no room anyway
			if y.at-x.at >= wide {
				break
			}
			if x.up && !y.up && x.span != y.span {
				above[y.span] = append(above[y.span], x.span)
			} else if y.up && !x.up && x.span != y.span {
				above[x.span] = append(above[x.span], y.span)
			}
		}
	}
	return above
}
