package look

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/raster"
)

var sheets = flag.String("sheets", "", "a folder for pictures of all icons")

// states are those that a contact sheet shows, of a theme.
func states(t *Theme) []State {
	return []State{
		{Theme: t},
		{Theme: t, Fill: 0.6, Open: 1, Heat: 0.8, Turn: 0.5, On: true},
		{Theme: t, Fill: 0.85, Told: 0.4, HasTold: true, Open: 0.5, Turn: 1, On: true, False: true},
		{Theme: t, Fill: 0.4, Open: 0.3, Turn: 1.6, On: true, Compromised: true},
		{Theme: t, Fill: 1, Open: 0, Heat: 1, Turn: 2.2, Alarm: true},
	}
}

// TestSheets writes contact sheets, to be looked at: go test -sheets DIR.
func TestSheets(t *testing.T) {
	if *sheets == "" {
		t.Skip("no -sheets")
	}
	for _, theme := range []*Theme{&Dark, &Light} {
		for _, size := range []int{24, 48, 96} {
			l, w, h := sheet(theme, size)
			f, err := os.Create(filepath.Join(*sheets, theme.Name+"-"+map[int]string{24: "24", 48: "48", 96: "96"}[size]+".png"))
			require.NoError(t, err)
			require.NoError(t, png.Encode(f, raster.Image(l, w, h)))
			require.NoError(t, f.Close())
		}
	}
}

func sheet(theme *Theme, size int) (*draw.List, int, int) {
	l, names := &draw.List{}, Names()
	const columns = 3
	cell, high := size+size/3, size+size/3+14
	block := 5*cell + 12
	rows := (len(names) + columns - 1) / columns
	w, h := columns*block+8, rows*high+8
	l.Fill(draw.Rect{W: float32(w), H: float32(h)}, 0, theme.Area)
	for i, name := range names {
		x, y := float32(8+(i/rows)*block), float32(8+(i%rows)*high)
		for k, s := range states(theme) {
			Icon(l, name, draw.Rect{X: x + float32(k*cell), Y: y, W: float32(size), H: float32(size)}, s)
		}
		l.Text(draw.Point{X: x, Y: y + float32(size) + 12}, draw.Style{Size: 9}, theme.Faint, name)
	}
	return l, w, h
}
