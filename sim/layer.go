package sim

import (
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Layer is a layer of protection.
type Layer struct {
	Name   string
	Text   string         // when it acts, as written, for people
	Demand string         // when it is demanded, as written; empty: whenever the hazard comes
	Where  string         // where it is fitted, as written; empty: everywhere
	Within vtime.Duration // in which it must act, 0 for ever
	Idle   Invariant      // never does it act
	// Calm says that it is never demanded, nil where the hazard is what demands it; Lacking
	// that it is never there, nil where it always is.
	Calm, Lacking *Invariant
}

// A LayerResult is how a layer of protection did.
type LayerResult struct {
	*Layer
	// Fitted says that it was there at least once. Absent is how many demands came while it was
	// not, which are no demands on it.
	Fitted bool
	Absent int
	// Acted is how often it acted in time, Failed how often it did not, Late how many of these
	// it met after all while the demand lasted, Open how many had time left at the end.
	Acted, Failed, Late, Open int
	// First is when it was demanded first, Never where it was not.
	First vtime.Time
	// Slowest is how long it took at most, of the times it acted in time.
	Slowest vtime.Duration
	// Causes lead from its first failure back to what kept it from acting; Let are as those of a
	// HarmResult.
	Causes []Cause
	Let    []int
}

// Demands is how often it was to act.
func (l *LayerResult) Demands() int { return l.Acted + l.Failed + l.Open }

// layerState is how a layer of protection does in a run.
type layerState struct {
	acts, fitted, ever          bool // it does, is there, was there
	acted, failed, late, absent int
	first                       vtime.Time
	slowest                     vtime.Duration
	// standing says that it is demanded, and was there when that began; overdue that it was
	// not in time for that.
	standing, overdue bool
	waiting           []demand // those that it is not late for yet, by the time at which they came
}

// A demand is how many demands came at a time.
type demand struct {
	since vtime.Time
	count int
}

func (l *layerState) archive(a *snapshot.Archive) {
	for _, flag := range []*bool{&l.acts, &l.fitted, &l.ever, &l.standing, &l.overdue} {
		snapshot.Bool(a, flag)
	}
	for _, count := range []*int{&l.acted, &l.failed, &l.late, &l.absent} {
		snapshot.Int(a, count)
	}
	snapshot.Int(a, &l.first)
	snapshot.Int(a, &l.slowest)
	snapshot.Slice(a, &l.waiting, func(a *snapshot.Archive, d *demand) {
		snapshot.Int(a, &d.since)
		snapshot.Int(a, &d.count)
	})
}

// demanded notes that a demand came.
func (l *layerState) demanded(now vtime.Time, within vtime.Duration) {
	l.ceased(now, within)
	if !l.fitted {
		l.absent++
		return
	}
	l.first, l.standing = min(l.first, now), true
	switch n := len(l.waiting); {
	case l.acts:
		l.acted++
	case n > 0 && (l.waiting[n-1].since == now || within == 0):
		l.waiting[n-1].count++
	default:
		l.waiting = append(l.waiting, demand{now, 1})
	}
}

// ceased notes that the demand is over: who has not acted on it may still do so in time.
func (l *layerState) ceased(now vtime.Time, within vtime.Duration) {
	l.expire(now, within)
	l.standing, l.overdue = false, false
}

// acting notes that the layer acts: for all who still wait, and late for who waits no longer.
func (l *layerState) acting(now vtime.Time, within vtime.Duration) {
	l.expire(now, within)
	l.acts = true
	for _, d := range l.waiting {
		l.acted += d.count
		l.slowest = max(l.slowest, now.Sub(d.since))
	}
	l.waiting = l.waiting[:0]
	if l.overdue {
		l.late, l.overdue = l.late+1, false
	}
}

// expire gives up those for whom it is too late, and says whether there are any.
func (l *layerState) expire(now vtime.Time, within vtime.Duration) bool {
	k := 0
	for ; within > 0 && k < len(l.waiting) && l.waiting[k].since.Add(within) < now; k++ {
		l.failed += l.waiting[k].count
	}
	if k > 0 && k == len(l.waiting) { // the last one is the demand that stands
		l.overdue = l.standing
	}
	l.waiting = append(l.waiting[:0], l.waiting[k:]...)
	return k > 0
}

// tooLate is when it is too late for who waits longest, or Never.
func (l *layerState) tooLate(within vtime.Duration) vtime.Time {
	if within == 0 || len(l.waiting) == 0 {
		return vtime.Never
	}
	if until := l.waiting[0].since.Add(within); until < vtime.Never {
		return until + 1
	}
	return vtime.Never
}

// makeLayers makes room for the layers of all hazards.
func (w *world) makeLayers() {
	w.layers = make([][]layerState, len(w.plan.Dangers.Hazards))
	for i := range w.layers {
		for k := range w.plan.Dangers.Hazards[i].Layers {
			there := w.plan.Dangers.Hazards[i].Layers[k].Lacking == nil
			w.layers[i] = append(w.layers[i], layerState{fitted: there, ever: there, first: vtime.Never})
		}
	}
}

func (w *world) archiveLayers(a *snapshot.Archive) {
	for i := range w.layers {
		snapshot.Column(a, w.layers[i], func(a *snapshot.Archive, l *layerState) { l.archive(a) })
	}
}

// acts returns the layer that an invariant hears of when it acts, nil where that is about
// something else.
func (w *world) acts(invariant int) (*layerState, vtime.Duration) {
	if invariant < w.plan.named || w.plan.perils[invariant-w.plan.named].kind != layerPeril {
		return nil, 0
	}
	p := &w.plan.perils[invariant-w.plan.named]
	return &w.layers[p.index][p.part], w.plan.Dangers.Hazards[p.index].Layers[p.part].Within
}

// patience is until when who hears of a layer's acting has to look again: to see that it did
// not.
func (w *world) patience(invariant int) vtime.Time {
	if l, within := w.acts(invariant); l != nil {
		return l.tooLate(within)
	}
	return vtime.Never
}

// gaveUp notes that a layer did not act in time, and why, where that is so.
func (w *world) gaveUp(invariant int, now vtime.Time) {
	if l, within := w.acts(invariant); l != nil && l.expire(now, within) && w.why[invariant] == nil {
		w.why[invariant] = w.explain(invariant, now)
		w.blames[invariant-w.plan.named].let, _ = w.letThrough(invariant, w.why[invariant], now)
	}
}

// demand tells a layer that it is demanded, or no longer.
func (w *world) demand(hazard, part int, now vtime.Time, came bool) {
	l, within := &w.layers[hazard][part], w.plan.Dangers.Hazards[hazard].Layers[part].Within
	if !came {
		l.ceased(now, within)
		return
	}
	l.demanded(now, within)
	o := &w.observers[len(w.observers)-len(w.plan.invariants)+w.plan.acting[hazard][part]] // those of invariants come last
	if at := l.tooLate(within); at > now {
		w.wake(o, min(o.due, at))
	}
}

func (w *world) layerResult(hazard, part int, idle *InvariantResult, end vtime.Time) LayerResult {
	l, of, at := &w.layers[hazard][part], &w.plan.Dangers.Hazards[hazard].Layers[part], w.plan.acting[hazard][part]
	r := LayerResult{
		Layer: of, Fitted: l.ever, Absent: l.absent, Acted: l.acted, Failed: l.failed, Late: l.late, First: l.first, Slowest: l.slowest, Causes: idle.Causes,
	}
	for _, d := range l.waiting {
		if of.Within > 0 && d.since.Add(of.Within) > end {
			r.Open += d.count
		} else {
			r.Failed += d.count
		}
	}
	if r.Let = w.blames[at-w.plan.named].let; r.Failed > 0 && r.Causes == nil {
		r.Causes = w.explain(at, end)
	}
	return r
}
