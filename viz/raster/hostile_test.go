package raster_test

import (
	"image"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/draw/gallery"
	"github.com/harmproof/harmproof/viz/raster"
)

// FuzzPaint paints shapes whose numbers are the bytes that it is given.
func FuzzPaint(f *testing.F) {
	f.Add([]byte{0, 5, 1, 9, 255, 200, 13, 7, 66, 2, 90, 1, 2, 3, 4, 5, 6, 7, 8}, uint8(40), uint8(30))
	f.Add([]byte{8, 254, 253, 252, 251, 250, 249, 3, 1, 1, 1}, uint8(1), uint8(90))
	f.Add([]byte{2, 0, 0, 80, 0, 80, 80, 3, 0, 0, 80, 80}, uint8(90), uint8(90))
	f.Fuzz(func(t *testing.T, data []byte, width, height uint8) {
		raster.Image(read(data), int(width), int(height))
	})
}

// read makes a list of bytes.
func read(data []byte) *draw.List {
	var l draw.List
	odd := []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), math.MaxFloat32, 1e9, -1e9, 1e-20}
	next := func() float32 {
		if len(data) == 0 {
			return 0
		}
		b := int(data[0])
		data = data[1:]
		if i := 255 - b; i < len(odd) {
			return odd[i]
		}
		return float32(b)/1.7 - 20
	}
	point := func() draw.Point { return at(next(), next()) }
	rect := func() draw.Rect { return draw.Rect{X: next(), Y: next(), W: next(), H: next()} }
	for len(data) > 0 {
		form := draw.Form(data[0] % 9)
		data = data[1:]
		c := glass | draw.Color(len(data)&0x7F)
		switch form {
		case draw.FillForm:
			l.Frame(rect(), next(), next(), c)
		case draw.PolygonForm:
			l.Polygon(c, point(), point(), point(), point(), point())
		case draw.LineForm:
			l.Line(next(), c, point(), point(), point(), point())
		case draw.DiscForm:
			l.Ring(point(), next(), next(), c)
		case draw.ArcForm:
			l.Arc(point(), next(), next(), next(), next(), c)
		case draw.SectorForm:
			l.Sector(point(), next(), next(), next(), c)
		case draw.TextForm:
			l.Text(point(), draw.Style{Font: draw.Font(len(data)), Size: next()}, c, string(data[:len(data)/2]))
		case draw.ClipForm:
			l.Clip(rect())
		case draw.UnclipForm:
			l.Unclip()
		}
	}
	return &l
}

// A picture is the same however often it is painted, and takes no memory from the second
// time on.
func TestPaintingAgain(t *testing.T) {
	p := gallery.Plant()
	one, two := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height)), image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
	var painter raster.Painter
	painter.Paint(one, &p.List)
	require.Less(t, testing.AllocsPerRun(10, func() { painter.Paint(two, &p.List) }), 2.0, "but for what the runtime takes for a goroutine")
	require.Equal(t, one.Pix, two.Pix)
}
