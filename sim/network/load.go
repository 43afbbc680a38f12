package network

import (
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Load is what a device with work, or a link, is doing at a time.
type Load struct {
	Used          float64 // the share of the time so far
	Waiting, Lost float64 // messages
	since         float64 // when the one came that has waited longest, in seconds; -1
}

func (l *Load) of(k GaugeKind) float64 {
	switch k {
	case Utilisation:
		return l.Used
	case Backlog:
		return l.Waiting
	case Losses:
		return l.Lost
	}
	return l.since
}

// add puts the load of another direction of a link to it.
func (l *Load) add(o Load) {
	l.Used = max(l.Used, o.Used)
	l.Waiting += o.Waiting
	l.Lost += o.Lost
	if o.since >= 0 && (l.since < 0 || o.since < l.since) {
		l.since = o.since
	}
}

func (d *desk) load(now vtime.Time) Load {
	l := Load{Used: d.station.Utilisation(now), Waiting: float64(d.station.Waits()), Lost: float64(d.station.Turned()), since: -1}
	if l.Waiting > 0 {
		l.since = now.Add(-d.station.Oldest(now)).Seconds()
	}
	return l
}

func (q *queue) load(now vtime.Time) Load {
	c := q.counted(now)
	ahead := max(0, q.busy.Sub(now)) // all that it took in counts as carried
	if q.current.rate > 0 {
		ahead = 0
	}
	l := Load{Waiting: float64(len(q.line) - q.head), Lost: float64(c.Dropped) + math.Floor(c.SpilledMessages), since: -1}
	c.Busy -= ahead
	l.Used = c.Utilisation(now)
	if q.head < len(q.line) {
		l.since = q.line[q.head].came.Seconds()
	}
	return l
}

// A waiter is a message that waits in a queue which somebody asks about.
type waiter struct{ came, begins vtime.Time }

// gauged notes that a message has come to a queue that somebody asks about.
func (n *Network) gauged(q *queue, leaves vtime.Time, takes vtime.Duration, ok bool) {
	if now, begins := n.kernel.Now(), leaves.Add(-takes); ok && begins > now {
		if q.line = append(q.line, waiter{now, begins}); len(q.line) == q.head+1 {
			n.kernel.Arm(q.turn, begins)
		}
	}
	n.moved(q)
}

// step takes those out of the list of a queue who do not wait any more.
func (n *Network) step(q *queue) {
	now := n.kernel.Now()
	for q.head < len(q.line) && q.line[q.head].begins <= now {
		q.head++
	}
	if 2*q.head >= len(q.line) {
		q.line, q.head = q.line[:copy(q.line, q.line[q.head:])], 0
	}
	if len(q.line) > q.head {
		n.kernel.Arm(q.turn, q.line[q.head].begins)
	}
	n.moved(q)
}

func (w *waiter) archive(a *snapshot.Archive) {
	snapshot.Int(a, &w.came)
	snapshot.Int(a, &w.begins)
}
