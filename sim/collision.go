package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A crash is a collision as it is told of those who were harmed in it, on both sides.
type crash struct {
	one, other string     // the two that met, in the order of their names
	to         vtime.Time // when the last of them was over
	spells     []*Spell
}

// oneStory tells all who were harmed in one collision the same of it. Each was found to be harmed by the way of
// the body that they are in; what moved either body is behind the collision of both.
func (r *Result) oneStory() {
	for _, c := range r.crashes() {
		var steps, means []int
		for _, s := range c.spells {
			steps = append(append(steps, rooted(s.Causes)...), s.Let...)
			means = append(means, s.Means...)
		}
		steps, means = distinct(steps), distinct(means)
		first := -1
		for _, s := range c.spells {
			for _, step := range rooted(s.Causes) {
				if first < 0 || r.before(step, first) {
					first = step
				}
			}
		}
		steps = slices.DeleteFunc(steps, func(step int) bool { return step == first })
		means = slices.DeleteFunc(means, func(step int) bool { return step == first || slices.Contains(steps, step) })
		strike := c.spells[0].Strike
		strike.Step = first + 1
		for _, s := range c.spells {
			s.Strike, s.Let, s.Means = strike, slices.Clone(steps), slices.Clone(means)
		}
	}
	for i := range r.Harm {
		r.Harm[i].asTold()
	}
}

// before reports whether a step is told before another one: an attack or a fault before what people do, and of
// several what came last, which made it complete.
func (r *Result) before(step, other int) bool {
	act := func(i int) bool { return r.Injections[i].Step.Kind == inject.Act }
	if act(step) != act(other) {
		return act(other)
	}
	return r.ActedAt(step) > r.ActedAt(other)
}

// asTold takes of the worst of a person what is told of the spell that it was in.
func (h *HarmResult) asTold() {
	for k := range h.Harms {
		for n := range h.Harms[k].Spells {
			if s := &h.Harms[k].Spells[n]; s.Strike.Step > 0 && s.Exposure == h.Exposure && s.Severity == h.Severity && s.At == h.At {
				h.Strike, h.Let, h.Means = s.Strike, s.Let, s.Means
			}
		}
	}
}

// crashes brings together the spells of harm by collisions of the same two at one time, where not all are told the
// same of it.
func (r *Result) crashes() (list []crash) {
	var struck []*Spell
	for i := range r.Harm {
		for k := range r.Harm[i].Harms {
			for n := range r.Harm[i].Harms[k].Spells {
				if s := &r.Harm[i].Harms[k].Spells[n]; s.Strike.Machine != "" && s.Strike.Into != "" {
					struck = append(struck, s)
				}
			}
		}
	}
	pair := func(s *Spell) (one, other string) {
		return min(s.Strike.Machine, s.Strike.Into), max(s.Strike.Machine, s.Strike.Into)
	}
	slices.SortStableFunc(struck, func(a, b *Spell) int {
		a1, a2 := pair(a)
		b1, b2 := pair(b)
		return cmp.Or(cmp.Compare(a1, b1), cmp.Compare(a2, b2), cmp.Compare(a.From, b.From))
	})
	for _, s := range struck {
		one, other := pair(s)
		if n := len(list) - 1; n >= 0 && list[n].one == one && list[n].other == other && s.From <= list[n].to {
			list[n].to, list[n].spells = max(list[n].to, s.To), append(list[n].spells, s)
			continue
		}
		list = append(list, crash{one, other, s.To, []*Spell{s}})
	}
	return slices.DeleteFunc(list, func(c crash) bool { return c.agreed() })
}

// agreed reports whether all are told the same already.
func (c *crash) agreed() bool {
	a := c.spells[0]
	return !slices.ContainsFunc(c.spells, func(b *Spell) bool {
		return a.Strike != b.Strike || !slices.Equal(rooted(a.Causes), rooted(b.Causes)) || !slices.Equal(a.Let, b.Let) || !slices.Equal(a.Means, b.Means)
	})
}

// rooted is the step that causes end in, or none.
func rooted(causes []Cause) []int {
	if n := len(causes); n > 0 && causes[n-1].Injection >= 0 {
		return []int{causes[n-1].Injection}
	}
	return nil
}

// distinct leaves the first of each.
func distinct(steps []int) (list []int) {
	for _, step := range steps {
		if !slices.Contains(list, step) {
			list = append(list, step)
		}
	}
	return list
}
