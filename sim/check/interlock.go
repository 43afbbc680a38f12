package check

import "github.com/harmproof/harmproof/sim/signal"

// Interlock permits the verbs of the rule's scope only while a condition holds over
// what the device knows itself: a key switch, a guard door, a state of the batch.
type Interlock struct {
	Permits signal.Predicate
	// Margin is how far the condition is from failing, to be reported; may be nil.
	Margin signal.Function
}

// Kind implements Check.
func (Interlock) Kind() Kind { return KindInterlock }

func (i Interlock) wrong(*Guard, *Rule) string { return lacks(i.Permits) }

func (i Interlock) build(*State, *guard) any { return &Plausible{i.Permits, i.Margin} }

func (Interlock) remembers() bool { return false }
