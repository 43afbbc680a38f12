package check

import "strconv"

// A Mistake is what makes no sense about a guard.
type Mistake struct {
	Rule int32 // -1: the guard itself
	What string
}

// Mistakes returns all that makes no sense about a guard.
func (g *Guard) Mistakes() (list []Mistake) {
	add := func(rule int, what string) {
		if what != "" {
			list = append(list, Mistake{int32(rule), what})
		}
	}
	for _, a := range g.Safe {
		if g.object(a.Object) == nil {
			add(-1, "a safe value is of an object that there is not")
		}
	}
	for i := range g.Rules {
		r := &g.Rules[i]
		if r.Check == nil {
			add(i, "it checks nothing")
			continue
		}
		add(i, r.Check.wrong(g, r))
		if g.unknown(r.Objects) {
			add(i, "it is for an object that there is not")
		}
		if kind := r.Check.Kind(); r.Reaction == Clamp && !kind.Values() && kind != KindWatchdog {
			add(i, "a check of kind "+strconv.Quote(kind.String())+" looks at no value that it could clamp: reject it, hold or trip")
		}
	}
	return list
}

// unknown reports whether an object of a list is none of the guard's.
func (g *Guard) unknown(list []int32) bool {
	for _, x := range list {
		if g.object(x) == nil {
			return true
		}
	}
	return false
}
