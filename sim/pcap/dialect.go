package pcap

import "github.com/harmproof/harmproof/sim/network"

// A dialect is how a protocol says what messages say.
type dialect interface {
	// divide divides the items of a flow into what goes into one record.
	divide(f *Flow) []group
	// greet is what the two ends of a new connection say to begin with.
	greet(b *batch, l *link)
	// speak is what a message is, a request or a response.
	speak(b *batch, f *flow, l *link, m *Message)
	// reply is what the receiver says when a request arrives that was not for values,
	// or that it refuses.
	reply(b *batch, f *flow, l *link, p parcel, a *Arrival)
}

func (p Protocol) dialect() dialect {
	switch p {
	case Modbus:
		return modbusDialect{}
	case MQTT:
		return mqttDialect{}
	case OPCUA:
		return opcuaDialect{}
	case ENIP:
		return enipDialect{}
	}
	return plainDialect{}
}

// code is the number by which a protocol refuses; 0 where it does not.
func code(p network.Protocol, r network.Refusal) uint32 {
	answer, _ := p.Answer(r)
	return answer.Code
}

// A group is items that go into one record: so many from one on.
type group struct {
	from, n int
	coils   bool // of Modbus: bits, otherwise registers
}

// items returns the items of a group; values, theirs.
func (g group) items(f *flow) []Item              { return f.Items[g.from:][:g.n] }
func (g group) values(values []float64) []float64 { return values[g.from:][:g.n] }

// record returns the number of a message's record, other than those of the messages
// before and after it.
func (f *flow) record(number uint64, i int) uint64 {
	return number*uint64(max(1, len(f.groups))) + uint64(i)
}

// bySize divides items so that no record is longer than it may be.
func bySize(items []Item, most int, size func(*Item) int) (list []group) {
	total := most + 1
	for i := range items {
		n := size(&items[i])
		if total += n; total > most {
			list = append(list, group{from: i})
			total = n
		}
		list[len(list)-1].n++
	}
	return list
}

// A batch is records that are sent one after the other.
type batch struct {
	bytes   []byte
	ends    []int
	begins  int    // the side that says the first
	replies []bool // said by the other side
	scratch []byte
	err     error
}

func (b *batch) reset(begins int) {
	b.bytes, b.ends, b.replies, b.begins, b.err = b.bytes[:0], b.ends[:0], b.replies[:0], begins, nil
}

// side returns the side that begins, or replies.
func (b *batch) side(reply bool) int {
	if reply {
		return 1 - b.begins
	}
	return b.begins
}

// add takes in the bytes of a batch with one more record at the end.
func (b *batch) add(reply bool, bytes []byte, err error) {
	b.bytes, b.ends, b.replies = bytes, append(b.ends, len(bytes)), append(b.replies, reply)
	if err != nil && b.err == nil {
		b.err = err
	}
}

// part returns a record.
func (b *batch) part(i int) []byte {
	from := 0
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.bytes[from:b.ends[i]]
}
