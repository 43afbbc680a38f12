package monitor

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/monitor/truth"
	"github.com/harmproof/harmproof/sim/vtime"
)

// networks are what follows a formula that looks at other instants than its own: its
// truth, exactly, and its margin.
type networks struct {
	truth   *truth.Network
	margin  *margin.Network
	holds   []bool    // as heard last
	margins []float64 // as heard last
	truths  instants
	lines   instants
	courses []course // by atom, for explanations
	// decisions are what is decided and has not been told.
	decisions []truth.Run
	// early is an instant that was found to be false before some that come before it
	// were decided.
	early formula.Instant
	root  int // the node that is the formula
}

func newNetworks(p *Plan) *networks {
	return &networks{
		root: len(p.truth) - 1, truth: truth.New(p.truth), margin: margin.NewAtStart(p.margin, p.Atoms),
		holds: make([]bool, p.Atoms), margins: make([]float64, p.Atoms), courses: make([]course, p.Atoms),
	}
}

// sample hears the atoms. To look again at what is as it was is no round of its time.
// What is decided needs no more truths.
func (n *networks) sample(at vtime.Time, holds []bool, margins []float64, decided bool) {
	for i := range n.courses {
		n.courses[i].settled(at, holds[i], margins[i])
	}
	if !decided && (!n.truths.any || !slices.Equal(holds, n.holds)) {
		copy(n.holds, holds)
		n.truth.Sample(n.truths.next(at), holds)
	}
	if !n.lines.any || !same(margins, n.margins) {
		copy(n.margins, margins)
		n.margin.Sample(n.lines.next(at), margins)
	}
}

func same(a, b []float64) bool {
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) {
			return false
		}
	}
	return true
}

func (n *networks) line(atom int, at vtime.Time, margin float64) {
	n.courses[atom].between(at, margin)
	n.margins[atom] = margin
	n.margin.Line(atom, at, margin)
}

// decide takes what has been decided since it was asked last.
func (n *networks) decide() { n.decisions = n.truth.Take(n.decisions) }

// foreseen returns the first instant that is known to be false, whatever those before it
// are.
func (n *networks) foreseen() formula.Instant { return n.truth.First(n.root, truth.False) }

// ended returns what the end of a run leaves.
func (n *networks) ended() []truth.Run { return n.truth.Ended(nil) }
