package device

import (
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Unit is a device as assembled: what a runtime needs to run its handlers.
type Unit struct {
	Handlers []Handler
	Count    int32
	Source   des.Source
	Writer   signal.Writer // of the first handler; those of the others follow
	First    int32         // index of the first handler among all of the system
	// Base is the index of the unit's member 0 among all members of the system.
	Base int32
	// View is the first of its Assembly.Views, one for each member: what the
	// handlers read of continuous signals. It is -1 where they read none.
	View int32
	// OnMessage is the handler that runs after a delivery, or -1. Where a told
	// input is hard-wired it runs at the start and when that changes as well.
	OnMessage int32
	Wired     bool
}

// at returns the index of a member among all members of the system.
func (u *Unit) at(member int) int { return int(u.Base) + member }

// entry returns the index of a handler among all handlers of the system.
func (u *Unit) entry(handler int) int { return int(u.First) + handler }

// An Outlet is how a report is told: Carriers from First to before Last are the
// flows that carry it, and Told says that a point folds it for those who are
// hard-wired or look from outside.
type Outlet struct {
	First, Last int32
	Told        bool
}

// An Assembly is what all devices of a system are made of.
type Assembly struct {
	Units    []Unit
	Outlets  []Outlet // of reports, by Cell.Outlet
	Carriers []int32  // flows
	Views    []plant.View
	Members  int // of all units
	// Name returns the name of a unit.
	Name func(unit int) string
}

// A Runtime runs the handlers of all devices of a run. Make one with NewRuntime.
type Runtime struct {
	Kernel  *des.Kernel
	Store   *signal.Store
	Network *network.Network
	Plant   *plant.Plant
	*Assembly
	Keys []rng.Key // by Chance.Index
	// Crashed and Restarted, where they are set, are told that a device is down, and that it
	// runs again.
	Crashed, Restarted func(unit, member int)
	// Data is what devices keep beside signals, where a system has some.
	Data any
	// Chanced is set once chance was drawn.
	Chanced bool
	// Retold lists the reports told in this phase that a point folds.
	Retold []signal.Slot
	// Swayed lists the members that came under an influence that they were not under
	// before. Who passes it on empties it.
	Swayed []Sway

	ctx       Context
	table     []entry // all handlers
	target    uint32
	influence []signal.Mask // by member of the system
	down      []uint16      // by member of the system: how often it was taken down; it does not run, hear or answer
	missed    backlog       // what members that are down would have done
	waiting   []bool        // by member: OnMessage is scheduled
	changing  []bool        // by entry.first + member: OnChange is scheduled
	drift     []float64     // by unit: how fast its clock runs beyond 1; nil while all are right
}

// A Sway is a member of the system that came under another influence.
type Sway struct {
	Influence signal.Mask
	Member    int
}

// An entry is all of a handler that running it needs, in one cache line.
type entry struct {
	do     func(c *Context)
	period vtime.Duration
	unit   int32
	base   int32 // the unit's member 0 among all of the system
	first  int32 // of OnChange: of its members in changing; of OnTimer: their timers
	source des.Source
	writer signal.Writer
	view   int32 // of member 0, or -1
	kind   HandlerKind
	nature bool
}

// NewRuntime returns a runtime; it registers itself with the kernel.
func NewRuntime(k *des.Kernel, s *signal.Store, a *Assembly, keys []rng.Key) *Runtime {
	rt := &Runtime{
		Kernel: k, Store: s, Assembly: a, Keys: keys,
		influence: make([]signal.Mask, a.Members), down: make([]uint16, a.Members), waiting: make([]bool, a.Members),
	}
	rt.target = k.Register(rt)
	if n := len(a.Units); n > 0 {
		rt.table = make([]entry, 0, int(a.Units[n-1].First)+len(a.Units[n-1].Handlers))
	}
	for i := range a.Units {
		rt.enter(int32(i), &a.Units[i])
	}
	rt.ctx.rt = rt
	rt.ctx.frame = signal.Frame{V: s.V, Host: &rt.ctx}
	return rt
}

// enter enters the handlers of a unit in the table.
func (rt *Runtime) enter(unit int32, u *Unit) {
	for i := range u.Handlers {
		h := &u.Handlers[i]
		e := entry{
			do: h.Do, period: h.Period, unit: unit, base: u.Base, source: u.Source, writer: u.Writer + signal.Writer(i),
			kind: h.Kind, nature: h.Nature, view: u.View,
		}
		switch h.Kind {
		case OnChange:
			e.first = int32(len(rt.changing))
			rt.changing = append(rt.changing, make([]bool, int(u.Count))...)
		case OnTimer:
			for m := range int(u.Count) {
				t := rt.Kernel.NewTimer(des.React, u.Source, rt.target, uint32(m), uint64(u.entry(i)))
				if m == 0 {
					e.first = int32(t)
				}
			}
		}
		rt.table = append(rt.table, e)
	}
}

// Frame returns the frame that functions of twins are evaluated with.
func (rt *Runtime) Frame() *signal.Frame { return &rt.ctx.frame }

// Connect gives the runtime the network and the plant.
func (rt *Runtime) Connect(n *network.Network, p *plant.Plant) { rt.Network, rt.Plant = n, p }

// Down returns, by member of the system, how often it was taken down.
func (rt *Runtime) Down() []uint16 { return rt.down }

// Start schedules the first run of every OnStart and OnEvery handler.
func (rt *Runtime) Start() {
	for i := range rt.Units {
		u := &rt.Units[i]
		for h := range u.Handlers {
			if kind := u.Handlers[h].Kind; kind != OnStart && kind != OnEvery && !(kind == OnMessage && u.Wired) {
				continue
			}
			for m := range int(u.Count) {
				rt.schedule(vtime.Time(u.Handlers[h].Offset), u, h, m)
			}
		}
	}
}

func (rt *Runtime) schedule(at vtime.Time, u *Unit, handler, member int) {
	rt.Kernel.Schedule(at, des.React, u.Source, rt.target, uint32(member), uint64(u.entry(handler)))
}

// Fire schedules a handler of a unit: for guards and changes, which the plant
// and the store find out. However many signals change together, OnChange runs
// once.
func (rt *Runtime) Fire(at vtime.Time, unit, handler, member int) {
	u := &rt.Units[unit]
	if u.Handlers[handler].Kind == OnChange {
		changing := &rt.changing[int(rt.table[u.entry(handler)].first)+member]
		if *changing {
			return
		}
		*changing = true
	}
	rt.schedule(at, u, handler, member)
}

// Handle implements des.Handler.
func (rt *Runtime) Handle(e des.Event) {
	h, m := &rt.table[e.Arg], int(e.Member)
	at := int(h.base) + m
	switch h.kind {
	case OnEvery:
		// A periodic handler keeps its event: the same place, period later.
		rt.Kernel.Schedule(e.At.Add(rt.Span(h.unit, h.period)), des.React, h.source, rt.target, e.Member, e.Arg)
	case OnMessage:
		rt.waiting[at] = false
	case OnChange:
		rt.changing[int(h.first)+m] = false
	}
	if rt.down[at] == 0 || h.nature {
		rt.run(h, m)
	} else if h.kind == OnStart || h.kind == OnTimer || h.kind == OnChange {
		rt.miss(int32(e.Arg), at)
	}
}

// run runs one handler for one member.
func (rt *Runtime) run(h *entry, m int) {
	at := int(h.base) + m
	rt.Store.By, rt.Store.Influence = h.writer, rt.influence[at]
	c := &rt.ctx
	c.now, c.unit = rt.Kernel.Now(), h.unit
	if h.view >= 0 {
		rt.Plant.Show(&rt.Views[int(h.view)+m], c.now)
	}
	c.member = m
	rt.Network.Telling()
	h.do(c)
}

// Flush sends what handlers told in the phase that was committed.
func (rt *Runtime) Flush() {
	rt.Network.Flush()
	rt.Retold = rt.Retold[:0]
}

// Listening reports whether a device takes and answers messages.
func (rt *Runtime) Listening(device int32, member int) bool {
	return rt.down[rt.Units[device].at(member)] == 0
}

// Delivered implements network.Host.
func (rt *Runtime) Delivered(device int32, member int, influence signal.Mask) {
	u := &rt.Units[device]
	at := u.at(member)
	rt.Sway(at, influence)
	if u.OnMessage >= 0 && !rt.waiting[at] {
		rt.waiting[at] = true
		rt.schedule(rt.Kernel.Now(), u, int(u.OnMessage), member)
	}
}

// Carried implements network.Host: what a message carries beside values is not the devices'.
func (rt *Runtime) Carried(int32, int, float64, vtime.Time, signal.Mask) {}

// Strayed implements network.Host.
func (rt *Runtime) Strayed(int32, vtime.Time) {}

// Missed implements network.Host.
func (rt *Runtime) Missed(device int32, member int, influence signal.Mask) {
	rt.Sway(rt.Units[device].at(member), influence)
}

// Influence returns the influence that a member of the system is under.
func (rt *Runtime) Influence(at int) signal.Mask { return rt.influence[at] }

// Sway puts a member of the system under an influence: what it does from now on
// bears it.
func (rt *Runtime) Sway(at int, influence signal.Mask) {
	if fresh := influence &^ rt.influence[at]; fresh != 0 {
		rt.influence[at] |= fresh
		rt.Swayed = append(rt.Swayed, Sway{fresh, at})
	}
}

// Span implements network.Host: it returns how long a span of a device's own
// clock takes.
func (rt *Runtime) Span(device int32, d vtime.Duration) vtime.Duration {
	if rt.drift == nil || rt.drift[device] == 0 || d <= 0 {
		return d
	}
	return max(1, vtime.FromSeconds(vtime.Seconds(d)/(1+rt.drift[device])))
}

// Crash takes a device down: its handlers do not run, it hears and answers
// nothing. Restart ends that; what was taken down several times must be restarted
// as often.
//
// Messages, periods and guards that a device misses are lost. What it would have
// done at its start, at a deadline or about a change, it does when it is back.
func (rt *Runtime) Crash(unit, member int) {
	down := &rt.down[rt.Units[unit].at(member)]
	if *down++; *down == 1 && rt.Crashed != nil {
		rt.Crashed(unit, member)
	}
}

// Restart lets a device run again.
func (rt *Runtime) Restart(unit, member int) {
	down := &rt.down[rt.Units[unit].at(member)]
	if *down--; *down > 0 {
		return
	}
	rt.catchUp(unit, member)
	if rt.Restarted != nil {
		rt.Restarted(unit, member)
	}
}

// Drift makes a device's clock run 1+rate times as fast.
func (rt *Runtime) Drift(unit int, rate float64) {
	if rt.drift == nil {
		rt.drift = make([]float64, len(rt.Units))
	}
	rt.drift[unit] += rate
}

// UnitOf returns the unit whose handler an event is for.
func (rt *Runtime) UnitOf(e des.Event) int { return int(rt.table[e.Arg].unit) }

// Running returns the names of the device and the handler of an event, for the
// message when one breaks.
func (rt *Runtime) Running(e des.Event) (device, handler string) {
	if e.Target != rt.target || e.Arg >= uint64(len(rt.table)) {
		return "", ""
	}
	u := &rt.Units[rt.table[e.Arg].unit]
	return rt.Name(int(rt.table[e.Arg].unit)), u.Handlers[int(e.Arg)-int(u.First)].Name
}

// Init runs the OnInit handlers of a unit. What they tell is not sent.
func (rt *Runtime) Init(unit int) {
	u := &rt.Units[unit]
	for h := range u.Handlers {
		if u.Handlers[h].Kind == OnInit {
			for m := range int(u.Count) {
				rt.run(&rt.table[u.entry(h)], m)
			}
		}
	}
	rt.Network.Discard()
	rt.Retold = rt.Retold[:0]
}

// Do runs a handler at once, within an event of the caller's: for guards.
func (rt *Runtime) Do(unit, handler, member int) {
	u := &rt.Units[unit]
	if rt.down[u.at(member)] == 0 || u.Handlers[handler].Nature {
		rt.run(&rt.table[u.entry(handler)], member)
	}
}
