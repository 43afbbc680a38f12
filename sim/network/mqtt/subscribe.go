package mqtt

import "encoding/binary"

// A Filter is topics that a client wants, and the highest QoS it wants them with.
type Filter struct {
	Topics string
	QoS    byte
}

// A Subscribe asks for topics.
type Subscribe struct {
	ID      uint16
	Filters []Filter
}

// Refused is the code of a Suback for a filter that is refused.
const Refused = 0x80

// Append implements Packet.
func (s *Subscribe) Append(b []byte) ([]byte, error) {
	n := 2
	for _, f := range s.Filters {
		if !ValidFilter(f.Topics) || f.QoS > 2 {
			return b, ErrPacket
		}
		n += 3 + len(f.Topics)
	}
	if s.ID == 0 || len(s.Filters) == 0 || n > mostRemaining {
		return b, ErrPacket
	}
	b = binary.BigEndian.AppendUint16(open(b, KindSubscribe, 2, n), s.ID)
	for _, f := range s.Filters {
		b = append(appendText(b, f.Topics), f.QoS)
	}
	return b, nil
}

func (r *reader) subscribe() Packet {
	s := &Subscribe{ID: r.id()}
	for len(r.rest) > 0 {
		f := Filter{r.text(), r.octet()}
		if !ValidFilter(f.Topics) || f.QoS > 2 {
			return nil
		}
		s.Filters = append(s.Filters, f)
	}
	if len(s.Filters) == 0 {
		return nil
	}
	return s
}

// A Suback answers a Subscribe: for each filter the QoS granted, or Refused.
type Suback struct {
	ID    uint16
	Codes []byte
}

func (s *Suback) valid() bool {
	for _, c := range s.Codes {
		if c > 2 && c != Refused {
			return false
		}
	}
	return s.ID != 0 && len(s.Codes) > 0 && len(s.Codes) <= mostRemaining-2
}

// Append implements Packet.
func (s *Suback) Append(b []byte) ([]byte, error) {
	if !s.valid() {
		return b, ErrPacket
	}
	b = binary.BigEndian.AppendUint16(open(b, KindSuback, 0, 2+len(s.Codes)), s.ID)
	return append(b, s.Codes...), nil
}

func (r *reader) suback() Packet {
	s := &Suback{ID: r.id(), Codes: r.take(len(r.rest))}
	if !s.valid() {
		return nil
	}
	return s
}

// An Unsubscribe gives topics up.
type Unsubscribe struct {
	ID      uint16
	Filters []string
}

// Append implements Packet.
func (u *Unsubscribe) Append(b []byte) ([]byte, error) {
	n := 2
	for _, f := range u.Filters {
		if !ValidFilter(f) {
			return b, ErrPacket
		}
		n += 2 + len(f)
	}
	if u.ID == 0 || len(u.Filters) == 0 || n > mostRemaining {
		return b, ErrPacket
	}
	b = binary.BigEndian.AppendUint16(open(b, KindUnsubscribe, 2, n), u.ID)
	for _, f := range u.Filters {
		b = appendText(b, f)
	}
	return b, nil
}

func (r *reader) unsubscribe() Packet {
	u := &Unsubscribe{ID: r.id()}
	for len(r.rest) > 0 {
		f := r.text()
		if !ValidFilter(f) {
			return nil
		}
		u.Filters = append(u.Filters, f)
	}
	if len(u.Filters) == 0 {
		return nil
	}
	return u
}
