package device

import (
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Unit is a device as assembled: what a runtime needs to run its handlers.
type Unit struct {
	Name     string
	Count    int
	Source   des.Source
	Handlers []Handler
	Writers  []signal.Writer // of the handlers
	First    int             // index of the first handler among all of the system
	// Views are what the handlers read of continuous signals, by member; nil
	// where they read none.
	Views []plant.View
	// Reads are the cells beyond the device's own told inputs through which
	// others have influence on it.
	Reads []Cell
	// Flows lists, by signal, the flows that carry a report; Told whether a point
	// folds it for those who are hard-wired or look from outside.
	Flows [][]int32
	Told  []bool
	// OnMessage is the handler that runs after a delivery, or -1. Where a told
	// input is hard-wired it runs at the start and when that changes as well.
	OnMessage int
	Wired     bool
	// TimerBase has, by handler, the first deadline of an OnTimer handler.
	TimerBase []int
	// Base is the index of the unit's member 0 among all members of the system.
	Base int
}

// A Runtime runs the handlers of all devices of a run. Make one with NewRuntime.
type Runtime struct {
	Kernel  *des.Kernel
	Store   *signal.Store
	Network *network.Network
	Plant   *plant.Plant
	Units   []Unit
	Keys    []rng.Key // by Chance.Index
	// Restarted, where it is set, is told that a device runs again.
	Restarted func(unit, member int)
	// Chanced is set once chance was drawn.
	Chanced bool
	// Retold lists the reports told in this phase that a point folds.
	Retold []signal.Slot

	ctx       Context
	table     []entry // all handlers
	target    uint32
	influence []signal.Mask // by member of the system
	down      []uint16      // by member of the system: how often it was taken down; it does not run, hear or answer
	missed    []missed      // what members that are down would have done
	waiting   []bool        // by member: OnMessage is scheduled
	changing  []bool        // by entry.first + member: OnChange is scheduled
	drift     []float64     // by unit: how fast its clock runs beyond 1
	deadlines []deadline
	marks     []uint64
	markBase  []int
	serial    uint64
	outbox    []parcel
}

type entry struct {
	unit, handler int32
	first         int32 // of OnChange: of its members in changing
}

type parcel struct{ flow, member int32 }

type missed struct {
	entry
	member int32
}

// A deadline of a timer: when it is due, and the place in the order that it got
// when it was armed. The event that is pending may be of an earlier arming; it
// then moves on to the new deadline, with its place.
type deadline struct {
	at, pending           vtime.Time
	order, pendingAtOrder uint64
}

// NewRuntime returns a runtime; it registers itself with the kernel.
func NewRuntime(k *des.Kernel, s *signal.Store, units []Unit, keys []rng.Key, members, deadlines int) *Runtime {
	rt := &Runtime{
		Kernel: k, Store: s, Units: units, Keys: keys,
		influence: make([]signal.Mask, members), down: make([]uint16, members), waiting: make([]bool, members),
		drift: make([]float64, len(units)), deadlines: make([]deadline, deadlines),
	}
	for i := range rt.deadlines {
		rt.deadlines[i] = deadline{at: vtime.Never, pending: vtime.Never}
	}
	for i := range units {
		for h := range units[i].Handlers {
			rt.table = append(rt.table, entry{int32(i), int32(h), int32(len(rt.changing))})
			if units[i].Handlers[h].Kind == OnChange {
				rt.changing = append(rt.changing, make([]bool, units[i].Count)...)
			}
		}
	}
	rt.ctx.rt = rt
	rt.ctx.frame = signal.Frame{V: s.V, Host: &rt.ctx}
	rt.target = k.Register(rt)
	return rt
}

// Frame returns the frame that functions of twins are evaluated with.
func (rt *Runtime) Frame() *signal.Frame { return &rt.ctx.frame }

// Connect gives the runtime the network and the plant.
func (rt *Runtime) Connect(n *network.Network, p *plant.Plant) {
	rt.Network, rt.Plant = n, p
	total := 0
	rt.markBase = make([]int, len(n.Flows))
	for i := range n.Flows {
		rt.markBase[i] = total
		total += n.Flows[i].Count
	}
	rt.marks = make([]uint64, total)
}

// Start schedules the first run of every OnStart and OnEvery handler.
func (rt *Runtime) Start() {
	for i := range rt.Units {
		u := &rt.Units[i]
		for h := range u.Handlers {
			if kind := u.Handlers[h].Kind; kind != OnStart && kind != OnEvery && !(kind == OnMessage && u.Wired) {
				continue
			}
			for m := range u.Count {
				rt.schedule(vtime.Time(u.Handlers[h].Offset), u, h, m)
			}
		}
	}
}

func (rt *Runtime) schedule(at vtime.Time, u *Unit, handler, member int) {
	rt.Kernel.Schedule(at, des.React, u.Source, rt.target, uint32(member), uint64(u.First+handler))
}

// Fire schedules a handler of a unit: for guards and changes, which the plant
// and the store find out. However many signals change together, OnChange runs
// once.
func (rt *Runtime) Fire(at vtime.Time, unit, handler, member int) {
	u := &rt.Units[unit]
	if u.Handlers[handler].Kind == OnChange {
		changing := &rt.changing[int(rt.table[u.First+handler].first)+member]
		if *changing {
			return
		}
		*changing = true
	}
	rt.schedule(at, u, handler, member)
}

// Handle implements des.Handler.
func (rt *Runtime) Handle(e des.Event) {
	which := rt.table[e.Arg]
	u, m := &rt.Units[which.unit], int(e.Member)
	h := &u.Handlers[which.handler]
	switch h.Kind {
	case OnEvery:
		// A periodic handler keeps its event: the same place, period later.
		rt.Kernel.Schedule(e.At.Add(rt.Span(which.unit, h.Period)), des.React, u.Source, rt.target, e.Member, e.Arg)
	case OnMessage:
		rt.waiting[u.Base+m] = false
	case OnChange:
		rt.changing[int(which.first)+m] = false
	case OnTimer:
		if !rt.due(e, u, which.handler, m) {
			return
		}
	}
	if rt.down[u.Base+m] == 0 || h.Nature {
		rt.run(which, u, m)
	} else if h.Kind == OnStart || h.Kind == OnTimer || h.Kind == OnChange {
		rt.miss(missed{which, int32(m)})
	}
}

// run runs one handler for one member.
func (rt *Runtime) run(which entry, u *Unit, m int) {
	influence := rt.influence[u.Base+m]
	for _, c := range u.Reads {
		influence |= rt.Store.Stamp(c.At(m)).Influence
	}
	rt.influence[u.Base+m] = influence
	rt.Store.By, rt.Store.Influence = u.Writers[which.handler], influence
	c := &rt.ctx
	c.now, c.unit = rt.Kernel.Now(), which.unit
	if u.Views != nil {
		rt.Plant.Show(&u.Views[m], c.now)
	}
	c.member = m
	rt.serial++
	u.Handlers[which.handler].Do(c)
}

// Flush sends what handlers told in the phase that was committed.
func (rt *Runtime) Flush() {
	for _, p := range rt.outbox {
		rt.Network.Send(int(p.flow), int(p.member))
	}
	rt.outbox, rt.Retold = rt.outbox[:0], rt.Retold[:0]
}

// Listening implements network.Host.
func (rt *Runtime) Listening(device int32, member int) bool {
	return rt.down[rt.Units[device].Base+member] == 0
}

// Delivered implements network.Host.
func (rt *Runtime) Delivered(device int32, member int, influence signal.Mask) {
	u := &rt.Units[device]
	at := u.Base + member
	rt.influence[at] |= influence
	if u.OnMessage >= 0 && !rt.waiting[at] {
		rt.waiting[at] = true
		rt.schedule(rt.Kernel.Now(), u, u.OnMessage, member)
	}
}

// Missed implements network.Host.
func (rt *Runtime) Missed(device int32, member int, influence signal.Mask) {
	rt.influence[rt.Units[device].Base+member] |= influence
}

// Span implements network.Host: it returns how long a span of a device's own
// clock takes.
func (rt *Runtime) Span(device int32, d vtime.Duration) vtime.Duration {
	if rate := rt.drift[device]; rate != 0 && d > 0 {
		return max(1, vtime.FromSeconds(vtime.Seconds(d)/(1+rate)))
	}
	return d
}

// arm sets a deadline. An event that is already pending for an earlier time is
// kept and moves on when it comes; otherwise a new one is made.
func (rt *Runtime) arm(c *Context, t *Timer, at vtime.Time) {
	u := &rt.Units[c.unit]
	d := &rt.deadlines[t.Base+c.member]
	d.at, d.order = at, rt.Kernel.Reserve(des.React, u.Source)
	if d.pending >= at { // at the same time, for the place of this arming
		d.pending, d.pendingAtOrder = at, d.order
		rt.push(at, d.order, u, t.handler, c.member)
	}
}

func (rt *Runtime) push(at vtime.Time, order uint64, u *Unit, handler, member int) {
	rt.Kernel.ScheduleAs(des.Event{
		At: at, Order: order, Target: rt.target, Member: uint32(member), Arg: uint64(u.First + handler),
	})
}

// due reports whether the event of a timer is its deadline.
func (rt *Runtime) due(e des.Event, u *Unit, handler int32, m int) bool {
	d := &rt.deadlines[u.TimerBase[handler]+m]
	if d.pendingAtOrder != e.Order || d.pending != e.At {
		return false // of an arming that a nearer one has overtaken
	}
	d.pending = vtime.Never
	if d.at == e.At && d.order == e.Order {
		d.at = vtime.Never
		return true
	}
	if d.at != vtime.Never {
		d.pending, d.pendingAtOrder = d.at, d.order
		rt.push(d.at, d.order, u, int(handler), m)
	}
	return false
}

// Crash takes a device down: its handlers do not run, it hears and answers
// nothing. Restart ends that; what was taken down several times must be restarted
// as often.
//
// Messages, periods and guards that a device misses are lost. What it would have
// done at its start, at a deadline or about a change, it does when it is back.
func (rt *Runtime) Crash(unit, member int) { rt.down[rt.Units[unit].Base+member]++ }

// Restart lets a device run again.
func (rt *Runtime) Restart(unit, member int) {
	down := &rt.down[rt.Units[unit].Base+member]
	if *down--; *down > 0 {
		return
	}
	rest := rt.missed[:0]
	for _, m := range rt.missed {
		if int(m.unit) != unit || int(m.member) != member {
			rest = append(rest, m)
			continue
		}
		rt.late(m)
	}
	rt.missed = rest
	if rt.Restarted != nil {
		rt.Restarted(unit, member)
	}
}

// miss remembers once what a member that is down would have done.
func (rt *Runtime) miss(m missed) {
	if !slices.Contains(rt.missed, m) {
		rt.missed = append(rt.missed, m)
	}
}

// late schedules what was missed. A timer is armed for now, and then due.
func (rt *Runtime) late(m missed) {
	u, now := &rt.Units[m.unit], rt.Kernel.Now()
	switch u.Handlers[m.handler].Kind {
	case OnStart:
		rt.schedule(now, u, int(m.handler), int(m.member))
		return
	case OnChange:
		rt.Fire(now, int(m.unit), int(m.handler), int(m.member))
		return
	}
	d := &rt.deadlines[u.TimerBase[m.handler]+int(m.member)]
	d.at, d.order = now, rt.Kernel.Reserve(des.React, u.Source)
	d.pending, d.pendingAtOrder = now, d.order
	rt.push(now, d.order, u, int(m.handler), int(m.member))
}

// Drift makes a device's clock run 1+rate times as fast.
func (rt *Runtime) Drift(unit int, rate float64) { rt.drift[unit] += rate }

// Running returns the names of the device and the handler of an event, for the
// message when one breaks.
func (rt *Runtime) Running(e des.Event) (device, handler string) {
	if e.Target != rt.target || e.Arg >= uint64(len(rt.table)) {
		return "", ""
	}
	which := rt.table[e.Arg]
	return rt.Units[which.unit].Name, rt.Units[which.unit].Handlers[which.handler].Name
}

// Init runs the OnInit handlers of a unit. What they tell is not sent.
func (rt *Runtime) Init(unit int) {
	u := &rt.Units[unit]
	for h := range u.Handlers {
		if u.Handlers[h].Kind == OnInit {
			for m := range u.Count {
				rt.run(rt.table[u.First+h], u, m)
			}
		}
	}
	rt.outbox, rt.Retold = rt.outbox[:0], rt.Retold[:0]
}

// Do runs a handler at once, within an event of the caller's: for guards.
func (rt *Runtime) Do(unit, handler, member int) {
	u := &rt.Units[unit]
	if rt.down[u.Base+member] == 0 || u.Handlers[handler].Nature {
		rt.run(rt.table[u.First+handler], u, member)
	}
}
