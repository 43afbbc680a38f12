package device

import (
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Context is a device's only world while one of its functions runs.
type Context struct {
	frame  signal.Frame
	rt     *Runtime
	now    vtime.Time
	member int
	unit   int32
}

// Now returns the virtual time. In a derivative or a computed value it must not
// be asked: read the time as a signal instead.
func (c *Context) Now() vtime.Time { return c.now }

// Member returns which member of a device with a count this is, from 0.
func (c *Context) Member() int { return c.member }

// Down reports whether the device is down, for handlers of OnLimit.
func (c *Context) Down() bool { return c.rt.down[c.rt.Units[c.unit].at(c.member)] > 0 }

// Seconds returns the seconds since the start of the run at which the function
// is evaluated, in derivatives and computed values as well.
func (c *Context) Seconds() float64 { return c.frame.V[signal.Clock] }

// Start arms the timer to be due after d by the device's own clock, anew if it was
// armed already. With d = 0 it is due in the next round of this instant.
func (c *Context) Start(t *Timer, d vtime.Duration) {
	c.rt.Kernel.Arm(t.of(c), c.now.Add(max(0, c.rt.Span(c.unit, d))))
}

// Stop disarms the timer.
func (c *Context) Stop(t *Timer) { c.rt.Kernel.Cancel(t.of(c)) }

// Armed reports whether the timer is armed.
func (c *Context) Armed(t *Timer) bool {
	_, armed := c.rt.Kernel.Armed(t.of(c))
	return armed
}

// Data returns what devices of the system keep beside signals: what they know of people.
func (c *Context) Data() any { return c.rt.Data }

// Column returns the frame that compiled expressions read.
func (c *Context) Column() *signal.Frame {
	c.frame.M = c.member
	return &c.frame
}

// Set writes a cell of the device's own, for devices that are made of data.
func (c *Context) Set(cell *Cell, x float64) { c.rt.Store.Set(cell.At(c.member), x) }

// Tell tells a report that was set, for devices that are made of data.
func (c *Context) Tell(cell *Cell) { c.tell(cell) }

// Announce tells a report that was changed from outside, as the device itself does.
func (rt *Runtime) Announce(outlet int32, slot signal.Slot, unit, member int) {
	o := &rt.Outlets[outlet]
	if o.Told {
		rt.Retold = append(rt.Retold, slot)
	}
	if o.First == o.Last || rt.down[rt.Units[unit].at(member)] > 0 {
		return
	}
	rt.Network.Telling()
	for _, flow := range rt.Carriers[o.First:o.Last] {
		rt.Network.Tell(flow, member)
	}
}

// tell marks the flows that carry a report; they are sent when the phase ends,
// once for each handler. A device that is down sends nothing, but what is wired
// to it sees what it does.
func (c *Context) tell(cell *Cell) {
	rt := c.rt
	o := &rt.Outlets[cell.Outlet]
	if o.Told {
		rt.Retold = append(rt.Retold, cell.At(c.member))
	}
	if o.First == o.Last || rt.down[rt.Units[c.unit].at(c.member)] > 0 {
		return
	}
	for _, flow := range rt.Carriers[o.First:o.Last] {
		rt.Network.Tell(flow, c.member)
	}
}
