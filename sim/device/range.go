package device

// A Bounded is a device that says where what it computes holds. That something leaves it is
// told to people, as what is counted there is not what a source has.
type Bounded interface{ Ranges() []Range }

// A Range is where something holds: while Signal is from Least to Most, and Valid is true.
type Range struct {
	What string // that leaves it, in a few words
	Text string // the range, its source, and what is counted elsewhere
	// Signal is a number, or empty.
	Signal      string
	Least, Most float64 // SI
	// Valid is a signal that is true where it holds, or empty.
	Valid string
	// While is a signal: it matters only where that is not 0; empty for always. With none of
	// the others it is left while that is not 0. WhileBelow is one of what is less than Least.
	While, WhileBelow string
	// UnlessSome is a number: more of it than none explains what is less than Least, which then is none outside.
	UnlessSome string
	// From and To are between which values of Signal it matters at all, or equal. Where Least and Most are
	// infinite it is left between them.
	From, To float64
	// NoneIsWithin says that nothing of Signal at all is never outside.
	NoneIsWithin bool
	// Once is an input: of several devices that are wired there to the same only the first tells of it; or empty.
	Once string
	// Until is for how long it holds at all, in s; 0 for ever.
	Until float64
}
