package report

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim"
)

// someBesides is how many steps are named that are on a way to a violation besides the one that its line of causes
// ends in.
const someBesides = 4

// besides names the other steps on a way to a violation: one line of causes leads to one step, which need not be
// the one without which it would not have come. What to ask to find out stands behind.
func besides(r *sim.Result, i *sim.InvariantResult) string {
	if len(i.Also) == 0 || last(i.Causes) < 0 {
		return ""
	}
	steps := slices.Clone(i.Also)
	slices.SortStableFunc(steps, func(a, b int) int { return int(r.Injections[a].Step.Kind) - int(r.Injections[b].Step.Kind) })
	more := ""
	if n := len(steps) - someBesides; n > 1 {
		steps, more = steps[:someBesides], fmt.Sprintf(" and %d more", n)
	}
	all := func(string) bool { return true }
	return joining(r, steps, "Also on the way to it: ", all) + more + ". Which of them it needed says `harmproof why " + shell(source(r.Plan)) + " " + clean(i.Name) + "`."
}
