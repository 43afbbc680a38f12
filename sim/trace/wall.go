package trace

import (
	"fmt"
	"math"
)

// A Wall is what people do not walk through, in the plane of their x and y.
type Wall struct {
	Name  string `json:"name"`
	About string `json:"about,omitempty"`
	// Corners are those of the area that a solid wall covers, or of the line along which
	// another one goes, in metres.
	Corners [][2]float64 `json:"corners"`
	Solid   bool         `json:"solid,omitempty"`
	Thick   float64      `json:"thick,omitempty"` // m, of a line: as much to both sides; 0 of a fence
}

// farthest is how far away a wall can be, in metres.
const farthest = 1e5

// walls checks that walls have corners that can be drawn.
func (h *Header) walls() error {
	for i := range h.Walls {
		w := &h.Walls[i]
		least := 2
		if w.Solid {
			least = 3
		}
		if len(w.Corners) < least || !(w.Thick >= 0 && w.Thick <= farthest) {
			return fmt.Errorf("the wall %q has no shape", w.Name)
		}
		for _, c := range w.Corners {
			if !(math.Abs(c[0]) <= farthest && math.Abs(c[1]) <= farthest) {
				return fmt.Errorf("the wall %q has a corner nowhere", w.Name)
			}
		}
	}
	return nil
}
