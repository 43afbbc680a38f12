package monitor

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/truth"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// Archive archives what a monitor has heard.
func (m *Monitor) Archive(a *snapshot.Archive) {
	for _, x := range []*bool{&m.open, &m.decided, &m.done} {
		snapshot.Bool(a, x)
	}
	snapshot.Int(a, &m.heard)
	snapshot.Float(a, &m.known.low)
	snapshot.Float(a, &m.known.high)
	snapshot.Float(a, &m.least.margin)
	snapshot.Int(a, &m.least.at)
	m.archiveResult(a)
	for i := range m.probes {
		m.probes[i].archive(a)
	}
	if m.net != nil {
		m.net.archive(a)
	}
}

// archiveResult archives the violations so far; the rest is found at the end.
func (m *Monitor) archiveResult(a *snapshot.Archive) {
	r := &m.result
	snapshot.Int(a, &r.At)
	snapshot.Int(a, &r.Count)
	snapshot.Slice(a, &r.Violations, func(a *snapshot.Archive, x *Span) {
		snapshot.Int(a, &x.From)
		snapshot.Int(a, &x.To)
	})
	if m.open && (r.Count == 0 || r.Count <= MaxSpans && len(r.Violations) != r.Count) {
		a.Fail("a violation goes on that never began")
	}
	is := r.Witness != nil
	if snapshot.Bool(a, &is); !is {
		return
	}
	if a.Reading() {
		r.Witness = &Witness{}
	}
	r.Witness.archive(a, m.plan.parts(), 0)
}

// parts lists the formula and all that it is made of.
func (p *Plan) parts() []*formula.Formula {
	var list []*formula.Formula
	var walk func(f *formula.Formula)
	walk = func(f *formula.Formula) {
		list = append(list, f)
		for _, a := range f.Args {
			walk(a)
		}
	}
	walk(p.Formula)
	if p.body != nil {
		walk(p.body)
	}
	return list
}

// archive archives a witness, whose formulas are parts of one.
func (w *Witness) archive(a *snapshot.Archive, parts []*formula.Formula, depth int) {
	var of int
	for i, f := range parts {
		if f == w.Formula {
			of = i
		}
	}
	if snapshot.Int(a, &of); of < 0 || of >= len(parts) || depth > maxDepth {
		a.Fail("a witness is about part %d of %d, %d levels deep", of, len(parts), depth)
		of = 0
	}
	w.Formula = parts[of]
	snapshot.Bool(a, &w.Holds)
	for _, t := range []*int64{(*int64)(&w.From), (*int64)(&w.To), (*int64)(&w.Since), (*int64)(&w.LeastAt), (*int64)(&w.MostAt)} {
		snapshot.Int(a, t)
	}
	snapshot.Float(a, &w.Least)
	snapshot.Float(a, &w.Most)
	snapshot.Slice(a, &w.Parts, func(a *snapshot.Archive, p **Witness) {
		if *p == nil {
			*p = &Witness{}
		}
		if a.Err() == nil {
			(*p).archive(a, parts, depth+1)
		}
	})
}

func (p *probe) archive(a *snapshot.Archive) {
	snapshot.Bool(a, &p.came)
	p.heard.archive(a)
	if p.net != nil {
		p.net.Archive(a)
	}
}

func (n *instants) archive(a *snapshot.Archive) {
	snapshot.Int(a, &n.last.At)
	snapshot.Int(a, &n.last.Round)
	snapshot.Bool(a, &n.any)
}

func (n *networks) archive(a *snapshot.Archive) {
	n.truth.Archive(a)
	n.margin.Archive(a)
	n.truths.archive(a)
	n.lines.archive(a)
	snapshot.Slice(a, &n.decisions, func(a *snapshot.Archive, r *truth.Run) {
		snapshot.Int(a, &r.From.At)
		snapshot.Int(a, &r.From.Round)
		snapshot.Int(a, &r.Value)
	})
	snapshot.Int(a, &n.early.At)
	snapshot.Int(a, &n.early.Round)
	for i := range n.holds {
		snapshot.Bool(a, &n.holds[i])
		snapshot.Float(a, &n.margins[i])
		n.courses[i].archive(a)
	}
}

func (c *course) archive(a *snapshot.Archive) {
	if snapshot.Int(a, &c.n); c.n < 0 {
		a.Fail("an atom has changed %d times", c.n)
		c.n = 0
	}
	for i := range c.runs {
		s := &c.runs[i]
		if i >= c.n {
			break
		}
		snapshot.Int(a, &s.from)
		snapshot.Bool(a, &s.holds)
		snapshot.Float(a, &s.least)
		snapshot.Float(a, &s.most)
		snapshot.Int(a, &s.leastAt)
		snapshot.Int(a, &s.mostAt)
	}
}
