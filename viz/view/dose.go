package view

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// A dose is how much there is of what may harm somebody, or what is to spare of it.
type dose struct {
	who    []int  // people
	name   string // of what it is
	harms  string // the exposure by which it harms
	adds   bool   // it is beside what that exposure is about
	bounds []trace.Bound
	struck []int // lines of the story that tell of harm by it, of what adds up
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
			d.who, d.name, d.harms, d.adds, d.bounds = append(d.who, i), e.Name, cmp.Or(e.Of, e.Name), e.Of != "", bounds
			list[cell] = d
		}
	}
	return list
}

// harming are the cells of what harmed people worst, and first; of a run that harmed nobody
// those of what added up to a part of what harms.
func (s *side) harming() (cells []int) {
	type wound struct{ cell, severity, order int }
	var list []wound
	for i := range s.read.Story.Lines {
		l := &s.read.Story.Lines[i]
		x, ok := s.read.Story.Harm(l)
		if !ok {
			continue
		}
		for cell, d := range s.doses {
			switch {
			case d.harms != x.Exposure || !slices.Contains(d.who, x.Person):
			case !d.adds:
				list = append(list, wound{cell, x.Severity, 2*i + 1})
			case s.enough(cell, &d, x.Severity, l.At):
				list = append(list, wound{cell, x.Severity, 2 * i}) // what it was judged by comes first
				d.struck = append(d.struck, i)
				s.doses[cell] = d
			}
		}
	}
	if len(list) == 0 {
		return s.addedUp()
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

// somePart is from which part of what harms on a dose is shown that harmed nobody.
const somePart = 0.1

// addedUp are the cells of doses that came to some part of what harms, the nearest first.
func (s *side) addedUp() (cells []int) {
	o, parts := s.trace().Overview, map[int]float64{}
	for cell, d := range s.doses {
		if !d.adds || o == nil {
			continue
		}
		most := 0.0
		_, greatest := o.Of(cell)
		for _, x := range greatest {
			most = max(most, float64(x))
		}
		for _, b := range d.bounds {
			parts[cell] = max(parts[cell], most/b.Value)
		}
		if parts[cell] >= somePart {
			cells = append(cells, cell)
		}
	}
	slices.SortFunc(cells, func(a, b int) int { return cmp.Or(cmp.Compare(parts[b], parts[a]), a-b) })
	return cells
}

// enough reports whether what added up by a time harms as badly as a severity.
func (s *side) enough(cell int, d *dose, severity int, at vtime.Time) bool {
	values, err := s.trace().At(at)
	return err == nil && slices.ContainsFunc(d.bounds, func(b trace.Bound) bool {
		return b.Severity >= severity && !b.Below && values[cell] >= b.Value
	})
}

// by reports whether a line of the story tells of harm by a dose.
func (d *dose) by(s *side, line int) (*trace.Harm, bool) {
	x, ok := s.read.Story.Harm(&s.read.Story.Lines[line])
	return x, ok && x.Exposure == d.harms && slices.Contains(d.who, x.Person) && (!d.adds || slices.Contains(d.struck, line))
}

// now is how badly who takes a dose has been harmed by it up to a time.
func (d *dose) now(s *side) (worst int) {
	lines := s.read.Story.Lines
	for i := 0; i < len(lines) && lines[i].At <= s.scene.At; i++ {
		if x, ok := d.by(s, i); ok {
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
		x, ok := d.by(s, i)
		if !ok {
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
	return s.takers(d) + ": " + d.name
}

// takers names who takes a dose.
func (s *side) takers(d *dose) string {
	name := s.header().People[d.who[0]].Name
	if more := len(d.who) - 1; more > 0 {
		name = fmt.Sprintf("%s +%d", name, more)
	}
	return name
}

// longName writes whose dose a plot is of, of what and what it has now, where that has no room in one line.
func (v *View) longName(l *draw.List, rows [3]draw.Rect, height float32, cell int) {
	s := v.main()
	d := s.doses[cell]
	write := func(i int, style draw.Style, ink draw.Color, text string) {
		style, _ = v.small(style, height)
		v.left(l, rows[i], style, ink, text)
	}
	write(0, label, v.theme.Text, s.takers(&d))
	write(1, caption, v.theme.Text, d.name)
	ink, text := v.theme.True, scene.Show(s.trace().KindOf(cell), s.scene.Values[cell])
	if worst := d.now(s); worst > 0 {
		ink, text = v.theme.Severity[worst], text+", "+scene.Severities[worst]
	}
	write(2, caption, ink, text)
}
