package trace

import (
	"container/heap"
	"errors"
	"iter"
	"slices"
	"sort"

	"github.com/harmproof/harmproof/sim/trace/container"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A visit is who wants to see what of a page; what is nil nobody wants to see.
type visit struct {
	keyframe func(values []float64)
	changes  func(k *block)
	course   func(cell int32, x *Course)
	rows     func(rows []row)
	event    func(x *Event) bool
}

// errEnough ends a visit early.
var errEnough = errors.New("enough")

// page visits a page.
func (t *Trace) page(i int, v visit) error {
	err := t.file.Each(t.pages[i], func(m container.Message) error {
		in := input{b: m.Data}
		switch {
		case m.Channel == onKeyframe && v.keyframe != nil:
			v.keyframe(in.keyframe(t.cells))
		case m.Channel == onChanges && v.changes != nil:
			if k := in.changes(t.cells); in.err == nil {
				v.changes(&k)
			}
		case m.Channel == onCourses && v.course != nil:
			in.courses(t.cells, v.course)
		case m.Channel == onMessages && v.rows != nil:
			v.rows(in.messages(&t.Header, t.lanes))
		case m.Channel == onEvents && v.event != nil:
			going := true
			in.events(&t.Header, func(x *Event) bool { going = v.event(x); return going })
			if !going {
				return errEnough
			}
		}
		return in.err
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// keyframe reads the values of all cells.
func (in *input) keyframe(cells int) []float64 {
	if n := in.uint(); n != uint64(cells) || len(in.b) < (cells+1)/2 {
		in.fail(errors.New("a keyframe is of other signals"))
		return nil
	}
	values := make([]float64, cells)
	if cells > 0 {
		in.bits(values)
	}
	return values
}

// from returns when a page begins.
func (t *Trace) from(page int) vtime.Time {
	return vtime.Time(min(t.file.Chunks[t.pages[page]].From, uint64(vtime.Never)))
}

// at returns the last page that begins at or before a time, or the first.
func (t *Trace) at(when vtime.Time) int {
	return max(0, sort.Search(len(t.pages), func(i int) bool { return t.from(i) > when })-1)
}

// At returns the values of all cells at a time, in SI: of a discrete one what it is once
// the instant is over, of a continuous one what it was before a jump.
func (t *Trace) At(when vtime.Time) ([]float64, error) {
	if len(t.pages) == 0 {
		return nil, errors.New("the trace has no values; it was cut short too early")
	}
	i := t.at(when)
	values, err := t.values(i, when)
	if err != nil || t.from(i) != when {
		return values, err
	}
	for i > 0 && t.from(i) == when {
		i--
	}
	before, err := t.values(i, when)
	for cell, smooth := range t.smooth {
		if smooth && err == nil {
			values[cell] = before[cell]
		}
	}
	return values, err
}

// values returns the values at a time as one page has them.
func (t *Trace) values(page int, when vtime.Time) (values []float64, err error) {
	var done []bool
	err = t.page(page, visit{
		keyframe: func(x []float64) { values, done = x, make([]bool, len(x)) },
		changes: func(k *block) {
			for i := range k.columns {
				c := &k.columns[i]
				if n := k.at(c, when); n >= 0 && values != nil {
					values[c.cell] = c.values[n]
				}
			}
		},
		course: func(cell int32, x *Course) {
			switch {
			case values == nil || done[cell] || x.From > when:
			case x.To >= when:
				values[cell], done[cell] = x.At(when), true
			default:
				values[cell] = x.At(x.To)
			}
		},
	})
	if err == nil && values == nil {
		err = errors.New("a page has no values")
	}
	return values, err
}

// between returns the pages that have something of a span.
func (t *Trace) between(from, to vtime.Time) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := t.at(from - 1); i < len(t.pages) && t.from(i) <= to; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

// after returns them and the page that follows.
func (t *Trace) after(from, to vtime.Time) iter.Seq[int] {
	return func(yield func(int) bool) {
		last := -1
		for i := range t.between(from, to) {
			if last = i; !yield(i) {
				return
			}
		}
		if last >= 0 && last+1 < len(t.pages) {
			yield(last + 1)
		}
	}
}

// Changes returns the changes of a discrete cell in a span, in order of time. The first
// one is the value with which the span's first page begins. An error comes last.
func (t *Trace) Changes(cell int, from, to vtime.Time) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		first := true
		for i := range t.between(from, to) {
			var list []Change
			err := t.page(i, visit{
				keyframe: func(x []float64) {
					if first && x != nil {
						list = append(list, Change{t.from(i), x[cell]})
					}
				},
				changes: func(k *block) {
					n, found := slices.BinarySearchFunc(k.columns, int32(cell), func(c column, cell int32) int { return int(c.cell - cell) })
					if !found {
						return
					}
					c := &k.columns[n]
					for j, w := range c.when {
						list = append(list, Change{k.instants[w], c.values[j]})
					}
				},
			})
			for _, c := range list {
				if c.At <= to && (first || c.At >= from) && !yield(c, nil) {
					return
				}
				first = false
			}
			if err != nil {
				yield(Change{}, err)
				return
			}
		}
	}
}

// Courses returns the courses of a continuous cell that have something of a span.
func (t *Trace) Courses(cell int, from, to vtime.Time) iter.Seq2[Course, error] {
	return func(yield func(Course, error) bool) {
		for i := range t.between(from, to) {
			var list []Course
			err := t.page(i, visit{course: func(c int32, x *Course) {
				if int(c) == cell && x.From <= to && x.To >= from {
					list = append(list, *x)
				}
			}})
			for _, c := range list {
				if !yield(c, nil) {
					return
				}
			}
			if err != nil {
				yield(Course{}, err)
				return
			}
		}
	}
}

// Events returns what happened in a span.
func (t *Trace) Events(from, to vtime.Time) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for i := range t.between(from, to) {
			going := true
			err := t.page(i, visit{event: func(x *Event) bool {
				if x.At >= from && x.At <= to {
					going = yield(*x, nil)
				}
				return going
			}})
			if !going {
				return
			}
			if err != nil {
				yield(Event{}, err)
				return
			}
		}
	}
}

// Messages returns the messages of a span in the order in which they were sent; those
// that met more than time come where they ended, and those that were on their way
// where a page ended may come a little later.
func (t *Trace) Messages(from, to vtime.Time) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		for i := range t.after(from, to) {
			var q queue
			err := t.page(i, visit{rows: func(rows []row) {
				for k := range rows {
					q = append(q, turn{rows[k].noted(), len(q), &rows[k], 0})
				}
			}})
			heap.Init(&q)
			for len(q) > 0 && q[0].at <= to {
				x := &q[0]
				m, at := t.message(x.row, x.at), x.at
				if x.n++; x.n < int(x.row.count) {
					x.at += vtime.Time(x.row.period)
					heap.Fix(&q, 0)
				} else {
					heap.Pop(&q)
				}
				if at >= from && !yield(m, nil) {
					return
				}
			}
			if err != nil {
				yield(Message{}, err)
				return
			}
		}
	}
}

// A Run is messages of one flow to one member at equal distances that take equally long.
type Run struct {
	Message // the first of them
	Count   int
	Period  vtime.Duration
}

// Last returns when the last of them was sent that was sent by a time, or the first where
// none was.
func (r *Run) Last(when vtime.Time) vtime.Time {
	if r.Count <= 1 || r.Period <= 0 || when <= r.Sent {
		return r.Sent
	}
	n := min(int64(r.Count-1), int64(when-r.Sent)/int64(r.Period))
	return r.Sent.Add(vtime.Duration(n) * r.Period)
}

// Runs returns the messages of all pages that have something of a span, and of the one that
// follows, in the order of the pages alone: so many at once that their number hardly counts.
func (t *Trace) Runs(from, to vtime.Time) iter.Seq2[Run, error] {
	return func(yield func(Run, error) bool) {
		for i := range t.after(from, to) {
			going := true
			err := t.page(i, visit{rows: func(rows []row) {
				for k := 0; k < len(rows) && going; k++ {
					x := &rows[k]
					going = yield(Run{t.message(x, x.noted()), int(x.count), x.period}, nil)
				}
			}})
			if !going {
				return
			}
			if err != nil {
				yield(Run{}, err)
				return
			}
		}
	}
}

// noted is when the first message of a row was noted.
func (r *row) noted() vtime.Time {
	if r.more != nil && r.takes != vtime.Duration(vtime.Never) {
		return r.sent.Add(r.takes)
	}
	return r.sent
}

// message makes the message of a row that was noted at a time.
func (t *Trace) message(r *row, at vtime.Time) Message {
	lane := int(r.lane)
	flow := sort.SearchInts(t.first, lane+1) - 1
	lane -= t.first[flow]
	m := Message{Flow: flow, Member: lane / 2, Request: lane%2 == 1, Sent: at, Changed: -1, Held: -1}
	if r.more != nil {
		m.Fate, m.Again, m.Changed, m.Held, m.Values = r.more.Fate, r.more.Again, r.more.Changed, r.more.Held, r.more.Values
		m.Sent = r.sent
	}
	switch {
	case r.deserted:
		m.Fate, m.Ended = Deserted, at
	case r.takes == vtime.Duration(vtime.Never):
		m.Ended = vtime.Never
		if r.more == nil {
			m.Fate = Lost
		}
	default:
		m.Ended = m.Sent.Add(r.takes)
	}
	return m
}

// A turn is a row whose next message is due.
type turn struct {
	at    vtime.Time
	order int
	row   *row
	n     int
}

// A queue is rows by when their next messages are due.
type queue []turn

// Len implements heap.Interface.
func (q queue) Len() int { return len(q) }

// Less implements heap.Interface.
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].order < q[j].order
}

// Swap implements heap.Interface.
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(turn)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
