package monitor

import "github.com/harmproof/harmproof/sim/vtime"

// A Verdict is one of three.
type Verdict uint8

// The verdicts.
const (
	Holds Verdict = iota
	Violated
	Undecided
)

// String returns the verdict in a word.
func (v Verdict) String() string { return [...]string{"holds", "violated", "undecided"}[v] }

// A Span is a time during which an invariant was violated.
type Span struct{ From, To vtime.Time }

// MaxSpans is how many violations of an invariant are kept apart.
const MaxSpans = 100

// A Result is what a monitor found.
type Result struct {
	Verdict Verdict
	// Margin is how far from violation the run stayed, negative where it was
	// violated; infinite where only bools decided. It lies between Low and High, which
	// are one number unless something is still open at the end of the run.
	Margin, Low, High float64
	// Held is the margin with the last values held for ever, as other tools have it.
	Held float64
	// At is when it was first violated, else where the margin was least.
	At vtime.Time
	// Closest is when the condition that decided the margin had it; Atom is its number,
	// or -1.
	Closest vtime.Time
	Atom    int
	// Vacuous says that nothing was ever asked of the system: no implication's left
	// side came true. Unasked are those that did not, by their number.
	Vacuous bool
	Unasked []int
	// Violations are the first MaxSpans times of violation; Count is how many there
	// were.
	Violations []Span
	Count      int
	// Missing says what an undecided verdict waits for.
	Missing string
	// OpenSince and OpenUntil are from when on the formula is undecided, and when that
	// would have been decided; Never where there is no such time.
	OpenSince, OpenUntil vtime.Time
	// Witness says why the formula was first violated.
	Witness *Witness
}
