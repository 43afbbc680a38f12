package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
)

// Steps end a nanosecond before a switch of the time and lead over it, and go on as
// long as before: a square wave takes a few steps for each edge, and none is missed.
func TestStepsEndAtSwitches(t *testing.T) {
	const period, width = 7, 1e-6
	rate := func(f *signal.Frame) float64 {
		return map[bool]float64{true: 1 / width}[math.Mod(clock(f), period) < width]
	}
	bounds := func(b *signal.Box, _ int) interval.Range {
		on := interval.Less(interval.Mod(b.Of(signal.Clock), interval.Point(period)), interval.Point(width))
		return interval.Choice(on, interval.Point(1), interval.Point(0))
	}
	f := &signal.Frame{V: make([]float64, cells)}
	island := plant.Island{
		States:   []plant.State{{Slot: first, Rate: rate, Factor: -1}},
		Switches: []plant.Switch{{Bounds: bounds}},
	}
	r := &rig{frame: f, n: 1, view: plant.View{Islands: []int32{0}, States: all(1)}}
	r.Plant = plant.New(nil, []plant.Island{island}, f, plant.Options{})
	require.NoError(t, r.Advance(0))
	r.to(t, 1000*second)
	assert.InDelta(t, 143, r.at(1000*second, 0), 2*143*1e-9/width) // each edge is in a nanosecond
	t.Logf("%d steps for %d edges", r.Steps, 2*143)
	assert.Less(t, r.Steps, uint64(5*2*143))
}
