package monitor

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives what a monitor has heard.
func (m *Monitor) Archive(a *snapshot.Archive) {
	m.result.archive(a)
	for _, x := range []*bool{&m.open, &m.decided, &m.armed, &m.isBad, &m.isGood, &m.since} {
		snapshot.Bool(a, x)
	}
	snapshot.Int(a, &m.bad)
	snapshot.Int(a, &m.good)
	m.asked.archive(a)
	m.margin.archive(a)
}

func (r *Result) archive(a *snapshot.Archive) {
	if snapshot.Int(a, &r.Verdict); r.Verdict > Undecided {
		a.Fail("verdict %d, which there is not", r.Verdict)
		r.Verdict = Undecided
	}
	snapshot.Float(a, &r.Margin)
	snapshot.Int(a, &r.At)
	snapshot.Bool(a, &r.ByQ)
	snapshot.Bool(a, &r.Vacuous)
	snapshot.Int(a, &r.Count)
	snapshot.Slice(a, &r.Violations, func(a *snapshot.Archive, x *Interval) {
		snapshot.Int(a, &x.From)
		snapshot.Int(a, &x.To)
	})
	snapshot.String(a, &r.Missing)
}

func (r *robustness) archive(a *snapshot.Archive) {
	snapshot.Float(a, &r.best)
	snapshot.Int(a, &r.at)
	snapshot.Bool(a, &r.byQ)
	snapshot.Int(a, &r.heard)
	snapshot.Float(a, &r.path)
	r.inner.archive(a)
	r.outer.archive(a)
	r.asked.archive(a)
}

func (s *slide) archive(a *snapshot.Archive) {
	s.queue.archive(a)
	snapshot.Int(a, &s.next)
}

func (q *queue) archive(a *snapshot.Archive) {
	live := q.pieces()
	snapshot.Slice(a, &live, func(a *snapshot.Archive, p *piece) {
		snapshot.Int(a, &p.from)
		snapshot.Int(a, &p.to)
		snapshot.Float(a, &p.m)
		snapshot.Bool(a, &p.byQ)
	})
	if a.Reading() {
		q.all, q.head = live, 0
	}
}
