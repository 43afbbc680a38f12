package raster_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/draw/gallery"
	"github.com/harmproof/harmproof/viz/raster"
)

var update = flag.Bool("update", false, "rewrite the pictures")

// differences returns how much two images of a size differ in a channel, on average and at
// most.
func differences(t *testing.T, a, b *image.RGBA) (mean float64, most int) {
	t.Helper()
	require.Equal(t, a.Rect, b.Rect)
	sum := 0
	for i := range a.Pix {
		d := int(a.Pix[i]) - int(b.Pix[i])
		d = max(d, -d)
		sum, most = sum+d, max(most, d)
	}
	return float64(sum) / float64(len(a.Pix)), most
}

// Another machine may round a sine or the place of an edge another way, which moves a few
// pixels by a little.
func TestPicturesAreAsTheyWere(t *testing.T) {
	for _, p := range gallery.Pictures() {
		t.Run(p.Name, func(t *testing.T) {
			img := raster.Image(&p.List, p.Width, p.Height)
			name := filepath.Join("testdata", p.Name+".png")
			if *update {
				var b bytes.Buffer
				require.NoError(t, png.Encode(&b, img))
				require.NoError(t, os.WriteFile(name, b.Bytes(), 0o644))
			}
			file, err := os.Open(name)
			require.NoError(t, err, "go test ./viz/raster -update makes it")
			defer file.Close()
			was, err := png.Decode(file)
			require.NoError(t, err)
			mean, most := differences(t, was.(*image.RGBA), img)
			require.Less(t, mean, 0.02)
			require.LessOrEqual(t, most, 8)
		})
	}
}

func BenchmarkPlant(b *testing.B) {
	p := gallery.Plant()
	texts := 0
	for i := range p.List.Shapes {
		if p.List.Shapes[i].Text != "" {
			texts++
		}
	}
	img := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
	var painter raster.Painter
	painter.Paint(img, &p.List)
	b.ReportAllocs()
	for b.Loop() {
		painter.Paint(img, &p.List)
	}
	b.ReportMetric(float64(len(p.List.Shapes)), "shapes")
	b.ReportMetric(float64(texts), "texts")
}
