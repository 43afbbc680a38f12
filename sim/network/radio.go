package network

import (
	"math"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Radio makes a link channels of LoRa that all share, in both directions: a message takes its
// airtime, who sends keeps to a duty cycle, and what overlaps in a channel is lost.
type Radio struct {
	lora.Modulation
	Channels int            // of which each message takes one, by chance
	Duty     float64        // share of the time that a device may send; 1 is all
	Patience vtime.Duration // that a message waits for that at most
	Jitter   vtime.Duration // each message begins up to so much later than it could
}

// Packet sizes: what LoRaWAN adds to a message, in place of the headers of Ethernet, IP and TCP.
const (
	loraHeader = 13
	headers    = 14 + 20 + 20 + 4
)

// OnAir returns how long a message of so many bytes, as Size counts them, is on the air. One
// that is longer than a packet of LoRa goes as the longest one.
func (r *Radio) OnAir(bytes int32) vtime.Duration {
	d, err := r.Airtime(min(lora.MostPayload, loraHeader+max(0, int(bytes)-headers)))
	if err != nil {
		panic("network: " + err.Error()) // what is wrong with a modulation was found before
	}
	return d
}

// An air is the state of a radio link. Who sends when may depend on all who do, as in a crew.
type air struct {
	*Radio
	link    int32
	crew    int32
	medium  *lora.Medium
	landing des.Timer         // of the packet that ends next
	duties  []*lora.Regulator // by member of the system; nil where it has not sent
	delay   *quantile.Sketch  // of those that came through
	// withheld is how many messages the duty cycles of all kept back.
	withheld uint64
	chorus
}

// airOf returns the air of a link, of which there is one.
func (n *Network) airOf(link int32) int32 {
	for i := range n.airs {
		if n.airs[i].link == link {
			return int32(i)
		}
	}
	r := n.Links[link].Radio
	medium, err := lora.NewMedium(r.Channels, 0)
	if err != nil {
		panic("network: " + err.Error())
	}
	i := len(n.airs)
	n.crews = append(n.crews, crew{first: int32(len(n.desks)), link: link})
	n.airs = append(n.airs, air{
		Radio: r, link: link, crew: int32(len(n.crews) - 1), medium: medium, duties: make([]*lora.Regulator, len(n.down)), delay: new(quantile.Sketch),
		landing: n.kernel.NewTimer(des.Deliver, n.Observer, n.target, 0, passes|lands|uint64(i)),
	})
	return int32(i)
}

// sender returns who sends a message, or a request, among all members of the system.
func (t *transit) sender() int {
	if t.e.request {
		return int(t.r.hears) + t.r.hearer(t.member)
	}
	return int(t.r.tells) + t.r.teller(t.member)
}

// regulator is that of who sends a message.
func (n *Network) regulator(a *air, t *transit) *lora.Regulator {
	who := t.sender()
	if a.duties[who] == nil {
		a.duties[who] = a.fresh()
	}
	return a.duties[who]
}

func (r *Radio) fresh() *lora.Regulator {
	g, err := lora.NewRegulator([]lora.Band{{Name: "all", Duty: r.Duty}}, r.Patience)
	if err != nil {
		panic("network: " + err.Error())
	}
	return g
}

// transmit has a message be sent as soon as the duty cycle of its sender lets it.
func (n *Network) transmit(t *transit, l *leg) {
	a, now := &n.airs[l.air], n.kernel.Now()
	n.stain(a.crew, t.m.influence)
	if more := n.crews[a.crew].influence; more&^t.m.influence != 0 {
		t.m.influence |= more
		n.affect(t)
	}
	late := vtime.Duration(0)
	if a.Jitter > 0 {
		late = vtime.Duration(float64(n.luckOf(t, 1<<63) * float64(a.Jitter)))
	}
	begins, ok := n.regulator(a, t).Offer(now, 0, l.takes, late)
	n.spoke(t.sender())
	if !ok {
		a.withheld++
		n.missing(a)
		n.fail(t, Dropped, a.link)
		return
	}
	t.e.came = now
	n.kernel.Schedule(begins, des.Deliver, n.source(t), n.target, uint32(t.member), passes|goes|uint64(t.id))
}

// broadcast puts a message on the air.
func (n *Network) broadcast(t *transit) {
	l := &t.way.legs[t.e.leg]
	n.land(l.air) // what ends now does not collide with it
	a := &n.airs[l.air]
	err := a.medium.Begin(n.kernel.Now(), lora.Packet{
		ID: uint64(t.member)<<32 | uint64(t.id), Channel: int32(n.number(t) % uint64(a.Channels)), SpreadingFactor: int32(a.SpreadingFactor), Airtime: l.takes,
	})
	if err != nil {
		panic("network: " + err.Error())
	}
	n.kernel.Arm(a.landing, a.medium.Next())
	n.regulator(a, t).Sent(l.takes)
	n.joins(a, l.takes)
	n.spoke(t.sender())
}

// land takes off the air what ends by now: it goes on, or was lost to another one.
func (n *Network) land(at int32) {
	now := n.kernel.Now()
	for n.airs[at].medium.Next() <= now {
		a := &n.airs[at]
		p, received := a.medium.End()
		t := n.transit(uint32(p.ID), int(p.ID>>32))
		t.m.influence |= n.crews[a.crew].influence
		if received && !n.drowns(a, &t, p.Airtime) {
			a.delay.Add(now.Sub(t.e.came))
			n.leave(&t, now, a.link)
		} else {
			n.missing(a)
			n.fail(&t, Lost, a.link)
		}
	}
	if a := &n.airs[at]; a.medium.OnAir() > 0 {
		n.kernel.Arm(a.landing, a.medium.Next())
	}
}

// missing shows how many messages a radio link has lost.
func (n *Network) missing(a *air) {
	for _, g := range n.crews[a.crew].gauges {
		n.gauges[g].influence |= n.crews[a.crew].influence
		n.measure(g)
	}
}

// An AirCount is what became of messages on a radio link.
type AirCount struct {
	Link              int32
	Sent, Collided    uint64         // that were on the air; of them, lost to others
	Offered, Withheld uint64         // that came; of them, those that the duty cycle kept back
	Airtime           vtime.Duration // of all
	Duty              float64        // of the device that sent most, as a share of the time
	AsRate            bool           // some of it as a rate
	Delay             *quantile.Sketch
}

// add adds what streams sent.
func (c *AirCount) add(o said) {
	sent, collided := math.Round(o.sent), math.Round(o.collided)
	c.Offered += uint64(math.Round(o.offered))
	c.Withheld += uint64(math.Round(o.offered) - sent)
	c.Sent += uint64(sent)
	c.Collided += uint64(collided)
	c.Airtime += o.airtime
	c.Duty = max(c.Duty, o.duty)
	c.AsRate = true
}

// AirCounts returns what became of messages on radio links.
func (n *Network) AirCounts() (list []AirCount) {
	for i := range n.airs {
		a := &n.airs[i]
		c := AirCount{Link: a.link, Sent: a.medium.Sent, Collided: a.medium.Lost + a.drowned, Airtime: a.medium.Airtime, Delay: a.delay}
		for _, g := range a.duties {
			if g != nil {
				c.Offered += g.Offered
				c.Withheld += g.Dropped
				c.Duty = max(c.Duty, g.Duty(n.kernel.Now()))
			}
		}
		if len(a.voices) > 0 {
			c.add(n.sayings(a))
		}
		list = append(list, c)
	}
	return list
}

func (a *air) archive(x *snapshot.Archive) {
	a.medium.Archive(x)
	a.delay.Archive(x)
	snapshot.Int(x, &a.withheld)
	a.chorus.archive(x)
	snapshot.Column(x, a.duties, func(x *snapshot.Archive, g **lora.Regulator) {
		some := *g != nil
		if snapshot.Bool(x, &some); !some {
			return
		}
		if x.Reading() {
			*g = a.fresh()
		}
		(*g).Archive(x)
	})
}
