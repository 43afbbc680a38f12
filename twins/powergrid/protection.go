package powergrid

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/vtime"
)

// protected refuses relays that would act in the steady state.
func protected(s *Spec) error {
	for _, r := range s.Relays {
		if r.Below >= s.Frequency || r.Above > 0 && r.Above <= s.Frequency || r.Below == 0 && r.Above == 0 {
			return device.Invalid("relays", "has %s, which needs below: or above: on the right side of the nominal frequency", r.Name)
		}
	}
	share := 0.0
	for _, x := range s.Shedding {
		if share += x.Share; x.Below >= s.Frequency || share > 1 {
			return device.Invalid("shedding", "has %s, which must be below the nominal frequency, and all shares at most 100 %%", x.Name)
		}
	}
	for _, m := range s.Machines {
		if m.Droop > 0 && m.Rating <= max(0, m.Power) {
			return device.Invalid("machines", "has %s, whose governor needs its rating, above its power", m.Name)
		}
	}
	return nil
}

// Frequency is cut into bands by the thresholds of all relays, so that one gap says
// when any of them begins or ends to count.

// thresholds are those of the relays of a machine, rising.
func (g *grid) thresholds() (list []float64) {
	for _, r := range g.spec.Relays {
		if r.Below > 0 {
			list = append(list, r.Below)
		}
		if r.Above > 0 {
			list = append(list, r.Above)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// stageThresholds are those of the stages of load shedding, rising.
func (g *grid) stageThresholds() (list []float64) {
	for _, s := range g.spec.Shedding {
		list = append(list, s.Below)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// firstBand is the band of the nominal frequency: band i lies above i thresholds.
func (g *grid) firstBand(thresholds []float64) int {
	n := 0
	for _, t := range thresholds {
		if t < g.spec.Frequency {
			n++
		}
	}
	return n
}

// beyond rises when a frequency leaves its band.
func beyond(thresholds []float64, band int, f float64) float64 {
	gap := math.Inf(-1)
	if band < len(thresholds) {
		gap = f - thresholds[band]
	}
	if band > 0 {
		gap = max(gap, thresholds[band-1]-f)
	}
	return gap
}

// next is the band in which a frequency is that left one.
func next(thresholds []float64, band int, f float64) int {
	if band < len(thresholds) && f >= thresholds[band] {
		for band < len(thresholds) && f >= thresholds[band] {
			band++
		}
		return band
	}
	for band > 0 && f <= thresholds[band-1] {
		band--
	}
	return band
}

// A delayed is what is done when a frequency was out of bounds for so long.
type delayed struct {
	below, above int // the threshold's place, or -1
	after        vtime.Duration
	timer        *device.Timer
	do           func(c *device.Context)
}

// counts reports whether the frequency is out of bounds.
func (d *delayed) counts(band int) bool {
	return d.below >= 0 && band <= d.below || d.above >= 0 && band > d.above
}

// cross takes a frequency from its band to the next: what begins to count there is
// timed, what ends to is forgotten.
func cross(c *device.Context, band *device.Out[int], thresholds []float64, f float64, list []delayed) {
	was := band.Get(c)
	is := next(thresholds, was, f)
	band.Set(c, is)
	for i := range list {
		switch d := &list[i]; {
		case d.counts(was) == d.counts(is):
		case !d.counts(is):
			c.Stop(d.timer)
		case d.after == 0:
			d.do(c)
		default:
			c.Start(d.timer, d.after)
		}
	}
}

// protect declares the relays.
func (g *grid) protect(p *device.Ports) {
	for i := range g.machines {
		if len(g.spec.Relays) > 0 {
			g.relays(p, i)
		}
		if g.spec.OutOfStep > 0 {
			p.OnLimit(g.spec.Machines[i].Name+" out of step", g.ahead(i), func(c *device.Context) { g.trip(c, i, outOfStep) }, g.frame()...)
		}
	}
	if len(g.spec.Shedding) > 0 {
		g.shedding(p)
	}
}

// relays declares the frequency relays of a machine.
func (g *grid) relays(p *device.Ports, i int) {
	r, name, thresholds := &g.machines[i], g.spec.Machines[i].Name, g.thresholds()
	var list []delayed
	add := func(relay, side string, d delayed, cause int) {
		d.do = func(c *device.Context) { g.trip(c, i, cause) }
		d.timer = p.Timer(name+" "+relay+" "+side, d.do)
		list = append(list, d)
	}
	for _, s := range g.spec.Relays {
		if s.Below > 0 {
			add(s.Name, "below", delayed{below: slices.Index(thresholds, s.Below), above: -1, after: s.After}, underFrequency)
		}
		if s.Above > 0 {
			add(s.Name, "above", delayed{below: -1, above: slices.Index(thresholds, s.Above), after: s.After}, overFrequency)
		}
	}
	gap := func(c *device.Context) float64 {
		if r.tripped.Get(c) {
			return idle
		}
		return beyond(thresholds, r.band.Get(c), r.frequency.Get(c))
	}
	p.OnLimit(name+" frequency", gap, func(c *device.Context) {
		cross(c, r.band, thresholds, r.frequency.Get(c), list)
	}, r.tripped, r.band, r.frequency)
}

// idle is a gap that does not rise.
const idle = -1

// trip cuts a machine and its turbine off.
func (g *grid) trip(c *device.Context, i, cause int) {
	r := &g.machines[i]
	if r.tripped.Get(c) {
		return
	}
	r.tripped.Set(c, true)
	r.cause.Set(c, cause)
	if r.governed != nil {
		r.governed.Set(c, 0)
	}
}

// frame is what the centre of inertia and its angle are made of.
func (g *grid) frame() (list []device.Readable) {
	for i := range g.machines {
		r := &g.machines[i]
		list = append(list, r.closed, r.tripped, r.angle)
	}
	return list
}

// ahead rises when a machine is too far from the centre of inertia, or from the
// infinite buses where there are any.
func (g *grid) ahead(i int) reading {
	return func(c *device.Context) float64 {
		if !g.on(c, i) {
			return idle
		}
		centre := 0.0
		if len(g.infinite) == 0 {
			centre = g.over(c, func(j int) float64 { return g.machines[j].angle.Get(c) })
		}
		return math.Abs(g.machines[i].angle.Get(c)-centre) - g.spec.OutOfStep
	}
}

// shedding declares the stages of load shedding.
func (g *grid) shedding(p *device.Ports) {
	thresholds := g.stageThresholds()
	var list []delayed
	for k, s := range g.spec.Shedding {
		d := delayed{below: slices.Index(thresholds, s.Below), above: -1, after: s.After}
		d.do = func(c *device.Context) { g.stages[k].Set(c, true) }
		d.timer = p.Timer(s.Name, d.do)
		list = append(list, d)
	}
	gap := func(c *device.Context) float64 {
		if g.count(c) == 0 {
			return idle
		}
		return beyond(thresholds, g.band.Get(c), g.centre(c))
	}
	reads := []device.Readable{g.band}
	for i := range g.machines {
		r := &g.machines[i]
		reads = append(reads, r.closed, r.tripped, r.frequency)
	}
	p.OnLimit("load shedding", gap, func(c *device.Context) { cross(c, g.band, thresholds, g.centre(c), list) }, reads...)
}
