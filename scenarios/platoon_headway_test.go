package scenarios

import (
	"math"
	"math/cmplx"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// fresh is how the follower swings where what its radar sees is not old: what comes of a period, in ms, and of
// half of it grows with it, and is taken to none.
func fresh(t *testing.T, l link, w float64, every int) (first complex128, at float64) {
	t.Helper()
	l.every = every
	coarse, at := driven(t, l, w)
	l.every = every / 2
	fine, _ := driven(t, l, w)
	return 2*fine[1] - coarse[1], at
}

// TestPlatoonLeastHeadwaysDriven: the shortest headways are those of cars that drive, and not of their
// formula alone: half a printed digit less of 0.24, 0.251, 0.421 and 0.672 s and they swing more than the one
// ahead, by the 1.0001 that is taken for none, half a digit more and they do not. 0.251 s is with 0.2 s of
// dead time of the engine.
func TestPlatoonLeastHeadwaysDriven(t *testing.T) {
	trials.Long(t)
	for _, c := range []struct{ printed, half, theta, phi float64 }{
		{0.24, 0.005, 0.02, 0}, {0.251, 0.0005, 0.02, 0.2}, {0.421, 0.0005, 0.06, 0}, {0.672, 0.0005, 0.15, 0},
	} {
		if (c.printed == 0.421 || c.printed == 0.672) && !trials.Asked() {
			continue // of one without and one with dead time seconds are enough
		}
		short := gains("ploeg", 0.1, c.printed-c.half, c.theta)
		short.phi = c.phi
		amplified, worst := short.worst()
		swings, at := fresh(t, short, worst, 10)
		assert.InDelta(t, short.follows(at), cmplx.Abs(swings), 2e-6)
		assert.InDelta(t, amplified, cmplx.Abs(swings), 2e-6, "nothing is amplified more")
		assert.Greater(t, cmplx.Abs(swings), 1.0001, "%v s", short.headway)

		enough := short
		enough.headway = c.printed + c.half
		amplified, _ = enough.worst()
		swings, at = fresh(t, enough, worst, 10)
		assert.InDelta(t, enough.follows(at), cmplx.Abs(swings), 2e-6)
		assert.LessOrEqual(t, max(amplified, cmplx.Abs(swings)), 1.0001, "%v s", enough.headway)
	}
}

// TestPlatoonAccHeadways: with the 0.3 s and the 1.2 s of the examples of Plexe, and with the 2.78 s after
// which cars that are sold answered in the field, on average, each car swings more than the one ahead.
func TestPlatoonAccHeadways(t *testing.T) {
	trials.Long(t)
	for _, headway := range []float64{0.3, 1.2, 2.78} {
		l := gains("acc", 0.5, headway, 0.01)
		_, worst := l.worst()
		l.radar = 0.005
		first, second, at := swings(t, l, worst)
		assert.InDelta(t, l.follows(at), first, 1e-5, "%v s", headway)
		assert.Greater(t, first, 1.01, "%v s", headway)
		assert.Greater(t, second, first, "%v s", headway)
	}
}

// TestPlatoonAccSlowly: of swings that are ever slower (|amplification|^2 - 1)/w^2 comes to 2/kp - headway^2,
// so that sqrt(2/kp), 3.162 s, is where cars by radar alone no longer swing more than the one ahead; and they
// come as much later as the headway is: 2.78 s.
func TestPlatoonAccSlowly(t *testing.T) {
	trials.Long(t)
	l := gains("acc", 0.1, 2.78, 0.01)
	var bends, late, square []float64
	for _, w := range []float64{0.04, 0.06, 0.08} {
		swings, at := fresh(t, l, w, 20)
		a := cmplx.Abs(swings)
		bends, late, square = append(bends, (a*a-1)/(at*at)), append(late, -cmplx.Phase(swings)/at), append(square, at*at)
	}
	assert.InDelta(t, 3.162, math.Sqrt(atNothing(square, bends)+l.headway*l.headway), 5e-4)
	assert.InDelta(t, 2.78, atNothing(square, late), 0.005)
}

// atNothing is what the polynomial through some points is at 0.
func atNothing(x, y []float64) (value float64) {
	for i := range y {
		share := 1.0
		for k := range x {
			if k != i {
				share *= x[k] / (x[k] - x[i])
			}
		}
		value += share * y[i]
	}
	return value
}
