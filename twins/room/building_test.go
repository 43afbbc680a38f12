package room_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/room"
)

// An hourly is ISO 13790, annex C, as it is printed: by steps of Crank and Nicolson, with
// numbers of its own for what it holds.
type hourly struct {
	cm, am, at, hve, hw, hop, his, hms, hem, htr1, htr2, htr3 float64
}

// hourlyOf is a building of so much floor, J/K and m2 for each m2 of it.
func hourlyOf(floor, each, area, hve, hw, hop float64) hourly {
	b := hourly{cm: each * floor, am: area * floor, at: 4.5 * floor, hve: hve, hw: hw, hop: hop}
	b.his, b.hms = 3.45*b.at, 9.1*b.am
	b.hem = 1 / (1/hop - 1/b.hms)
	b.htr1 = 1 / (1/hve + 1/b.his)
	b.htr2 = b.htr1 + hw
	b.htr3 = 1 / (1/b.htr2 + 1/b.hms)
	return b
}

// step is C.4 to C.12 for h seconds: what is heavy at the end, and the mean of the air.
func (b hourly) step(h, tm, outside, heat, gains, solar float64) (next, air float64) {
	ia := 0.5 * gains
	m := b.am / b.at * (0.5*gains + solar)
	st := (1 - b.am/b.at - b.hw/(9.1*b.at)) * (0.5*gains + solar)
	total := m + b.hem*outside + b.htr3*(st+b.hw*outside+b.htr1*((ia+heat)/b.hve+outside))/b.htr2
	next = (tm*(b.cm/h-0.5*(b.htr3+b.hem)) + total) / (b.cm/h + 0.5*(b.htr3+b.hem))
	mean := (tm + next) / 2
	s := (b.hms*mean + st + b.hw*outside + b.htr1*(outside+(ia+heat)/b.hve)) / (b.hms + b.hw + b.htr1)
	return next, (b.his*s + b.hve*outside + ia + heat) / (b.his + b.hve)
}

// TestBuildingByTheStandard holds each class to the method as it is printed, in steps of an
// hour to what those are good for, and in steps of 10 s to 1e-6 K.
func TestBuildingByTheStandard(t *testing.T) {
	for name, c := range map[string][2]float64{
		"very_light": {80_000, 2.5}, "light": {110_000, 2.5}, "medium": {165_000, 2.5}, "heavy": {260_000, 3}, "very_heavy": {370_000, 3.5},
	} {
		s := room.DefaultBuilding()
		s.Class = name
		d, err := room.NewBuilding(s)
		require.NoError(t, err)
		p := played(t, d, 24*vtime.Hour, weather{"outside": is(freezing - 5), "heat": is(3000), "gains": is(500), "solar": is(800)})
		b := hourlyOf(100, c[0], c[1], 50, 50, 100)
		coarse, fine, rate := 21., 21., (b.htr3+b.hem)/b.cm
		for hour := 1.; hour <= 24; hour++ {
			coarse, _ = b.step(3600, coarse, -5, 3000, 500, 800)
			for range 360 {
				fine, _ = b.step(10, fine, -5, 3000, 500, 800)
			}
			assert.InDelta(t, fine, celsius(p, "mass", hour), 1e-6, "%s after %v h", name, hour)
			// Of what is between now and the end each step misses x^3/12, x = 3600 s rate.
			missed := 21 * hour * math.Pow(3600*rate, 3) / 12
			assert.InDelta(t, coarse, celsius(p, "mass", hour), missed, "%s after %v h", name, hour)
		}
		_, air := b.step(1e-3, fine, -5, 3000, 500, 800)
		assert.InDelta(t, air, celsius(p, "temperature", 24), 1e-6, name)
	}
}

// TestBuildingBalances: at rest all that comes in goes out, by what the air, the surfaces and
// the mass lose.
func TestBuildingBalances(t *testing.T) {
	s := room.DefaultBuilding()
	s.Class = "light"
	d, err := room.NewBuilding(s)
	require.NoError(t, err)
	p := played(t, d, 1000*vtime.Hour, weather{"outside": is(freezing), "heat": is(2000), "gains": is(300), "solar": is(600)})
	air, surface, mass := celsius(p, "temperature", 1000), celsius(p, "surface", 1000), celsius(p, "mass", 1000)
	hem := 1 / (1./100 - 1/(9.1*250))
	// Of the share of the sun that falls on windows the standard sends back what they would lose.
	lost := 50 / (9.1 * 450) * (150 + 600)
	assert.InDelta(t, 2000+300+600-lost, 50*air+50*surface+hem*mass, 1e-6, "W")
}

// TestBuildingHasNothingToVent: without ventilation the air is at the temperature of the surfaces.
func TestBuildingHasNothingToVent(t *testing.T) {
	s := room.DefaultBuilding()
	s.Ventilation = 0
	d, err := room.NewBuilding(s)
	require.NoError(t, err)
	p := played(t, d, vtime.Hour, weather{"outside": is(freezing)})
	assert.InDelta(t, celsius(p, "surface", 1), celsius(p, "temperature", 1), 1e-9)
}
