package recording

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A follower follows one check through a file.
type follower struct {
	*Check
	Rule
	fields  []Field
	linear  bool
	traced  bool
	began   vtime.Time
	monitor *monitor.Monitor // nil as long as not all of its fields have had a value
	tracer  *tracer          // nil where nobody wants the margin at all times
	at      vtime.Time       // of the last row
	cells   []float64        // at the last instant
	holds   []bool
	margins []float64
	ranges  []extent // of the margins so far
	gap     gap
	decided int          // which comparison decided the margin of a simple plan, -1 where none did
	changes []vtime.Time // scratch
}

// An extent is between which values something was.
type extent struct{ lo, hi float64 }

func (x *extent) add(value float64) {
	if !math.IsInf(value, 0) {
		x.lo, x.hi = min(x.lo, value), max(x.hi, value)
	}
}

// take hears the next row.
func (f *follower) take(r *row) error {
	if f.monitor == nil {
		if begun, err := f.begin(r); !begun {
			return err
		}
	} else if r.at > f.at {
		f.between(r)
	}
	f.at = r.at
	for _, in := range f.Inputs {
		f.cells[in.Cell] = r.values[in.Field]
	}
	f.settle(r.at, f.cells)
	if f.tracer != nil {
		f.tracer.sample(r.at, f.margins)
	}
	return nil
}

// begin begins with the first row in which all fields have a value.
func (f *follower) begin(r *row) (begun bool, err error) {
	for _, field := range f.Check.Fields {
		if math.IsNaN(r.values[field]) {
			return false, nil
		}
	}
	if f.Rule, err = f.Make(f.fields); err != nil {
		return false, err
	}
	n := len(f.Atoms)
	f.began, f.monitor, f.decided = r.at, monitor.New(f.Plan), -1
	f.cells, f.holds, f.margins, f.ranges = make([]float64, f.Cells), make([]bool, n), make([]float64, n), make([]extent, n)
	for k := range f.ranges {
		f.ranges[k] = extent{math.Inf(1), math.Inf(-1)}
	}
	f.gap = newGap(f)
	if f.traced {
		f.tracer, err = newTracer(f.Plan, n, len(f.gap.moving) > 0)
	}
	return err == nil, err
}

// settle lets the monitor hear the atoms at an instant.
func (f *follower) settle(at vtime.Time, cells []float64) {
	for k := range f.Atoms {
		f.holds[k], f.margins[k] = f.Atoms[k].Holds(cells), f.Atoms[k].Margin(cells)
		f.ranges[k].add(f.margins[k])
	}
	if f.Plan.Simple() {
		f.lowest(at, f.margins[0], cells)
	}
	f.monitor.Settled(at, f.holds, f.margins)
}

// line lets the monitor hear that the margin of an atom went along a line.
func (f *follower) line(atom int, at vtime.Time, margin float64) {
	f.ranges[atom].add(margin)
	switch {
	case !f.Plan.Simple():
		f.monitor.Line(atom, at, margin)
	case atom == 0:
		f.lowest(at, margin, f.gap.cells(at))
	}
}

// lowest lets the monitor of a simple plan hear a margin, and notes which comparison
// decided the least.
func (f *follower) lowest(at vtime.Time, margin float64, cells []float64) {
	if decides := f.Atoms[0].Decides; f.monitor.Lowest(at, margin) && decides != nil {
		f.decided = decides(cells)
	}
}

// between goes from the last row to the next one, up to where that begins: along the
// lines of the cells that go along any, with a look at each instant at which an atom
// changes.
func (f *follower) between(next *row) {
	g := &f.gap
	if !g.reaches(next) {
		return
	}
	f.changes = f.changes[:0]
	for k := range f.Atoms {
		f.changes = g.look(k, f.changes)
	}
	slices.Sort(f.changes)
	for _, at := range slices.Compact(f.changes) {
		for k := range f.Atoms {
			g.tell(k, at, f.Atoms[k].Margin(g.cells(at)))
		}
		f.settle(at, g.cells(at))
	}
	for k := range f.Atoms {
		g.tell(k, next.at, f.Atoms[k].Margin(g.cells(next.at)))
	}
	if f.tracer != nil {
		g.trace()
	}
}

// result ends the check at the end of the file.
func (f *follower) result(end vtime.Time) Result {
	r := Result{Check: f.Check, Rule: f.Rule, Began: vtime.Never}
	r.Atom, r.At, r.OpenSince, r.OpenUntil = -1, vtime.Never, vtime.Never, vtime.Never
	if f.monitor == nil {
		r.Held, r.High, r.Margin, r.Low = math.NaN(), math.Inf(1), math.NaN(), math.Inf(-1)
		r.Verdict, r.Missing = monitor.Undecided, "in no row do all of its columns have a value"
		return r
	}
	r.Result, r.Began = f.monitor.End(end), f.began
	r.Units = make([]unit.Unit, len(f.Atoms))
	for k := range f.Atoms {
		if of := f.Atoms[k].Unit; of != nil {
			r.Units[k] = of(f.decided)
		}
	}
	if f.tracer != nil {
		r.Trace = f.tracer.end(end)
	}
	return r
}
