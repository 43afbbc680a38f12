package view

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// A dose is how much there is of what may harm somebody, or what is to spare of it.
type dose struct {
	who      []int // people
	exposure string
	bounds   []trace.Bound
}

// doses are those of all people, by the cell that says how much it is.
func doses(h *trace.Header) map[int]dose {
	list, cells := map[int]dose{}, h.Cells()
	for i := range h.People {
		for k := range h.People[i].Exposures {
			e := &h.People[i].Exposures[k]
			cell, bounds := e.Amount, e.Bounds
			if len(bounds) == 0 {
				cell, bounds = e.Margin, []trace.Bound{{Severity: 1, Below: true}}
			}
			if cell < 0 || cell >= cells {
				continue
			}
			d := list[cell]
			d.who, d.exposure, d.bounds = append(d.who, i), e.Name, bounds
			list[cell] = d
		}
	}
	return list
}

// harming are the cells of what harmed people worst, and first; of a run that harmed nobody
// there are none.
func (s *side) harming() (cells []int) {
	type wound struct{ cell, severity, order int }
	var list []wound
	for i := range s.read.Story.Lines {
		x, ok := s.read.Story.Harm(&s.read.Story.Lines[i])
		if !ok {
			continue
		}
		for cell, d := range s.doses {
			if d.exposure == x.Exposure && slices.Contains(d.who, x.Person) {
				list = append(list, wound{cell, x.Severity, i})
			}
		}
	}
	slices.SortFunc(list, func(a, b wound) int {
		return cmp.Or(b.severity-a.severity, a.order-b.order, a.cell-b.cell)
	})
	for _, w := range list {
		if !slices.Contains(cells, w.cell) {
			cells = append(cells, w.cell)
		}
	}
	return cells
}

// now is how badly who takes a dose has been harmed by it up to a time.
func (d *dose) now(s *side) (worst int) {
	lines := s.read.Story.Lines
	for i := 0; i < len(lines) && lines[i].At <= s.scene.At; i++ {
		if x, ok := s.read.Story.Harm(&lines[i]); ok && x.Exposure == d.exposure && slices.Contains(d.who, x.Person) {
			worst = max(worst, x.Severity)
		}
	}
	return min(worst, len(scene.Severities)-1)
}

// bands draws from which values on a dose harms, by the color of how badly.
func (v *View) bands(l *draw.List, cell int, in scale) {
	d, ok := v.main().doses[cell]
	if !ok {
		return
	}
	for _, b := range d.bounds {
		lo, hi := d.band(b, in)
		if r := in.between(lo, hi); r.H > 0 && b.Severity > 0 && b.Severity < len(v.theme.Severity) {
			l.Fill(r, 0, v.theme.Severity[b.Severity].Fade(0.2))
		}
	}
}

// band is between which values a bound is the worst that holds.
func (d *dose) band(b trace.Bound, in scale) (lo, hi float64) {
	lo, hi = b.Value, in.hi
	if b.Below {
		lo, hi = in.lo, b.Value
	}
	for _, c := range d.bounds {
		if c.Below != b.Below || c.Severity <= b.Severity {
			continue
		}
		if b.Below {
			lo = max(lo, c.Value)
		} else {
			hi = min(hi, c.Value)
		}
	}
	return lo, hi
}

// between is the part of a plot between two values.
func (s scale) between(lo, hi float64) draw.Rect {
	if !(lo < hi) || hi < s.lo || lo > s.hi {
		return draw.Rect{}
	}
	top, low := s.y(min(hi, s.hi)), s.y(max(lo, s.lo))
	return draw.Rect{X: s.r.X, Y: top, W: s.r.W, H: low - top}
}

// bandNames writes the severities at the right ends of their bands.
func (v *View) bandNames(l *draw.List, cell int, in scale, taken *ledger) {
	d := v.main().doses[cell]
	for _, b := range d.bounds {
		if r := in.between(d.band(b, in)); r.H > v.style(caption).Height()*0.7 && b.Severity > 0 && b.Severity < len(scene.Severities) {
			v.tag(l, in, taken, r.Y+r.H/2, v.theme.Severity[b.Severity], scene.Severities[b.Severity])
		}
	}
}

// wounds marks in a plot when a dose harmed somebody, or harmed them worse.
func (v *View) wounds(l *draw.List, cell int, in scale) {
	s := v.main()
	d, ok := s.doses[cell]
	if !ok {
		return
	}
	drawn := 0
	for i := s.read.Story.After(v.window.from - 1); i < len(s.read.Story.Lines) && s.read.Story.Lines[i].At <= v.window.to && drawn < mostStrokes; i++ {
		x, ok := s.read.Story.Harm(&s.read.Story.Lines[i])
		if !ok || x.Exposure != d.exposure || !slices.Contains(d.who, x.Person) {
			continue
		}
		drawn++
		at := round(v.window.x(s.read.Story.Lines[i].At, in.r.X, in.r.W))
		c := v.severityInk(x.Severity)
		l.Fill(draw.Rect{X: at, Y: in.r.Y, W: max(1, v.pt(1.4)), H: in.r.H}, 0, c)
		n := v.pt(4)
		l.Polygon(c, draw.Point{X: at - n, Y: in.r.Y}, draw.Point{X: at + n, Y: in.r.Y}, draw.Point{X: at, Y: in.r.Y + n*1.3})
	}
}

// severityInk is the color of a severity.
func (v *View) severityInk(severity int) draw.Color {
	return v.theme.Severity[max(0, min(len(v.theme.Severity)-1, severity))]
}

// doseName writes whose dose a plot is of.
func (s *side) doseName(d *dose) string {
	name := s.header().People[d.who[0]].Name
	if more := len(d.who) - 1; more > 0 {
		name = fmt.Sprintf("%s +%d", name, more)
	}
	return name + ": " + d.exposure
}
