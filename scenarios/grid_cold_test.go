package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// homeConstant is R C of the homes in winter.yaml, s; freezing is 0 degC, K.
const (
	homeConstant = 0.005 * 1e7
	freezing     = 273.15
)

// coolsFor is how long a home takes from one temperature to another on its way to that at which it settles, s.
func coolsFor(from, to, settles float64) float64 {
	return homeConstant * math.Log((from-settles)/(to-settles))
}

// TestColdHomes: who is cut off gets cold as one resistance and one capacity do, and is harmed an hour after each limit
// of the model of cold air.
func TestColdHomes(t *testing.T) {
	r := ofLibrary(t, "grid/cold-homes")
	cut := violatedAt(t, r, "all-supplied")
	assert.InDelta(t, 11.06, cut, 1e-6, "10 ms on the way and 50 ms of the breaker")
	const inside, outside, hour = 21, -10, 3600
	for severity, limit := range map[float64]float64{1: 16, 2: 12} {
		at := changes(r, "resident_b.worst", severity)
		require.Len(t, at, 1)
		assert.InDelta(t, cut+coolsFor(inside, limit, outside)+hour, at[0], 1e-3, "%v degC", limit)
	}
	assert.Equal(t, 2., r.signal("resident_b.worst").Max(), "6 degC would take 9.2 h")
	assert.InDelta(t, cut+coolsFor(inside, 18, outside), violatedAt(t, r, "homes-warm"), 1e-3)

	back := changes(r, "cb46.closed", 1)
	require.Len(t, back, 1)
	assert.InDelta(t, 6*hour+0.1, back[0], 1e-6, "100 ms of the breaker")
	coldest := outside + (inside-outside)*math.Exp(-(back[0]-cut)/homeConstant)
	assert.InDelta(t, 10.13, coldest, 0.005)
	assert.InDelta(t, coldest+freezing, r.signal("home_b.temperature").Min(), 1e-6)
	const strongest = outside + 0.005*10_000 // where 10 kW would end
	warm := back[0] + coolsFor(coldest, 18, strongest)
	assert.InDelta(t, 18+freezing, r.signal("home_b.temperature").At(vtime.Time(vtime.FromSeconds(warm))), 1e-6)
	assert.InDelta(t, inside+freezing, r.signal("home_a.temperature").Min(), 1e-9)
	assert.Zero(t, r.signal("resident_a.worst").Max())

	// The network is computed anew several times as the first breaker closes: that is one line of the story.
	supplied := 0
	for _, e := range r.Story {
		if e.Kind == sim.ColumnChanged && e.At.Seconds() > 11 {
			supplied++
		}
	}
	assert.Equal(t, 2, supplied)
}

// TestColdHomesAreWarmInTime: closed by hand before 16 degC, or never opened, it harms nobody.
func TestColdHomesAreWarmInTime(t *testing.T) {
	r := ofLibrary(t, "grid/cold-homes-by-hand")
	assert.Zero(t, r.signal("resident_b.worst").Max())
	assert.InDelta(t, -10+31*math.Exp(-(7200.1-11.06)/homeConstant)+freezing, r.signal("home_b.temperature").Min(), 1e-6)
	r = ofLibrary(t, "grid/cold-homes-checked")
	assert.Zero(t, r.signal("resident_b.worst").Max())
	assert.InDelta(t, 21+freezing, r.signal("home_b.temperature").Min(), 1e-9)
}
