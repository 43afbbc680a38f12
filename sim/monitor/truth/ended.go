package truth

import "github.com/harmproof/harmproof/sim/monitor/formula"

// Pending appends what is known of the formula from where it is not decided up to where
// the atoms are, if it may go on in any way.
func (n *Network) Pending(dst []Run) []Run {
	return n.courses[n.root()].runs(n.Decided(), n.known, dst)
}

// Ended appends the same if the run ends with the time that it has come to. What would
// come after that is unknown, and what ranges over the run ends there.
func (n *Network) Ended(dst []Run) []Run {
	if !n.heard {
		return dst
	}
	from, f := n.Decided(), n.forked()
	if f.known.Round > 0 {
		f.known = f.known.After()
	}
	f.stay()
	for k := range f.ops {
		f.spreadTo(k)
		if f.ops[k].forever() {
			f.close(k)
		}
	}
	return f.courses[f.root()].runs(from, f.known, dst)
}

// close decides an operation that ranges over the run by all that there was.
func (n *Network) close(k int) {
	y := &n.courses[n.ops[k].y]
	if i := y.before(n.known); y.spans[i].value == -n.ops[k].some {
		n.put(k, &piece{from: y.spans[i].from, to: n.known, value: y.spans[i].value})
	}
}

// Held appends the same if the atoms stay as they are for ever: all is decided then.
func (n *Network) Held(dst []Run) []Run {
	if !n.heard {
		return dst
	}
	from, f := n.Decided(), n.forked()
	f.known = formula.Never
	f.stay()
	f.spread()
	return f.courses[f.root()].runs(from, n.known, dst)
}

// forked returns a copy to try out how it may go on.
func (n *Network) forked() *Network {
	if n.fork == nil {
		n.fork = &Network{courses: make([]course, len(n.ops))}
	}
	f := n.fork
	f.ops, f.of, f.atoms, f.known, f.done, f.epoch = n.ops, n.of, n.atoms, n.known, n.done, n.epoch
	f.inside = f.inside[:0]
	for k := range n.courses {
		from, to := &n.courses[k], &f.courses[k]
		*to = course{spans: append(to.spans[:0], from.spans[from.head:]...), most: len(from.spans) + most, fresh: to.fresh[:0]}
	}
	return f
}
