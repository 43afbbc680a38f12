package raster_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/draw/gallery"
	"github.com/harmproof/harmproof/viz/raster"
)

// Within a clip a picture is as without, and outside there is nothing. A place where a
// triangle is cut has its opacity rounded.
func TestClipsCutAndChangeNothing(t *testing.T) {
	pictures := gallery.Pictures()
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(pictures).Draw(t, "picture")
		left, top := rapid.IntRange(0, 200).Draw(t, "left"), rapid.IntRange(0, 100).Draw(t, "top")
		right, bottom := left+rapid.IntRange(0, 60).Draw(t, "width"), top+rapid.IntRange(0, 60).Draw(t, "height")
		var l draw.List
		l.Clip(draw.Rect{X: float32(left), Y: float32(top), W: float32(right - left), H: float32(bottom - top)})
		first := int32(len(l.Points))
		l.Points = append(l.Points, p.List.Points...)
		for _, s := range p.List.Shapes {
			s.First += first
			l.Shapes = append(l.Shapes, s)
		}
		whole, part := raster.Image(&p.List, p.Width, p.Height), raster.Image(&l, p.Width, p.Height)
		for y := range p.Height {
			for x := range p.Width {
				a, b := whole.RGBAAt(x, y), part.RGBAAt(x, y)
				if x < left || x >= right || y < top || y >= bottom {
					if b.A != 0 {
						t.Fatalf("%d,%d is outside and has %v", x, y, b)
					}
					continue
				}
				for _, d := range [4]int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A)} {
					if max(d, -d) > 3 {
						t.Fatalf("%d,%d is %v and has %v", x, y, a, b)
					}
				}
			}
		}
	})
}
