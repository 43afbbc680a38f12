package sim

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Option changes how a plan is run.
type Option func(o *options)

type options struct {
	seed     uint64
	record   Recorder
	progress func(at vtime.Time)
	until    vtime.Time
	samples  []sampling
}

// Seed runs with another seed than the scenario's.
func Seed(seed uint64) Option { return func(o *options) { o.seed = seed } }

// Record gives the run a recorder. Recording changes no byte of the run.
func Record(r Recorder) Option { return func(o *options) { o.record = r } }

// Progress is called now and then with the time that the run has reached.
func Progress(f func(at vtime.Time)) Option { return func(o *options) { o.progress = f } }

// Until ends the run earlier than the scenario says.
func Until(at vtime.Time) Option { return func(o *options) { o.until = at } }

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

// Unwrap returns the cause.
func (e *BrokenError) Unwrap() error { return e.Cause }

// Run runs a plan. An error means that the run broke; a violation is a result.
// When ctx is done the run stops, and the result says what is known up to then.
func Run(ctx context.Context, p *Plan, opts ...Option) (result *Result, err error) {
	o := options{seed: p.Seed, record: silent{}, until: p.Run}
	for _, option := range opts {
		option(&o)
	}
	var w *world
	defer func() {
		if cause := recover(); cause != nil {
			result, err = nil, broken(w, fmt.Errorf("panic: %v", cause), string(debug.Stack()))
		}
	}()
	w, err = newWorld(p, o.seed, o.record)
	if err != nil {
		return nil, broken(w, err, "")
	}
	if err := w.makeSamplers(o.samples); err != nil {
		return nil, err
	}
	stop := func() error {
		if w.err != nil {
			return w.err
		}
		if o.progress != nil {
			o.progress(w.kernel.Now())
		}
		return ctx.Err()
	}
	err = w.kernel.Run(min(o.until, p.Run), stop)
	if err == nil {
		err = w.err
	}
	if err != nil && !errors.Is(err, ctx.Err()) {
		return nil, broken(w, err, "")
	}
	w.finish()
	return w.result(o.seed, err), nil
}

// finish lets everybody look a last time.
func (w *world) finish() {
	now := w.kernel.Now()
	for i := range w.observers {
		if w.observers[i].spec.kind == monitors {
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
