//go:build !js

package main

import (
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/look"
	"github.com/harmproof/harmproof/viz/scene"
)

// Sizes of plots, in pixels.
const (
	plotHeight, plotGap      = 150, 44
	marginLeft, marginRight  = 76, 190
	marginTop, marginBottom  = 84, 40
	mostPlots, leastPlotSide = 12, 400
)

// Plots are signals over time, below one another.
type plots struct {
	strings.Builder
	theme    *look.Theme
	traces   []*opened
	from, to vtime.Time
	width    float64
}

// writeSVG writes plots of the chosen signals.
func writeSVG(o *options, traces []*opened) error {
	f := newFilm(o, traces, 1, 1)
	p := &plots{theme: &look.Light, traces: traces, from: f.from, to: max(f.to, f.from+1), width: float64(max(leastPlotSide, o.width))}
	if o.dark {
		p.theme = &look.Dark
	}
	cells, err := o.plotted(traces[0].Trace)
	if err != nil {
		return err
	}
	height := marginTop + marginBottom + len(cells)*(plotHeight+plotGap) - plotGap
	p.begin(height)
	for i, cell := range cells {
		if err := p.plot(cell, float64(marginTop+i*(plotHeight+plotGap))); err != nil {
			return err
		}
	}
	p.axis(float64(height - marginBottom))
	p.WriteString("</svg>\n")
	return create(o.svg, func(out io.Writer) error { _, err := io.WriteString(out, p.String()); return err })
}

// plotted returns the cells of the chosen signals; of a device its numbers; where nothing
// is chosen those that the story shows, or else what the first violation is of.
func (o *options) plotted(t *trace.Trace) (cells []int, err error) {
	for _, path := range o.chosen {
		cell, err := t.Cell(path)
		if err == nil {
			cells = append(cells, cell)
			continue
		}
		of := numbers(t, path)
		if len(of) == 0 {
			return nil, err
		}
		cells = append(cells, of...)
	}
	if len(cells) == 0 {
		cells = telling(t)
	}
	if len(cells) == 0 {
		return nil, errors.New("there is nothing to plot by itself; choose signals: --select tower.level,pump.flow")
	}
	if len(cells) > mostPlots {
		return nil, fmt.Errorf("these are %d signals, more than %d; choose fewer with --select", len(cells), mostPlots)
	}
	return cells, nil
}

// numbers are the physical signals of a device.
func numbers(t *trace.Trace, device string) (cells []int) {
	for cell := range t.Cells() {
		k := t.KindOf(cell)
		if strings.HasPrefix(t.Path(cell), device+".") && k.Role != "told" && k.Role != "tunable" && len(cells) < mostPlots {
			cells = append(cells, cell)
		}
	}
	return cells
}

// telling are the signals that the invariants read that were violated, and those that the
// story shows.
func telling(t *trace.Trace) (cells []int) {
	add := func(cell int) {
		if cell >= 0 && cell < t.Cells() && !slices.Contains(cells, cell) && len(cells) < 4 {
			cells = append(cells, cell)
		}
	}
	for i := range t.Header.Columns {
		if cell, err := t.Cell(t.Header.Columns[i].Title); err == nil {
			add(cell)
		}
	}
	if t.Result == nil {
		return cells
	}
	for i := range t.Result.Invariants {
		if tree := t.Result.Invariants[i].Causes; tree != nil {
			for k := range tree.Links {
				if tree.Links[k].Effect < 0 {
					add(tree.Links[k].Cell)
				}
			}
		}
	}
	return cells
}

func hex(c draw.Color) string { return fmt.Sprintf("#%06x", uint32(c)>>8) }

func (p *plots) x(at vtime.Time) float64 {
	return marginLeft + (p.width-marginLeft-marginRight)*float64(at-p.from)/float64(p.to-p.from)
}

// shape writes an element.
func (p *plots) shape(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// write writes a text.
func (p *plots) write(x, y float64, anchor string, size int, c draw.Color, text string) {
	p.shape(`<text x="%.1f" y="%.1f" text-anchor="%s" font-size="%d" fill="%s">%s</text>`, x, y, anchor, size, hex(c), html.EscapeString(text))
}

func (p *plots) begin(height int) {
	h := &p.traces[0].Header
	p.shape(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" font-family="system-ui, sans-serif">`, p.width, height, p.width, height)
	p.shape("<title>%s</title>", html.EscapeString(h.Scenario))
	p.shape(`<rect width="100%%" height="100%%" fill="%s"/>`, hex(p.theme.Panel))
	title := h.Scenario
	for _, t := range p.traces[1:] {
		title += " and, dashed, " + t.Header.Scenario
	}
	p.write(marginLeft, 26, "start", 16, p.theme.Text, title)
	p.write(marginLeft, 44, "start", 12, p.theme.Faint, fmt.Sprintf("seed %d. Orange: what somebody is told. Dashed red: limits. Shaded: attacks and faults.", h.Seed))
}

// plot draws one signal of all traces, with what somebody is told of it and its limits.
func (p *plots) plot(cell int, top float64) error {
	t := p.traces[0].Trace
	path := t.Path(cell)
	k := t.KindOf(cell)
	limits := limitsOf(t, cell)
	var lines []line
	for i, of := range p.traces {
		list, err := p.lines(of.Trace, path, i > 0)
		if err != nil {
			return err
		}
		lines = append(lines, list...)
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		lo, hi = min(lo, l.lo), max(hi, l.hi)
	}
	for _, l := range limits {
		if far := 0.6 * (hi - lo); l > lo-far && l < hi+far {
			lo, hi = min(lo, l), max(hi, l)
		}
	}
	lo, hi = roomy(lo, hi)
	y := func(v float64) float64 { return top + plotHeight*(hi-v)/(hi-lo) }
	p.ground(top)
	p.scale(k, lo, hi, y)
	p.injections(t, top)
	for _, l := range limits {
		if l >= lo && l <= hi {
			p.shape(`<path d="M%d %.1fH%.1f" stroke="%s" stroke-dasharray="5 4" fill="none"/>`, marginLeft, y(l), p.width-marginRight, hex(p.theme.Violated))
			p.write(p.width-marginRight+6, y(l)+4, "start", 11, p.theme.Violated, strings.TrimSpace("limit "+scene.Digits(l)+" "+k.Unit.Symbol))
		}
	}
	for _, l := range lines {
		p.shape(`<path d="%s" stroke="%s" stroke-width="1.5" stroke-linejoin="round" fill="none"%s/>`, l.path(p.x, y), hex(l.color), l.dashes)
	}
	p.write(marginLeft, top-6, "start", 13, p.theme.Text, strings.TrimSpace(path+" "+bracketed(k.Unit.Symbol)))
	return nil
}

func bracketed(unit string) string {
	if unit == "" {
		return ""
	}
	return "[" + unit + "]"
}

// limitsOf are the values that invariants hold a signal against, in the unit that people
// use.
func limitsOf(t *trace.Trace, cell int) (list []float64) {
	for _, l := range scene.Limits(t) {
		if v := scene.In(&t.KindOf(cell).Unit, l.Value); l.Cell == cell && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// A line is a curve as it is drawn.
type line struct {
	*curve
	color  draw.Color
	dashes string
}

// lines are those of a signal in a trace: it, and what somebody is told of it.
func (p *plots) lines(t *trace.Trace, path string, second bool) (list []line, err error) {
	cell, err := t.Cell(path)
	if err != nil {
		return nil, nil // another system has no such signal
	}
	dashes := ""
	if second {
		dashes = ` stroke-dasharray="6 3"`
	}
	for _, told := range heard(t) {
		if told[0] == cell {
			c, err := newCurve(t, told[1], p.from, p.to, int(p.width))
			if err != nil {
				return nil, err
			}
			list = append(list, line{c, p.theme.Told, dashes})
		}
	}
	c, err := newCurve(t, cell, p.from, p.to, int(p.width))
	return append(list, line{c, p.theme.True, dashes}), err
}

// roomy is a range in which what lies between two values is seen well.
func roomy(lo, hi float64) (float64, float64) {
	if !(lo <= hi) {
		return 0, 1
	}
	room := 0.06 * (hi - lo)
	if room == 0 {
		room = 0.1 * math.Abs(hi)
	}
	if room == 0 {
		room = 1
	}
	return lo - room, hi + room
}
