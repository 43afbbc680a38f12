package margin

import (
	"math"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// batch is how many samples are heard before the nodes are run.
const batch = 256

// Sample hears the atoms' margins from an instant on, in order of time. What is not
// later than what was heard is left out.
func (n *Network) Sample(at formula.Instant, values []float64) {
	if !n.started {
		n.begin(at)
	}
	if n.err != nil || at.Before(n.known) {
		return
	}
	next := formula.Instant{At: at.At, Round: at.Round + 1}
	for i := range n.nodes[:n.leaves] {
		x := &n.nodes[i]
		x.step(at, float64(x.not*values[x.atom]))
		x.out.known = next
	}
	n.heard(next)
}

func (n *Network) heard(known formula.Instant) {
	n.known = later(n.known, known)
	n.fresh++
	if n.rows++; n.rows >= batch {
		n.run()
	}
}

// step goes on with a value. The last piece of a leaf does not slope.
func (z *node) step(at formula.Instant, value float64) {
	q := &z.out
	if k := len(q.pieces); k > 0 {
		last := &q.pieces[k-1]
		if last.Value == value {
			return
		}
		if last.From == at {
			last.Value, last.Source, last.Atom = value, at.At, z.atom
			return
		}
	}
	if at.At != formula.Never.At {
		q.slot().setStep(at, value, at.At, z.atom)
	}
}

// Line hears that an atom went along a straight line from what it was last to a value
// just before a time, which it keeps unless a sample says otherwise. From or to what is
// not finite there is no line: it stayed as it was.
func (n *Network) Line(atom int, at vtime.Time, value float64) {
	if n.err != nil || !n.started {
		return
	}
	for i := range n.nodes[:n.leaves] {
		if x := &n.nodes[i]; int(x.atom) == atom && x.out.known.At <= at {
			x.line(at, float64(x.not*value), n.ran)
		}
	}
	n.heard(formula.Instant{At: at})
}

// line is Line for one leaf. What was read before an instant stays as it is.
func (z *node) line(at vtime.Time, value float64, ran formula.Instant) {
	q, end := &z.out, formula.Instant{At: at}
	last := q.last()
	start := q.known
	if last.From.At == start.At && !last.From.Before(ran) {
		start = last.From
	}
	if start.At < at && value != last.Value && !math.IsInf(value, 0) && !math.IsInf(last.Value, 0) {
		slope := (value - last.Value) / float64(at-start.At)
		if start == last.From {
			last.Slope, last.Source = slope, start.At
		} else {
			q.push(&Piece{From: start, Value: last.Value, Slope: slope, Source: start.At, Atom: z.atom})
		}
	}
	if last = q.last(); last.Slope != 0 && at != vtime.Never { // what slopes ends here
		q.slot().setStep(end, value, at, z.atom)
	} else if value != last.Value {
		q.step(end, value, at, z.atom)
	}
	q.known = later(q.known, end)
}

// Through hears that the atoms stay as they are through all rounds of a time.
func (n *Network) Through(t vtime.Time) {
	next := formula.Instant{At: t}.After()
	if n.err != nil || !n.started || !n.known.Before(next) {
		return
	}
	for i := range n.nodes[:n.leaves] {
		n.nodes[i].out.known = next
	}
	n.heard(next)
}

// Append hears many samples at once: columns has the margins of each atom at the times.
// Several samples of one time are rounds of it. Where linear is set, the atoms go along
// straight lines from one sample to the next; then the first of several samples of a
// time is what the line before leads to. The last sample is not known to be that, before
// another one or Through says so.
func (n *Network) Append(times []vtime.Time, columns [][]float64, linear bool) {
	for from := 0; from < len(times) && n.err == nil; from += batch {
		rows := times[from:min(from+batch, len(times))]
		if !n.started {
			n.begin(formula.Instant{At: rows[0]})
		}
		for i := range n.nodes[:n.leaves] {
			x := &n.nodes[i]
			x.append(rows, columns[x.atom][from:], linear, n.ran)
			n.known = later(n.known, x.out.known)
		}
		n.known = later(n.known, formula.Instant{At: rows[len(rows)-1]})
		n.rows, n.fresh = len(rows), n.fresh+len(rows)
		n.run()
	}
}

// append goes on with many values.
func (z *node) append(times []vtime.Time, values []float64, linear bool, ran formula.Instant) {
	at := z.out.known
	for i, t := range times {
		switch value := float64(z.not * values[i]); {
		case t < at.At:
		case linear && t > at.At:
			z.line(t, value, ran)
			at = z.out.known
		default:
			at = row(at, t)
			z.step(at, value)
			at.Round++
			z.out.known = at
		}
	}
}

// row is the next instant of a time after what is known.
func row(known formula.Instant, t vtime.Time) formula.Instant {
	if t > known.At {
		return formula.Instant{At: t}
	}
	return known
}
