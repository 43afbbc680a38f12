package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
)

// The trace says where walls are, as the file does.
func TestWalls(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "home/normal"))
	require.Equal(t, []trace.Wall{{
		Name: "outer", About: "around the house, 104 m2, with a gap of 1 m for the door",
		Corners: [][2]float64{{10.35, 0.65}, {10.35, 9}, {-0.5, 9}, {-0.5, -1.2}, {10.35, -1.2}, {10.35, -0.65}}, Thick: 0.3,
	}}, opened(t, file).Header.Walls)
	file, _ = recorded(t.Context(), t, load(t, "tower/spoofed-gauge"))
	require.Empty(t, opened(t, file).Header.Walls)
}
