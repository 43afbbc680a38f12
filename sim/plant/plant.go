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
}

// A Plant integrates islands over a store's column. Make one with New.
type Plant struct {
	Stats
	Nodes   []Node
	Islands []Island
	At      vtime.Time // for which the column was shown last

	rtol, atol float64
	longest    vtime.Duration
	name       func(signal.Slot) string
	v          []float64
	frame      *signal.Frame
	run        []run
	k          [8][]float64 // stages; scratch for one island at a time
	blame      int          // the state that decided on the last attempt of a step
	wild       bool         // because its derivative, now in k[6], is not finite
}

// run is the state of an island's integration.
type run struct {
	t0, t1 vtime.Time // the step that the dense output is of
	h      float64    // suggested size of the next step, s
	fresh  bool       // f1 is the derivative at t1
	steps  int        // of its own doing since the time mark, to tell when it chatters
	mark   vtime.Time
	y0, y1 []float64
	r      [4][]float64 // coefficients of the dense output beyond y0
	f1     []float64
}

// New returns a plant whose islands start at time 0 from the values in the
// frame's column.
func New(nodes []Node, islands []Island, frame *signal.Frame, o Options) *Plant {
	p := &Plant{
		Nodes: nodes, Islands: islands, v: frame.V, frame: frame,
		rtol: o.Rtol, atol: o.Atol, longest: o.Longest, name: o.Name, run: make([]run, len(islands)),
	}
	if p.rtol == 0 {
		p.rtol = Rtol
	}
	if p.atol == 0 {
		p.atol = Atol
	}
	if p.longest == 0 {
		p.longest = Longest
	}
	if p.name == nil {
		p.name = func(slot signal.Slot) string { return fmt.Sprintf("cell %d", slot) }
	}
	total, most := 0, 0
	for i := range islands {
		total, most = total+len(islands[i].States), max(most, len(islands[i].States))
	}
	arena := make([]float64, 7*total)
	take := func(n int) (part []float64) {
		part, arena = arena[:n:n], arena[n:]
		return part
	}
	for i := range islands {
		r, n := &p.run[i], len(islands[i].States)
		r.y0, r.y1, r.f1 = take(n), take(n), take(n)
		for j := range r.r {
			r.r[j] = take(n)
		}
	}
	for i := range p.k {
		p.k[i] = make([]float64, most)
	}
	p.Load()
	return p
}

// Load takes the start values anew from the column.
func (p *Plant) Load() {
	for i := range p.Islands {
		r := &p.run[i]
		for j, s := range p.Islands[i].States {
			r.y1[j] = p.v[s.Slot]
		}
		copy(r.y0, r.y1)
		r.fresh = false
	}
}

// A StuckError says that an island cannot be integrated any further.
type StuckError struct {
	At     vtime.Time
	Signal string // the state in whose derivative it shows
	Reason string
}

// Error implements error.
func (e *StuckError) Error() string {
	return fmt.Sprintf("%s at %v: %s", e.Signal, e.At, e.Reason)
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
			r.y1[j] = r.dense(x, j)
		}
	}
	for _, jump := range jumped {
		for j := range r.y1 {
			if p.Islands[island].States[j].Slot == jump.Slot {
				r.y1[j] = jump.Value
			}
		}
	}
	r.t0, r.t1, r.fresh = now, now, false
	copy(r.y0, r.y1)
	if len(jumped) == 0 { // who changes its inputs how often is not its affair
		return p.goOn(island)
	}
	return p.Advance(island)
}

// Limits of what is called chattering: so many steps or jumps of an island in
// such a span, 20 ns each.
const (
	chatter     = 1 << 18
	chatterSpan = chatter * 20
)

// Advance computes the step that follows the present one.
func (p *Plant) Advance(island int) error {
	if err := p.goOn(island); err != nil {
		return err
	}
	r := &p.run[island]
	if r.steps++; r.steps < chatter {
		return nil
	}
	span := vtime.Duration(r.t0 - r.mark)
	if r.steps, r.mark = 0, r.t0; span < chatterSpan {
		return &StuckError{r.t0, p.name(p.Islands[island].States[p.blame].Slot), fmt.Sprintf(
			"time hardly goes on, %d steps took it %v further: something turns to and fro at a threshold; give it a band or a delay", chatter, span)}
	}
	return nil
}

func (p *Plant) goOn(island int) error {
	r, is := &p.run[island], &p.Islands[island]
	if !r.fresh {
		p.derive(is, r.t1, r.y1, r.f1)
		r.fresh = true
	}
	if j := notFinite(r.f1); j >= 0 {
		return &StuckError{r.t1, p.name(is.States[j].Slot), fmt.Sprintf("its derivative is %v%s", r.f1[j], perhaps(r.f1[j]))}
	}
	return p.step(is, r)
}

// derive evaluates the derivatives of an island at t for the states y.
func (p *Plant) derive(is *Island, t vtime.Time, y, out []float64) {
	p.deriveAt(is, t.Seconds(), y, out)
}

func (p *Plant) deriveAt(is *Island, seconds float64, y, out []float64) {
	p.Evaluations++
	p.v[signal.Clock] = seconds
	for j := range is.States {
		p.v[is.States[j].Slot] = y[j]
	}
	p.compute(is.Nodes)
	for j := range is.States {
		s := &is.States[j]
		p.frame.M = int(s.Member)
		out[j] = s.Rate(p.frame)
		if s.Factor >= 0 {
			out[j] = float64(out[j] * p.v[s.Factor])
		}
	}
}

func (p *Plant) compute(nodes []int32) {
	for _, i := range nodes {
		n := &p.Nodes[i]
		p.frame.M = int(n.Member)
		p.v[n.Slot] = n.Eval(p.frame)
	}
}

// A View is what a reader of continuous signals depends on: the islands and, in
// an order in which they can be computed, the computed signals.
type View struct {
	Islands []int32
	States  []Ref // of those islands
	Nodes   []int32
	Clock   bool // reads time, other than through a windowed helper
	Windows bool // reads a windowed helper
}

// A Ref is a state: the island and its place in it.
type Ref struct{ Island, State int32 }

// Empty reports whether the view holds nothing continuous.
func (w *View) Empty() bool {
	return len(w.States) == 0 && len(w.Nodes) == 0 && !w.Clock && !w.Windows
}

// Show makes the column show the view at time t, which must lie within the
// present step of each island.
func (p *Plant) Show(w *View, t vtime.Time) {
	p.At = t
	p.v[signal.Clock] = t.Seconds()
	last, x := int32(-1), 0.0
	for _, s := range w.States {
		r := &p.run[s.Island]
		if s.Island != last {
			last, x = s.Island, r.fraction(t)
		}
		y := r.y1[s.State]
		if x < 1 {
			y = r.dense(x, int(s.State))
		}
		p.v[p.Islands[s.Island].States[s.State].Slot] = y
	}
	p.compute(w.Nodes)
}

func notFinite(x []float64) int {
	for j, v := range x {
		if v-v != 0 {
			return j
		}
	}
	return -1
}
