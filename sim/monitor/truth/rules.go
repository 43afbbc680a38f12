package truth

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// earlier returns the first instant of a time so much earlier: the first whose window
// ahead has what is at an instant, and the first whose window has something that is not
// before it.
func earlier(i formula.Instant, by vtime.Duration) formula.Instant {
	if i.At == vtime.Never {
		return i
	}
	return formula.Instant{At: max(0, i.At-vtime.Time(by))}
}

// expiry returns until when a window back has something of what ends at an instant.
func expiry(i formula.Instant, by vtime.Duration) formula.Instant {
	if i.Round > 0 {
		i = i.After()
	}
	return formula.Instant{At: i.At.Add(by)}
}

// cleared returns from when a window back has nothing of what was before an instant.
func cleared(i formula.Instant, by vtime.Duration) formula.Instant {
	if i == (formula.Instant{}) {
		return i
	}
	return expiry(i, by)
}

// x returns the span of x that has an instant, y that of y.
func (n *Network) x(k int, at formula.Instant) piece { return n.around(n.ops[k].x, at) }
func (n *Network) y(k int, at formula.Instant) piece { return n.around(n.ops[k].y, at) }

func (n *Network) around(k int32, at formula.Instant) piece {
	c := &n.courses[k]
	return c.piece(c.find(at), n.epoch)
}

// both returns what two pieces have in common, with the value of the first.
func both(p, q *piece) piece {
	r := *p
	if r.from.Before(q.from) {
		r.from = q.from
	}
	if q.to.Before(r.to) {
		r.to, r.moves = q.to, q.moves
	}
	return r
}

// join: one side decides, or both.
func (n *Network) join(k int, other int32, p *piece) {
	if p.value == n.ops[k].some {
		n.put(k, p)
		return
	}
	c := &n.courses[other]
	for i := c.find(p.from); i < len(c.spans) && c.spans[i].from.Before(p.to); i++ {
		if c.spans[i].value == p.value {
			q := c.piece(i, n.epoch)
			q = both(p, &q)
			n.put(k, &q)
		}
	}
}

// window: an instant decides back from there; all that is between a start and a window
// before the end.
func (n *Network) window(k int, p *piece) {
	o := &n.ops[k]
	if p.value == o.some {
		n.put(k, &piece{earlier(p.from, o.span), p.to, p.value, p.moves})
		return
	}
	if x := &n.courses[o.x]; o.span == formula.Forever && x.spans[len(x.spans)-1].value == Unknown {
		return // there is no end of a window that has no end
	}
	n.lack(k, n.x(k, p.from))
}

// lack decides what has a whole window within a run.
func (n *Network) lack(k int, r piece) {
	end := earlier(r.to, n.ops[k].span)
	if r.moves && !r.from.Before(end) && n.ops[k].span != formula.Forever {
		n.delay(r.from.After().At.Add(n.ops[k].span), r.to.At)
	}
	n.put(k, &piece{r.from, end, r.value, r.moves})
}

// trail: an instant decides until it expires; all once the window is clear of what was before.
func (n *Network) trail(k int, p *piece) {
	o := &n.ops[k]
	if p.value == o.some {
		n.put(k, &piece{p.from, expiry(p.to, o.span), p.value, p.moves})
		return
	}
	n.lacked(k, n.x(k, p.from))
}

// lacked decides what has a whole window back within a run.
func (n *Network) lacked(k int, r piece) {
	from := cleared(r.from, n.ops[k].span)
	if r.moves && !from.Before(r.to) && from.At != vtime.Never {
		n.delay(from.At, r.to.At)
	}
	n.put(k, &piece{from, r.to, r.value, r.moves})
}

// moved returns what follows for an operation that only moves what it reads.
func (n *Network) moved(k int, p *piece) piece {
	o, q := &n.ops[k], *p
	switch o.kind {
	case ahead: // of what has the first round of a time; a part of a run may have none
		q = n.x(k, p.from)
		q.from, q.to = ceil(q.from), ceil(q.to)
		if q.to.At <= vtime.Time(o.span) && q.moves {
			n.delay(vtime.Time(o.span), q.to.At)
		}
		q.from, q.to = earlier(q.from, o.span), earlier(q.to, o.span)
	case back: // of what has the last round of a time
		q.from, q.to = formula.Instant{At: q.from.At.Add(o.span)}, formula.Instant{At: q.to.At.Add(o.span)}
	case next:
		q.from.Round++
		if q.to.At != vtime.Never {
			q.to.Round++
		}
	case veil:
		q = n.veil(o, q)
	}
	return q
}

// ceil returns the first instant from i on that is the first of its time.
func ceil(i formula.Instant) formula.Instant {
	if i.Round > 0 {
		return i.After()
	}
	return i
}

func (n *Network) veil(o *operation, q piece) piece {
	if now := ceil(n.known); o.veiled[(q.value+1)/2] && now.Before(q.to) {
		q.to, q.moves = now, true
	}
	return q
}

// unveil makes known what time has come to.
func (n *Network) unveil(k int) {
	o := &n.ops[k]
	c := &n.courses[o.x]
	for i := c.find(n.done); i < len(c.spans) && c.spans[i].from.Before(ceil(n.known)); i++ {
		if c.spans[i].value != Unknown {
			q := n.veil(o, c.piece(i, n.epoch))
			n.put(k, &q)
		}
	}
}
