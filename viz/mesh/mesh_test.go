package mesh_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/draw/gallery"
	"github.com/harmproof/harmproof/viz/mesh"
)

// sound demands what painters rely on: triangles of vertices that exist, within the
// picture, and letters that are rectangles at whole pixels, as large in the atlas.
func sound(t require.TestingT, m *mesh.Mesh, width, height int) {
	require.Zero(t, len(m.Indices)%3)
	for i, v := range m.Vertices {
		if math.IsNaN(float64(v.X)) || math.IsNaN(float64(v.Y)) {
			require.Fail(t, "not a number", "vertex %d", i)
		}
	}
	for i := 0; i < len(m.Indices); i += 3 {
		corners := [3]mesh.Vertex{}
		for k := range corners {
			n := int(m.Indices[i+k])
			if n >= len(m.Vertices) {
				require.Fail(t, "no such vertex", "%d", n)
			}
			v := m.Vertices[n]
			if v.X < 0 || v.Y < 0 || v.X > float32(width) || v.Y > float32(height) {
				require.Fail(t, "outside of the picture", "%+v of %d by %d", v, width, height)
			}
			if v.Color>>8 != m.Vertices[m.Indices[i]].Color>>8 {
				require.Fail(t, "a triangle of two colors")
			}
			corners[k] = v
		}
		if a, c := corners[0], corners[2]; a.U != mesh.Blank || a.V != mesh.Blank {
			whole := a.X == float32(int(a.X)) && a.Y == float32(int(a.Y)) && a.U == float32(int(a.U)) && a.V == float32(int(a.V))
			require.True(t, whole, "%+v", a)
			require.Equal(t, [2]float32{c.X - a.X, c.Y - a.Y}, [2]float32{c.U - a.U, c.V - a.V})
			require.Less(t, int(max(a.V, c.V)), m.Atlas.Height()+1)
			require.LessOrEqual(t, max(a.U, c.U), float32(mesh.AtlasWidth))
		}
	}
}

// odd draws numbers that somebody may get wrong.
func odd() *rapid.Generator[float32] {
	return rapid.OneOf(
		rapid.Float32Range(-50, 150),
		rapid.Map(rapid.IntRange(-4, 110), func(n int) float32 { return float32(n) / 2 }),
		rapid.Float32(),
		rapid.SampledFrom([]float32{0, float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), math.MaxFloat32, -math.MaxFloat32, 1e-30, 1e7, -1e7}),
	)
}

// hostile draws a list of shapes of all kinds whose numbers are odd.
func hostile(t *rapid.T) *draw.List {
	var l draw.List
	f := func() float32 { return odd().Draw(t, "number") }
	point := func() draw.Point { return draw.Point{X: f(), Y: f()} }
	rect := func() draw.Rect { return draw.Rect{X: f(), Y: f(), W: f(), H: f()} }
	points := func() (list []draw.Point) {
		for range rapid.IntRange(0, 9).Draw(t, "points") {
			list = append(list, point())
			if rapid.IntRange(0, 4).Draw(t, "again") == 0 {
				list = append(list, list[len(list)-1])
			}
		}
		return list
	}
	c := draw.Color(rapid.Uint32().Draw(t, "color"))
	for range rapid.IntRange(1, 6).Draw(t, "shapes") {
		switch rapid.IntRange(0, 11).Draw(t, "form") {
		case 0:
			l.Fill(rect(), f(), c)
		case 1:
			l.Frame(rect(), f(), f(), c)
		case 2:
			l.Polygon(c, points()...)
		case 3:
			l.Line(f(), c, points()...)
		case 4:
			l.Loop(f(), c, points()...)
		case 5:
			l.Disc(point(), f(), c)
		case 6:
			l.Ring(point(), f(), f(), c)
		case 7:
			l.Arc(point(), f(), f(), f(), f(), c)
		case 8:
			l.Sector(point(), f(), f(), f(), c)
		case 9:
			style := draw.Style{Font: draw.Font(rapid.Byte().Draw(t, "font")), Size: f()}
			l.Text(point(), style, c, rapid.String().Draw(t, "text"))
		case 10:
			l.Clip(rect())
		case 11:
			l.Unclip()
		}
	}
	return &l
}

// Whatever is in a list, its mesh is sound.
func TestHostileLists(t *testing.T) {
	var m mesh.Mesh
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(-1, 120).Draw(t, "width"), rapid.IntRange(-1, 120).Draw(t, "height")
		m.Build(hostile(t), width, height)
		sound(t, &m, max(0, width), max(0, height))
	})
}

// A list that was put together by hand may point to where nothing is.
func TestBrokenLists(t *testing.T) {
	var m mesh.Mesh
	for form := draw.FillForm; form <= draw.UnclipForm+1; form++ {
		for _, s := range []draw.Shape{{First: 0, Count: 9}, {First: -1, Count: 2}, {First: 0, Count: -1}, {First: 2, Count: 1}, {}, {Count: 1}} {
			s.Form, s.Color, s.Radius, s.Width, s.To, s.Text, s.Style.Size = form, 0xFF, 5, 1, 1, "text", 12
			m.Build(&draw.List{Shapes: []draw.Shape{s}, Points: make([]draw.Point, 2)}, 50, 50)
			sound(t, &m, 50, 50)
		}
	}
}

func TestGalleryIsSound(t *testing.T) {
	var m mesh.Mesh
	for _, p := range append(gallery.Pictures(), gallery.Plant()) {
		m.Build(&p.List, p.Width, p.Height)
		sound(t, &m, p.Width, p.Height)
		require.NotEmpty(t, m.Indices)
	}
}

// Building the same picture again takes no memory, and gives the same triangles.
func TestMemoryIsUsedAgain(t *testing.T) {
	p := gallery.Plant()
	var m mesh.Mesh
	m.Build(&p.List, p.Width, p.Height)
	vertices, indices := len(m.Vertices), len(m.Indices)
	require.Zero(t, testing.AllocsPerRun(5, func() { m.Build(&p.List, p.Width, p.Height) }))
	require.Equal(t, []int{vertices, indices}, []int{len(m.Vertices), len(m.Indices)})
}

// A polygon with more points than can be looked at is painted in a moment all the same.
func TestPolygonOfManyPoints(t *testing.T) {
	var l draw.List
	var points []draw.Point
	for i := range 200000 {
		sin, cos := math.Sincos(float64(i) * 2 * math.Pi / 200000)
		points = append(points, draw.Point{X: 50 + float32(cos*(30+10*sin)), Y: 50 + float32(sin*30)})
	}
	l.Polygon(0xFF, points...)
	var m mesh.Mesh
	m.Build(&l, 100, 100)
	sound(t, &m, 100, 100)
	require.Less(t, len(m.Indices), 20000)
}

// Letters stay where they are in the atlas while it grows; when it is full it begins anew.
func TestAtlas(t *testing.T) {
	var m mesh.Mesh
	build := func(size float32) {
		var l draw.List
		for i := range 94 {
			l.Text(draw.Point{X: 10, Y: 200}, draw.Style{Size: size}, 0xFF, fmt.Sprintf("%c", '!'+i))
		}
		m.Build(&l, 400, 400)
		sound(t, &m, 400, 400)
		require.Len(t, m.Indices, 94*6, "at size %v a letter is missing", size)
	}
	tallest := 0
	for size := float32(10); size <= draw.Largest; size += 2 {
		before := append([]byte(nil), m.Atlas.Cover...)
		was := m.Atlas.Height()
		build(size)
		tallest = max(tallest, m.Atlas.Height())
		if from := m.Atlas.Changed[0]; m.Atlas.Height() == was {
			require.Equal(t, before[:from*mesh.AtlasWidth], m.Atlas.Cover[:from*mesh.AtlasWidth])
		}
		m.Atlas.Clean()
		again := append([]mesh.Vertex(nil), m.Vertices...)
		build(size)
		require.Equal(t, again, m.Vertices)
		require.Equal(t, [2]int{}, m.Atlas.Changed, "nothing new")
	}
	require.Equal(t, mesh.Tallest, tallest)
}

func BenchmarkPlant(b *testing.B) {
	p := gallery.Plant()
	var m mesh.Mesh
	m.Build(&p.List, p.Width, p.Height)
	b.ReportAllocs()
	for b.Loop() {
		m.Build(&p.List, p.Width, p.Height)
	}
	b.ReportMetric(float64(len(m.Indices)/3), "triangles")
}
