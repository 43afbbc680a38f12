package monitor

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/truth"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A probe finds out whether something ever came true.
type probe struct {
	came  bool
	net   *truth.Network // nil of an atom
	heard instants
	runs  []truth.Run // scratch
}

func (p *probe) hear(at vtime.Time, f *formula.Formula, holds []bool) {
	switch {
	case p.came:
	case p.net == nil:
		p.came = holds[f.Atom]
	default:
		p.net.Sample(p.heard.next(at), holds)
		p.look()
	}
}

func (p *probe) pass(end vtime.Time) {
	if p.came || p.net == nil || !p.heard.any {
		return
	}
	p.net.Through(end)
	p.look()
}

func (p *probe) look() {
	p.runs = p.net.Take(p.runs[:0])
	for _, r := range p.runs {
		p.came = p.came || r.Value == truth.True
	}
}

// end looks at what the end of the run decides.
func (p *probe) end(at vtime.Time) bool {
	if p.came || p.net == nil || !p.heard.any {
		return p.came
	}
	p.net.Through(at)
	for _, r := range p.net.Ended(nil) {
		if r.Value == truth.True {
			return true
		}
	}
	return false
}

// vacuity finds out what was never asked.
func (m *Monitor) vacuity(at vtime.Time) {
	r := &m.result
	for i := range m.probes {
		if !m.probes[i].end(at) {
			r.Unasked = append(r.Unasked, i)
		}
	}
	r.Vacuous = r.Verdict == Holds && (m.heard < 0 || len(m.probes) > 0 && len(r.Unasked) == len(m.probes))
}

// Asked reports whether what is asked, by its number, has come true.
func (m *Monitor) Asked(i int) bool { return m.probes[i].came }

// instants numbers the rounds of a time.
type instants struct {
	last formula.Instant
	any  bool
}

// next returns the instant of one more sample at a time.
func (n *instants) next(at vtime.Time) formula.Instant {
	if n.any && n.last.At == at {
		n.last.Round++
	} else {
		n.last = formula.Instant{At: at}
	}
	n.any = true
	return n.last
}
