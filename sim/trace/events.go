package trace

import (
	"encoding/binary"

	"github.com/harmproof/harmproof/sim/vtime"
)

// mostEvents is how many events a block has at most.
const mostEvents = 1 << 10

// Events is a block of events that is being filled. Texts are written once.
type events struct {
	rows  []byte
	count int
	last  vtime.Time
	texts map[string]int
	table []byte
}

func newEvents() events { return events{texts: map[string]int{}} }

func (e *events) full() bool { return e.count == mostEvents }

// text appends the number of a text.
func (e *events) text(s string) {
	n, known := e.texts[s]
	if !known {
		n = len(e.texts)
		e.texts[s] = n
		e.table = appendText(e.table, s)
	}
	e.rows = binary.AppendUvarint(e.rows, uint64(n))
}

// add adds an event.
func (e *events) add(x *Event) {
	b := append(e.rows, byte(x.Kind))
	b = appendInt(b, int64(x.At-e.last))
	b = appendInt(b, int64(x.Index))
	b = binary.AppendUvarint(b, uint64(len(x.Values)))
	for _, v := range x.Values {
		b = appendFloat(b, v)
	}
	e.rows, e.last = b, x.At
	e.count++
	if d := x.Decision; d != nil {
		for _, s := range d.texts() {
			e.text(*s)
		}
		latched := byte(0)
		if d.Latched {
			latched = 1
		}
		b = appendInt(append(e.rows, latched), int64(d.Flow))
		e.rows = appendFloat(appendFloat(appendFloat(b, d.Offered), d.Measured), d.Limit)
	}
}

// texts are the texts of a decision, in the order in which they are written.
func (d *Decision) texts() [11]*string {
	return [...]*string{&d.Device, &d.Check, &d.Kind, &d.Grounds, &d.Owner, &d.Reaction, &d.Claimed, &d.True, &d.Verb, &d.Object, &d.Unit}
}

// encode appends the block and empties it.
func (e *events) encode(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.texts)))
	b = append(b, e.table...)
	b = binary.AppendUvarint(b, uint64(e.count))
	b = append(b, e.rows...)
	clear(e.texts)
	e.table, e.rows, e.count, e.last = e.table[:0], e.rows[:0], 0, 0
	return b
}

// events reads a block.
func (in *input) events(tell func(x *Event) bool) {
	var texts []string
	for range in.count(1) {
		texts = append(texts, in.text())
	}
	last := vtime.Time(0)
	for range in.count(4) {
		x := Event{Kind: EventKind(in.byte())}
		last += vtime.Time(in.int())
		x.At, x.Index = last, int(in.int())
		if n := in.count(8); n > 0 {
			x.Values = make([]float64, n)
			for i := range x.Values {
				x.Values[i] = in.float()
			}
		}
		if x.Kind == Decided {
			x.Decision = in.decision(texts)
		}
		if in.err != nil || !tell(&x) {
			return
		}
	}
}

func (in *input) decision(texts []string) *Decision {
	d := &Decision{}
	for _, s := range d.texts() {
		if i := in.below(len(texts)); in.err == nil {
			*s = texts[i]
		}
	}
	d.Latched, d.Flow = in.byte() != 0, int(in.int())
	d.Offered, d.Measured, d.Limit = in.float(), in.float(), in.float()
	return d
}
