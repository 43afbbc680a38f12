package reference

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Choice picks a number from least to most, both included. What is made of least is
// the simplest.
type Choice func(least, most int) int

// DrawFormula picks a formula over so many atoms, of so many operations on top of each
// other at most, with intervals of up to longest.
func DrawFormula(choose Choice, atoms, depth int, longest vtime.Duration) *formula.Formula {
	if depth == 0 || choose(0, 5) == 0 {
		if choose(0, 7) == 7 {
			return &formula.Formula{Op: formula.Constant, Over: formula.All, Value: choose(0, 1) == 1}
		}
		return formula.Of(choose(0, atoms-1))
	}
	op := formula.Op(choose(int(formula.Not), int(formula.Fall)))
	f := formula.New(op)
	for range arguments(op, choose) {
		f.Args = append(f.Args, DrawFormula(choose, atoms, depth-1, longest))
	}
	if op.Timed() {
		f.Over = drawInterval(choose, longest)
	}
	return f
}

func arguments(op formula.Op, choose Choice) int {
	switch op {
	case formula.Not, formula.Always, formula.Eventually, formula.Historically, formula.Once, formula.Rise, formula.Fall:
		return 1
	case formula.And, formula.Or:
		return choose(1, 3)
	}
	return 2
}

// drawInterval picks an interval; one in five has no end.
func drawInterval(choose Choice, longest vtime.Duration) formula.Interval {
	w := formula.Interval{From: max(0, vtime.Duration(choose(-int(longest), int(longest))))}
	w.To = w.From + vtime.Duration(choose(0, int(longest-w.From)))
	if choose(0, 4) == 4 {
		w.To = formula.Forever
	}
	return w
}

// DrawSignal picks a signal of some times, up to longest of them, whose atoms have some
// of the given values, and often keep them.
func DrawSignal(choose Choice, atoms, longest int, values ...float64) Signal {
	now := make([]float64, atoms)
	for i := range now {
		now[i] = values[choose(0, len(values)-1)]
	}
	s := make(Signal, choose(1, longest))
	for t := range s {
		for range max(1, choose(-4, 3)) {
			for i := range now {
				if choose(0, 3) == 3 {
					now[i] = values[choose(0, len(values)-1)]
				}
			}
			s[t] = append(s[t], append([]float64(nil), now...))
		}
	}
	return s
}
