package trace

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// Walls come back as they were written; what could not be drawn is refused.
func TestWalls(t *testing.T) {
	good := func() []Wall {
		return []Wall{
			{Name: "pillar", Corners: [][2]float64{{0, 0}, {1, 0}, {1, 1.5}}, Solid: true},
			{Name: "fence", About: "of the arm", Corners: [][2]float64{{-1e5, 0}, {4, 1e5}}, Thick: 0.04},
		}
	}
	for name, change := range map[string]func(w []Wall){
		"":                                  func([]Wall) {},
		`"pillar" has no shape`:             func(w []Wall) { w[0].Corners = w[0].Corners[:2] },
		`"fence" has no shape`:              func(w []Wall) { w[1].Corners = nil },
		`the wall "fence" has no shape`:     func(w []Wall) { w[1].Thick = -1 },
		`"fence" has a corner nowhere`:      func(w []Wall) { w[1].Corners[1][1] = 1e300 },
		`the wall "pillar" has a corner no`: func(w []Wall) { w[0].Corners[2][0] = -2e5 },
	} {
		walls := good()
		change(walls)
		var out bytes.Buffer
		w, err := NewWriter(&out, &Header{Run: 10, Walls: walls}, nil)
		require.NoError(t, err)
		w.Begin(nil)
		require.NoError(t, w.Close(&Result{}, End{At: 10, Complete: true}))
		x, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if name != "" {
			require.ErrorContains(t, err, name)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, walls, x.Header.Walls)
	}
}
