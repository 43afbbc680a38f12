package signal

// A Sense is how a condition that is a single comparison follows the gap of its
// atom. One evaluation of the gap then gives both its truth and its margin.
type Sense uint8

// The senses.
const (
	Mixed   Sense = iota // not a single comparison of numbers
	Below                // gap < 0
	AtMost               // gap <= 0
	Above                // gap > 0
	AtLeast              // gap >= 0
)

// Judge returns the truth and the margin that a gap stands for. A gap that is NaN
// (a NaN, or the difference of infinities) says nothing: ok is false.
func (s Sense) Judge(gap float64) (holds bool, margin float64, ok bool) {
	margin = gap + 0 // 0, not -0
	if s <= AtMost {
		margin = 0 - gap
	}
	holds = margin > 0 || margin == 0 && (s == AtMost || s == AtLeast)
	return holds, margin, gap == gap
}
