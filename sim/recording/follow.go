package recording

import (
	"context"
	"io"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

const second = vtime.Second

// Options are how a file is followed.
type Options struct {
	// Linear says that numbers go along straight lines from value to value; else each
	// is kept up to the next one.
	Linear bool
	// MaxGap is the longest time that may lie between two rows, 0 where any may.
	MaxGap vtime.Duration
	// Trace keeps the margins at all times.
	Trace bool
}

// A Report is what became of a file.
type Report struct {
	Mistakes
	Clock   Clock
	Rows    int
	Last    vtime.Time // of the last row
	Results []Result   // empty where there are mistakes
	// Interrupted says that the rest of the file was not read.
	Interrupted bool
}

// A Result is what became of a check.
type Result struct {
	*Check
	Rule
	monitor.Result
	Began vtime.Time // where all that it reads had a value, Never where that was nowhere
	// Units are those of the atoms' margins, the zero Unit where that is not known.
	Units []unit.Unit
	Trace []Vertex
}

// Unit returns the unit of the margin.
func (r *Result) Unit() unit.Unit {
	if r.Atom < 0 || r.Atom >= len(r.Units) {
		return unit.Unit{}
	}
	return r.Units[r.Atom]
}

// Follow reads a file and follows what is asked of it.
func Follow(ctx context.Context, in io.Reader, o Options, ask func(*Sheet)) *Report {
	rep := &Report{Last: vtime.Never}
	l := newLines(in)
	h, wrong := readHeader(&l)
	if wrong != nil {
		rep.add(*wrong)
		return rep
	}
	sheet := &Sheet{Header: h}
	ask(sheet)
	r := &reader{lines: l, Header: h, Mistakes: sheet.Mistakes, clock: Clock{Unit: h.Tick}, fields: sheet.Fields, gap: o.MaxGap, linear: o.Linear}
	r.last.values = make([]float64, len(r.fields))
	f := newFollowing(r, sheet.Checks, o)
	rep.Interrupted = f.run(ctx)
	rep.Mistakes, rep.Clock, rep.Rows, rep.Last = r.Mistakes, r.clock, r.rows, r.last.at
	if r.Count == 0 {
		rep.Results = f.results()
	}
	return rep
}

// A following is all checks that are followed through a file.
type following struct {
	*reader
	followers []follower
	end       vtime.Time
	failed    bool
}

func newFollowing(r *reader, checks []*Check, o Options) *following {
	f := &following{reader: r, followers: make([]follower, len(checks))}
	for i, c := range checks {
		f.followers[i] = follower{Check: c, fields: r.fields, linear: o.Linear, traced: o.Trace}
	}
	return f
}

// run reads all rows. It reports whether it was interrupted.
func (f *following) run(ctx context.Context) (interrupted bool) {
	const often = 4096 // rows between two looks at whether to go on
	fill := newFiller(f.reader, f.take)
	for n := 0; ; n++ {
		if n%often == 0 && ctx.Err() != nil {
			return true
		}
		r, ok := f.reader.next()
		if !ok {
			break
		}
		if f.Count == 0 && !fill.take(r) {
			break
		}
	}
	if f.rows == 0 && f.Count == 0 {
		f.add(Mistake{Line: f.n, Cause: "there is no row behind the header", Next: "a row is a time and a value for each column"})
	}
	if f.Count == 0 {
		fill.finish()
	}
	return false
}

// take lets all checks hear a row.
func (f *following) take(r *row) {
	for i := range f.followers {
		c := &f.followers[i]
		if c.Unchecked != "" || f.failed {
			continue
		}
		if err := c.take(r); err != nil {
			f.add(Mistake{Line: r.line, Cause: c.Name + ": " + err.Error()})
			f.failed = true
		}
	}
	f.end = r.at
}

func (f *following) results() (list []Result) {
	for i := range f.followers {
		list = append(list, f.followers[i].result(f.end))
	}
	return list
}
