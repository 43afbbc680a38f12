package view

import (
	"slices"

	"github.com/harmproof/harmproof/viz/draw"
)

// Regions are where the parts of the picture are, for tests.
func (v *View) Regions() map[string]draw.Rect {
	f := v.frame
	m := map[string]draw.Rect{"top": f.top, "map": f.maps[0], "caption": f.caption, "panel": f.panel, "timeline": f.timeline}
	if len(v.sides) == 2 {
		m["second map"] = f.maps[1]
	}
	return m
}

// Shade is the color that lies over what waits.
func (v *View) Shade() draw.Color { return v.theme.Shade }

// Plots reports whether a signal is plotted.
func (v *View) Plots(cell int) bool { return slices.Contains(v.plots, cell) }

// Extent is the span of values of the plot of a signal.
func (v *View) Extent(cell int) (lo, hi float64) { return v.extent(cell) }
