package plant

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Node is a computed signal: a cell that is a function of others.
type Node struct {
	Slot   signal.Slot
	Member int32
	Eval   signal.Eval
	Bounds signal.Enclosure // of Eval; nil where they are not known
}

// A State is a continuous signal given by its derivative.
type State struct {
	Slot   signal.Slot
	Member int32
	Rate   signal.Eval // per second, SI
	// Factor is a cell that the rate is multiplied with (0 is a stuck actuator,
	// 0.1 a slow one), or -1.
	Factor signal.Slot
}

// An Island is states that influence one another, and the computed signals
// between them in an order in which they can be computed.
type Island struct {
	States []State
	Nodes  []int32
	Solver Solver
	// Longest, where it is not 0, bounds this island's steps as Options.Longest does
	// all: a rate that reads the time may rest for hours and then give a short pulse,
	// which only a step that meets it knows of.
	Longest vtime.Duration
	// Switches is what jumps in its rates by the time alone.
	Switches []Switch
}

// Options are the tolerances of the integration. The zero value means the
// defaults.
type Options struct {
	Rtol, Atol float64
	// Longest is the longest step.
	Longest vtime.Duration
	// Name names a state for errors.
	Name func(signal.Slot) string
}

// Defaults of Options.
const (
	Rtol    = 1e-10
	Atol    = 1e-13
	Longest = vtime.Hour
)

// Stats counts the work of a plant.
type Stats struct {
	Steps, Rejected, Restarts, Evaluations uint64
	// Implicit is how many of the steps were implicit ones.
	Implicit uint64
	// Unproven is how many searches for a change found no proof: they went by samples.
	Unproven uint64
}

// A Plant integrates islands over a store's column. Make one with New.
type Plant struct {
	Stats
	Nodes   []Node
	Islands []Island
	At      vtime.Time // for which the column was shown last

	rtol, atol float64
	name       func(signal.Slot) string
	v          []float64
	frame      *signal.Frame
	run        []run
	// Scratch for one island at a time.
	k        []stages
	f, y     []float64 // a derivative, and the state at the end of a step
	probe    [5][]float64
	vertices []point                // of the last trace
	samples  [][Samples + 1]float64 // of the gaps of a condition
	box      signal.Box
	blame    int  // the state that decided on the last attempt of a step
	wild     bool // because its derivative, now in f, is not finite
}

// run is the state of an island's integration.
type run struct {
	t0, t1 vtime.Time // the step that the dense output is of
	h      float64    // suggested size of the next step, s
	most   vtime.Duration
	fresh  bool // f1 is the derivative at t1
	steps  int  // of its own doing since the time mark, to tell when it chatters
	mark   vtime.Time
	cells  []cell
	nodes  []int32
	curves []curve
	y0, y1 []float64
	f1     []float64

	stiffness
	turning
	implicit *implicit
}

// A cell is what the loops over the stages need of a state.
type cell struct {
	rate         signal.Eval
	slot, factor signal.Slot
	member       int32
}

// New returns a plant whose islands start at time 0 from the values in the
// frame's column.
func New(nodes []Node, islands []Island, frame *signal.Frame, o Options) *Plant {
	p := &Plant{
		Nodes: nodes, Islands: islands, v: frame.V, frame: frame,
		rtol: o.Rtol, atol: o.Atol, name: o.Name, run: make([]run, len(islands)),
	}
	if p.rtol == 0 {
		p.rtol = Rtol
	}
	if p.atol == 0 {
		p.atol = Atol
	}
	if o.Longest == 0 {
		o.Longest = Longest
	}
	if p.name == nil {
		p.name = func(slot signal.Slot) string { return fmt.Sprintf("cell %d", slot) }
	}
	total, most := 0, 0
	for i := range islands {
		total, most = total+len(islands[i].States), max(most, len(islands[i].States))
	}
	arena, curves, cells := make([]float64, 3*total), make([]curve, total), make([]cell, 0, total)
	take := func(n int) (part []float64) {
		part, arena = arena[:n:n], arena[n:]
		return part
	}
	for i := range islands {
		r, n := &p.run[i], len(islands[i].States)
		r.y0, r.y1, r.f1 = take(n), take(n), take(n)
		r.curves, curves = curves[:n:n], curves[n:]
		for _, s := range islands[i].States {
			cells = append(cells, cell{rate: s.Rate, slot: s.Slot, factor: s.Factor, member: s.Member})
		}
		r.cells, r.nodes = cells[len(cells)-n:], islands[i].Nodes
		if r.most = o.Longest; islands[i].Longest > 0 {
			r.most = min(r.most, islands[i].Longest)
		}
	}
	p.k, p.f, p.y = make([]stages, most), make([]float64, most), make([]float64, most)
	for i := range p.probe {
		p.probe[i] = make([]float64, most)
	}
	p.Load()
	return p
}

// Load takes the start values anew from the column.
func (p *Plant) Load() {
	for i := range p.Islands {
		r := &p.run[i]
		for j := range r.cells {
			r.y1[j] = p.v[r.cells[j].slot]
		}
		copy(r.y0, r.y1)
		r.fresh = false
		r.stiffness = stiffness{stiff: p.Islands[i].Solver == Implicit}
	}
}

// Start returns the values of an island's states at the beginning of its step.
func (p *Plant) Start(island int) []float64 { return p.run[island].y0 }

// Step returns the time span of the island's present step.
func (p *Plant) Step(island int) (from, to vtime.Time) {
	return p.run[island].t0, p.run[island].t1
}

// A Jump is a continuous state that was written: it goes on from the value.
type Jump struct {
	Slot  signal.Slot
	Value float64
}

// Restart begins anew at the time now, which lies within the present step, with
// the inputs as they are now in the column.
func (p *Plant) Restart(island int, now vtime.Time, jumped []Jump) error {
	p.Restarts++
	r := &p.run[island]
	if now != r.t1 {
		x := r.fraction(now)
		for j := range r.y1 {
			r.y1[j] = r.curves[j].at(x)
		}
	}
	for _, jump := range jumped {
		for j := range r.cells {
			if r.cells[j].slot == jump.Slot {
				r.y1[j] = jump.Value
			}
		}
	}
	r.t0, r.t1, r.fresh = now, now, false
	copy(r.y0, r.y1)
	if r.implicit != nil {
		r.implicit.restart()
	}
	err := p.goOn(island)
	if err == nil && len(jumped) > 0 { // who changes its inputs how often is not its affair
		err = p.chatters(island, aJump)
	}
	return err
}

// Advance computes the step that follows the present one.
func (p *Plant) Advance(island int) error {
	if err := p.goOn(island); err != nil {
		return err
	}
	return p.chatters(island, 1)
}

func (p *Plant) goOn(island int) error {
	r := &p.run[island]
	if !r.fresh {
		for j := range r.cells {
			p.v[r.cells[j].slot] = r.y1[j]
		}
		if !p.derive(r, r.t1.Seconds(), r.f1) {
			return p.notFinite(island, r.f1, "is")
		}
		r.fresh = true
	}
	if r.stiff {
		return p.stepImplicit(island)
	}
	return p.stepExplicit(island)
}

// derive evaluates the derivatives of an island for the states that are in the
// column, and reports whether they are finite.
func (p *Plant) derive(r *run, seconds float64, out []float64) bool {
	p.Evaluations++
	v := p.v
	v[signal.Clock] = seconds
	if len(r.nodes) > 0 {
		p.compute(r.nodes)
	}
	odd := 0.0
	out = out[:len(r.cells)]
	for j := range out {
		c := &r.cells[j]
		p.frame.M = int(c.member)
		x := c.rate(p.frame)
		if c.factor >= 0 {
			x = float64(x * v[c.factor])
		}
		out[j] = x
		odd += x - x
	}
	return odd == 0
}

func (p *Plant) compute(nodes []int32) {
	for _, i := range nodes {
		n := &p.Nodes[i]
		p.frame.M = int(n.Member)
		p.v[n.Slot] = n.Eval(p.frame)
	}
}
