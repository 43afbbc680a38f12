package vehicle

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// samples is how many of what was asked are on their way.
const samples = 20

// shortestDead is the shortest dead time that there can be besides none, in s: of a shorter one the
// samples would be too many.
const shortestDead = 0.01

// dead is the dead time, in s, and the shortest where there is none.
func (s *Spec) dead() float64 {
	if s.DeadTime == 0 {
		return shortestDead
	}
	return s.DeadTime.Seconds()
}

// A line is the dead time of engine and brakes: what is asked of them is sampled, comes out of a
// ring so many samples later, and is held until the next one does. What is held is half a
// period older on average: samples and a half of them make the dead time.
type line struct {
	asked *device.In[float64]
	ring  [samples]*device.Out[float64]
	next  *device.Out[int]
	comes *device.Out[float64]
}

// delayed declares a line, and returns what comes out of it.
func delayed(p *device.Ports, asked *device.In[float64], dead vtime.Duration) *device.In[float64] {
	l := &line{asked: asked}
	inside := func(s *device.Signal) { s.Internal = true }
	for i := range l.ring {
		l.ring[i] = device.State(p, fmt.Sprint("asked_", i), unit.MetrePerSecondSquared, 0.0, inside)
	}
	l.next = device.State(p, "asked_next", unit.One, 0, inside)
	l.comes = device.State(p, "obeys", unit.MetrePerSecondSquared, 0.0, device.Doc("what was asked of engine and brakes a dead_time ago"))
	p.OnInit(l.fill)
	p.Every("obeys", dead*2/(2*samples+1), l.pass)
	return &l.comes.In
}

// fill has what is asked at the start have been asked before.
func (l *line) fill(c *device.Context) {
	for _, sample := range l.ring {
		sample.Set(c, l.asked.Get(c))
	}
	l.comes.Set(c, l.asked.Get(c))
}

// pass takes out the oldest sample and puts a new one into its place.
func (l *line) pass(c *device.Context) {
	at := l.next.Get(c)
	oldest := l.ring[at]
	l.comes.Set(c, oldest.Get(c))
	oldest.Set(c, l.asked.Get(c))
	l.next.Set(c, (at+1)%samples)
}
