package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A window is a windowed helper at work: delta, mean, integral, rate or age of an
// expression over the last span. It keeps the history of the expression as
// pieces, each a constant or the polynomial of fourth degree that the dense
// output is.
type window struct {
	spec      *windowSpec
	watch     plant.Watch // the cells that the expression reads
	pieces    []piece     // closed, oldest first
	from      vtime.Time  // when the open piece began
	held      float64     // value of the open piece where it is discrete
	sum       float64     // integral up to from
	lastMoved vtime.Time  // when the expression last changed
	touched   bool
	pending   bool
	observers []int32
	hint      int // where find ended: times to find move on slowly
}

// A piece is the expression over [from, to].
type piece struct {
	from, to vtime.Time
	c        [5]float64 // divided differences at the nodes 0, 1/4, 1/2, 3/4, 1
	sum      float64    // integral up to from
	constant bool
}

// maxPieces bounds the history of a window.
const maxPieces = 1 << 17

func newWindow(spec *windowSpec) window { return window{spec: spec} }

func (win *window) open(now vtime.Time) { win.from, win.pending, win.lastMoved = now, true, now }

func (win *window) discrete() bool { return win.watch.View.Empty() }

func (w *world) touchWindow(i int) {
	win := &w.windows[i]
	win.touched = true
	for _, o := range win.observers {
		w.touch(o)
	}
}

// settleWindows begins a new piece in every window whose expression changed.
func (w *world) settleWindows(now vtime.Time) {
	for i := range w.windows {
		win := &w.windows[i]
		if !win.pending {
			continue
		}
		win.pending, win.touched = false, false
		win.close(w, now)
		x := w.plant.Value(&win.watch, win.spec.arg.Eval.Of(), now)
		if win.discrete() && x != win.held {
			win.lastMoved = now
		}
		win.held = x
		win.trim(now)
	}
}

// close ends the open piece at now, while what the expression read is still
// there.
func (win *window) close(w *world, now vtime.Time) {
	if now <= win.from {
		return
	}
	p := piece{from: win.from, to: now, sum: win.sum, constant: win.discrete()}
	if p.constant {
		p.c[0] = win.held
	} else {
		var y [5]float64
		for k := range y {
			y[k] = w.plant.Value(&win.watch, win.spec.arg.Eval.Of(), win.from+(now-win.from)/4*vtime.Time(k))
		}
		y[4] = w.plant.Value(&win.watch, win.spec.arg.Eval.Of(), now)
		p.c = divided(y)
	}
	win.sum += p.integral(now)
	win.from = now
	if n := len(win.pieces); n > 0 && p.constant && win.pieces[n-1].constant && win.pieces[n-1].c[0] == p.c[0] {
		win.pieces[n-1].to = now
		return
	}
	win.pieces = append(win.pieces, p)
}

// trim forgets what no longer lies in the window.
func (win *window) trim(now vtime.Time) {
	done := max(0, win.find(now.Add(-win.spec.span)), len(win.pieces)-maxPieces)
	if done > 256 || done > len(win.pieces)/2 {
		win.pieces = append(win.pieces[:0], win.pieces[done:]...)
		win.hint = max(0, win.hint-done)
	}
}

// horizon returns the next time at which the end of a piece leaves the window:
// there the helper's value may bend or jump.
func (win *window) horizon(now vtime.Time) vtime.Time {
	for i := max(0, win.find(now.Add(-win.spec.span))); i < len(win.pieces); i++ {
		if at := win.pieces[i].to.Add(win.spec.span); at > now {
			return at
		}
	}
	if at := win.from.Add(win.spec.span); at > now {
		return at
	}
	return vtime.Never
}

// value is the helper's value at the time that the frame's column shows.
func (win *window) value(f *signal.Frame) float64 {
	t := vtime.Time(math.Round(f.V[signal.Clock] * 1e9))
	old := max(0, t.Add(-win.spec.span))
	span := vtime.Seconds(t.Sub(old))
	switch win.spec.helper {
	case "age":
		return math.Min(vtime.Seconds(win.spec.span), vtime.Seconds(t.Sub(win.lastMoved)))
	case "delta":
		return win.at(f, t) - win.past(f, old)
	case "rate":
		if span == 0 {
			return 0
		}
		return (win.at(f, t) - win.past(f, old)) / span
	case "integral":
		return win.integral(f, t) - win.integralTo(f, old)
	default: // mean
		if span == 0 {
			return win.at(f, t)
		}
		return (win.integral(f, t) - win.integralTo(f, old)) / span
	}
}

// at is the expression now.
func (win *window) at(f *signal.Frame, _ vtime.Time) float64 { return win.spec.arg.Eval(f.V, 0) }

// past is the expression at an earlier time.
func (win *window) past(f *signal.Frame, t vtime.Time) float64 {
	if i := win.find(t); i >= 0 {
		return win.pieces[i].value(t)
	}
	if win.discrete() {
		return win.held
	}
	return win.at(f, t)
}

// find returns the closed piece that t lies in, the later one at a boundary, or
// -1 where that is the open one.
func (win *window) find(t vtime.Time) int {
	if t >= win.from || len(win.pieces) == 0 {
		return -1
	}
	i := min(win.hint, len(win.pieces)-1)
	for i > 0 && win.pieces[i].from > t {
		i--
	}
	for i+1 < len(win.pieces) && win.pieces[i+1].from <= t {
		i++
	}
	win.hint = i
	return i
}

// integral is the integral of the expression up to now.
func (win *window) integral(f *signal.Frame, t vtime.Time) float64 {
	h := vtime.Seconds(t.Sub(win.from))
	if win.discrete() {
		return win.sum + float64(win.held*h)
	}
	// Within an open continuous piece: trapezoid between its beginning and now.
	begin := win.at(f, t)
	if n := len(win.pieces); n > 0 {
		begin = win.pieces[n-1].value(win.from)
	}
	return win.sum + float64(h*(begin+win.at(f, t))/2)
}

func (win *window) integralTo(f *signal.Frame, t vtime.Time) float64 {
	if i := win.find(t); i >= 0 {
		return win.pieces[i].sum + win.pieces[i].integral(t)
	}
	return win.integral(f, t)
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
		v = p.c[k] + float64(v*(x-float64(k)/4))
	}
	return v
}

// integral integrates the piece from its beginning to t, by the two-point Gauss
// rule on thirds, which is exact to the fourth degree within rounding.
func (p *piece) integral(t vtime.Time) float64 {
	h := vtime.Seconds(t.Sub(p.from))
	if p.constant {
		return p.c[0] * h
	}
	// Boole's rule is exact up to the fifth degree.
	d := t - p.from
	sum := 7*p.value(p.from) + 32*p.value(p.from+d/4) + 12*p.value(p.from+d/2)
	sum += 32*p.value(p.from+d*3/4) + 7*p.value(t)
	return h * sum / 90
}
