package check

import "github.com/harmproof/harmproof/sim/signal"

// Plausible wants a condition to hold over what the device knows and what it is
// offered: a balance of masses, a valve against a flow, one sensor against another.
// It looks at the message as a whole. What compares unknown numbers does not hold.
type Plausible struct {
	Holds signal.Predicate
	// Margin is how far the condition is from failing, to be reported; may be nil.
	Margin signal.Function
}

// Kind implements Check.
func (Plausible) Kind() Kind { return KindPlausible }

func (p Plausible) wrong(*Guard, *Rule) string { return lacks(p.Holds) }

func lacks(p signal.Predicate) string {
	if p == nil {
		return "it has no condition"
	}
	return ""
}

func (p Plausible) build(*State, *guard) any { return &p }

func (Plausible) remembers() bool { return false }

func (p *Plausible) message(c *call) bool {
	if p.Holds(c.v, c.m) {
		return true
	}
	if p.Margin == nil {
		return c.fail(nan, nan, nan)
	}
	return c.fail(nan, p.Margin(c.v, c.m), 0)
}
