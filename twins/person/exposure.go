package person

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An exposure is something that harms by models, each of an amount.
type exposure struct {
	severity *device.Out[int]
	courses  []course
	atOnce   []course       // of what lasts: those that do not wait
	lasts    vtime.Duration // before it is any harm
	due      *device.Timer
	reads    []device.Readable
}

// A course is a model and the amount that it is asked for, with its bounds.
type course struct {
	amount func(c *device.Context) float64
	over   device.Bounds
	model  *harm.Model
}

// expose declares an exposure, which reads some signals.
func (p *person) expose(ports *device.Ports, name string, u unit.Unit, courses []course, reads ...device.Readable) {
	p.declareExposure(ports, name, u, &exposure{courses: courses, reads: reads})
}

func (p *person) declareExposure(ports *device.Ports, name string, u unit.Unit, e *exposure) {
	e.severity = device.State(ports, name+"_harm", unit.One, 0, device.Doc("severity of the harm by "+name+": 0 none to 4 death"))
	p.exposures = append(p.exposures, e)
	p.severities = append(p.severities, e.severity)
	device.Computed(ports, name+"_margin", u, e.margin, device.Within(e.marginOver), device.Reads(e.reads...), device.Doc("how much more or less of it would be harm, in the worse direction"))
	reads := append(slices.Clone(e.reads), e.severity)
	if e.lasts > 0 {
		e.due = ports.Timer(name+" lasted", e.judge)
		ports.OnLimitWithin(name+" passes", e.passing, e.passingOver, func(c *device.Context) { c.Stop(e.due) }, reads...)
		if len(e.atOnce) > 0 {
			ports.OnLimitWithin(name+" is beyond", e.beyond, e.beyondOver, e.strikes, reads...)
		}
	}
	ports.OnLimitWithin(name+" worsens", e.worse, e.worseOver, e.worsens, reads...)
	ports.OnLimitWithin(name+" eases", e.better, e.betterOver, e.eases, reads...)
}

// now is the severity of the exposure as it is.
func (e *exposure) now(c *device.Context) int { return worstOf(e.courses, c) }

// worstOf is the worst severity of some courses; that of what is no number is death.
func worstOf(courses []course, c *device.Context) int {
	worst := harm.None
	for i := range courses {
		s, _ := courses[i].model.Of(courses[i].amount(c))
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
func (e *exposure) worse(c *device.Context) float64 { return e.exceeds(c, e.courses) }

// beyond rises when what does not wait is worse than the severity says.
func (e *exposure) beyond(c *device.Context) float64 { return e.exceeds(c, e.atOnce) }

// exceeds is how far some courses are beyond what the severity says; what is no number is.
func (e *exposure) exceeds(c *device.Context, courses []course) float64 {
	is, gap := harm.Severity(e.severity.Get(c)), float64(never)
	for i := range courses {
		x := courses[i].amount(c)
		if x != x { // even where nothing worse can happen
			return noNumber
		}
		by := finite(courses[i].model.Beyond(is, x))
		if i == 0 || by > gap {
			gap = by
		}
	}
	return gap
}

// noNumber is the gap of what is no number: as of what is worse.
const noNumber = 1

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

// begins judges what there is at the start.
func (e *exposure) begins(c *device.Context) {
	e.strikes(c)
	e.worsens(c)
}

// strikes judges what has become worse and does not wait whether it lasts.
func (e *exposure) strikes(c *device.Context) {
	if by := worstOf(e.atOnce, c); by > e.severity.Get(c) {
		c.NoNumber(e.reads...)
		e.severity.Set(c, by)
	}
}

// worsens judges what has become worse, or waits whether it lasts. What is no number ends the run.
func (e *exposure) worsens(c *device.Context) {
	c.NoNumber(e.reads...)
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
