package trace

import (
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/sim/vtime"
)

// messages reads a block of either layout.
func (in *input) messages(h *Header, lanes int) []row {
	n := in.count(3)
	if n == 0 && in.err == nil {
		return in.sortedMessages(h, lanes)
	}
	flags := in.take(n)
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
