package recording

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Vertex is the margin of a formula at a time. Where all values are held, it has it up
// to the next one; else straight lines lead from one to the next, and two of them at
// one time are both sides of a jump.
type Vertex struct {
	At    vtime.Time
	Value float64
}

// A tracer keeps the margin of a formula at all times.
type tracer struct {
	net     *margin.Network
	lines   bool           // lead from vertex to vertex
	past    vtime.Duration // how far the formula looks back
	margins []float64      // as heard last
	last    formula.Instant
	heard   int
	pieces  []margin.Piece // scratch
	open    margin.Piece   // the latest
	list    []Vertex
}

// drained is after how many samples the pieces are taken.
const drained = 256

func newTracer(p *monitor.Plan, atoms int, lines bool) (*tracer, error) {
	program, err := formula.Lower(p.Formula)
	if err != nil {
		return nil, err
	}
	t := &tracer{lines: lines, net: margin.New(program, atoms), margins: make([]float64, atoms)}
	_, t.past = program.Reaches()
	return t, nil
}

// sample hears the margins at an instant. To look again at what is as it was is no
// round of its time.
func (t *tracer) sample(at vtime.Time, margins []float64) {
	switch {
	case t.heard > 0 && slices.Equal(margins, t.margins):
		return
	case t.heard > 0 && t.last.At == at:
		t.last.Round++
	default:
		t.last = formula.Instant{At: at}
	}
	copy(t.margins, margins)
	t.net.Sample(t.last, margins)
	if t.heard++; t.heard%drained == 0 {
		t.take(t.net.Take(t.pieces[:0]))
	}
}

func (t *tracer) line(atom int, at vtime.Time, margin float64) {
	t.margins[atom] = margin
	t.net.Line(atom, at, margin)
}

// take adds the vertices of pieces.
func (t *tracer) take(pieces []margin.Piece) {
	for _, p := range pieces {
		if !t.leads(&p) {
			t.close(p.From.At)
		}
		t.add(p.From.At, p.Value)
		t.open = p
	}
	t.pieces = pieces
}

// leads reports whether the latest piece leads to the next one: there is no jump but
// one of rounding.
func (t *tracer) leads(to *margin.Piece) bool {
	const rounding = 0x1p-44
	from, end := t.open.Value, t.open.At(to.From.At)
	return len(t.list) > 0 && t.open.Slope != 0 && math.Abs(end-to.Value) <= rounding*max(math.Abs(from), math.Abs(end), math.Abs(to.Value))
}

// close adds the end of the latest piece.
func (t *tracer) close(at vtime.Time) {
	if len(t.list) > 0 && t.lines {
		t.add(at, t.open.At(at))
	}
}

// add adds a vertex, unless nothing has changed.
func (t *tracer) add(at vtime.Time, value float64) {
	k := len(t.list) - 1
	switch {
	case k < 0 || t.list[k].Value != value:
	case !t.lines || t.list[k].At == at:
		return
	case k > 0 && t.list[k-1].Value == value: // goes on as it was
		t.list[k].At = at
		return
	}
	t.list = append(t.list, Vertex{at, value})
}

// end returns the vertices up to the end of a file, and on for as long as the formula
// looks back: the last values are held.
func (t *tracer) end(at vtime.Time) []Vertex {
	if t.past != formula.Forever {
		at = at.Add(t.past)
	}
	t.take(t.net.Take(t.pieces[:0]))
	t.take(t.net.Ended(at, margin.Held, false, t.pieces[:0]))
	t.close(at)
	if t.net.Err() != nil {
		return nil
	}
	return t.list
}
