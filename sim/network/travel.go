package network

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/vtime"
)

// ask sends the request of a poll, whose period began, and schedules the next. A
// request that nobody sends counts as well, so that the luck of the others is
// theirs.
func (n *Network) ask(e des.Event, flow int) {
	f, r, m := &n.Flows[flow], &n.routes[flow], int(e.Member)
	n.kernel.Schedule(e.At.Add(n.host.Span(f.Receiver, f.Period)), des.Deliver, f.AskAs, n.target, e.Member, e.Arg)
	l := &n.lanes[int(r.lane)+m]
	serial := l.sent
	l.sent++
	if n.down[int(r.hears)+r.hearer(m)] > 0 || r.extra >= 0 && n.stopped(r, flow, m, nil) {
		l.unsent++
		n.rest(r, m)
		return
	}
	n.Requests++
	if r.extra >= 0 {
		n.request(r, flow, m, serial)
		return
	}
	at, ok := n.travel(r, flow, m, serial, true)
	if n.ear != nil {
		n.ear.Passed(int32(flow), m, true, at)
	}
	if ok {
		request := serial & (1<<requestBits - 1)
		n.kernel.Schedule(at, des.Deliver, f.AskAs, n.target, e.Member, asked|uint64(flow)<<requestBits|request)
	}
}

// answer sends the response to a request, unless nobody is there.
func (n *Network) answer(flow, member int, request uint64) {
	r := &n.routes[flow]
	if n.tap != nil && r.extra >= 0 {
		n.heard(r, flow, member, request)
	}
	if n.down[int(r.tells)+r.teller(member)] == 0 {
		n.send(r, &n.lanes[int(r.lane)+member], flow, member, request)
	} else {
		n.rest(r, member)
		n.missed(r, member, min(n.kernel.Now(), n.since), 0)
	}
}

// travel draws the fate of the message or the request of a number: when it
// arrives, or that it is lost.
func (n *Network) travel(r *route, flow, member int, serial uint64, request bool) (at vtime.Time, arrives bool) {
	delay := r.latency
	ft := &n.fates[r.fate]
	if ft.lucky {
		var ok bool
		if delay, ok = n.lucky(ft, flow, member, serial, request); !ok {
			n.waste(r, flow, member, request)
			return vtime.Never, false
		}
	}
	if ft.disturbed > 0 {
		var ok bool
		if delay, ok = n.meddle(flow, member, serial, request, delay); !ok {
			n.waste(r, flow, member, request)
			return vtime.Never, false
		}
	}
	return n.kernel.Now().Add(max(delay, 1)), true
}

// waste counts a message or a request that is lost. Whoever has a hand in what it
// would have said, or in how many came before, has one in its luck.
func (n *Network) waste(r *route, flow, member int, request bool) {
	n.Lost++
	influence := n.disturbance(flow)
	if !request {
		for i := range r.n {
			influence |= n.store.Stamp(n.pairs[r.pair+i].From.At(member)).Influence
		}
	}
	n.silence(r, member, influence)
}

// lucky draws the jitter and the loss of the links.
func (n *Network) lucky(ft *fate, flow, member int, serial uint64, request bool) (delay vtime.Duration, arrives bool) {
	f := &n.Flows[flow]
	path, asked, l := f.Path.Hops, f.Asked(), &ft.message
	if request {
		l = &ft.request
	}
	for hop := range path {
		// One occurrence for each hop of each message, counted from who tells.
		k := hop
		if asked {
			k = len(path) - 1 - hop
		}
		d, ok := l.draw(&n.Links[path[k].Link], member, serial*uint64(len(path))+uint64(hop))
		if !ok {
			return 0, false
		}
		delay += d
	}
	return delay, true
}

// draw draws how long a link takes for an occurrence, or that it loses it.
func (l *luck) draw(link *Link, member int, occurrence uint64) (delay vtime.Duration, arrives bool) {
	delay = link.Latency
	if link.Jitter > 0 {
		delay += vtime.Duration(float64(float64(link.Jitter) * l.jitter.Member(member).Float64(occurrence)))
	}
	return delay, link.Loss <= 0 || l.loss.Member(member).Float64(occurrence) >= link.Loss
}
