package trace

import (
	"encoding/binary"
	"fmt"

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
	if i := x.Infection; i != nil {
		for _, n := range [...]int{i.Host, i.Member, i.From, i.FromMember, i.Way} {
			e.rows = appendInt(e.rows, int64(n))
		}
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
func (in *input) events(h *Header, tell func(x *Event) bool) {
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
		switch x.Kind {
		case Decided:
			x.Decision = in.decision(texts)
		case Infected, Cleared:
			x.Infection = &Infection{int(in.int()), int(in.int()), int(in.int()), int(in.int()), int(in.int())}
		}
		if in.err == nil && !x.of(h) {
			in.fail(fmt.Errorf("an event is of a %v that there is not", x.Kind))
		}
		if in.err != nil || !tell(&x) {
			return
		}
	}
}

// of reports whether what an event is of is in a header.
func (x *Event) of(h *Header) bool {
	limit := 0
	switch x.Kind {
	case StepApplied, StepStopped, StepReverted:
		limit = len(h.Steps)
	case ViolationBegan, ViolationEnded:
		limit = len(h.Invariants)
	case ColumnChanged:
		limit = len(h.Columns)
	case Infected, Cleared:
		limit = len(h.Malware)
	case Harmed:
		limit = len(h.Harms)
	case HazardBegan, HazardEnded:
		limit = len(h.Hazards)
	case Decided:
		return x.Decision.Flow >= -1 && x.Decision.Flow < len(h.Flows)
	default:
		return true
	}
	if x.Index < 0 || x.Index >= limit {
		return false
	}
	return x.Infection == nil || x.Infection.of(&h.Malware[x.Index])
}

// of reports whether hosts and the way are those of a malware.
func (i *Infection) of(m *Malware) bool {
	on := func(host, member int) bool {
		return host >= 0 && host < len(m.Hosts) && member >= 0 && member < m.Hosts[host].Count
	}
	return on(i.Host, i.Member) && (i.From == -1 || on(i.From, i.FromMember)) && i.Way >= -1 && i.Way < len(m.Ways)
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

// Infected says in words what a malware did: "worm came to pcs[3] from hmi by shares".
func (t *Trace) Infected(x *Event) string { return t.Header.infected(x) }

func (h *Header) infected(x *Event) string {
	m, i := &h.Malware[x.Index], x.Infection
	if x.Kind == Cleared {
		return m.Name + " left " + m.host(i.Host, i.Member)
	}
	text := m.Name + " came to " + m.host(i.Host, i.Member)
	if i.From >= 0 {
		text += " from " + m.host(i.From, i.FromMember)
	}
	if i.Way >= 0 {
		text += " by " + m.Ways[i.Way]
	}
	return text
}

func (m *Malware) host(n, member int) string {
	if h := &m.Hosts[n]; h.Count > 1 {
		return fmt.Sprintf("%s[%d]", h.Name, member)
	}
	return m.Hosts[n].Name
}
