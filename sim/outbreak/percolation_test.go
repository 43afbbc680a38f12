package outbreak

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// single is a class of one host, open to the first vector.
func single(i int) Class {
	return Class{Name: fmt.Sprint("host", i), First: int32(i), Count: 1, Cleaned: -1, Open: []Opening{{Share: 1, Until: vtime.Never}}}
}

// lone is a model of so many single hosts.
func lone(n int) *Model {
	m := &Model{Name: "worm", Ends: vtime.Never, Known: vtime.Never, Run: vtime.Never, Vectors: []Vector{{Name: "hole"}}}
	for i := range n {
		m.Classes = append(m.Classes, single(i))
	}
	return m
}

// An edge is a way from one host to another that is there with some probability.
type edge struct {
	from, to int
	chance   float64
}

// reached returns with what probability each of n hosts is reached from host 0: the sum over
// all sets of edges that may be there. Edges are taken in order, over and over or once.
func reached(n int, edges []edge, both, once bool) []float64 {
	p := make([]float64, n)
	for set := range 1 << len(edges) {
		weight, on := 1.0, make([]bool, n)
		on[0] = true
		for i, e := range edges {
			if set>>i&1 != 0 {
				weight *= e.chance
			} else {
				weight *= 1 - e.chance
			}
		}
		for range n {
			for i, e := range edges {
				if set>>i&1 != 0 {
					on[e.to] = on[e.to] || on[e.from]
					on[e.from] = on[e.from] || both && on[e.to]
				}
			}
			if once {
				break
			}
		}
		for h := range n {
			if on[h] {
				p[h] += weight
			}
		}
	}
	return p
}

// requireReached runs a model often and compares what is reached from host 0.
func requireReached(t *testing.T, m *Model, want []float64, what string) {
	const runs = 3000
	got := make([]int, len(want))
	for seed := range uint64(runs) {
		o := begun(m, seed, 1)
		runTo(o, vtime.Never-1)
		for h := range want {
			if o.Tally(h).Ever > 0 {
				got[h]++
			}
		}
	}
	for h := range want {
		requireShare(t, want[h], got[h], runs, fmt.Sprintf("%s, host %d", what, h))
	}
}

// graph is up to six hosts and up to eleven ways between them, each at most once.
type graph struct {
	n     int
	edges []edge
}

func graphs(count int) (all []graph) {
	r := rand.New(rand.NewPCG(5, 6))
	for range count {
		g, seen := graph{n: 2 + r.IntN(5)}, [6][6]bool{}
		for range 1 + r.IntN(11) {
			e := edge{r.IntN(g.n), r.IntN(g.n), 0.05 + 0.9*r.Float64()}
			if e.from != e.to && !seen[e.from][e.to] {
				seen[e.from][e.to] = true
				g.edges = append(g.edges, e)
			}
		}
		all = append(all, g)
	}
	return all
}

// Where malware removes itself after a time T, a way that it tries at random at a rate is
// passed with probability 1 - exp(-rate T), independently of all others: which hosts are reached
// is directed percolation. One scanner tries all ways of a host.
func TestScannersPercolate(t *testing.T) {
	const rate, stays = 10.0, 2.0
	for i, g := range graphs(40) {
		m := lone(g.n)
		m.Removes = vtime.FromSeconds(stays)
		for _, e := range g.edges {
			c := &m.Classes[e.from]
			if len(c.Scanners) == 0 {
				c.Scanners = []Scanner{{Rate: rate}}
			}
			share := -math.Log1p(-e.chance) / (rate * stays)
			c.Scanners[0].Targets = append(c.Scanners[0].Targets, Target{Class: int32(e.to), Share: share, Gate: -1, Barrier: -1})
		}
		requireReached(t, m, reached(g.n, g.edges, false, false), fmt.Sprint("graph ", i, g))
	}
}

// At a fixed rate, with one scanner for each way, a way is passed with probability
// 1 - (1 - share)^n in n tries.
func TestFixedRatesPercolate(t *testing.T) {
	const tries = 7
	for i, g := range graphs(40) {
		m := lone(g.n)
		m.Removes = tries*vtime.Second + vtime.Millisecond
		for _, e := range g.edges {
			share := -math.Expm1(math.Log1p(-e.chance) / tries)
			m.Classes[e.from].Scanners = append(m.Classes[e.from].Scanners, Scanner{Every: vtime.Second, Targets: []Target{{Class: int32(e.to), Share: share, Gate: -1, Barrier: -1}}})
		}
		requireReached(t, m, reached(g.n, g.edges, false, false), fmt.Sprint("graph ", i, g))
	}
}

// Contacts that happen once, one after the other, each with a chance: what is reached is
// percolation in the order of time, and nothing is passed from the end on.
func TestContactsPercolate(t *testing.T) {
	trials.Long(t)
	for i, g := range graphs(40) {
		m := lone(g.n)
		m.Run = vtime.Time(vtime.Hour)
		m.Ends = vtime.Time(10 * vtime.Second)
		for k, e := range g.edges {
			m.Contacts = append(m.Contacts, Contact{
				Name: fmt.Sprint("meeting", k), A: int32(e.from), B: int32(e.to), Vectors: []int32{0}, Barrier: -1,
				Schedule: Schedule{First: vtime.Time(k+1) * vtime.Time(vtime.Second), Spread: vtime.Second / 2, Chance: e.chance},
			})
		}
		before := g.edges[:min(9, len(g.edges))] // the tenth is at the end, too late
		requireReached(t, m, reached(g.n, before, true, true), fmt.Sprint("graph ", i, g))
	}
}

// A way that is tried until the malware ends is passed with probability 1 - exp(-rate T).
func TestOneWayUntilTheEnd(t *testing.T) {
	const runs, rate, seconds = 10_000, 0.7, 1.5
	m := lone(2)
	m.Ends = at(seconds)
	m.Classes[0].Scanners = []Scanner{{Rate: rate, Targets: []Target{{Class: 1, Share: 1, Gate: -1, Barrier: -1}}}}
	passed := 0
	for seed := range uint64(runs) {
		o := begun(m, seed, 1)
		runTo(o, vtime.Never-1)
		if first := o.Tally(1).First; first != vtime.Never {
			passed++
			require.Less(t, first, m.Ends)
		}
	}
	requireShare(t, -math.Expm1(-rate*seconds), passed, runs, "passed")
}
