package trace

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/sim/vtime"
)

// mostRows is how many rows a block of messages or of events has at most, mostOfRun how
// many messages a row stands for.
const (
	mostRows  = 1 << 12
	mostOfRun = 1 << 20
)

// A row is messages of one lane at equal distances that take equally long.
type row struct {
	lane     int32
	count    int32
	sent     vtime.Time
	takes    vtime.Duration // Never where it is lost
	period   vtime.Duration
	more     *Message // of one that there is more to say of
	deserted bool
}

// A lane is what a flow sends to one member, or is asked by it, at the moment.
type lane struct {
	last   vtime.Time
	takes  vtime.Duration
	period vtime.Duration
	count  int32 // 0: none is open
	queued bool  // among the open ones
	first  vtime.Time
}

// Messages is a block of messages that is being filled.
type messages struct {
	lanes []lane
	first []int32 // by flow: its lanes
	open  []int32 // lanes that have been in use since the last page
	rows  []row
}

func newMessages(h *Header) messages {
	m := messages{lanes: make([]lane, h.lanes()), rows: make([]row, 0, mostRows)}
	n := int32(0)
	for i := range h.Flows {
		m.first = append(m.first, n)
		n += 2 * int32(h.Flows[i].Members)
	}
	return m
}

// lane returns the lane of a message.
func (m *messages) lane(flow int32, member int, request bool) int32 {
	n := m.first[flow] + 2*int32(member)
	if request {
		n++
	}
	return n
}

// pass adds a message that needs nothing but time.
func (m *messages) pass(n int32, at vtime.Time, takes vtime.Duration) {
	l := &m.lanes[n]
	if l.count > 0 && l.takes == takes && l.count < mostOfRun {
		d := vtime.Duration(at - l.last)
		if l.count == 1 {
			l.period = d
		}
		if d == l.period {
			l.last = at
			l.count++
			return
		}
	}
	m.end(n)
	if !l.queued {
		l.queued = true
		m.open = append(m.open, n)
	}
	l.first, l.last, l.takes, l.count = at, at, takes, 1
}

// end makes a row of the messages of a lane.
func (m *messages) end(n int32) {
	l := &m.lanes[n]
	if l.count > 0 {
		m.rows = append(m.rows, row{lane: n, sent: l.first, takes: l.takes, count: l.count, period: l.period})
	}
	l.count = 0
}

// endAll makes rows of all open lanes.
func (m *messages) endAll() {
	for _, n := range m.open {
		m.end(n)
		m.lanes[n].queued = false
	}
	m.open = m.open[:0]
}

// messagesOf is how many messages rows stand for.
func messagesOf(rows []row) (n int) {
	for i := range rows {
		if !rows[i].deserted {
			n += int(rows[i].count)
		}
	}
	return n
}

func (m *messages) full() bool { return len(m.rows) >= mostRows }

// The bits that say what of a row is written.
const (
	several  = 1 << iota // more than one message
	isLost               // without an arrival
	isDesert             // nobody was there
	hasMore              // the fate, and so on
)

// encode appends the block and empties it: a column for each field.
func (m *messages) encode(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(m.rows)))
	for i := range m.rows {
		b = append(b, m.rows[i].flags())
	}
	last := int32(0)
	for i := range m.rows {
		b = appendInt(b, int64(m.rows[i].lane-last))
		last = m.rows[i].lane
	}
	sent := vtime.Time(0)
	for i := range m.rows {
		b = appendInt(b, int64(m.rows[i].sent-sent))
		sent = m.rows[i].sent
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
	for i := range m.rows {
		if more := m.rows[i].more; more != nil {
			b = append(b, byte(more.Fate), byte(more.Again))
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(more.Changed+1)), uint64(more.Held+1))
			b = binary.AppendUvarint(b, uint64(len(more.Values)))
			for _, x := range more.Values {
				b = appendFloat(b, x)
			}
		}
		m.rows[i].more = nil
	}
	m.rows = m.rows[:0]
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

// messages reads a block.
func (in *input) messages(h *Header, lanes int) []row {
	flags := in.take(in.count(3))
	rows := make([]row, len(flags))
	last := int64(0)
	for i := range rows {
		if last += in.int(); last < 0 || last >= int64(lanes) {
			in.fail(fmt.Errorf("there is no lane %d of %d", last, lanes))
			return nil
		}
		rows[i] = row{lane: int32(last), count: 1, deserted: flags[i]&isDesert != 0}
	}
	sent := vtime.Time(0)
	for i := range rows {
		if sent += vtime.Time(in.int()); sent < 0 {
			in.fail(errors.New("a message is sent before all times"))
			return nil
		}
		rows[i].sent = sent
	}
	for i := range rows {
		if rows[i].takes = vtime.Duration(vtime.Never); flags[i]&isLost == 0 {
			rows[i].takes = vtime.Duration(in.int())
		}
	}
	for i := range rows {
		if flags[i]&several != 0 {
			in.repeated(&rows[i])
		}
	}
	for i := range rows {
		if flags[i]&hasMore != 0 {
			rows[i].more = in.more(len(h.Steps))
		}
	}
	if in.err != nil {
		return nil
	}
	return rows
}

// repeated reads how many messages a row stands for.
func (in *input) repeated(r *row) {
	count, period := in.uint(), in.uint()
	if count > mostOfRun || period > uint64(vtime.Never-r.sent)/max(1, count) {
		in.fail(errors.New("a row stands for more messages than there can be"))
		return
	}
	r.count, r.period = int32(count), vtime.Duration(period)
}

func (in *input) more(steps int) *Message {
	m := &Message{Fate: Fate(in.byte()), Again: int(in.byte()), Changed: in.below(steps+1) - 1, Held: in.below(steps+1) - 1}
	if n := in.count(8); n > 0 {
		m.Values = make([]float64, n)
		for i := range m.Values {
			m.Values[i] = in.float()
		}
	}
	return m
}
