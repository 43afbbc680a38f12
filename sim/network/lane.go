package network

import (
	"math"

	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A link that lets some go first, into which a current pours, serves those as ever: they go before the
// current, and wait for what is being sent of it alone, a message of it by a chance of rho, for some of its
// length. All others wait as in a queue beside the current, which what goes first takes capacity from. A current is
// never of those that go first (System.undivided says so).
//
// Left out: what waits at the desk of others when the current begins is served beside it, and what is left of the
// current when it ends delays others alone.

// poured reports whether a message that does not go first meets a current, or what is left of one.
func (q *queue) poured(now vtime.Time) bool { return q.current.rate > 0 || q.busy > now }

// goesFirst has the current of a link make way for a message that goes first.
func (n *Network) goesFirst(t *transit, leg *leg) {
	q := &n.queues[leg.queue]
	if q.current.rate == 0 {
		return
	}
	now := n.kernel.Now()
	q.flow(now)
	q.hear(now, 0, t.way.bytes)
	q.current.work += float64(leg.takes)
}

// residual is how long a message that goes first has waited for the one of a current that was being sent.
func (q *queue) residual(luck float64) vtime.Duration {
	rho := min(1, (q.current.rate+q.current.beside)/q.rate)
	if luck >= rho || q.current.rate == 0 {
		return 0
	}
	return vtime.Duration(math.Ceil(luck / rho * q.current.grain / q.rate))
}

// besides adds to what a desk of a link did what went by its current, and beside that.
func (q *queue) besides(l *Load, now vtime.Time) {
	c := q.counted(now)
	l.Lost += float64(c.Dropped) + math.Floor(c.SpilledMessages)
	l.Used = min(1, l.Used+c.Utilisation(now))
}

// others adds to what became of the messages at a link that do not go first those beside a current.
func (q *queue) others(s *Served) {
	if s.Offered += q.Offered; q.Offered == 0 {
		return
	}
	s.Dropped += q.Dropped
	stay := new(quantile.Sketch)
	stay.Merge(s.Stay)
	stay.Merge(q.delay)
	s.Stay = stay
}
