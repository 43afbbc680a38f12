package scenarios

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The reactor once more, in minutes, K and mol/L, for an integrator and a linear
// algebra that share nothing with the twin.
const (
	uptake = 5e4 / 239.  // K L/mol, of the heat of reaction
	jacket = 5e4 / 23900 // 1/min, of the coolant
)

// A mixture is what is in the reactor.
type mixture struct{ concentration, temperature float64 }

// rateConstant is the reaction's, in 1/min.
func (x mixture) rateConstant() float64 { return 7.2e10 * math.Exp(-8750/x.temperature) }

func (x mixture) slope(dilution, coolant float64) mixture {
	r := x.rateConstant() * x.concentration
	return mixture{
		dilution*(1-x.concentration) - r,
		dilution*(350-x.temperature) + uptake*r + jacket*(coolant-x.temperature),
	}
}

func (x mixture) along(k mixture, h float64) mixture {
	return mixture{x.concentration + h*k.concentration, x.temperature + h*k.temperature}
}

// step is one of the classical method of Runge and Kutta.
func (x mixture) step(h, dilution, coolant float64) mixture {
	k1 := x.slope(dilution, coolant)
	k2 := x.along(k1, h/2).slope(dilution, coolant)
	k3 := x.along(k2, h/2).slope(dilution, coolant)
	k4 := x.along(k3, h).slope(dilution, coolant)
	return x.along(k1, h/6).along(k2, h/3).along(k3, h/3).along(k4, h/6)
}

// peak is the highest temperature from 0.5 mol/L and 350 K on with the coolant at
// 305 K, and after so many seconds at 280 K, then without feed if it is shut.
func peak(trip float64, shut bool) (highest float64) {
	x, dilution, coolant := mixture{0.5, 350}, 1., 305.
	at := 0.
	for _, end := range []float64{min(trip, 120), 120} {
		steps := math.Ceil((end - at) * 1000)
		for range int(steps) {
			x = x.step((end-at)/steps/60, dilution, coolant)
			highest = max(highest, x.temperature)
		}
		at, coolant = end, 280
		if shut {
			dilution = 0
		}
	}
	return highest
}

// ofLibrary runs a scenario of the library.
func ofLibrary(t *testing.T, name string) *swatRun {
	t.Helper()
	s, err := Load(name)
	require.NoError(t, err)
	return swatPlan(t, s)
}

// TestReactorPeaksByTripPoint: the printed figures were computed with a step of
// their own, and 361.3 and 379.6 cannot be of one time at which 360 K are seen. The
// scan of the twin's safety system comes to within one of their last digit.
func TestReactorPeaksByTripPoint(t *testing.T) {
	for _, c := range []struct {
		name          string
		acts          float64 // s
		shut          bool
		want, printed float64 // K
	}{
		{"trip-355-no-delay", 15.38, true, 355.01, 355.0},
		{"trip-355", 18.38, true, 356.97, 357.0},
		{"trip-355-cooling-only", 18.38, false, 356.97, 357.0},
		{"trip-360-no-delay", 21.72, true, 361.36, 361.3},
		{"trip-360", 24.72, true, 379.56, 379.6},
		{"trip-360-cooling-only", 24.72, false, 421.99, 422.0},
		{"trip-380-no-delay", 30.06, true, 426.45, 426.5},
		{"trip-380", 33.06, true, 437.90, 437.9},
		{"trip-380-cooling-only", 33.06, false, 439.73, 439.7},
		{"trip-point-tampered", 28.26, true, 416.42, 416.4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := ofLibrary(t, "reactor/"+c.name)
			got := r.signal("reactor.temperature").Max()
			assert.Equal(t, []float64{c.acts}, changes(r, "sis.run_tripped", 1))
			assert.InDelta(t, peak(c.acts, c.shut), got, 1e-4, "by another integrator")
			assert.InDelta(t, c.want, got, 0.005)
			assert.InDelta(t, c.printed, got, 0.1)
		})
	}
}

// relay takes the place of the safety system: it needs no scan to see.
const relay = `    relay:
      is: custom
      inputs: {temperature: reactor.temperature}
      signals:
        seen: {start: false}
        held: {start: 0, rate: 'if(seen, 1, 0)'}
        run: {start: true}
        feed: {start: true}
      rules:
        - {when: temperature >= %v, set: {seen: true}}
        - {when: seen and held >= %v, set: {run: false, feed: %v}}
    cooling: {inputs: {energised: {wired: relay.run}}}
    shutoff: {open: {wired: relay.feed}}
`

// TestReactorPeaksWithoutAScan passes the trip point at the nanosecond.
func TestReactorPeaksWithoutAScan(t *testing.T) {
	trials.Long(t)
	free := ofLibrary(t, "reactor/runaway")
	for _, c := range []struct {
		trip, delay float64
		shut        bool
		want        float64
	}{
		{355, 0, true, 355.00}, {355, 3, true, 356.96}, {355, 3, false, 356.96},
		{360, 0, true, 361.33}, {360, 3, true, 379.40}, {360, 3, false, 421.93},
		{380, 0, true, 426.40}, {380, 3, true, 437.87}, {380, 3, false, 439.71},
	} {
		r := reactorAlone(t, nominal, 37.5, fmt.Sprintf(relay, c.trip, c.delay, !c.shut))
		got := r.signal("reactor.temperature").Max()
		assert.InDelta(t, c.want, got, 0.005, "%+v", c)
		assert.InDelta(t, peak(passes(free, c.trip)+c.delay, c.shut), got, 1e-4, "%+v, by another integrator", c)
	}
}

// passes is when the temperature passes a value on its way to the peak, in s.
func passes(r *swatRun, temperature float64) float64 {
	low, high := 0., 34.8
	for range 60 {
		if mid := (low + high) / 2; kelvin(r, mid) < temperature {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

func kelvin(r *swatRun, seconds float64) float64 {
	return r.signal("reactor.temperature").At(vtime.Time(vtime.FromSeconds(seconds)))
}

// nominal is where the reactor starts in the library.
var nominal = mixture{0.5, 350}

// reactorAlone runs the reactor from a state on with a constant opening of TV101,
// in %: its control is overruled and its safety system bypassed.
func reactorAlone(t *testing.T, start mixture, opening float64, devices string) *swatRun {
	t.Helper()
	system, err := os.ReadFile("library/reactor/system.yaml")
	require.NoError(t, err)
	started := strings.NewReplacer(
		"start: 0.5 mol/L\n", fmt.Sprintf("start: %.14f mol/L\n", start.concentration),
		"start: 350 K\n", fmt.Sprintf("start: %.12f K\n", start.temperature),
	).Replace(string(system))
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "system.yaml"), []byte(started), 0o600))
	s, err := Parse(filepath.Join(folder, "alone.yaml"), fmt.Appendf(nil, `scenario: alone
about: The reactor alone
use: system.yaml
run: 1m
system:
  devices:
    sis: {settings: {bypass: true}}
%s
timeline:
  - {at: 0s, attack: command, signal: cooling.demand, value: %v %%, how: force}
`, devices, opening))
	require.NoError(t, err)
	r := &swatRun{History: &sim.History{}, t: t}
	r.Result, err = sim.Run(context.Background(), s.Plan, sim.Record(r.History))
	require.NoError(t, err)
	return r
}

// TestReactorRunsAway: the step of the coolant from 300 K to 305 K.
func TestReactorRunsAway(t *testing.T) {
	trials.Long(t)
	for _, name := range []string{"runaway", "both-layers"} {
		r := ofLibrary(t, "reactor/"+name)
		got := r.signal("reactor.temperature").Max()
		assert.InDelta(t, 441.45, got, 0.005, name)
		assert.InDelta(t, peak(120, true), got, 1e-4, "%s, by another integrator", name)
		assert.InDelta(t, 0.458, passes(r, 370)/60, 5e-4, name)
		assert.InDelta(t, 0.538, passes(r, 400)/60, 5e-4, name)
		highest := 0.
		for ms := 34_000.; ms < 36_000; ms++ {
			if kelvin(r, ms/1000) > kelvin(r, highest) {
				highest = ms / 1000
			}
		}
		assert.InDelta(t, 0.580, highest/60, 5e-4, name)
	}
}

// TestReactorSwingsAboutItsFocus: at 305 K there is one steady state, unstable,
// and the runaway ends in a cycle about it.
func TestReactorSwingsAboutItsFocus(t *testing.T) {
	focus := steadyStates(305)
	require.Len(t, focus, 1)
	assert.InDelta(t, 378.07, focus[0].temperature, 0.005)
	assert.Positive(t, real(focus[0].poles()[0]))
	r := ofLibrary(t, "reactor/runaway")
	var rises []float64
	for second := 60.; second < 490; second++ {
		if kelvin(r, second-1) < focus[0].temperature && kelvin(r, second) >= focus[0].temperature {
			rises = append(rises, second)
		}
	}
	require.Len(t, rises, 3)
	assert.InDelta(t, 131, rises[1]-rises[0], 2)
	assert.InDelta(t, 131, rises[2]-rises[1], 2)
}

// steadyStates are where nothing changes, the coldest first, by bisection.
func steadyStates(coolant float64) (all []mixture) {
	at := func(temperature float64) mixture {
		x := mixture{0, temperature}
		return mixture{1 / (1 + x.rateConstant()), temperature}
	}
	heating := func(temperature float64) bool { return at(temperature).slope(1, coolant).temperature > 0 }
	for temperature := 280.; temperature < 400; temperature++ {
		low, high := temperature, temperature+1
		if heating(low) == heating(high) {
			continue
		}
		for range 60 {
			if mid := (low + high) / 2; heating(mid) == heating(temperature) {
				low = mid
			} else {
				high = mid
			}
		}
		all = append(all, at(low))
	}
	return all
}

// poles are the eigenvalues of the Jacobian, in 1/min, the greater first.
func (x mixture) poles() [2]complex128 {
	k := x.rateConstant()
	quicker := k * x.concentration * 8750 / (x.temperature * x.temperature) // of the reaction, by K
	a, b, c, d := -1-k, -quicker, uptake*k, uptake*quicker-1-jacket
	return roots(a+d, a*d-b*c)
}

// roots are those of x^2 - sum x + product.
func roots(sum, product float64) [2]complex128 {
	half := cmplx.Sqrt(complex(sum*sum/4-product, 0))
	return [2]complex128{complex(sum/2, 0) + half, complex(sum/2, 0) - half}
}

// TestReactorSteadyStates starts the twin at each, where it stays, and beside it,
// where it parts as the poles say.
func TestReactorSteadyStates(t *testing.T) {
	trials.Long(t)
	for _, c := range []struct {
		coolant, temperature, concentration float64
		poles                               [2]complex128 // 1/min, where they were printed
	}{
		{290, 312.66, 0.9519, [2]complex128{}},
		{300, 324.48, 0.8773, [2]complex128{-1.049 + 0.539i, -1.049 - 0.539i}},
		{300, 350.01, 0.4999, [2]complex128{2.834, -0.454}},
		{300, 369.70, 0.2088, [2]complex128{1.357 + 1.540i, 1.357 - 1.540i}},
		{302, 328.70, 0.8348, [2]complex128{}},
		{302, 343.52, 0.6158, [2]complex128{}},
		{302, 373.65, 0.1705, [2]complex128{}},
	} {
		x := nearest(steadyStates(c.coolant), c.temperature)
		assert.InDelta(t, c.temperature, x.temperature, 0.005)
		assert.InDelta(t, c.concentration, x.concentration, 5e-5)
		stays := reactorAlone(t, x, opening(c.coolant), "")
		assert.InDelta(t, x.temperature, kelvin(stays, 30), 1e-6, "%v K", c.temperature)
		if c.poles[0] == 0 {
			continue
		}
		want, got := x.poles(), measuredPoles(t, c.coolant, x)
		for i := range want {
			assert.InDelta(t, 0, cmplx.Abs(got[i]-want[i]), 1e-3, "%v K: %v, not %v", c.temperature, got, want)
			assert.InDelta(t, 0, cmplx.Abs(c.poles[i]-want[i]), 7e-4, "%v K: %v, not %v", c.temperature, want, c.poles)
		}
	}
	assert.Len(t, steadyStates(290), 1)
	assert.Len(t, steadyStates(300), 3)
	assert.Len(t, steadyStates(302), 3)
}

func nearest(all []mixture, temperature float64) (best mixture) {
	for _, x := range all {
		if math.Abs(x.temperature-temperature) < math.Abs(best.temperature-temperature) {
			best = x
		}
	}
	return best
}

// opening is that of TV101 for a temperature of the coolant, in %.
func opening(coolant float64) float64 { return (320 - coolant) / 40 * 100 }

// measuredPoles starts the twin a little above and below a steady state. What is
// linear of how the two part, y, is a sum of two exponentials: then
// y[i+2] = sum y[i+1] - product y[i], of the factors by which they grow in a step.
func measuredPoles(t *testing.T, coolant float64, x mixture) (poles [2]complex128) {
	const aside, step = 0.01, 10. // K, s
	above := reactorAlone(t, mixture{x.concentration, x.temperature + aside}, opening(coolant), "")
	below := reactorAlone(t, mixture{x.concentration, x.temperature - aside}, opening(coolant), "")
	var y [4]float64
	for i := range y {
		y[i] = kelvin(above, float64(i)*step) - kelvin(below, float64(i)*step)
	}
	det := y[1]*y[1] - y[0]*y[2]
	sum := (y[1]*y[2] - y[0]*y[3]) / det
	product := (y[2]*y[2] - y[1]*y[3]) / det
	for i, factor := range roots(sum, product) {
		poles[i] = cmplx.Log(factor) * 60 / step
	}
	return poles
}

// TestReactorAdiabaticRise: without feed and without cooling, heat and what it was
// made of add up: from 1 mol/L at 350 K to nothing at 559.2 K.
func TestReactorAdiabaticRise(t *testing.T) {
	r := reactorAlone(t, mixture{1, 350}, 50, `    shutoff: {starts_open: false, open: {wired: sis.programming}}
    reactor: {signals: {heat_transfer: {start: 0 J/min/K}}}`)
	temperature, concentration := r.signal("reactor.temperature"), r.signal("reactor.concentration")
	assert.InDelta(t, 559.2, temperature.Last(), 0.05)
	assert.InDelta(t, 209.205, temperature.Last()-350, 5e-4)
	for second := range 60 {
		at := vtime.Time(vtime.FromSeconds(float64(second)))
		assert.InDelta(t, 350+uptake, temperature.At(at)+uptake*concentration.At(at)/1000, 1e-5)
	}
}

// TestReactorIsHeldByItsControl: of a feed that comes 5 K colder the loop leaves
// nothing, by its integral; 5 K of feed are 5/2.092 K of coolant.
func TestReactorIsHeldByItsControl(t *testing.T) {
	r := ofLibrary(t, "reactor/normal")
	assert.InDelta(t, 350, kelvin(r, 719), 0.01)
	coolant := r.signal("cooling.temperature").At(vtime.Time(719 * vtime.Second))
	balance := mixture{0, 350}
	balance.concentration = 1 / (1 + balance.rateConstant())
	assert.InDelta(t, 300+(5-balance.slope(1, 300).temperature)/jacket, coolant, 0.02)
}
