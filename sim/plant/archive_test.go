package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A plant that is taken up again goes on bit by bit as the one that went on: in the
// middle of a change between the methods as well, and up to the same error.
func TestTakenUpAgain(t *testing.T) {
	systems := map[string]func() *rig{
		"drain":    func() *rig { return drain(plant.Options{}, 1.6, 0.02) },
		"stiff":    func() *rig { return levelling{1e4, 0.1}.rig(plant.Automatic, plant.Options{}) },
		"implicit": func() *rig { return levelling{10, 0.1}.rig(plant.Implicit, plant.Options{}) },
		"relaxing": func() *rig { return vanDerPol(plant.Options{Rtol: 1e-6, Atol: 1e-9}, 1000) },
		"to a halt": func() *rig {
			return newRig(plant.Options{}, []float64{-0.5}, func(f *signal.Frame) float64 { return -side(a(f)) })
		},
	}
	rapid.Check(t, func(rt *rapid.T) {
		build := systems[rapid.SampledFrom([]string{"drain", "stiff", "implicit", "relaxing", "to a halt"}).Draw(rt, "system")]
		one, other := build(), build()
		advance := func(r *rig, at float64) error {
			if at < 0 {
				return r.Advance(0)
			}
			from, to := r.Step(0)
			return r.Restart(0, from+vtime.Time(at*float64(to-from)), nil)
		}
		events := rapid.SliceOfN(rapid.OneOf(rapid.Just(-1.0), rapid.Just(-1.0), rapid.Just(-1.0), rapid.Float64Range(0, 1)), 20, 200).Draw(rt, "events")
		kept := rapid.IntRange(0, len(events)-1).Draw(rt, "kept")
		for _, at := range events[:kept] {
			if advance(one, at) != nil {
				return
			}
		}
		written := snapshot.New(0)
		one.Archive(written)
		read := snapshot.Of(written.Bytes())
		other.Archive(read)
		read.Done()
		require.NoError(rt, read.Err())
		for _, at := range events[kept:] {
			err := advance(one, at)
			require.Equal(rt, err, advance(other, at))
			if err != nil {
				return
			}
			require.Equal(rt, one.Stats, other.Stats)
			from, to := one.Step(0)
			from2, to2 := other.Step(0)
			require.Equal(rt, [2]vtime.Time{from, to}, [2]vtime.Time{from2, to2})
			for j := range one.n {
				mid := from + (to-from)/3
				require.Equal(rt, math.Float64bits(one.at(mid, j)), math.Float64bits(other.at(mid, j)))
			}
		}
	})
}
