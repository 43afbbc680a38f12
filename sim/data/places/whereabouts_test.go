package places

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
)

// Of a town where every hour is recorded the traces are where its people are.
func TestWhereabouts(t *testing.T) {
	w := Town{People: 40, Hours: 100, Side: 5, Seen: 1, Explores: 0.6, Fades: 0.21, Reach: 0.55}
	at, err := w.Whereabouts(7)
	require.NoError(t, err)
	traces, err := w.Traces(7)
	require.NoError(t, err)
	for person := range w.People {
		require.Len(t, traces.Of(person), int(w.Hours))
		for _, p := range traces.Of(person) {
			require.Equal(t, at.At(person, p.Hour()), p.Cell())
		}
	}
	require.Equal(t, Nowhere, at.At(40, 3))
	require.Equal(t, Nowhere, at.At(3, 100))
	require.Equal(t, Nowhere, at.At(-1, 3))
}

// Who is anywhere is in all cells equally often.
func TestAnywhere(t *testing.T) {
	const people, hours, side = 500, 200, 3
	at, err := Anywhere(people, hours, side, rng.Key(3))
	require.NoError(t, err)
	var counts [side * side]float64
	for person := range int32(people) {
		for hour := range int32(hours) {
			counts[at.At(person, hour)]++
		}
	}
	chi, want := 0., float64(people*hours)/(side*side)
	for _, n := range counts {
		chi += (n - want) * (n - want) / want
	}
	require.Less(t, chi, 26.12, "chi-squared of 8 degrees of freedom, 0.1 %")
}

func TestTooManyWhereabouts(t *testing.T) {
	for _, side := range []int32{0, MaxSide + 1} {
		_, err := Anywhere(1, 1, side, 1)
		require.Error(t, err)
	}
	_, err := Anywhere(1<<20, 1<<20, 3, 1)
	require.ErrorContains(t, err, "at most")
	w := NewTown(1<<20, 1<<20)
	_, err = w.Whereabouts(1)
	require.Error(t, err)
}
