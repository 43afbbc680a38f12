package truth

import (
	"errors"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// most is how many spans there may be in a course.
const most = 1 << 20

// A fault is why a network has given up.
type fault int8

const (
	none fault = iota
	tooMuch
	disorder
)

var faults = [...]error{
	none:     nil,
	tooMuch:  errors.New("more than a million runs of one subformula wait for a decision"),
	disorder: errors.New("a sample is earlier than what was heard before, and not the same"),
}

// A Network decides a program.
type Network struct {
	ops     []operation
	of      []int32 // the operations that the nodes of the program are
	heard   bool    // something was
	atoms   []bool  // as they are
	courses []course

	known  formula.Instant // where what was heard ends
	done   formula.Instant // where what was worked on ends
	told   formula.Instant // where what was taken ends
	was    Value           // the last value that was taken
	wake   vtime.Time      // when something may happen though no atom changes
	epoch  uint32          // how often time went on
	leaps  bool            // some ends move on as a time begins, and stay where they are as it ends
	kept   int             // how many spans of a course are kept as its history
	full   bool            // a course is so long that dropping may pay
	fault  fault
	needs  []formula.Instant // where what drop keeps of each operation begins
	inside []inner           // the ends that moved in this step within what was known
	fork   *Network          // for questions about what may follow
}

// New returns a network that has heard nothing. The program is not empty.
func New(p formula.Program) *Network {
	n := &Network{wake: vtime.Never, kept: 64}
	n.ops, n.of = build(p)
	n.courses = make([]course, len(n.ops))
	for k := range n.ops {
		n.courses[k] = course{
			spans: make([]span, 1, 4), most: 2 * n.kept, first: [2]formula.Instant{formula.Never, formula.Never},
		}
		n.begin(k)
		switch n.ops[k].kind {
		case ahead, trail, hold, veil:
			n.leaps = true
		}
	}
	n.settle()
	return n
}

// begin makes known what is so from the outset.
func (n *Network) begin(k int) {
	switch o := &n.ops[k]; o.kind {
	case truth:
		n.put(k, &piece{to: formula.Never, value: valueOf(!o.not)})
	case back:
		n.put(k, &piece{to: formula.Instant{At: vtime.Time(o.span)}, value: -o.some})
	case next:
		n.put(k, &piece{to: formula.Instant{Round: 1}, value: -o.some})
	}
	n.spreadTo(k)
}

func valueOf(b bool) Value {
	if b {
		return True
	}
	return False
}

// Sample hears that the atoms have these values from an instant on.
func (n *Network) Sample(at formula.Instant, atoms []bool) {
	if n.fault != none {
		return
	}
	if n.heard && same(n.atoms, atoms) {
		n.hear(formula.Instant{At: at.At, Round: at.Round + 1})
		return
	}
	switch {
	case at.Before(n.known):
		n.fault = disorder
		return
	case !n.heard:
		n.heard, n.atoms = true, append(n.atoms, atoms...)
	}
	n.change(at, atoms)
}

func same(a, b []bool) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Through hears that the atoms stay as they are through all rounds of a time.
func (n *Network) Through(t vtime.Time) {
	if n.heard && n.fault == none {
		n.hear(formula.Instant{At: t}.After())
	}
}

// hear hears that the atoms stay as they are.
func (n *Network) hear(until formula.Instant) {
	if !n.known.Before(until) {
		return
	}
	n.known = until
	if until.At >= n.wake || until.Round > 0 && n.leaps && until.At.Add(1) >= n.wake {
		n.step()
	}
}

// Next returns the earliest time that can bring a new run though no atom changes, once
// heard through. Now and then it brings none: there is something to see, but not for the
// formula, or only a time later.
func (n *Network) Next() vtime.Time {
	if n.wake == vtime.Never || n.fault != none {
		return vtime.Never
	}
	return max(n.known.At, n.wake-1)
}

// Err returns why the network has given up: it says nothing new then.
func (n *Network) Err() error { return faults[n.fault] }

// root is the operation that is the formula.
func (n *Network) root() int { return int(n.of[len(n.of)-1]) }

// Decided returns where what is decided of the formula, without a gap, ends.
func (n *Network) Decided() formula.Instant {
	n.catchUp()
	c := &n.courses[n.root()]
	k := c.find(n.told)
	for k < len(c.spans) && c.spans[k].value != Unknown {
		k++
	}
	return c.end(k - 1)
}

// Take appends the runs of the formula that became decided since it was asked before. One
// that goes on is there once. What is not taken is kept.
func (n *Network) Take(dst []Run) []Run {
	c := &n.courses[n.root()]
	for k := c.find(n.told); k < len(c.spans) && c.spans[k].value != Unknown; k++ {
		s := &c.spans[k]
		if n.was != s.value {
			dst = append(dst, Run{s.from, s.value})
		}
		n.told, n.was = s.from, s.value
	}
	return dst
}

// Ever reports whether a node had a value at an instant that was heard of.
func (n *Network) Ever(node int, v Value) bool {
	n.catchUp()
	return n.courses[n.of[node]].first[(v+1)/2].Before(n.known)
}

// First returns the first instant at which a node is known to have a value, be it one
// that is yet to come; Never where there is none.
func (n *Network) First(node int, v Value) formula.Instant {
	n.catchUp()
	return n.courses[n.of[node]].first[(v+1)/2]
}

// History appends what is known of a node: its latest runs, with those that are unknown
// yet.
func (n *Network) History(node int, dst []Run) []Run {
	n.catchUp()
	c := &n.courses[n.of[node]]
	return c.runs(c.spans[c.head].from, n.known, dst)
}

// runs appends the runs between two instants.
func (c *course) runs(from, to formula.Instant, dst []Run) []Run {
	for k := c.find(from); k < len(c.spans) && c.spans[k].from.Before(to); k++ {
		r := Run{c.spans[k].from, c.spans[k].value}
		if r.From.Before(from) {
			r.From = from
		}
		dst = append(dst, r)
	}
	return dst
}
