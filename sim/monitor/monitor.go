package monitor

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Pattern is the shape of an invariant.
type Pattern uint8

// The patterns.
const (
	Always Pattern = iota
	Never
	Eventually
	Whenever
	Until
	Since
)

// A Spec is an invariant over the conditions P and, for some patterns, Q.
type Spec struct {
	Pattern Pattern
	// For is how long bad must last (Always, Never), or good (Eventually,
	// Whenever). Within bounds Whenever, and where Bounded is set Eventually,
	// Until and Since.
	For, Within vtime.Duration
	Bounded     bool
}

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

// An Interval is a time during which an invariant was violated.
type Interval struct{ From, To vtime.Time }

// A Result is what a monitor found.
type Result struct {
	Verdict Verdict
	// Margin is how far from violation the run stayed, negative where it was
	// violated; infinite where only bools decided.
	Margin float64
	// At is when it was first violated, else where the margin was least.
	At vtime.Time
	// ByQ says that the margin was decided by the condition Q.
	ByQ bool
	// Vacuous says that nothing was ever asked of the system: the condition of a
	// whenever never arose.
	Vacuous bool
	// Violations are the first MaxIntervals times of violation; Count is how many
	// there were.
	Violations []Interval
	Count      int
	// Missing says what an undecided verdict waits for.
	Missing string
}

// MaxIntervals is how many violations of an invariant are kept apart.
const MaxIntervals = 100

// A Sample is what the conditions are at a time: their truth and their margins.
type Sample struct {
	At     vtime.Time
	P, Q   bool
	MP, MQ float64
}

// A Monitor follows one invariant through a run. Make one with New.
type Monitor struct {
	spec    Spec
	result  Result
	open    bool // a violation goes on
	decided bool // the verdict cannot change any more
	armed   bool // something was asked of the system
	margin  robustness

	bad    vtime.Time // since when bad lasts, or the earliest unmet obligation
	isBad  bool
	good   vtime.Time // since when good lasts
	isGood bool
	asked  queue // when P held, as far back as For asks
	since  bool  // P since Q, now
}

// New returns a monitor that has heard nothing yet.
func New(spec Spec) *Monitor {
	m := &Monitor{spec: spec}
	m.margin.init(spec)
	return m
}

// Between hears margins between two settled instants, where the truth of the
// conditions does not change; at the later of them these are what the margins
// were up to then.
func (m *Monitor) Between(s Sample) {
	if m.spec.For > 0 || m.spec.Within > 0 || m.spec.Bounded {
		// For windows the instant belongs to what holds from then on.
		s.At = max(s.At-1, m.margin.heard)
	}
	m.margin.add(s)
}

// Settled hears the conditions at a settled instant, in order of time. Several
// at one time are several rounds of it.
func (m *Monitor) Settled(s Sample) {
	m.margin.add(s)
	if m.decided {
		return
	}
	switch m.spec.Pattern {
	case Always:
		m.lasting(s.At, !s.P)
	case Never:
		m.lasting(s.At, s.P)
	case Eventually:
		m.eventually(s)
	case Whenever:
		m.whenever(s)
	case Until:
		m.until(s)
	case Since:
		m.sinceQ(s)
	}
}

// Deadline returns the next time at which the verdict may change although no
// condition does; the monitor wants to hear the conditions then.
func (m *Monitor) Deadline() vtime.Time {
	if m.decided {
		return vtime.Never
	}
	switch m.spec.Pattern {
	case Always, Never:
		if m.isBad && !m.open && m.spec.For > 0 {
			return m.bad.Add(m.spec.For)
		}
	case Eventually, Until:
		if m.isGood && m.spec.For > 0 {
			return m.good.Add(m.spec.For)
		}
		if m.spec.Bounded {
			return vtime.Time(m.spec.Within) + 1
		}
	case Whenever:
		return m.obligation()
	case Since:
		if m.since && m.spec.Bounded && !m.isGood {
			return m.good.Add(m.spec.Within) + 1
		}
	}
	return vtime.Never
}

// violated notes that the invariant is violated from at on.
func (m *Monitor) violated(at vtime.Time) {
	if m.open {
		return
	}
	m.open = true
	if m.result.Count == 0 {
		m.result.Verdict, m.result.At = Violated, at
	}
	m.result.Count++
	if len(m.result.Violations) < MaxIntervals {
		m.result.Violations = append(m.result.Violations, Interval{at, vtime.Never})
	}
}

// recovered notes that a violation ended.
func (m *Monitor) recovered(at vtime.Time) {
	if m.open && m.result.Count <= MaxIntervals {
		m.result.Violations[len(m.result.Violations)-1].To = at
	}
	m.open = false
}

// Least returns the margin so far of an invariant that every instant decides by
// itself: always or never, without a duration. ok is false for others.
func (m *Monitor) Least() (margin float64, ok bool) {
	return m.margin.best, m.spec.For == 0 && (m.spec.Pattern == Always || m.spec.Pattern == Never)
}

// Negative reports whether the invariant's margin is the negative of that of its
// condition.
func (m *Monitor) Negative() bool { return m.spec.Pattern == Never }

// Open reports whether a violation goes on.
func (m *Monitor) Open() bool { return m.open }

// Count returns how many violations there were so far.
func (m *Monitor) Count() int { return m.result.Count }

// lasting is violated once bad has lasted For.
func (m *Monitor) lasting(at vtime.Time, bad bool) {
	m.armed = true
	if !bad {
		m.isBad = false
		m.recovered(at)
		return
	}
	if !m.isBad {
		m.isBad, m.bad = true, at
	}
	if at >= m.bad.Add(m.spec.For) {
		m.violated(at)
	}
}

func (m *Monitor) eventually(s Sample) {
	m.armed = true
	limit := vtime.Time(m.spec.Within)
	hoped := m.isGood && (!m.spec.Bounded || m.good <= limit)
	if s.P && !m.isGood {
		m.good = s.At
	}
	m.isGood = s.P
	in := m.isGood && (!m.spec.Bounded || m.good <= limit)
	switch {
	case in && s.At >= m.good.Add(m.spec.For):
		m.decided = true
	case m.spec.Bounded && s.At > limit && !in:
		// A window is closed: at its end itself it may still come true in a later
		// round.
		if hoped {
			limit = s.At
		}
		m.violated(limit)
		m.decided = true
	}
}

// until is closed: p must still hold when q comes.
func (m *Monitor) until(s Sample) {
	m.armed = true
	limit := vtime.Time(m.spec.Within)
	switch {
	case m.spec.Bounded && s.At > limit:
		m.violated(limit)
		m.decided = true
	case s.P && s.Q:
		m.decided = true
	case !s.P:
		m.violated(s.At)
		m.decided = true
	}
}

// sinceQ follows G (p S[0,d] q). good is the last time at which q held and p has
// held from then on, while since says that there was one.
func (m *Monitor) sinceQ(s Sample) {
	m.armed = true
	if m.isGood {
		m.good = max(m.good, s.At-1) // q held up to now
	}
	m.isGood = s.P && s.Q
	if m.isGood {
		m.good = s.At
	}
	m.since = m.isGood || m.since && s.P
	old := m.spec.Bounded && s.At > m.good.Add(m.spec.Within)
	m.lasting(s.At, !m.since || old)
}

// End ends the run at a time and returns the result.
func (m *Monitor) End(at vtime.Time) Result {
	r := m.result
	r.Margin, r.ByQ = m.margin.end(at)
	if r.Count == 0 {
		var since vtime.Time
		r.Verdict, since, r.Missing = m.atEnd(at)
		r.At = m.margin.at
		if r.Verdict == Violated {
			r.At, r.Count, r.Violations = since, 1, []Interval{{since, vtime.Never}}
		}
	}
	// An instant is located to the nanosecond, where a margin may lie on the
	// wrong side of zero by rounding.
	switch r.Verdict {
	case Holds:
		r.Margin = max(r.Margin, 0)
	case Violated:
		r.Margin = min(r.Margin, 0)
	}
	r.Vacuous = !m.armed
	if r.Vacuous {
		r.Margin = math.Inf(1)
	}
	return r
}

// atEnd decides what was never violated.
func (m *Monitor) atEnd(at vtime.Time) (Verdict, vtime.Time, string) {
	if m.decided {
		return Holds, at, ""
	}
	switch limit := vtime.Time(m.spec.Within); m.spec.Pattern {
	case Always, Never:
		if m.isBad {
			return Undecided, at, "the run ended before it had lasted until " + m.bad.Add(m.spec.For).String()
		}
	case Eventually, Until:
		if m.isGood && m.spec.For > 0 && (!m.spec.Bounded || m.good <= limit) {
			return Undecided, at, "it came true at " + m.good.String() + ", but the run ended before it had lasted"
		}
		if m.spec.Bounded && at < limit {
			return Undecided, at, "the run ended before " + limit.String()
		}
		if m.spec.Bounded {
			at = limit
		}
		return Violated, at, ""
	case Whenever:
		return m.answered(at)
	}
	return Holds, at, ""
}
