package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/vtime"
)

// vesselPlaces are how far from the vessel people stand, in m, and how badly they are harmed.
var vesselPlaces = []struct {
	blast, person string
	distance, kPa float64 // as people.yaml has them
	harm          harm.Severity
}{
	{"blast_field", "field_operator", math.Hypot(24, 7), 180, harm.Death},
	{"blast_road", "road_driver", 40, 68.1, harm.Irreversible},
	{"blast_room", "room_operator", 100, 16.7, harm.Slight},
	{"blast_house", "house_resident", 300, 4.93, harm.Slight},
}

// feedsForced is when the attack begins, in s.
const feedsForced = 3600

// published is the steady state.
func published() ricker {
	return ricker{
		44.49999958429348, 13.53296996509594, 36.64788062995841, 110,
		60.95327313484253, 25.02232231706676, 39.25777017606444, 47.03024823457651,
	}
}

// pressed is the plant h hours later, by the classical method of Runge and Kutta, where the purge is asked to be shut, both
// feeds for a percentage, and the relief valve takes so much at 3630 kPa, in kmol/h.
func (x ricker) pressed(h, feeds, relief float64) ricker {
	slope := func(x ricker) ricker {
		d := x.slope(0.485, [3]float64{feeds, feeds, 0})
		for j := range 3 {
			d[j] -= relief * x.pressure() / 3630 * x[j] / (x[0] + x[1] + x[2])
		}
		return d
	}
	k1 := slope(x)
	k2 := slope(x.along(k1, h/2))
	k3 := slope(x.along(k2, h/2))
	return x.along(k1, h/6).along(k2, h/3).along(k3, h/3).along(slope(x.along(k3, h)), h/6)
}

// until goes on by steps of 1 s to the instant at which a pressure is passed, or for at most so many seconds, and
// returns how many those were.
func (x ricker) until(kPa, feeds, relief, most float64) (after float64, then ricker) {
	const second = 1. / 3600
	below := x.pressure() < kPa
	for ; after < most; after++ {
		next := x.pressed(second, feeds, relief)
		if (next.pressure() < kPa) == below {
			x = next
			continue
		}
		low, high := 0., 1.
		for range 50 {
			if mid := (low + high) / 2; (x.pressed(mid*second, feeds, relief).pressure() < kPa) == below {
				low = mid
			} else {
				high = mid
			}
		}
		return after + high, x.pressed(high*second, feeds, relief)
	}
	return after, x
}

// TestTennesseeBursts: when another integrator has it burst, and people there feel what the gas in it makes of it.
func TestTennesseeBursts(t *testing.T) {
	r := ofLibrary(t, "tennessee/overpressure-burst")
	bursts, then := published().until(8250, 100, 0, 17*3600)
	at := changes(r, "blast_field.burst", 1)
	require.Len(t, at, 1)
	assert.InDelta(t, bursts, at[0]-feedsForced, 0.01)

	// p V (ln(p/p0) - 1 + p0/p), of what is in the vessel then.
	const pressure, outside = 8250e3, 101325.
	gas := 122 - then[3]/8.3
	energy := pressure * gas * (math.Log(pressure/outside) - 1 + outside/pressure)
	assert.InDelta(t, 109.1, gas, 0.05)
	assert.InDelta(t, 3.07e9, energy, 5e6)
	mass := 3.07e9 / harm.TNT
	assert.InDelta(t, 655, mass, 0.5)
	for _, p := range vesselPlaces {
		want, inside := harm.Overpressure(mass, p.distance)
		require.True(t, inside, p.person)
		assert.InDelta(t, 1, want/p.kPa/1000, 0.005, p.person)
		assert.InEpsilon(t, want, r.signal(p.blast+".overpressure").Max(), 1e-12, p.person)
		assert.Equal(t, float64(p.harm), r.signal(p.person+".worst").Max(), p.person)
		lower, _ := harm.Blast().Of(kingery(p.distance / math.Cbrt(mass)))
		assert.Equal(t, p.harm, lower, "%s, by Kingery and Bulmash", p.person)
	}
	require.Len(t, r.Harm, len(vesselPlaces))
}

// TestTennesseeShutsDown: how high it goes is what the samples, the scan and the valves let come.
func TestTennesseeShutsDown(t *testing.T) {
	r := ofLibrary(t, "tennessee/overpressure-tripped")
	for _, p := range vesselPlaces {
		assert.Zero(t, r.signal(p.person+".worst").Max(), p.person)
	}
	before := r.signal("plant.pressure").At(vtime.Time(vtime.FromSeconds(feedsForced - 1)))
	assert.InDelta(t, 2700e3, before, 1e-3, "the steady state")
	shut := changes(r, "shutdown.run", 0)
	require.Len(t, shut, 1)
	passed, x := published().until(3000, 100, 0, 3600)
	assert.InDelta(t, passed, violatedAt(t, r, "no-shutdown")-feedsForced, 1e-3)
	late := shut[0] - feedsForced - passed
	assert.True(t, late > 0 && late <= 2, "a sample and a scan: %v s", late)
	x = x.pressed(late/3600, 100, 0)
	highest := x.pressure()
	for range 100 {
		x = x.pressed(0.1/3600, 0, 0)
		highest = max(highest, x.pressure())
	}
	assert.InDelta(t, highest, r.signal("plant.pressure").Max()/1000, 1e-3)
	_, x = x.until(0, 0, 0, math.Floor(7200-passed-late-10))
	assert.InDelta(t, x.pressure(), r.signal("plant.pressure").At(vtime.Time(vtime.FromSeconds(3*3600)))/1000, 0.1)
	c := r.signal("plant.c")
	assert.Less(t, c.Last(), 1e-3, "mol: it is used up, and the model goes on")
	assert.GreaterOrEqual(t, c.Min(), -1e-6)
}

// TestTennesseeIsRelieved: the valve opens and shuts when another integrator has it do so.
func TestTennesseeIsRelieved(t *testing.T) {
	r := ofLibrary(t, "tennessee/overpressure-relieved")
	for _, p := range vesselPlaces {
		assert.Zero(t, r.signal(p.person+".worst").Max(), p.person)
	}
	limits := [2]float64{3300, 3069}
	x, now := published(), 0.
	var turns [2][]float64 // when it opens, and when it shuts
	for k := 0; ; k = 1 - k {
		after, then := x.until(limits[k], 100, float64(400*k), 7200-now)
		if now += after; now >= 7200 {
			break
		}
		x, turns[k] = then, append(turns[k], now)
	}
	assert.Greater(t, len(turns[0]), 5)
	for k, want := range turns {
		got := changes(r, "relief.open", float64(1-k))
		require.Len(t, got, len(want))
		for i := range want {
			assert.InDelta(t, want[i], got[i]-feedsForced, 0.01)
		}
	}
	assert.InDelta(t, 3300e3, r.signal("plant.pressure").Max(), 1)
}
