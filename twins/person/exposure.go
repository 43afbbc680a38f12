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
	doses    []course                  // of what lasts: what adds up as well, and does not wait
	all      []course                  // both
	lasts    vtime.Duration            // before it is any harm
	level    *device.Out[int]          // how bad the courses are by now, which is the severity where nothing needs to last
	judged   []course                  // that level is by: all where nothing needs to last, else courses
	due      [harm.Death]*device.Timer // by severity, from slight on: when it has been as bad for as long
	reads    []device.Readable         // by courses
	taken    []device.Readable         // by doses
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
	e.all = slices.Concat(e.courses, e.doses)
	e.severity = device.State(ports, name+"_harm", unit.One, 0, device.Doc("severity of the harm by "+name+": 0 none to 4 death"))
	p.exposures = append(p.exposures, e)
	p.severities = append(p.severities, e.severity)
	device.Computed(ports, name+"_margin", u, e.margin, device.Within(e.marginOver), device.Reads(e.reads...), device.Doc("how much more or less of it would be harm, in the worse direction"))
	e.level, e.judged = e.severity, e.all
	if e.lasts > 0 {
		e.level, e.judged = device.State(ports, name+"_level", unit.One, 0, internal), e.courses
		e.declareLasting(ports, name)
	}
	e.declareAdditions(ports, name)
	reads := append(slices.Clone(e.reads), e.level)
	all := append(slices.Clone(reads), e.taken...)
	ports.Handle(device.Handler{Name: name + " at the start", Kind: device.OnStart, Do: e.changes})
	ports.GoesBy(reads...)
	ports.OnLimitWithin(name+" worsens", e.worse, e.worseOver, e.changes, reads...)
	ports.OnLimitWithin(name+" eases", e.better, e.betterOver, e.changes, all...)
}

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

// worse rises when the exposure is worse than its level says, better when it is less.
func (e *exposure) worse(c *device.Context) float64 { return exceeds(c, e.level, e.courses) }

// exceeds is how far some courses are beyond what a severity says; what is no number is.
func exceeds(c *device.Context, severity *device.Out[int], courses []course) float64 {
	is, gap := harm.Severity(severity.Get(c)), float64(never)
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
	return short(c, harm.Severity(e.level.Get(c)), e.judged)
}

// short is how far some courses are short of a severity.
func short(c *device.Context, of harm.Severity, courses []course) float64 {
	gap := float64(never)
	for i := range courses {
		by := finite(courses[i].model.Short(of, courses[i].amount(c)))
		if i == 0 || by < gap {
			gap = by
		}
	}
	return gap
}

// changes judges what has become worse or less; where it needs to last, it waits whether that does. What is
// no number ends the run.
func (e *exposure) changes(c *device.Context) {
	c.NoNumber(e.reads...)
	level := worstOf(e.judged, c)
	e.level.Set(c, level)
	if e.lasts > 0 {
		e.waits(c, level)
	}
}
