package recording

import (
	"fmt"
	"io"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A row is the values of all fields at a time.
type row struct {
	line   int
	at     vtime.Time // since the first row
	values []float64  // by field; NaN where there is none
}

// A reader reads the rows of a file, and keeps none.
type reader struct {
	lines
	*Header
	Mistakes
	clock   Clock
	fields  []Field
	gap     vtime.Duration // the longest that there may be, 0 where any may
	linear  bool
	texts   []string
	last    row // the one that was read last; its values are those of the next
	rows    int
	written string // the last row's time, as it is written
}

// next reads the next row. It is valid until the next call; ok is false at the end.
func (r *reader) next() (*row, bool) {
	for {
		line, err := r.lines.next()
		switch {
		case err == io.EOF:
			return nil, false
		case err != nil:
			r.add(Mistake{Line: r.n, Cause: err.Error()})
			return nil, false
		case line == "":
			continue
		case r.parse(line):
			return &r.last, true
		}
	}
}

// parse reads a line. It reports whether it is a row without mistakes.
func (r *reader) parse(line string) bool {
	before := r.Count
	var err error
	switch r.texts, err = split(line, r.separator, r.texts[:0]); {
	case err != nil:
		r.add(Mistake{Line: r.n, Cause: err.Error()})
		return false
	case len(r.texts) != len(r.Columns):
		r.add(Mistake{Line: r.n, Cause: fmt.Sprintf("this row has %s, the header %d", fieldCount(len(r.texts)), len(r.Columns))})
		return false
	}
	r.time(r.texts[0])
	for i := range r.fields {
		f := &r.fields[i]
		if f.Type == Moment {
			r.last.values[i] = r.clock.reading(r.last.at, f.Tick)
			continue
		}
		x, cause, next := f.read(r.texts[f.Column], r.separator == ';')
		if cause == "" && r.linear && f.straight(true) && x-x != 0 && x == x {
			cause, next = "no straight line leads to an infinite value", "leave it out, or hold values: --interpolate hold"
		}
		if cause != "" {
			r.add(Mistake{r.n, r.Columns[f.Column].Name, cause, next})
		}
		r.last.values[i] = x
	}
	r.rows++
	return r.Count == before
}

// fieldCount is a number of fields.
func fieldCount(n int) string {
	if n == 1 {
		return "1 field"
	}
	return fmt.Sprintf("%d fields", n)
}

// time reads the time of a row, which is not before that of the row before.
func (r *reader) time(text string) {
	at, cause, next := r.clock.read(pointed(text, r.separator == ';'))
	name := r.Columns[0].Name
	if cause != "" {
		r.add(Mistake{r.n, name, cause, next})
		return
	}
	switch last := &r.last; {
	case r.written == "":
	case at < last.at:
		r.add(Mistake{r.n, name, fmt.Sprintf("the time goes back to %s from %s in line %d", source.Quote(text), source.Quote(r.written), last.line), "sort the rows by time"})
	case r.gap > 0 && at.Sub(last.at) > r.gap:
		r.add(Mistake{
			r.n, name, fmt.Sprintf("nothing was recorded for %s s: from %s in line %d to %s", seconds(int64(at-last.at)), source.Quote(r.written), last.line, source.Quote(text)),
			fmt.Sprintf("the longest gap that is allowed is %s s", seconds(int64(r.gap))),
		})
	}
	r.last.at, r.last.line, r.written = at, r.n, text
}
