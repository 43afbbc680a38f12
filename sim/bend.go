package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// courseTolerance is how far the polynomial of what is computed may be off it, as a
// share of the greatest value in it; or, where that is next to nothing, as a hundredth of
// that share of the greatest value it had so far: what is left of a difference is noise.
const courseTolerance = 1e-8

// tolerance is how far the course of one of the signals may be off at a value.
func (c *course) tolerance(i int, y float64) float64 {
	return plant.Atol + float64(courseTolerance*max(math.Abs(y), c.greatest[i]/100))
}

// smoothly is up to how many tolerances a polynomial may be off at twice its length where
// what it follows neither bends nor jumps.
const smoothly = 1 << 12

// mostPieces bounds in how many pieces a course is told at a time.
const mostPieces = 64

// trace tells the course of what is computed and does not go along one polynomial: in
// pieces, which end where it bends or jumps, or where it goes along another one. Of those the
// next is looked for at lengths like that of the last.
func (c *course) trace(w *world, i int, told Course) {
	end, length := told.To, told.To-told.From
	for n := 0; told.From < end; n++ {
		if told.To = min(end, told.From+length); n >= mostPieces {
			told.To = end
		}
		switch {
		case c.fits(w, i, &told) || n >= mostPieces:
			length = 4 * (told.To - told.From)
		case c.narrow(w, i, &told):
			length = 2 * (told.To - told.From)
		default:
			length = end - told.From
		}
		w.record.Course(c.slots[i], told)
		told.From = told.To
	}
}

// narrow ends a span where no polynomial fits over all of it: where it goes along another
// one, which is smooth, or shortly before what is in the way, or after it, where that is at its
// beginning.
func (c *course) narrow(w *world, i int, told *Course) (smooth bool) {
	good, bad := *told, told.To
	for fits := false; !fits; {
		bad = good.To
		good.To = good.From + (good.To-good.From)/2
		if good.To == good.From {
			told.To = told.From + 1
			c.fits(w, i, told)
			return false
		}
		fits = c.fits(w, i, &good)
	}
	if !c.off(w, i, &good.Curve, bad, smoothly) {
		*told = good
		return true
	}
	lo, hi := good.To, bad // what is in the way lies between, as far as one can see
	for hi-lo > 1 {
		t := lo + (hi-lo)/2
		if c.off(w, i, &good.Curve, t, 64) {
			hi = t
		} else {
			lo = t
		}
	}
	if told.To = lo; lo == good.To || !c.fits(w, i, told) {
		*told = good
	}
	return false
}

// off reports whether a polynomial is off a signal by more than some times the
// tolerance.
func (c *course) off(w *world, i int, curve *plant.Curve, t vtime.Time, times float64) bool {
	w.plant.Show(c.view(w, i), t)
	y := w.store.V[c.slots[i]]
	return math.Abs(curve.Beyond(t)-y) > float64(times*c.tolerance(i, y))
}

// fits puts the polynomial through five values of a signal and reports whether it meets
// others in between as well.
func (c *course) fits(w *world, i int, told *Course) bool {
	var y [5]float64
	slot, view := c.slots[i], c.view(w, i)
	span, scale := told.To-told.From, 0.0
	for k := range y {
		t := told.From + span/4*vtime.Time(k)
		if k == 4 {
			t = told.To
		}
		w.plant.Show(view, t)
		y[k] = w.store.V[slot]
		scale = max(scale, math.Abs(y[k]))
	}
	if told.Curve = plant.Through(told.From, told.To, y); scale-scale != 0 {
		return true // not a number, or without bounds
	}
	c.greatest[i] = max(c.greatest[i], scale)
	for _, part := range [...]float64{0.94, 0.57, 0.31, 0.09} { // no multiples of one another
		t := told.From + vtime.Time(part*float64(span))
		w.plant.Show(view, t)
		if math.Abs(told.Curve.At(t)-w.store.V[slot]) > c.tolerance(i, scale) {
			return false
		}
	}
	return true
}
