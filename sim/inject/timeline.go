package inject

import (
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

	kernel  *des.Kernel
	store   *signal.Store
	network *network.Network
	devices *device.Runtime
	source  des.Source
	target  uint32
	state   []state
	depth   int // of steps that begin because another one ended in the same phase
}

type state struct {
	active   bool
	times    uint32
	until    vtime.Time // when it ends, while it is active
	applied  vtime.Time
	reverted vtime.Time
	effects  uint64
	missing  string
}

// The kinds of events, in the upper bits of Event.Arg; below them is the time
// that it is of a step that can apply several times, in the lower half the step.
// Event.Member is the operation.
const (
	begin uint64 = iota << 60
	end
	again
	kinds uint64 = 15 << 60
)

// New returns a timeline; it registers itself with the kernel.
func New(steps []Step, k *des.Kernel, s *signal.Store, n *network.Network, d *device.Runtime, source des.Source) *Timeline {
	t := &Timeline{Steps: steps, kernel: k, store: s, network: n, devices: d, source: source, state: make([]state, len(steps))}
	for i := range t.state {
		t.state[i] = state{until: vtime.Never, applied: vtime.Never, reverted: vtime.Never}
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
		times := uint64(t.state[step].times) << 32 &^ kinds
		t.kernel.Schedule(at, des.Inject, t.source, t.target, uint32(op), what|times|uint64(step))
	}
}

// Rose tells that the condition of a step with When rose.
func (t *Timeline) Rose(step int) {
	if t.Wants(step) && !t.state[step].active {
		t.schedule(t.kernel.Now(), begin, step, 0)
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
		if s := &t.Steps[step]; s.Start != At || s.Time == e.At && t.state[step].times == 0 {
			t.begin(step)
		}
	case end:
		if t.state[step].times == times {
			t.end(step)
		}
	case again:
		if s := &t.state[step]; s.active && s.times == times {
			t.command(step, int(e.Member))
		}
	}
}

func (t *Timeline) begin(i int) {
	t.expire()
	step, s := &t.Steps[i], &t.state[i]
	if s.active || step.Muted {
		return
	}
	for _, n := range step.Needs {
		if t.effects(n) == 0 {
			s.missing = "it needs " + t.Steps[n].Name + ", which had no effect"
			return
		}
	}
	now := t.kernel.Now()
	s.active, s.missing = true, ""
	s.times++
	if s.applied == vtime.Never {
		s.applied = now
	}
	t.store.By, t.store.Influence = step.By, step.Roots
	for k := range step.Ops {
		t.apply(i, k)
	}
	if step.For > 0 {
		s.until = now.Add(step.For)
		t.schedule(s.until, end, i, 0)
	} else {
		s.active = !step.momentary()
	}
	if t.Notify != nil {
		t.Notify(i, true)
	}
	if step.For == 0 {
		t.follow(i)
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
	t.store.By, t.store.Influence = step.By, step.Roots
	for k := len(step.Ops) - 1; k >= 0; k-- {
		t.revert(i, k)
	}
	if t.Notify != nil {
		t.Notify(i, false)
	}
	t.follow(i)
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
	step, op, s := &t.Steps[i], &t.Steps[i].Ops[k], &t.state[i]
	switch op.Kind {
	case LayerOp, PowerOp:
		t.layer(i, k)
		if op.Kind == PowerOp {
			t.devices.Crash(op.Unit, op.Member)
			s.effects++
		}
	case DisturbOp:
		t.network.Disturb(op.Flow, step.disturbance(uint32(i), uint32(k)))
	case CommandOp:
		t.command(i, k)
	case CrashOp:
		t.devices.Crash(op.Unit, op.Member)
		s.effects++
	case DriftOp:
		t.devices.Drift(op.Unit, op.Rate)
		s.effects++
	}
}

func (t *Timeline) layer(i, k int) {
	step, op := &t.Steps[i], &t.Steps[i].Ops[k]
	if op.Tape != nil {
		op.Tape.Stop(t.kernel.Now())
	}
	t.store.Points[op.Point].Apply(step.layer(uint32(i), uint32(k)), t.store.Beneath(op.Point), t.kernel.Now())
	t.Refold(op.Point)
}

// command writes a cell as a delivered message does, and again after a period.
func (t *Timeline) command(i, k int) {
	step, op := &t.Steps[i], &t.Steps[i].Ops[k]
	if t.devices.Listening(int32(op.Unit), op.Member) {
		if t.store.V[op.Cell] != op.Value {
			t.state[i].effects++
		}
		t.store.By, t.store.Influence = step.By, step.Roots
		t.store.Set(op.Cell, op.Value)
		if op.News > signal.Clock {
			t.store.Set(op.News, t.store.V[op.News]+1)
		}
		t.devices.Delivered(int32(op.Unit), op.Member, step.Roots)
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
		if op.Kind == PowerOp {
			t.devices.Restart(op.Unit, op.Member)
		}
	case DisturbOp:
		s.effects += t.network.Calm(op.Flow, uint32(i), uint32(k))
	case CrashOp:
		t.devices.Restart(op.Unit, op.Member)
	case DriftOp:
		t.devices.Drift(op.Unit, -op.Rate)
	case RestoreOp:
		t.store.Set(op.Cell, op.Value)
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
	r := Report{Applied: s.applied, Reverted: s.reverted, Effects: t.effects(i), Missing: s.missing}
	switch {
	case s.applied == vtime.Never:
		r.Outcome = NotTriggered
	case r.Effects == 0:
		r.Outcome = NoEffect
	default:
		r.Outcome = Applied
	}
	return r
}
