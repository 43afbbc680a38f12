package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An exposure is something that harms by models, each of an amount.
type exposure struct {
	severity *device.Out[int]
	courses  []course
	lasts    vtime.Duration // before it is any harm
	due      *device.Timer
}

type course struct {
	amount func(c *device.Context) float64
	model  *harm.Model
}

// expose declares an exposure, which reads some signals.
func (p *person) expose(ports *device.Ports, name string, u unit.Unit, lasts vtime.Duration, courses []course, reads ...device.Readable) {
	e := &exposure{courses: courses, lasts: lasts}
	e.severity = device.State(ports, name+"_harm", unit.One, 0, device.Doc("severity of the harm by "+name+": 0 none to 4 death"))
	p.exposures = append(p.exposures, e)
	p.severities = append(p.severities, e.severity)
	device.Computed(ports, name+"_margin", u, e.margin, device.Reads(reads...), device.Doc("how much more or less of it would be harm, in the worse direction"))
	reads = append(reads, e.severity)
	if lasts > 0 {
		e.due = ports.Timer(name+" lasted", e.judge)
		ports.OnLimit(name+" passes", e.passing, func(c *device.Context) { c.Stop(e.due) }, reads...)
	}
	ports.OnLimit(name+" worsens", e.worse, e.worsens, reads...)
	ports.OnLimit(name+" eases", e.better, e.eases, reads...)
}

// now is the severity of the exposure as it is.
func (e *exposure) now(c *device.Context) int {
	worst := harm.None
	for i := range e.courses {
		s, _ := e.courses[i].model.Of(e.courses[i].amount(c))
		worst = max(worst, s)
	}
	return int(worst)
}

// margin is how far the exposure is short of slight harm; below 0 it harms.
func (e *exposure) margin(c *device.Context) float64 {
	least := math.Inf(1)
	for i := range e.courses {
		least = min(least, e.courses[i].model.Short(harm.Slight, e.courses[i].amount(c)))
	}
	return least
}

// worse rises when the exposure is worse than the severity says, better when it is less.
func (e *exposure) worse(c *device.Context) float64 {
	is, gap := harm.Severity(e.severity.Get(c)), float64(never)
	for i := range e.courses {
		by := finite(e.courses[i].model.Beyond(is, e.courses[i].amount(c)))
		if i == 0 || by > gap {
			gap = by
		}
	}
	return gap
}

func (e *exposure) better(c *device.Context) float64 {
	return e.short(c, harm.Severity(e.severity.Get(c)))
}

// short is how far the exposure is short of a severity.
func (e *exposure) short(c *device.Context, of harm.Severity) float64 {
	gap := float64(never)
	for i := range e.courses {
		by := finite(e.courses[i].model.Short(of, e.courses[i].amount(c)))
		if i == 0 || by < gap {
			gap = by
		}
	}
	return gap
}

// passing rises when the exposure is no longer worse than the severity says: it did not last.
func (e *exposure) passing(c *device.Context) float64 {
	is := harm.Severity(e.severity.Get(c))
	if is >= harm.Death { // nothing is worse
		return never
	}
	return e.short(c, is+1)
}

// worsens judges what has become worse, or waits whether it lasts.
func (e *exposure) worsens(c *device.Context) {
	switch {
	case e.due == nil:
		e.judge(c)
	case e.now(c) > e.severity.Get(c) && !c.Armed(e.due):
		c.Start(e.due, e.lasts)
	}
}

// eases judges what has become less: at once.
func (e *exposure) eases(c *device.Context) {
	if e.due != nil {
		c.Stop(e.due)
	}
	e.judge(c)
}

func (e *exposure) judge(c *device.Context) { e.severity.Set(c, e.now(c)) }
