package fire_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/fire"
)

// spec is a pool of 3 m that burns with 14 MW.
func spec() fire.Spec {
	return fire.Spec{Power: 14e6, Radiates: 0.35, Transmits: 1, Diameter: 3, Away: 10, Lasts: 5 * vtime.Second}
}

// plays is a fire whose cause comes and goes, at a distance that jumps; without one it is where its
// configuration says.
func plays(t testing.TB, s fire.Spec, cause, distance []float64) *simtest.Played {
	d, err := fire.New(s)
	require.NoError(t, err)
	scene := simtest.Scene{
		Run: 20 * vtime.Second,
		Devices: map[string]device.Device{
			"pool":  d,
			"world": simtest.Script{Unit: unit.One, Values: map[string][]simtest.Point{"cause": simtest.Steps(cause...)}},
		},
		Wires: map[string]string{"pool.of": "world.cause"},
	}
	if len(distance) > 0 {
		scene.Devices["way"] = simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"long": simtest.Steps(distance...)}}
		scene.Wires["pool.distance"] = "way.long"
	}
	return scene.Play(t)
}

// What goes through a sphere around the fire is what it radiates, however large the sphere.
func TestAllThatIsRadiatedComesThrough(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := spec()
		s.Power = math.Pow(10, rapid.Float64Range(3, 11).Draw(r, "decades of power"))
		s.Radiates = rapid.Float64Range(0.01, 1).Draw(r, "radiates")
		s.Transmits = rapid.Float64Range(0.01, 1).Draw(r, "transmits")
		s.Away = math.Pow(10, rapid.Float64Range(0.2, 4).Draw(r, "decades of distance"))
		got := plays(t, s, []float64{0, 0, 5, 1}, nil).At("pool.radiation", 6*vtime.Second)
		assert.InEpsilon(r, s.Power*s.Radiates*s.Transmits, got*4*math.Pi*s.Away*s.Away, 1e-12)
	})
}

// It burns once, as long as it lasts, however often its cause comes, and from the start where that is there.
func TestBurnsOnce(t *testing.T) {
	for _, c := range []struct{ cause, changes []float64 }{
		{[]float64{0, 0}, []float64{0, 0}},
		{[]float64{0, 0, 2, 1, 4, 0, 9, 1}, []float64{0, 0, 2, 1, 7, 2}},
		{[]float64{0, 1, 4, 0, 6, 1}, []float64{0, 0, 0, 1, 5, 2}},
	} {
		p := plays(t, spec(), c.cause, nil)
		var got []float64
		for _, change := range p.Changes("pool.state") {
			got = append(got, change.At.Seconds(), change.Value)
		}
		assert.Equal(t, c.changes, got, c.cause)
		assert.Zero(t, p.At("pool.radiation", 20*vtime.Second))
	}
}

// 14 MW, 35 % of them radiated: 3.90 kW/m2 at 10 m, worked by hand; within the fire as at its edge.
func TestDistanceOfTheMoment(t *testing.T) {
	s := spec()
	s.Lasts = vtime.Minute
	p := plays(t, s, []float64{0, 1}, []float64{0, 10, 5, 20, 10, 1, 12, 1.5, 14, 0, 16, 7.5, 18, 1e300})
	assert.InDelta(t, 3899, p.At("pool.radiation", vtime.Second), 1)
	assert.InEpsilon(t, p.At("pool.radiation", vtime.Second)/4, p.At("pool.radiation", 6*vtime.Second), 1e-12)
	edge := p.At("pool.radiation", 13*vtime.Second)
	for _, at := range []vtime.Duration{11, 15} {
		assert.Equal(t, edge, p.At("pool.radiation", at*vtime.Second))
	}
	assert.Zero(t, p.At("pool.radiation", 19*vtime.Second))
	for at, valid := range map[vtime.Duration]float64{1: 1, 6: 1, 11: 0, 13: 0, 15: 0, 17: 1, 19: 1} {
		assert.Equal(t, valid, p.At("pool.valid", at*vtime.Second), at)
	}
	assert.Equal(t, p.At("pool.would_be", 6*vtime.Second), p.At("pool.radiation", 6*vtime.Second))
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *fire.Spec){
		"power must be above 0":         func(s *fire.Spec) { s.Power = 0 },
		"power must be at most 1e6 MW":  func(s *fire.Spec) { s.Power = math.MaxFloat64 },
		"radiates must be at most 100":  func(s *fire.Spec) { s.Radiates = 1.1 },
		"transmits must be above 0":     func(s *fire.Spec) { s.Transmits = -1 },
		"diameter must be above 0 m":    func(s *fire.Spec) { s.Diameter = 0 },
		"away must be at least 0 m":     func(s *fire.Spec) { s.Away = -1 },
		"lasts must be at least 1s":     func(s *fire.Spec) { s.Lasts = 0 },
		"lasts must be at most 365d":    func(s *fire.Spec) { s.Lasts = 400 * 24 * vtime.Hour },
		"away must be finite":           func(s *fire.Spec) { s.Away = math.NaN() },
		"diameter must be at most 1 km": func(s *fire.Spec) { s.Diameter = 1e9 },
	} {
		s := spec()
		change(&s)
		_, err := fire.New(s)
		assert.ErrorContains(t, err, want)
	}
}
