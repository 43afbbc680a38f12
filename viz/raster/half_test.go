package raster

import (
	"image"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/draw/gallery"
)

// A pixel is the same whichever part of the image is painted with it.
func TestHalvesAreOneImage(t *testing.T) {
	for _, p := range append(gallery.Pictures(), gallery.Plant()) {
		img, parts := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height)), image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
		var painter Painter
		painter.Paint(img, &p.List)
		for top := 0; top < p.Height; top += 7 {
			target{parts.Pix, parts.Stride, p.Width, top, min(top+7, p.Height)}.paint(&painter.mesh)
		}
		require.Equal(t, img.Pix, parts.Pix, p.Name)
	}
}
