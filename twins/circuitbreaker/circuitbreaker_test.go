package circuitbreaker_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/circuitbreaker"
)

const degree = math.Pi / 180

func made() (device.Device, error) {
	return circuitbreaker.New(circuitbreaker.Spec{
		Opens: 50 * vtime.Millisecond, Closes: 100 * vtime.Millisecond, Closed: true, Window: 10 * degree,
	})
}

func TestContract(t *testing.T) {
	simtest.Run(t, circuitbreaker.Kind(), made, simtest.Range("angle", -0.3, 0.3))
}

// A side is the grid at both sides of a breaker: the angle between them, by time.
type side []simtest.Point

// Declare implements device.Device.
func (s side) Declare(p *device.Ports) {
	angle := device.State(p, "angle", unit.Degree, 0.0)
	p.Every("move", 100*vtime.Millisecond, func(c *device.Context) {
		for _, point := range s {
			if c.Now() == vtime.Time(point.At) {
				angle.Set(c, point.Value)
			}
		}
	})
}

// play commands a breaker, hard-wired, with an angle across it.
func play(t *testing.T, angle, command, trip []simtest.Point) *simtest.Played {
	t.Helper()
	b, err := made()
	require.NoError(t, err)
	return simtest.Scene{
		Run: 5 * vtime.Second, Every: 10 * vtime.Millisecond,
		Devices: map[string]device.Device{
			"breaker": b,
			"desk":    simtest.Script{Unit: unit.One, Tell: map[string][]simtest.Point{"close": command, "trip": trip}},
			"grid":    side(angle),
		},
		Wires: map[string]string{"breaker.close": "wired desk.close", "breaker.trip": "wired desk.trip", "breaker.angle": "grid.angle"},
	}.Play(t)
}

// times lists when the contacts changed, in s.
func times(p *simtest.Played) (list []float64) {
	for _, c := range p.Changes("breaker.closed")[1:] {
		list = append(list, c.At.Seconds())
	}
	return list
}

func TestFollowsItsCommand(t *testing.T) {
	still := simtest.Steps(0, 0)
	p := play(t, still, simtest.Steps(0, 1, 1, 0, 2, 1), still)
	assert.InDeltaSlice(t, []float64{1.05, 2.1}, times(p), 1e-9)
	assert.Equal(t, times(p)[0], p.Changes("breaker.position")[1].At.Seconds())
	p = play(t, still, simtest.Steps(0, 1, 1, 0, 1.02, 1), still)
	assert.Empty(t, times(p), "it turns round on its way")
}

func TestTripOverrules(t *testing.T) {
	p := play(t, simtest.Steps(0, 0), simtest.Steps(0, 1), simtest.Steps(0, 0, 1, 1, 3, 0))
	assert.InDeltaSlice(t, []float64{1.05, 3.1}, times(p), 1e-9)
}

func TestRefusesOutOfStep(t *testing.T) {
	angle := simtest.Steps(0, 0, 1.5, 11*degree, 3, -9*degree)
	p := play(t, angle, simtest.Steps(0, 1, 1, 0, 2, 1, 3.5, 0, 4, 1), simtest.Steps(0, 0))
	assert.InDeltaSlice(t, []float64{1.05, 4.1}, times(p), 1e-9)
	assert.Equal(t, -9*degree, p.At("breaker.closed_at", 4500*vtime.Millisecond))
	assert.Equal(t, 1.0, p.At("breaker.blocked", 3*vtime.Second))
	assert.Zero(t, p.At("breaker.blocked", 4500*vtime.Millisecond))
}
