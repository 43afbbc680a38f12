package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
)

// From which share of what it carries a link is busy, and overloaded.
const busy, overloaded = 0.7, 0.9

// usedOf finds in the tables of a report what share of what they carry conduits carried during
// the run, by their numbers: of one of several classes or ways the greatest.
func usedOf(t *trace.Trace) map[int]float64 {
	used := map[int]float64{}
	if t.Result == nil {
		return used
	}
	numbers := map[string]int{}
	for i := range t.Header.Conduits {
		numbers[t.Header.Conduits[i].Name] = i
	}
	for _, table := range t.Result.Tables {
		if len(table.Heads) < 2 || table.Heads[0] != "Capacity" || table.Heads[1] != "Used" {
			continue
		}
		for _, row := range table.Rows {
			if len(row) < 2 {
				continue
			}
			name, _, way := strings.Cut(row[0], " from ")
			conduit, ok := numbers[name]
			percent, err := strconv.ParseFloat(strings.TrimSuffix(strings.ReplaceAll(row[1], " ", ""), "%"), 64)
			if ok && way && err == nil && percent >= 0 && percent <= 1000 {
				used[conduit] = max(used[conduit], percent/100)
			}
		}
	}
	return used
}

// conduitName is what stands beside a conduit: how much of it was used, where that is known.
func (s *side) conduitName(index int) string {
	name := s.header().Conduits[index].Name
	if part, ok := s.used[index]; ok {
		name += fmt.Sprintf(" %.0f %%", 100*part)
	}
	return name
}

// load is the color of a conduit by how much of it was used.
func (v *View) load(s *side, index int) (draw.Color, bool) {
	switch part := s.used[index]; {
	case part >= overloaded:
		return v.theme.Violated, true
	case part >= busy:
		return v.theme.Warning, true
	}
	return v.theme.Soft, false
}
