package pcap

import (
	"encoding/binary"
	"strconv"
)

// plainPort is where devices listen that speak no protocol of their own.
const plainPort = 47100

// mostText is how long a line may be without being divided.
const mostText = 1200

type plainDialect struct{}

func (plainDialect) divide(f *Flow) []group {
	return bySize(f.Items, mostText, func(item *Item) int { return len(item.Name) + 27 })
}

func (plainDialect) greet(*batch, *link) {}

// speak makes lines such as "write 17 pump.run=true pump.speed=0.5".
func (plainDialect) speak(b *batch, f *flow, _ *link, m *Message) {
	groups := f.groups
	if len(groups) == 0 {
		groups = []group{{}}
	}
	for _, g := range groups {
		line := append(b.bytes, f.Verb.String()...)
		if m.Response {
			line = append(line, " is"...)
		}
		line = strconv.AppendUint(append(line, ' '), m.Number, 10)
		for i, item := range g.items(f) {
			line = append(append(line, ' '), item.Name...)
			if len(m.Values) > 0 {
				line = item.Kind.text(append(line, '='), m.Values[g.from+i])
			}
		}
		b.add(false, append(line, '\n'), nil)
	}
}

func (plainDialect) reply(*batch, *flow, *link, parcel, *Arrival) {}

// datagram sends a message as datagrams.
func (w *Writer) datagram(f *flow, m *Message) error {
	l := &w.links[f.link]
	if !l.open {
		w.renew(l)
		l.open = true
	}
	side := f.side(m.Response)
	w.batch.reset(side)
	f.dialect.speak(&w.batch, f, l, m)
	from, to := &l.ends[side], &l.ends[1-side]
	comments := []string{m.Comment, m.Lost, f.about()}
	for i := range w.batch.ends {
		payload := w.batch.part(i)
		if f.Encrypted {
			w.scratch = concealDatagram(w.scratch[:0], l, len(payload))
			payload = w.scratch
		}
		if err := w.frame.datagram(from, to, payload); err != nil {
			return err
		}
		if err := w.packet(from.zone, comments...); err != nil {
			return err
		}
		comments = nil
	}
	return nil
}

// tag is how many bytes a cipher adds to what it conceals.
const tag = 24

// conceal appends a record of TLS 1.2 with so many bytes in it that nobody can read.
func conceal(b []byte, l *link, n int) []byte {
	b = append(b, 23, 3, 3)
	b = binary.BigEndian.AppendUint16(b, uint16(n+tag))
	return noise(b, l, n+tag)
}

// concealDatagram does the same with DTLS 1.2.
func concealDatagram(b []byte, l *link, n int) []byte {
	b = append(b, 23, 0xFE, 0xFD)
	b = binary.BigEndian.AppendUint64(b, 1<<48|l.serial) // the first epoch, the number of the record
	b = binary.BigEndian.AppendUint16(b, uint16(n+tag))
	return noise(b, l, n+tag)
}

// noise appends bytes that no two records have alike.
func noise(b []byte, l *link, n int) []byte {
	seed := mix(l.number)<<20 ^ l.serial<<10
	l.serial++
	for i := range n {
		b = append(b, byte(mix(seed+uint64(i))))
	}
	return b
}
