package network

import "github.com/harmproof/harmproof/sim/vtime"

// MostUnderWay is how many messages can be under way at once, those included that wait somewhere:
// each takes some 300 bytes. More of them, or of the values that they carry, end the run.
const (
	MostUnderWay = 4 << 20
	mostValues   = 8 * MostUnderWay
)

// Crowded reports whether more is under way than a run has memory for.
func (n *Network) Crowded() bool {
	return len(n.pool.messages) > MostUnderWay || len(n.pool.values) > mostValues
}

// A Crowd is where most messages are that are under way.
type Crowd struct {
	Device  int32 // for which they wait, and its member; -1: they do not wait for a device
	Member  int
	Link    int32 // that serves them one after the other, or that they are on; -1
	Flow    int32 // whose they are, where they wait for nobody; -1
	Waiting int
	Came    uint64 // to where they wait
}

// Crowd returns where most messages are: before a desk, or, where most of a flow's are not there,
// on their way.
func (n *Network) Crowd() Crowd {
	most := Crowd{Device: -1, Link: -1, Flow: -1}
	for i := range n.desks {
		d := &n.desks[i]
		if waits := d.station.Waits(); waits > most.Waiting {
			c := &n.crews[d.crew]
			most = Crowd{Device: -1, Link: c.link, Flow: -1, Waiting: waits}
			if c.link < 0 {
				most.Device, most.Member = n.Works[d.crew].Device, i-int(c.first)
			}
			for class := range d.station.Classes() {
				most.Came += d.station.Count(class).Offered
			}
		}
	}
	if under, flow := n.onTheirWay(); under/2 > most.Waiting {
		most = Crowd{Device: -1, Link: -1, Flow: flow, Waiting: under}
		if q := n.fullest(flow); q != nil && q.waits/2 < under && under/2 < q.waits {
			most = Crowd{Device: -1, Link: q.Link, Flow: -1, Waiting: q.waits, Came: q.Offered}
		}
	}
	return most
}

// A fullest is a queue before a link, and how many messages of a size wait there.
type fullest struct {
	LinkCount
	waits int
}

// fullest returns the queue on the way of a flow in which most of its messages can be, nil where
// there is none.
func (n *Network) fullest(flow int32) (most *fullest) {
	if flow < 0 || n.routes[flow].extra < 0 {
		return nil
	}
	way := n.extras[n.routes[flow].extra].there
	if way == nil {
		return nil
	}
	for i := range way.legs {
		if way.legs[i].queue < 0 || way.legs[i].desk >= 0 {
			continue
		}
		q := &n.queues[way.legs[i].queue]
		waits := int(max(0, q.busy.Sub(n.kernel.Now())) / q.takes(way.bytes))
		if most == nil || waits > most.waits {
			most = &fullest{q.LinkCount, waits}
		}
	}
	return most
}

// onTheirWay returns the flow of which most messages are under way, wherever they are, or of
// which most requests can be at once, and how many.
func (n *Network) onTheirWay() (most int, flow int32) {
	arrived := make([]bool, len(n.pool.messages))
	for _, list := range n.pool.free {
		for _, id := range list {
			arrived[id] = true
		}
	}
	count := make([]int, len(n.Flows))
	for id := range n.pool.messages {
		if at := n.pool.messages[id].flow; !arrived[id] && at >= 0 && int(at) < len(count) {
			count[at]++
		}
	}
	flow = -1
	for i, c := range count {
		if f := &n.Flows[i]; f.Asked() {
			latency := vtime.Duration(0)
			for _, h := range f.Path.Hops {
				latency += n.Links[h.Link].Latency
			}
			c += int(min(latency, vtime.Duration(n.kernel.Now())) / f.Period * vtime.Duration(f.Count))
		}
		if c > most {
			most, flow = c, int32(i)
		}
	}
	return most, flow
}
