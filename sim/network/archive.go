package network

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives the messages under way and what flows remember. A disturbance
// is archived by the part of the step that it is of; the function returns what
// that part is.
func (n *Network) Archive(a *snapshot.Archive, disturbance func(place, part uint32) (Disturbance, bool)) {
	for _, x := range []*uint64{&n.Sent, &n.Requests, &n.Delivered, &n.Lost, &n.Dropped, &n.Refused, &n.Blocked, &n.Again, &n.Opened, &n.serials} {
		snapshot.Int(a, x)
	}
	snapshot.Column(a, n.lanes, func(a *snapshot.Archive, l *lane) {
		snapshot.Int(a, &l.sent)
		snapshot.Int(a, &l.unsent)
		snapshot.Int(a, &l.last)
		snapshot.Int(a, &l.told)
		snapshot.Int(a, &l.meddled)
	})
	snapshot.Column(a, n.extras[:n.equal], func(a *snapshot.Archive, x *extra) { x.archive(a) })
	snapshot.Column(a, n.queues, func(a *snapshot.Archive, q *queue) { q.archive(a) })
	snapshot.Column(a, n.streams, func(a *snapshot.Archive, s *stream) { s.archive(a) })
	snapshot.Column(a, n.order, snapshot.Int)
	snapshot.Column(a, n.shown, snapshot.Float)
	snapshot.Column(a, n.newest, snapshot.Int)
	snapshot.Column(a, n.sessions, func(a *snapshot.Archive, s *session) { s.archive(a) })
	snapshot.Column(a, n.asking, snapshot.Int)
	n.pool.archive(a)
	snapshot.Column(a, n.crews, func(a *snapshot.Archive, c *crew) { snapshot.Int(a, &c.influence) })
	snapshot.Column(a, n.desks, func(a *snapshot.Archive, d *desk) { d.archive(a) })
	snapshot.Column(a, n.airs, func(a *snapshot.Archive, x *air) { x.archive(a) })
	if a.Reading() {
		n.serving(a)
	}
	for i := range n.gauges {
		n.gauges[i].archive(a, n.Gauges[i].Share)
	}
	acting := n.disturbed
	if a.Reading() {
		acting = nil
	}
	for i := range a.Len(len(acting), 32) {
		n.archiveDisturbance(a, i, disturbance)
	}
}

func (n *Network) archiveDisturbance(a *snapshot.Archive, i int, of func(place, part uint32) (Disturbance, bool)) {
	var d disturbance
	if !a.Reading() {
		d = n.disturbed[i]
	}
	snapshot.Int(a, &d.flow)
	snapshot.Int(a, &d.Place)
	snapshot.Int(a, &d.Part)
	snapshot.Int(a, &d.Effects)
	if !a.Reading() {
		return
	}
	what, ok := of(d.Place, d.Part)
	if !ok || d.flow < 0 || d.flow >= len(n.Flows) {
		a.Fail("a disturbance of flow %d by part %d of step %d, which there is not", d.flow, d.Part, d.Place)
		return
	}
	n.Disturb(d.flow, what)
	n.disturbed[len(n.disturbed)-1].Effects = d.Effects
}

func (p *pool) archive(a *snapshot.Archive) {
	snapshot.Slice(a, &p.messages, func(a *snapshot.Archive, m *message) {
		snapshot.Int(a, &m.influence)
		snapshot.Float(a, &m.value)
		snapshot.Int(a, &m.flow)
		snapshot.Int(a, &m.meddled)
		snapshot.Int(a, &m.block)
	})
	snapshot.Slice(a, &p.envelopes, func(a *snapshot.Archive, e *envelope) { e.archive(a) })
	snapshot.Slice(a, &p.values, snapshot.Float)
	snapshot.Slice(a, &p.free, func(a *snapshot.Archive, list *[]uint32) { snapshot.Slice(a, list, snapshot.Int) })
}

func (e *envelope) archive(a *snapshot.Archive) {
	snapshot.Int(a, &e.sent)
	snapshot.Int(a, &e.began)
	snapshot.Int(a, &e.first)
	snapshot.Int(a, &e.came)
	snapshot.Int(a, &e.counter)
	snapshot.Int(a, &e.serial)
	snapshot.Int(a, &e.leg)
	snapshot.Int(a, &e.again)
	snapshot.Bool(a, &e.request)
	snapshot.Bool(a, &e.empty)
}
