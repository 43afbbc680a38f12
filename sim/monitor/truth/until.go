package truth

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// reachX: where x has come to hold, each y in it, and the first one after it, decides
// back from there.
func (n *Network) reachX(k int, p *piece) {
	r, c := n.x(k, p.from), &n.courses[n.ops[k].y]
	for i := c.find(p.from); i < len(c.spans) && c.spans[i].from.Before(r.to); i++ {
		if c.spans[i].value != p.value {
			continue
		}
		y := c.piece(i, n.epoch)
		if y.from.Before(p.from) {
			y.from = p.from
		}
		n.meetY(k, &r, &y)
		if !y.from.Before(p.to) {
			break
		}
	}
}

// reachY: y decides back from where it has come, within the runs of x.
func (n *Network) reachY(k int, p *piece) {
	c := &n.courses[n.ops[k].x]
	for i := c.find(p.from); i < len(c.spans) && c.spans[i].from.Before(p.to); i++ {
		if c.spans[i].value == p.value {
			r := c.piece(i, n.epoch)
			n.meetY(k, &r, p)
		}
	}
}

// meetY decides back from y within a run of x.
func (n *Network) meetY(k int, x, y *piece) {
	q := both(y, x)
	if q.from = earlier(q.from, n.ops[k].span); q.from.Before(x.from) {
		q.from = x.from
	}
	n.put(k, &q)
}

// missX: without x there is no until, nor just before where y is not either.
func (n *Network) missX(k int, p *piece) {
	n.put(k, p)
	y := &n.courses[n.ops[k].y]
	if i := y.before(p.from); y.spans[i].value == p.value {
		n.put(k, &piece{from: y.spans[i].from, to: p.from, value: p.value})
	}
}

// missY: without y there is no until where there is none after, or in a whole window.
func (n *Network) missY(k int, p *piece) {
	r := n.y(k, p.from)
	n.lack(k, r)
	if c := &n.courses[k]; p.to != formula.Never && c.spans[c.find(p.to)].value == p.value {
		n.put(k, &piece{from: r.from, to: p.to, value: p.value})
		return
	}
	x := &n.courses[n.ops[k].x]
	for i := x.before(p.to); x.spans[i].from.Before(p.to) && p.from.Before(x.end(i)); i-- {
		if x.spans[i].value == p.value {
			q := x.piece(i, n.epoch)
			q = both(&q, p)
			n.put(k, &piece{r.from, q.to, p.value, q.moves})
			return
		}
		if i == x.head {
			return
		}
	}
}

// holdX: where x has come to hold, what was decided just before goes on, and each y in
// it decides from there.
func (n *Network) holdX(k int, p *piece) {
	r, c := n.x(k, p.from), &n.courses[n.ops[k].y]
	forever := n.ops[k].span == formula.Forever
	i := c.find(p.from)
	if own := &n.courses[k]; forever && r.from.Before(p.from) && own.spans[own.before(p.from)].value == p.value {
		n.put(k, &piece{p.from, r.to, p.value, r.moves})
		return
	}
	for !forever && i > c.head && r.from.Before(c.spans[i].from) && (c.spans[i].value != p.value || !c.spans[i].from.Before(p.from)) {
		i-- // to the last y before
	}
	for ; i < len(c.spans) && c.spans[i].from.Before(p.to); i++ {
		if c.spans[i].value == p.value {
			y := c.piece(i, n.epoch)
			n.meetX(k, &r, &y)
		}
	}
}

// holdY: y decides from where it has come, within the runs of x.
func (n *Network) holdY(k int, p *piece) {
	c := &n.courses[n.ops[k].x]
	for i := c.find(p.from); i < len(c.spans) && c.spans[i].from.Before(p.to); i++ {
		if c.spans[i].value == p.value {
			r := c.piece(i, n.epoch)
			n.meetX(k, &r, p)
		}
	}
}

// meetX decides from y on until it expires, within a run of x.
func (n *Network) meetX(k int, x, y *piece) {
	q := both(y, x)
	if !q.from.Before(q.to) {
		return
	}
	if q.to = expiry(q.to, n.ops[k].span); !q.to.Before(x.to) {
		q.to, q.moves = x.to, x.moves
	}
	n.put(k, &q)
}

// loseX: without x there is no since, nor just after where y is not either.
func (n *Network) loseX(k int, p *piece) {
	r := n.x(k, p.from)
	n.put(k, &piece{p.from, r.to, p.value, r.moves})
	if y := n.y(k, r.to); r.to.At != vtime.Never && y.value == p.value {
		n.put(k, &piece{r.to, y.to, p.value, y.moves})
	}
}

// loseY: without y there is no since where there was none before, or in a whole window.
func (n *Network) loseY(k int, p *piece) {
	r := n.y(k, p.from)
	n.lacked(k, r)
	c, x := &n.courses[k], &n.courses[n.ops[k].x]
	if b := c.before(p.from); c.spans[b].from.Before(p.from) && c.spans[b].value == p.value {
		n.put(k, &piece{p.from, r.to, p.value, r.moves})
		return
	}
	for i := x.find(p.from); i < len(x.spans) && x.spans[i].from.Before(p.to); i++ {
		if x.spans[i].value == p.value {
			q := piece{x.spans[i].from, r.to, p.value, r.moves}
			if q.from.Before(p.from) {
				q.from = p.from
			}
			n.put(k, &q)
			return
		}
	}
}
