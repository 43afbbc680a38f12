package pcap

// Limits of what is sent and remembered.
const (
	mss      = 1460
	window   = 0xFFFF
	mostAway = 4096 // messages on their way in one connection that are remembered
)

// The two sides of a connection.
const (
	atClient = iota
	atServer
)

// A link is where the messages of a flow travel: one connection after the other.
type link struct {
	flow   Flow // the flow that it was made for
	ends   [2]host
	next   [2]uint32 // of each side: the number of the byte that it sends next
	heard  [2]uint32 // and that it hears next
	open   bool
	broken string    // why the connection is given up before the next message
	number uint64    // of the connection
	serial uint64    // of records and subscriptions in it
	chunks [2]uint32 // of OPC UA that each side sent
	clock  int64     // nanoseconds since 1970
	user   string
	topics []string // that a client of MQTT subscribed to
	away   []parcel
}

// A parcel is a message on its way.
type parcel struct {
	flow     int
	number   uint64
	response bool
	side     int8 // that sent it
	on       bool // its first value, as a bool
	end      uint32
}

// A client is a client of a broker, or who claims to be one.
type client struct {
	client, broker, claims Endpoint
	encrypted              bool
}

// link returns the place of a flow's link. A client of MQTT has one for each broker.
func (w *Writer) link(f *Flow) int {
	from, to := f.hosts()
	l := link{flow: *f, ends: [2]host{from, to}}
	key := client{f.From, f.To, f.Claims, f.Encrypted}
	if f.delivers() {
		l.ends = [2]host{to, from}
		key = client{f.To, f.From, Endpoint{}, f.Encrypted}
	}
	l.ends[atServer].port = f.port()
	if place, ok := w.clients[key]; ok && f.Protocol == MQTT {
		return place
	}
	w.links = append(w.links, l)
	if f.Protocol == MQTT {
		w.clients[key] = len(w.links) - 1
	}
	return len(w.links) - 1
}

// delivers reports whether a flow is to who connected: from a broker of MQTT to a
// client, or from a server of OPC UA to a subscriber.
func (f *Flow) delivers() bool {
	return f.Protocol == MQTT && f.From.Broker && !f.To.Broker || f.Protocol == OPCUA && f.Verb == Publish
}

// client and server return the two ends of a link; the client, as whom it claims to be.
func (l *link) client() Endpoint {
	switch {
	case l.flow.delivers():
		return l.flow.To
	case l.flow.Claims.Name != "":
		return l.flow.Claims
	}
	return l.flow.From
}

func (l *link) server() Endpoint {
	if l.flow.delivers() {
		return l.flow.From
	}
	return l.flow.To
}

// channel is the number of a secure channel of OPC UA; none is 0.
func (l *link) channel() uint32 { return uint32(l.number) + 1 }

// connects reports whether all there is of a message is a new connection, with what the
// protocol begins with.
func (f *Flow) connects() bool {
	return f.Verb == Login || f.Verb == Subscribe && (f.Protocol == Modbus || f.Protocol == ENIP)
}

// side returns which side of its link sends a message.
func (f *Flow) side(response bool) int {
	if f.delivers() != response {
		return atServer
	}
	return atClient
}

// land takes a message that arrives from those on their way.
func (l *link) land(a *Arrival) (p parcel, known bool) {
	for i, p := range l.away {
		if p.number == a.Number && p.response == a.Response && p.flow == a.Flow {
			if ahead := &l.heard[1-p.side]; int32(p.end-*ahead) > 0 && a.Lost == "" {
				*ahead = p.end
			}
			l.away = append(l.away[:i], l.away[i+1:]...)
			return p, true
		}
	}
	return p, false
}

// transmit sends a message of a flow, over a connection that it opens if there is none.
func (w *Writer) transmit(f *flow, m *Message) error {
	l := &w.links[f.link]
	l.clock = w.start + int64(w.now)
	if f.Verb == Login {
		l.user = f.User
	}
	comment := m.Comment
	if !m.Response && (!l.open || l.broken != "" || f.connects()) {
		if m.Lost != "" {
			return w.attempt(l, m.Comment, m.Lost, f.about())
		}
		said := ""
		if f.connects() {
			said, comment = comment, ""
		}
		if err := w.connect(f, l, said); err != nil {
			return err
		}
	}
	if err := w.introduce(f, l); err != nil {
		return err
	}
	side := f.side(m.Response)
	w.batch.reset(side)
	f.dialect.speak(&w.batch, f, l, m)
	if err := w.say(l, comment, m.Lost, f.about()); err != nil {
		return err
	}
	if m.Lost != "" {
		l.broken = m.Lost
		return nil
	}
	if len(l.away) >= mostAway { // the older half never arrived
		l.away = append(l.away[:0], l.away[mostAway/2:]...)
	}
	l.away = append(l.away, parcel{m.Flow, m.Number, m.Response, int8(side), len(m.Values) > 0 && m.Values[0] != 0, l.next[side]})
	return nil
}

// answer sends the batch as what the receiver says to a message, or an acknowledgement
// that there is nothing to be said.
func (w *Writer) answer(f *flow, a *Arrival) error {
	l := &w.links[f.link]
	if len(w.batch.ends) == 0 {
		if a.Comment == "" && (f.Verb.asks() || f.connects()) {
			return nil // the response acknowledges it; there is nothing to be acknowledged
		}
		return w.segment(l, 1-w.batch.begins, markAck, nil, a.Comment)
	}
	return w.exchange(l, a.Comment)
}

// attempt sends what asks for a connection that never comes.
func (w *Writer) attempt(l *link, comments ...string) error {
	w.renew(l)
	l.open = false
	return w.segment(l, atClient, markSyn, nil, comments...)
}

// connect opens a connection: three segments, and what the protocol begins with.
func (w *Writer) connect(f *flow, l *link, comment string) error {
	after := ""
	if l.broken != "" {
		after = "again, because the last message was not heard: " + l.broken
	}
	w.renew(l)
	l.open = true
	if err := w.segment(l, atClient, markSyn, nil, comment, after); err != nil {
		return err
	}
	l.next[atClient]++
	l.heard[atServer] = l.next[atClient]
	if err := w.segment(l, atServer, markSyn|markAck, nil); err != nil {
		return err
	}
	l.next[atServer]++
	l.heard[atClient] = l.next[atServer]
	if err := w.segment(l, atClient, markAck, nil); err != nil {
		return err
	}
	w.batch.reset(atClient)
	f.dialect.greet(&w.batch, l)
	return w.exchange(l)
}

// introduce lets a client of MQTT subscribe to what is about to be delivered to it.
func (w *Writer) introduce(f *flow, l *link) error {
	if f.Protocol != MQTT || !f.delivers() {
		return nil
	}
	w.batch.reset(atClient)
	mqttDialect{}.introduce(&w.batch, f, l)
	return w.exchange(l)
}

// exchange sends a batch of the side that begins and of the other one in turn, which
// takes no time. The comments go to the first.
func (w *Writer) exchange(l *link, comments ...string) error {
	if w.batch.err != nil {
		return w.batch.err
	}
	for i := range w.batch.ends {
		side := w.batch.side(w.batch.replies[i])
		if err := w.bytes(l, side, w.batch.part(i), comments...); err != nil {
			return err
		}
		l.heard[1-side] = l.next[side]
		comments = nil
	}
	return nil
}

// renew makes a link ready for a new connection.
func (w *Writer) renew(l *link) {
	const first, ports = 49152, 16384
	l.ends[atClient].port = uint16(first + w.opened%ports)
	l.number = w.opened
	w.opened++
	l.next = [2]uint32{uint32(mix(2 * l.number)), uint32(mix(2*l.number + 1))}
	l.heard = [2]uint32{}
	l.broken, l.serial, l.chunks = "", 0, [2]uint32{}
	l.topics, l.away = l.topics[:0], l.away[:0]
}

// say sends the batch; the comments go to the first segment.
func (w *Writer) say(l *link, comments ...string) error {
	if w.batch.err != nil {
		return w.batch.err
	}
	for i := range w.batch.ends {
		if err := w.bytes(l, w.batch.begins, w.batch.part(i), comments...); err != nil {
			return err
		}
		comments = nil
	}
	return nil
}

// bytes sends what is one record of the protocol, in as many segments as it takes.
func (w *Writer) bytes(l *link, side int, payload []byte, comments ...string) error {
	if l.flow.Encrypted {
		w.scratch = conceal(w.scratch[:0], l, len(payload))
		payload = w.scratch
	}
	for len(payload) > 0 {
		n := min(len(payload), mss)
		if err := w.segment(l, side, markAck|markPush, payload[:n], comments...); err != nil {
			return err
		}
		l.next[side] += uint32(n)
		payload, comments = payload[n:], nil
	}
	return nil
}

func (w *Writer) segment(l *link, side int, m mark, payload []byte, comments ...string) error {
	from, to := &l.ends[side], &l.ends[1-side]
	if err := w.frame.segment(from, to, l.next[side], l.heard[side], m, payload); err != nil {
		return err
	}
	return w.packet(from.zone, comments...)
}

// mix returns a number that looks like any other (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
