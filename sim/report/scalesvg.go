package report

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/capacity"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Sizes of the plot, in pixels.
const (
	plotWide, plotHigh = 560, 150
	plotLeft, plotTop  = 78, 88
	plotGap            = 56
	plotKey            = 74 // to the right, and so much for each letter of the longest name
	plotLetter         = 7
)

// curveInks are colours that people who confuse red and green tell apart (Okabe and Ito); marks
// and dashes say the same.
var curveInks = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#444444"}

var curveDashes = []string{"", "7 3", "2 3", "9 3 2 3", "4 4", "1 2"}

// A panel is one of the plots, all over the same scales.
type panel struct {
	title     string
	of        func(l *sim.Load) float64
	low, high float64
	log       bool
	label     func(x float64) string
	ticks     []float64
}

// ScaleSVG draws how much is used and lost, and how long it takes, over the scales.
func ScaleSVG(w io.Writer, a *capacity.Answer) error {
	p := plot{Answer: a}
	p.choose()
	panels := []panel{
		{title: "used, %", of: func(l *sim.Load) float64 { return 100 * l.Utilisation }, high: 100, label: bareNumber, ticks: []float64{0, 25, 50, 75, 100}},
		{title: "lost, %", of: func(l *sim.Load) float64 { return 100 * capacity.Loss(l) }, high: 100, label: bareNumber, ticks: []float64{0, 25, 50, 75, 100}},
		p.delays(),
	}
	fmt.Fprintf(&p.body, `<text x="%d" y="26" font-size="17" font-weight="bold">Capacity of %s, with every count multiplied</text>`, plotLeft, escaped(a.Name))
	if i, _, _ := a.Breaks(); i >= 0 {
		fmt.Fprintf(&p.body, `<text x="%d" y="46" fill="%s">breaks first at %s</text>`, plotLeft, attackInk, timesText(a.Rows[i].Times))
	}
	for i := range panels {
		p.panel(&panels[i], plotTop+i*(plotHigh+plotGap), i == len(panels)-1)
	}
	p.key()
	_, err := io.WriteString(w, p.page(len(panels)))
	return err
}

func bareNumber(x float64) string { return fmt.Sprintf("%g", x) }

// A plot is the picture as it is being made.
type plot struct {
	*capacity.Answer
	body  bytes.Buffer
	loads []string // that are drawn
	rows  []*capacity.Row
}

// choose takes those that are used or lose most, at any scale, as many as there are colours.
func (p *plot) choose() {
	worst := map[string]float64{}
	var names []string
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Result == nil {
			continue
		}
		p.rows = append(p.rows, r)
		for k := range r.Result.Capacity.Loads {
			l := &r.Result.Capacity.Loads[k]
			if _, known := worst[loadName(l)]; !known {
				names = append(names, loadName(l))
			}
			worst[loadName(l)] = max(worst[loadName(l)], l.Utilisation+capacity.Loss(l))
		}
	}
	slices.SortStableFunc(names, func(a, b string) int {
		switch {
		case worst[a] > worst[b]:
			return -1
		case worst[a] < worst[b]:
			return 1
		}
		return 0
	})
	p.loads = names[:min(len(names), len(curveInks))]
}

// delays is the panel of how long it takes, whose scale is logarithmic.
func (p *plot) delays() panel {
	low, high := math.Inf(1), 0.0
	for _, r := range p.rows {
		for k := range r.Result.Capacity.Loads {
			if d := vtime.Seconds(r.Result.Capacity.Loads[k].Delay.P99); d > 0 {
				low, high = min(low, d), max(high, d)
			}
		}
	}
	if high == 0 {
		low, high = 1e-3, 1
	}
	x := panel{
		title: "99th percentile of waiting and being served", log: true,
		of:    func(l *sim.Load) float64 { return vtime.Seconds(l.Delay.P99) },
		label: func(x float64) string { return span(vtime.FromSeconds(x).Round(1)) },
	}
	x.low, x.high = math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	if x.high <= x.low {
		x.high = x.low + 1
	}
	for e := x.low; e <= x.high; e++ {
		x.ticks = append(x.ticks, math.Pow(10, e))
	}
	return x
}

// across is where a scale stands.
func (p *plot) across(times int64) float64 {
	least, most := math.Log(float64(p.rows[0].Times)), math.Log(float64(p.rows[len(p.rows)-1].Times))
	if most == least {
		return plotLeft + plotWide/2
	}
	return plotLeft + float64(plotWide*((math.Log(float64(times))-least)/(most-least)))
}

// up is where a value stands, of which top is the upper edge of the panel.
func (x *panel) up(value float64, top int) (y float64, ok bool) {
	if x.log {
		if value <= 0 {
			return 0, false
		}
		value = math.Log10(value)
	}
	return float64(top) + float64(plotHigh*(1-(value-x.low)/(x.high-x.low))), true
}

// panel draws one plot.
func (p *plot) panel(x *panel, top int, last bool) {
	fmt.Fprintf(&p.body, `<text x="%d" y="%d" font-weight="bold">%s</text>`, plotLeft, top-8, x.title)
	for _, tick := range x.ticks {
		y, _ := x.up(tick, top)
		fmt.Fprintf(&p.body, `<path d="M%d %.1fH%d" stroke="#dddddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`,
			plotLeft, y, plotLeft+plotWide, plotLeft-8, y+4, escaped(x.label(tick)))
	}
	for _, r := range p.rows {
		at := p.across(r.Times)
		fmt.Fprintf(&p.body, `<path d="M%.1f %dv6" stroke="%s"/>`, at, top+plotHigh, plainInk)
		if last {
			fmt.Fprintf(&p.body, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, at, top+plotHigh+20, timesText(r.Times))
		}
	}
	for i, name := range p.loads {
		p.curve(x, top, i, name)
	}
}

// curve draws one load in a panel.
func (p *plot) curve(x *panel, top, i int, name string) {
	var path bytes.Buffer
	begin := "M"
	for _, r := range p.rows {
		for k := range r.Result.Capacity.Loads {
			l := &r.Result.Capacity.Loads[k]
			if loadName(l) != name {
				continue
			}
			if y, ok := x.up(x.of(l), top); ok {
				at := p.across(r.Times)
				fmt.Fprintf(&path, "%s%.1f %.1f", begin, at, y)
				begin = "L"
				fmt.Fprintf(&p.body, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, at, y, curveInks[i])
			}
		}
	}
	if path.Len() > 0 {
		fmt.Fprintf(&p.body, `<path d="%s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s"/>`, path.String(), curveInks[i], curveDashes[i])
	}
}

// key says which curve is whose.
func (p *plot) key() {
	x := plotLeft + plotWide + 24
	for i, name := range p.loads {
		y := plotTop + 10 + i*22
		fmt.Fprintf(&p.body, `<path d="M%d %dh26" stroke="%s" stroke-width="2" stroke-dasharray="%s"/><text x="%d" y="%d">%s</text>`,
			x, y-4, curveInks[i], curveDashes[i], x+34, y, escaped(name))
	}
}

// page puts the picture together.
func (p *plot) page(panels int) string {
	wide, high := plotLeft+plotWide+plotKey, plotTop+panels*(plotHigh+plotGap)
	longest := 0
	for _, name := range p.loads {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	wide += plotLetter * longest
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222222"><rect width="100%%" height="100%%" fill="white"/>%s</svg>`+"\n",
		wide, high, wide, high, p.body.String())
}
