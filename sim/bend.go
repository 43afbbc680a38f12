package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// courseTolerance is how far the polynomial of what is computed may be off it, as a
// share of the greatest value in it.
const courseTolerance = 1e-8

// mostPieces bounds in how many pieces a course is told at a time.
const mostPieces = 64

// trace tells the course of what is computed and does not go along one polynomial: in
// pieces, which end where it bends or jumps.
func (c *course) trace(w *world, slot signal.Slot, told Course) {
	end := told.To
	for n := 0; told.From < end; n++ {
		told.To = end
		if fits := c.fits(w, slot, &told); !fits && n < mostPieces {
			c.narrow(w, slot, &told)
		}
		w.record.Course(slot, told)
		told.From = told.To
	}
}

// narrow ends a span where no polynomial fits over all of it shortly before what is in
// the way, or, where that is at its beginning, after it.
func (c *course) narrow(w *world, slot signal.Slot, told *Course) {
	good, bad := *told, told.To
	for fits := false; !fits; {
		bad = good.To
		good.To = good.From + (good.To-good.From)/2
		if good.To == good.From {
			told.To = told.From + 1
			c.fits(w, slot, told)
			return
		}
		fits = c.fits(w, slot, &good)
	}
	lo, hi := good.To, bad // what is in the way lies between, as far as one can see
	for hi-lo > 1 {
		t := lo + (hi-lo)/2
		if c.off(w, slot, &good.Curve, t, 64) {
			hi = t
		} else {
			lo = t
		}
	}
	if told.To = lo; lo == good.To || !c.fits(w, slot, told) {
		*told = good
	}
}

// off reports whether a polynomial is off a signal by more than some times the
// tolerance.
func (c *course) off(w *world, slot signal.Slot, curve *plant.Curve, t vtime.Time, times float64) bool {
	w.plant.Show(&c.watch.View, t)
	y := w.store.V[slot]
	return math.Abs(curve.Beyond(t)-y) > float64(times*(plant.Atol+float64(courseTolerance*math.Abs(y))))
}

// fits puts the polynomial through five values of a signal and reports whether it meets
// others in between as well.
func (c *course) fits(w *world, slot signal.Slot, told *Course) bool {
	var y [5]float64
	span, scale := told.To-told.From, 0.0
	for k := range y {
		t := told.From + span/4*vtime.Time(k)
		if k == 4 {
			t = told.To
		}
		w.plant.Show(&c.watch.View, t)
		y[k] = w.store.V[slot]
		scale = max(scale, math.Abs(y[k]))
	}
	if told.Curve = plant.Through(told.From, told.To, y); scale-scale != 0 {
		return true // not a number, or without bounds
	}
	for _, part := range [...]float64{0.94, 0.57, 0.31, 0.09} { // no multiples of one another
		t := told.From + vtime.Time(part*float64(span))
		w.plant.Show(&c.watch.View, t)
		if math.Abs(told.Curve.At(t)-w.store.V[slot]) > plant.Atol+float64(courseTolerance*scale) {
			return false
		}
	}
	return true
}
