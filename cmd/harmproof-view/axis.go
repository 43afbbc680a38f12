//go:build !js

package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

// ground draws what a plot lies on.
func (p *plots) ground(top float64) {
	p.shape(`<rect x="%d" y="%.1f" width="%.1f" height="%d" fill="%s"/>`, marginLeft, top, p.width-marginLeft-marginRight, plotHeight, hex(p.theme.Area))
}

// injections shades when attacks and faults acted.
func (p *plots) injections(t *trace.Trace, top float64) {
	h, r := &t.Header, t.Result
	if r == nil || len(r.Injections) != len(h.Steps) {
		return
	}
	for i := range h.Steps {
		x := &r.Injections[i]
		if x.Applied == nil || h.Steps[i].Kind == "act" {
			continue
		}
		to := t.Last()
		if x.Reverted != nil {
			to = *x.Reverted
		}
		from := max(p.from, *x.Applied)
		if to = min(p.to, to); to < from {
			continue
		}
		c := p.theme.Attack
		if h.Steps[i].Kind == "fault" {
			c = p.theme.Fault
		}
		p.shape(`<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s" fill-opacity="0.13"/>`, p.x(from), top, max(1, p.x(to)-p.x(from)), plotHeight, hex(c))
		p.write(p.x(from)+3, top+12, "start", 10, c, h.Steps[i].Name)
	}
}

// scale draws lines at round values, with what they are.
func (p *plots) scale(k *trace.Kind, lo, hi float64, y func(float64) float64) {
	at := func(v float64, text string) {
		p.shape(`<path d="M%d %.1fH%.1f" stroke="%s" fill="none"/>`, marginLeft, y(v), p.width-marginRight, hex(p.theme.Grid))
		p.write(marginLeft-8, y(v)+4, "end", 11, p.theme.Soft, text)
	}
	if k.Type == "enum" || k.Type == "bool" {
		for v := math.Ceil(lo); v <= hi; v++ {
			at(v, scene.Show(k, v))
		}
		return
	}
	step := step((hi - lo) / 5)
	for n := math.Ceil(lo / step); n*step <= hi; n++ {
		at(n*step, scene.Digits(n*step))
	}
}

// step is a round number that is at least another: 1, 2 or 5 times a power of ten.
func step(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= least {
			return n * power
		}
	}
	return 10 * power
}

// steps of a time axis.
var timeSteps = []vtime.Time{1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 5 * 86400, 10 * 86400, 30 * 86400}

// axis draws the times below all plots.
func (p *plots) axis(bottom float64) {
	const most = 9
	every := timeSteps[len(timeSteps)-1] * 1e9
	for _, s := range timeSteps {
		if (p.to-p.from)/(s*1e9) <= most {
			every = s * 1e9
			break
		}
	}
	if span := p.to - p.from; span < 2e9 {
		every = vtime.Time(step(float64(span) / most))
	}
	for at := (p.from + every - 1) / every * every; at <= p.to; at += every {
		p.shape(`<path d="M%.1f %.1fv5" stroke="%s" fill="none"/>`, p.x(at), bottom, hex(p.theme.Border))
		p.write(p.x(at), bottom+20, "middle", 11, p.theme.Soft, at.Short())
	}
	p.violations(bottom)
}

// violations marks when invariants began to be violated, and says so above all plots.
func (p *plots) violations(bottom float64) {
	t := p.traces[0].Trace
	if t.Result == nil || len(t.Result.Invariants) != len(t.Header.Invariants) {
		return
	}
	type violation struct {
		at   vtime.Time
		name string
	}
	var list []violation
	for i := range t.Result.Invariants {
		if x := &t.Result.Invariants[i]; x.Verdict == "violated" && x.At != nil && *x.At >= p.from && *x.At <= p.to {
			list = append(list, violation{*x.At, t.Header.Invariants[i].Name})
		}
	}
	slices.SortStableFunc(list, func(a, b violation) int { return cmp.Compare(a.at, b.at) })
	const rows = 5
	for i, v := range list {
		p.shape(`<path d="M%.1f %dV%.1f" stroke="%s" fill="none"/>`, p.x(v.at), marginTop, bottom, hex(p.theme.Violated))
		text := v.at.Short() + " " + v.name + " VIOLATED"
		if i == rows-1 && len(list) > rows {
			text = fmt.Sprintf("and %d more", len(list)-i)
		}
		if i < rows {
			p.write(p.width-8, float64(16+13*i), "end", 11, p.theme.Violated, text)
		}
	}
}
