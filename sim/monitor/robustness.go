package monitor

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// robustness follows the margin of an invariant over the samples of its
// conditions' margins.
type robustness struct {
	spec   Spec
	best   float64
	at     vtime.Time
	byQ    bool
	path   float64 // least margin of p so far (until), or p since q
	asked  []point // instants whose window is not over, oldest first
	reply  window  // q (whenever), or p (lasting), over the windows
	steady window  // least q over For
}

type point struct {
	at vtime.Time
	m  float64
}

// maxAsked bounds the instants whose window is not over; beyond it neighbours
// are merged, keeping the more demanding margin.
const maxAsked = 1 << 16

func (r *robustness) init(spec Spec) {
	r.spec, r.path = spec, math.Inf(1)
	r.best = math.Inf(1)
	if spec.Pattern == Eventually || spec.Pattern == Until {
		r.best = math.Inf(-1)
	}
	if spec.Pattern == Since {
		r.path = math.Inf(-1)
	}
	r.reply.sign, r.steady.sign = 1, -1
}

func (r *robustness) add(s Sample) {
	switch r.spec.Pattern {
	case Always:
		r.lasting(s.At, s.MP)
	case Never:
		r.lasting(s.At, -s.MP)
	case Eventually:
		if !r.spec.Bounded || s.At <= vtime.Time(r.spec.Within) {
			r.most(s.At, s.MP, false)
		}
	case Whenever:
		r.whenever(s)
	case Until:
		if !r.spec.Bounded || s.At <= vtime.Time(r.spec.Within) {
			r.path = min(r.path, s.MP)
			r.most(s.At, min(s.MQ, r.path), s.MQ < r.path)
		}
	case Since:
		r.path = max(s.MQ, min(r.path, s.MP))
		r.least(s.At, r.path, s.MQ >= r.path)
	}
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
	r.close(at, r.spec.For)
	r.ask(point{at, math.Inf(1)})
	r.reply.add(point{at, m})
}

func (r *robustness) whenever(s Sample) {
	if r.spec.Within == 0 && r.spec.For == 0 {
		r.least(s.At, max(-s.MP, s.MQ), s.MQ > -s.MP)
		return
	}
	r.close(s.At, r.spec.Within+r.spec.For)
	r.ask(point{s.At, s.MP})
	if r.spec.For == 0 {
		r.reply.add(point{s.At, s.MQ})
		return
	}
	// The least of q over [t, t+For] is known once that is over.
	r.steady.add(point{s.At, s.MQ})
	start := s.At.Add(-r.spec.For)
	if start >= 0 {
		r.reply.add(point{start, r.steady.over(start, s.At)})
	}
}

func (r *robustness) ask(p point) {
	if n := len(r.asked); n >= maxAsked {
		r.asked[n-1].m = max(r.asked[n-1].m, p.m)
		return
	}
	r.asked = append(r.asked, p)
}

// close decides the instants whose window ended before now.
func (r *robustness) close(now vtime.Time, span vtime.Duration) {
	done := 0
	for _, p := range r.asked {
		if p.at.Add(span) >= now {
			break
		}
		answer := r.reply.over(p.at, p.at.Add(span))
		switch {
		case r.spec.Pattern != Whenever:
			r.least(p.at, answer, false)
		default:
			r.least(p.at, max(-p.m, answer), answer > -p.m)
		}
		done++
	}
	r.asked = append(r.asked[:0], r.asked[done:]...)
}

func (r *robustness) end() (margin float64, byQ bool) { return r.best, r.byQ }

// A window keeps the greatest (sign 1) or the least (sign -1) value of a sliding
// window: a queue in which each value beats all that follow.
type window struct {
	sign  float64
	queue []point
	last  point // the newest value: it still holds where nothing newer is
}

func (w *window) add(p point) {
	for n := len(w.queue); n > 0 && w.sign*w.queue[n-1].m <= w.sign*p.m; n = len(w.queue) {
		w.queue = w.queue[:n-1]
	}
	w.queue, w.last = append(w.queue, p), p
}

// over returns the extreme over [from, to]; from never goes back.
func (w *window) over(from, to vtime.Time) float64 {
	done := 0
	for done < len(w.queue) && w.queue[done].at < from {
		done++
	}
	w.queue = append(w.queue[:0], w.queue[done:]...)
	if len(w.queue) == 0 {
		return w.last.m
	}
	return w.queue[0].m
}
