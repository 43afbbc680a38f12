package plume

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// briggs is table 4.5 of Hanna, Briggs and Hosker once more.
var briggs = map[string]struct{ across, up func(x float64) float64 }{
	"A": {wide(0.22), func(x float64) float64 { return 0.20 * x }},
	"B": {wide(0.16), func(x float64) float64 { return 0.12 * x }},
	"C": {wide(0.11), func(x float64) float64 { return 0.08 * x * math.Pow(1+0.0002*x, -0.5) }},
	"D": {wide(0.08), func(x float64) float64 { return 0.06 * x * math.Pow(1+0.0015*x, -0.5) }},
	"E": {wide(0.06), func(x float64) float64 { return 0.03 * x * math.Pow(1+0.0003*x, -1) }},
	"F": {wide(0.04), func(x float64) float64 { return 0.016 * x * math.Pow(1+0.0003*x, -1) }},
}

func wide(share float64) func(x float64) float64 {
	return func(x float64) float64 { return share * x * math.Pow(1+0.0001*x, -0.5) }
}

// drawn is a release of any sort.
func drawn(t *rapid.T) (r release, name string, x float64) {
	name = rapid.SampledFrom([]string{"A", "B", "C", "D", "E", "F"}).Draw(t, "class")
	r = release{class: classes[name], wind: rapid.Float64Range(1, 20).Draw(t, "wind"), height: rapid.Float64Range(0, 200).Draw(t, "height")}
	return r, name, math.Pow(10, rapid.Float64Range(2, 4).Draw(t, "decades downwind"))
}

func TestSpreadsAsBriggsHasIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, name, x := drawn(t)
		across, up := r.class.spread(x)
		assert.InEpsilon(t, briggs[name].across(x), across, 1e-12)
		assert.InEpsilon(t, briggs[name].up(x), up, 1e-12)
	})
}

// At 1 km sy is 76 m and sz 38 m with D, 38 and 12 with F: read off the curves of Briggs.
func TestSpreadAtAKilometre(t *testing.T) {
	for name, want := range map[string][2]float64{"D": {76, 38}, "F": {38, 12}} {
		k := classes[name]
		across, up := k.spread(1000)
		assert.InDelta(t, want[0], across, 0.5, name)
		assert.InDelta(t, want[1], up, 0.5, name)
	}
}

// Nothing is lost: what goes through a plane across the wind is what goes out, by Simpson's rule over the plane.
func TestMassIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, name, x := drawn(t)
		rate := rapid.Float64Range(0.001, 100).Draw(t, "rate")
		wide, high := 8*briggs[name].across(x), r.height+8*briggs[name].up(x)
		flux := simpson(-wide, wide, func(y float64) float64 {
			return simpson(0, high, func(z float64) float64 { return r.wind * r.density(rate, x, y, z) })
		})
		assert.InEpsilon(t, rate, flux, 1e-6)
	})
}

// simpson is an integral by so many steps that a bell of a hundredth of the way is no trouble.
func simpson(from, to float64, of func(x float64) float64) (sum float64) {
	const steps = 400
	h := (to - from) / steps
	for i := 0; i <= steps; i++ {
		weight := 2.0
		switch {
		case i == 0 || i == steps:
			weight = 1
		case i%2 == 1:
			weight = 4
		}
		sum += weight * of(from+float64(i)*h)
	}
	return sum * h / 3
}

// Both sides are alike, and nobody has more than who is on the axis; nothing leaves through the ground.
func TestSidesAndGround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, name, x := drawn(t)
		y := rapid.Float64Range(0, 5).Draw(t, "widths across") * briggs[name].across(x)
		z := rapid.Float64Range(0, 300).Draw(t, "up")
		there := r.density(1, x, y, z)
		assert.Equal(t, there, r.density(1, x, -y, z))
		assert.LessOrEqual(t, there, r.density(1, x, 0, z))
		up := briggs[name].up(x)
		slope := (r.density(1, x, 0, 1e-4*up) - r.density(1, x, 0, 0)) / (1e-4 * up)
		assert.LessOrEqual(t, math.Abs(slope)*up, 2e-3*r.density(1, x, 0, r.height), "no gradient at the ground, so no flux through it")
	})
}

// On the ground below the axis a release of a height h, in air in which the spread both ways is in
// proportion to x, is at its most where sz = h / sqrt 2, with 2 Q sz / (pi e u h^2 sy): Sutton 1947.
func TestMostOnTheGround(t *testing.T) {
	r := release{class: class{across: 0.1, up: 0.05}, wind: 3, height: 60}
	at := r.height / math.Sqrt2 / r.class.up
	most, where := 0.0, 0.0
	for x := 101.0; x < 5000; x++ {
		// The spread across is not quite in proportion: that is taken out.
		if c := r.density(1, x, 0, 0) / math.Sqrt(1+1e-4*x); c > most {
			most, where = c, x
		}
	}
	assert.InDelta(t, at, where, 1)
	assert.InEpsilon(t, 2*0.05/0.1/(math.Pi*math.E*3*60*60), most, 1e-5)
}

// Out of a source on the ground the axis has Q / (pi u sy sz).
func TestAxisOnTheGround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, name, x := drawn(t)
		r.height = 0
		want := 1 / (math.Pi * r.wind * briggs[name].across(x) * briggs[name].up(x))
		assert.InEpsilon(t, want, r.density(1, x, 0, 0), 1e-12)
	})
}

// Outside of where the formulas hold it is no less than at their ends, on the axis; and all is a number.
func TestBeyondTheFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, _, _ := drawn(t)
		near := rapid.Float64Range(0, 100).Draw(t, "near")
		assert.GreaterOrEqual(t, r.density(1, near, 0, 0), r.density(1, 100, 0, 0))
		far := rapid.Float64Range(1e4, 1e308).Draw(t, "far")
		assert.GreaterOrEqual(t, r.density(1, far, 0, 0), r.density(1, 1e4, 0, 0))
		any := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, 1e-300, -1e300, math.MaxFloat64, math.NaN()}))
		c := r.density(any.Draw(t, "rate"), any.Draw(t, "x"), rapid.Float64().Draw(t, "y"), rapid.Float64Range(0, 1000).Draw(t, "z"))
		if !(c >= 0 && c <= math.MaxFloat64) {
			t.Fatalf("%v kg/m3", c)
		}
	})
	r := release{class: classes["F"], wind: 1.5}
	assert.Zero(t, r.density(1, -100, 0, 0), "upwind")
	assert.Zero(t, r.density(-1, 100, 0, 0))
	assert.Equal(t, r.density(1, 1, 0, 0), r.density(1, 0.01, 0, 0), "nearer than a metre")
	assert.Equal(t, r.density(1, 1, 0, 0), r.density(1, 0, 0, 0), "at the leak itself")
	assert.Equal(t, r.density(1, 100, 30, 0), r.density(1, 0, 30, 0), "beside it")
	assert.Zero(t, r.density(1, -math.SmallestNonzeroFloat64, 0, 0), "upwind")
}
