package raster_test

import (
	"image"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/raster"
)

// glass is half transparent, so that what is painted twice shows.
const glass draw.Color = 0xFFFFFF80

const side = 96

func at(x, y float32) draw.Point { return draw.Point{X: x, Y: y} }

// covered returns how much is covered of all pixels together, in pixels, and the most that
// is of one, as its opacity.
func covered(img *image.RGBA) (area float64, most uint8) {
	for i := 3; i < len(img.Pix); i += 4 {
		area += float64(img.Pix[i]) / float64(glass&0xFF)
		most = max(most, img.Pix[i])
	}
	return area, most
}

// once demands of a picture with one shape that it has an area, and that no pixel is
// painted twice.
func once(t require.TestingT, name string, l *draw.List, area, tolerance float64) {
	got, most := covered(raster.Image(l, side, side))
	require.InDelta(t, area, got, tolerance, name)
	require.LessOrEqual(t, most, uint8(glass&0xFF), "%s overlaps itself", name)
}

// Each shape covers as much as geometry says, wherever it lies.
func TestAreas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(from, to float64, name string) float32 {
			return float32(rapid.Float64Range(from, to).Draw(t, name))
		}
		center := at(number(44, 52, "x"), number(44, 52, "y"))
		r, w := number(4, 38, "radius"), number(0.3, 3.5, "width")
		R, W := float64(r), float64(w)
		angle, sweep := number(-7, 7, "from"), number(0.6, 5.5, "sweep")
		ends := [2]draw.Point{polar(center, r, angle), polar(center, r, angle+math.Pi)}
		corners := [2]draw.Point{polar(center, r, angle+math.Pi/2), polar(center, r, angle-math.Pi/2)}
		turn, border := float64(sweep), R*R-(R-W)*(R-W)
		for _, shape := range []struct {
			name          string
			draw          func(*draw.List)
			area, outline float64
			chords        float64 // how much of the outline stands for an arc
		}{
			{"disc", func(l *draw.List) { l.Disc(center, r, glass) }, math.Pi * R * R, 2 * math.Pi * R, 2 * math.Pi * R},
			{"ring", func(l *draw.List) { l.Ring(center, r, w, glass) }, math.Pi * border, 4 * math.Pi * R, 0},
			{"arc", func(l *draw.List) { l.Arc(center, r, w, angle, angle+sweep, glass) }, turn / 2 * border, 2*turn*R + 2*W, 0},
			{"sector", func(l *draw.List) { l.Sector(center, r, angle, angle+sweep, glass) }, turn / 2 * R * R, turn*R + 2*R, turn * R},
			{"fill", func(l *draw.List) { l.Fill(box(center, r, r/2), 0, glass) }, 2 * R * R, 0, 0},
			{"round fill", func(l *draw.List) { l.Fill(box(center, r, r/2), 2, glass) }, 2*R*R - (4-math.Pi)*4, 4 * math.Pi, 4 * math.Pi},
			{"frame", func(l *draw.List) { l.Frame(box(center, r, r), 0, w, glass) }, 4 * border, 0, 0},
			{"round frame", func(l *draw.List) { l.Frame(box(center, r, r), 4, w, glass) },
				4*border - (4-math.Pi)*(16-(4-W)*(4-W)), 16 * math.Pi, 0},
			{"line", func(l *draw.List) { l.Line(w, glass, ends[:]...) }, 2 * R * W, 4*R + 2*W, 0},
			{"square", func(l *draw.List) { l.Polygon(glass, ends[0], corners[0], ends[1], corners[1]) }, 2 * R * R, 4 * math.Sqrt2 * R, 0},
		} {
			var l draw.List
			shape.draw(&l)
			// The middles of pixels meet a fringe aslant every 0.7 pixels, which counts up to
			// 0.065 too much or too little of its width. A chord is up to 0.15 of a
			// pixel off its arc and two thirds of that on average. Opacities are rounded to
			// 1/128, by half of that at most, in each pixel: those within, and two along
			// outlines, of which none is longer than 16 radii.
			rounded := (shape.area + 32*R) / 256
			once(t, shape.name, &l, shape.area, 1+0.065*shape.outline+0.1*shape.chords+rounded)
		}
	})
}

func polar(center draw.Point, radius, angle float32) draw.Point {
	sin, cos := math.Sincos(float64(angle))
	return center.Plus(at(float32(cos), float32(sin)).Times(radius))
}

func box(center draw.Point, x, y float32) draw.Rect {
	return draw.Rect{X: center.X - x, Y: center.Y - y, W: 2 * x, H: 2 * y}
}

// A half transparent line has one opacity, corners too.
func TestLinesCoverOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := float32(rapid.Float64Range(0.4, 8).Draw(t, "width"))
		p := at(48, 48)
		heading := rapid.Float64Range(0, 6).Draw(t, "heading")
		points := []draw.Point{p}
		for range 3 {
			p = polar(p, float32(rapid.Float64Range(15, 20).Draw(t, "long")), float32(heading))
			points = append(points, p)
			heading += rapid.Float64Range(-1.8, 1.8).Draw(t, "turn")
		}
		if back := p.Minus(points[0]); math.Hypot(float64(back.X), float64(back.Y)) < 2*float64(width+3) {
			t.Skip("it comes back to where it began")
		}
		var l draw.List
		l.Line(width, glass, points...)
		img := raster.Image(&l, side, side)
		_, most := covered(img)
		require.LessOrEqual(t, most, uint8(glass&0xFF))
	})
}

// A polygon is filled where a point in it says that it is, dents and all.
func TestPolygonsAreFilled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var points []draw.Point
		n := rapid.IntRange(3, 14).Draw(t, "corners")
		for i := range n {
			r := rapid.Float64Range(6, 44).Draw(t, "radius")
			points = append(points, polar(at(48, 48), float32(r), float32(i)*2*math.Pi/float32(n)))
		}
		if rapid.Bool().Draw(t, "the other way around") {
			for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
				points[i], points[j] = points[j], points[i]
			}
		}
		var l draw.List
		l.Polygon(0xFFFFFFFF, points...)
		img := raster.Image(&l, side, side)
		for y := range side {
			for x := range side {
				inside, distance := where(points, float64(x)+0.5, float64(y)+0.5)
				a := img.Pix[img.PixOffset(x, y)+3]
				switch {
				case distance < 1.5:
				case inside && a < 255:
					t.Fatalf("%d,%d is %.2f inside and has %d of 255", x, y, distance, a)
				case !inside && distance > 4 && a > 0:
					t.Fatalf("%d,%d is %.2f outside and has %d of 255", x, y, distance, a)
				}
			}
		}
	})
}

// where returns whether a place is inside of a polygon and how far from its outline.
func where(p []draw.Point, x, y float64) (inside bool, distance float64) {
	distance = math.Inf(1)
	for i := range p {
		q := p[(i+1)%len(p)]
		ax, ay, bx, by := float64(p[i].X), float64(p[i].Y), float64(q.X), float64(q.Y)
		if (ay > y) != (by > y) && x < ax+(bx-ax)*(y-ay)/(by-ay) {
			inside = !inside
		}
		part := ((x-ax)*(bx-ax) + (y-ay)*(by-ay)) / ((bx-ax)*(bx-ax) + (by-ay)*(by-ay))
		part = math.Max(0, math.Min(1, part))
		distance = math.Min(distance, math.Hypot(x-ax-part*(bx-ax), y-ay-part*(by-ay)))
	}
	return inside, distance
}

// An image that is part of another is painted like any, and the rest stays.
func TestPartOfAnImage(t *testing.T) {
	var l draw.List
	l.Fill(draw.Rect{X: -5, Y: -5, W: 500, H: 500}, 0, 0x102030FF)
	whole := image.NewRGBA(image.Rect(0, 0, 30, 20))
	part := whole.SubImage(image.Rect(10, 5, 20, 15)).(*image.RGBA)
	raster.Paint(part, &l)
	for y := range 20 {
		for x := range 30 {
			want := uint8(0)
			if x >= 10 && x < 20 && y >= 5 && y < 15 {
				want = 0x10
			}
			require.Equal(t, want, whole.RGBAAt(x, y).R, "%d,%d", x, y)
		}
	}
}
