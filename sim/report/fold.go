package report

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// turnsLeast is how many turns of an invariant are told one by one.
const turnsLeast = 4

// fold makes one row of the turns of an invariant, violated and met again and violated,
// that follow one another without anything else between: a condition that is at its
// limit may turn at each scan. The first two are told, and what is so in the end.
func fold(list []row) (short []row) {
	for i := 0; i < len(list); {
		from := i
		for i < len(list) && list[i].turns() {
			i++
		}
		if i == from {
			short = append(short, list[i])
			i++
			continue
		}
		short = append(short, foldTurns(list[from:i])...)
	}
	return short
}

// turns reports whether a row says that an invariant is violated, or met again.
func (r *row) turns() bool {
	return r.event.Kind == sim.ViolationBegan || r.event.Kind == sim.ViolationEnded
}

// foldTurns does so for rows that are all of that sort; of several invariants each has a
// row of its own, where its turns would go on.
func foldTurns(list []row) (short []row) {
	total, seen, told := map[int]int{}, map[int]int{}, map[int]int{}
	for i := range list {
		of := list[i].event.Index
		if total[of]++; total[of] == 1 {
			told[of] = 2
			if list[i].event.Kind == sim.ViolationEnded { // so that what is folded begins with a violation
				told[of] = 3
			}
		}
	}
	for i := range list {
		of := list[i].event.Index
		n := seen[of]
		seen[of]++
		last := n == total[of]-1 && list[i].event.Kind == sim.ViolationBegan
		switch {
		case n < told[of] || last || total[of] <= turnsLeast:
			short = append(short, list[i])
		case n == told[of]:
			short = append(short, turning(list[i:]))
		}
	}
	return short
}

// turning tells of the turns of an invariant from the first row on.
func turning(list []row) row {
	times, name, until := 0, "", ""
	for i := range list {
		if r := &list[i]; r.event.Index == list[0].event.Index && r.event.Kind == sim.ViolationEnded {
			times, until = times+1, r.at
			name = strings.TrimSuffix(r.key, metAgain)
		}
	}
	return row{colour: dim, text: fmt.Sprintf("... %s violated and met again %s until %s", name, more(times), until), key: "...", rank: turns}
}

func more(times int) string {
	if times == 1 {
		return "once more"
	}
	return fmt.Sprintf("%d more times", times)
}
