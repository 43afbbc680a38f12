package trace

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The bits that say what of a row is written.
const (
	several  = 1 << iota // more than one message
	isLost               // without an arrival
	isDesert             // nobody was there
	hasMore              // the fate, and so on
)

// A likeness is what rows have in common that differ in nothing but lane, times and values.
type likeness struct {
	flags         byte
	fate, again   byte
	changed, held int // plus 1
	values        int
}

// sortedLayout is written after a 0, which stood for no rows at all before there was one.
const sortedLayout = 2

// mostColumn bounds how many values of a block lie in a column, which may take hardly any room.
const mostColumn = 1 << 16

func (r *row) likeness() likeness {
	s := likeness{flags: r.flags()}
	if m := r.more; m != nil {
		s.fate, s.again, s.changed, s.held, s.values = byte(m.Fate), byte(m.Again), m.Changed+1, m.Held+1, len(m.Values)
	}
	return s
}

// sorted brings rows into the order in which they were noted, in which times are near one
// another. Those that stand for several messages stay where they are, and the others on their
// side of them: so what is read comes in the same order, also of what was noted at once.
func sorted(rows []row) {
	for first := 0; first < len(rows); {
		end := first
		for end < len(rows) && rows[end].count == 1 {
			end++
		}
		slices.SortStableFunc(rows[first:end], func(a, b row) int { return cmp.Compare(a.noted(), b.noted()) })
		first = end + 1
	}
}

// encode appends the block and empties it: a column for each field.
func (m *messages) encode(b []byte) []byte {
	sorted(m.rows)
	b = binary.AppendUvarint(append(b, 0, sortedLayout), uint64(len(m.rows)))
	b = m.encodeLikenesses(b)
	last := int32(0)
	for i := range m.rows {
		b = appendInt(b, int64(m.rows[i].lane-last))
		last = m.rows[i].lane
	}
	noted := vtime.Time(0)
	for i := range m.rows {
		at := m.rows[i].noted()
		b = appendInt(b, int64(at-noted))
		noted = at
	}
	for i := range m.rows {
		if r := &m.rows[i]; r.flags()&isLost == 0 {
			b = appendInt(b, int64(r.takes))
		}
	}
	for i := range m.rows {
		if r := &m.rows[i]; r.count > 1 {
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(r.count)), uint64(r.period))
		}
	}
	b = m.encodeValues(b)
	m.rows = m.rows[:0]
	return b
}

// encodeLikenesses appends what rows have in common, and of each which of that.
func (m *messages) encodeLikenesses(b []byte) []byte {
	var list []likeness
	number := map[likeness]uint64{}
	which := make([]uint64, len(m.rows))
	for i := range m.rows {
		s := m.rows[i].likeness()
		n, known := number[s]
		if !known {
			n = uint64(len(list))
			number[s], list = n, append(list, s)
		}
		which[i] = n
	}
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		if b = append(b, s.flags); s.flags&hasMore != 0 {
			b = binary.AppendUvarint(append(b, s.fate, s.again), uint64(s.changed))
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(s.held)), uint64(s.values))
		}
	}
	for _, n := range which {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

// encodeValues appends the values of messages that there is more to say of, as one column where
// they are not too many.
func (m *messages) encodeValues(b []byte) []byte {
	var values []float64
	for i := range m.rows {
		if more := m.rows[i].more; more != nil {
			values = append(values, more.Values...)
		}
		m.rows[i].more = nil
	}
	switch n := len(values); {
	case n == 0:
	case n <= mostColumn:
		b = new(columnist).column(b, values)
	default:
		for _, x := range values {
			b = appendFloat(b, x)
		}
	}
	return b
}

func (r *row) flags() (f byte) {
	if r.count > 1 {
		f |= several
	}
	if r.takes == vtime.Duration(vtime.Never) {
		f |= isLost
	}
	if r.deserted {
		f |= isDesert
	}
	if r.more != nil {
		f |= hasMore
	}
	return f
}

// sortedMessages reads a block of the layout that is written.
func (in *input) sortedMessages(h *Header, lanes int) []row {
	if in.byte() != sortedLayout {
		in.fail(errors.New("a block of messages is written in a way that is not known"))
	}
	rows := make([]row, in.count(3))
	kinds := make([]likeness, in.count(1))
	for i := range kinds {
		kinds[i] = in.likeness(len(h.Steps))
	}
	which := make([]*likeness, len(rows))
	for i := range rows {
		n := in.below(len(kinds))
		if in.err != nil {
			return nil
		}
		which[i] = &kinds[n]
		rows[i] = row{count: 1, deserted: which[i].flags&isDesert != 0}
	}
	in.lanes(rows, lanes)
	noted := vtime.Time(0)
	for i := range rows {
		if noted += vtime.Time(in.int()); noted < 0 {
			in.fail(errors.New("a message is noted before all times"))
			return nil
		}
		rows[i].sent = noted
	}
	for i := range rows {
		r := &rows[i]
		if r.takes = vtime.Duration(vtime.Never); which[i].flags&isLost == 0 {
			if r.takes = vtime.Duration(in.int()); which[i].flags&hasMore != 0 {
				r.sent = r.sent.Add(-r.takes) // it was noted when it ended
			}
		}
		if r.sent < 0 {
			in.fail(errors.New("a message is sent before all times"))
			return nil
		}
	}
	for i := range rows {
		if which[i].flags&several != 0 {
			in.repeated(&rows[i])
		}
	}
	if in.valuesOf(rows, which); in.err != nil {
		return nil
	}
	return rows
}

// likeness reads what rows have in common.
func (in *input) likeness(steps int) (s likeness) {
	if s.flags = in.byte(); s.flags&hasMore != 0 {
		s.fate, s.again, s.changed, s.held = in.byte(), in.byte(), in.below(steps+1), in.below(steps+1)
		if n := in.uint(); n > 1<<32 {
			in.fail(errors.New("a message has more values than any"))
		} else {
			s.values = int(n)
		}
	}
	return s
}

// lanes reads the lanes of rows.
func (in *input) lanes(rows []row, lanes int) {
	last := int64(0)
	for i := range rows {
		if last += in.int(); last < 0 || last >= int64(lanes) {
			in.fail(fmt.Errorf("there is no lane %d of %d", last, lanes))
			return
		}
		rows[i].lane = int32(last)
	}
}

// valuesOf reads what more there is to say of rows.
func (in *input) valuesOf(rows []row, which []*likeness) {
	all := 0
	for _, s := range which {
		all += s.values
	}
	if all > mostColumn && all > len(in.b)/8 {
		in.fail(errShort)
	}
	if in.err != nil {
		return
	}
	values := make([]float64, all)
	switch {
	case all == 0:
	case all <= mostColumn:
		in.column(values)
	default:
		for i := range values {
			values[i] = in.float()
		}
	}
	for i, s := range which {
		if s.flags&hasMore == 0 {
			continue
		}
		rows[i].more = &Message{Fate: Fate(s.fate), Again: int(s.again), Changed: s.changed - 1, Held: s.held - 1}
		if s.values > 0 {
			rows[i].more.Values, values = values[:s.values:s.values], values[s.values:]
		}
	}
}
