package recording

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// maxWaiting is how many values are kept until it is known where a line leads.
const maxWaiting = 1 << 20

// A filler puts values where there are none: of what keeps its value the last one;
// of what goes along lines one on the line to the next value, for which the rows wait
// until that is read. Where no next one comes the last one goes on. What has had no
// value so far has none.
type filler struct {
	*reader
	pass    func(*row)
	latest  []value // by field
	known   []int   // by field: of how many rows the value is known
	passed  int     // rows that were passed on
	waiting []row   // those after them
	most    int     // values that may wait
	spare   []row   // to be used again
}

// A value is one that was read.
type value struct {
	x    float64
	at   vtime.Time
	line int
}

func newFiller(r *reader, pass func(*row)) *filler {
	f := &filler{reader: r, pass: pass, most: maxWaiting, latest: make([]value, len(r.fields)), known: make([]int, len(r.fields))}
	for i := range f.latest {
		f.latest[i].x = math.NaN()
	}
	return f
}

// take takes the next row. It reports whether it could.
func (f *filler) take(next *row) bool {
	n := f.passed + len(f.waiting)
	behind := len(f.waiting) > 0
	for i, x := range next.values {
		latest := &f.latest[i]
		switch {
		case x == x:
			f.lead(i, value{x, next.at, next.line})
			*latest = value{x, next.at, next.line}
		case latest.x == latest.x && f.fields[i].straight(f.linear):
			behind = true
			continue
		default:
			next.values[i] = latest.x
		}
		f.known[i] = n + 1
	}
	if !behind {
		f.passed++
		f.pass(next)
		return true
	}
	f.wait(next)
	f.send(f.ready())
	return f.bounded()
}

// wait keeps a row.
func (f *filler) wait(next *row) {
	kept := row{line: next.line, at: next.at}
	if k := len(f.spare) - 1; k >= 0 {
		kept.values = f.spare[k].values
		f.spare = f.spare[:k]
	}
	kept.values = append(kept.values[:0], next.values...)
	f.waiting = append(f.waiting, kept)
}

// lead leads the line of a field to its next value, in a row behind those that wait.
func (f *filler) lead(i int, to value) {
	from := f.latest[i]
	for k := f.known[i] - f.passed; k < len(f.waiting); k++ {
		w := &f.waiting[k]
		w.values[i] = between(from.x, to.x, w.at.Sub(from.at), to.at.Sub(from.at))
	}
}

// ready returns in how many of the rows that wait all values are known.
func (f *filler) ready() int {
	n := f.passed + len(f.waiting)
	for i := range f.known {
		n = min(n, f.known[i])
	}
	return n - f.passed
}

// send passes on the first rows that wait.
func (f *filler) send(n int) {
	for k := range n {
		f.pass(&f.waiting[k])
	}
	f.spare = append(f.spare, f.waiting[:n]...)
	f.waiting = append(f.waiting[:0], f.waiting[n:]...)
	f.passed += n
}

// bounded sees to it that not too much waits.
func (f *filler) bounded() bool {
	if len(f.waiting)*len(f.fields) <= f.most {
		return true
	}
	for i := range f.known {
		if f.known[i] == f.passed {
			f.add(Mistake{
				f.n, f.Columns[f.fields[i].Column].Name, fmt.Sprintf("it has had no value since line %d, too long ago for a straight line", f.latest[i].line),
				"hold values: --interpolate hold",
			})
		}
	}
	return false
}

// finish passes on what still waits.
func (f *filler) finish() {
	for k := range f.waiting {
		for i := range f.known {
			if f.passed+k >= f.known[i] {
				f.waiting[k].values[i] = f.latest[i].x
			}
		}
	}
	f.send(len(f.waiting))
}

// between returns what lies on the line from one value to another, a part of the way
// along.
func between(a, b float64, part, whole vtime.Duration) float64 {
	switch {
	case part >= whole && whole > 0:
		return b
	case a == b || whole <= 0 || part <= 0:
		return a
	}
	w := float64(part) / float64(whole)
	if d := b - a; d-d == 0 {
		return a + float64(d*w)
	}
	return float64(a*(1-w)) + float64(b*w) // so far apart that the difference is infinite
}
