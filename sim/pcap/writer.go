package pcap

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Config is what a whole capture has in common.
type Config struct {
	// Zones are the names of the zones; without any there is one, "network".
	Zones []string
	// Start is when virtual time 0 is. The zero Start is 1970.
	Start time.Time
	// About is what the capture says of itself.
	About string
}

// A Message is something that is sent in a flow.
type Message struct {
	At   vtime.Time
	Flow int
	// Number is that of the message in its flow. A response has that of its request.
	Number   uint64
	Response bool // To answers From
	// Values are those of the items, in their order; a request that reads has none.
	Values []float64
	// Lost is where the message ends that does not arrive, such as "lost on conduit
	// uplink" or "blocked by conduit uplink, rule 3".
	Lost string
	// Comment is its cause.
	Comment string
}

// An Arrival is what becomes of a message that was sent and not Lost.
type Arrival struct {
	At       vtime.Time
	Flow     int
	Number   uint64
	Response bool
	// Refusal is why the receiver does not do what it was asked.
	Refusal network.Refusal
	// Lost says that it does not arrive after all, and why.
	Lost string
	// Comment is about the answer, such as the check that refused.
	Comment string
}

var (
	errOrder    = errors.New("pcap: a message from before the last one")
	errFlow     = errors.New("pcap: a message of a flow that there is not")
	errResponse = errors.New("pcap: a response to what asks for none")
	errValues   = errors.New("pcap: not one value for each item of the flow")
)

// A Writer writes a capture. Messages and arrivals come in the order of time.
type Writer struct {
	out     *pcapgo.NgWriter
	start   int64
	now     vtime.Time
	zones   int
	flows   []flow
	links   []link
	clients map[client]int // links of MQTT
	opened  uint64         // connections so far
	batch   batch
	scratch []byte
	said    []string
	frame   frame
}

// A flow is a Flow that was prepared.
type flow struct {
	Flow
	link    int // where its messages travel
	dialect dialect
	groups  []group
}

// New begins a capture.
func New(out io.Writer, c Config) (*Writer, error) {
	zones := c.Zones
	if len(zones) == 0 {
		zones = []string{"network"}
	}
	if len(zones) > mostZones {
		return nil, fmt.Errorf("pcap: %d zones; a capture tells apart %d", len(zones), mostZones)
	}
	w := &Writer{zones: len(zones), clients: map[client]int{}}
	if !c.Start.IsZero() {
		w.start = c.Start.UnixNano()
	}
	w.frame.init()
	options := pcapgo.NgWriterOptions{SectionInfo: pcapgo.NgSectionInfo{Application: "harmproof", Comment: c.About}}
	var err error
	for i, zone := range zones {
		face := pcapgo.NgInterface{Name: zone, LinkType: layers.LinkTypeEthernet, TimestampResolution: 9}
		if i == 0 {
			w.out, err = pcapgo.NewNgWriterInterface(out, face, options)
		} else {
			_, err = w.out.AddInterface(face)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Flow prepares a flow and returns its number.
func (w *Writer) Flow(f Flow) (int, error) {
	if err := f.check(w.zones); err != nil {
		return 0, err
	}
	prepared := flow{Flow: f, link: w.link(&f), dialect: f.Protocol.dialect()}
	prepared.groups = prepared.dialect.divide(&f)
	w.flows = append(w.flows, prepared)
	return len(w.flows) - 1, nil
}

// Send writes what a sender puts on the wire.
func (w *Writer) Send(m Message) error {
	f, err := w.at(m.At, m.Flow)
	if err != nil {
		return err
	}
	if f.Verb.carries() && f.Verb.asks() == m.Response && len(m.Values) != len(f.Items) {
		return errValues
	}
	if m.Response && !f.Verb.asks() {
		return errResponse
	}
	if f.Protocol == Plain {
		return w.datagram(f, &m)
	}
	return w.transmit(f, &m)
}

// Arrive writes what a receiver puts on the wire because a message arrived.
func (w *Writer) Arrive(a Arrival) error {
	f, err := w.at(a.At, a.Flow)
	if err != nil || f.Protocol == Plain {
		return err
	}
	l := &w.links[f.link]
	if a.Lost != "" {
		l.land(&a)
		l.broken = a.Lost
		return nil
	}
	p, known := l.land(&a)
	if !known || a.Response {
		return nil
	}
	l.clock = w.start + int64(w.now)
	w.batch.reset(int(p.side))
	f.dialect.reply(&w.batch, f, l, p, &a)
	return w.answer(f, &a)
}

// Close writes what is still in a buffer. It does not close what the capture is
// written to.
func (w *Writer) Close() error { return w.out.Flush() }

// at moves on in time and returns a flow.
func (w *Writer) at(now vtime.Time, id int) (*flow, error) {
	if now < w.now {
		return nil, errOrder
	}
	if id < 0 || id >= len(w.flows) {
		return nil, errFlow
	}
	w.now = now
	return &w.flows[id], nil
}

// packet writes a frame as it is seen in a zone.
func (w *Writer) packet(zone int32, comments ...string) error {
	data := w.frame.buffer.Bytes()
	w.said = w.said[:0]
	for _, c := range comments {
		if c != "" {
			w.said = append(w.said, shortened(c))
		}
	}
	return w.out.WritePacketWithOptions(gopacket.CaptureInfo{
		Timestamp: time.Unix(0, w.start+int64(w.now)), CaptureLength: len(data), Length: len(data), InterfaceIndex: int(zone),
	}, data, pcapgo.NgPacketOptions{Comments: w.said})
}

// shortened cuts a comment that is longer than the format takes, at a whole letter.
func shortened(text string) string {
	const most = 0xFF00
	if len(text) <= most {
		return text
	}
	n := most
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return text[:n]
}

// about says of a message what its comment does not.
func (f *flow) about() string {
	if f.Claims.Name == "" || f.Claims == f.From {
		return ""
	}
	return "sent by " + f.From.Name + ", which claims to be " + f.Claims.Name
}
