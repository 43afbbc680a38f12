package capacity

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// An Answer is what became of a scenario at each scale.
type Answer struct {
	Name string
	Rows []Row // from the smallest scale on
	// Complete is false where the search was interrupted.
	Complete bool
	// Each scale is run once, with the first seed. Seeds is how many the scenario asks for.
	Seed  uint64
	Seeds int
}

// A Row is one scale.
type Row struct {
	Times   int64
	Devices int         // members counted; 0 where it could not be made
	Result  *sim.Result // nil where it could not be run
	Err     error       // why not
	// Standing names the devices of which each stands for Times that are alike, as they are too many to
	// be counted one by one.
	Standing []string
}

// Options are how scales are run.
type Options struct {
	// Progress, where it is set, is told of a run how far it is.
	Progress func(times int64, at, end vtime.Time)
	// Done, where it is set, is told of each row when it is there.
	Done    func(*Row)
	Options []sim.Option
}

// Scale runs a scenario at each scale. A scale that cannot be made, as it is too large, is a
// row with an error; the others are run all the same.
func Scale(ctx context.Context, name string, plan func(times int64) (*sim.Plan, error), times []int64, o Options) *Answer {
	a := &Answer{Name: name}
	for _, n := range slices.Sorted(slices.Values(times)) {
		if ctx.Err() != nil {
			return a
		}
		a.Rows = append(a.Rows, row(ctx, plan, n, o))
		if o.Done != nil {
			o.Done(&a.Rows[len(a.Rows)-1])
		}
	}
	a.Complete = ctx.Err() == nil
	return a
}

// row runs one scale.
func row(ctx context.Context, plan func(times int64) (*sim.Plan, error), times int64, o Options) Row {
	r := Row{Times: times}
	p, err := plan(times)
	if err != nil {
		r.Err = err
		return r
	}
	r.Devices, r.Standing = p.Members(), p.Standing()
	options := o.Options
	if o.Progress != nil {
		options = append(slices.Clone(options), sim.Progress(func(at vtime.Time) { o.Progress(times, at, p.Run) }))
	}
	result, err := sim.Run(ctx, p, options...)
	if err != nil {
		r.Err = fmt.Errorf("it did not run to its end: %w", err)
		return r
	}
	if ctx.Err() != nil && errors.Is(result.Stopped, ctx.Err()) { // what came in a part of the time is not to be compared
		r.Err = fmt.Errorf("it was interrupted after %s", result.Ended.Short())
		return r
	}
	r.Result = result
	return r
}

// Messages returns how many messages were sent, one by one and as rates.
func (r *Row) Messages() uint64 {
	if r.Result == nil {
		return 0
	}
	return r.Result.Stats.Sent + r.Result.Capacity.AsRate
}

// Busiest returns what is used most, nil where nothing has a limit.
func (r *Row) Busiest() *sim.Load {
	return r.most(func(l *sim.Load) float64 { return l.Utilisation })
}

// Leakiest returns what loses the greatest share of what comes to it, nil where nothing is lost.
func (r *Row) Leakiest() *sim.Load { return r.most(Loss) }

// Slowest returns where the 99th percentile of waiting and being served is longest, nil where
// nobody waits.
func (r *Row) Slowest() *sim.Load {
	return r.most(func(l *sim.Load) float64 { return float64(l.Delay.P99) })
}

// Loss returns the share of what came that was lost.
func Loss(l *sim.Load) float64 {
	if l.Offered == 0 {
		return 0
	}
	return float64(l.Lost) / float64(l.Offered)
}

func (r *Row) most(of func(*sim.Load) float64) (most *sim.Load) {
	if r.Result == nil {
		return nil
	}
	best := 0.0
	for i := range r.Result.Capacity.Loads {
		if l := &r.Result.Capacity.Loads[i]; of(l) > best {
			most, best = l, of(l)
		}
	}
	return most
}

// Fullest returns the store that was full first, else that which is soonest, nil where none ever is.
func (r *Row) Fullest() (store *sim.Growth) {
	if r.Result == nil {
		return nil
	}
	for i := range r.Result.Capacity.Growth {
		switch g := &r.Result.Capacity.Growth[i]; {
		case g.Limit <= 0 || g.Refused == 0 && math.IsInf(g.DaysLeft, 1):
		case store == nil, g.Refused > 0 && (store.Refused == 0 || g.FullAt < store.FullAt):
			store = g
		case g.Refused == 0 && store.Refused == 0 && g.DaysLeft < store.DaysLeft:
			store = g
		}
	}
	return store
}

// Violated lists the invariants that are violated, those first that were first.
func (r *Row) Violated() (list []*sim.InvariantResult) {
	if r.Result == nil {
		return nil
	}
	for i := range r.Result.Invariants {
		if v := &r.Result.Invariants[i]; v.Verdict == monitor.Violated {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b *sim.InvariantResult) int { return int(min(1, max(-1, a.At.Sub(b.At)))) })
	return list
}

// Breaks returns the first row that is worse than the one before: which invariants are
// violated that were not, what loses messages that lost none, and which stores are full that were not. It is -1 where nothing
// breaks.
func (a *Answer) Breaks() (row int, violated []*sim.InvariantResult, lossy []*sim.Load) {
	var before *Row
	for i := range a.Rows {
		r := &a.Rows[i]
		if r.Result == nil {
			continue
		}
		for _, v := range r.Violated() {
			if before == nil || !slices.ContainsFunc(before.Violated(), func(o *sim.InvariantResult) bool { return o.Name == v.Name }) {
				violated = append(violated, v)
			}
		}
		for k := range r.Result.Capacity.Loads {
			if l := &r.Result.Capacity.Loads[k]; breaks(l) && !before.loses(l) {
				lossy = append(lossy, l)
			}
		}
		for k := range r.Result.Capacity.Growth {
			if g := &r.Result.Capacity.Growth[k]; g.Refused > 0 && !before.refuses(g.Store) {
				lossy = append(lossy, &sim.Load{Name: g.Store + " (full)", Offered: g.Came + g.Refused, Lost: g.Refused})
			}
		}
		if len(violated)+len(lossy) > 0 {
			return i, violated, lossy
		}
		before = r
	}
	return -1, nil, nil
}

// Missing returns the scales that were not run, and those that were.
func (a *Answer) Missing() (missing, run []int64) {
	for i := range a.Rows {
		if r := &a.Rows[i]; r.Result == nil {
			missing = append(missing, r.Times)
		} else {
			run = append(run, r.Times)
		}
	}
	return missing, run
}

// breaks reports whether something loses messages that should not. On a radio link some collide
// however few there are. It breaks where more of them only means that fewer come through, which is at half
// of what the channels can carry (Abramson, The ALOHA System, 1970), or where most are lost.
func breaks(l *sim.Load) bool {
	return l.Lost > 0 && (!l.Radio || l.Utilisation > 0.5 || Loss(l) > 0.5)
}

// loses reports whether the same link or device lost messages already.
func (r *Row) loses(l *sim.Load) bool {
	return r != nil && slices.ContainsFunc(r.Result.Capacity.Loads, func(o sim.Load) bool {
		return o.Name == l.Name && o.First == l.First && o.Rate == l.Rate && breaks(&o)
	})
}

// refuses reports whether a store had no room already.
func (r *Row) refuses(store string) bool {
	return r != nil && slices.ContainsFunc(r.Result.Capacity.Growth, func(g sim.Growth) bool { return g.Store == store && g.Refused > 0 })
}
