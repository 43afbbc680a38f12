package pcap

import (
	"math"

	"github.com/harmproof/harmproof/sim/network"
)

// mostNodes is how many bytes of nodes go into one message.
const mostNodes = 8000

// What bodies begin with: the numbers that OPC UA gave to its structures.
const (
	uaGetEndpoints              = 428
	uaOpenChannel               = 446
	uaCreateSession             = 461
	uaActivateSession           = 467
	uaRead                      = 631
	uaWrite                     = 673
	uaCall                      = 712
	uaCreateItems               = 751
	uaCreateSubscription        = 787
	uaPublish                   = 826
	uaAnonymous                 = 321
	uaUserName                  = 324
	uaDataChange                = 811
	uaAnswer                    = 3 // what a response's number is more than its request's
	uaValue              uint32 = 13
	uaSession            uint32 = 0x5E55
	uaSubscription       uint32 = 1
)

// opcuaDialect speaks OPC UA over TCP without security.
type opcuaDialect struct{}

func (opcuaDialect) divide(f *Flow) []group {
	return bySize(f.Items, mostNodes, func(item *Item) int { return len(item.Name) + 50 })
}

// request numbers the request of a record; those of greetings are less.
func (opcuaDialect) request(record uint64) uint32 { return uint32(record&math.MaxInt32) + 100 }

// greet opens a channel and a session, and who is told of changes subscribes.
func (d opcuaDialect) greet(b *batch, l *link) {
	url := "opc.tcp://" + l.server().Name + ":4840"
	d.hello(b, url)
	d.channel(b, l)
	d.session(b, l, url)
	if l.flow.delivers() {
		d.subscribe(b, l, 4, false)
		d.subscribe(b, l, 4, true)
		d.monitor(b, l)
		d.wait(b, l, false)
	}
}

// hello is the limits that both ends agree on.
func (opcuaDialect) hello(b *batch, url string) {
	limits := func(o octets) octets { return o.u32(0).u32(0xFFFF).u32(0xFFFF).u32(0).u32(0) }
	b.bytes = limits(octets(b.bytes).raw("HELF").u32(uint32(32 + len(url)))).text(url)
	b.add(false, b.bytes, nil)
	b.bytes = limits(octets(b.bytes).raw("ACKF").u32(28))
	b.add(true, b.bytes, nil)
}

// channel opens a channel that secures nothing.
func (d opcuaDialect) channel(b *batch, l *link) {
	policy := "http://opcfoundation.org/UA/SecurityPolicy#None"
	d.chunk(b, l, "OPN", policy, false, 1, func(o octets) octets {
		return o.structure(uaOpenChannel).asks(l, 1, 0).u32(0).u32(0).u32(1).null().u32(3600000)
	})
	d.chunk(b, l, "OPN", policy, true, 1, func(o octets) octets {
		o = o.structure(uaOpenChannel+uaAnswer).answers(l, 1, 0).u32(0)
		return o.u32(l.channel()).u32(1).time(l.clock).u32(3600000).null()
	})
}

// session creates a session and says whose it is.
func (d opcuaDialect) session(b *batch, l *link, url string) {
	d.message(b, l, false, 2, func(o octets) octets {
		o = o.structure(uaCreateSession).asks(l, 2, 0)
		o = o.text("urn:" + l.client().Name).null().u8(2).text(l.client().Name).u32(1).null().null().none()
		return o.null().text(url).text(l.client().Name).null().null().f64(60000).u32(0)
	})
	d.message(b, l, true, 2, func(o octets) octets {
		o = o.structure(uaCreateSession+uaAnswer).answers(l, 2, 0).number(1).number(uaSession).f64(60000).null().null()
		return o.none().none().null().null().u32(0)
	})
	d.message(b, l, false, 3, func(o octets) octets {
		o = o.structure(uaActivateSession).asks(l, 3, uaSession).null().null().none().none()
		if l.user == "" {
			return o.extension(uaAnonymous, octets(nil).text("anonymous")).null().null()
		}
		return o.extension(uaUserName, octets(nil).text("user").text(l.user).null().null()).null().null()
	})
	d.message(b, l, true, 3, func(o octets) octets {
		return o.structure(uaActivateSession+uaAnswer).answers(l, 3, 0).null().none().none()
	})
}

// subscribe makes a subscription.
func (d opcuaDialect) subscribe(b *batch, l *link, id uint32, answer bool) {
	d.message(b, l, answer, id, func(o octets) octets {
		if answer {
			return o.structure(uaCreateSubscription+uaAnswer).answers(l, id, 0).u32(uaSubscription).f64(1000).u32(60).u32(20)
		}
		return o.structure(uaCreateSubscription).asks(l, id, uaSession).f64(1000).u32(60).u32(20).u32(0).u8(1).u8(0)
	})
}

// monitor asks to be told of the items of a flow when they change.
func (d opcuaDialect) monitor(b *batch, l *link) {
	for i, g := range d.divide(&l.flow) {
		id := 5 + uint32(i)
		d.message(b, l, false, id, func(o octets) octets {
			o = o.structure(uaCreateItems).asks(l, id, uaSession).u32(uaSubscription).u32(3).u32(uint32(g.n))
			for j := g.from; j < g.from+g.n; j++ {
				o = o.node(l.flow.Items[j].Name).u32(2).u32(uint32(j)).f64(0).nothing().u32(1).u8(1)
			}
			return o
		})
		d.message(b, l, true, id, func(o octets) octets {
			o = o.structure(uaCreateItems+uaAnswer).answers(l, id, 0).u32(uint32(g.n))
			for j := g.from; j < g.from+g.n; j++ {
				o = o.u32(0).u32(uint32(j + 1)).f64(0).u32(1).nothing()
			}
			return o.none()
		})
	}
}

// wait asks for the next changes.
func (d opcuaDialect) wait(b *batch, l *link, reply bool) {
	l.serial++
	id := 100 + uint32(l.serial)
	d.message(b, l, reply, id, func(o octets) octets { return o.structure(uaPublish).asks(l, id, uaSession).none() })
}

func (d opcuaDialect) speak(b *batch, f *flow, l *link, m *Message) {
	id := d.request(f.record(m.Number, 0))
	switch f.Verb {
	case Login:
	case Scan:
		d.message(b, l, false, id, func(o octets) octets {
			return o.structure(uaGetEndpoints).asks(l, id, 0).text("opc.tcp://" + l.server().Name + ":4840").none().none()
		})
	case Wipe:
		d.message(b, l, false, id, func(o octets) octets {
			return o.structure(uaCall).asks(l, id, uaSession).u32(1).name("Log").name("Log.Clear").none()
		})
	case Subscribe:
		d.subscribe(b, l, id, false)
	case Publish:
		d.change(b, f, l, m)
	default:
		for i, g := range f.groups {
			id := d.request(f.record(m.Number, i))
			d.message(b, l, false, id, func(o octets) octets { return d.group(o, f, l, g, id, m) })
		}
	}
}

// group is the reading, the values read, or the writing of a group.
func (opcuaDialect) group(o octets, f *flow, l *link, g group, id uint32, m *Message) octets {
	switch {
	case m.Response:
		o = o.structure(uaRead+uaAnswer).answers(l, id, 0).u32(uint32(g.n))
		for i, item := range g.items(f) {
			o = o.value(item.Kind, m.Values[g.from+i])
		}
		return o.none()
	case f.Verb.asks():
		o = o.structure(uaRead).asks(l, id, uaSession).f64(0).u32(3).u32(uint32(g.n))
		for _, item := range g.items(f) {
			o = o.node(item.Name)
		}
		return o
	}
	o = o.structure(uaWrite).asks(l, id, uaSession).u32(uint32(g.n))
	for i, item := range g.items(f) {
		o = o.name(item.Name).u32(uaValue).null().value(item.Kind, m.Values[g.from+i])
	}
	return o
}

// change tells of the items of a flow, in answer to who waits.
func (d opcuaDialect) change(b *batch, f *flow, l *link, m *Message) {
	id := 100 + uint32(l.serial)
	for _, g := range f.groups {
		var change octets
		change = change.u32(uint32(g.n))
		for i, item := range g.items(f) {
			change = change.u32(uint32(g.from+i)).value(item.Kind, m.Values[g.from+i])
		}
		change = change.none()
		d.message(b, l, false, id, func(o octets) octets {
			o = o.structure(uaPublish+uaAnswer).answers(l, id, 0).u32(uaSubscription).none().u8(0)
			return o.u32(uint32(l.serial)).time(l.clock).u32(1).extension(uaDataChange, change).none().none()
		})
	}
}

func (d opcuaDialect) reply(b *batch, f *flow, l *link, _ parcel, a *Arrival) {
	id, status := d.request(f.record(a.Number, 0)), code(network.OPCUA, a.Refusal)
	switch f.Verb {
	case Login:
	case Scan:
		d.message(b, l, true, id, func(o octets) octets { return o.structure(uaGetEndpoints+uaAnswer).answers(l, id, status).none() })
	case Wipe:
		d.message(b, l, true, id, func(o octets) octets {
			return o.structure(uaCall+uaAnswer).answers(l, id, 0).u32(1).u32(status).none().none().none().none()
		})
	case Subscribe:
		d.subscribe(b, l, id, true)
	case Publish:
		d.wait(b, l, true)
	default:
		if f.Verb.asks() && a.Refusal == network.Accepted {
			return
		}
		for i, g := range f.groups {
			id := d.request(f.record(a.Number, i))
			d.message(b, l, true, id, func(o octets) octets {
				if f.Verb.asks() {
					o = o.structure(uaRead+uaAnswer).answers(l, id, 0).u32(uint32(g.n))
				} else {
					o = o.structure(uaWrite+uaAnswer).answers(l, id, 0).u32(uint32(g.n))
				}
				for range g.n {
					if f.Verb.asks() {
						o = o.u8(2) // no value, but a status
					}
					o = o.u32(status)
				}
				return o.none()
			})
		}
	}
}

// message adds a message of the session. The one who replies is not who began.
func (d opcuaDialect) message(b *batch, l *link, reply bool, id uint32, body func(octets) octets) {
	d.chunk(b, l, "MSG", "", reply, id, body)
}

// chunk adds a message in one chunk, which each side numbers on its own.
func (opcuaDialect) chunk(b *batch, l *link, kind, policy string, reply bool, id uint32, body func(octets) octets) {
	from := len(b.bytes)
	o := octets(b.bytes).raw(kind + "F").u32(0)
	if policy != "" {
		first := uint32(0) // the channel has no number before it is open
		if reply {
			first = l.channel()
		}
		o = o.u32(first).text(policy).null().null()
	} else {
		o = o.u32(l.channel()).u32(1)
	}
	sent := &l.chunks[b.side(reply)]
	*sent++
	o = body(o.u32(*sent).u32(id))
	octets(o[from+4 : from+4]).u32(uint32(len(o) - from))
	b.add(reply, o, nil)
}
