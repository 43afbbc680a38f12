package scenarios

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHomeTooHot: 10 kW take the house past 30 degC when the closed form says, after 13.889 h times ln((50 - T)/20).
func TestHomeTooHot(t *testing.T) {
	r := ofLibrary(t, "home/stuck-on")
	from := changes(r, "boiler.relay", 1)[0]
	began := hours(r, "house.temperature", from/3600) - 273.15
	assert.InDelta(t, from+13.889*3600*math.Log((50-began)/(50-30)), violatedAt(t, r, "not-too-hot"), 1)
	assert.InDelta(t, from+0.005*1e7*math.Log((50-began)/(50-30)), violatedAt(t, r, "not-too-hot"), 1e-3)
}

// TestHomeFreezes: at -10 degC outside the pipes are at 5 degC when the closed form says, step by step from when the
// boiler was last off: 0.005 K/W, and what an open door airs besides while she goes.
func TestHomeFreezes(t *testing.T) {
	r := ofLibrary(t, "home/freeze")
	frost := violatedAt(t, r, "no-frost")
	off := 0.
	for _, at := range changes(r, "boiler.relay", 0) {
		if at < frost {
			off = max(off, at)
		}
	}
	require.Positive(t, off)
	is := hours(r, "house.temperature", off/3600) - 273.15
	assert.Greater(t, is, 16.)
	edges := []float64{off, frost}
	for _, to := range []float64{0, 1} {
		for _, at := range append(changes(r, "door.open", to), changes(r, "windows.open", to)...) {
			if at > off && at < frost {
				edges = append(edges, at)
			}
		}
	}
	slices.Sort(edges)
	aired := 0.
	for i, to := range edges[1:] {
		loss, lasts := 1/0.005, to-edges[i]
		if hours(r, "door.open", (edges[i]+1e-3)/3600) > 0 || hours(r, "windows.open", (edges[i]+1e-3)/3600) > 0 {
			loss += 1206 * 250 * 10 / 3600.
			aired += lasts
		}
		is = -10 + (is+10)*math.Exp(-lasts*loss/1e7)
	}
	assert.InDelta(t, 5, is, 1e-6)
	assert.Greater(t, aired, 10., "s")
}
