package network

import "github.com/harmproof/harmproof/sim/signal"

// A message under way, as data. Most carry one value; those of others beyond the
// first are a block of the pool's column.
type message struct {
	influence signal.Mask
	value     float64
	flow      int32
	meddled   int32 // place of the step that has the last word in it, plus 1
	block     int32
}

// pool keeps the messages under way. What has arrived makes room for the next
// one with as many values, so that the memory of a run is that of its busiest
// instant.
type pool struct {
	messages  []message
	values    []float64
	envelopes []envelope // of messages, where one had to be
	free      [][]uint32 // by number of values: messages that have arrived
}

// seal makes room for the envelope of a message.
func (p *pool) seal(id uint32) {
	for len(p.envelopes) <= int(id) {
		p.envelopes = append(p.envelopes, envelope{})
	}
}

func (p *pool) take(values int32) uint32 {
	for len(p.free) <= int(values) {
		p.free = append(p.free, nil)
	}
	if list := p.free[values]; len(list) > 0 {
		p.free[values] = list[:len(list)-1]
		return list[len(list)-1]
	}
	p.messages = append(p.messages, message{block: int32(len(p.values))})
	for range values - 1 {
		p.values = append(p.values, 0)
	}
	return uint32(len(p.messages) - 1)
}

func (p *pool) give(id uint32, values int32) { p.free[values] = append(p.free[values], id) }

// value returns where a message has a value.
func (p *pool) value(m *message, i int32) *float64 {
	if i == 0 {
		return &m.value
	}
	return &p.values[m.block+i-1]
}
