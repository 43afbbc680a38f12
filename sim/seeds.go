package sim

import (
	"fmt"
	"maps"
	"slices"
)

// Agree compares the runs of several seeds of one plan with what is expected of
// all together: without `in:` every run must be as expected; with it the share of
// the runs that are, and of those that show a violation with a share of its own.
// It returns what is not met, in words.
func Agree(runs []*Result) (unmet []string) {
	if len(runs) == 0 {
		return nil
	}
	e := &runs[0].Plan.Expect
	good := 0
	for _, r := range runs {
		if r.AsExpected() {
			good++
		}
	}
	if least := share(e.In); float64(good) < least*float64(len(runs)) {
		unmet = append(unmet, fmt.Sprintf("%d of %d seeds were as expected, but %.4g%% must be", good, len(runs), float64(100*least)))
	}
	for _, name := range slices.Sorted(maps.Keys(e.Violated)) {
		if text := agreeOn(name, share(e.Violated[name].In), runs); text != "" {
			unmet = append(unmet, text)
		}
	}
	return unmet
}

// agreeOn counts the runs that show a known violation.
func agreeOn(name string, least float64, runs []*Result) string {
	if least >= 1 {
		return ""
	}
	seen := 0
	for _, r := range runs {
		if i, err := r.Invariant(name); err == nil && i.Expected {
			seen++
		}
	}
	if float64(seen) >= least*float64(len(runs)) {
		return ""
	}
	return fmt.Sprintf("%s was violated in %d of %d seeds, but it must be in %.4g%%", name, seen, len(runs), float64(100*least))
}

// share is a share of the seeds; where none is given all of them.
func share(x float64) float64 {
	if x == 0 {
		return 1
	}
	return x
}
