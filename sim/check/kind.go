package check

// A Check is what a rule looks at: one of the types of this package named like the
// kinds (Authenticate, Fresh, ...).
type Check interface {
	// Kind returns which one it is.
	Kind() Kind
	// wrong says what makes no sense about it in a rule of a guard, or nothing.
	wrong(g *Guard, r *Rule) string
	// build returns what judges, a whole, an each or a keeper or several of these,
	// with room in the state for what it remembers.
	build(s *State, g *guard) any
	// remembers reports whether it depends on earlier messages.
	remembers() bool
}

// A whole looks at messages as a whole, and reports whether they pass.
type whole interface {
	message(c *call) bool
}

// An each looks at the values of a message one by one, after the message as a
// whole.
type each interface {
	value(c *call, i int, x float64) bool
}

// A keeper takes note of what all rules accepted, in its scope or not.
type keeper interface {
	accepted(c *call)
}

// A forgetter forgets on a reset of the guard.
type forgetter interface {
	forget(c *call)
}

// A failure is why a check failed. Numbers that there are not are NaN.
type failure struct {
	fix             float64 // the nearest value that passes
	measured, limit float64
}

// fail notes why a check fails, which is what it then returns.
func (c *call) fail(fix, measured, limit float64) bool {
	c.failure = failure{fix, measured, limit}
	return false
}

// A Kind says what a check looks at.
type Kind uint8

// The kinds of checks.
const (
	KindAuthenticate Kind = iota
	KindFresh
	KindAuthorise
	KindRange
	KindRateLimit
	KindPlausible
	KindChange
	KindResidual
	KindCusum
	KindVote
	KindInterlock
	KindTwoPerson
	KindWatchdog
	kindCount
)

var kinds = [kindCount]string{
	"authenticate", "fresh", "authorise", "range", "rate limit", "plausible", "change",
	"residual", "cusum", "vote", "interlock", "two-person", "watchdog",
}

// String returns the kind's name.
func (k Kind) String() string {
	if k < kindCount {
		return kinds[k]
	}
	return "unknown"
}

// Values reports whether checks of the kind look at values one by one, so that
// Clamp makes sense.
func (k Kind) Values() bool {
	switch k {
	case KindAuthorise, KindRange, KindChange, KindResidual, KindCusum, KindVote:
		return true
	}
	return false
}
