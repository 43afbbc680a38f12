package view

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// graphs draws the signals that are plotted, one below the other.
func (v *View) graphs(l *draw.List, r, gutter draw.Rect) {
	n := min(len(v.plots), int(r.H/v.pt(leastGraph)))
	if n <= 0 {
		if len(v.plots) == 0 {
			v.left(l, r.Inset(v.pt(8)), caption, v.theme.Faint, v.main().unplotted())
		}
		return
	}
	h := r.H / float32(n)
	for _, cell := range v.roomy(n) {
		var row, name draw.Rect
		row, r = r.CutTop(h)
		name, gutter = gutter.CutTop(h)
		v.graph(l, cell, row.InsetXY(0, v.pt(2)), name.InsetXY(0, v.pt(2)))
	}
}

// roomy are the plots for which there is room: those that were chosen last, or of those that
// nobody chose all but the second that tells of a violation.
func (v *View) roomy(n int) []int {
	list := v.plots
	if spare := v.main().spare; len(list) > n && spare >= 0 && spare < len(list) && slices.Equal(list, v.offered) {
		list = slices.Delete(slices.Clone(list), spare, spare+1)
	}
	return list[len(list)-n:]
}

// leastGraph is how high a plot has to be, in points.
const leastGraph = 34

// A scale is where the values of a plot are.
type scale struct {
	lo, hi float64
	r      draw.Rect
}

func (s scale) y(x float64) float32 { return s.r.Bottom() - float32((x-s.lo)/(s.hi-s.lo))*s.r.H }

// graph draws one signal: of each trace, with what somebody is told of it, and with the
// limits of invariants.
func (v *View) graph(l *draw.List, cell int, r, name draw.Rect) {
	s := v.main()
	t := s.trace()
	l.Fill(r, 0, v.theme.Back.Fade(0.5))
	lo, hi := v.extent(cell)
	in := scale{lo, hi, r}
	l.Clip(r)
	v.bands(l, cell, in)
	taken := v.limitLines(l, cell, in)
	if told, ok := s.told[cell]; ok && len(v.sides) == 1 {
		v.curve(l, s, told, r, in.y, v.theme.Told)
	}
	for i, one := range v.sides {
		c := v.theme.True
		if len(v.sides) == 2 {
			c = v.theme.Series[i]
		}
		if other, err := one.trace().Cell(t.Path(cell)); err == nil {
			v.curve(l, one, other, r, in.y, c)
		}
	}
	v.wounds(l, cell, in)
	v.limitNames(l, cell, in, taken)
	v.bandNames(l, cell, in, taken)
	v.rungNames(l, taken)
	v.margin(l, cell, in, taken)
	l.Unclip()
	v.graphName(l, cell, name)
	v.hits = append(v.hits, hit{r: name, n: cell, click: (*View).plot})
}

// graphName writes what a plot is of, and what it has now.
func (v *View) graphName(l *draw.List, cell int, r draw.Rect) {
	s := v.main()
	t := s.trace()
	h := min(v.pt(13.5), r.H/3)
	line := func() (row draw.Rect) {
		row, r = r.CutTop(h)
		return row
	}
	short := func(style draw.Style) draw.Style {
		style, _ = v.small(style, h)
		return style
	}
	d, dose := s.doses[cell]
	name := t.Path(cell)
	if dose {
		name = s.doseName(&d)
	}
	if dose && len(v.sides) == 1 && (v.marks[0] == nil || v.marks[1] == nil) && v.style(short(label)).Width(name) > r.W {
		v.longName(l, [3]draw.Rect{line(), line(), line()}, h, cell)
		return
	}
	v.left(l, line(), short(label), v.theme.Text, name)
	ink := v.theme.True
	if len(v.sides) == 2 {
		ink = v.theme.Series[0]
	}
	v.left(l, line(), short(caption), ink, scene.Show(t.KindOf(cell), s.scene.Values[cell]))
	third := line()
	switch told, ok := s.told[cell]; {
	case v.marks[0] != nil && v.marks[1] != nil:
		v.left(l, third, short(caption), v.theme.Accent, "B - A "+v.apart(s, cell))
	case len(v.sides) == 2:
		if other, err := v.sides[1].trace().Cell(t.Path(cell)); err == nil {
			v.left(l, third, short(caption), v.theme.Series[1], scene.Show(t.KindOf(cell), v.sides[1].scene.Values[other]))
		}
	case dose:
		if worst := d.now(s); worst > 0 {
			v.left(l, third, short(caption), v.theme.Severity[worst], scene.Severities[worst])
		}
	case ok:
		v.left(l, third, short(caption), v.theme.Told, "told "+scene.Show(t.KindOf(told), s.scene.Values[told]))
	}
}

// apart is the difference of a signal between the two marks.
func (v *View) apart(s *side, cell int) string {
	kind := *s.trace().KindOf(cell)
	kind.Unit.Offset = 0
	if *v.marks[0] != v.curves.apart[0] || *v.marks[1] != v.curves.apart[1] || v.curves.ends[0] == nil {
		v.curves.apart = [2]vtime.Time{*v.marks[0], *v.marks[1]}
		for i, at := range v.curves.apart {
			values, err := s.trace().At(at)
			if err != nil {
				return "?"
			}
			v.curves.ends[i] = values
		}
	}
	return scene.Show(&kind, v.curves.ends[1][cell]-v.curves.ends[0][cell])
}

// nearby is how far beyond what happened, in parts of its span, a bound of harm is that a plot
// reaches to: one that is farther would squeeze what happened.
const nearby = 0.35

// extent is the span of values of a plot: of all of the run, so that it does not jump.
func (v *View) extent(cell int) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(s *side, cell int) {
		o := s.trace().Overview
		if o == nil {
			x := s.scene.Values[cell]
			lo, hi = min(lo, x), max(hi, x)
			return
		}
		a, b := o.Of(cell)
		for i := range a {
			if a[i] == a[i] && b[i] == b[i] && !math.IsInf(float64(a[i]), 0) && !math.IsInf(float64(b[i]), 0) {
				lo, hi = min(lo, float64(a[i])), max(hi, float64(b[i]))
			}
		}
	}
	s := v.main()
	see(s, cell)
	if told, ok := s.told[cell]; ok {
		see(s, told)
	}
	if len(v.sides) == 2 {
		if other, err := v.sides[1].trace().Cell(s.trace().Path(cell)); err == nil {
			see(v.sides[1], other)
		}
	}
	for _, limit := range s.limits {
		if limit.Cell == cell && limit.Value > lo-(hi-lo) && limit.Value < hi+(hi-lo) {
			lo, hi = min(lo, limit.Value), max(hi, limit.Value)
		}
	}
	low, high, span := lo, hi, hi-lo
	for _, b := range s.doses[cell].bounds {
		if b.Value > low-nearby*span && b.Value < high+nearby*span {
			lo, hi = min(lo, b.Value), max(hi, b.Value)
		}
	}
	if !(lo <= hi) {
		return 0, 1
	}
	if pad := (hi - lo) * 0.08; pad > 0 {
		return lo - pad, hi + pad
	}
	return lo - math.Abs(lo)*0.1 - 1e-9, hi + math.Abs(hi)*0.1 + 1e-9
}
