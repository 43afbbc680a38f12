package network

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What single messages meet where a current flows, and what that is to the current.
//
// Below full load a current leaves nothing waiting, but the messages that it stands for would: a
// message that comes at any time waits for D/2 with a chance of rho, the share of the time that the
// link is busy with those, and besides for as long as these wait in turn,
//
//	E[wait] = rho (D/2 + Wq),   Wq = rho D / (2 (1 - rho)) - W0
//
// which is exact for whatever wait Wq is of those that come (L. Kleinrock, Queueing Systems I, 1975,
// of virtual waiting), and with W0 = 0 the formula of Pollaczek and Khinchine for M/D/1. D is how
// long the link takes for one of them. W0 is how long they have waited before on their way: behind one
// another links with constant times make them wait as the slowest of these alone (H. D. Friedman,
// Operations Research 13, 1965). Which message waits, and for how long, is its own luck: a chance of rho, and
// exponential, with that mean.
//
// Valid where the current is that of many independent sources, each far from filling the link, which go the
// same way: where others join them that have not waited yet, W0 is a mean. And where single messages
// are not much longer than D times what fits into a queue.

// settle is over how many times its room a queue finds how much single messages bring.
const settle = 20

// asked returns how much of what a queue can carry comes to it.
func (q *queue) asked(rate float64) float64 {
	return min(1, (rate+q.current.beside+q.current.first)/q.rate)
}

// waits returns how long messages wait on average that come at random, and that a link takes so long for.
func waits(used, takes float64) float64 {
	return float64(used*takes) / (2 * max(1e-9, 1-used))
}

// passing returns the share of all that comes which a queue lets pass.
func (q *queue) passing(rate float64) float64 {
	if rate += q.current.beside + q.current.first; rate <= q.rate {
		return 1 - q.current.chance
	}
	return max(0, q.rate/rate-q.current.chance)
}

// risk finds what share of the current that comes next is lost by chance, besides what there is too much of: as
// of M/D/1 where the work that waits is bounded (queueing.BusyFor), and less where a link before has spread
// it out. It reports whether that is more, or less, than it was. Where the same comes as before that is not
// looked at: what becomes of other streams changes nothing here.
func (q *queue) risk(now vtime.Time) (changed bool) {
	c, was := &q.current, q.current.chance
	judged := [3]float64{c.next, c.units, c.before}
	if judged == c.judged {
		return false
	}
	c.judged = judged
	q.hear(now, 0, 0)
	c.chance = 0
	if c.next > 0 {
		takes, load := c.next/c.units/q.rate, (c.next+c.beside+c.first)/q.rate
		if lost, err := queueing.BusyFor(load, max(0, q.room/q.rate/takes-1)); err == nil {
			c.chance = float64((lost - max(0, 1-1/load)) * spread(load, c.before/c.next/waits(load, takes)))
		}
		if c.chance < negligible {
			c.chance = 0
		}
	}
	return math.Abs(c.chance-was) > negligible
}

// spread is what is lost by chance behind another link as a share of what it were alone, where messages
// have waited so much before, as a share of what they wait here alone. Of r, how long that link takes for a message
// as a share of how long this one does, it is 1 - r^2. That is fitted: with rooms of 3 and of 6 messages, loads from
// 0.5 to 0.95 and r from 0.4 to 1, what is lost differs from what simulated messages lose by 1.4 % of what
// comes at most. That messages have waited says r: waits of M/D/1 are as r^2 (1-load) / (1 - r load).
func spread(load, before float64) float64 {
	if load >= 1 || before <= 0 {
		return 1
	}
	if before >= 1 {
		return 0
	}
	half := float64(float64(before*load) / 2)
	r := (math.Sqrt(float64(half*half)+float64((1-load)*before)) - half) / (1 - load)
	return max(0, 1-float64(r*r))
}

// negligible is a share that is as good as nothing.
const negligible = 1e-12

// mix finds what the current of a queue is made of.
func (n *Network) mix(at int32) {
	c := &n.queues[at].current
	messages, ahead, rate := 0.0, 0.0, 0.0 // in a nanosecond
	for i := range n.streams {
		s := &n.streams[i]
		for k, q := range s.queues {
			if q == at && s.at[k] > 0 {
				rate += s.at[k]
				messages += s.at[k] / s.size
				ahead += float64(s.ahead[k] * s.at[k])
			}
		}
	}
	if rate == 0 {
		return
	}
	if grain := rate / messages; grain != c.grain {
		n.queues[at].flow(n.kernel.Now()) // what has come by now was of another size
		c.grain = grain
	}
	c.ahead = ahead / rate
}

func (c *current) offer(bytes float64) {
	c.offered += bytes
	if c.grain > 0 {
		c.came += bytes / c.grain
	}
}

func (c *current) drop(bytes float64) {
	c.dropped += bytes
	if c.grain > 0 {
		c.lost += bytes / c.grain
	}
}

// hear counts a single message among those that come beside the current, or go before it.
func (q *queue) hear(now vtime.Time, bytes, first int32) {
	c := &q.current
	over := float64(settle * q.room / q.rate)
	d := float64(now.Sub(c.counted))
	c.counted = now
	c.beside = (float64(c.beside*over) + float64(bytes)) / (over + d)
	c.first = (float64(c.first*over) + float64(first)) / (over + d)
}

// behind returns how long a message waits for those that a current stands for which leaves nothing
// waiting, by its luck from 0 to 1. One that finds another single message still waiting so waits as
// long as that one does; others are the luckier for it, so that of messages at random as many wait as
// in truth.
func (q *queue) behind(now vtime.Time, bytes int32, luck float64) float64 {
	c := &q.current
	rho, all := c.rate/q.rate, (c.rate+c.beside+c.first)/q.rate
	d := c.grain / q.rate
	if all >= 1 || rho <= 0 || c.left > now.Add(vtime.Duration(c.work)) {
		return 0
	}
	if c.work > float64(9*d)*all/(1-all) {
		return 0 // chance has not emptied the queue since that came, so work is all that waits
	}
	wq := max(0, float64(d*rho)/(2*(1-all))-c.ahead)
	mean := (float64(d/2) + wq) / max(1e-9, 1-c.first/q.rate) // while it waits others go first (A. Cobham, 1954)
	met := float64(mean*c.beside) / float64(bytes)            // single messages in so long a time
	met = float64(rho*met) / (1 + met)
	chance := (rho - met) / (1 - met)
	if luck >= chance {
		return 0
	}
	return float64(-mean * detmath.Log(luck/chance))
}

// nearly is how many messages before a queue is full it counts as full: below that by chance it has
// room now and then, which is all that is left of it where more comes than passes.
const nearly = 10

// offerInto is offer while a current flows. Where there is no room left the link lets the
// share of all that comes pass that it can carry, of messages as of the current; luck, from 0 to 1, says
// whether a message is of that. Where need be it then takes the place of as much of the current.
func (q *queue) offerInto(now vtime.Time, bytes int32, takes vtime.Duration, luck float64) (leaves vtime.Time, ok bool) {
	c := &q.current
	q.flow(now)
	q.hear(now, bytes, 0)
	q.Offered++
	if c.chance > 0 && c.rate+c.beside+c.first < q.rate {
		if luck < c.chance {
			q.Dropped++
			return 0, false
		}
		luck = (luck - c.chance) / (1 - c.chance)
	}
	room, wait := q.room/q.rate, c.work
	after := wait + float64(takes)
	full := room - min(room/2, float64(nearly*max(float64(takes), c.grain/q.rate)))
	if wait > 0 && after > full {
		place := float64((after - room) * q.rate)
		if luck >= q.passing(c.rate) || wait > room || c.dropped+place > c.offered {
			q.Dropped++
			return 0, false
		}
		if place > 0 {
			c.drop(place)
			wait, after = max(0, room-float64(takes)), room
		}
	}
	c.work = after
	q.Bytes += uint64(bytes)
	q.Busy += takes
	wait = min(wait+q.behind(now, bytes, luck), max(wait, room))
	leaves = now.Add(vtime.Duration(math.Ceil(wait))).Add(takes)
	if behind := c.left.Add(takes); behind > leaves {
		leaves = max(c.left, min(behind, now.Add(vtime.Duration(math.Ceil(max(after, room))))))
	}
	q.Longest = max(q.Longest, leaves.Sub(now)-takes)
	c.left = leaves
	return leaves, true
}
