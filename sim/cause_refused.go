package sim

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/data"
)

// maxRefusals is how many refusals of a request are named.
const maxRefusals = 3

// turnedAway says which checks refused what somebody asked for, where it would have come to a store: its own, and those of
// the stores from which it hears of that. It is empty where none did.
func (w *world) turnedAway(store, person int32, right data.Right, purpose int32) string {
	want, ways := data.Claimed(data.Number(person, purpose), right), w.waysTo(store, right)
	var texts []string
	for i := range w.decisions {
		d := &w.decisions[i]
		if d.Reaction != check.Reject && d.Reaction != check.Trip && d.Reaction != check.Hold || len(texts) == maxRefusals {
			continue
		}
		at := w.plan.guards[d.Guard].Device
		if k := slices.IndexFunc(ways, func(s int32) bool { return int32(w.plan.storeRank(int(s))) == at }); k < 0 || !w.says(d, ways[k], right, want) {
			continue
		}
		texts = append(texts, fmt.Sprintf("%s refused it at %s (check %s)", d.Device, d.At.Short(), d.Check))
	}
	return strings.Join(texts, ", and ")
}

// says reports whether what was refused was such a request, by its number; where the check was about the message as a whole,
// by the way that it came.
func (w *world) says(d *Decision, store int32, right data.Right, number float64) bool {
	if d.Flow < 0 || !w.plan.asksBy(&w.plan.book.Flows[d.Flow], int(store), right) {
		return false
	}
	if math.IsNaN(d.Offered) {
		person, _ := data.Named(number)
		return slices.ContainsFunc(w.holdings.Asks(), func(a data.Ask) bool { return a.Person == person && a.Right == right && a.At <= d.At })
	}
	_, said := data.Addressee(d.Offered)
	return said == number
}

// waysTo lists a store and all stores from which it hears of a right, directly or not.
func (w *world) waysTo(store int32, right data.Right) (list []int32) {
	list = []int32{store}
	for i := 0; i < len(list); i++ {
		for k := range w.plan.book.Flows {
			f := &w.plan.book.Flows[k]
			if !w.plan.asksBy(f, int(list[i]), right) {
				continue
			}
			from := slices.IndexFunc(w.plan.storeRanks, func(rank int) bool { return rank == int(f.Sender) })
			if from >= 0 && !slices.Contains(list, int32(from)) {
				list = append(list, int32(from))
			}
		}
	}
	return list
}
