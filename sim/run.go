package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Option changes how a plan is run.
type Option func(o *options)

type options struct {
	seed     uint64
	seeded   bool
	record   Recorder
	progress func(at vtime.Time)
	until    vtime.Time
	samples  []sampling
	from     []byte
	keep     func(data []byte) error
	clock    func() int64
	explain  bool
	rtol     float64
}

// Seed runs with another seed than the scenario's.
func Seed(seed uint64) Option { return func(o *options) { o.seed, o.seeded = seed, true } }

// Record gives the run a recorder, besides others that it has. Recording changes no
// byte of the run.
func Record(r Recorder) Option {
	return func(o *options) {
		switch before := o.record.(type) {
		case Silent:
			o.record = r
		case several:
			o.record = append(slices.Clone(before), r)
		default:
			o.record = several{before, r}
		}
	}
}

// Progress is called now and then with the time that the run has reached.
func Progress(f func(at vtime.Time)) Option { return func(o *options) { o.progress = f } }

// Until ends the run earlier than the scenario says.
func Until(at vtime.Time) Option { return func(o *options) { o.until = at } }

// Explain makes the result say of each invariant all that had influence on what it
// reads: when it was violated first, or at the end.
func Explain() Option { return func(o *options) { o.explain = true } }

// Tolerance has the physics integrated to another relative tolerance than plant.Rtol, to an
// absolute one of a thousandth of that, and so with other steps. What a model says must not
// depend on it, but the bytes of a run do: snapshots are taken up with the same one.
func Tolerance(rtol float64) Option { return func(o *options) { o.rtol = rtol } }

// An EarlyError is why a run ended that was told to end earlier than its plan.
type EarlyError struct{ At vtime.Time }

// Error implements error.
func (e *EarlyError) Error() string { return "told to end at " + e.At.Short() }

// A BrokenError says that the simulation itself broke: not a violated invariant,
// but no result at all.
type BrokenError struct {
	Device, Doing string // where it is known
	At            vtime.Time
	Cause         error
	Stack         string // of a panic
}

// Error implements error.
func (e *BrokenError) Error() string {
	where := ""
	if e.Device != "" {
		where = fmt.Sprintf(" in device %s (%s)", e.Device, e.Doing)
	}
	return fmt.Sprintf("the run broke at %v%s: %v", e.At, where, e.Cause)
}

// OfModel reports whether it is the model that cannot be computed any further, as
// it is written: a rate without bounds, rules that contradict one another, a loop
// without end.
func (e *BrokenError) OfModel() bool {
	for _, target := range []any{new(*plant.StuckError), new(*NotFiniteError), new(*ConflictError), new(*CrowdedError), new(*TooLongError), new(*des.LivelockError)} {
		if errors.As(e.Cause, target) {
			return true
		}
	}
	return false
}

// Unwrap returns the cause.
func (e *BrokenError) Unwrap() error { return e.Cause }

// From goes on from a snapshot of the same plan, see Resume.
func From(data []byte) Option { return func(o *options) { o.from = data } }

// Keep is given a snapshot of the run where it ends: at the plan's end, at Until,
// or where ctx stopped it.
func Keep(f func(data []byte) error) Option { return func(o *options) { o.keep = f } }

// options are those of a run of the plan.
func (p *Plan) options(opts []Option) options {
	o := options{seed: p.Seed, record: Silent{}, until: p.Run}
	for _, option := range opts {
		option(&o)
	}
	return o
}

// Run runs a plan. An error means that the run broke; a violation is a result.
// When ctx is done the run stops, and the result says what is known up to then.
func Run(ctx context.Context, p *Plan, opts ...Option) (*Result, error) {
	o := p.options(opts)
	var s *Simulation
	var err error
	if o.from != nil {
		s, err = Resume(p, o.from, opts...)
	} else {
		s, err = New(p, opts...)
	}
	if err != nil {
		return nil, err
	}
	if o.until < s.Now() {
		return nil, fmt.Errorf("the run is to end at %v, but the snapshot was taken at %v", o.until, s.Now())
	}
	if err := s.RunTo(ctx, o.until); err != nil {
		return nil, err
	}
	if s.stopped == nil && o.until < p.Run {
		s.stopped = &EarlyError{o.until}
	}
	if o.keep != nil {
		data, err := s.Snapshot()
		if err == nil {
			err = o.keep(data)
		}
		if err != nil {
			return nil, err
		}
	}
	return s.Result()
}

// finish lets everybody look a last time.
func (w *world) finish() {
	now := w.kernel.Now()
	for i := range w.observers {
		if w.observers[i].over != nil {
			w.close(int32(i), now)
		}
	}
	w.sample(now, true)
	for i := range w.followed {
		w.followed[i].lookBack(w, now)
	}
	w.story.add(now, Ended, -1)
	w.tell(now)
}

// broken describes how a run broke.
func broken(w *world, cause error, stack string) error {
	e := &BrokenError{Cause: cause, Stack: stack}
	if w == nil {
		return e
	}
	e.At = w.kernel.Now()
	if path, at, ok := blamed(cause, e.At); ok {
		e.At = at
		e.Device, e.Doing, _ = cut(path)
		e.Doing = "its " + e.Doing
		return e
	}
	var live *des.LivelockError
	if errors.As(cause, &live) {
		for _, s := range live.Sources {
			if int(s) < len(w.plan.Devices) {
				e.Device += w.plan.Devices[s].ID + " "
			}
		}
		e.Doing = "in the loop"
		return e
	}
	var crowd *CrowdedError
	if errors.As(cause, &crowd) {
		if e.Device, e.Doing = crowd.Device, "what it tells"; crowd.Queue {
			e.Doing = "its queue"
		}
		return e
	}
	e.Device, e.Doing = w.devices.Running(w.kernel.Running())
	return e
}

// blamed returns the signal that an error is about, and its time.
func blamed(cause error, now vtime.Time) (path string, at vtime.Time, ok bool) {
	var stuck *plant.StuckError
	var notFinite *NotFiniteError
	var conflict *ConflictError
	switch {
	case errors.As(cause, &stuck):
		return stuck.Signal, stuck.At, true
	case errors.As(cause, &notFinite):
		return notFinite.Signal, notFinite.At, true
	case errors.As(cause, &conflict):
		return conflict.Signal, conflict.At, true
	}
	return "", now, false
}
