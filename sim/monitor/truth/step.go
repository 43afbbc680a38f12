package truth

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// catchUp works on what was heard.
func (n *Network) catchUp() {
	if n.done.Before(n.known) && n.fault == none {
		n.step()
	}
}

// step works on what was heard since the last step, in which no atom changed.
func (n *Network) step() {
	before, goesOn := n.done, n.done.At < n.known.At
	if goesOn {
		n.epoch++
		n.wake = vtime.Never
	}
	n.stay()
	n.spread()
	if goesOn {
		n.watch(before)
	}
	n.settle()
}

// stay makes known that the atoms were as they are.
func (n *Network) stay() {
	for k := range n.ops {
		if o := &n.ops[k]; o.kind == leaf {
			n.put(k, &piece{n.done, n.known, valueOf(n.atoms[o.atom] != o.not), true})
		}
	}
}

// change works on new values of the atoms. What that sets in motion is seen as soon as
// time goes on.
func (n *Network) change(at formula.Instant, atoms []bool) {
	n.known = formula.Instant{At: at.At, Round: at.Round + 1}
	n.epoch++
	for k := range n.ops {
		o := &n.ops[k]
		if o.kind != leaf {
			continue
		}
		if was, is := n.atoms[o.atom], atoms[o.atom]; was == is {
			n.put(k, &piece{n.done, n.known, valueOf(is != o.not), true})
		} else {
			n.put(k, &piece{n.done, at, valueOf(was != o.not), false})
			n.put(k, &piece{at, n.known, valueOf(is != o.not), true})
		}
	}
	copy(n.atoms, atoms)
	n.spread()
	n.wake = at.At
	n.settle()
}

// spread takes what became known of the leaves to all operations.
func (n *Network) spread() {
	for k := range n.ops {
		n.spreadTo(k)
	}
}

func (n *Network) spreadTo(k int) {
	o := &n.ops[k]
	if o.kind <= truth {
		return
	}
	fresh := n.courses[o.x].fresh
	for i := range fresh {
		n.work(k, &fresh[i])
	}
	if o.two() {
		fresh = n.courses[o.y].fresh
		for i := range fresh {
			n.workY(k, &fresh[i])
		}
	}
	if o.kind == veil {
		n.unveil(k)
	}
}

// work finds what follows from what became known of x.
func (n *Network) work(k int, p *piece) {
	some := p.value == n.ops[k].some
	switch n.ops[k].kind {
	case join:
		n.join(k, n.ops[k].y, p)
	case window:
		n.window(k, p)
	case trail:
		n.trail(k, p)
	case reach:
		if some {
			n.reachX(k, p)
		} else {
			n.missX(k, p)
		}
	case hold:
		if some {
			n.holdX(k, p)
		} else {
			n.loseX(k, p)
		}
	default:
		q := n.moved(k, p)
		n.put(k, &q)
	}
}

func (n *Network) workY(k int, p *piece) {
	some := p.value == n.ops[k].some
	switch kind := n.ops[k].kind; {
	case kind == join:
		n.join(k, n.ops[k].x, p)
	case kind == reach && some:
		n.reachY(k, p)
	case kind == reach:
		n.missY(k, p)
	case some:
		n.holdY(k, p)
	default:
		n.loseY(k, p)
	}
}

// put makes known what operation k is; what is not new of it is passed over.
func (n *Network) put(k int, p *piece) {
	if !p.from.Before(p.to) {
		return
	}
	c := &n.courses[k]
	if last := len(c.spans) - 1; last > c.head && c.spans[last].value == Unknown &&
		!p.from.Before(c.spans[last-1].from) && c.spans[last].from.Before(p.to) {
		n.learn(c, last, p) // as nearly always: it goes on where knowledge ended
		return
	}
	for i := c.find(p.from); ; {
		end := c.end(i)
		last := !end.Before(p.to)
		if c.spans[i].value == Unknown {
			i = n.learn(c, i, p)
		} else {
			if last && p.moves {
				n.pass(k, i, p)
			}
			i++
		}
		if last {
			break
		}
	}
}

// pass takes note of a piece whose end moves within the known span i, or at its end. What
// is ahead of it there may yet move itself in this step: watch sees to that. If a piece
// that stands came to the same end before, it moves all the same. Those above hear of
// that; the last of the piece is enough, as they know the rest.
func (n *Network) pass(k, i int, p *piece) {
	c := &n.courses[k]
	if p.to != c.end(i) || i+1 == len(c.spans) || c.spans[i+1].value != Unknown || !c.stands(i+1, n.epoch) {
		n.inside = append(n.inside, inner{k, p.to})
		return
	}
	c.spans[i+1].moved = n.epoch
	q := *p
	for _, from := range [...]formula.Instant{c.spans[i].from, {At: p.to.At - 1}} {
		if q.from.Before(from) {
			q.from = from
		}
	}
	c.fresh = append(c.fresh, q)
}

// learn makes known what a piece says of an unknown span, and returns the span that what
// follows is in.
func (n *Network) learn(c *course, i int, p *piece) int {
	c.fresh = append(c.fresh, *p)
	q, moved := &c.fresh[len(c.fresh)-1], uint32(0)
	if from := c.spans[i].from; q.from.Before(from) {
		q.from = from
	}
	if i+1 < len(c.spans) && c.spans[i+1].from.Before(q.to) {
		q.to, q.moves = c.spans[i+1].from, false
	}
	if q.moves {
		moved = n.epoch
	}
	if f := &c.first[(q.value+1)/2]; q.from.Before(*f) {
		*f = q.from
	}
	i = c.fill(i, q, moved)
	if len(c.spans)-c.head > c.most {
		n.full = true
	}
	return i
}

// settle ends a step.
func (n *Network) settle() {
	for k := range n.courses {
		n.courses[k].fresh = n.courses[k].fresh[:0]
	}
	n.inside = n.inside[:0]
	n.done = n.known
	if n.full {
		n.drop()
	}
}
