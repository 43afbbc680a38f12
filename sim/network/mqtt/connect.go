package mqtt

import "encoding/binary"

// protocol and level are how MQTT 3.1.1 calls itself.
const (
	protocol = "MQTT"
	level    = 4
)

// Flags of a connect.
const (
	flagClean    = 0x02
	flagWill     = 0x04
	flagRetain   = 0x20
	flagPassword = 0x40
	flagUser     = 0x80
)

// A Connect is how a client begins.
type Connect struct {
	Client    string
	Clean     bool   // nothing is kept from an earlier session
	KeepAlive uint16 // seconds; 0: for ever
	HasUser   bool
	User      string
	HasSecret bool
	Secret    []byte // the password, as everybody on the way reads it
	Will      *Will  // what the broker publishes when the client is lost
}

// A Will is the message that a client leaves behind.
type Will struct {
	Topic  string
	Body   []byte
	QoS    byte
	Retain bool
}

// flags returns the flags of a connect.
func (c *Connect) flags() (f byte) {
	if c.Clean {
		f |= flagClean
	}
	if c.HasUser {
		f |= flagUser
	}
	if c.HasSecret {
		f |= flagPassword
	}
	if c.Will != nil {
		f |= flagWill | c.Will.QoS<<3
		if c.Will.Retain {
			f |= flagRetain
		}
	}
	return f
}

// valid reports whether the standard permits it.
func (c *Connect) valid() bool {
	if !valid(c.Client) || !valid(c.User) || len(c.Secret) > 0xFFFF || c.HasSecret && !c.HasUser || c.Client == "" && !c.Clean {
		return false
	}
	if !c.HasUser && c.User != "" || !c.HasSecret && len(c.Secret) > 0 {
		return false
	}
	w := c.Will
	return w == nil || ValidTopic(w.Topic) && len(w.Body) <= 0xFFFF && w.QoS <= 2
}

// Append implements Packet.
func (c *Connect) Append(b []byte) ([]byte, error) {
	if !c.valid() {
		return b, ErrPacket
	}
	n := 10 + 2 + len(c.Client)
	if c.Will != nil {
		n += 4 + len(c.Will.Topic) + len(c.Will.Body)
	}
	if c.HasUser {
		n += 2 + len(c.User)
	}
	if c.HasSecret {
		n += 2 + len(c.Secret)
	}
	b = appendText(open(b, KindConnect, 0, n), protocol)
	b = append(b, level, c.flags())
	b = binary.BigEndian.AppendUint16(b, c.KeepAlive)
	b = appendText(b, c.Client)
	if c.Will != nil {
		b = appendText(b, c.Will.Topic)
		b = appendText(b, string(c.Will.Body))
	}
	if c.HasUser {
		b = appendText(b, c.User)
	}
	if c.HasSecret {
		b = appendText(b, string(c.Secret))
	}
	return b, nil
}

func (r *reader) connect() Packet {
	if string(r.bytes()) != protocol || r.octet() != level {
		return nil
	}
	f := r.octet()
	c := &Connect{Clean: f&flagClean != 0, HasUser: f&flagUser != 0, HasSecret: f&flagPassword != 0, KeepAlive: r.word()}
	c.Client = r.text()
	if f&flagWill != 0 {
		c.Will = &Will{Topic: r.text(), Body: r.bytes(), QoS: f >> 3 & 3, Retain: f&flagRetain != 0}
	}
	if c.HasUser {
		c.User = r.text()
	}
	if c.HasSecret {
		c.Secret = r.bytes()
	}
	if c.flags() != f || !c.valid() { // reserved flags, or those of a will that is not there
		return nil
	}
	return c
}

// A Connack is what a broker answers to a connect.
type Connack struct {
	Present bool // a session was kept
	Code    byte // 0 accepted, 1 protocol, 2 client, 3 unavailable, 4 user or password, 5 not authorised
}

// Append implements Packet.
func (c Connack) Append(b []byte) ([]byte, error) {
	if c.Code > 5 || c.Present && c.Code != 0 {
		return b, ErrPacket
	}
	present := byte(0)
	if c.Present {
		present = 1
	}
	return append(open(b, KindConnack, 0, 2), present, c.Code), nil
}

func (r *reader) connack() Packet {
	present, code := r.octet(), r.octet()
	if present > 1 || code > 5 || present == 1 && code != 0 {
		return nil
	}
	return Connack{present == 1, code}
}

// Bare is a packet that is nothing but its kind: KindPingreq, KindPingresp or
// KindDisconnect.
type Bare Kind

// Append implements Packet.
func (k Bare) Append(b []byte) ([]byte, error) {
	if Kind(k) < KindPingreq || Kind(k) > KindDisconnect {
		return b, ErrPacket
	}
	return open(b, Kind(k), 0, 0), nil
}
