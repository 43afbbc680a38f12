package trace

import (
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
