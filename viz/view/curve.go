package view

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
)

// curve draws the least and the greatest value of a cell for each pixel, or its line.
func (v *View) curve(l *draw.List, s *side, cell int, r draw.Rect, y func(float64) float32, c draw.Color) {
	lo, hi := v.curves.of(s, cell, v.window, int(r.W/2))
	n, steps := len(lo), !s.trace().KindOf(cell).Continuous
	v.way = v.way[:0]
	w := max(1.2, v.pt(1.6))
	for i := range n {
		if lo[i] != lo[i] || hi[i] != hi[i] {
			v.stroke(l, w, c)
			continue
		}
		x := r.X + (float32(i)+0.5)*r.W/float32(n)
		a, b := y(float64(lo[i])), y(float64(hi[i]))
		if a-b > 2*w && !steps || a-b > 2*w && a-b < r.H*0.5 {
			l.Fill(draw.Rect{X: x - r.W/float32(2*n), Y: b, W: r.W/float32(n) + 0.5, H: a - b}, 0, c.Fade(0.55))
		}
		m := (a + b) / 2
		if n := len(v.way); steps && n > 0 && v.way[n-1].Y != m {
			before := v.way[n-1].Y
			if m = a; a-before < before-b { // where it was changed from is nearer
				m = b
			}
			v.way = append(v.way, draw.Point{X: x, Y: before})
		}
		v.way = append(v.way, draw.Point{X: x, Y: m})
	}
	v.stroke(l, w, c)
}

func (v *View) stroke(l *draw.List, w float32, c draw.Color) {
	if len(v.way) > 1 {
		l.Line(w, c, v.way...)
	}
	v.way = v.way[:0]
}

// curves are the plots' values, kept from one picture to the next.
type curves struct {
	kept  [2 * mostPlots]plotted
	next  int
	apart [2]vtime.Time
	ends  [2][]float64
}

// A plotted is a cell in a window, least and greatest values by column of pixels.
type plotted struct {
	s      *side
	cell   int
	window span
	lo, hi []float32
}

// of returns the values of a cell in a window of so many columns.
func (k *curves) of(s *side, cell int, window span, columns int) (lo, hi []float32) {
	columns = max(1, min(4096, columns))
	for i := range k.kept {
		if p := &k.kept[i]; p.s == s && p.cell == cell && p.window == window && len(p.lo) == columns {
			return p.lo, p.hi
		}
	}
	p := &k.kept[k.next]
	k.next = (k.next + 1) % len(k.kept)
	*p = plotted{s, cell, window, grown(p.lo, columns), grown(p.hi, columns)}
	s.sample(cell, window, p.lo, p.hi)
	return p.lo, p.hi
}

// grown is a slice of n things that are no number, in the room of another.
func grown(list []float32, n int) []float32 {
	list = list[:0]
	for range n {
		list = append(list, float32(math.NaN()))
	}
	return list
}

// finest is up to how many pages a window is drawn from what was recorded, and not
// from the overview.
const finest = 24

// sample fills the columns of a window.
func (s *side) sample(cell int, window span, lo, hi []float32) {
	t := s.trace()
	if t.Overview == nil || t.PagesIn(window.from, window.to) <= finest {
		if s.exact(cell, window, lo, hi) == nil {
			return
		}
	}
	if t.Overview == nil {
		return
	}
	a, b := t.Overview.Of(cell)
	for i := range lo {
		from := window.at(float32(i), 0, float32(len(lo)))
		to := window.at(float32(i+1), 0, float32(len(lo)))
		first := int((from - t.Overview.From) / max(1, t.Overview.Span))
		last := int((to - t.Overview.From) / max(1, t.Overview.Span))
		for k := max(0, first); k <= min(last, len(a)-1); k++ {
			note(lo, hi, i, float64(a[k]))
			note(lo, hi, i, float64(b[k]))
		}
	}
}

// note makes a column of pixels hold a value.
func note(lo, hi []float32, i int, v float64) {
	if i < 0 || i >= len(lo) || v != v {
		return
	}
	x := float32(v)
	if !(lo[i] <= x) {
		lo[i] = x
	}
	if !(hi[i] >= x) {
		hi[i] = x
	}
}

// exact fills the columns from what was recorded.
func (s *side) exact(cell int, window span, lo, hi []float32) error {
	n := len(lo)
	column := func(at vtime.Time) int {
		return int(float64(at-window.from) / math.Max(1, window.length()) * float64(n))
	}
	if !s.trace().KindOf(cell).Continuous {
		return s.steps(cell, window, column, lo, hi)
	}
	for c, err := range s.trace().Courses(cell, window.from, window.to) {
		if err != nil {
			return err
		}
		a, b := max(c.From, window.from), min(c.To, window.to)
		note(lo, hi, column(a), c.At(a))
		note(lo, hi, min(n-1, column(b)), c.At(b))
		for i := max(0, column(a)); i <= min(n-1, column(b)); i++ {
			for k := range 3 {
				at := window.at(float32(i)+float32(k)/3, 0, float32(n))
				if at >= a && at <= b {
					note(lo, hi, i, c.At(at))
				}
			}
		}
	}
	return nil
}

// steps fills the columns of a discrete cell, which keeps its value.
func (s *side) steps(cell int, window span, column func(vtime.Time) int, lo, hi []float32) error {
	last, from := math.NaN(), window.from
	hold := func(to vtime.Time) {
		if last == last {
			for i := max(0, column(from)); i <= min(len(lo)-1, column(to)); i++ {
				note(lo, hi, i, last)
			}
		}
	}
	for c, err := range s.trace().Changes(cell, window.from, window.to) {
		if err != nil {
			return err
		}
		if at := max(c.At, window.from); at > from {
			hold(at)
			from = at
		}
		last = c.Value
	}
	hold(window.to)
	return nil
}
