package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Witness says in the words of the scenario why an invariant was violated: which
// part of it held, or did not, over which time, and why that is so.
type Witness struct {
	Text  string
	Holds bool
	// From and To are the time, both included; Since is from when on it was so already.
	From, To, Since vtime.Time
	// Of a comparison: the extremes of its margin in that time, and where they were. NaN
	// where they are not known.
	Least, Most     float64
	LeastAt, MostAt vtime.Time
	Unit            unit.Unit
	Parts           []Witness
}

// number is a margin, or NaN where it is that of a truth.
func number(margin float64) float64 {
	if math.IsInf(margin, 0) {
		return math.NaN()
	}
	return margin
}

// witnessOf puts a witness in words.
func (i *Invariant) witnessOf(w *monitor.Witness) Witness {
	list := Witness{
		Text: w.Formula.Show(func(atom int) string { return i.condition(atom).Text }), Holds: w.Holds,
		From: w.From, To: w.To, Since: w.Since, Least: number(w.Least), LeastAt: w.LeastAt, Most: number(w.Most), MostAt: w.MostAt,
	}
	if w.Formula.Op == formula.Atom {
		if a := i.comparison(w.Formula.Atom, -1); a != nil {
			list.Unit = a.Unit
		}
	}
	for _, p := range w.Parts {
		list.Parts = append(list.Parts, i.witnessOf(p))
	}
	return list
}
