package sim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/des"
)

// A Profile says where the time of a run went: what somebody waited for, not
// virtual time.
type Profile struct {
	Total  int64  // ns
	Events uint64 // handled in it
	Shares []Share
}

// A Share is what one part of a system took of a run's time.
type Share struct {
	Kind  ShareKind
	Name  string // of the device, the island's devices, the invariant
	Spent int64  // ns
	Count uint64 // events handled, steps integrated, looks taken
}

// A ShareKind is what sort of work it was.
type ShareKind uint8

// The kinds of shares.
const (
	DeviceShare    ShareKind = iota // its handlers
	IslandShare                     // integrating its states
	InvariantShare                  // looking whether it holds, and when it will not
	TriggerShare                    // the same for a step's `when:`
	NetworkShare                    // messages
	TimelineShare                   // injections
	SignalShare                     // showing what changed, computing what follows, histories, the digest
	RecordShare                     // recorders and samplers
	KernelShare                     // the order of events
)

// Profiled measures where the time of the run goes, by a clock that tells
// nanoseconds. It changes no byte of the run, but makes it slower.
func Profiled(clock func() int64) Option { return func(o *options) { o.clock = clock } }

// A meter measures who takes how long. What it measures has a number: first what
// is there once, then devices, islands and observers.
type meter struct {
	clock   func() int64
	cost    int64 // of asking the clock
	began   int64
	events  uint64 // handled before it began
	since   int64
	present int32
	spent   []int64
	count   []uint64
	units   int32 // where these begin
	islands int32
	looks   int32
}

// What is there once.
const (
	atKernel int32 = iota
	atSignals
	atNetwork
	atTimeline
	atRecord
	once
)

func (w *world) measure(clock func() int64) {
	if clock == nil {
		return
	}
	m := &meter{clock: clock, units: once}
	m.islands = m.units + int32(len(w.plan.assembly.Units))
	m.looks = m.islands + int32(len(w.islands))
	n := int(m.looks) + len(w.observers)
	m.spent, m.count = make([]int64, n), make([]uint64, n)
	m.calibrate()
	w.meter = m
	w.kernel.Wrap(func(h des.Handler) des.Handler { return metered{w, h} })
	m.began, m.events = clock(), w.kernel.Events
	m.since = m.began
}

// calibrate finds out what asking the clock takes, which is no part's own: at
// least, as anything else may come in between.
func (m *meter) calibrate() {
	const batches, times = 20, 50
	m.cost = math.MaxInt64
	for range batches {
		from := m.clock()
		for range times - 1 {
			m.clock()
		}
		m.cost = min(m.cost, (m.clock()-from)/times)
	}
}

// enter says that the time from now on is what's, and returns whose it was. On no
// meter it does nothing, at the price of a comparison.
func (m *meter) enter(what int32) (before int32) {
	if m == nil {
		return 0
	}
	return m.begin(what)
}

func (m *meter) begin(what int32) (before int32) {
	before = m.present
	m.turn(what)
	m.count[what]++
	return before
}

// leave says that the time from now on is another one's again.
func (m *meter) leave(before int32) {
	if m != nil {
		m.turn(before)
	}
}

func (m *meter) turn(what int32) {
	now := m.clock()
	m.spent[m.present] += max(0, now-m.since-m.cost)
	m.present, m.since = what, now
}

func (m *meter) enterIsland(i int32) int32 {
	if m == nil {
		return 0
	}
	return m.begin(m.islands + i)
}

func (m *meter) enterObserver(i int32) int32 {
	if m == nil {
		return 0
	}
	return m.begin(m.looks + i)
}

// metered is a handler whose time is measured.
type metered struct {
	w *world
	h des.Handler
}

// Handle implements des.Handler.
func (x metered) Handle(e des.Event) {
	m := x.w.meter
	before := m.enter(x.w.whose(e))
	x.h.Handle(e)
	m.leave(before)
}

// whose returns the number of the part that handles an event.
func (w *world) whose(e des.Event) int32 {
	switch e.Target {
	case w.network.Target():
		return atNetwork
	case w.timeline.Target():
		return atTimeline
	case w.sampled:
		return atRecord
	case w.observe:
		if i := uint32(e.Arg); i != nobody {
			return w.meter.looks + int32(i)
		}
		return atKernel
	case w.spreading:
		return w.meter.units + int32(w.plan.malware[e.Arg].rank)
	case w.advance:
		return w.meter.islands + int32(uint32(e.Arg))
	}
	return w.meter.units + int32(w.devices.UnitOf(e))
}

// profile sums up, the greatest share first. Guards are their devices'.
func (w *world) profile() *Profile {
	m := w.meter
	if m == nil {
		return nil
	}
	m.turn(atKernel)
	m.count[atKernel] = w.kernel.Events - m.events
	p := &Profile{Total: m.since - m.began, Events: m.count[atKernel]}
	place := map[Share]int{}
	for i, spent := range m.spent {
		if m.count[i] == 0 {
			continue
		}
		kind, name := w.shareOf(int32(i))
		k, ok := place[Share{Kind: kind, Name: name}]
		if !ok {
			k = len(p.Shares)
			place[Share{Kind: kind, Name: name}] = k
			p.Shares = append(p.Shares, Share{Kind: kind, Name: name})
		}
		p.Shares[k].Spent += spent
		p.Shares[k].Count += m.count[i]
	}
	slices.SortStableFunc(p.Shares, func(a, b Share) int { return cmp.Compare(b.Spent, a.Spent) })
	return p
}

func (w *world) shareOf(i int32) (ShareKind, string) {
	m, devices := w.meter, w.plan.Devices
	switch {
	case i < m.units:
		return [...]ShareKind{KernelShare, SignalShare, NetworkShare, TimelineShare, RecordShare}[i], ""
	case i < m.islands:
		return DeviceShare, devices[i-m.units].ID
	case i < m.looks:
		return IslandShare, w.islandName(int(i - m.islands))
	}
	switch spec := w.observers[i-m.looks].spec; spec.kind {
	case guards:
		return DeviceShare, devices[w.plan.handlers[spec.index].unit].ID
	case triggers:
		return TriggerShare, w.plan.steps[spec.index].Name
	default:
		return InvariantShare, w.plan.invariants[spec.index].Name
	}
}

// islandName names an island by its devices, or by the first of many.
func (w *world) islandName(i int) string {
	const most = 3
	var names []string
	for _, s := range w.plant.Islands[i].States {
		if name := w.plan.Signals.At(s.Slot).Device; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}
