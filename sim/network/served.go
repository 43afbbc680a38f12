package network

import (
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Served is what became of messages at a desk: of a class of those that came to a member of a
// device with work, or to one direction of a link that lets some go first.
type Served struct {
	Work        int32 // from 1 on; 0: it is a link
	Link        int32
	Back        bool
	Member      int
	Class       int
	Utilisation float64 // of all classes together
	Offered     uint64
	Limited     uint64 // of them, beyond what a limit lets pass
	Dropped     uint64 // for want of room
	Most        int    // that waited at once
	Waiting     int    // that wait now
	Oldest      vtime.Duration
	Stay        *quantile.Sketch // of those that were served, to read from
}

// Served returns what became of messages at all desks.
func (n *Network) Served() (list []Served) {
	for i := range n.Works {
		c := &n.crews[i]
		for m := range int(n.Works[i].Members) {
			list = n.desks[int(c.first)+m].served(list, Served{Work: int32(i + 1), Link: -1, Member: m}, n.kernel.Now())
		}
	}
	for i := range n.queues {
		if q := &n.queues[i]; q.desk >= 0 {
			list = n.desks[q.desk].served(list, Served{Link: q.Link, Back: q.Back}, n.kernel.Now())
			q.others(&list[len(list)-1]) // the last class
		}
	}
	return list
}

func (d *desk) served(list []Served, s Served, now vtime.Time) []Served {
	s.Utilisation, s.Oldest = d.station.Utilisation(now), d.station.Oldest(now)
	for class := range d.station.Classes() {
		c := d.station.Count(class)
		s.Class, s.Offered, s.Limited, s.Dropped, s.Most = class, c.Offered, c.Limited, c.Dropped, c.Most
		s.Waiting, s.Stay = d.station.Waiting(class), &c.Stay
		list = append(list, s)
	}
	return list
}

// LinkDelay returns how long messages took from coming to one direction of a link to leaving it,
// to read from: of those that it took in. It is nil for one that lets some go first: see Served.
func (n *Network) LinkDelay(link int32, back bool) *quantile.Sketch {
	for i := range n.queues {
		if q := &n.queues[i]; q.Link == link && q.Back == back && q.desk < 0 {
			return q.delay
		}
	}
	return nil
}
