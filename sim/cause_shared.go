package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/inject"
)

// An Also is one more link that a link is a cause of.
type Also struct {
	Effect int
	Needed string // of a step, what for; empty where it is what the link itself says
}

// share makes one link of those that are the same event, found on ways to several
// effects, and links a step to all that would not have been without it: a tree has a
// place for each only once.
func (t *Tree) share(w *world) {
	t.merge()
	t.sort()
	t.need(w)
}

// merge leaves the first link of each event, a cause of all that the others were causes
// of. What would then be a cause of itself stays apart: it came round once more.
func (t *Tree) merge() {
	first := make([]int, len(t.Links))
	place := make([]int, len(t.Links))
	var links []Link
	for k := range t.Links {
		l := t.Links[k]
		if l.Effect >= 0 {
			l.Effect = first[l.Effect]
		}
		to := slices.IndexFunc(links, func(c Link) bool { return c.same(&l.Cause) })
		if to < 0 || leads(links, l.Effect, to) {
			first[k] = len(links)
			links = append(links, l)
		} else {
			first[k] = to
			links[to].also(l.Effect, l.Needed)
		}
		place[k] = first[k]
	}
	t.Links = links
	for k := range t.Roots {
		t.Roots[k].Link = place[t.Roots[k].Link]
	}
}

// same reports whether two causes are one event, whatever it is needed for.
func (c *Cause) same(d *Cause) bool {
	e := *d
	e.Needed = c.Needed
	return c.alike(&e) && c.At == d.At
}

// also notes one more effect of a link; -1 is the invariant itself.
func (l *Link) also(effect int, needed string) {
	if effect != l.Effect && !slices.ContainsFunc(l.Also, func(a Also) bool { return a.Effect == effect }) {
		l.Also = append(l.Also, Also{effect, needed})
	}
}

// leads reports whether one link leads to another over its effects.
func leads(links []Link, from, to int) bool {
	todo, seen := []int{from}, make([]bool, len(links))
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == to {
			return true
		}
		if at < 0 || seen[at] {
			continue
		}
		seen[at] = true
		todo = append(todo, links[at].Effect)
		for _, a := range links[at].Also {
			todo = append(todo, a.Effect)
		}
	}
	return false
}

// need links each step to those of the tree that needed it, of which more is known than
// that they had influence.
func (t *Tree) need(w *world) {
	for _, r := range t.Roots {
		from := t.stepLink(r.Injection)
		for _, other := range t.Roots {
			to := t.stepLink(other.Injection)
			if from < 0 || to < 0 || from == to || t.Links[from].At > t.Links[to].At || !t.told(to) || !t.worked(w, r.Injection) {
				continue
			}
			if reason, ok := w.needed(r.Injection, other.Injection); ok && !leads(t.Links, from, to) && !leads(t.Links, to, from) {
				t.Links[from].also(to, reason)
			}
		}
	}
}

// told reports whether a link of a step says what that did, or what it was for.
func (t *Tree) told(link int) bool {
	return t.Links[link].Signal.Signal != "" || t.Links[link].Needed != ""
}

func (t *Tree) worked(w *world, step int) bool {
	return w.timeline.Report(step).Outcome == inject.Applied
}

// stepLink returns the first link of a step, or -1.
func (t *Tree) stepLink(step int) int {
	return slices.IndexFunc(t.Links, func(l Link) bool { return l.Injection == step })
}
