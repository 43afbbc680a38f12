package monitor

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// robustness follows the margin of an invariant over the samples of its
// conditions' margins, which are taken to hold up to the next sample: exactly so
// for what changes in steps. Windows are sliding windows, so that a sample costs
// the same however long they are.
type robustness struct {
	spec  Spec
	best  float64
	at    vtime.Time
	byQ   bool
	heard vtime.Time // the latest sample
	path  float64    // least margin of p so far (until)
	inner slide      // G[0,For] of p or q
	outer slide      // F[0,For] of p, F[0,Within] of q
	asked queue      // p, while the reply to it is not known
	told  []piece    // scratch
	known []piece    // scratch
}

func (r *robustness) init(spec Spec) {
	r.spec, r.path, r.best = spec, math.Inf(1), math.Inf(1)
	r.inner = slide{sign: -1, span: spec.For}
	r.outer = slide{sign: 1, span: spec.Within}
	switch spec.Pattern {
	case Always, Never:
		r.outer.span = spec.For
	case Eventually, Until:
		r.best = math.Inf(-1)
	}
}

func (r *robustness) add(s Sample) {
	r.heard = s.At
	switch r.spec.Pattern {
	case Always:
		r.lasting(s.At, s.MP)
	case Never:
		r.lasting(s.At, -s.MP)
	case Eventually:
		if r.spec.For == 0 {
			r.told = append(r.told[:0], piece{from: s.At, to: s.At, m: s.MP})
		} else {
			r.told = r.inner.add(s.At, s.MP, r.told[:0])
		}
		r.eventually(r.told)
	case Whenever:
		r.whenever(s)
	case Until:
		r.path = min(r.path, s.MP)
		if r.inTime(s.At) {
			r.most(s.At, min(s.MQ, r.path), s.MQ < r.path)
		}
	case Since:
		r.since(s)
	}
}

func (r *robustness) inTime(at vtime.Time) bool {
	return !r.spec.Bounded || at <= vtime.Time(r.spec.Within)
}

func (r *robustness) least(at vtime.Time, m float64, byQ bool) {
	if m < r.best {
		r.best, r.at, r.byQ = m, at, byQ
	}
}

func (r *robustness) most(at vtime.Time, m float64, byQ bool) {
	if m > r.best {
		r.best, r.at, r.byQ = m, at, byQ
	}
}

// lasting is G p, or G F[0,d] p: bad may last for less than d.
func (r *robustness) lasting(at vtime.Time, m float64) {
	if r.spec.For == 0 {
		r.least(at, m, false)
		return
	}
	r.told = r.outer.add(at, m, r.told[:0])
	for _, g := range r.told {
		r.least(g.from, g.m, false)
	}
}

// eventually takes what is known of G[0,For] p.
func (r *robustness) eventually(told []piece) {
	for _, g := range told {
		if r.inTime(g.from) {
			r.most(g.from, g.m, false)
		}
	}
}

// whenever is G (p -> F[0,d] G[0,e] q).
func (r *robustness) whenever(s Sample) {
	if r.spec.Within == 0 && r.spec.For == 0 {
		r.reply(s.At, s.MP, s.MQ)
		return
	}
	r.ask(s.At, s.MP)
	r.known = r.inner.add(s.At, s.MQ, r.known[:0])
	r.told = r.told[:0]
	for _, g := range r.known {
		r.told = r.outer.add(g.from, g.m, r.told)
	}
	r.match(r.told)
}

// ask notes that p is m from a time on.
func (r *robustness) ask(at vtime.Time, m float64) {
	if len(r.asked.pieces()) > 0 {
		b := r.asked.back()
		if b.m == m {
			return
		}
		if len(r.asked.pieces()) >= maxPieces {
			b.m = max(b.m, m)
			return
		}
		b.to = max(b.from, at-1)
	}
	r.asked.push(piece{from: at, to: vtime.Never, m: m})
}

// match puts what is known of the reply together with what was asked.
func (r *robustness) match(replies []piece) {
	for _, g := range replies {
		for _, p := range r.asked.pieces() {
			if p.from > g.to {
				break
			}
			r.reply(max(p.from, g.from), p.m, g.m)
		}
		for r.asked.pieces()[0].to <= g.to {
			r.asked.dropFront()
		}
	}
}

func (r *robustness) reply(at vtime.Time, p, q float64) { r.least(at, max(-p, q), q > -p) }

// since is G (p S q), or G (p S[0,d] q): outer's queue has, for times at which q
// was asked for, the least of q then and of p from then on.
func (r *robustness) since(s Sample) {
	q := &r.outer.queue
	if len(q.pieces()) > 0 {
		b := q.back()
		b.to = max(b.from, s.At-1)
		r.expire(s.At - 1)
		r.cap(s.MP)
	}
	now := piece{from: s.At, to: vtime.Never, m: min(s.MP, s.MQ), byQ: s.MQ < s.MP}
	for len(q.pieces()) > 0 && q.back().m <= now.m {
		q.dropBack()
	}
	if len(q.pieces()) >= maxPieces {
		q.dropBack()
	}
	if r.spec.Bounded || len(q.pieces()) == 0 {
		q.push(now)
	}
	for r.spec.Bounded && q.pieces()[0].to.Add(r.spec.Within) < s.At {
		q.dropFront()
	}
	best := q.pieces()[0]
	r.least(s.At, best.m, best.byQ)
}

// cap notes that p is m: what came before is no more than that.
func (r *robustness) cap(m float64) {
	q := &r.outer.queue
	for q.pieces()[0].m > m {
		if all := q.pieces(); len(all) == 1 || all[1].m <= m {
			all[0].m, all[0].byQ = m, false
			return
		}
		q.dropFront()
	}
}

// expire looks at the times up to a last one at which the best q grows too old.
func (r *robustness) expire(last vtime.Time) {
	q := &r.outer.queue
	for r.spec.Bounded && len(q.pieces()) > 1 {
		old := q.pieces()[0].to.Add(r.spec.Within) + 1
		if old > last {
			return
		}
		q.dropFront()
		best := q.pieces()[0]
		r.least(old, best.m, best.byQ)
	}
}

// end ends the run. Windows that pass its end count where what is known decides
// them already.
func (r *robustness) end(at vtime.Time) (margin float64, byQ bool) {
	switch p := r.spec.Pattern; {
	case (p == Always || p == Never) && r.spec.For > 0:
		r.told = r.outer.end(at, r.told[:0])
		for _, g := range r.told {
			r.least(g.from, g.m, false)
		}
		for _, g := range r.outer.tell(at, r.told[:0]) {
			if g.m > 0 {
				r.least(g.from, g.m, false)
			}
		}
	case p == Eventually && r.spec.For > 0:
		r.endEventually(at)
	case p == Since:
		r.expire(at)
	case p == Whenever && r.spec.Within+r.spec.For > 0:
		r.endWhenever(at)
	}
	return r.best, r.byQ
}

func (r *robustness) endEventually(at vtime.Time) {
	r.eventually(r.inner.end(at, r.told[:0]))
	if r.best > 0 || r.spec.Bounded && at < vtime.Time(r.spec.Within) {
		return
	}
	// What is open yet is known from above.
	r.told = r.inner.tell(at, r.told[:0])
	if !slices.ContainsFunc(r.told, func(g piece) bool { return g.m >= 0 && r.inTime(g.from) }) {
		r.eventually(r.told)
	}
}

func (r *robustness) endWhenever(at vtime.Time) {
	if len(r.asked.pieces()) == 0 {
		return
	}
	r.known, r.told = r.inner.end(at, r.known[:0]), r.told[:0]
	for _, g := range r.known {
		r.told = r.outer.add(g.from, g.m, r.told)
	}
	known := at.Add(-r.spec.For)
	r.match(r.outer.end(known, r.told))
	// Of what is open yet, the reply is known from below where q has lasted, and
	// from above where all that could come of it has failed.
	above := slide{sign: 1, span: r.outer.span, next: r.outer.next}
	above.queue.all = slices.Clone(r.outer.queue.pieces())
	r.told = r.told[:0]
	for _, g := range r.inner.tell(at, r.known[:0]) {
		r.told = above.add(g.from, g.m, r.told)
	}
	for _, g := range above.end(at, r.told) {
		r.open(g, at, func(x float64) bool { return x < 0 })
	}
	r.told = r.outer.tell(known, r.told[:0])
	if r.outer.next <= at {
		r.told = append(r.told, piece{from: r.outer.next, to: at, m: math.Inf(-1)})
	}
	for _, g := range r.told {
		r.open(g, at, func(x float64) bool { return x > 0 })
	}
}

// open counts a reply that is known in part, where that decides.
func (r *robustness) open(g piece, at vtime.Time, decides func(x float64) bool) {
	for _, p := range r.asked.pieces() {
		if p.to >= g.from && p.from <= min(at, g.to) && decides(max(-p.m, g.m)) {
			r.reply(max(p.from, g.from), p.m, g.m)
		}
	}
}
