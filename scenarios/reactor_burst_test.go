package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/harm"
)

// places are how far from the reactor people stand, in m, and how badly they are harmed.
var places = []struct {
	name     string
	distance float64
	kPa      float64 // as people.yaml has it
	harm     harm.Severity
}{
	{"field", math.Hypot(3, 2), 68.2, harm.Irreversible},
	{"near", 10, 14.7, harm.Slight},
	{"far", 30, 4.4, harm.Slight},
}

// superheat is what so much water at a temperature can give at most as it boils away, in J.
func superheat(mass, temperature float64) float64 {
	const boils = 373.15
	return mass * 4200 * (temperature - boils - boils*math.Log(temperature/boils))
}

// kingery is the peak of TNT on the ground by the scaled distance, in Pa: Kingery and Bulmash, as Swisdak
// simplified them in 1994.
func kingery(z float64) float64 {
	c := []float64{7.5938, -3.0523, 0.40977, 0.0261, -0.01267}
	if z > 23.8 {
		c = []float64{6.0536, -1.4066}
	}
	sum := 0.
	for i, x := range c {
		sum += x * math.Pow(math.Log(z), float64(i))
	}
	return 1000 * math.Exp(sum)
}

// TestReactorBursts: when it is as hot as the vessel bears, to the nanosecond; who is there feels what
// the energy of the water makes of it, and is harmed as badly by another curve.
func TestReactorBursts(t *testing.T) {
	r := ofLibrary(t, "reactor/runaway-burst")
	at := changes(r, "blast_field.burst", 1)
	require.Len(t, at, 1)
	assert.InDelta(t, passes(ofLibrary(t, "reactor/runaway"), 440), at[0], 2e-9, "as the runaway that harms nobody")
	energy := superheat(100, 440)
	assert.InDelta(t, 2.25e6, energy, 5e3)
	mass := 2.25e6 / harm.TNT
	for _, p := range places {
		want, inside := harm.Overpressure(mass, p.distance)
		require.True(t, inside, p.name)
		assert.InDelta(t, p.kPa*1000, want, 50, p.name)
		assert.InEpsilon(t, want, r.signal("blast_"+p.name+".overpressure").Max(), 1e-12, p.name)
		assert.Equal(t, float64(p.harm), r.signal(p.name+"_operator.worst").Max(), p.name)
		lower, _ := harm.Blast().Of(kingery(p.distance / math.Cbrt(mass)))
		assert.Equal(t, p.harm, lower, "%s, by Kingery and Bulmash", p.name)
		assert.Equal(t, at, changes(r, "blast_"+p.name+".burst", 1), p.name)
	}
	require.Len(t, r.Harm, len(places))
}

// TestReactorTripsBeforeItBursts: the same attack, and nobody feels anything.
func TestReactorTripsBeforeItBursts(t *testing.T) {
	r := ofLibrary(t, "reactor/runaway-burst-tripped")
	for _, p := range places {
		assert.Zero(t, r.signal("blast_"+p.name+".overpressure").Max(), p.name)
		assert.Zero(t, r.signal(p.name+"_operator.worst").Max(), p.name)
	}
	assert.InDelta(t, peak(24.72, true), r.signal("reactor.temperature").Max(), 1e-4, "by another integrator")
}
