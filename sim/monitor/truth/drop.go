package truth

import "github.com/harmproof/harmproof/sim/monitor/formula"

// drop drops what is decided and not needed any more, from the formula down.
func (n *Network) drop() {
	n.full = false
	need := n.needs[:0]
	for range n.ops {
		need = append(need, n.done)
	}
	n.needs = need
	need[n.root()] = n.told
	for k := len(n.ops) - 1; k >= 0; k-- {
		o, c := &n.ops[k], &n.courses[k]
		open := c.open()
		if o.kind > truth {
			n.need(o, open, need)
		}
		if open.Before(need[k]) {
			need[k] = open
		}
		n.fit(c, need[k])
	}
}

// open returns from when on not all of a course is known.
func (c *course) open() formula.Instant {
	for k := c.head; k < len(c.spans); k++ {
		if c.spans[k].value == Unknown {
			return c.spans[k].from
		}
	}
	return formula.Never
}

// need lowers what is needed of what an operation reads, that is undecided from an
// instant on.
func (n *Network) need(o *operation, open formula.Instant, need []formula.Instant) {
	switch o.kind {
	case ahead, back, next:
		return
	case veil:
		open = n.done
	case trail, hold:
		if o.span != formula.Forever {
			open = earlier(open, o.span)
		}
	}
	for _, k := range [...]int32{o.x, o.y} {
		if open.Before(need[k]) {
			need[k] = open
		}
	}
}

// fit drops the spans that end before an instant, but for some.
func (n *Network) fit(c *course, need formula.Instant) {
	c.head = max(c.head, c.find(need)-1-n.kept)
	long := len(c.spans) - c.head
	c.most = min(2*max(long, n.kept), most)
	if long >= most {
		n.fault = tooMuch
	}
}
