package floor_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/floor"
)

// The second way is of fractions of any size, and of formulas that the package does not
// use: it solves for where ways meet, and counts how often an outline winds around a place.

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }

// within0to1 reports whether a share is of the way itself.
func within0to1(x *big.Rat) bool { return x.Sign() >= 0 && x.Cmp(rat(1)) <= 0 }

// apart2 is the square of how far a place is from a segment: the least of a parabola.
func apart2(p floor.Point, s floor.Segment) *big.Rat {
	at := func(t *big.Rat) *big.Rat {
		x := sub(add(rat(s.A.X), mul(t, rat(s.B.X-s.A.X))), rat(p.X))
		y := sub(add(rat(s.A.Y), mul(t, rat(s.B.Y-s.A.Y))), rat(p.Y))
		return add(mul(x, x), mul(y, y))
	}
	// at(t) = a t^2 + b t + c
	c := at(rat(0))
	a := sub(mul(big.NewRat(1, 2), add(at(rat(1)), at(rat(-1)))), c)
	b := mul(big.NewRat(1, 2), sub(at(rat(1)), at(rat(-1))))
	best := at(rat(0))
	if end := at(rat(1)); end.Cmp(best) < 0 {
		best = end
	}
	if a.Sign() > 0 {
		if t := new(big.Rat).Quo(mul(big.NewRat(-1, 2), b), a); within0to1(t) {
			best = at(t)
		}
	}
	return best
}

// cut reports whether two segments meet: Cramer's rule, and ends where they are parallel.
func cut(s, t floor.Segment) bool {
	dx, dy, ex, ey := rat(s.B.X-s.A.X), rat(s.B.Y-s.A.Y), rat(t.B.X-t.A.X), rat(t.B.Y-t.A.Y)
	fx, fy := rat(t.A.X-s.A.X), rat(t.A.Y-s.A.Y)
	det := sub(mul(dx, ey), mul(dy, ex))
	if det.Sign() == 0 {
		return apart2(t.A, s).Sign() == 0 || apart2(t.B, s).Sign() == 0 || apart2(s.A, t).Sign() == 0 || apart2(s.B, t).Sign() == 0
	}
	u := new(big.Rat).Quo(sub(mul(fx, ey), mul(fy, ex)), det)
	v := new(big.Rat).Quo(sub(mul(fx, dy), mul(fy, dx)), det)
	return within0to1(u) && within0to1(v)
}

// winds reports whether corners wind around a place, by angles.
func winds(p floor.Point, corners []floor.Point) bool {
	var turn float64
	for i, c := range corners {
		d := corners[(i+1)%len(corners)]
		a, b := math.Atan2(float64(c.Y-p.Y), float64(c.X-p.X)), math.Atan2(float64(d.Y-p.Y), float64(d.X-p.X))
		turn += math.Remainder(b-a, 2*math.Pi)
	}
	return math.Abs(turn) > math.Pi
}

// inside is Holds by the second way.
func inside(w *floor.Wall, p floor.Point) bool {
	most := rat(w.Thick * w.Thick)
	for i, c := range w.Corners {
		if i+1 == len(w.Corners) && !w.Solid {
			break
		}
		if off := apart2(p, floor.Segment{A: c, B: w.Corners[(i+1)%len(w.Corners)]}); mul(rat(4), off).Cmp(most) <= 0 {
			return true
		}
	}
	return w.Solid && winds(p, w.Corners)
}

// reach is how far drawn places are from the origin: near enough that much is on a line or a
// corner, or as far as places can be.
func point(t *rapid.T, reach int64) floor.Point {
	return floor.Point{X: rapid.Int64Range(-reach, reach).Draw(t, "x"), Y: rapid.Int64Range(-reach, reach).Draw(t, "y")}
}

func reach(t *rapid.T) int64 {
	return rapid.SampledFrom([]int64{3, 6, 40, floor.Farthest}).Draw(t, "reach")
}

func segment(t *rapid.T, reach int64) floor.Segment {
	return floor.Segment{A: point(t, reach), B: point(t, reach)}
}

// wall draws a line, or a polygon that does not fold.
func wall(t *rapid.T, reach int64) floor.Wall {
	w := floor.Wall{Solid: rapid.Bool().Draw(t, "solid")}
	least := 2
	if w.Solid {
		least = 3
	} else {
		w.Thick = rapid.Int64Range(0, min(reach, floor.Thickest)).Draw(t, "thick")
	}
	for range rapid.IntRange(least, 6).Draw(t, "corners") {
		w.Corners = append(w.Corners, point(t, reach))
	}
	if _, _, folds := w.Fold(); w.Solid && folds {
		t.Skip("folds")
	}
	return w
}

func TestSegmentsMeetAsFractionsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := reach(t)
		a, b := segment(t, r), segment(t, r)
		require.Equal(t, cut(a, b), a.Meets(b), "%v %v", a, b)
		require.Equal(t, a.Meets(b), b.Meets(a))
		p := point(t, r)
		require.Equal(t, apart2(p, a).Sign() == 0, a.Has(p), "%v %v", a, p)
	})
}

func TestWallsHoldWhatFractionsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := reach(t)
		w := wall(t, r)
		for range 8 {
			p := point(t, r)
			require.Equal(t, inside(&w, p), w.Holds(p), "%+v %v", w, p)
		}
	})
}

// A way meets a wall where one of its places is in it: it is cut where it passes an edge, and
// the thick line is as near as its ends are, or those of the way.
func TestWaysMeetWallsAsFractionsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := reach(t)
		w, s := wall(t, r), segment(t, r)
		want := inside(&w, s.A) || inside(&w, s.B)
		for i, c := range w.Corners {
			if i+1 < len(w.Corners) || w.Solid {
				want = want || cut(s, floor.Segment{A: c, B: w.Corners[(i+1)%len(w.Corners)]})
			}
			want = want || mul(rat(4), apart2(c, s)).Cmp(rat(w.Thick*w.Thick)) <= 0
		}
		require.Equal(t, want, w.Meets(s), "%+v %v", w, s)
		require.Equal(t, want, w.Meets(floor.Segment{A: s.B, B: s.A}))
		if want {
			at := w.Where(s)
			require.LessOrEqual(t, apart2(at, s).Cmp(rat(1)), 0, "%v is not on %v", at, s)
			thicker := w
			thicker.Thick += 3 // the place is rounded
			require.True(t, inside(&thicker, at), "%v is not in %+v", at, w)
		}
	})
}

// From anywhere on a segment to a place is all that the ways from many places on it are.
func TestATriangleIsAllWaysWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, from, to := wall(t, 40), segment(t, 40), point(t, 40)
		const parts = 12 // all coordinates times twelve, so that each part is a place
		for i := range w.Corners {
			w.Corners[i] = floor.Point{X: w.Corners[i].X * parts, Y: w.Corners[i].Y * parts}
		}
		from = floor.Segment{A: floor.Point{X: from.A.X * parts, Y: from.A.Y * parts}, B: floor.Point{X: from.B.X * parts, Y: from.B.Y * parts}}
		to = floor.Point{X: to.X * parts, Y: to.Y * parts}
		met := false
		for i := range int64(parts + 1) {
			at := floor.Point{X: from.A.X + (from.B.X-from.A.X)/parts*i, Y: from.A.Y + (from.B.Y-from.A.Y)/parts*i}
			met = met || w.Meets(floor.Segment{A: at, B: to})
		}
		if met {
			require.True(t, w.MeetsAny(from, to), "%+v %v %v", w, from, to)
		}
		if !w.MeetsAny(from, to) {
			require.False(t, w.Meets(from) || w.Holds(to))
		}
	})
}

func TestAWallWithinATriangleIsInTheWay(t *testing.T) {
	pillar := floor.Wall{Solid: true, Corners: []floor.Point{{10, 10}, {11, 10}, {11, 11}, {10, 11}}}
	from, to := floor.Segment{A: floor.Point{X: 0, Y: 0}, B: floor.Point{X: 0, Y: 30}}, floor.Point{X: 30, Y: 10}
	require.False(t, pillar.Meets(from))
	require.False(t, pillar.Meets(floor.Segment{A: from.A, B: to}))
	require.False(t, pillar.Meets(floor.Segment{A: from.B, B: to}))
	require.True(t, pillar.MeetsAny(from, to))
	require.False(t, pillar.MeetsAny(from, floor.Point{X: 5, Y: 10}))
}

// Who goes by the place that was found meets no wall.
func TestAroundIsFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		walls := make([]floor.Wall, rapid.IntRange(1, 3).Draw(t, "walls"))
		for i := range walls {
			walls[i] = wall(t, 4000)
		}
		s := segment(t, 6000)
		by, corner, ok := floor.Around(s, &walls[0], walls)
		if !ok {
			return
		}
		require.Contains(t, walls[0].Corners, corner)
		for i := range walls {
			require.False(t, walls[i].Meets(floor.Segment{A: s.A, B: by}) || walls[i].Meets(floor.Segment{A: by, B: s.B}))
		}
	})
}

func TestAroundTakesTheNearerEnd(t *testing.T) {
	fence := floor.Wall{Corners: []floor.Point{{0, -1000}, {0, 9000}}}
	by, corner, ok := floor.Around(floor.Segment{A: floor.Point{X: -5000}, B: floor.Point{X: 5000}}, &fence, []floor.Wall{fence})
	require.True(t, ok)
	require.Equal(t, floor.Point{X: 0, Y: -1000}, corner)
	require.Equal(t, floor.Point{X: 0, Y: -1500}, by)
	room := floor.Wall{Corners: []floor.Point{{-9000, -9000}, {9000, -9000}, {9000, 9000}, {-9000, 9000}, {-9000, -9000}}}
	_, _, ok = floor.Around(floor.Segment{A: floor.Point{}, B: floor.Point{X: 20000}}, &room, []floor.Wall{room})
	require.False(t, ok, "a room without a door")
}

func TestFold(t *testing.T) {
	for name, c := range map[string]struct {
		corners []floor.Point
		folds   bool
	}{
		"square":           {[]floor.Point{{0, 0}, {4, 0}, {4, 4}, {0, 4}}, false},
		"a corner between": {[]floor.Point{{0, 0}, {2, 0}, {4, 0}, {4, 4}, {0, 4}}, false},
		"bow":              {[]floor.Point{{0, 0}, {4, 4}, {4, 0}, {0, 4}}, true},
		"spike":            {[]floor.Point{{0, 0}, {4, 0}, {2, 0}, {2, 4}}, true},
		"flat":             {[]floor.Point{{0, 0}, {4, 0}, {2, 0}}, true},
		"touches itself":   {[]floor.Point{{0, 0}, {8, 0}, {8, 8}, {4, 0}, {0, 8}}, true},
		"spike at the end": {[]floor.Point{{0, 0}, {4, 0}, {4, 4}, {-2, 0}, {2, 0}}, true},
	} {
		_, _, folds := (&floor.Wall{Corners: c.corners, Solid: true}).Fold()
		require.Equal(t, c.folds, folds, name)
	}
}

func TestAtIsTheNearestMillimetre(t *testing.T) {
	at, ok := floor.At(1.812, -0.0006)
	require.True(t, ok)
	require.Equal(t, floor.Point{X: 1812, Y: -1}, at)
	x, y := at.Metres()
	require.Equal(t, [2]float64{1.812, -0.001}, [2]float64{x, y})
	at, ok = floor.At(1e5, -1e5)
	require.True(t, ok)
	require.Equal(t, floor.Point{X: floor.Farthest, Y: -floor.Farthest}, at)
	for _, x := range []float64{100000.001, math.Inf(-1), math.NaN(), 1e300} {
		_, ok = floor.At(0, x)
		require.False(t, ok)
	}
}
