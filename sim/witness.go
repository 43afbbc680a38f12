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
	// From and To are the time, To is Never where it went on when it was found.
	From, To vtime.Time
	// Of a comparison: how far it was at most from changing, in that time, and where.
	// NaN where there is no number.
	Margin  float64
	At      vtime.Time
	Nearest float64 // how far it was at least
	Near    vtime.Time
	Unit    unit.Unit
	Parts   []Witness
}

// witnessOf puts a witness in words.
func (i *Invariant) witnessOf(w *monitor.Witness) Witness {
	list := Witness{
		Text: w.Formula.Show(func(atom int) string { return i.condition(atom).Text }), Holds: w.Holds, From: w.From, To: w.To,
		Margin: math.NaN(), Nearest: math.NaN(),
	}
	if w.Formula.Op == formula.Atom && !math.IsInf(w.Least, 0) && !math.IsInf(w.Most, 0) && !math.IsNaN(w.Least) {
		list.Margin, list.At, list.Nearest, list.Near = w.Most, w.MostAt, w.Least, w.LeastAt
		if !w.Holds {
			list.Margin, list.At, list.Nearest, list.Near = -w.Least, w.LeastAt, -w.Most, w.MostAt
		}
		if a := i.comparison(w.Formula.Atom, -1); a != nil {
			list.Unit = a.Unit
		}
	}
	for _, p := range w.Parts {
		list.Parts = append(list.Parts, i.witnessOf(p))
	}
	return list
}
