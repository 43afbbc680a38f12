package person

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
)

// What needs to last harms as badly as it was all the time: who sat at 14 degC for an hour, of which the last
// minute was frost, sat in air that is slight harm. So each severity has its own timer, which runs while
// the exposure is as bad or worse.

// declareLasting declares the timers, that of the worst first: of several that are over at once it says it all.
func (e *exposure) declareLasting(ports *device.Ports, name string) {
	by := append([]device.Readable{e.level, e.severity}, e.reads...)
	for s := harm.Death; s > harm.None; s-- {
		e.due[s-1] = ports.Timer(name+" lasted: "+s.String(), func(c *device.Context) { e.lasted(c, s) }, by...)
	}
}

// waits starts what has become as bad, the worst first, and stops what no longer is; and what has become
// less is so at once, but for what has added up.
func (e *exposure) waits(c *device.Context, level int) {
	is := e.severity.Get(c)
	for s := int(harm.Death); s > int(harm.None); s-- {
		switch due := e.due[s-1]; {
		case s > level:
			c.Stop(due)
		case s > is && !c.Armed(due):
			c.Start(due, e.lasts)
		}
	}
	if is > level {
		e.severity.Set(c, max(worstOf(e.doses, c), level))
	}
}

// lasted notes that it was as bad as a severity for long enough, and so as what is less.
func (e *exposure) lasted(c *device.Context, s harm.Severity) {
	for less := harm.Slight; less < s; less++ {
		c.Stop(e.due[less-1])
	}
	e.severity.Set(c, max(e.severity.Get(c), int(s)))
}
