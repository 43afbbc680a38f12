package why

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign"
	"github.com/harmproof/harmproof/sim/vtime"
)

// again makes the runs of one explanation.
type again struct {
	*Finding
	ctx     context.Context
	plan    *sim.Plan
	result  *sim.Result
	options Options
	pasts   []past // in the order of time
	known   []known
}

// A past is the run as it was, up to before a root began.
type past struct {
	*sim.Simulation
	until vtime.Time
}

// known is what came of a run without some steps.
type known struct {
	without []string
	outcome
}

// maxPasts is how many pasts are kept: each is as large as a run.
const maxPasts = 8

func newAgain(ctx context.Context, f *Finding, p *sim.Plan, r *sim.Result, o Options) *again {
	return &again{Finding: f, ctx: ctx, plan: p, result: r, options: o, known: []known{{outcome: told(r, f.happens(f.InvariantResult))}}}
}

// share runs up to before each root begins, and keeps what it has there.
func (a *again) share() error {
	var times []vtime.Time
	for _, root := range a.Roots {
		if at := a.result.Injections[root.Injection].Applied; at > 0 && at < vtime.Never {
			times = append(times, at-1)
		}
	}
	slices.Sort(times)
	times = slices.Compact(times)
	if n := len(times); n > maxPasts { // the first one, and the latest
		times = slices.Delete(times, 1, n-maxPasts+1)
	}
	if len(times) == 0 {
		return nil
	}
	s, err := sim.New(a.plan, sim.Seed(a.result.Seed))
	for _, at := range times {
		if err == nil {
			err = s.RunTo(a.ctx, at)
		}
		if err != nil || a.ctx.Err() != nil {
			return cmp.Or(err, a.ctx.Err())
		}
		kept := s
		if at != times[len(times)-1] {
			kept, err = s.Fork(a.plan)
		}
		a.pasts = append(a.pasts, past{kept, at})
	}
	return err
}

// all lists all steps, others all roots but one.
func (a *again) all() (names []string) {
	for i := range a.result.Injections {
		names = append(names, a.result.Injections[i].Step.Name)
	}
	return names
}

func (a *again) others(k int) (names []string) {
	for i := range a.Roots {
		if i != k {
			names = append(names, a.Roots[i].Name)
		}
	}
	return names
}

// run says of runs without some steps each whether the violation came, and when. What is
// known from another run is not run again.
func (a *again) run(sets [][]string) ([]outcome, error) {
	list, todo := make([]outcome, len(sets)), []int(nil)
	var jobs []campaign.Job
	for i, without := range sets {
		if k := slices.IndexFunc(a.known, func(k known) bool { return k.same(without) }); k >= 0 {
			list[i] = a.known[k].outcome
			continue
		}
		j, err := a.job(without)
		if err != nil {
			return nil, err
		}
		todo, jobs = append(todo, i), append(jobs, j)
	}
	made, err := a.make(jobs)
	for k, o := range made {
		list[todo[k]] = o
		if o.broken == "" {
			a.known = append(a.known, known{sets[todo[k]], o})
		}
	}
	return list, err
}

// same reports whether a run without these steps is the same as this one, up to where that
// was decided: it was without some of them, and the others never began.
func (k *known) same(without []string) bool {
	for _, name := range k.without {
		if !slices.Contains(without, name) {
			return false
		}
	}
	for _, name := range without {
		if k.began[name] && !slices.Contains(k.without, name) {
			return false
		}
	}
	return true
}

// job is that of a run without some steps: from the latest past in which none of them had
// begun.
func (a *again) job(without []string) (campaign.Job, error) {
	first := vtime.Never
	for i := range a.result.Injections {
		if in := &a.result.Injections[i]; slices.Contains(without, in.Step.Name) {
			first = min(first, in.Applied)
		}
	}
	p, err := a.plan.Without(without...)
	j := campaign.Job{Plan: p, Until: a.until(), Options: []sim.Option{sim.Seed(a.result.Seed)}}
	for _, past := range a.pasts {
		if past.until < first {
			j.From, j.Options = past.Simulation, nil
		}
	}
	return j, err
}

// make makes runs, and says of each whether the violation came, and when.
func (a *again) make(jobs []campaign.Job) (list []outcome, err error) {
	outcomes, err := campaign.Run(a.ctx, a.options.Workers, jobs)
	if err != nil {
		return nil, err
	}
	a.Runs += len(jobs)
	for _, o := range outcomes {
		switch {
		case o.Err != nil:
			list = append(list, outcome{at: vtime.Never, broken: o.Err.Error()})
			continue
		case o.Result.Stopped != nil:
			return nil, o.Result.Stopped
		}
		i, err := o.Result.Invariant(a.Name)
		if err != nil {
			return nil, err
		}
		list = append(list, told(o.Result, a.happens(i)))
	}
	return list, nil
}

// An outcome is what one of the runs came to.
type outcome struct {
	violated bool
	at       vtime.Time
	broken   string
	began    map[string]bool // the steps that did before that was decided
	reacted  map[string]bool // the devices that a check may have kept something from
}

// told is what a run came to in which it happened at a time, or Never.
func told(r *sim.Result, at vtime.Time) outcome {
	o := outcome{violated: at < vtime.Never, at: at, began: map[string]bool{}, reacted: map[string]bool{}}
	for k := range r.Injections {
		if in := &r.Injections[k]; in.Applied < vtime.Never && in.Applied <= o.at {
			o.began[in.Step.Name] = true
		}
	}
	for k := range r.Checks {
		if c := &r.Checks[k]; c.Reacted > 0 {
			o.reacted[c.Device] = true
		}
	}
	for k := range r.Injections {
		if in := &r.Injections[k]; in.StoppedBy != "" {
			device, _, _ := strings.Cut(in.Step.Target, ".")
			o.reacted[device] = true
		}
	}
	for k := range r.Outbreaks {
		for _, stop := range r.Outbreaks[k].Stops {
			o.reacted[stop.To] = true
		}
	}
	return o
}
