package monitor

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/monitor/truth"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Monitor follows one invariant through a run. Make one with New.
type Monitor struct {
	plan    *Plan
	result  Result
	open    bool // a violation goes on
	decided bool // the verdict cannot change any more
	done    bool // nor can the margin
	known   extent
	heard   vtime.Time
	least   lowest
	net     *networks // nil of a simple invariant
	probes  []probe   // by what is asked
}

// New returns a monitor that has heard nothing yet.
func New(p *Plan) *Monitor {
	m := &Monitor{plan: p, heard: -1, least: lowest{margin: math.Inf(1)}, known: extent{math.Inf(-1), math.Inf(1)}}
	if !p.simple {
		m.net = newNetworks(p)
	}
	m.probes = make([]probe, len(p.Asked))
	for i := range m.probes {
		if len(p.asked[i]) > 0 {
			m.probes[i].net = truth.New(p.asked[i])
		}
	}
	return m
}

// lowest is the least margin of a simple invariant, and where it was.
type lowest struct {
	margin float64
	at     vtime.Time
}

// Lowest hears of a simple invariant that its margin was as low as that between two
// settled instants. It reports whether it was never lower.
func (m *Monitor) Lowest(at vtime.Time, margin float64) bool {
	if m.plan.negative {
		margin = 0 - margin
	}
	if !(margin < m.least.margin) {
		return false
	}
	m.least = lowest{margin, at}
	return true
}

// Least returns the margin of a simple invariant so far.
func (m *Monitor) Least() float64 { return m.least.margin }

// Line hears that the margin of an atom went along a straight line, from where it
// was heard last to a value at a time.
func (m *Monitor) Line(atom int, at vtime.Time, margin float64) {
	m.net.line(atom, at, margin)
}

// Settled hears the atoms at a settled instant, in order of time: whether they hold,
// and their margins. Several at one time are several rounds of it.
func (m *Monitor) Settled(at vtime.Time, holds []bool, margins []float64) {
	m.pass(at - 1)
	m.heard = at
	if m.done {
		return
	}
	for i := range m.probes {
		m.probes[i].hear(at, m.plan.Asked[i], holds)
	}
	if m.plan.simple {
		m.Lowest(at, margins[0])
		m.instant(at, holds[0] == m.plan.negative)
		return
	}
	m.net.sample(at, holds, margins, m.decided)
	m.collect(at)
	m.done = m.decided && m.net.margin.Certain()
}

// Done reports whether neither the verdict nor the margin can change any more: then
// there is no need to hear anything.
func (m *Monitor) Done() bool { return m.done }

// pass lets time pass up to the end of a time, while the atoms stay as they are.
// What is decided on the way is dated to when it is.
func (m *Monitor) pass(end vtime.Time) {
	for i := range m.probes {
		m.probes[i].pass(end)
	}
	if m.plan.simple || m.heard < 0 {
		return
	}
	for t := m.next(); t <= end && !m.decided; t = m.next() {
		if m.net.truth.Next() <= t {
			m.net.truth.Through(t)
		}
		m.collect(t)
	}
	m.net.truth.Through(end)
}

// instant takes what an instant decides by itself.
func (m *Monitor) instant(at vtime.Time, bad bool) {
	if bad {
		m.violated(at)
	} else {
		m.recovered(at)
	}
}

// next returns the next time by whose end something may be decided though no atom
// changes.
func (m *Monitor) next() vtime.Time {
	return min(m.net.truth.Next(), m.announced())
}

// announced returns when the next instant comes of which it is known already what it is.
func (m *Monitor) announced() vtime.Time {
	t := vtime.Never
	if len(m.net.decisions) > 0 {
		t = m.net.decisions[0].From.At
	}
	if m.plan.body != nil && m.result.Count == 0 {
		t = min(t, m.net.foreseen().At)
	}
	return t
}

// collect takes what the network has decided by the end of a time. What it knows of
// later instants counts when the run has come to them.
func (m *Monitor) collect(at vtime.Time) {
	m.net.decide()
	for len(m.net.decisions) > 0 && m.net.decisions[0].From.At <= at && !m.decided {
		r := m.net.decisions[0]
		m.net.decisions = slices.Delete(m.net.decisions, 0, 1)
		if r.Value == truth.True && r.From.Before(m.net.early) {
			continue
		}
		m.took(r, at)
		m.decided = m.plan.body == nil // the first instant of the run is what counts
	}
	if m.plan.body != nil && m.result.Count == 0 {
		if first := m.net.foreseen(); first.At <= at {
			m.net.early = first
			m.took(truth.Run{From: first, Value: truth.False}, at)
		}
	}
}

// took takes a decision at a time.
func (m *Monitor) took(r truth.Run, at vtime.Time) {
	if r.Value == truth.False && m.result.Count == 0 {
		m.result.Witness = m.net.witness(m.plan, r.From.At, at)
	}
	m.instant(at, r.Value == truth.False)
}

// Deadline returns the next time at which the verdict may change although no
// condition does; the monitor wants to hear the conditions then.
func (m *Monitor) Deadline() vtime.Time {
	if m.plan.simple || m.decided {
		return vtime.Never
	}
	return min(m.net.truth.Next().Add(1), m.announced())
}

// violated notes that the invariant is violated from at on.
func (m *Monitor) violated(at vtime.Time) {
	if m.open {
		return
	}
	m.open = true
	if m.result.Count == 0 {
		m.result.At = at
	}
	m.result.Count++
	if len(m.result.Violations) < MaxSpans {
		m.result.Violations = append(m.result.Violations, Span{at, vtime.Never})
	}
}

// recovered notes that a violation ended.
func (m *Monitor) recovered(at vtime.Time) {
	if m.open && m.result.Count <= MaxSpans {
		m.result.Violations[len(m.result.Violations)-1].To = at
	}
	m.open = false
}

// Open reports whether a violation goes on.
func (m *Monitor) Open() bool { return m.open }

// Count returns how many violations there were so far.
func (m *Monitor) Count() int { return m.result.Count }

// An extent is between which values something lies.
type extent struct{ low, high float64 }

// Interval returns between which values the margin lies, whatever comes, be it the end
// of the run. It never gets wider.
func (m *Monitor) Interval() (low, high float64) {
	k := &m.known
	switch {
	case m.plan.simple:
		k.high = m.least.margin
	case m.heard >= 0:
		m.net.margin.Through(m.heard - 1)
		low, high = math.Inf(1), math.Inf(-1)
		for _, over := range []bool{false, true} {
			low = min(low, m.net.margin.AtStart(m.heard, margin.Worst, over).Value)
			high = max(high, m.net.margin.AtStart(m.heard, margin.Best, over).Value)
		}
		if m.net.margin.Err() == nil {
			// Lines that cross are put on whole nanoseconds, once here, once there.
			k.low, k.high = min(max(k.low, low), k.high), max(min(k.high, high), k.low)
		}
	}
	return k.low, k.high
}

// Verdict returns what is known so far, whatever comes.
func (m *Monitor) Verdict() Verdict {
	switch {
	case m.result.Count > 0:
		return Violated
	case m.decided:
		return Holds
	}
	return Undecided
}

// Stop returns the result of a run that was stopped at a time, before its end: what
// would be violated because the run is over is undecided. The monitor hears nothing
// more.
func (m *Monitor) Stop(at vtime.Time) Result {
	m.pass(at)
	before := m.result.Count
	r := m.End(at)
	if before == 0 && r.Count > 0 {
		r.Verdict, r.Count, r.Violations, r.Witness = Undecided, 0, nil, nil
		r.Missing, r.At = "open, and the run was stopped", r.Closest
		r.High = math.Inf(1)
		r.agree()
	}
	return r
}

// End ends the run at a time and returns the result. The monitor hears nothing more.
func (m *Monitor) End(at vtime.Time) Result {
	m.pass(at)
	r := &m.result
	r.Atom, r.Closest, r.OpenSince, r.OpenUntil = -1, vtime.Never, vtime.Never, vtime.Never
	if r.Verdict = Violated; r.Count == 0 {
		r.Verdict = m.atEnd(at)
	}
	m.margins(at)
	r.agree()
	if r.Count == 0 {
		r.At = r.Closest
	}
	m.vacuity(at)
	return *r
}

// agree makes the margin agree with the verdict: an instant is located to the
// nanosecond, where a margin may lie on the wrong side of zero by rounding. One that
// could not be followed is none.
func (r *Result) agree() {
	if math.IsNaN(r.Held) {
		r.Margin = math.NaN()
		return
	}
	switch r.Verdict {
	case Holds:
		r.Margin = max(r.Low, 0)
		r.Low, r.High = r.Margin, max(r.High, r.Margin)
	case Violated:
		r.Margin = min(r.High, 0)
		r.High, r.Low = r.Margin, min(r.Low, r.Margin)
	case Undecided:
		r.Margin = r.High
		if math.IsInf(r.High, 0) && !math.IsInf(r.Low, 0) {
			r.Margin = r.Low
		}
	}
}

// margins finds the margin at the end of a run.
func (m *Monitor) margins(at vtime.Time) {
	r := &m.result
	if m.plan.simple {
		x := m.least
		r.Low, r.High, r.Held, r.Closest = x.margin, x.margin, x.margin, x.at
		if !math.IsInf(x.margin, 0) {
			r.Atom = 0
		}
		return
	}
	if m.heard < 0 {
		r.Low, r.High, r.Held = math.Inf(-1), math.Inf(1), math.Inf(1)
		return
	}
	if err := m.net.margin.Err(); err != nil {
		r.Low, r.High, r.Held = math.Inf(-1), math.Inf(1), math.NaN()
		return
	}
	worst, best := m.net.margin.AtStart(at, margin.Worst, true), m.net.margin.AtStart(at, margin.Best, true)
	r.Low, r.High, r.Held = worst.Value, best.Value, m.net.margin.AtStart(at, margin.Held, true).Value
	decides := best
	if r.Verdict == Holds || r.Verdict == Undecided && math.IsInf(best.Value, 0) {
		decides = worst
	}
	if !math.IsInf(decides.Value, 0) {
		r.Atom, r.Closest = int(decides.Atom), decides.Source
	}
}

// atEnd decides what was never violated.
func (m *Monitor) atEnd(end vtime.Time) Verdict {
	switch {
	case m.decided || m.plan.simple:
		return Holds
	case m.heard < 0:
		m.result.Missing = "nothing was heard of it"
		return Undecided
	case m.net.truth.Err() != nil:
		m.result.Missing = m.net.truth.Err().Error()
		return Undecided
	}
	verdict, since := Holds, vtime.Never
	for _, r := range m.net.ended() {
		switch {
		case r.Value == truth.False:
			m.result.Witness = m.net.witness(m.plan, r.From.At, end)
			m.violated(end)
			return Violated
		case r.Value == truth.Unknown && verdict == Holds:
			verdict, since = Undecided, r.From.At
		}
		if m.plan.body == nil {
			break
		}
	}
	if verdict == Undecided {
		m.result.Missing = m.missing(since)
	}
	return verdict
}

// missing says what an undecided verdict waits for.
func (m *Monitor) missing(since vtime.Time) string {
	ahead, _ := m.plan.truth.Reaches()
	m.result.OpenSince, m.result.OpenUntil = since, since.Add(ahead)
	what := "open"
	if m.plan.body != nil {
		what += " since " + since.Short()
	}
	if ahead == formula.Forever {
		return what + ", and the run ended"
	}
	return what + ", and the run ended before " + since.Add(ahead).Short()
}
