package sim

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Simulation is one run of a plan that goes on as far as it is told to, and
// that can be kept and forked in between. Who only wants the result calls Run.
type Simulation struct {
	w    *world
	seed uint64
	o    options
	// stopped is why it ended early; broken why it can go no further.
	stopped, broken error
	finished        bool
	size            int // of its last snapshot
}

// New returns a simulation at time 0.
func New(p *Plan, opts ...Option) (s *Simulation, err error) {
	s = &Simulation{o: p.options(opts)}
	defer s.guard(&err)
	s.seed = s.o.seed
	if err := s.build(p); err != nil {
		return nil, err
	}
	if err := s.begin(s.w.start); err != nil {
		return nil, s.breaks(err, "")
	}
	s.w.measure(s.o.clock)
	return s, s.w.makeSamplers(s.o.samples, 0)
}

// Resume returns a simulation that goes on from a Snapshot of a simulation of the
// same plan, in this process or another one. With Seed chance is another from
// there on.
func Resume(p *Plan, data []byte, opts ...Option) (s *Simulation, err error) {
	state, err := snapshot.Open(p.label(), data)
	if err != nil {
		return nil, err
	}
	return resume(p, state, opts)
}

func resume(p *Plan, state []byte, opts []Option) (s *Simulation, err error) {
	s = &Simulation{o: p.options(opts)}
	defer s.guard(&err)
	a := snapshot.Of(state)
	snapshot.Int(a, &s.seed)
	if s.o.seeded {
		s.seed = s.o.seed
	}
	if err := s.build(p); err != nil {
		return nil, err
	}
	s.w.archive(a)
	a.Done()
	if err := a.Err(); err != nil {
		return nil, fmt.Errorf("the snapshot cannot be read: %w", err)
	}
	if err := s.begin(s.w.resume); err != nil {
		return nil, s.breaks(err, "")
	}
	s.w.measure(s.o.clock)
	return s, s.w.makeSamplers(s.o.samples, s.Now())
}

func (s *Simulation) build(p *Plan) (err error) {
	if s.w, err = newWorld(p, s.seed, s.o.record, s.o.rtol); err != nil {
		return s.breaks(err, "")
	}
	s.w.explains = s.o.explain
	return nil
}

// begin has the recorder listen, where it wants to, before the run begins or goes on.
func (s *Simulation) begin(start func() error) error {
	s.w.listenIn()
	return start()
}

// Plan returns the plan that runs.
func (s *Simulation) Plan() *Plan { return s.w.plan }

// Now returns the time that the simulation has reached.
func (s *Simulation) Now() vtime.Time { return s.w.kernel.Now() }

// RunTo goes on to a time, but not beyond the end of the plan. What is due at it
// has happened then. When ctx is done it stops earlier, which the result says. An
// error means that the run broke.
func (s *Simulation) RunTo(ctx context.Context, at vtime.Time) (err error) {
	if err := s.over(); err != nil {
		return err
	}
	defer s.guard(&err)
	from, had := s.Now(), s.w.kernel.Events
	stop := func() error {
		if s.w.err != nil {
			return s.w.err
		}
		if s.w.kernel.Events > MostEvents {
			return &TooLongError{At: s.Now(), Run: s.w.plan.Run}
		}
		if n := s.w.kernel.Events - had; n > fewEvents && hopeless(n, s.Now().Sub(from), s.w.plan.Run.Sub(from)) {
			return &TooLongError{At: s.Now(), Run: s.w.plan.Run, Had: n}
		}
		if s.o.progress != nil {
			s.o.progress(s.Now())
		}
		return ctx.Err()
	}
	err = s.w.kernel.Run(min(at, s.w.plan.Run), stop)
	if err == nil {
		err = s.w.err
	}
	if err != nil && errors.Is(err, ctx.Err()) {
		s.stopped = err
		return nil
	}
	if err != nil {
		return s.breaks(err, "")
	}
	return nil
}

// over returns why the simulation can go no further, nil where it can.
func (s *Simulation) over() error {
	if s.broken == nil && s.finished {
		return errors.New("the simulation has given its result; fork it before if it is to go on")
	}
	return s.broken
}

// Snapshot returns all of the simulation's state, from which Resume goes on. It
// does not hold what recorders and samplers were told.
func (s *Simulation) Snapshot() ([]byte, error) {
	state, err := s.state()
	if err != nil {
		return nil, err
	}
	return snapshot.Seal(s.w.plan.label(), state), nil
}

func (s *Simulation) state() (state []byte, err error) {
	if err := s.over(); err != nil {
		return nil, err
	}
	defer s.guard(&err)
	s.w.swayed() // what came since the last commit, which else is passed on with the next one
	a := snapshot.New(s.size + s.size/8)
	snapshot.Int(a, &s.seed)
	s.w.archive(a)
	s.size = len(a.Bytes())
	return a.Bytes(), a.Err()
}

// Fork returns another simulation with the same past. Its future may differ: by
// another seed, or by another plan, which must be a variation of this one's (see
// Plan.Without and Plan.Vary) in steps that have not begun.
func (s *Simulation) Fork(p *Plan, opts ...Option) (*Simulation, error) {
	if err := s.w.mayBecome(p); err != nil {
		return nil, err
	}
	state, err := s.state()
	if err != nil {
		return nil, err
	}
	fork, err := resume(p, state, opts)
	if err == nil {
		err = fork.w.vary(s.w.plan)
	}
	if err != nil {
		return nil, err
	}
	return fork, nil
}

// Result ends the simulation where it is and returns what happened.
func (s *Simulation) Result() (r *Result, err error) {
	if err := s.over(); err != nil {
		return nil, err
	}
	defer s.guard(&err)
	s.finished = true
	s.w.finish()
	return s.w.result(s.seed, s.stopped), nil
}

// breaks notes why the simulation can go no further.
func (s *Simulation) breaks(cause error, stack string) error {
	s.broken = broken(s.w, cause, stack)
	return s.broken
}

// guard makes a panic of a twin an error.
func (s *Simulation) guard(err *error) {
	if cause := recover(); cause != nil {
		*err = s.breaks(fmt.Errorf("panic: %v", cause), string(debug.Stack()))
	}
}
