package network

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A GaugeKind is what a gauge shows.
type GaugeKind uint8

// The kinds of gauges. What is timed is how long messages took from being sent, or asked for, to
// being handed over, or how long they stayed at a desk.
const (
	DelayQuantile GaugeKind = iota
	DelayMean
	Utilisation  // the share of the time so far that servers worked
	Backlog      // messages that wait
	Losses       // messages for which there was no room
	Airtime      // seconds on the air
	DutyCycle    // that as a share of the time
	Charge       // of a battery, in J
	WaitingSince // when the one came that has waited longest, in seconds; -1 where none waits
)

// Sends reports whether a gauge of the kind is about what a device sends by radio.
func (k GaugeKind) Sends() bool { return k >= Airtime && k <= Charge }

// Times reports whether delays go into a gauge of the kind.
func (k GaugeKind) Times() bool { return k <= DelayMean }

// A Gauge is a figure of the network that is kept in cells, so that conditions can be put on it.
// It shows what it measures and changes nothing else.
type Gauge struct {
	Kind  GaugeKind
	Share float64 // of a DelayQuantile: 0.99
	// It is about a Work (from 1 on), or about links, or about the flows that name it.
	Work  int32
	Links []int32
	// Sender is member 0 of a device, among all members of the system, of what it sends; Battery
	// is its.
	Sender  int32
	Battery *Battery
	Cell    Cell // by member of the receiver, or of the device with the work
	// Members are how many these are, By is the one who writes them.
	Members int32
	By      signal.Writer
}

// gauge is the state of a Gauge.
type gauge struct {
	trackers  []*quantile.Tracker // by member; nil where nothing came
	influence signal.Mask
	queues    []int32 // of its links
}

// install gives gauges to those whom they are about, when all flows are known.
func (n *Network) install() {
	n.gauges = make([]gauge, len(n.Gauges))
	for i := range n.Gauges {
		g, state := &n.Gauges[i], &n.gauges[i]
		if g.Kind.Times() {
			state.trackers = make([]*quantile.Tracker, g.Members)
		}
		if g.Work > 0 {
			c := &n.crews[g.Work-1]
			c.gauges = append(c.gauges, int32(i))
		}
		for q := range n.queues {
			if slices.Contains(g.Links, n.queues[q].Link) {
				state.queues = append(state.queues, int32(q))
				n.watch(int32(q), int32(i))
			}
		}
		for k := range n.airs {
			if slices.Contains(g.Links, n.airs[k].link) {
				c := &n.crews[n.airs[k].crew]
				c.gauges = append(c.gauges, int32(i))
			}
		}
	}
}

// watch has a gauge follow a queue. Who waits in one that serves all alike is known by a list
// that nobody else needs.
func (n *Network) watch(at, g int32) {
	q := &n.queues[at]
	if q.desk >= 0 {
		c := &n.crews[n.desks[q.desk].crew]
		c.gauges = append(c.gauges, g)
		return
	}
	if q.gauges = append(q.gauges, g); len(q.gauges) == 1 {
		q.turn = n.kernel.NewTimer(des.Deliver, n.Observer, n.target, 0, passes|turns|uint64(at))
	}
}

// timed notes how long a message took, when it is handed over.
func (n *Network) timed(t *transit) {
	d := n.kernel.Now().Sub(t.e.first)
	if t.x.timed {
		if t.x.delays == nil {
			t.x.delays = new(quantile.Sketch)
		}
		t.x.delays.Add(d)
	}
	for _, g := range t.x.gauges {
		n.note(g, t.r.hearer(t.member), d, t.m.influence)
	}
}

// stayed notes how long a message was at a desk.
func (n *Network) stayed(c int32, t *transit, member int, d vtime.Duration) {
	for _, g := range n.crews[c].gauges {
		if n.Gauges[g].Kind.Times() {
			n.note(g, member, d, t.m.influence)
		}
	}
}

// note adds a delay to a gauge.
func (n *Network) note(g int32, member int, d vtime.Duration, influence signal.Mask) {
	of, state := &n.Gauges[g], &n.gauges[g]
	k := &state.trackers[member]
	if *k == nil {
		*k, _ = quantile.NewTracker(of.Share)
	}
	(*k).Add(d)
	state.influence |= influence
	if of.Kind == DelayQuantile {
		n.show(g, member, vtime.Seconds((*k).Value()))
	} else {
		n.show(g, member, (*k).Sketch().Mean())
	}
}

// show sets the cell of a gauge.
func (n *Network) show(g int32, member int, x float64) {
	of := &n.Gauges[g]
	n.store.By, n.store.Influence = of.By, n.gauges[g].influence
	n.store.Set(of.Cell.At(member), x)
}

// changed shows what a desk is doing now.
func (n *Network) changed(at int32) {
	c := &n.crews[n.desks[at].crew]
	for _, g := range c.gauges {
		if n.Gauges[g].Kind.Times() {
			continue
		}
		if n.gauges[g].influence |= c.influence; c.link >= 0 {
			n.measure(g)
			continue
		}
		n.report(g, at-c.first)
	}
}

// report shows what a member of a device is doing now, with what comes to it as a rate.
func (n *Network) report(g, member int32) {
	of := &n.Gauges[g]
	state := n.desks[n.crews[of.Work-1].first+member].load(n.kernel.Now())
	if n.Beside != nil {
		o := n.Beside(of.Work - 1)
		state.Used, state.Waiting, state.Lost = min(1, state.Used+o.Used), state.Waiting+o.Waiting, state.Lost+o.Lost
	}
	n.show(g, int(member), state.of(of.Kind))
}

// moved shows what a queue is doing now.
func (n *Network) moved(q *queue) {
	for _, g := range q.gauges {
		n.gauges[g].influence |= q.influence
		n.measure(g)
	}
}

// measure shows the gauge of a link: of both directions the one that is used more, all that wait.
func (n *Network) measure(g int32) {
	sum := Load{since: -1}
	for _, i := range n.gauges[g].queues {
		q := &n.queues[i]
		if q.desk >= 0 {
			l := n.desks[q.desk].load(n.kernel.Now())
			q.besides(&l, n.kernel.Now())
			sum.add(l)
		} else {
			sum.add(q.load(n.kernel.Now()))
		}
	}
	for i := range n.airs {
		if a := &n.airs[i]; slices.Contains(n.Gauges[g].Links, a.link) {
			c := n.sayings(a)
			sum.Lost += float64(a.withheld+a.medium.Lost+a.drowned) + math.Floor(c.offered-c.sent+c.collided)
		}
	}
	n.show(g, 0, sum.of(n.Gauges[g].Kind))
}

// Refresh shows once more what time alone changes: how much is used, and what becomes of what
// comes as a rate.
func (n *Network) Refresh() {
	for i := range n.Gauges {
		switch g := &n.Gauges[i]; {
		case g.Kind.Sends():
			for m := range g.Members {
				n.spent(int32(i), m)
			}
		case g.Kind != Utilisation && g.Kind != Losses && g.Kind != Backlog:
		case g.Work > 0:
			for m := range g.Members {
				n.report(int32(i), m)
			}
		default:
			n.measure(int32(i))
		}
	}
}

// stainGauge puts a gauge under an influence: what it does not show might have come.
func (n *Network) stainGauge(g int32, influence signal.Mask) {
	n.gauges[g].influence |= influence
	for m := range n.Gauges[g].Members {
		n.store.Taint(n.Gauges[g].Cell.At(int(m)), influence)
	}
}

func (g *gauge) archive(a *snapshot.Archive, share float64) {
	snapshot.Int(a, &g.influence)
	snapshot.Column(a, g.trackers, func(a *snapshot.Archive, k **quantile.Tracker) {
		some := *k != nil
		if snapshot.Bool(a, &some); !some {
			return
		}
		if a.Reading() {
			*k, _ = quantile.NewTracker(share)
		}
		(*k).Archive(a)
	})
}
