package data

import (
	"fmt"
	"strconv"

	"github.com/harmproof/harmproof/sim/vtime"
)

// howTogether says by which points the record of a person in one store of a linker is found in another
// one, and how many people as many points tell apart there.
func (s *State) howTogether(l *lore, from, to, k int32) string {
	x := s.together(l, from, to, k)
	if x == nil {
		return "by nothing"
	}
	f, r := x.found[k], s.roams[l.population]
	text := "a point"
	if f.shared != 1 {
		text = strconv.Itoa(int(f.shared)) + " points"
	}
	text += " of " + s.grain(r, x) + " that "
	switch f.alike {
	case 1:
		text += "nobody else shares"
	default:
		text += strconv.Itoa(int(f.alike)) + " people share"
	}
	there := r.located[x.to]
	chart := s.chart(r, there, x.when, x.wide)
	const most = 5 // more points hardly single out more
	n := min(f.shared, most)
	share := chart.indexed().Unicity(int(n), s.pointsOf(there.shelf))
	text += fmt.Sprintf("; %d of its own single out %.1f %% of %d people there", n, float64(100*share), chart.traces.People())
	if n == published {
		text += " (of 1.5 million by hour and antenna 95 %: de Montjoye et al. 2013)"
	}
	r.maps = nil
	return text
}

// Told says how many people a store tells apart by where they were, of a question about that.
func (s *State) Told(question int) string {
	q := &s.Questions[question]
	sh := &s.Shelves[s.locatedIn(q.Store)]
	r := s.roams[s.Attributes[sh.Attribute].Population]
	return fmt.Sprintf("%d points of %s that %s has of somebody are those of nobody else for %.1f %% of %d people", q.Points, s.grain(r, &trail{when: sh.When, wide: sh.Where}), s.Stores[q.Store].Name, float64(100*s.answers[question].share), s.Subjects(q.Store))
}

// published is how many points figures are published of.
const published = 4

// grain says how fine the points of a trail are.
func (s *State) grain(r *roam, x *trail) string {
	wide := float64(float64(x.wide) * s.Populations[r.population].Moves.Cell)
	unit := " m"
	if wide >= 1000 {
		wide, unit = wide/1000, " km"
	}
	return spanOf(x.when) + " and " + strconv.FormatFloat(wide, 'g', 4, 64) + unit
}

// spanOf is a span of time in the largest unit of which it is a whole number.
func spanOf(d vtime.Duration) string {
	for _, u := range []struct {
		name string
		unit vtime.Duration
	}{{"d", vtime.Day}, {"h", vtime.Hour}, {"min", vtime.Minute}} {
		if d%u.unit == 0 {
			return strconv.FormatInt(int64(d/u.unit), 10) + " " + u.name
		}
	}
	return d.String()
}
