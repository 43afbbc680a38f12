package signal

// A Frame is what a compiled function of the model reads: the column for the
// instant that is being computed, and which member of a device it is about.
type Frame struct {
	V []float64
	M int
	// Host is what a function of a twin needs beyond the column; its package
	// knows the type.
	Host any
}

// An Eval computes a number from a frame. It is pure and allocates nothing.
type Eval func(f *Frame) float64

// Of returns the function of an expression as an Eval.
func (e Function) Of() Eval { return func(f *Frame) float64 { return e(f.V, f.M) } }
