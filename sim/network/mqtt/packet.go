package mqtt

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf8"
)

// Port is where brokers listen; SecurePort, where they speak TLS.
const (
	Port       = 1883
	SecurePort = 8883
)

// mostRemaining is the longest rest that four bytes can tell.
const mostRemaining = 1<<28 - 1

var (
	// ErrShort says that the end of a packet is still to come.
	ErrShort = errors.New("mqtt: the packet is longer than what there is")
	// ErrPacket says that bytes are no packet of MQTT 3.1.1, or that a packet cannot be
	// written.
	ErrPacket = errors.New("mqtt: this is no packet of MQTT 3.1.1")
)

// A Kind is the type of a packet.
type Kind byte

// The kinds.
const (
	KindConnect Kind = 1 + iota
	KindConnack
	KindPublish
	KindPuback
	KindPubrec
	KindPubrel
	KindPubcomp
	KindSubscribe
	KindSuback
	KindUnsubscribe
	KindUnsuback
	KindPingreq
	KindPingresp
	KindDisconnect
)

// flags returns the flags that a kind must have; those of a publish are its own.
func (k Kind) flags() byte {
	switch k {
	case KindPubrel, KindSubscribe, KindUnsubscribe:
		return 2
	}
	return 0
}

// A Packet is one of Connect, Connack, Publish, Ack, Subscribe, Suback, Unsubscribe
// and Bare.
type Packet interface {
	// Append appends the packet, or returns ErrPacket for one that the standard does
	// not permit.
	Append(b []byte) ([]byte, error)
}

// Decode reads the packet that a stream begins with and returns what follows it.
func Decode(b []byte) (p Packet, rest []byte, err error) {
	n, width := remaining(b)
	if width < 0 {
		return nil, b, ErrPacket
	}
	end := 1 + width + n
	if width == 0 || len(b) < end {
		return nil, b, ErrShort
	}
	r := reader{rest: b[1+width : end : end]}
	kind, flags := Kind(b[0]>>4), b[0]&0xF
	if kind != KindPublish && flags != kind.flags() {
		return nil, b, ErrPacket
	}
	if p = r.packet(kind, flags); p == nil || r.bad || len(r.rest) > 0 {
		return nil, b, ErrPacket
	}
	return p, b[end:], nil
}

// remaining reads the length of the rest and how many bytes tell it: 0 where they are
// still to come, -1 where they are wrong.
func remaining(b []byte) (n, width int) {
	for i := range 4 {
		if len(b) < i+2 {
			return 0, 0
		}
		n |= int(b[i+1]&0x7F) << (7 * i)
		if b[i+1] < 0x80 {
			if i > 0 && b[i+1] == 0 {
				return 0, -1
			}
			return n, i + 1
		}
	}
	return 0, -1
}

// packet reads the rest of a packet.
func (r *reader) packet(kind Kind, flags byte) Packet {
	switch kind {
	case KindConnect:
		return r.connect()
	case KindConnack:
		return r.connack()
	case KindPublish:
		return r.publish(flags)
	case KindPuback, KindPubrec, KindPubrel, KindPubcomp, KindUnsuback:
		return Ack{kind, r.id()}
	case KindSubscribe:
		return r.subscribe()
	case KindSuback:
		return r.suback()
	case KindUnsubscribe:
		return r.unsubscribe()
	case KindPingreq, KindPingresp, KindDisconnect:
		return Bare(kind)
	}
	return nil
}

// open appends the beginning of a packet whose rest is n bytes.
func open(b []byte, kind Kind, flags byte, n int) []byte {
	b = append(b, byte(kind)<<4|flags)
	for n > 0x7F {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

func appendText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(len(text))), text...)
}

// valid reports whether the standard permits a text.
func valid(text string) bool {
	return len(text) <= 0xFFFF && utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}

// A reader takes what a packet consists of; bad once something is not there.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.bad, r.rest = true, nil
		return nil
	}
	part := r.rest[:n:n]
	r.rest = r.rest[n:]
	return part
}

func (r *reader) octet() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) word() uint16 {
	if b := r.take(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

// id reads the number of a packet, which is never 0.
func (r *reader) id() uint16 {
	id := r.word()
	r.bad = r.bad || id == 0
	return id
}

func (r *reader) bytes() []byte { return r.take(int(r.word())) }

func (r *reader) text() string {
	text := string(r.bytes())
	r.bad = r.bad || !valid(text)
	return text
}
