package reference

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Signal is the values of the atoms: those at time t, in its round n, are
// Signal[t][n]. Each time has a round at least, and has the values of its last one in
// all rounds after that. A truth is a number above or below 0.
type Signal [][][]float64

// Beyond is what comes after a signal.
type Beyond uint8

// What may come.
const (
	GoesOn     Beyond = iota // anything, from the next time on
	Open                     // anything, and first of all another round of the last time
	Over                     // nothing: the run has ended, so what ranges over the run ranges up to its end
	MayEnd                   // what is so if it goes on and wherever it ends
	OpenMayEnd               // both
	Held                     // the last values, for ever
)

// A Range has what a value can be.
type Range struct{ Lo, Hi float64 }

// Known reports whether the value can be one thing only.
func (r Range) Known() bool { return r.Lo == r.Hi }

var (
	unknown = Range{math.Inf(-1), math.Inf(1)}
	never   = Range{math.Inf(-1), math.Inf(-1)}
	always  = Range{math.Inf(1), math.Inf(1)}
)

func not(p Range) Range    { return Range{-p.Hi, -p.Lo} }
func and(p, q Range) Range { return Range{min(p.Lo, q.Lo), min(p.Hi, q.Hi)} }
func or(p, q Range) Range  { return Range{max(p.Lo, q.Lo), max(p.Hi, q.Hi)} }

func negated(p []Range) []Range {
	out := make([]Range, len(p))
	for i := range p {
		out[i] = not(p[i])
	}
	return out
}

// A grid is the instants of a signal, and so many more that nothing changes any more:
// the last round of a time stands for all later ones of it, and the last time for all
// later times.
type grid struct {
	at     []formula.Instant
	values [][]Range    // of the atoms, at each instant
	first  []int        // of the instants of each time; and at the end, how many there are
	last   vtime.Time   // of the signal
	end    vtime.Time   // of the grid
	ends   []vtime.Time // where the run can end, first and last
}

// newGrid returns the grid of a signal, with so many more times and, at each time, rounds.
func newGrid(s Signal, beyond Beyond, times, rounds int) *grid {
	g := &grid{last: vtime.Time(len(s) - 1)}
	g.end = g.last + vtime.Time(times)
	switch beyond {
	case Over:
		g.ends = []vtime.Time{g.last}
	case MayEnd, OpenMayEnd:
		g.ends = []vtime.Time{g.last, vtime.Never}
	default:
		g.ends = []vtime.Time{vtime.Never}
	}
	open := beyond == Open || beyond == OpenMayEnd
	var now []Range
	for t := range s {
		g.first = append(g.first, len(g.at))
		for _, values := range s[t] {
			now = exactly(values)
			g.add(1, now)
		}
		if t < len(s)-1 || !open {
			g.add(rounds, now)
		}
	}
	if beyond != Held {
		now = slices.Repeat([]Range{unknown}, len(now))
	}
	if open {
		g.add(1+rounds, now)
	}
	for range times {
		g.first = append(g.first, len(g.at))
		g.add(1+rounds, now)
	}
	g.first = append(g.first, len(g.at))
	return g
}

func exactly(values []float64) (out []Range) {
	for _, v := range values {
		out = append(out, Range{v, v})
	}
	return out
}

// add adds rounds to the last time.
func (g *grid) add(rounds int, values []Range) {
	for range rounds {
		t := len(g.first) - 1
		g.at = append(g.at, formula.Instant{At: vtime.Time(t), Round: int32(len(g.at) - g.first[t])})
		g.values = append(g.values, values)
	}
}

// ahead returns the first and the last instant of a window of instant i, in a run that
// ends at a time. Where it has no end and begins after that, there is none, and from is
// where it would begin.
func (g *grid) ahead(i int, w formula.Interval, end vtime.Time) (from, to int, ok bool) {
	a, b := g.at[i].At.Add(w.From), g.at[i].At.Add(w.To)
	if !w.Bounded() {
		if a > end {
			return g.first[min(a, g.end+1)], 0, false
		}
		b = end
	}
	return max(i, g.first[min(a, g.end)]), g.first[min(b, g.end)+1] - 1, true
}

// wherever returns what a value that depends on the end of the run can be.
func (g *grid) wherever(value func(end vtime.Time) Range) Range {
	all := value(g.ends[0])
	for _, end := range g.ends[1:] {
		r := value(end)
		all = Range{min(all.Lo, r.Lo), max(all.Hi, r.Hi)}
	}
	return all
}

// back returns the same of a window into the past, which is empty where it lies before
// the start.
func (g *grid) back(i int, w formula.Interval) (from, to int) {
	t := g.at[i].At
	if t < vtime.Time(w.From) {
		return 0, -1
	}
	return g.first[max(0, t-vtime.Time(w.To))], min(i, g.first[t-vtime.Time(w.From)+1]-1)
}
