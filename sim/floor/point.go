package floor

import "math"

// Farthest is how far from the origin a place can be along x or y, in millimetres: 100 km.
const Farthest = 100_000_000

// A Point is a place in the plane, in millimetres.
type Point struct{ X, Y int64 }

// At is the place nearest to coordinates in metres, and false where these are no place: too
// far away, or not numbers.
func At(x, y float64) (Point, bool) {
	const far = Farthest / 1000
	if !(math.Abs(x) <= far && math.Abs(y) <= far) {
		return Point{}, false
	}
	return Point{int64(math.Round(float64(x * 1000))), int64(math.Round(float64(y * 1000)))}, true
}

// Metres are its coordinates.
func (p Point) Metres() (x, y float64) { return float64(p.X) / 1000, float64(p.Y) / 1000 }

// minus is the way from another place to this one.
func (p Point) minus(o Point) Point { return Point{p.X - o.X, p.Y - o.Y} }

// dot is the scalar product of two ways.
func (p Point) dot(o Point) int64 { return p.X*o.X + p.Y*o.Y }

// cross is the third component of the vector product of two ways: above 0 where the
// second is to the left of the first.
func (p Point) cross(o Point) int64 { return p.X*o.Y - p.Y*o.X }
