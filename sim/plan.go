package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/floor"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Plan is an assembled system with its invariants and its timeline: all of a
// run but its state. It never changes, and many runs can be made of it at once.
type Plan struct {
	Scenario
	root    *Plan // of a variation: what it is one of
	Signals *Signals
	Devices []DeviceInfo // by name
	Dangers Dangers
	Data    *Holdings    // nil where nothing is about people
	Walls   []floor.Wall // for people to see: who walks was checked when this was made

	g          *graph
	points     []signal.Point
	assembly   device.Assembly
	book       network.Book
	batteries  []battery
	extremes   []signal.Extreme
	links      int // sources of the kernel: the devices, the timeline, observers
	chances    []chanceOwner
	readers    readerIndex
	traits     []traits     // by slot
	handlers   []handlerRef // of OnChange readers
	windows    []windowSpec
	observers  []observerSpec
	invariants []Invariant
	named      int           // of them those that the file names, which come first
	perils     []peril       // what the others are about
	amounts    []signal.Slot // by peril, see amountsOf
	judges     [][]judging   // as well, see judgesOf
	harms      []Harm
	acting     [][]int         // by hazard and layer: the invariant that hears of it when it acts
	monitors   []*monitor.Plan // of the invariants
	steps      []inject.Step
	sways      *sways // nil without steps
	earned     *inject.Earned
	handings   []handing // of brokers
	guards     []check.Guard
	guardAt    []int32 // by device: its guard, or -1
	posts      []post  // of guards
	rules      int     // of all guards
	exposed    exposed
	warded     map[int]ward // by flow, of those that are Warded
	acts       []bool       // by device: the physical world follows what it is told
	share      signal.Slot
	logs       []logbook.Log
	logAt      []int32 // by device: its log, or -1
	malware    []malware
	storeRanks []int   // by store: the rank of its device
	noticed    []int32 // who hears of breaches, by rank
	pours      []pour
	shown      []Column
	// columnWatches are what the columns read of continuous signals.
	columnWatches []plant.Watch
	digestNames   []uint64
	looks         looks
}

// A Scenario is what a run is about.
type Scenario struct {
	Name   string
	About  string
	File   string
	Run    vtime.Time
	Seed   uint64
	Hash   string // of the texts that it was written in
	Starts int64  // the date of its time 0, in seconds since 1970; 0 where it says none
	Expect Expectations
}

// An Invariant is a formula that must hold over the run.
type Invariant struct {
	Name    string
	Text    string // as written, for people
	Formula *formula.Formula
	Atoms   []*signal.Condition // of the formula, by number
	// Asked are the left sides of implications within an atom: what must come true for
	// the invariant to be put to the test.
	Asked []*signal.Condition
	// Article is the article of a law that it is about, for people; empty where it is none.
	Article string
	// Coarse says that it is looked at where a step of the integration ends, and not in between.
	Coarse bool
}

// compile makes the plan of a monitor. The conditions that are asked are its atoms
// beyond those of the formula.
func (i *Invariant) compile() (*monitor.Plan, error) {
	var asked []*formula.Formula
	for k := range i.Asked {
		asked = append(asked, formula.Of(len(i.Atoms)+k))
	}
	p, err := monitor.Compile(i.Formula, asked)
	if err != nil {
		return nil, fmt.Errorf("invariant %s: %w", i.Name, err)
	}
	return p, nil
}

// condition returns an atom, or what is asked beyond them.
func (i *Invariant) condition(atom int) *signal.Condition {
	if n := len(i.Atoms); atom >= n {
		return i.Asked[atom-n]
	}
	return i.Atoms[atom]
}

// conditions returns how many there are.
func (i *Invariant) conditions() int { return len(i.Atoms) + len(i.Asked) }

// A Column is an expression that the story of a run shows.
type Column struct {
	Title      string
	Expression signal.Expression
}

// Expectations is what a run is expected to show. Invariants that are not named
// must hold.
type Expectations struct {
	Violated     map[string]Violation // by invariant
	Undecided    map[string]bool
	Vacuous      map[string]bool // nothing puts it to the test
	NoEffect     map[string]bool // by injection
	NotTriggered map[string]bool
	Stopped      map[string]string // by injection: by which check
	// In is the share of the seeds that must agree, 1 where all must.
	In float64
}

// A Violation is a known one: when it is expected to begin, and why that is all
// right.
type Violation struct {
	After, Before vtime.Time // Before is Never where it is not given
	Because       string
	// In is the share of the seeds that must show it; 1 where every run must.
	In float64
}

type handlerRef struct {
	unit, handler, member int32
}

type chanceOwner struct{ device, name string }

type windowSpec struct {
	helper helper
	arg    signal.Expression
	span   vtime.Duration
	slot   signal.Slot
	unit   unit.Unit
}

// Members returns how many devices there are, members counted, each as many as it stands for.
func (p *Plan) Members() int {
	n := p.assembly.Members
	for i := range p.Devices {
		d := &p.Devices[i]
		n += d.Count * int(d.Stands-1)
	}
	return n
}

// AsRates returns the names of the devices that tell something as a rate.
func (p *Plan) AsRates() (names []string) {
	for i := range p.pours {
		if id := p.Devices[p.book.Flows[p.pours[i].flow].Sender].ID; !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	return names
}

// Standing returns the names of the devices that stand for several that are alike.
func (p *Plan) Standing() (names []string) {
	for i := range p.Devices {
		if d := &p.Devices[i]; d.Stands > 1 {
			names = append(names, d.ID)
		}
	}
	return names
}

// InvariantNames returns the names of the plan's invariants, in their order.
func (p *Plan) InvariantNames() (names []string) {
	for i := range p.invariants[:p.named] {
		names = append(names, p.invariants[i].Name)
	}
	return names
}
