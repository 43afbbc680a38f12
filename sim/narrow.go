package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/station"
)

// A Narrow is a queue with so little room that it loses some by chance of what comes as a rate though it
// keeps up, and nobody counts how many: as a rate it loses none.
type Narrow struct {
	Name  string // of the link, or of the device with work
	Link  bool
	From  string  // one of those who tell what comes there
	Share float64 // of what comes that is lost, at most: as if times were exponential
}

// notableLoss is the share from which on it matters what is lost by chance.
const notableLoss = 1e-3

// Narrow lists such queues. What is lost by devices with exponential times is counted (station.Fluid).
func (p *Plan) Narrow() (list []Narrow) {
	for i := range p.book.Links {
		l, load, size, from := &p.book.Links[i], 0.0, 0.0, int32(-1)
		for k := range p.pours {
			f := &p.book.Flows[p.pours[k].flow]
			if f.Path.Blocked == "" && l.Bandwidth > 0 && slices.ContainsFunc(f.Path.Hops, func(h network.Hop) bool { return int(h.Link) == i }) {
				load += float64(p.pours[k].messages*p.pours[k].bytes) / float64(l.Bandwidth/8)
				size, from = max(size, p.pours[k].bytes), f.Sender
			}
		}
		if size > 0 {
			list = p.narrow(list, Narrow{Name: l.Name, Link: true, From: p.book.Name(from)}, 1, int(float64(cmp.Or(l.Queue, network.DefaultQueue))/size), load)
		}
	}
	for i := range p.book.Works {
		w, load, from := &p.book.Works[i], 0.0, int32(-1)
		for k := range p.pours {
			f := &p.book.Flows[p.pours[k].flow]
			if f.Receiver == w.Device && f.Path.Blocked == "" {
				mean, second := w.Station.Service.Moments(int(p.pours[k].bytes))
				if exponential := float64(2 * float64(mean*mean)); second < 0.999*exponential || second > 1.001*exponential {
					load, from = load+float64(p.pours[k].messages*mean), f.Sender
				}
			}
		}
		if room := w.Station.Classes[0].Room; from >= 0 && room != station.Unlimited {
			list = p.narrow(list, Narrow{Name: p.book.Name(w.Device), From: p.book.Name(from)}, w.Station.Servers, room, load)
		}
	}
	return list
}

// narrow adds a queue if that is one: of what gets more than it can serve all that is lost is counted.
func (p *Plan) narrow(list []Narrow, n Narrow, servers, room int, load float64) []Narrow {
	var err error
	if n.Share, err = queueing.Refused(servers, room, load); err != nil || load >= float64(servers) || n.Share < notableLoss {
		return list
	}
	return append(list, n)
}
