package room_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/room"
)

const (
	freezing  = 273.15
	tolerance = 3e-8 // K: 1e-10 of the value, to which rates are integrated
)

// weather is what a building is put into, in SI, from times in s on.
type weather map[string][]simtest.Point

func is(x float64) []simtest.Point { return simtest.Steps(0, x) }

var units = map[string]unit.Unit{"heat": unit.Watt, "gains": unit.Watt, "solar": unit.Watt, "outside": unit.Celsius, "open": unit.One, "monoxide": unit.CubicMetrePerHour}

// played plays a building in a weather, sampled each minute.
func played(t testing.TB, d device.Device, run vtime.Duration, w weather) *simtest.Played {
	t.Helper()
	s := simtest.Scene{Run: run, Every: vtime.Minute, Devices: map[string]device.Device{"house": d}, Wires: map[string]string{}}
	for input, points := range w {
		s.Devices[input] = simtest.Script{Unit: units[input], Values: map[string][]simtest.Point{"is": points}}
		s.Wires["house."+input] = input + ".is"
	}
	return s.Play(t)
}

func house(t testing.TB, change func(*room.Spec)) device.Device {
	t.Helper()
	s := room.Default()
	change(&s)
	d, err := room.New(s)
	require.NoError(t, err)
	return d
}

func asItIs(*room.Spec) {}

// celsius is how warm it was after so many hours.
func celsius(p *simtest.Played, signal string, hours float64) float64 {
	return p.At("house."+signal, vtime.FromSeconds(hours*3600)) - freezing
}

// TestPublishedFigures: those that are printed of 0.005 K/W and 1e7 J/K.
func TestPublishedFigures(t *testing.T) {
	s := room.Default()
	tau := s.Resistance * s.Capacity / 3600
	assert.InDelta(t, 13.889, tau, 5e-4, "h")
	off := played(t, house(t, asItIs), 24*vtime.Hour, weather{"outside": is(freezing)})
	assert.InDelta(t, 13.63, celsius(off, "temperature", 6), 5e-3, "after 6 h without heat")
	for _, hours := range []float64{1, 6, 12, 24} {
		assert.InDelta(t, 21*math.Exp(-hours/tau), celsius(off, "temperature", hours), tolerance)
	}
	// From 21 to 16 degC at 0 degC outside is, upside down, from 0 to 5 degC at 21 degC outside.
	cold := house(t, func(s *room.Spec) { s.Start = freezing })
	up := simtest.Scene{
		Run: 6 * vtime.Hour, Below: map[string]float64{"house.temperature": freezing + 5}, Wires: map[string]string{"house.outside": "outside.is"},
		Devices: map[string]device.Device{"house": cold, "outside": simtest.Script{Unit: unit.Celsius, Values: map[string][]simtest.Point{"is": is(freezing + 21)}}},
	}.Play(t)
	assert.InDelta(t, 3.777, up.Crossed("house.temperature")/3600, 5e-4, "h from 21 to 16 degC")
	held := played(t, house(t, asItIs), 24*vtime.Hour, weather{"outside": is(freezing), "heat": is(4200)})
	assert.InDelta(t, 21, celsius(held, "temperature", 24), 1e-9, "4200 W hold 21 degC")
	stuck := played(t, house(t, asItIs), 240*vtime.Hour, weather{"outside": is(freezing), "heat": is(10_000)})
	assert.InDelta(t, 50, celsius(stuck, "temperature", 240), 1e-5, "10 kW end at 50 degC")
}

// TestOpen: what is open makes losses more, and the time constant shorter.
func TestOpen(t *testing.T) {
	p := played(t, house(t, asItIs), 3*vtime.Hour, weather{"outside": is(freezing), "heat": is(4200), "open": is(1)})
	loss := 200 + 1206*250*10./3600
	settles := 4200 / loss
	assert.InDelta(t, 1037.5, loss, 5, "W/K")
	for _, hours := range []float64{0.5, 1, 3} {
		assert.InDelta(t, settles+(21-settles)*math.Exp(-hours*3600*loss/1e7), celsius(p, "temperature", hours), tolerance)
	}
}

// TestMonoxide by its closed form: it comes for two hours, is aired for one, and never is more
// than there is air.
func TestMonoxide(t *testing.T) {
	const comes = 0.05 / 3600 // m3/s
	p := played(t, house(t, asItIs), 3*vtime.Hour, weather{"monoxide": simtest.Steps(0, comes, 7200, -comes), "open": simtest.Steps(0, 0, 7200, 1)})
	n, fills := 0.5/3600, comes/250
	filled := func(s float64) float64 { return fills / (n + fills) * (1 - math.Exp(-(n+fills)*s)) }
	co := func(s float64) float64 { return p.At("house.co", vtime.FromSeconds(s)) }
	for _, s := range []float64{600, 3600, 7200} {
		assert.InDelta(t, filled(s), co(s), 1e-11)
	}
	assert.InEpsilon(t, 253e-6, co(7200), 2e-3, "400 ppm (1 - 1/e), nearly")
	assert.InDelta(t, filled(7200)*math.Exp(-10.5*0.5), co(9000), 1e-11, "less than none is none")
	full := played(t, house(t, asItIs), 24*vtime.Hour, weather{"monoxide": is(1000)})
	assert.InDelta(t, 1, full.At("house.co", 24*vtime.Hour), 1e-4)
	assert.LessOrEqual(t, full.At("house.co", 24*vtime.Hour), 1.)
}

// TestRefuses what no building has, and says who says so.
func TestRefuses(t *testing.T) {
	refused := func(change func(*room.Spec)) error {
		s := room.Default()
		change(&s)
		_, err := room.New(s)
		return err
	}
	heavier := func(change func(*room.BuildingSpec)) error {
		s := room.DefaultBuilding()
		change(&s)
		_, err := room.NewBuilding(s)
		return err
	}
	for want, err := range map[string]error{
		"R must be from 0.0001 to 1 K/W, which is what buildings have (our estimate": refused(func(s *room.Spec) { s.Resistance = 0 }),
		"C must be from 400000 to 3.7e+09 J/K, which is what buildings have (ISO":    refused(func(s *room.Spec) { s.Capacity = -1e7 }),
		"volume must be from 5 to 100000 m3":                                         refused(func(s *room.Spec) { s.Volume = 0 }),
		"air_changes must be from 0 to 30 1/h":                                       refused(func(s *room.Spec) { s.Changes = -1 }),
		"airing must be finite":                                                      refused(func(s *room.Spec) { s.Airing = math.Inf(1) }),
		"starts must be from -40 to 60 degC":                                         refused(func(s *room.Spec) { s.Start = 0 }),
		"floor must be from 5 to 10000 m2":                                           heavier(func(s *room.BuildingSpec) { s.Floor = 0 }),
		"Hop must be below Hms = 9.1 W/(m2 K) Am, which is 227.5 W/K here":           heavier(func(s *room.BuildingSpec) { s.Floor, s.Opaque = 10, 227.5 }),
		"class must be one of":                                                       heavier(func(s *room.BuildingSpec) { s.Class = "stone" }),
	} {
		require.Error(t, err, want)
		assert.ErrorContains(t, err, want)
	}
}

// TestHeldAtZero: however much heat is drawn, and however cold it is said to be outside, it is no colder than
// 0 K; it comes there when the closed form says, and leaves it when more comes in than is drawn.
func TestHeldAtZero(t *testing.T) {
	s := room.Default()
	tau := s.Resistance * s.Capacity
	const drawn = -100_000.
	settles := freezing + s.Resistance*drawn
	at := tau * math.Log((freezing+21-settles)/-settles)
	d := house(t, asItIs)
	p := played(t, d, 100*vtime.Hour, weather{"outside": is(freezing), "heat": simtest.Steps(0, drawn, 72*3600, 0)})
	floor := func(seconds float64) float64 { return p.At("house.temperature", vtime.FromSeconds(seconds)) }
	before := at - math.Mod(at, 60)
	assert.InDelta(t, settles+(freezing+21-settles)*math.Exp(-before/tau), floor(before), tolerance)
	assert.Positive(t, floor(before))
	assert.Equal(t, 0.0, floor(before+60))
	assert.Equal(t, 0.0, floor(72*3600-60))
	assert.InDelta(t, freezing*(1-math.Exp(-10*3600/tau)), floor(82*3600), tolerance)
	deep := played(t, d, 100*vtime.Hour, weather{"outside": is(-1e6)})
	none := played(t, d, 100*vtime.Hour, weather{"outside": is(0)})
	assert.Equal(t, none.At("house.temperature", 100*vtime.Hour), deep.At("house.temperature", 100*vtime.Hour))
	b, err := room.NewBuilding(room.DefaultBuilding())
	require.NoError(t, err)
	p = played(t, b, 480*vtime.Hour, weather{"outside": simtest.Steps(0, -1e6, 240*3600, freezing), "heat": simtest.Steps(0, -1e6, 240*3600, 0)})
	for _, signal := range []string{"mass", "surface", "temperature"} {
		assert.GreaterOrEqual(t, p.At("house."+signal, 239*vtime.Hour), 0.0, signal)
		assert.InDelta(t, 0, p.At("house."+signal, 239*vtime.Hour), 1e-9, signal)
		assert.InDelta(t, freezing, p.At("house."+signal, 480*vtime.Hour), 60, signal)
		assert.Positive(t, p.At("house."+signal, 241*vtime.Hour), signal)
	}
}
