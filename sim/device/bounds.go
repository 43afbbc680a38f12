package device

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
)

// What is known of signals over a span of time, for twins that tell bounds of what they compute.
// Where bounds of all that a limit reads are known, it is located however short it is passed;
// else it is looked for at samples of each step.
type (
	// A Stretch is a span of time, and what signals may be in it.
	Stretch = signal.Box
	// A Span is what a number may be in it.
	Span = interval.Range
	// Bounds are those of a function of signals, for a member.
	Bounds = signal.Enclosure
)

// Still is a number that does not move.
func Still(x float64) Span { return interval.Point(x) }

// Higher is the greater of two numbers.
func Higher(x, y Span) Span { return interval.Max(x, y) }

// Lower is the lesser of two numbers.
func Lower(x, y Span) Span { return interval.Min(x, y) }

// Less is x - y.
func Less(x, y Span) Span { return interval.Subtract(x, y) }

// Over returns what the signal may be over a span.
func (h *In[T]) Over(b *Stretch, member int) Span { return b.Of(h.at.At(member)) }

// Within tells the bounds of a computed signal.
func Within(bounds Bounds) Option { return func(s *Signal) { s.Bounds = bounds } }

// SetBy says of a state, or a continuous signal beside its rate, that all handlers that set it go by these signals,
// and by no others of the device; where none is named, that no handler sets it.
func SetBy(signals ...Readable) Option {
	return func(s *Signal) { s.OnlyBy, s.SetBy = true, cellsOf(signals) }
}

// OnLimitWithin is OnLimit of a gap whose bounds are known; the handler goes by what that reads.
func (p *Ports) OnLimitWithin(name string, gap func(c *Context) float64, bounds Bounds, do func(c *Context), reads ...Readable) {
	p.OnLimit(name, gap, do, reads...)
	p.Handlers[len(p.Handlers)-1].Bounds = bounds
	p.GoesBy(reads...)
}

// NoNumber ends the run where one of the signals is no number, as it ends where a rate is none.
func (c *Context) NoNumber(signals ...Readable) {
	for _, s := range signals {
		slot := s.cell().At(c.member)
		if x := c.frame.V[slot]; x != x && c.rt.Store.NotFinite != nil {
			c.rt.Store.NotFinite(slot, x)
		}
	}
}

// A Reach is what a number can be at all, in SI.
type Reach struct {
	Least, Most float64
	Why         string // that it is never less or more, in words that go on after "as"
	Else        string // what a run counts in place of what cannot be, where it does
}

// Possible says what an input can be at all: what is written otherwise is refused.
func Possible(least, most float64, why string) Option {
	return func(s *Signal) { s.Reach = &Reach{Least: least, Most: most, Why: why} }
}

// Counted says what a run counts in place of what cannot be (Possible stands before it).
func Counted(as string) Option { return func(s *Signal) { s.Reach.Else = as } }
