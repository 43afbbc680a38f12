package harm

import "math"

// A Model gives a severity to an amount of exposure by thresholds.
type Model struct {
	// Up are from which amount on each severity begins, from slight to death, never falling;
	// Down are below which it does, never rising. Where it never begins there is an infinity.
	Up, Down [Death]float64
	// Least and Most are between which amounts the source of the model holds.
	Least, Most float64
}

// rising is a model of what harms the more of it there is.
func rising(least, most float64, up ...float64) *Model {
	m := &Model{Least: least, Most: most}
	for i := range m.Up {
		m.Up[i], m.Down[i] = math.Inf(1), math.Inf(-1)
	}
	copy(m.Up[:], up)
	return m
}

// falling adds what harms the less of it there is.
func (m *Model) falling(down ...float64) *Model {
	copy(m.Down[:], down)
	return m
}

// Of is the severity of an amount, and whether the source covers it. What is no number is
// the worst.
func (m *Model) Of(x float64) (Severity, bool) {
	for s := Death; s > None; s-- {
		if !(x < m.Up[s-1] && x >= m.Down[s-1]) {
			return s, within(x, m.Least, m.Most)
		}
	}
	return None, within(x, m.Least, m.Most)
}

// tiny tells less from less or equal.
const tiny = math.SmallestNonzeroFloat64

// Beyond is how far an amount is beyond what is no worse than a severity: 0 or more if and
// only if it is worse.
func (m *Model) Beyond(s Severity, x float64) float64 {
	if s >= Death {
		return math.Inf(-1)
	}
	return max(x-m.Up[s], m.Down[s]-x-tiny)
}

// Short is how far an amount is short of a severity: 0 or more if and only if it is less.
func (m *Model) Short(s Severity, x float64) float64 {
	if s <= None {
		return math.Inf(-1)
	}
	return min(m.Up[s-1]-x-tiny, x-m.Down[s-1])
}

// within reports whether an amount is in the range of a source.
func within(x, least, most float64) bool { return x >= least && x <= most }
