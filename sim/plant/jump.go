package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// mayJump reports whether the error of a step looks like that of a derivative
// that jumps: of the size of the derivative's changes over the step, where a
// smooth one leaves a small part of them.
func (p *Plant) mayJump(size float64) bool {
	const large, part = 0.1, 1e-3
	if size < large || p.wild {
		return false
	}
	k, most := &p.k[p.blame], 0.0
	for _, d := range k[1:7] {
		most = max(most, math.Abs(d))
	}
	return math.Abs(k.err()) > float64(part*most)
}

// roundoff is half of how far two numbers near 1 are apart.
const roundoff = 1.0 / (1 << 53)

// A way is straight, from an island's states and derivatives at a time on.
type way struct {
	t       float64 // s
	span    float64
	y, f, d []float64
}

// turnsAt returns a state whose derivative jumps near the present step by nothing
// but the small movements of states: what moves far, and time, stay as they are.
// It returns -1 where there is none: what jumps by a clock gets on. A jump counts
// from a small part of the tolerance on: Newton's iteration stumbles over less. But
// where nothing moves by more than a few roundings all derivatives jump.
func (p *Plant) turnsAt(r *run) int {
	const far, around = 1e5, 4 // tolerances; steps before and after
	const small, halves, roundings = 1e-4, 5, 64
	moves := false
	w := way{t: r.t0.Seconds(), y: p.probe[4][:len(r.cells)], f: p.probe[0][:len(r.cells)], d: p.probe[1]}
	for j, y := range r.y0 {
		d := r.y1[j] - y
		if math.Abs(d) > float64(far*(p.atol+float64(p.rtol*math.Abs(y)))) {
			d = 0
		}
		w.y[j], w.d[j] = y-float64(around*d), float64((2*around+1)*d)
		moves = moves || math.Abs(w.d[j]) > float64(roundings*roundoff*math.Abs(y))
	}
	if p.moveTo(r, &w, 0); !moves || !p.derive(r, w.t, w.f) {
		return -1
	}
	return p.jumpOn(r, &w, vtime.Seconds(vtime.Duration(r.t1-r.t0))/small, halves)
}

// overJump reports whether the step just tried, of a nanosecond, is off because a
// derivative jumps in it: nothing happens between two nanoseconds, so it is right.
func (p *Plant) overJump(r *run) bool {
	if p.wild {
		return false
	}
	w := way{t: r.t1.Seconds(), span: 1e-9, y: r.y1, f: p.probe[0][:len(r.cells)], d: p.probe[1]}
	copy(w.f, r.f1)
	for j, f := range w.f {
		w.d[j] = float64(w.span * f)
	}
	const halves = 20
	return p.jumpOn(r, &w, w.span, halves) >= 0
}

func (p *Plant) moveTo(r *run, w *way, part float64) {
	for j := range r.cells {
		p.v[r.cells[j].slot] = w.y[j] + float64(part*w.d[j])
	}
}

// jumpOn returns a state whose derivative jumps on the way, by more than the
// tolerance after h seconds, or -1. It halves the way so many times: what changes
// smoothly changes by a half, what jumps by all or nothing.
func (p *Plant) jumpOn(r *run, w *way, h float64, halves int) int {
	end, mid := p.probe[2][:len(w.f)], p.probe[3][:len(w.f)]
	if p.moveTo(r, w, 1); !p.derive(r, w.t+w.span, end) {
		return -1
	}
	worst, most := -1, 1.0
	for j, y := range w.y {
		if d := float64(h*math.Abs(end[j]-w.f[j])) / (p.atol + float64(p.rtol*math.Abs(y))); d > most {
			worst, most = j, d
		}
	}
	if worst < 0 {
		return -1
	}
	a, b := w.f[worst], end[worst]
	whole := math.Abs(b - a)
	for x, size, n := 0.0, 0.5, 0; n < halves; size, n = size/2, n+1 {
		if p.moveTo(r, w, x+size); !p.derive(r, w.t+float64((x+size)*w.span), mid) {
			return -1
		}
		if m := mid[worst]; math.Abs(b-m) > math.Abs(m-a) {
			x, a = x+size, m
		} else {
			b = m
		}
	}
	if math.Abs(b-a) < whole/4 {
		return -1
	}
	return worst
}
