package person_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

// airs runs a person in air that a script makes, in K and, where there is any, in m/s.
func airs(t *testing.T, run vtime.Duration, s person.Spec, air, wind []simtest.Point) *simtest.Played {
	t.Helper()
	d, err := person.New(s)
	require.NoError(t, err)
	d, err = d.(device.Fitter).Fit(func(input string) bool { return input == "temperature" || input == "wind" && wind != nil })
	require.NoError(t, err)
	scene := simtest.Scene{
		Run: run, Every: run,
		Devices: map[string]device.Device{"anna": d, "air": simtest.Script{Unit: unit.Kelvin, Values: map[string][]simtest.Point{"is": air}}},
		Wires:   map[string]string{"anna.temperature": "air.is"},
	}
	if wind != nil {
		scene.Devices["wind"] = simtest.Script{Unit: unit.MetrePerSecond, Values: map[string][]simtest.Point{"is": wind}}
		scene.Wires["anna.wind"] = "wind.is"
	}
	return scene.Play(t)
}

// patient is who minds no hours of bad air.
func patient() person.Spec {
	s := spec()
	s.Lasts = 24 * vtime.Hour
	return s
}

// 100 degC are borne for 475.47 s (ISO 13571), of which 0.1, 0.3, 1 and 7.7 times harm, whatever lasts is.
func TestHotAirAddsUp(t *testing.T) {
	borne := 60 * 5e7 * math.Pow(100, -3.4)
	assert.InDelta(t, 475.47, borne, 0.005)
	got := changes(airs(t, 2*vtime.Hour, patient(), simtest.Steps(0, 373.15), nil), "anna.temperature_harm")
	require.Len(t, got, 5, "%v", got)
	for i, times := range []float64{0.1, 0.3, 1, 7.7} {
		assert.InDelta(t, times*borne, got[i+1][0], 1e-6)
		assert.Equal(t, float64(i+1), got[i+1][1])
	}
}

// From 20 degC it becomes hotter by 0.1 K a second, to 200 degC: from 43.3 degC on, where the heat index ends, the
// dose is (T^4.4 - 43.3^4.4) / (4.4 * 0.1 * 3e9).
func TestHotAirGrows(t *testing.T) {
	p := exposed(t, 1800*second, patient(), map[string]ramp{"temperature": {"degC", 293.15, 0.1}})
	want := (math.Pow(200, 4.4) - math.Pow(130./3, 4.4)) / (4.4 * 0.1 * 3e9)
	assert.InEpsilon(t, want, p.At("anna.hot_air", 1800*second), 1e-9)
	p = exposed(t, 233*second, patient(), map[string]ramp{"temperature": {"degC", 293.15, 0.1}}) // to 43.3 degC
	assert.Zero(t, p.At("anna.hot_air", 233*second))
}

// Skin freezes in still air of -30 degC after 9.16 min, in a wind of 40 km/h after 6.16; half of that is slight, twice
// as much is irreversible, and no more of it comes.
func TestFrostAddsUp(t *testing.T) {
	for wind, still := range map[float64]float64{0: 9.16, 40: 6.16} {
		freezes := 60 * (2111 - 24.5*(0.667*wind+4.8)) * math.Pow(25.2, -1.668)
		assert.InDelta(t, still, freezes/60, 0.005)
		var blows []simtest.Point
		if wind > 0 {
			blows = simtest.Steps(0, wind/3.6)
		}
		got := changes(airs(t, 2*vtime.Hour, patient(), simtest.Steps(0, 243.15), blows), "anna.temperature_harm")
		require.Len(t, got, 4, "%v", got)
		for i, times := range []float64{0.5, 1, 2} {
			assert.InDelta(t, times*freezes, got[i+1][0], 1e-6)
			assert.Equal(t, float64(i+1), got[i+1][1])
		}
	}
}

// From 0 degC it becomes colder by 0.1 K a second, to -60 degC: from -4.8 degC on the dose is, in still air,
// (-4.8 - T)^2.668 / (2.668 * 0.1 * 60 * 1993.4).
func TestFrostGrows(t *testing.T) {
	p := exposed(t, 600*second, patient(), map[string]ramp{"temperature": {"degC", 273.15, -0.1}})
	assert.InEpsilon(t, math.Pow(55.2, 2.668)/(2.668*0.1*60*1993.4), p.At("anna.frost", 600*second), 1e-9)
	p = exposed(t, 48*second, patient(), map[string]ramp{"temperature": {"degC", 273.15, -0.1}})
	assert.Zero(t, p.At("anna.frost", 48*second))
}

// A dose is the same wherever the steps of the integration end: in air that is told anew every 0.37 s, at the same
// temperature, and in air that is as hot or cold for the same time, but in pieces.
func TestDosesOfAirKnowNoSteps(t *testing.T) {
	for signal, c := range map[string][2]float64{"hot_air": {293.15, 353.15}, "frost": {293.15, 233.15}} {
		rest, peak := c[0], c[1]
		at := func(points []simtest.Point) float64 {
			return airs(t, 40*second, patient(), points, nil).At("anna."+signal, 40*second)
		}
		var anew, pieces []float64
		for x := 0.0; x < 40; x += 0.37 {
			anew = append(anew, x, peak)
		}
		for x := 0.0; x < 40; x++ {
			pieces = append(pieces, x, rest, x+0.75, peak)
		}
		whole := at(simtest.Steps(0, peak))
		assert.InEpsilon(t, whole, at(simtest.Steps(anew...)), 1e-12, signal)
		assert.InEpsilon(t, whole/4, at(simtest.Steps(pieces...)), 1e-12, signal)
		assert.InEpsilon(t, whole/4, at(simtest.Steps(0, rest, 17.2, peak, 27.2, rest)), 1e-12, signal)
	}
}

// What was taken up of hot air or frost stays when the air is good again; air that is bad for hours harms beside it, when
// it has lasted, and no longer when it is over.
func TestDosesOfAirStay(t *testing.T) {
	s := patient()
	s.Lasts = 1000 * second
	borne, freezes := 60*5e7*math.Pow(100, -3.4), 60*1993.4*math.Pow(35.2, -1.668)
	p := airs(t, vtime.Hour, s, simtest.Steps(0, 293.15, 100, 373.15, 200, 293.15, 300, 285.65, 1500, 293.15), nil)
	assertChanges(t, [][2]float64{{0, 0}, {100 + borne/10, 1}}, changes(p, "anna.temperature_harm"))
	p = airs(t, vtime.Hour, s, simtest.Steps(0, 293.15, 100, 233.15, 300, 293.15, 500, 283.15, 1600, 293.15), nil)
	assertChanges(t, [][2]float64{{0, 0}, {100 + freezes/2, 1}, {1500, 2}, {1600, 1}}, changes(p, "anna.temperature_harm"))
	assert.Less(t, 200/freezes, 1.0)
}

// Where lasts is nothing, doses harm as well, and what there is at the start harms then.
func TestAirAtOnce(t *testing.T) {
	s := spec()
	s.Lasts = 0
	got := changes(airs(t, vtime.Minute, s, simtest.Steps(0, 773.15), nil), "anna.temperature_harm")
	assertChanges(t, [][2]float64{{0, 0}, {0, 3}, {7.7 * 60 * 5e7 * math.Pow(500, -3.4), 4}}, got) // 3 by the heat index
}

// Vapour is told where humidity is wired, and only there.
func TestVapourIsTold(t *testing.T) {
	air := map[string]ramp{"temperature": {"degC", 333.15, 0}, "humidity": {"%", 0.9, 0}}
	assert.InEpsilon(t, 0.9*199.46/1013.25, exposed(t, second, spec(), air).At("anna.vapour", second), 0.01)
	d, err := person.New(spec())
	require.NoError(t, err)
	for _, wired := range []bool{false, true} {
		d, err := d.(device.Fitter).Fit(func(input string) bool { return input == "temperature" || wired })
		require.NoError(t, err)
		var ports device.Ports
		d.Declare(&ports)
		assert.Equal(t, wired, names(&ports)["vapour"])
		assert.Equal(t, wired, names(&ports)["wind"])
	}
}

// names are those of all signals.
func names(ports *device.Ports) map[string]bool {
	all := map[string]bool{}
	for i := range ports.Signals {
		all[ports.Signals[i].Name] = true
	}
	return all
}
