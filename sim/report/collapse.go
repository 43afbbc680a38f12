package report

import (
	"fmt"
	"slices"
	"strings"
)

// Lines of the story that are shown, and to how many they are cut where there
// are more: what is left out takes lines too.
const (
	most = 24
	kept = 18
)

// collapse leaves out what matters least, and says in words what that was.
func collapse(list []row, dropped int) []row {
	if len(list) <= most && dropped == 0 {
		return list
	}
	keep := chosen(list)
	var short []row
	for i := 0; i < len(list); {
		if keep[i] {
			short = append(short, list[i])
			i++
			continue
		}
		from := i
		for i < len(list) && !keep[i] {
			i++
		}
		if i == from+1 {
			short = append(short, list[from])
			continue
		}
		short = append(short, row{colour: dim, text: "... " + summary(list[from:i]), key: "..."})
	}
	if dropped > 0 && len(short) > 0 {
		note := row{colour: dim, text: fmt.Sprintf("... %d later lines were not kept", dropped), key: "..."}
		short = slices.Insert(short, len(short)-1, note)
	}
	return short
}

// chosen marks the rows that are shown: all where they fit, else by rank, and
// nothing that was there before.
func chosen(list []row) []bool {
	keep := make([]bool, len(list))
	left := len(list)
	if left > most {
		left = kept
	}
	for rank := ends; rank <= others; rank++ {
		if rank == others && len(list) > most {
			break
		}
		for i := range list {
			if list[i].rank == rank && left > 0 {
				keep[i] = true
				left--
			}
		}
	}
	keep[0], keep[len(list)-1] = true, true
	return keep
}

// summary says what happened in rows that are not shown: "14 x violated, 13 x
// met again".
func summary(list []row) string {
	var keys []string
	times := map[string]int{}
	for _, r := range list {
		if times[r.key]++; times[r.key] == 1 {
			keys = append(keys, r.key)
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return times[b] - times[a] })
	var parts []string
	for _, key := range keys[:min(len(keys), 4)] {
		if times[key] == 1 {
			parts = append(parts, key)
		} else {
			parts = append(parts, fmt.Sprintf("%s %d times", key, times[key]))
		}
	}
	if n := len(keys) - 4; n > 0 {
		parts = append(parts, "and more")
	}
	return strings.Join(parts, ", ")
}
