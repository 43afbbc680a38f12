package report

import (
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// failed says which parts of an invariant failed, and when: as of what is told of it, or, where one thing alone
// counts later, such as at the end, then.
func failed(w *sim.Witness) (list []sentence) {
	if w == nil || len(w.Parts) == 0 {
		return nil
	}
	at := w.From
	if len(w.Parts) == 1 && len(w.Parts[0].Parts) == 0 {
		at = w.Parts[0].From
	}
	list = append(list, sentence{plain, "failed at " + at.Short() + ":"})
	for k := range w.Parts {
		list = witnessed(list, &w.Parts[k], 2)
	}
	return list
}

// witnessed says which part of an invariant failed, over which time, and why.
func witnessed(list []sentence, w *sim.Witness, depth int) []sentence {
	text := clean(w.Text) + " " + happened(w)
	if len(w.Parts) > 0 {
		text += ":"
	}
	list = append(list, sentence{strings.Repeat("  ", min(depth, 12)), text})
	for k := range w.Parts {
		list = witnessed(list, &w.Parts[k], depth+1)
	}
	return list
}

// happened says that something held, or did not, when, and how far it was from
// changing.
func happened(w *sim.Witness) string {
	text := "held"
	if !w.Holds {
		text = "did not hold"
	}
	if w.To == w.From {
		text += " at " + w.From.Short()
	} else {
		text += " from " + w.From.Short() + " to " + w.To.Short()
	}
	if len(w.Parts) == 0 && w.Since < w.From {
		since := "had since "
		if !w.Holds {
			since = "had not since "
		}
		text += ", as it " + since + w.Since.Short()
	}
	by := func(x float64) string { return figure(math.Abs(x), w.Unit.Delta()) }
	switch {
	case math.IsNaN(w.Most):
		return text
	case w.Holds:
		return text + ", by up to " + by(w.Most) + " at " + w.MostAt.Short()
	case w.Most == 0:
		return text + ", and was at its limit at " + w.MostAt.Short()
	}
	return text + ", short of it by " + by(w.Most) + " at best, at " + w.MostAt.Short()
}

// witnessJSON is a witness as data.
func witnessJSON(w *sim.Witness) *jsonWitness {
	if w == nil {
		return nil
	}
	j := &jsonWitness{
		Formula: w.Text, Holds: w.Holds, From: jsonTime(w.From), To: jsonTime(w.To),
		Least: JSONNumber(w.Least, w.Unit.Delta()), Most: JSONNumber(w.Most, w.Unit.Delta()),
		Unit: w.Unit.Delta().Symbol, Parts: []jsonWitness{},
	}
	if !math.IsNaN(w.Least) {
		j.LeastAt = jsonTime(w.LeastAt)
	}
	if !math.IsNaN(w.Most) {
		j.MostAt = jsonTime(w.MostAt)
	}
	for k := range w.Parts {
		j.Parts = append(j.Parts, *witnessJSON(&w.Parts[k]))
	}
	return j
}

// untouched names the injections that changed nothing that an invariant reads.
func untouched(r *sim.Result, i *sim.InvariantResult) []string {
	names := []string{}
	for _, k := range i.Untouched {
		names = append(names, r.Injections[k].Step.Name)
	}
	return names
}
