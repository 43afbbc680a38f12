package network

import (
	"math"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Streams on a radio link, which is pure ALOHA (N. Abramson, "The ALOHA System", 1970): a packet that is a
// nanoseconds on the air collides with each other one that begins so long before its end as both are on
// the air together, so that of independent senders, in so many channels, the share
//
//	exp(-sum over streams of rate (a + their a) / channels)
//
// comes through: exp(-2 G) where all are alike. Who sends does not collide with himself, so of N senders
// that are alike N-1 count. What comes through of many senders that are each far from filling a channel is as
// random as what was sent.
//
// A duty cycle lets each sender send duty/a packets in a nanosecond at most. Of readings at a period the rest is
// withheld, where they wait for that for a period or longer; of those at random times what finds more to wait for
// than there is patience (queueing.BusyFor, M/D/1 where each packet takes a/duty). What waits for its duty cycle
// is sent at once here, and senders who cannot send all withhold from the first moment on what they would only
// when as much waits as they have patience for.
//
// Single messages on the same link are lost to streams by their luck. Streams are lost to them by how many
// there were in the span before (listening).

// A voice is a stream on a radio link.
type voice struct {
	stream, place int32   // which it is, and where among its queues the link is
	takes         float64 // nanoseconds on the air

	// The state: messages in a nanosecond that come, and what share of them the duty cycle lets be
	// sent; what share of these is not lost; and messages so far.
	comes, admitted, through float64
	offered, sent, collided  float64
}

// A chorus is all streams on a radio link, and what single messages do to them.
type chorus struct {
	voices  []voice
	since   vtime.Time // state: by when all is counted
	timer   des.Timer  // of the end of a span in which there are single messages
	heard   uint64     // state: of this span
	lasted  vtime.Duration
	rate    float64 // state: in a nanosecond, of the span before
	takes   float64 // state: nanoseconds on the air, of these
	drowned uint64  // state: single messages that were lost to streams
}

// listening is over how long single messages are counted.
const listening = 10 * vtime.Second

// speak adds a stream to a radio link.
func (n *Network) speak(at int32, stream, place int, takes vtime.Duration) {
	a := &n.airs[at]
	if len(a.voices) == 0 {
		a.timer = n.kernel.NewTimer(des.Deliver, n.Observer, n.target, 0, passes|heard|uint64(at))
	}
	a.voices = append(a.voices, voice{stream: int32(stream), place: int32(place), takes: float64(takes), admitted: 1, through: 1})
}

// Senders says who sends a stream: so many that are alike, each of whom sends so many bytes a second while it
// runs, at random times or else at a period. Without it nobody keeps to a duty cycle.
func (n *Network) Senders(flow, count int, each float64, random bool) {
	s := &n.streams[n.extras[n.routes[flow].extra].stream]
	s.senders, s.each, s.random = float64(count), each/1e9, random
}

// voiceOf is the voice of a stream on a link that is not a queue.
func (n *Network) voiceOf(stream, place int) (a *air, v *voice) {
	a = &n.airs[^n.streams[stream].queues[place]]
	for i := range a.voices {
		if v = &a.voices[i]; int(v.stream) == stream && int(v.place) == place {
			break
		}
	}
	return a, v
}

// sing has what comes of a stream to a radio link pass. It returns what is left of it, under whose influence,
// and whether that is news.
func (n *Network) sing(stream, place int, rate float64, roots signal.Mask) (float64, signal.Mask, bool) {
	a, v := n.voiceOf(stream, place)
	news := roots&^n.crews[a.crew].influence != 0
	n.stain(a.crew, roots)
	return float64(rate * float64(v.admitted*v.through)), roots | n.crews[a.crew].influence, news
}

// harmonise finds what becomes of each stream on a radio link, of what comes of all.
func (n *Network) harmonise(a *air) {
	for i := range a.voices {
		v := &a.voices[i]
		s := &n.streams[v.stream]
		v.comes = s.at[v.place] / s.size
		v.admitted = n.admits(a, v)
	}
	for i := range a.voices {
		v := &a.voices[i]
		v.through = detmath.Exp(-n.exposure(a, v))
	}
}

// exposure is how many packets collide with one of a stream, on average.
func (n *Network) exposure(a *air, v *voice) float64 {
	sum := float64(a.rate * (v.takes + a.chorus.takes))
	for i := range a.voices {
		o := &a.voices[i]
		sum += float64(float64(float64(o.comes*o.admitted)*(v.takes+o.takes)) * n.apart(v, o))
	}
	return sum / float64(a.Channels)
}

// apart is what share of another stream is of other senders.
func (n *Network) apart(v, o *voice) float64 {
	s, x := &n.streams[v.stream], &n.streams[o.stream]
	switch f, g := &n.Flows[s.flow], &n.Flows[x.flow]; {
	case s.senders == 0 || f.Sender != g.Sender:
		return 1
	case f.Member >= 0 && g.Member >= 0 && f.Member != g.Member:
		return 1
	default:
		return 1 - 1/s.senders
	}
}

// admits is what share of a stream the duty cycle of its senders lets be sent.
func (n *Network) admits(a *air, v *voice) float64 {
	s := &n.streams[v.stream]
	if s.each == 0 || a.Duty >= 1 {
		return 1
	}
	load, random := 0.0, false // of the duty cycle, of each sender
	pause := float64(float64(a.Jitter) / 2)
	for i := range a.voices {
		o := &a.voices[i]
		x := &n.streams[o.stream]
		f, g := &n.Flows[s.flow], &n.Flows[x.flow]
		if f.Sender == g.Sender && (f.Member == g.Member || f.Member < 0 || g.Member < 0) && x.rate > 0 {
			load += float64(float64(x.each/x.size*(x.at[o.place]/x.rate)) * (o.takes/a.Duty + pause))
			random = random || x.random
		}
	}
	switch {
	case random:
		lost, err := queueing.BusyFor(load, float64(a.Patience)/(v.takes/a.Duty+pause))
		if err != nil {
			return 1
		}
		return 1 - lost
	case load <= 1:
		return 1
	case a.Patience == 0: // what comes while it is closed is withheld, and it is open until the next one comes
		return 1 / math.Ceil(float64(load*(1-0x1p-40)))
	}
	return 1 / load
}

// voiced brings the counts of a radio link up to now.
func (a *air) voiced(now vtime.Time) {
	d := float64(now.Sub(a.since))
	a.since = now
	for i := range a.voices {
		v := &a.voices[i]
		sent := float64(float64(v.comes*v.admitted) * d)
		v.offered += float64(v.comes * d)
		v.sent += sent
		v.collided += float64(sent * (1 - v.through))
	}
}

// A said is what streams sent on a radio link, in messages.
type said struct {
	offered, sent, collided float64
	airtime                 vtime.Duration
	duty                    float64 // of one of those who send most
}

// sayings is what streams sent on a radio link by now; who only looks changes nothing.
func (n *Network) sayings(a *air) (c said) {
	d := float64(n.kernel.Now().Sub(a.since))
	for i := range a.voices {
		v := &a.voices[i]
		s := &n.streams[v.stream]
		sent := v.sent + float64(float64(v.comes*v.admitted)*d)
		c.offered += v.offered + float64(v.comes*d)
		c.sent += sent
		c.collided += v.collided + float64(float64(float64(v.comes*v.admitted)*d)*(1-v.through))
		c.airtime += vtime.Duration(float64(sent * v.takes))
		if s.senders > 0 && n.kernel.Now() > 0 {
			c.duty = max(c.duty, float64(sent*v.takes)/s.senders/float64(n.kernel.Now()))
		}
	}
	return c
}

// joins counts a single message on a radio link with streams.
func (n *Network) joins(a *air, takes vtime.Duration) {
	if len(a.voices) == 0 {
		return
	}
	if a.heard++; a.heard == 1 && a.rate == 0 {
		n.kernel.Arm(a.timer, n.kernel.Now().Add(listening))
	}
	a.lasted += takes
}

// hearken has the streams of a radio link meet as many single messages as there were in the last span.
func (n *Network) hearken(at int32) {
	a := &n.airs[at]
	rate, takes := float64(a.heard)/float64(listening), 0.0
	if a.heard > 0 {
		takes = float64(a.lasted) / float64(a.heard)
	}
	a.heard, a.lasted = 0, 0
	if rate > 0 {
		n.kernel.Arm(a.timer, n.kernel.Now().Add(listening))
	}
	if a.rate, a.chorus.takes = rate, takes; len(a.voices) > 0 {
		n.flows()
	}
}

// drowns reports whether a single message is lost to streams, by its luck.
func (n *Network) drowns(a *air, t *transit, takes vtime.Duration) bool {
	if len(a.voices) == 0 {
		return false
	}
	sum := 0.0
	for i := range a.voices {
		o := &a.voices[i]
		sum += float64(float64(o.comes*o.admitted) * (float64(takes) + o.takes))
	}
	if n.luck(t) < detmath.Exp(-sum/float64(a.Channels)) {
		return false
	}
	a.drowned++
	return true
}

// Admitted returns how long each sender of a stream is on the air for each second that it runs.
func (n *Network) Admitted(flow int) (seconds float64) {
	stream := int(n.extras[n.routes[flow].extra].stream)
	s := &n.streams[stream]
	for place, q := range s.queues {
		if q < 0 && s.rate > 0 {
			_, v := n.voiceOf(stream, place)
			seconds += float64(float64(s.each/s.size*(s.at[place]/s.rate)) * float64(v.takes*v.admitted))
		}
	}
	return seconds
}

func (c *chorus) archive(a *snapshot.Archive) {
	snapshot.Int(a, &c.since)
	snapshot.Int(a, &c.heard)
	snapshot.Int(a, &c.lasted)
	snapshot.Int(a, &c.drowned)
	snapshot.Float(a, &c.rate)
	snapshot.Float(a, &c.takes)
	snapshot.Column(a, c.voices, func(a *snapshot.Archive, v *voice) {
		for _, x := range []*float64{&v.comes, &v.admitted, &v.through, &v.offered, &v.sent, &v.collided} {
			if snapshot.Float(a, x); a.Reading() && !(*x >= 0 && *x < math.Inf(1)) {
				a.Fail("of a stream by radio there were %v", *x)
				*x = 0
			}
		}
	})
}
