package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Warning is how a store hears that something was taken, and how long after that it sends a notice.
type Warning struct {
	Input
	After vtime.Duration

	heard, told *device.Cell
	timer       *device.Timer
}

// Breached is the report by which a store tells of breaches: the number of its last notice.
const Breached = "breach"

// Reported reports whether a store tells something by a report of that name, and of which type that is.
func Reported(name string) (told bool, of signal.Type) {
	if name == Items {
		return true, signal.Number
	}
	return name == Breached || slices.Contains(doneOf[:], name), signal.Int
}

// warned declares how a store hears of breaches and tells of them.
func (t *Twin) warned(p *device.Ports) {
	w := t.Warning
	if w == nil {
		return
	}
	w.heard = p.Add(device.Signal{Name: w.Name, Role: device.RoleTold, Type: w.Type, Unit: w.Unit, Labels: w.Labels, Optional: true, Doc: "an alarm: something may have been taken"})
	w.told = p.Add(device.Signal{Name: Breached, Role: device.RoleReport, Type: signal.Int, Unit: unit.One, Doc: "the number of the notice of a breach that was sent last"})
	w.timer = p.Timer("tell of a breach", t.notify)
	p.Handle(device.Handler{Name: w.Name, Kind: device.OnChange, Reads: []*device.Cell{w.heard}, Do: t.alarmed})
}

// alarmed takes in an alarm: a value that is not 0, and that is another one than before.
func (t *Twin) alarmed(c *device.Context) {
	w := t.Warning
	if c.Column().V[w.heard.At(c.Member())] != 0 && c.Data().(*State).Realise(t.Store, c.Now(), w.After) {
		c.Start(w.timer, w.After)
	}
}

// notify sends the notice.
func (t *Twin) notify(c *device.Context) {
	if n := c.Data().(*State).Notify(t.Store, c.Now()); n > 0 {
		c.Set(t.Warning.told, float64(n))
		c.Tell(t.Warning.told)
	}
}
