package check

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

const never = vtime.Never

// A State is what the guards of a system remember. Make one with NewState.
type State struct {
	// Store is where influence is looked up and where guards' own cells are
	// written. Without it only the influence of offers and of earlier ones counts.
	Store *signal.Store

	guards []guard
	keeps  []keep  // by guard and member
	counts []Count // by guard and rule

	series    []series
	arrivals  []vtime.Time // of rate limits
	courses   []course
	ballots   []ballot
	proposals []proposal
	vigils    []vigil

	// What the judgement at hand needs, and who asks about it.
	call     call
	silence  Offer // what a watchdog judges
	held     []bool
	findings []Finding
	proposed Proposal
}

// A keep is what a guard remembers of itself, for one member.
type keep struct {
	influence       signal.Mask
	alarms, refused uint64
	tripped         bool
	by              int32 // the rule that tripped it; -1: none
	since           vtime.Time
}

// A call is a judgement.
type call struct {
	s      *State
	g      *guard
	k      *keep
	o      *Offer
	v      []float64
	m      int
	guard  int32
	sender int32 // who is claimed, by place in senders
	rule   *rule

	failure failure     // of the check that failed last
	first   failure     // of a rule
	agreed  []agreement // what persons agreed on in this one
}

// NewState returns the state at the start of a run. The guards must have no
// mistakes and must not change.
func NewState(guards []Guard) *State {
	s := &State{}
	for i := range guards {
		s.compile(&guards[i])
	}
	keeps, counts := s.keeps, s.counts
	for i := range s.guards {
		g := &s.guards[i]
		g.keeps, keeps = keeps[:g.members()], keeps[g.members():]
		g.counts, counts = counts[:len(g.rules)], counts[len(g.rules):]
	}
	s.call.s = s
	return s
}

// Count returns how often a rule of a guard passed and reacted.
func (s *State) Count(guard, rule int32) Count { return s.guards[guard].counts[rule] }

// Findings returns the rules that did not simply pass in the last judgement, in
// their order, valid until the next one.
func (s *State) Findings() []Finding { return s.findings }

// Tripped returns since when a guard is tripped and by which rule, -1 where by none.
func (s *State) Tripped(guard int32, member int) (since vtime.Time, rule int32, tripped bool) {
	k := s.keep(guard, member)
	return k.since, k.by, k.tripped
}

// Refused returns how many offers a guard refused, and how many alarms it raised.
func (s *State) Refused(guard int32, member int) (refused, alarms uint64) {
	k := s.keep(guard, member)
	return k.refused, k.alarms
}

// Influence returns what could have mattered to what a guard remembers.
func (s *State) Influence(guard int32, member int) signal.Mask {
	return s.keep(guard, member).influence
}

// Stain says that a message was kept from a guard that might have changed what it
// remembers: lost, delayed, never sent.
func (s *State) Stain(guard int32, member int, influence signal.Mask) {
	if s.guards[guard].remembers {
		s.keep(guard, member).influence |= influence
	}
}

func (s *State) keep(guard int32, member int) *keep {
	return &s.guards[guard].keeps[member]
}
