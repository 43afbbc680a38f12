//go:build !js

package main

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The plot of a run is XML, and says what is plotted, what was done and what is violated.
func TestPlots(t *testing.T) {
	x := recorded(t, "swat/attack-01")
	file := filepath.Join(t.TempDir(), "plots.svg")
	o, err := parseOptions([]string{"-svg=" + file, "-select=t101.level,mv101.state", "run.mcap"})
	require.NoError(t, err)
	require.NoError(t, writeSVG(o, []*opened{x}))
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	read := xml.NewDecoder(strings.NewReader(string(data)))
	for err = nil; err == nil; {
		_, err = read.Token()
	}
	require.True(t, errors.Is(err, io.EOF), err)
	for _, say := range []string{"t101.level [mm]", "mv101.state", ">open<", "limit 1100 mm", "12m49.348s t101-below-hh VIOLATED", ">A1<"} {
		assert.Contains(t, string(data), say)
	}
	o.chosen = []string{"t101.levle"}
	require.ErrorContains(t, writeSVG(o, []*opened{x}), "t101.level")
}

// However narrow it is, a curve goes as far up and down as its signal does, and ends where
// it ends.
func TestCurveKeepsExtremes(t *testing.T) {
	x := recorded(t, "swat/attack-01")
	for _, path := range []string{"t101.level", "lit101.level", "mv101.state"} {
		cell, err := x.Cell(path)
		require.NoError(t, err)
		lo, hi := math.Inf(1), math.Inf(-1)
		require.NoError(t, x.Values([]int{cell}, 0, func(_ vtime.Time, _ int, v float64) error {
			lo, hi = min(lo, v), max(hi, v)
			return nil
		}))
		end, err := x.At(x.Last())
		require.NoError(t, err)
		for _, columns := range []int{1, 3, 50, 1000} {
			c, err := newCurve(x.Trace, cell, 0, x.Last(), columns)
			require.NoError(t, err)
			scale := 1.0
			if k := x.KindOf(cell); k.Type == "number" {
				scale = k.Unit.Scale
			}
			// Between where courses begin a state may go a little beyond.
			assert.LessOrEqual(t, c.lo*scale, lo+1e-12, path)
			assert.GreaterOrEqual(t, c.hi*scale, hi-1e-12, path)
			assert.InDelta(t, (hi - lo), (c.hi-c.lo)*scale, 0.01*(hi-lo), path)
			last := c.columns[columns-1]
			assert.InDelta(t, end[cell], last.last*scale, 1e-9, path)
		}
	}
}

func TestRoundSteps(t *testing.T) {
	for least, want := range map[float64]float64{1: 1, 1.1: 2, 3: 5, 7: 10, 0.03: 0.05, 240: 500} {
		assert.InDelta(t, want, step(least), 1e-12*want)
	}
}
