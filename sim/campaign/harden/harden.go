package harden

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Barrier is something that can be done, and what that costs.
type Barrier struct {
	Name, About, Text string
	At                string // where it is declared
	Cost              float64
	// Opaque says that it changes more than what passes over the network or spreads: it
	// may matter wherever it stands.
	Opaque bool
}

// A Scenario is what a set of barriers must stand.
type Scenario struct {
	Name  string
	Seeds []uint64
	// Normal says that it is everyday life, which barriers must not disturb.
	Normal bool
	// Plan returns the plan with some barriers raised, by name. It is not called by
	// two at once.
	Plan func(raised []string) (*sim.Plan, error)
}

// Options say how to look.
type Options struct {
	Workers int // runs at a time; 0: as many as there are processors
	Best    int // how many sets are looked for; 0: DefaultBest
	// Only names the invariants that must hold under attack; none: all.
	Only []string
	// Blind has it propose nothing: all that it goes by is what the runs show. That takes more
	// of them.
	Blind bool
	// Progress is told after each run.
	Progress func(p Progress)
}

// DefaultBest is how many sets are looked for where nothing is said.
const DefaultBest = 5

// A Progress is how far a search is.
type Progress struct {
	Runs, Sets int
	// Least is what any set that is still to be found costs at least; Found how many
	// there are. Settled says that none is to be found any more: what is left of the
	// harm is run to its end.
	Least   float64
	Found   int
	Settled bool
}

// An Answer is what is known of the cheapest sets.
type Answer struct {
	Barriers []Barrier
	Names    []string   // of the scenarios
	Normal   []bool     // by scenario
	Seeds    [][]uint64 // by scenario
	// Before is what happens without any barrier.
	Before Trial
	Sets   []Set // that hold, the best first
	// Complete says that the search went to its end: no set that is cheaper holds, as
	// long as no barrier has what holds without it violated; see Worse.
	Complete bool
	Alone    []Trial // with one barrier each, of those that are no Harmful ones
	// Passed says what every way to where harm is done passes, whatever the script says.
	Passed []Passed
	// Proposed is the set that a least cut of all ways proposes, Bound what any costs at least that
	// leaves no way; 0 where there is none. A set may hold for less: not all ways
	// are taken in time.
	Proposed Mask
	Bound    float64
	Harmful  []Harm
	Worse    []Worse
	// Contrary are invariants that hold without barriers, in all runs, and were violated
	// with some, where no set holds: some may only say that the attack succeeds.
	Contrary []string
	Runs     int // that were made
	Tried    int // sets that were run
}

// Set lists the barriers of one of the sets that hold.
func (a *Answer) Set(i int) (names []string) {
	a.Sets[i].Barriers.each(func(k int) { names = append(names, a.Barriers[k].Name) })
	return names
}

// A Set is barriers with which all holds.
type Set struct {
	Barriers Mask
	Cost     float64
	// Subsets is how many proper subsets it has, all of which were run and did not
	// hold; Unknown where there were too many to run them all: those that lack one
	// barrier were.
	Subsets int
	Unknown bool
	Effect
}

// A Trial is a set that was run, and the first violation of each run.
type Trial struct {
	Raised Mask
	Harms  []Harmed
	Broken string // why one of the runs could not tell
	// Beside are invariants that were violated and do not count.
	Beside []string
}

// Holds reports whether nothing was violated.
func (t *Trial) Holds() bool { return len(t.Harms) == 0 && t.Broken == "" }

// A Harmed is a run in which an invariant was violated.
type Harmed struct {
	Scenario  int
	Seed      uint64
	Invariant string
	At        vtime.Time
	Hosts     []string     // that malware was on
	Took      []sim.Spread // the ways by which it came there first, in the order of time
	// Then is all that was violated by the end of the run, in the order of time; nil where
	// the run ended with the first.
	Then []Violation
	// AsBare says that it was the same as without any barrier.
	AsBare bool
}

// A Violation is that of one invariant.
type Violation struct {
	Invariant string
	At        vtime.Time
}

// Passed is what every way of malware to a host passes: hosts, the first of them first.
type Passed struct {
	Scenario int
	To       string
	Hosts    []string
}

// A Harm is a barrier with which everyday life does not hold.
type Harm struct {
	Barrier int
	Harmed
	Stopped []sim.Obstacle // the messages that it stops
}

// A Worse is a barrier with which a violation came that did not come without it, or came
// earlier.
type Worse struct {
	Raised  Mask // with it
	Barrier int
	Harmed
	Before vtime.Time // when it happened without it; Never
}

// A search looks for sets.
type search struct {
	Options
	*Answer
	ctx       context.Context
	scenarios []Scenario
	problem   hitting
	known     map[Mask]*Trial
	order     []Mask // in which they were run
	hits      []int  // by run of the attacks: how often it was violated
	plans     map[planKey]*sim.Plan
	bare      map[verdict]vtime.Time
	guilt     map[Mask][]Worse
	rest      map[pastKey]*sim.Simulation // of runs that were ended, to go on with
	charts    []*chart                    // by scenario; nil where there is none
	ample     []Mask                      // sets that were run in place of a part, and say nothing of it
	told      Progress
}

type pastKey struct {
	raised Mask
	run
}

type planKey struct {
	scenario int
	raised   Mask
}

// Find looks for the cheapest sets of barriers with which all invariants of all
// scenarios hold. Where ctx is done it returns what it knows, which is not Complete.
func Find(ctx context.Context, barriers []Barrier, scenarios []Scenario, o Options) (*Answer, error) {
	if len(barriers) > MaxBarriers {
		return nil, fmt.Errorf("there are %d barriers, but at most %d can be weighed", len(barriers), MaxBarriers)
	}
	if o.Best == 0 {
		o.Best = DefaultBest
	}
	s := &search{
		Options: o, Answer: &Answer{Barriers: barriers}, ctx: ctx, scenarios: scenarios, known: map[Mask]*Trial{}, plans: map[planKey]*sim.Plan{},
		bare: map[verdict]vtime.Time{}, guilt: map[Mask][]Worse{}, rest: map[pastKey]*sim.Simulation{},
	}
	s.problem = hitting{usable: all(len(barriers)), refused: map[Mask]bool{}}
	for i := range barriers {
		s.problem.names = append(s.problem.names, barriers[i].Name)
		s.problem.costs = append(s.problem.costs, int64(math.Round(barriers[i].Cost*1e6)))
	}
	for i := range scenarios {
		s.Names, s.Normal, s.Seeds = append(s.Names, scenarios[i].Name), append(s.Normal, scenarios[i].Normal), append(s.Seeds, scenarios[i].Seeds)
	}
	err := s.find()
	if ctx.Err() != nil {
		err = nil
	}
	slices.SortFunc(s.Sets, func(a, b Set) int { return s.problem.compare(a.Barriers, b.Barriers) })
	s.Sets = s.Sets[:min(len(s.Sets), s.Best)]
	return s.Answer, err
}

// find goes from everyday life to the sets.
func (s *search) find() error {
	if err := s.everyday(); err != nil {
		return err
	}
	if err := s.alone(); err != nil {
		return err
	}
	if s.Before.Holds() {
		s.Complete = s.ctx.Err() == nil
		return nil
	}
	for {
		done, err := s.round()
		if err == nil && s.Complete && len(s.Sets) == 0 {
			err = s.contrary()
		}
		if done || err != nil {
			if err == nil {
				err = s.blame()
			}
			s.worse()
			s.told.Settled = true
			if err == nil {
				err = s.courses()
			}
			return err
		}
	}
}

// alone runs without barriers, and with each alone.
func (s *search) alone() error {
	s.charts = make([]*chart, len(s.scenarios))
	sets := []Mask{0}
	s.problem.usable.each(func(i int) { sets = append(sets, Mask(0).with(i)) })
	if err := s.try(sets[:1]); err != nil {
		return err
	}
	s.Before = *s.known[0]
	if s.Before.Broken != "" {
		return fmt.Errorf("without any barrier it cannot be run: %s", s.Before.Broken)
	}
	if s.Before.Holds() {
		return nil
	}
	if err := s.draw(); err != nil {
		return err
	}
	if err := s.aim(); err != nil {
		return err
	}
	if err := s.try(sets[1:]); err != nil {
		return err
	}
	for _, m := range sets[1:] {
		s.Alone = append(s.Alone, *s.known[m])
		if err := s.judge(m); err != nil {
			return err
		}
	}
	return s.proposed()
}

// proposed runs what the charts propose: so there is a set to show early.
func (s *search) proposed() error {
	m := s.propose()
	if m == 0 || s.known[m] != nil || s.settled(m) {
		return nil
	}
	if err := s.try([]Mask{m}); err != nil {
		return err
	}
	return s.judge(m)
}

// ahead is how many sets are run at once: the best, and those that would be the best
// if it did what it is expected to. It does not depend on how many processors there are.
const ahead = 4

// round runs the sets that are next, each as large as seems not to hold. It reports whether
// there is nothing more to find.
func (s *search) round() (done bool, err error) {
	next, large := s.next()
	if len(next) == 0 {
		s.Complete = true
		return true, nil
	}
	s.told.Least = float64(s.problem.cost(next[0])) / 1e6
	if err := s.try(s.fresh(large)); err != nil {
		return true, err
	}
	for i, m := range large {
		if m != next[i] && !s.settled(next[i]) { // it holds, or does harm itself
			s.ample = append(s.ample, m)
		}
	}
	unsettled := slices.DeleteFunc(s.fresh(next), s.settled)
	if err := s.try(unsettled); err != nil {
		return true, err
	}
	for _, m := range next {
		if s.known[m] != nil {
			if err := s.judge(m); err != nil {
				return true, err
			}
		}
	}
	return false, nil
}

// next lists the sets that are next, and as what each is run; none where there is nothing
// more to find.
func (s *search) next() (sets, large []Mask) {
	cuts, held := s.problem.cuts, s.problem.held
	defer func() { s.problem.cuts, s.problem.held = cuts, held }()
	for len(sets) < ahead {
		m, ok := s.problem.solve()
		if !ok || len(sets) == 0 && s.enough(m) {
			break
		}
		g := s.grown(m)
		sets, large = append(sets, m), append(large, g)
		if g == m && s.charted() { // no way is open: it may hold
			s.problem.held = append(slices.Clone(s.problem.held), m)
		} else {
			s.problem.cuts = append(slices.Clone(s.problem.cuts), s.problem.usable&^g)
		}
	}
	return sets, large
}

// fresh keeps of some sets those that were not run, each once.
func (s *search) fresh(sets []Mask) (list []Mask) {
	for _, m := range sets {
		if s.known[m] == nil && !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// enough reports whether the sets that hold are all better than the best that is left.
func (s *search) enough(next Mask) bool {
	if len(s.Sets) < s.Best {
		return false
	}
	slices.SortFunc(s.Sets, func(a, b Set) int { return s.problem.compare(a.Barriers, b.Barriers) })
	return s.problem.compare(s.Sets[s.Best-1].Barriers, next) < 0
}

// judge keeps a set that was run where it holds.
func (s *search) judge(m Mask) error {
	t := s.known[m]
	covered := slices.ContainsFunc(s.problem.held, func(held Mask) bool { return held.within(m) })
	if covered || !t.Holds() {
		return nil
	}
	fine, err := s.leavesLife(m)
	if err != nil || !fine {
		s.problem.refused[m] = true
		return err
	}
	return s.keep(m)
}

// keep adds a set that holds, after all that are part of it were run: first those that
// lack one barrier, as one of them may do.
func (s *search) keep(m Mask) error {
	s.problem.held = append(s.problem.held, m)
	subsets, unknown := subsetsOf(m)
	lacking := slices.DeleteFunc(slices.Clone(subsets), func(sub Mask) bool { return sub.size() < m.size()-1 })
	for _, parts := range [][]Mask{lacking, subsets} {
		if err := s.try(s.fresh(parts)); err != nil {
			return err
		}
		for _, sub := range parts {
			if s.known[sub].Holds() && !s.problem.refused[sub] { // it was cut off, or is less than was proposed
				return s.judge(sub)
			}
		}
	}
	effect, err := s.effect(m)
	effect.Beside = s.known[m].Beside
	s.Sets = append(s.Sets, Set{
		Barriers: m, Cost: float64(s.problem.cost(m)) / 1e6, Subsets: len(subsets), Unknown: unknown, Effect: effect,
	})
	return err
}

// maxParts is up to which size all subsets of a set are run.
const maxParts = 5

// subsetsOf lists the proper subsets of a set; of a large one those that lack one barrier.
func subsetsOf(m Mask) (list []Mask, unknown bool) {
	if m.size() > maxParts {
		m.each(func(i int) { list = append(list, m.without(i)) })
		return list, true
	}
	for sub := (m - 1) & m; m != 0; sub = (sub - 1) & m {
		list = append(list, sub)
		if sub == 0 {
			break
		}
	}
	slices.Reverse(list)
	return list, false
}
