package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/inject"
)

// Without returns the plan without some steps of its timeline: they never begin.
// A name that does not exist is an error.
func (p *Plan) Without(steps ...string) (*Plan, error) {
	v := p
	for _, name := range steps {
		var err error
		if v, err = v.Vary(name, func(s *inject.Step) { s.Muted = true }); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// Vary returns the plan with one step of its timeline changed: when it starts, how
// long it lasts, the numbers of what it does. What it acts on stays.
func (p *Plan) Vary(step string, change func(s *inject.Step)) (*Plan, error) {
	i := slices.IndexFunc(p.steps, func(s inject.Step) bool { return s.Name == step })
	if i < 0 {
		return nil, fmt.Errorf("there is no step %q", step)
	}
	v := *p
	v.root = p.origin()
	v.steps = slices.Clone(p.steps)
	s := &v.steps[i]
	s.Ops = slices.Clone(s.Ops)
	change(s)
	if err := sameShape(&p.steps[i], s); err != nil {
		return nil, fmt.Errorf("step %s: %w", step, err)
	}
	return &v, nil
}

// origin is the plan that a plan is a variation of, or itself.
func (p *Plan) origin() *Plan {
	if p.root != nil {
		return p.root
	}
	return p
}

// sameShape checks that a changed step acts where the old one did.
func sameShape(old, s *inject.Step) error {
	same := old.Name == s.Name && old.Kind == s.Kind && old.Start == s.Start && old.Previous == s.Previous && old.By == s.By &&
		old.Roots == s.Roots && slices.Equal(old.Needs, s.Needs) && slices.EqualFunc(old.Ops, s.Ops, func(a, b inject.Op) bool {
		return a.Kind == b.Kind && a.Point == b.Point && a.Flow == b.Flow && a.Cell == b.Cell && a.News == b.News &&
			a.Unit == b.Unit && a.Member == b.Member && a.Members == b.Members && a.Stride == b.Stride && a.Tape == b.Tape && a.Layer.Tape == b.Layer.Tape
	})
	if s.Time < 0 || s.For < 0 || s.Delay < 0 || slices.ContainsFunc(s.Ops, func(op inject.Op) bool { return op.Period < 0 }) {
		return fmt.Errorf("no time and no span may be less than 0")
	}
	if !same {
		return fmt.Errorf("a variation may change when a step starts, how long it lasts and its numbers, not what it is and acts on; assemble another plan")
	}
	return nil
}

// mayBecome checks that the world can go on under another plan.
func (w *world) mayBecome(p *Plan) error {
	if p.origin() != w.plan.origin() {
		return fmt.Errorf("the plan is no variation of the one that runs; assemble it with Plan.Vary or Plan.Without")
	}
	for i := range p.steps {
		if !sameStep(&w.plan.steps[i], &p.steps[i]) {
			if err := w.mayChange(i, p); err != nil {
				return fmt.Errorf("step %s: %w", p.steps[i].Name, err)
			}
		}
	}
	return nil
}

// mayChange checks that a step can go on as another plan has it.
func (w *world) mayChange(i int, p *Plan) error {
	was, is, now := &w.plan.steps[i], &p.steps[i], w.kernel.Now()
	if applied := w.timeline.Report(i).Applied; applied <= now {
		return fmt.Errorf("it began at %v, before the fork at %v; it cannot be changed any more", applied, now)
	}
	switch {
	case is.Muted:
	case is.Start == inject.At && is.Time <= now:
		return fmt.Errorf("it is to begin at %v, but the fork is at %v", is.Time, now)
	case is.Start == inject.At && is.Time != was.Time && slices.ContainsFunc(p.steps, func(s inject.Step) bool {
		return s.Name != is.Name && s.Start == inject.At && s.Time == is.Time
	}):
		return fmt.Errorf("at %v another step begins, and which of the two comes first cannot be changed; choose another nanosecond", is.Time)
	case is.Start == inject.After && (is.Delay != was.Delay || was.Muted) && w.timeline.Report(is.Previous).Applied <= now:
		return fmt.Errorf("it is on its way since %s began at %v", p.steps[is.Previous].Name, w.timeline.Report(is.Previous).Applied)
	case is.Start == inject.When && was.Muted && w.holdsNow(i):
		return fmt.Errorf("its condition holds at %v already, and nobody saw it rise", now)
	}
	return nil
}

// holdsNow reports whether the condition of a step with When holds.
func (w *world) holdsNow(step int) bool {
	i := w.trigger(step)
	return i >= 0 && w.plant.Holds(&w.observers[i].spec.watches[0], w.kernel.Now())
}

// trigger returns the observer of a step's condition, or -1.
func (w *world) trigger(step int) int {
	return slices.IndexFunc(w.observers, func(o observer) bool { return o.spec.kind == triggers && o.spec.index == step })
}

func sameStep(a, b *inject.Step) bool {
	return a.Muted == b.Muted && a.Time == b.Time && a.Delay == b.Delay && a.Times == b.Times && a.For == b.For &&
		slices.EqualFunc(a.Ops, b.Ops, func(a, b inject.Op) bool {
			return a.Layer.Op == b.Layer.Op && a.Layer.A == b.Layer.A && a.Value == b.Value && a.Period == b.Period && a.Rate == b.Rate &&
				a.Disturbance == b.Disturbance
		})
}

// vary schedules anew what begins at another time than in the plan before, and lets
// conditions look ahead that nobody waited for.
func (w *world) vary(before *Plan) error {
	for i := range w.plan.steps {
		was, is := &before.steps[i], &w.plan.steps[i]
		switch {
		case is.Start == inject.At && is.Time != was.Time:
			w.timeline.Reschedule(i)
		case is.Start == inject.When && was.Muted && !is.Muted:
			w.touch(int32(w.trigger(i)))
			w.kernel.Schedule(w.kernel.Now(), des.Plant, des.Source(w.plan.links-1), w.observe, 0, uint64(nobody))
		}
	}
	return w.err
}
