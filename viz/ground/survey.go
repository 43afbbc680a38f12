package ground

import (
	"math"

	"github.com/harmproof/harmproof/sim/trace"
)

// A Box is a rectangle along the axes. It is empty where Low is beyond High.
type Box struct{ Low, High Point }

func nothing() Box {
	inf := math.Inf(1)
	return Box{Point{inf, inf}, Point{-inf, -inf}}
}

// Empty reports whether nothing is in the box.
func (b Box) Empty() bool { return !(b.Low.X <= b.High.X && b.Low.Y <= b.High.Y) }

// Width is how far it reaches along x.
func (b Box) Width() float64 { return b.High.X - b.Low.X }

// Height is how far it reaches along y.
func (b Box) Height() float64 { return b.High.Y - b.Low.Y }

// Center is its middle.
func (b Box) Center() Point { return Point{(b.Low.X + b.High.X) / 2, (b.Low.Y + b.High.Y) / 2} }

// with is the box that has another one in it as well.
func (b Box) with(c Box) Box {
	return Box{Point{min(b.Low.X, c.Low.X), min(b.Low.Y, c.Low.Y)}, Point{max(b.High.X, c.High.X), max(b.High.Y, c.High.Y)}}
}

// grown is the box with a border.
func (b Box) grown(by float64) Box {
	return Box{Point{b.Low.X - by, b.Low.Y - by}, Point{b.High.X + by, b.High.Y + by}}
}

// atLeast is the box around the same middle that is no smaller than that.
func (b Box) atLeast(w, h float64) Box {
	c := b.Center()
	w, h = max(w, b.Width())/2, max(h, b.Height())/2
	return Box{Point{c.X - w, c.Y - h}, Point{c.X + w, c.Y + h}}
}

// survey finds how far everything goes during the run, from its overview, so that the picture
// has one scale for all of it. Zones count unless they dwarf what is near those who move, walls
// do not: who is near them is seen beside as much of them as there is room for.
func (g *Ground) survey(t *trace.Trace) {
	var group Point
	v := surveyor{t, map[int][2][]float32{}}
	g.Whole = nothing()
	buckets := 1
	if t.Overview != nil {
		buckets = max(1, t.Overview.Buckets)
	}
	for k := range buckets {
		now := nothing()
		for i := range g.Bodies {
			if p := g.spots[i]; p.In < 0 {
				now = now.with(v.reach(p, g.Bodies[i].Member, k))
			}
		}
		if now.Empty() {
			continue
		}
		g.Whole = g.Whole.with(now)
		group = Point{max(group.X, now.Width()), max(group.Y, now.Height())}
	}
	if g.Whole.Empty() { // a recording that was cut short has no overview
		return
	}
	c := g.Whole.Center()
	g.Group = Box{Point{c.X - group.X/2, c.Y - group.Y/2}, Point{c.X + group.X/2, c.Y + group.Y/2}}
	g.follows = g.Whole.Width() > 2.5*g.Group.Width()+20 || g.Whole.Height() > 2.5*g.Group.Height()+20
	around := g.Whole.grown(max(2*g.Whole.Width(), 2*g.Whole.Height(), 50))
	for _, f := range g.fields {
		if b := v.covered(f); !b.Empty() && b == meet(b, around) {
			g.Whole = g.Whole.with(b)
		}
	}
}

// meet is what two boxes have in common.
func meet(a, b Box) Box {
	return Box{Point{max(a.Low.X, b.Low.X), max(a.Low.Y, b.Low.Y)}, Point{min(a.High.X, b.High.X), min(a.High.Y, b.High.Y)}}
}

// A surveyor reads the overview of a trace, once for each cell.
type surveyor struct {
	t    *trace.Trace
	seen map[int][2][]float32
}

// reach is where a body is in a bucket of the overview.
func (v *surveyor) reach(p *trace.Spot, member, bucket int) Box {
	x0, x1 := v.span(&p.X, member, bucket)
	y0, y1 := v.span(&p.Y, member, bucket)
	_, long := v.span(&p.Length, member, bucket)
	_, wide := v.span(&p.Width, member, bucket)
	if !sane(x0) || !sane(x1) || !sane(y0) || !sane(y1) || !(x0 <= x1 && y0 <= y1) {
		return nothing()
	}
	long, wide = size(long), size(wide)/2
	if long == 0 {
		return Box{Point{x0 - wide, y0 - wide}, Point{x1 + wide, y1 + wide}}
	}
	return Box{Point{x0 - long, y0 - wide}, Point{x1, y1 + wide}}
}

// covered is where a zone is during the run.
func (v *surveyor) covered(f *trace.Field) Box {
	x0, x1 := v.all(&f.X)
	y0, y1 := v.all(&f.Y)
	along0, along1 := v.all(&f.Along)
	across0, across1 := v.all(&f.Across)
	_, r := v.all(&f.Radius)
	if f.Widens != (trace.Amount{}) { // half of it to either side
		_, wide := v.all(&f.Widens)
		across0, across1 = -wide/2, wide/2
	}
	for _, x := range [...]float64{x0, x1, y0, y1, along0, along1, across0, across1, r} {
		if !sane(x) {
			return nothing()
		}
	}
	return Box{Point{x0 + min(0, along0), y0 + min(0, across0)}, Point{x1 + max(0, along1), y1 + max(0, across1)}}.grown(max(0, r))
}

// all is between what an amount is during the run.
func (v *surveyor) all(a *trace.Amount) (lo, hi float64) {
	if !a.Moves() {
		return a.Plus, a.Plus
	}
	if v.t.Overview == nil {
		return math.NaN(), math.NaN()
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	for k := range v.t.Overview.Buckets {
		x, y := v.span(a, 0, k)
		lo, hi = min(lo, x), max(hi, y)
	}
	return lo, hi
}

// span is between what an amount is in a bucket of the overview; no number where that is not
// known.
func (v *surveyor) span(a *trace.Amount, member, bucket int) (lo, hi float64) {
	if !a.Moves() {
		return a.Plus, a.Plus
	}
	cell := a.Cell + member*a.Stride
	if v.t.Overview == nil || cell < 0 || cell >= v.t.Cells() {
		return math.NaN(), math.NaN()
	}
	of, ok := v.seen[cell]
	if !ok {
		of[0], of[1] = v.t.Overview.Of(cell)
		v.seen[cell] = of
	}
	if bucket >= len(of[0]) {
		return math.NaN(), math.NaN()
	}
	x, y := a.Plus+a.Times*float64(of[0][bucket]), a.Plus+a.Times*float64(of[1][bucket])
	return min(x, y), max(x, y)
}

// Frame is what the picture shows of the ground now: all of it where that is not much more
// than everybody needs at once, else as much around where they are. It has one size for all of
// the run.
func (g *Ground) Frame() Box {
	least := func(b Box) Box {
		return b.grown(0.2+0.03*max(b.Width(), b.Height())).atLeast(4, 2)
	}
	if !g.Whole.Empty() && !g.follows {
		return least(g.Whole)
	}
	now := nothing()
	for i := range g.Bodies {
		if b := &g.Bodies[i]; b.Here && b.In < 0 {
			low, high := b.Box()
			now = now.with(Box{low, high})
		}
	}
	switch {
	case now.Empty() && g.Whole.Empty():
		return least(Box{})
	case now.Empty():
		now = g.Whole
	case g.Whole.Empty():
		return least(now)
	}
	c, w, h := now.Center(), g.Group.Width()/2, g.Group.Height()/2
	return least(Box{Point{c.X - w, c.Y - h}, Point{c.X + w, c.Y + h}})
}
