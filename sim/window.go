package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A helper is what a window makes of its history.
type helper uint8

const (
	mean helper = iota
	delta
	integral
	rate
	age
)

// straight reports whether the helper goes along straight lines between the
// horizons of a window over what changes in steps. The others do not while the
// run is younger than their span.
func (h helper) straight() bool { return h == delta || h == integral || h == age }

func helperOf(name string) helper {
	return helper(max(0, slices.Index([]string{"mean", "delta", "integral", "rate", "age"}, name)))
}

// A window is a windowed helper at work: delta, mean, integral, rate or age of an
// expression over the last span. It keeps the history of the expression as
// pieces, each a constant or the polynomial of fourth degree that the dense
// output is; the last piece is open: it reaches ahead as far as the present steps
// do, and is cut when something changes.
type window struct {
	spec      *windowSpec
	eval      signal.Eval // of the expression
	watch     plant.Watch // the cells that the expression reads
	pieces    []piece     // oldest first
	lastMoved vtime.Time  // when the expression last changed
	pending   bool
	observers []int32
	hint      int // where find ended: times to find move on slowly
}

// A piece is the expression from a time on, up to the beginning of the next one.
type piece struct {
	from, to vtime.Time // the polynomial is over [from, to]; a constant has no to
	c        [5]float64 // divided differences at the nodes 0, 1/4, 1/2, 3/4, 1
	sum      float64    // integral up to from
	constant bool
}

// maxPieces bounds the history of a window.
const maxPieces = 1 << 17

func newWindow(spec *windowSpec) window { return window{spec: spec, eval: spec.arg.Eval.Of()} }

func (win *window) discrete() bool { return win.watch.View.Empty() }

// stirred says that what a window reads has changed: it begins a new piece, and
// whoever reads it looks.
func (w *world) stirred(i int32) {
	win := &w.windows[i]
	if !win.pending {
		win.pending = true
		w.stirring = append(w.stirring, i)
	}
	for _, o := range win.observers {
		w.touch(o)
	}
}

// settleWindows begins a new piece in every window whose expression changed, or
// whose open piece is over.
func (w *world) settleWindows(now vtime.Time) {
	if now >= w.windowsDue {
		w.overWindows(now)
	}
	if len(w.stirring) == 0 {
		return
	}
	slices.Sort(w.stirring)
	for _, i := range w.stirring {
		win := &w.windows[i]
		win.pending = false
		win.begin(w, now)
		win.trim(now)
		if p := &win.pieces[len(win.pieces)-1]; !p.constant {
			w.windowsDue = min(w.windowsDue, p.to)
		}
	}
	w.stirring = w.stirring[:0]
}

// overWindows finds the windows whose open piece is over.
func (w *world) overWindows(now vtime.Time) {
	w.windowsDue = vtime.Never
	for i := range w.windows {
		win := &w.windows[i]
		if win.pending || len(win.pieces) == 0 {
			continue
		}
		switch p := &win.pieces[len(win.pieces)-1]; {
		case p.constant:
		case now >= p.to:
			win.pending = true
			w.stirring = append(w.stirring, int32(i))
		default:
			w.windowsDue = min(w.windowsDue, p.to)
		}
	}
}

// begin opens a piece at now, in place of one that began just now.
func (win *window) begin(w *world, now vtime.Time) {
	p := piece{from: now, constant: win.discrete()}
	x := w.plant.Value(&win.watch, win.eval, now)
	n := len(win.pieces)
	if n > 0 {
		last := &win.pieces[n-1]
		p.sum = last.sum + last.integral(now)
		if last.from == now {
			win.pieces, n = win.pieces[:n-1], n-1
		}
	}
	if p.constant {
		p.c[0] = x
		if n > 0 && win.pieces[n-1].constant && win.pieces[n-1].c[0] == x {
			return
		}
	} else {
		p.fit(w, win, now, x)
	}
	win.lastMoved = now
	win.pieces = append(win.pieces, p)
	if len(win.observers) == 0 && !p.constant && p.to != vtime.Never {
		// Nobody but a column of the story looks: it must not find the piece over.
		w.kernel.Schedule(p.to, des.Plant, des.Source(w.plan.links-1), w.observe, 0, uint64(nobody))
	}
}

// fit takes the polynomial of the expression as far as the present steps reach,
// and as it is one: a step can be long, and hold a kink, a jump or more turns than
// a polynomial has.
func (p *piece) fit(w *world, win *window, now vtime.Time, x float64) {
	p.to = now.Add(clockChunk)
	if !win.watch.View.Clock {
		p.to = vtime.Never
	}
	for _, is := range win.watch.View.Islands {
		_, end := w.plant.Step(int(is))
		p.to = min(p.to, end)
	}
	if p.through(w, win, x) {
		return
	}
	good, bad := vtime.Time(0), p.to-now
	for good == 0 {
		p.to = now + bad/2
		if p.through(w, win, x) {
			good = bad / 2
		} else {
			bad /= 2
		}
	}
	// Come near to what is in the way, so that a few pieces get there.
	const rounds = 6
	for range rounds {
		p.to = now + good + (bad-good)/2
		if p.through(w, win, x) {
			good = p.to - now
		} else {
			bad = p.to - now
		}
	}
	p.to = now + good
	p.through(w, win, x)
}

// pieceTolerance is how far a piece may be off the expression, as a share of the
// expression's greatest value in it; beyond what the integration may be off.
const pieceTolerance = 1e-8

// through puts the polynomial through five values of the expression over
// [from, to] and reports whether it meets others in between as well.
func (p *piece) through(w *world, win *window, x float64) bool {
	const least = 8 // ns
	eval, span := win.eval, p.to-p.from
	if span <= least {
		p.to = max(p.to, p.from+1)
		p.c = [5]float64{x}
		return true
	}
	y := [5]float64{x}
	scale := math.Abs(x)
	for k := 1; k < 5; k++ {
		t := p.from + span/4*vtime.Time(k)
		if k == 4 {
			t = p.to
		}
		y[k] = w.plant.Value(&win.watch, eval, t)
		scale = max(scale, math.Abs(y[k]))
	}
	p.c = divided(y)
	for _, part := range [...]float64{0.94, 0.57, 0.31, 0.09} { // no multiples of one another
		t := p.from + vtime.Time(part*float64(span))
		if math.Abs(p.value(t)-w.plant.Value(&win.watch, eval, t)) > plant.Atol+float64(pieceTolerance*scale) {
			return false
		}
	}
	return true
}

// trim forgets what no longer lies in the window.
func (win *window) trim(now vtime.Time) {
	done := max(0, win.find(now.Add(-win.spec.span)), len(win.pieces)-maxPieces)
	if done > 256 || done > len(win.pieces)/2 {
		win.pieces = append(win.pieces[:0], win.pieces[done:]...)
		win.hint = max(0, win.hint-done)
	}
}

// horizon returns the next time at which the beginning of a piece leaves the
// window, or the open piece is over: there the helper's value may bend or jump.
func (win *window) horizon(now vtime.Time) vtime.Time {
	next := vtime.Never
	n := len(win.pieces)
	if last := &win.pieces[n-1]; !last.constant && last.to > now {
		next = last.to
	}
	if at := win.lastMoved.Add(win.spec.span); win.spec.helper == age && at > now {
		next = min(next, at)
	}
	for i := max(0, win.find(now.Add(-win.spec.span))); i < n; i++ {
		if at := win.pieces[i].from.Add(win.spec.span); at > now {
			return min(next, at)
		}
	}
	return next
}

// value is the helper's value at the time that the frame's column shows.
func (win *window) value(f *signal.Frame, t vtime.Time) float64 {
	if len(win.pieces) == 0 {
		return 0 // before the run
	}
	old := max(0, t.Add(-win.spec.span))
	switch win.spec.helper {
	case age:
		return math.Min(vtime.Seconds(win.spec.span), vtime.Seconds(t.Sub(win.lastMoved)))
	case delta:
		return win.spec.arg.Eval(f.V, 0) - win.past(old)
	case rate:
		if t == old {
			return 0
		}
		return (win.spec.arg.Eval(f.V, 0) - win.past(old)) / vtime.Seconds(t.Sub(old))
	case integral:
		return win.integral(t) - win.integral(old)
	default: // mean
		if t == old {
			return win.spec.arg.Eval(f.V, 0)
		}
		return (win.integral(t) - win.integral(old)) / vtime.Seconds(t.Sub(old))
	}
}

// past is the expression at an earlier time.
func (win *window) past(t vtime.Time) float64 { return win.pieces[win.find(t)].value(t) }

// integral is the integral of the expression up to a time.
func (win *window) integral(t vtime.Time) float64 {
	p := &win.pieces[win.find(t)]
	return p.sum + p.integral(t)
}

// find returns the piece that t lies in, the later one at a boundary.
func (win *window) find(t vtime.Time) int {
	if last := len(win.pieces) - 1; last < 0 || win.pieces[last].from <= t {
		return last
	}
	i := min(win.hint, len(win.pieces)-1)
	for i > 0 && win.pieces[i].from > t {
		i--
	}
	for i+1 < len(win.pieces) && win.pieces[i+1].from <= t {
		i++
	}
	win.hint = max(0, i)
	return i
}

// divided returns the coefficients of Newton's interpolation at 0, 1/4 ... 1.
func divided(y [5]float64) [5]float64 {
	for k := 1; k < 5; k++ {
		for j := 4; j >= k; j-- {
			y[j] = (y[j] - y[j-1]) * 4 / float64(k)
		}
	}
	return y
}

// value evaluates the piece at t.
func (p *piece) value(t vtime.Time) float64 {
	if p.constant {
		return p.c[0]
	}
	x := float64(t-p.from) / float64(p.to-p.from)
	v := p.c[4]
	for k := 3; k >= 0; k-- {
		v = p.c[k] + float64(v*(x-float64(float64(k)/4)))
	}
	return v
}

// integral integrates the piece from its beginning to t, by Boole's rule, which is
// exact up to the fifth degree.
func (p *piece) integral(t vtime.Time) float64 {
	h := vtime.Seconds(t.Sub(p.from))
	if p.constant {
		return float64(p.c[0] * h)
	}
	d := t - p.from
	sum := float64(7*p.value(p.from)) + float64(32*p.value(p.from+d/4)) + float64(12*p.value(p.from+d/2))
	sum += float64(32*p.value(p.from+d*3/4)) + float64(7*p.value(t))
	return h * sum / 90
}
