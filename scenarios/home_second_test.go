package scenarios

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A dwelling is the house and the blood of who is in it once more, in degC, ppm, % and hours, for
// an integrator that shares nothing with the twins: how warm it is, carbon monoxide, COHb.
type dwelling [3]float64

// slope is how fast it changes with so many kW, m3/h of carbon monoxide, degC outside.
func (x dwelling) slope(kW, monoxide, outside float64, open, inside bool) dwelling {
	loss, changes, breathes := 0.2, 0.5, x[1] // kW/K, 1/h, ppm
	if open {
		loss, changes = loss+1.206*250*10/3600, changes+10
	}
	if !inside {
		breathes = 0
	}
	ends := 218 * (0.007*0.0404 + breathes/1316)
	return dwelling{
		((outside-x[0])*loss + kW) * 3600 / 1e4,
		monoxide/250*(1e6-x[1]) - changes*x[1],
		(ends - x[2]) / (2398 * 0.0404 / 60),
	}
}

// pass lets so many hours pass by the classical method of Runge and Kutta.
func (x dwelling) pass(hours float64, slope func(dwelling) dwelling) dwelling {
	along := func(k dwelling, h float64) dwelling {
		y := x
		for i := range y {
			y[i] += h * k[i]
		}
		return y
	}
	steps := math.Ceil(hours * 200)
	for range int(steps) {
		h := hours / steps
		k1 := slope(x)
		k2 := slope(along(k1, h/2))
		k3 := slope(along(k2, h/2))
		k4 := slope(along(k3, h))
		for i := range x {
			x[i] += h / 6 * (k1[i] + 2*k2[i] + 2*k3[i] + k4[i])
		}
		x[2] = min(x[2], 100) // no more than all of the blood
	}
	return x
}

// TestHomeByAnotherIntegrator gives the house what the boiler gave, and opens what was opened.
func TestHomeByAnotherIntegrator(t *testing.T) {
	for _, name := range []string{"normal", "freeze", "overheat", "flue-blocked", "alarm-suppressed", "gas-held-open", "gas-held-open-hushed", "opened-by-replay"} {
		r := ofLibrary(t, "home/"+name)
		power, monoxide, outside := r.signal("boiler.power"), r.signal("boiler.monoxide"), r.signal("weather.outside")
		windows, door, inside := r.signal("windows.open"), r.signal("door.open"), r.signal("door.inside")
		var edges []vtime.Time
		for _, s := range []*sim.Signal{power, monoxide, windows, door, inside} {
			for _, c := range s.Changes {
				edges = append(edges, c.At)
			}
		}
		edges = append(edges, r.Ended)
		slices.Sort(edges)
		x, worst := dwelling{21, 0, 218 * 0.007 * 0.0404}, dwelling{}
		for i, at := range slices.Compact(edges)[1:] {
			from := slices.Compact(edges)[i]
			open := windows.At(from) > 0 || door.At(from) > 0
			x = x.pass((at-from).Seconds()/3600, func(x dwelling) dwelling {
				return x.slope(power.At(from)/1000, monoxide.At(from)*3600, outside.At(from)-273.15, open, inside.At(from) > 0)
			})
			got := dwelling{r.signal("house.temperature").At(at) - 273.15, r.signal("house.co").At(at) * 1e6, r.signal("maria.cohb").At(at) * 100}
			for k := range worst {
				worst[k] = max(worst[k], math.Abs(x[k]-got[k]))
			}
		}
		assert.InDelta(t, 0, worst[0], 1e-5, "%s, degC", name)
		assert.InDelta(t, 0, worst[1], 1e-4, "%s, ppm", name)
		assert.InDelta(t, 0, worst[2], 1e-5, "%s, %%", name)
		assert.Greater(t, len(edges), 5, name)
	}
}

// TestHomeSolvers: by another method no verdict changes, and neither does a figure of harm.
func TestHomeSolvers(t *testing.T) {
	for _, name := range []string{"normal", "freeze", "overheat-protected", "gas-held-open", "gas-held-open-hushed", "opened-by-replay"} {
		explicit, implicit := homeSolved(t, name, "explicit"), homeSolved(t, name, "implicit")
		require.NotEqual(t, explicit.Digest, implicit.Digest, "it is another method")
		require.Len(t, implicit.Invariants, len(explicit.Invariants))
		for i, a := range explicit.Invariants {
			b := implicit.Invariants[i]
			assert.Equal(t, a.Verdict, b.Verdict, "%s: %s", name, a.Name)
			if a.Verdict == b.Verdict && len(a.Violations) > 0 {
				assert.InDelta(t, a.At.Seconds(), b.At.Seconds(), 1e-2, "%s: %s", name, a.Name)
			}
		}
		a, b := &explicit.Harm[0], &implicit.Harm[0]
		assert.Equal(t, a.Severity, b.Severity, name)
		if a.At != vtime.Never {
			assert.InDelta(t, a.At.Seconds(), b.At.Seconds(), 1e-2, name)
		}
		for k := range a.Margins {
			assert.InEpsilon(t, a.Margins[k].Margin, b.Margins[k].Margin, 1e-6, name)
		}
	}
}

// homeSolved runs a scenario with a solver for the house, the blood and the alarm.
func homeSolved(t *testing.T, name, solver string) *swatRun {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("library", "home", name+".yaml"))
	require.NoError(t, err)
	with := fmt.Sprintf("system:\n  devices:\n    house: {solver: %[1]s}\n    maria: {solver: %[1]s}\n    coalarm: {solver: %[1]s}\n", solver)
	whole := strings.Replace(string(text), "system:\n  devices:\n", with, 1)
	if whole == string(text) {
		whole = strings.Replace(whole, "timeline:\n", with+"timeline:\n", 1)
	}
	s, err := Parse(filepath.Join("library", "home", name+"-by-another.yaml"), []byte(whole))
	require.NoError(t, err)
	return swatPlan(t, s)
}
