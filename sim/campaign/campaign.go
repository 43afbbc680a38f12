package campaign

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Job is one run.
type Job struct {
	Plan *sim.Plan
	// From, where it is set, is a run whose past this one shares: it is forked where it
	// stands. The plan must be a variation of its plan.
	From    *sim.Simulation
	Options []sim.Option
	// Until ends the run as soon as the verdict of the invariant of this name is
	// decided; empty, it goes to its end.
	Until string
	// First ends the run as soon as an invariant is violated: any, or one of Of where
	// that names some.
	First bool
	Of    []string
	// Fork keeps the run as it stood before its result was taken, for others to go on from.
	Fork bool
}

// An Outcome is what a job came to.
type Outcome struct {
	Result *sim.Result // nil where the run broke, or was not made
	Err    error
	Fork   *sim.Simulation // where the job asked for one
}

// Run makes the runs of all jobs, at most so many at once (0: as many as there are
// processors), and returns their outcomes in the order of the jobs. Once ctx is done,
// those that have not begun are not made; the error says so.
func Run(ctx context.Context, workers int, jobs []Job) ([]Outcome, error) {
	return Tell(ctx, workers, jobs, func() {})
}

// Tell is Run, and calls ended after each run that was made, never twice at once.
func Tell(ctx context.Context, workers int, jobs []Job, ended func()) ([]Outcome, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	list := make([]Outcome, len(jobs))
	next := make(chan int)
	var fork, tell sync.Mutex // a simulation is forked by one at a time
	var wait sync.WaitGroup
	for range min(workers, len(jobs)) {
		wait.Go(func() {
			for i := range next {
				list[i] = jobs[i].run(ctx, &fork)
				tell.Lock()
				ended()
				tell.Unlock()
			}
		})
	}
	for i := range jobs {
		if ctx.Err() != nil {
			list[i].Err = fmt.Errorf("it was not run: %w", ctx.Err())
			continue
		}
		next <- i
	}
	close(next)
	wait.Wait()
	return list, ctx.Err()
}

// run makes the run.
func (j *Job) run(ctx context.Context, fork *sync.Mutex) Outcome {
	s, err := j.start(fork)
	if err != nil {
		return Outcome{Err: err}
	}
	if err := j.goOn(ctx, s); err != nil {
		return Outcome{Err: err}
	}
	var rest *sim.Simulation
	if j.Fork {
		if rest, err = s.Fork(j.Plan, j.Options...); err != nil {
			return Outcome{Err: err}
		}
	}
	r, err := s.Result()
	return Outcome{r, err, rest}
}

func (j *Job) start(fork *sync.Mutex) (*sim.Simulation, error) {
	if j.From == nil {
		return sim.New(j.Plan, j.Options...)
	}
	fork.Lock()
	defer fork.Unlock()
	return j.From.Fork(j.Plan, j.Options...)
}

// looks is how often a run is asked whether its verdict is decided.
const looks = 64

// goOn takes a run to its end, or to where its verdict is decided.
func (j *Job) goOn(ctx context.Context, s *sim.Simulation) error {
	end, step := j.Plan.Run, max(1, vtime.Duration(j.Plan.Run)/looks)
	for (j.Until != "" || j.First) && s.Now() < end && ctx.Err() == nil {
		if err := s.RunTo(ctx, min(end, s.Now().Add(step))); err != nil {
			return err
		}
		if done, err := j.decided(s); done || err != nil {
			return err
		}
	}
	return s.RunTo(ctx, end)
}

// decided reports whether the verdict that a job is about can change no more.
func (j *Job) decided(s *sim.Simulation) (bool, error) {
	list, err := s.Outlook()
	for i := range list {
		switch v := list[i].Verdict; {
		case j.First && v == monitor.Violated && (len(j.Of) == 0 || slices.Contains(j.Of, list[i].Name)):
			return true, err
		case list[i].Name == j.Until:
			return v != monitor.Undecided, err
		}
	}
	return false, err
}
