package inject

import (
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Timeline carries out the steps of a run. Make one with New.
type Timeline struct {
	Steps []Step
	// Notify, where it is set, is told that a step applied or was reverted.
	Notify func(step int, applied bool)
	// Refold shows a point anew after its layers changed.
	Refold func(point int)
	// Stopped, where it is set, is told that a message of a step, or a step, was
	// stopped; Do that a step does something to a device that it has reached; Gained
	// what its attacker has of it that it had not before.
	Stopped func(step int)
	// Commanded is told of a command that nobody sent.
	Commanded func(unit int)
	Do        func(step int, op *Op) (done bool)
	// Stream begins or ends a flood that infected hosts send.
	Stream func(step int, op *Op, on bool)
	Gained func(step int, g Gains)

	kernel  *des.Kernel
	store   *signal.Store
	network *network.Network
	devices *device.Runtime
	source  des.Source
	target  uint32
	state   []state
	depth   int // of steps that begin because another one ended in the same phase

	earned    *Earned
	intruders []intruder
	flows     map[int]sender // the operation whose messages a flow carries
}

// A sender is an operation that sends messages.
type sender struct{ step, op int }

type state struct {
	active   bool
	times    uint32
	left     uint32     // times that malware left the device from which it is done
	until    vtime.Time // when it ends, while it is active
	applied  vtime.Time
	reverted vtime.Time
	effects  uint64
	refused  uint64
	trying   bool      // it takes its time, and nothing has come of it yet
	pending  uint64    // messages of which nobody knows yet what becomes
	carried  []uint64  // by operation that listens: messages that its flow had carried when it began
	recorded []float64 // of a message that is to be sent again
	number   uint64    // how many there were of it; of who poses as somebody else: its next one
	sent     vtime.Time
	roots    signal.Mask // the step, and those that it would not have begun without
	way      signal.Mask // what could have mattered to whether its messages came through
	missing  string
	stop     Stop
	proposal check.Proposal // that it waits for others to agree to
}

// The kinds of events, in the upper bits of Event.Arg; below them is the time
// that it is of a step that can apply several times, in the lower half the step.
// Event.Member is the operation.
const (
	begin uint64 = iota << 60
	end
	again
	tried
	kinds uint64 = 15 << 60
)

// New returns a timeline; it registers itself with the kernel.
func New(steps []Step, earned *Earned, k *des.Kernel, s *signal.Store, n *network.Network, d *device.Runtime, source des.Source) *Timeline {
	t := &Timeline{
		Steps: steps, kernel: k, store: s, network: n, devices: d, source: source, state: make([]state, len(steps)),
		earned: earned, intruders: newIntruders(earned), flows: map[int]sender{},
	}
	for i := range t.state {
		t.state[i] = state{until: vtime.Never, applied: vtime.Never, reverted: vtime.Never, roots: steps[i].Roots}
		for k := range steps[i].Ops {
			switch op := &steps[i].Ops[k]; op.Kind {
			case SendOp, FloodOp:
				t.flows[op.Flow] = sender{i, k}
			case SniffOp:
				t.state[i].carried = make([]uint64, len(steps[i].Ops))
			}
		}
	}
	t.target = k.Register(t)
	return t
}

// Start schedules the steps that start at a time.
func (t *Timeline) Start() {
	for i := range t.Steps {
		if t.Steps[i].Start == At {
			t.schedule(t.Steps[i].Time, begin, i, 0)
		}
	}
}

// Reschedule schedules a step that starts at a time, after that was changed.
func (t *Timeline) Reschedule(step int) { t.schedule(t.Steps[step].Time, begin, step, 0) }

func (t *Timeline) schedule(at vtime.Time, what uint64, step, op int) {
	if at != vtime.Never {
		n := t.state[step].times
		if what == begin {
			n = t.state[step].left
		}
		t.kernel.Schedule(at, des.Inject, t.source, t.target, uint32(op), what|uint64(n)<<32&^kinds|uint64(step))
	}
}

// Rose tells that the condition of a step with When rose, under which influence.
func (t *Timeline) Rose(step int, influence signal.Mask) {
	if t.Wants(step) && !t.state[step].active {
		t.state[step].roots |= influence
		t.schedule(t.kernel.Now().Add(t.Steps[step].Delay), begin, step, 0)
	}
}

// Wants reports whether the condition of a step is still of interest.
func (t *Timeline) Wants(step int) bool {
	return int(t.state[step].times) < max(1, t.Steps[step].Times) && !t.Steps[step].Muted
}

// Target is the target of the timeline's events.
func (t *Timeline) Target() uint32 { return t.target }

// Handle implements des.Handler.
func (t *Timeline) Handle(e des.Event) {
	step, times := int(uint32(e.Arg)), uint32(e.Arg&^kinds>>32)
	switch e.Arg & kinds {
	case begin:
		// One whose time was changed in a fork has an event left at the old one, and
		// two where it was changed back.
		// One that waits for its delay may have risen again meanwhile, or its malware have left.
		if s := &t.Steps[step]; s.Start == After || s.Start == When && t.Wants(step) && t.state[step].left == times || s.Start == At && s.Time == e.At && t.state[step].times == 0 {
			t.begin(step)
		}
	case end:
		if t.state[step].times == times {
			t.end(step)
		}
	case again:
		if s := &t.state[step]; s.active && s.times == times {
			t.repeat(step, int(e.Member))
		}
	case tried:
		if s := &t.state[step]; s.active && s.times == times {
			t.engage(step)
		}
	}
}

func (t *Timeline) begin(i int) {
	t.expire()
	step, s := &t.Steps[i], &t.state[i]
	if s.active || step.Muted || !t.ready(i) {
		return
	}
	s.active, s.missing, s.stop = true, "", Stop{}
	s.times++
	if s.applied == vtime.Never {
		s.applied = t.kernel.Now()
	}
	if f := step.Footing; f != nil {
		s.roots |= t.intruders[f.Intruder].influence
		if f.Takes > 0 {
			s.trying = true
			t.record(i)
			t.schedule(t.kernel.Now().Add(f.Takes), tried, i, 0)
			return
		}
	}
	t.engage(i)
}

// ready reports whether the steps that a step needs have taken effect. It owes
// what it does to them.
func (t *Timeline) ready(i int) bool {
	step, s := &t.Steps[i], &t.state[i]
	if step.Start == After {
		s.roots |= t.state[step.Previous].roots
	}
	for _, n := range step.Needs {
		s.roots |= t.state[n].roots | t.state[n].way
		if t.effects(n) > 0 {
			continue
		}
		s.missing = "it needs " + t.Steps[n].Name + ", which had no effect"
		if by := t.state[n].stop.By; by != "" {
			s.missing = "it needs " + t.Steps[n].Name + ", which was stopped"
		}
		if t.waits(n) {
			s.missing = "it needs " + t.Steps[n].Name + ", to which nobody has agreed yet (`after:` does not ask for that)"
		}
		return false
	}
	return true
}

// engage does what a step is for, unless its attacker cannot.
func (t *Timeline) engage(i int) {
	step, s := &t.Steps[i], &t.state[i]
	now := t.kernel.Now()
	s.trying = false
	if f := step.Footing; f != nil {
		s.roots |= t.intruders[f.Intruder].influence
		if stop, refused := t.refused(f); refused {
			t.stopped(i, stop)
			s.active = false
			t.follow(i)
			return
		}
	}
	t.notify(i)
	t.store.By, t.store.Influence = step.By, s.roots
	for k := range step.Ops {
		t.apply(i, k)
	}
	if step.For > 0 {
		s.until = now.Add(step.For)
		t.schedule(s.until, end, i, 0)
	} else {
		s.active = !step.Momentary()
	}
	if step.For == 0 && (s.pending == 0 || s.active) {
		t.follow(i)
	}
}

func (t *Timeline) notify(i int) {
	if t.Notify != nil {
		t.Notify(i, true)
	}
}

// expire ends what ends now: where one step ends and another begins at one time,
// the one is over when the other begins.
func (t *Timeline) expire() {
	for i := range t.state {
		if s := &t.state[i]; s.active && s.until <= t.kernel.Now() {
			t.end(i)
		}
	}
}

func (t *Timeline) end(i int) {
	step, s := &t.Steps[i], &t.state[i]
	if !s.active {
		return
	}
	s.active, s.until = false, vtime.Never
	s.reverted = t.kernel.Now()
	t.store.By, t.store.Influence = step.By, s.roots
	for k := len(step.Ops) - 1; k >= 0; k-- {
		t.revert(i, k)
	}
	if t.Notify != nil {
		t.Notify(i, false)
	}
	t.follow(i)
}

// resolved ends a step that only sent messages once it is known what became of all
// of them: what comes after it comes then, in the next round.
func (t *Timeline) resolved(i int) {
	s := &t.state[i]
	if s.pending == 0 {
		return
	}
	if s.pending--; s.pending > 0 || s.active || t.Steps[i].For > 0 {
		return
	}
	for j := range t.Steps {
		if next := &t.Steps[j]; next.Start == After && next.Previous == i {
			t.schedule(t.kernel.Now().Add(next.Delay), begin, j, 0)
		}
	}
}

// follow starts the steps that come after step i: those without a delay in the
// same phase, so that nobody sees an instant between the two.
func (t *Timeline) follow(i int) {
	for j := range t.Steps {
		s := &t.Steps[j]
		switch {
		case s.Start != After || s.Previous != i:
		case s.Delay == 0 && t.depth < len(t.Steps): // a circle of steps goes on in the next round
			t.depth++
			t.begin(j)
			t.depth--
		default:
			t.schedule(t.kernel.Now().Add(s.Delay), begin, j, 0)
		}
	}
}

func (t *Timeline) apply(i, k int) {
	op, s := &t.Steps[i].Ops[k], &t.state[i]
	switch op.Kind {
	case LayerOp, PowerOp:
		t.layer(i, k)
		if op.Kind == PowerOp {
			t.devices.Crash(op.Unit, op.Member)
			s.effects++
		}
	case DisturbOp:
		t.network.Disturb(op.Flow, t.disturbanceOf(uint32(i), uint32(k)))
	case CommandOp:
		t.command(i, k)
	case CrashOp:
		t.crash(i, op)
	case DriftOp:
		t.devices.Drift(op.Unit, op.Rate)
		s.effects++
	case SendOp:
		t.send(i, k)
	case LocalOp:
		t.came(i, k)
	case FloodOp:
		if op.Each > 0 {
			t.Stream(i, op, true)
		} else {
			t.network.Flood(op.Flow, op.Period, s.roots)
		}
	case SniffOp:
		s.carried[k] = t.network.Carried(op.Flow)
	}
}

func (t *Timeline) layer(i, k int) {
	op := &t.Steps[i].Ops[k]
	if op.Tape != nil {
		op.Tape.Stop(t.kernel.Now())
	}
	t.store.Points[op.Point].Apply(t.layerOf(uint32(i), uint32(k)), t.store.Beneath(op.Point), t.kernel.Now())
	t.Refold(op.Point)
	t.announce(op, t.store.Points[op.Point].Shown)
}

// announce has a device tell what an operation changed of what it reports.
func (t *Timeline) announce(op *Op, slot signal.Slot) {
	if op.Outlet > 0 {
		t.devices.Announce(op.Outlet-1, slot, op.Unit, op.Member)
	}
}

// command writes a cell as a delivered message does, and again after a period.
func (t *Timeline) command(i, k int) {
	step, op := &t.Steps[i], &t.Steps[i].Ops[k]
	if t.devices.Listening(int32(op.Unit), op.Member) {
		if t.store.V[op.Cell] != op.Value {
			t.state[i].effects++
		}
		t.store.By, t.store.Influence = step.By, t.state[i].roots
		t.store.Set(op.Cell, op.Value)
		t.announce(op, op.Cell)
		if t.Commanded != nil {
			t.Commanded(op.Unit)
		}
		if op.News > signal.Clock {
			t.store.Set(op.News, t.store.V[op.News]+1)
		}
		t.devices.Delivered(int32(op.Unit), op.Member, t.state[i].roots)
	}
	if op.Period > 0 {
		t.schedule(t.kernel.Now().Add(op.Period), again, i, k)
	}
}

func (t *Timeline) revert(i, k int) {
	op, s := &t.Steps[i].Ops[k], &t.state[i]
	switch op.Kind {
	case LayerOp, PowerOp:
		if l, ok := t.store.Points[op.Point].Revert(uint32(i), uint32(k)); ok {
			s.effects += l.Effects
		}
		t.Refold(op.Point)
		t.announce(op, t.store.Points[op.Point].Shown)
		if op.Kind == PowerOp {
			t.devices.Restart(op.Unit, op.Member)
		}
	case DisturbOp:
		s.effects += t.network.Calm(op.Flow, uint32(i), uint32(k))
	case CrashOp:
		t.restart(op)
	case DriftOp:
		t.devices.Drift(op.Unit, -op.Rate)
	case RestoreOp:
		t.restore(op)
	case FloodOp:
		if op.Each > 0 {
			t.Stream(i, op, false)
		} else {
			t.network.Quell(op.Flow)
		}
	case SniffOp:
		t.sniffed(i, k)
	}
}

// effects returns how often a step has changed something so far.
func (t *Timeline) effects(i int) uint64 {
	n := t.state[i].effects
	if t.state[i].active {
		for k := range t.Steps[i].Ops {
			switch op := &t.Steps[i].Ops[k]; op.Kind {
			case LayerOp, PowerOp:
				n += t.store.Points[op.Point].Effects(uint32(i), uint32(k))
			case DisturbOp:
				n += t.network.Disturbed(op.Flow, uint32(i), uint32(k))
			}
		}
	}
	return n
}

// Active reports whether a step is in force.
func (t *Timeline) Active(step int) bool { return t.state[step].active }

// Report says what became of a step so far.
func (t *Timeline) Report(i int) Report {
	s := &t.state[i]
	r := Report{
		Applied: s.applied, Reverted: s.reverted, Effects: t.effects(i), Missing: s.missing,
		Refused: s.refused, StoppedBy: s.stop.By, Why: s.stop.Why,
	}
	if f := t.Steps[i].Footing; s.trying && f != nil {
		r.StoppedBy, r.Why = "time", "the run ended while it was still at it: it takes "+f.Takes.String()
		if f.Slowed != "" {
			r.StoppedBy, r.Why = f.Slowed, r.Why+", because of the check "+f.Slowed
		}
	}
	switch {
	case s.applied == vtime.Never:
		r.Outcome = NotTriggered
	case r.Effects == 0 && t.waits(i):
		r.Outcome = Pending
	case r.Effects == 0 && r.StoppedBy != "":
		r.Outcome = Stopped
	case r.Effects == 0:
		r.Outcome = NoEffect
	default:
		r.Outcome = Applied
	}
	return r
}
