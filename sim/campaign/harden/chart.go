package harden

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/simple"

	"github.com/harmproof/harmproof/sim"
)

// A chart is where malware could come to in a scenario, by all ways that there are: hosts,
// ways between them, and by which barriers each is closed. It knows nothing of time and
// of chance, so it only proposes what to run.
type chart struct {
	hosts []string // node 0 is where all begins
	nodes map[[2]string]int
	ways  []way
	goals []int // where it was when harm was done
	// closed is by barrier the ways that it closes by itself.
	closed [][]sim.Spread
}

// A way leads from one node to another; each of its closers closes it by itself.
type way struct {
	from, to int
	closers  Mask
}

// chartOf draws the chart of a plan, given those with one barrier each (nil: none, or one
// that changes more than ways); nil where nothing is released.
func chartOf(bare *sim.Plan, raised []*sim.Plan) *chart {
	c := &chart{hosts: []string{""}, nodes: map[[2]string]int{}, closed: make([][]sim.Spread, len(raised))}
	for _, r := range bare.Released() {
		c.ways = append(c.ways, way{0, c.node(r[0], r[1]), 0})
	}
	if len(c.ways) == 0 {
		return nil
	}
	closers := c.closers(raised)
	for _, w := range bare.Spreads() {
		if w.Stop == "" && w.From != w.To {
			c.ways = append(c.ways, way{c.node(w.Malware, w.From), c.node(w.Malware, w.To), closers[w.Passage()]})
		}
	}
	c.sort()
	return c
}

// closers says of each way by which barriers it is closed.
func (c *chart) closers(raised []*sim.Plan) map[[4]string]Mask {
	closers := map[[4]string]Mask{}
	for i, p := range raised {
		if p == nil {
			continue
		}
		for _, w := range p.Spreads() {
			if w.Stop != "" {
				closers[w.Passage()] = closers[w.Passage()].with(i)
				c.closed[i] = append(c.closed[i], w)
			}
		}
	}
	return closers
}

// node numbers a host that a malware could be on.
func (c *chart) node(malware, host string) int {
	key := [2]string{malware, host}
	n, known := c.nodes[key]
	if !known {
		n = len(c.hosts)
		c.nodes[key] = n
		c.hosts = append(c.hosts, host)
	}
	return n
}

// sort orders the ways, and leaves out those that another one is like.
func (c *chart) sort() {
	slices.SortFunc(c.ways, func(a, b way) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.closers, b.closers))
	})
	c.ways = slices.Compact(c.ways)
}

// aim notes where malware was when harm was done: the last host on which it does something
// besides spreading, or that it came to at all.
func (c *chart) aim(h *Harmed, strikes [][2]string) {
	goal, struck := -1, false
	for _, w := range h.Took {
		key := [2]string{w.Malware, w.To}
		strikes := slices.Contains(strikes, key)
		if n, known := c.nodes[key]; known && (strikes || !struck) {
			goal, struck = n, struck || strikes
		}
	}
	if goal >= 0 && !slices.Contains(c.goals, goal) {
		c.goals = append(c.goals, goal)
	}
}

// open reports whether a way leads to where harm was done, past a set of barriers.
func (c *chart) open(m Mask) bool {
	reached := make([]bool, len(c.hosts))
	reached[0] = true
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		first, _ := slices.BinarySearchFunc(c.ways, queue[0], func(w way, from int) int { return cmp.Compare(w.from, from) })
		for _, w := range c.ways[first:] {
			if w.from != queue[0] {
				break
			}
			if w.closers&m == 0 && !reached[w.to] {
				reached[w.to] = true
				queue = append(queue, w.to)
			}
		}
	}
	return slices.ContainsFunc(c.goals, func(goal int) bool { return reached[goal] })
}

// passed lists the hosts that every way to a goal passes, in their order, but where it is
// released: its dominators.
func (c *chart) passed(goal int) (hosts []string) {
	g := simple.NewDirectedGraph()
	for _, w := range c.ways {
		g.SetEdge(simple.Edge{F: simple.Node(w.from), T: simple.Node(w.to)})
	}
	tree := flow.Dominators(simple.Node(0), g)
	for at := tree.DominatorOf(int64(goal)); at != nil && at.ID() != 0; at = tree.DominatorOf(at.ID()) {
		if !slices.Contains(c.ways, way{0, int(at.ID()), 0}) {
			hosts = append(hosts, c.hosts[at.ID()])
		}
	}
	slices.Reverse(hosts)
	return hosts
}
