package mqtt

import "encoding/binary"

// A Publish is a message, to a broker or from it.
type Publish struct {
	Topic  string
	Body   []byte
	QoS    byte   // 0 at most once, 1 at least once, 2 exactly once
	Retain bool   // kept by the broker for who subscribes later, or was kept
	Again  bool   // sent before
	ID     uint16 // where QoS is 1 or 2
}

// valid reports whether the standard permits it.
func (p *Publish) valid() bool {
	return ValidTopic(p.Topic) && p.QoS <= 2 && (p.QoS > 0) == (p.ID != 0) && !(p.Again && p.QoS == 0) && len(p.Body) <= mostRemaining-len(p.Topic)-4
}

// Append implements Packet.
func (p *Publish) Append(b []byte) ([]byte, error) {
	if !p.valid() {
		return b, ErrPacket
	}
	flags, n := p.QoS<<1, 2+len(p.Topic)+len(p.Body)
	if p.Retain {
		flags |= 1
	}
	if p.Again {
		flags |= 8
	}
	if p.QoS > 0 {
		n += 2
	}
	b = appendText(open(b, KindPublish, flags, n), p.Topic)
	if p.QoS > 0 {
		b = binary.BigEndian.AppendUint16(b, p.ID)
	}
	return append(b, p.Body...), nil
}

func (r *reader) publish(flags byte) Packet {
	p := &Publish{Topic: r.text(), QoS: flags >> 1 & 3, Retain: flags&1 != 0, Again: flags&8 != 0}
	if p.QoS > 0 {
		p.ID = r.id()
	}
	p.Body = r.take(len(r.rest))
	if !p.valid() {
		return nil
	}
	return p
}

// An Ack answers a packet by its number: KindPuback (QoS 1), KindPubrec, KindPubrel
// and KindPubcomp (QoS 2, in turn), KindUnsuback.
type Ack struct {
	Kind Kind
	ID   uint16
}

// Append implements Packet.
func (a Ack) Append(b []byte) ([]byte, error) {
	if (a.Kind < KindPuback || a.Kind > KindPubcomp) && a.Kind != KindUnsuback || a.ID == 0 {
		return b, ErrPacket
	}
	return binary.BigEndian.AppendUint16(open(b, a.Kind, a.Kind.flags(), 2), a.ID), nil
}
