package pcap

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/network/mqtt"
)

type mqttDialect struct{}

// divide makes a group of each item: each has a topic of its own.
func (mqttDialect) divide(f *Flow) []group {
	return bySize(f.Items, 0, func(*Item) int { return 1 })
}

func (mqttDialect) add(b *batch, reply bool, p mqtt.Packet) {
	bytes, err := p.Append(b.bytes)
	b.add(reply, bytes, err)
}

func (d mqttDialect) greet(b *batch, l *link) {
	d.add(b, false, &mqtt.Connect{Client: l.client().Name, Clean: true, HasUser: l.user != "", User: l.user})
	d.add(b, true, mqtt.Connack{})
}

// id returns the number of a packet; none is 0.
func (mqttDialect) id(record uint64) uint16 { return uint16(record%0xFFFF) + 1 }

// introduce subscribes a client to the topics that are about to be delivered to it.
func (d mqttDialect) introduce(b *batch, f *flow, l *link) {
	for _, item := range f.Items {
		known := false
		for _, filter := range l.topics {
			known = known || mqtt.Match(filter, item.Name)
		}
		if known {
			continue
		}
		l.topics = append(l.topics, item.Name)
		l.serial++
		id := d.id(l.serial)
		d.add(b, false, &mqtt.Subscribe{ID: id, Filters: []mqtt.Filter{{Topics: item.Name, QoS: f.QoS}}})
		d.add(b, true, &mqtt.Suback{ID: id, Codes: []byte{f.QoS}})
	}
}

func (d mqttDialect) speak(b *batch, f *flow, l *link, m *Message) {
	switch f.Verb {
	case Login: // is the connection
	case Scan:
		l.topics = append(l.topics, "#")
		d.add(b, false, &mqtt.Subscribe{ID: d.id(m.Number), Filters: []mqtt.Filter{{Topics: "#", QoS: f.QoS}}})
	case Subscribe:
		s := mqtt.Subscribe{ID: d.id(m.Number)}
		for _, item := range f.Items {
			l.topics = append(l.topics, item.Name)
			s.Filters = append(s.Filters, mqtt.Filter{Topics: item.Name, QoS: f.QoS})
		}
		if len(s.Filters) > 0 {
			d.add(b, false, &s)
		}
	default:
		for i, item := range f.Items {
			p := mqtt.Publish{Topic: item.Name, QoS: f.QoS, Retain: f.Retain}
			switch {
			case f.Verb == Wipe:
				p.Retain = true // and empty: nothing is kept
			case f.Verb.asks() && !m.Response:
				p.Topic += "/get"
			default:
				b.scratch = item.Kind.text(b.scratch[:0], m.Values[i])
				p.Body = b.scratch
			}
			if p.QoS > 0 {
				p.ID = d.id(f.record(m.Number, i))
			}
			d.add(b, false, &p)
		}
	}
}

func (d mqttDialect) reply(b *batch, f *flow, _ *link, _ parcel, a *Arrival) {
	code := f.QoS
	if a.Refusal != network.Accepted {
		code = mqtt.Refused
	}
	switch f.Verb {
	case Login:
	case Scan, Subscribe:
		if n := max(1, len(f.Items)); f.Verb == Scan || len(f.Items) > 0 {
			codes := make([]byte, n)
			for i := range codes {
				codes[i] = code
			}
			d.add(b, true, &mqtt.Suback{ID: d.id(a.Number), Codes: codes})
		}
	default:
		for i := range f.Items {
			id := d.id(f.record(a.Number, i))
			switch f.QoS {
			case 1:
				d.add(b, true, mqtt.Ack{Kind: mqtt.KindPuback, ID: id})
			case 2:
				d.add(b, true, mqtt.Ack{Kind: mqtt.KindPubrec, ID: id})
				d.add(b, false, mqtt.Ack{Kind: mqtt.KindPubrel, ID: id})
				d.add(b, true, mqtt.Ack{Kind: mqtt.KindPubcomp, ID: id})
			}
		}
	}
}
