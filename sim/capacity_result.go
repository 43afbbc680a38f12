package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Capacity is how much links, devices with work and stores carried in a run, and how much
// of what they can.
type Capacity struct {
	Loads []Load
	Polls []PollDelay
	Airs  []Air
	// Charges are those of batteries.
	Charges []Charge
	// AsRate is how many messages were sent as rates, beside those that were sent one by one.
	AsRate uint64
	// Growth is that of the stores.
	Growth []Growth
	// Unlimited names devices whose queues have no limit.
	Unlimited []string
	// Notable says that the system is about capacity: devices have work, links let some go first,
	// or somebody asks for figures.
	Notable bool
}

// A Load is what came to a link, in one direction, or to a device with work, and what became of it.
type Load struct {
	Name string
	Link bool // it is a link, else a device
	// Radio says that it is a link by radio: used is the share of the time that its channels are, lost
	// what duty cycles withheld and what collided.
	Radio bool
	// Rate says that it came as a rate: counts are of messages that there would have been, and of
	// times the mean waiting is known alone.
	Rate bool
	// First is of the messages that go first, Others of those that do not; neither where all
	// are alike.
	First, Others bool
	// Utilisation is that of all messages together; of a device with members of the one that is
	// used most.
	Utilisation float64
	Offered     uint64
	Lost        uint64
	Most        int     // messages that waited at once, of a device
	MostBytes   float64 // bytes that waited at once, of a link
	Waiting     int     // messages that still wait at the end, of a device
	Oldest      vtime.Duration
	Delay       Delay // of waiting and being served
}

// An Air is what became of messages on a radio link.
type Air struct {
	Name              string
	Offered, Withheld uint64 // that came; of them, those that the duty cycle kept back
	Sent, Collided    uint64 // that were on the air; of them, lost to others
	Airtime           vtime.Duration
	Duty              float64 // of the device that sent most, as a share of the time
	Rate              bool    // some of it came as a rate: of that there is no Delay, and Duty is of an average member
	Delay             Delay   // of those that came through, waiting for the duty cycle included
}

// A Delay is how long messages took. Its quantiles are exact but for quantile.Error of them.
type Delay struct {
	Count                    uint64
	Mean                     float64 // seconds
	P50, P95, P99, P999, Max vtime.Duration
}

// A PollDelay is how long a device waited for the answers that it asked for, all together.
type PollDelay struct {
	Device string
	// Asked is how many requests it sent, Unanswered how many of them have no answer that is there,
	// those included that are under way at the end.
	Asked, Unanswered uint64
	Delay             // of the answers
}

// A Growth is what a store holds at the end.
type Growth struct {
	Store string
	Items uint64
	Bytes float64
	Limit float64 // bytes; 0: none
	// DaysLeft is in how many days it is full if it grows on as in the last day; +Inf where that
	// is never.
	DaysLeft float64
	// Refused is how many items it had no room for, FullAt when the first of them came.
	Refused uint64
	FullAt  vtime.Time
	Came    uint64 // items that it took in
}

// delayOf sums a sketch up; there may be none.
func delayOf(s *quantile.Sketch) Delay {
	if s == nil || s.Count() == 0 {
		return Delay{}
	}
	return Delay{s.Count(), s.Mean(), s.Quantile(0.5), s.Quantile(0.95), s.Quantile(0.99), s.Quantile(0.999), s.Max()}
}

// capacity collects how much was carried.
func (w *world) capacity() (c Capacity) {
	for _, l := range w.network.LinkCounts() {
		if l.Offered == 0 || w.network.LinkDelay(l.Link, l.Back) == nil {
			continue
		}
		link := &w.plan.book.Links[l.Link]
		c.Loads = append(c.Loads, Load{
			Name: w.plan.LinkName(&l), Link: true, Utilisation: l.Utilisation(w.kernel.Now()), Offered: l.Offered, Lost: l.Dropped,
			MostBytes: float64(vtime.Seconds(l.Longest) * float64(link.Bandwidth/8)),
			Delay:     delayOf(w.network.LinkDelay(l.Link, l.Back)),
		})
	}
	w.aired(&c)
	c.Loads, c.AsRate = w.pouredLoads(w.served(c.Loads)), w.sentAsRate()
	c.Notable = len(w.plan.book.Works)+len(w.plan.book.Gauges)+len(c.Airs)+len(w.plan.batteries) > 0 || slices.ContainsFunc(w.plan.book.Links, func(l network.Link) bool { return len(l.Priority) > 0 })
	c.Polls, c.Charges = w.polls(), w.charges()
	for i := range w.plan.book.Works {
		if work := &w.plan.book.Works[i]; work.Station.Classes[0].Room == station.Unlimited {
			c.Unlimited = append(c.Unlimited, w.plan.book.Name(work.Device))
		}
	}
	if w.holdings.State != nil {
		for i := range w.holdings.Stores {
			items, bytes := w.holdings.Items(int32(i))
			st := &w.holdings.Stores[i]
			left := w.holdings.DaysLeft(int32(i), w.kernel.Now())
			if left >= data.Forever {
				left = math.Inf(1)
			}
			full := w.holdings.Fullness(int32(i))
			c.Growth = append(c.Growth, Growth{st.Name, items, bytes, st.Limit, left, full.Refused, full.Since, w.holdings.Came(int32(i))})
		}
	}
	return c
}

// served adds what became of messages at devices with work, and at links that let some go first.
func (w *world) served(loads []Load) []Load {
	list := w.network.Served()
	for len(list) > 0 {
		s := &list[0]
		same := func(o network.Served) bool {
			return o.Work == s.Work && o.Class == s.Class && o.Link == s.Link && o.Back == s.Back
		}
		l := Load{Name: w.servedName(s), Link: s.Work == 0}
		first, others := s.Class == 0, s.Class > 0
		two := slices.ContainsFunc(list, func(o network.Served) bool {
			return o.Work == s.Work && o.Link == s.Link && o.Back == s.Back && o.Class > 0
		})
		l.First, l.Others = two && first, others
		stay := new(quantile.Sketch)
		rest := list[:0:0]
		for i := range list {
			if !same(list[i]) {
				rest = append(rest, list[i])
				continue
			}
			l.merge(&list[i], stay)
		}
		l.Delay = delayOf(stay)
		if loads, list = append(loads, l), rest; l.Offered == 0 {
			loads = loads[:len(loads)-1]
		}
	}
	return loads
}

func (l *Load) merge(s *network.Served, stay *quantile.Sketch) {
	l.Utilisation = max(l.Utilisation, s.Utilisation)
	l.Offered += s.Offered
	l.Lost += s.Limited + s.Dropped
	l.Most = max(l.Most, s.Most)
	l.Waiting += s.Waiting
	l.Oldest = max(l.Oldest, s.Oldest)
	stay.Merge(s.Stay)
}

// servedName is the name of who served messages.
func (w *world) servedName(s *network.Served) string {
	if s.Work > 0 {
		return w.plan.book.Name(w.plan.book.Works[s.Work-1].Device)
	}
	return w.plan.LinkName(&network.LinkCount{Link: s.Link, Back: s.Back})
}

// polls collects how long devices waited for what they asked for, where anything waits on the way.
func (w *world) polls() (list []PollDelay) {
	var all []*quantile.Sketch
	at := map[int32]int{}
	for i := range w.plan.book.Flows {
		f := &w.plan.book.Flows[i]
		asked, s, ok := w.network.Polled(i)
		if !ok || s == nil && (f.Silent || asked == 0) {
			continue
		}
		k, seen := at[f.Receiver]
		if !seen {
			k = len(all)
			at[f.Receiver] = k
			all = append(all, new(quantile.Sketch))
			list = append(list, PollDelay{Device: w.plan.book.Name(f.Receiver)})
		}
		list[k].Asked += asked
		if s != nil {
			all[k].Merge(s)
		}
	}
	for k := range list {
		list[k].Delay = delayOf(all[k])
		if asked, count := list[k].Asked, list[k].Count; asked > count {
			list[k].Unanswered = asked - count
		}
	}
	return list
}
