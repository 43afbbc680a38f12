package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// perHour makes kmol/h of what a run has in mol/s.
const perHour = 3.6

// TestTennesseeSteadyState has the published figures, and its balances are closed.
func TestTennesseeSteadyState(t *testing.T) {
	r := ofLibrary(t, "tennessee/normal")
	first := func(name string) float64 { return r.signal("plant." + name).First() }
	flows := [4]float64{}
	for i, want := range []float64{201.426, 5.620, 7.046, 100.0} {
		flows[i] = first([]string{"flow1", "flow2", "flow3", "flow4"}[i]) * perHour
		assert.InDelta(t, want, flows[i], 5e-4)
	}
	assert.InDelta(t, 2700e3, first("pressure"), 1e-6)
	assert.InDelta(t, 0.44177, first("level"), 5e-6)
	assert.InDelta(t, 0.47, first("share_a"), 1e-12)
	assert.InDelta(t, 0.1429, first("share_b"), 5e-5)
	assert.InDelta(t, 0.3871, first("share_c"), 5e-5)
	reaction := first("reaction") * perHour
	for _, residual := range []float64{
		0.485*flows[0] + flows[1] - first("share_a")*flows[2] - reaction,
		0.005*flows[0] - first("share_b")*flows[2],
		0.51*flows[0] - first("share_c")*flows[2] - reaction,
		reaction - flows[3],
	} {
		assert.Less(t, math.Abs(residual), 1e-13)
	}
	for _, name := range []string{"a", "b", "c", "d", "pressure"} {
		last := r.signal("plant." + name).Last()
		assert.InEpsilon(t, first(name), last, 1e-9, "12 h later")
	}
}

// TestTennesseeFigures has what was computed by others; a fact's tolerance is half
// of its last digit.
func TestTennesseeFigures(t *testing.T) {
	after := func(t *testing.T, r *swatRun, name string) float64 { return violatedAt(t, r, name)/3600 - 1 }
	for name, facts := range map[string]func(t *testing.T, r *swatRun) []fact{
		"feed-open": func(t *testing.T, r *swatRun) []fact {
			return []fact{
				{"h to 2900 kPa; by steps of 0.002 h it is 0.064", after(t, r, "below-2900"), 0.0634, 5e-5},
				{"h to 3000 kPa", after(t, r, "no-shutdown"), 0.100, 5e-4},
			}
		},
		"feed-open-purge-shut": func(t *testing.T, r *swatRun) []fact {
			return []fact{{"h to 3000 kPa", after(t, r, "no-shutdown"), 0.094, 5e-4}}
		},
		"pressure-frozen": func(t *testing.T, r *swatRun) []fact {
			return []fact{
				{"h to 3000 kPa", after(t, r, "no-shutdown"), 16.3, 0.05},
				{"the purge in the end", r.signal("purge.position").Last(), 0, 1e-9},
			}
		},
		"pressure-frozen-at-set-point": func(t *testing.T, r *swatRun) []fact {
			return []fact{
				{"Pa at most", r.signal("plant.pressure").Max(), 2700e3, 1e-3},
				{"Pa at least", r.signal("plant.pressure").Min(), 2700e3, 1e-3},
			}
		},
		"product-zero": func(t *testing.T, r *swatRun) []fact {
			return []fact{
				{"kPa at most", r.signal("plant.pressure").Max() / 1000, 2904, 0.5},
				{"kPa in the end", r.signal("plant.pressure").Last() / 1000, 2900, 0.05},
				{"kmol/h taken back", r.signal("control.trim").Last() * perHour, -100, 0.05},
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range facts(t, ofLibrary(t, "tennessee/"+name)) {
				assert.InDelta(t, f.want, f.got, f.tolerance, f.what)
			}
		})
	}
}

// A ricker is the plant once more, in h, kmol and %, for an integrator that shares
// nothing with the twin: A, B, C and D, then the four valves.
type ricker [8]float64

func (x ricker) pressure() float64 { return (x[0] + x[1] + x[2]) * 8.314 * 373 / (122 - x[3]/8.3) }
func (x ricker) product() float64  { return 0.0417 * x[7] * math.Sqrt(x.pressure()-100) }
func (x ricker) shareA() float64   { return 100 * x[0] / (x[0] + x[1] + x[2]) }

// slope is for a share of A in feed 1 and what the control asks of three valves.
func (x ricker) slope(feedA float64, asked [3]float64) (d ricker) {
	p, gas := x.pressure(), x[0]+x[1]+x[2]
	feed, extra, purge := 3.3046*x[4], 0.2246*x[5], 0.00352*x[6]*math.Sqrt(p-100)
	reaction := 0.00117 * math.Pow(x[0]/gas*p, 1.2) * math.Pow(x[2]/gas*p, 0.4)
	d[0] = feedA*feed + extra - x[0]/gas*purge - reaction
	d[1] = 0.005*feed - x[1]/gas*purge
	d[2] = (0.995-feedA)*feed - x[2]/gas*purge - reaction
	d[3] = reaction - x.product()
	level := x[3] / 8.3 / 30 * 100
	for i, to := range []float64{asked[0], asked[1], asked[2], 47.03024823457651 - 1.4*(44.17670682730923-level)} {
		d[4+i] = (min(100, max(0, to)) - x[4+i]) / 2.77e-3
	}
	return d
}

func (x ricker) along(k ricker, h float64) ricker {
	for i := range x {
		x[i] += h * k[i]
	}
	return x
}

// step is one of the classical method of Runge and Kutta.
func (x ricker) step(h, feedA float64, asked [3]float64) ricker {
	k1 := x.slope(feedA, asked)
	k2 := x.along(k1, h/2).slope(feedA, asked)
	k3 := x.along(k2, h/2).slope(feedA, asked)
	k4 := x.along(k3, h).slope(feedA, asked)
	return x.along(k1, h/6).along(k2, h/3).along(k3, h/3).along(k4, h/6)
}

// rickerControl is the published one: the last errors, what it took back, what it asks.
type rickerControl struct {
	room, trim float64
	errors     [3]float64
	asked      [3]float64
}

func (c *rickerControl) scan(product, pressure, shareA float64) {
	room := 2900 - pressure
	c.trim = min(0, c.trim+0.7*(room-c.room+0.1*room/3))
	c.room = room
	for i, loop := range [3]struct{ wanted, told, gain, reset float64 }{
		{100 + c.trim, product, 0.1, 1}, {47, shareA, 2, 3}, {2700, pressure, -0.25, 1.5},
	} {
		e := loop.wanted - loop.told
		c.asked[i] = min(100, max(0, c.asked[i]+loop.gain*(e-c.errors[i]+0.1*e/loop.reset)))
		c.errors[i] = e
	}
}

// ricks runs the loop for so many hours and returns the highest pressure and when
// 3000 kPa were passed, in h. The control hears what is 30 s old, of A 0.1 h; told
// may lie to it from 1 h on, and then feed 1 has a share of A of its own.
func ricks(hours int, feedA float64, told func(product, pressure float64) (float64, float64)) (highest, passed float64) {
	const steps = 360 // of 1 s, between two scans
	x := ricker{
		44.49999958429348, 13.53296996509594, 36.64788062995841, 110,
		60.95327313484253, 25.02232231706676, 39.25777017606444, 47.03024823457651,
	}
	control := rickerControl{room: 200, asked: [3]float64{x[4], x[5], x[6]}}
	heard, sampled := x, x
	for i := range hours * 10 * steps {
		share := 0.485
		if i >= 10*steps {
			share = feedA
		}
		if i%steps == 0 {
			product, pressure := heard.product(), heard.pressure()
			if i > 10*steps {
				product, pressure = told(product, pressure)
			}
			control.scan(product, pressure, sampled.shareA())
			sampled = x
		}
		if (i+30)%steps == 0 {
			heard = x
		}
		x = x.step(1./3600, share, control.asked)
		highest = max(highest, x.pressure())
		if passed == 0 && x.pressure() >= 3000 {
			passed = float64(i+1) / 3600
		}
	}
	return highest, passed
}

func TestTennesseeByAnotherIntegrator(t *testing.T) {
	trials.Long(t)
	r := ofLibrary(t, "tennessee/pressure-frozen")
	_, passed := ricks(20, 0.485, func(product, _ float64) (float64, float64) { return product, 2600 })
	assert.InDelta(t, passed, violatedAt(t, r, "no-shutdown")/3600, 1.5/3600, "its step is 1 s")

	r = ofLibrary(t, "tennessee/product-zero")
	highest, _ := ricks(40, 0.485, func(_, pressure float64) (float64, float64) { return 0, pressure })
	assert.InDelta(t, highest, r.signal("plant.pressure").Max()/1000, 1e-3)

	r = ofLibrary(t, "tennessee/less-a")
	highest, _ = ricks(20, 0.45, func(product, pressure float64) (float64, float64) { return product, pressure })
	assert.InDelta(t, highest, r.signal("plant.pressure").Max()/1000, 1e-3)
}
