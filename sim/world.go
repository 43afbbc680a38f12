package sim

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A world is the state of one run of a plan.
type world struct {
	plan     *Plan
	kernel   *des.Kernel
	store    *signal.Store
	devices  *device.Runtime
	network  *network.Network
	plant    *plant.Plant
	timeline *inject.Timeline
	digest   *digest
	record   Recorder
	meter    *meter // nil where nobody measures
	story    story
	why      [][]Cause      // by invariant: the causes at its first violation
	trees    []*Tree        // as well, where they are asked for
	blames   []blame        // by invariant of the dangers
	also     [][]int        // by named invariant: the other steps on a way to its first violation
	again    [][]recurrence // of these: of harm that came again
	amounts  []float64      // as well: what was worst of an exposure
	models   []int          // as well: by which model somebody was harmed
	holdings holdings
	// Of malware: its state, and its lines in the story.
	infections []infection
	swarms     []swarm
	spreading  uint32 // target of their events
	caughts    []caught
	explains   bool
	layers     [][]layerState // by hazard
	spread     spread
	judgement

	islands     []islandState
	due         []int32 // islands to integrate at this instant
	computed    []int32 // heap of discrete nodes to compute
	inHeap      []bool
	observers   []observer
	touched     []int32
	windows     []window
	stirring    []int32    // windows that are pending
	windowsDue  vtime.Time // not later than the end of any open piece
	followed    []course
	sampledAt   [][5]float64            // by signal of a course: values of its last span
	coursesOf   map[signal.Slot][]int32 // in followed, by discrete input
	samplers    []*sampler
	sampled     uint32     // target of samplers' events
	looks       uint64     // events that only observed: they do not count
	observe     uint32     // target of observers' events
	subscribing uint32     // target of the events of those who subscribe anew
	advance     uint32     // target of islands' events
	resumed     vtime.Time // when it was taken up from a snapshot
	most        int        // events that can be pending
	err         error
}

// islandState is what the world keeps of an island.
type islandState struct {
	timer     des.Timer // of the end of its step
	due       bool
	restart   bool
	jumps     []plant.Jump
	observers []int32
	windows   []int32
	followed  []int32
}

// newWorld makes a world that has no state yet: start gives it the one at time 0,
// resume one that was kept.
func newWorld(p *Plan, seed uint64, record Recorder, rtol float64) (*world, error) {
	w := &world{coursesOf: map[signal.Slot][]int32{}, plan: p, record: record, digest: newDigest(p.digestNames), inHeap: make([]bool, len(p.g.nodes))}
	kernel, err := des.New(w, p.links)
	if err != nil {
		return nil, err
	}
	w.kernel = kernel
	w.store = signal.NewStore(p.Signals.Len(), slices.Clone(p.points))
	p.Signals.starts(w.store.Init)
	w.store.Keep(p.extremes)
	keys := make([]rng.Key, len(p.chances))
	for i, c := range p.chances {
		keys[i] = rng.New(seed, c.device, c.name)
	}
	w.devices = device.NewRuntime(kernel, w.store, &p.assembly, keys)
	w.network = network.New(&p.book, kernel, w.store, ears{w.devices, w}, w.devices.Down(), seed)
	w.network.Beside, w.most = w.beside, network.MostUnderWay+p.steady()
	w.observe, w.advance = kernel.Register(handlerFunc(w.observed)), kernel.Register(handlerFunc(w.advanced))
	w.sampled = kernel.Register(handlerFunc(w.sampleDue))
	w.subscribing = kernel.Register(handlerFunc(w.subscribed))
	w.makePlant(rtol)
	w.devices.Connect(w.network, w.plant)
	steps := w.steps(seed)
	w.timeline = inject.New(steps, p.earned, kernel, w.store, w.network, w.devices, des.Source(p.links-2))
	w.timeline.Refold = func(point int) { w.refold(point, false) }
	w.timeline.Commanded = w.commanded
	w.timeline.Notify, w.timeline.Stopped, w.timeline.Do, w.timeline.Gained = w.notify, w.stopped, w.do, w.gained
	w.makeGate()
	w.makeInfections(seed)
	if err := w.makeHoldings(seed); err != nil {
		return nil, err
	}
	w.makeSwarms()
	w.makeObservers()
	w.makeLayers()
	w.why, w.trees = make([][]Cause, len(p.invariants)), make([]*Tree, len(p.invariants))
	w.also = make([][]int, p.named)
	w.blames, w.again = make([]blame, len(p.perils)), make([][]recurrence, len(p.perils))
	w.makeAmounts()
	w.spread = newSpread(p.sways)
	w.windowsDue = vtime.Never
	return w, nil
}

// handlerFunc makes a function a des.Handler.
type handlerFunc func(e des.Event)

// Handle implements des.Handler.
func (f handlerFunc) Handle(e des.Event) { f(e) }

// steps returns the plan's steps with tapes and chance of this run.
func (w *world) steps(seed uint64) []inject.Step {
	steps := slices.Clone(w.plan.steps)
	for i := range steps {
		if !slices.ContainsFunc(steps[i].Ops, func(op inject.Op) bool { return op.Layer.Op == signal.Noise || op.Tape != nil }) {
			continue // nothing of it is of one run
		}
		steps[i].Ops = slices.Clone(steps[i].Ops)
		for k := range steps[i].Ops {
			op := &steps[i].Ops[k]
			if op.Layer.Op == signal.Noise {
				op.Layer.Chance = rng.New(seed, steps[i].Name, steps[i].Target).Member(k)
			}
			if op.Tape != nil {
				op.Tape = &signal.Tape{Span: op.Tape.Span}
				op.Layer.Tape = op.Tape
				p := &w.store.Points[op.Point]
				p.Tapes = append(slices.Clone(p.Tapes), op.Tape)
			}
		}
	}
	return steps
}

func (w *world) makePlant(rtol float64) {
	p := w.plan
	w.windows = make([]window, len(p.windows))
	for i := range w.windows {
		w.windows[i] = newWindow(&p.windows[i])
	}
	nodes := make([]plant.Node, len(p.g.nodes))
	for i, n := range p.g.nodes {
		nodes[i] = plant.Node{Slot: n.slot, Member: n.member, Eval: n.eval, Bounds: n.bounds}
		if n.window > 0 {
			win := &w.windows[n.window-1]
			nodes[i].Eval = func(f *signal.Frame) float64 { return win.value(f, w.plant.At) }
			nodes[i].Bounds = w.boundsOf(win)
		}
	}
	w.plant = plant.New(nodes, p.g.islands, w.devices.Frame(), plant.Options{Rtol: rtol, Atol: rtol / 1000, Name: p.path})
	w.islands = make([]islandState, len(p.g.islands))
	for i := range w.islands {
		w.islands[i].timer = w.kernel.NewTimer(des.Plant, des.Source(p.links-1), w.advance, 0, uint64(i))
	}
}

// start brings all start values into agreement and schedules the first events.
func (w *world) start() error {
	w.prime()
	for slot, x := range w.store.V {
		if x-x != 0 {
			w.notFinite(signal.Slot(slot), x)
		}
	}
	w.plant.Load()
	w.digest.starts(w.store.V)
	w.record.Begin(0, w.plan.Signals, w.store.V)
	for i := range w.islands {
		if err := w.plant.Advance(i); err != nil {
			return err
		}
		w.scheduleAdvance(i)
		w.recordIsland(i, 0)
	}
	w.listen()
	for i := range w.observers {
		w.touch(int32(i))
	}
	for i := range w.windows {
		w.stirred(int32(i))
	}
	w.follow()
	w.kernel.Schedule(0, des.Plant, des.Source(w.plan.links-1), w.observe, 0, uint64(nobody))
	w.watchOver()
	w.devices.Start()
	w.network.Start()
	w.timeline.Start()
	w.startInfections()
	w.startData()
	w.story.add(0, Began, -1)
	return w.err
}

// resume takes up what was archived.
func (w *world) resume() error {
	w.resumed = w.kernel.Now()
	w.listen()
	if w.record != (Silent{}) {
		for info := range w.plan.Signals.All() {
			w.valueOf(info.Slot, w.resumed) // shows it in the column
		}
	}
	w.record.Begin(w.resumed, w.plan.Signals, w.store.V)
	w.tellHosts(w.resumed)
	w.follow()
	for i := range w.followed {
		w.followed[i].seen = w.resumed
	}
	return w.err
}

// listen makes the world hear of what happens.
func (w *world) listen() {
	w.store.Before, w.store.Conflict, w.store.NotFinite = w.before, w.conflict, w.notFinite
	w.devices.Crashed, w.devices.Restarted = w.crashed, w.restarted
}

// nobody is the observer of an event that only makes an instant.
const nobody = math.MaxUint32

// maxPrimes bounds how often start values are passed on: as long as the longest
// chain of devices that can matter.
const maxPrimes = 64

// prime computes start values until nothing changes: computed signals, what
// devices make of their inputs, what receivers would have been told.
func (w *world) prime() {
	for range maxPrimes {
		before := slices.Clone(w.store.V)
		for i := range w.plan.g.nodes {
			n := &w.plan.g.nodes[i]
			if n.window == 0 {
				f := w.devices.Frame()
				f.M = int(n.member)
				w.store.Init(n.slot, n.eval(f))
			}
		}
		for i := range w.plan.assembly.Units {
			w.prim(i)
		}
		for i := range w.store.Points {
			if p := &w.store.Points[i]; p.Source >= 0 && p.Shown >= 0 && p.Source != p.Shown {
				w.store.Init(p.Shown, w.store.V[p.Source])
			}
		}
		for i := range w.plan.book.Flows {
			f := &w.plan.book.Flows[i]
			for m := range int(f.Count) {
				if f.Silent {
					break
				}
				for _, pair := range w.plan.book.Pairs(f) {
					w.store.Init(pair.To.At(m), w.store.V[pair.From.At(f.Teller(m))])
				}
			}
		}
		if slices.Equal(before, w.store.V) {
			break
		}
	}
}

// prim runs the OnInit handlers of a device and takes what they set as start
// values.
func (w *world) prim(unit int) {
	w.devices.Init(unit)
	for _, c := range w.store.Commit(0) {
		w.store.Init(c.Slot, c.Value)
	}
}

// Commit implements des.World.
func (w *world) Commit(des.Phase) {
	now, before := w.kernel.Now(), w.meter.enter(atSignals)
	for _, c := range w.store.Commit(now) {
		if w.plan.traits[c.Slot]&isState != 0 && !w.jump(c) {
			continue
		}
		if c.Changed {
			w.changed(c.Slot, c.Value, now)
		}
	}
	for _, slot := range w.devices.Retold {
		for _, r := range w.plan.readers.of(slot) {
			if r&^readerMask == byToll {
				w.refold(int(r&readerMask), true)
			}
		}
	}
	w.compute(now)
	if len(w.store.Fresh)+len(w.devices.Swayed)+len(w.spread.todo) > 0 {
		w.swayed()
	}
	w.stir()
	w.meter.enter(atNetwork)
	w.devices.Flush()
	w.meter.leave(before)
}

// jump makes a continuous state go on from another value, unless it is stuck.
func (w *world) jump(c signal.Change) bool {
	state := w.plan.g.stateOf[c.Slot]
	if f := w.plan.g.states[state].factor; f >= 0 && w.store.V[f] == 0 {
		return false
	}
	island := w.plan.g.island[state]
	is := &w.islands[island]
	is.jumps = append(is.jumps, plant.Jump{Slot: c.Slot, Value: c.Value})
	w.restart(island)
	return true
}

// refold shows a point anew: its source was told, or its layers changed.
func (w *world) refold(point int, told bool) {
	now := w.kernel.Now()
	if w.store.Refold(point, told, now) {
		slot := w.store.Points[point].Shown
		w.changed(slot, w.store.V[slot], now)
	}
}

// changed tells the readers of a cell.
func (w *world) changed(slot signal.Slot, value float64, now vtime.Time) {
	traits := w.plan.traits[slot]
	if traits&isShown != 0 {
		w.digest.add(now, slot, value)
		w.record.Change(now, slot, value)
	}
	if len(w.samplers) > 0 {
		w.noteSamples(slot)
	}
	if traits&isRead == 0 {
		return
	}
	for _, r := range w.plan.readers.of(slot) {
		i := int32(r & readerMask)
		switch r &^ readerMask {
		case byNode:
			w.push(i)
		case byIsland:
			w.restart(i)
		case byHandler:
			h := w.plan.handlers[i]
			w.devices.Fire(now, int(h.unit), int(h.handler), int(h.member))
		case byObserver:
			w.touch(i)
		case byWindow:
			w.stirred(i)
		case byColumn:
			w.columnChanged(int(i), now)
		case byPoint:
			w.refold(int(i), true)
		}
	}
}

// compute brings the discrete computed cells up to date, each once, in their
// order.
func (w *world) compute(now vtime.Time) {
	f := w.devices.Frame()
	for len(w.computed) > 0 {
		i := w.pop()
		n := &w.plan.g.nodes[i]
		f.M = int(n.member)
		x := n.eval(f)
		if w.store.Put(n.slot, x, 0, 0, now) {
			w.changed(n.slot, w.store.V[n.slot], now)
		}
	}
}

// push and pop keep a binary heap of nodes, the least index first: a node is
// computed after all that it reads.
func (w *world) push(node int32) {
	if w.inHeap[node] {
		return
	}
	w.inHeap[node] = true
	h := append(w.computed, node)
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if h[up] <= h[i] {
			break
		}
		h[up], h[i] = h[i], h[up]
		i = up
	}
	w.computed = h
}

func (w *world) pop() int32 {
	h := w.computed
	top, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		least := 2*i + 1
		if least >= len(h) {
			break
		}
		if least+1 < len(h) && h[least+1] < h[least] {
			least++
		}
		if h[i] <= h[least] {
			break
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
	w.computed = h
	w.inHeap[top] = false
	return top
}

// Settle implements des.World.
func (w *world) Settle() error {
	now := w.kernel.Now()
	if w.integrate(now); w.err != nil {
		return w.err
	}
	w.observersSettle(now)
	if len(w.story.fresh) > 0 {
		w.tell(now)
	}
	if w.network.Crowded() || w.kernel.Pending() > w.most {
		w.crowded()
	}
	before := w.meter.enter(atRecord)
	if len(w.samplers) > 0 {
		w.sample(now, false)
	}
	if w.record.Settled(now) {
		w.breakCourses(now)
	}
	w.meter.leave(before)
	return w.err
}

// notify writes the story of the timeline.
func (w *world) notify(step int, applied bool) {
	kind := Reverted
	if applied {
		kind = AppliedStep
	}
	w.began(step) // what ended it early is behind that as well
	w.story.add(w.kernel.Now(), kind, step)
}
