package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Tree is all that could have mattered to what an invariant reads: for each step
// of the timeline that has influence there, one way back to it; another one, where it
// made both what is asked for come and what is wanted stay away. Where nothing of the
// timeline had influence, it is one line of causes without a root.
type Tree struct {
	At    vtime.Time // when the invariant was violated first, or the end of the run
	Links []Link
	Roots []Root // by step
}

// A Link is a cause in a Tree. It is never later than its effect, but for malware that
// spread on while a step acted from where it was.
type Link struct {
	Cause
	// Effect is the link whose cause it is, or -1: the invariant reads it itself.
	Effect int
	// Also are further links whose cause it is.
	Also []Also
}

// A Root is a step of the timeline with the last link of its way.
type Root struct{ Injection, Link int }

// Way returns the links of a root's way, from what the invariant reads to the
// injection.
func (t *Tree) Way(r Root) (way []*Link) {
	for i := r.Link; i >= 0; i = t.Links[i].Effect {
		way = append(way, &t.Links[i])
	}
	slices.Reverse(way)
	return way
}

// Has reports whether a step is a root.
func (t *Tree) Has(injection int) bool {
	return slices.ContainsFunc(t.Roots, func(r Root) bool { return r.Injection == injection })
}

// ownRoots is how many steps have a root of their own; those beyond share the last.
const ownRoots = 63

func rootOf(step int) signal.Mask { return 1 << min(step, ownRoots) }

// grow makes the tree of causes of an invariant.
func (w *world) grow(invariant int, now vtime.Time) *Tree {
	t := &Tree{At: now}
	for _, v := range w.ways(invariant, now) {
		t.add(w, &v)
	}
	wanted, asked := w.plan.invariants[invariant].groups()
	covered := slices.ContainsFunc(t.Links, func(l Link) bool { return l.Effect < 0 && slices.Contains(wanted, l.Signal.Slot) })
	switch {
	case len(wanted) > 0 && len(t.Roots) > 0 && !covered:
		t.line(w, w.walk(wanted, now)) // why it stayed away, which nothing of the timeline is behind
	case len(t.Roots) == 0:
		t.line(w, w.byItself(w.walk(append(wanted, asked...), now)))
	}
	t.read(w)
	t.sort()
	t.share(w)
	return t
}

// ways finds for each step that had influence on what an invariant reads the way back
// to it; those that can be told link by link come first.
func (w *world) ways(invariant int, now vtime.Time) (list []way) {
	wanted, asked := w.plan.invariants[invariant].groups()
	return w.waysFrom(wanted, asked, now)
}

// waysFrom does so from cells that are wanted to be otherwise, and from those that ask for that.
func (w *world) waysFrom(wanted, asked []signal.Slot, now vtime.Time) (list []way) {
	influence := w.influenceOn(wanted) | w.influenceOn(asked)
	if influence == 0 || w.plan.sways == nil {
		return nil
	}
	t := w.tracer(now)
	for i := range w.plan.steps {
		bit := rootOf(i)
		if influence&bit == 0 || w.influence(w.plan.sways.step(i))&bit == 0 || w.timeline.Report(i).Applied > now {
			continue
		}
		first, ok := t.find(i, wanted)
		other, also := t.find(i, asked)
		other.asked = true
		if ok && also && (first.told() || !other.told()) {
			list = append(list, first)
			if other.told() {
				list = append(list, other)
			}
			continue
		}
		if also {
			first, ok = other, true
		}
		if ok {
			list = append(list, first)
		}
	}
	slices.SortStableFunc(list, func(a, b way) int { return cmp.Compare(a.toll/left, b.toll/left) })
	return list
}

func (w *world) influenceOn(list []signal.Slot) (m signal.Mask) {
	for _, slot := range list {
		m |= w.store.Stamp(slot).Influence
	}
	return m
}

// lead returns the causes on the way to the step that matters most: it can be told
// link by link, over what happened rather than what was left so, it is an attack or a fault rather than an act, what
// is on its way matters now, and it came last. Where an act is known already, only an attack or a fault leads, on a way that is no worse.
func (w *world) lead(list []way, act int, now vtime.Time) (chain []Cause) {
	worst := untold / left
	if k := slices.IndexFunc(list, func(v way) bool { return v.step == act && v.told() }); k >= 0 {
		worst = int(list[k].toll / left)
	}
	var best *way
	for k := range list {
		v := &list[k]
		if !v.told() || v.enables || act >= 0 && (w.acted(v) || int(v.toll/left) > worst) {
			continue
		}
		if best == nil || w.leads(v, best, now) {
			best = v
		}
	}
	if best == nil {
		return nil
	}
	for k := range best.causes {
		chain = append(chain, best.causes[k].Cause)
	}
	return chain
}

// leads reports whether a way comes before another one.
func (w *world) leads(v, other *way, now vtime.Time) bool {
	switch {
	case v.asked != other.asked:
		return other.asked
	case v.toll/left != other.toll/left:
		return v.toll < other.toll
	case w.acted(v) != w.acted(other):
		return w.acted(other)
	}
	if idle := w.idles(other, now); idle != w.idles(v, now) {
		return idle
	}
	return w.timeline.Report(v.step).Applied > w.timeline.Report(other.step).Applied
}

// acted reports whether a way leads to an act of people or the world.
func (w *world) acted(v *way) bool { return w.plan.steps[v.step].Kind == inject.Act }

// add adds a way, which goes along with those before as far as they are alike. What
// cannot be told link by link hangs under the last cause that is known.
func (t *Tree) add(w *world, v *way) {
	effect := -1
	for k := range v.causes {
		c := &v.causes[k]
		root := k == len(v.causes)-1
		at := slices.IndexFunc(t.Links, func(l Link) bool { return l.Effect == effect && l.alike(&c.Cause) })
		if at < 0 && !root && !v.told() && len(t.Links) > 0 {
			continue // it would lead to nothing that can be told
		}
		if root && !v.told() {
			for effect >= 0 && t.Links[effect].At < c.At {
				effect = t.Links[effect].Effect
			}
		}
		if at < 0 || root && !v.told() {
			t.Links = append(t.Links, Link{Cause: c.Cause, Effect: effect})
			at = len(t.Links) - 1
		}
		t.Links[at].At = max(t.Links[at].At, c.At)
		effect = at
	}
	if !t.Has(v.step) {
		t.Roots = append(t.Roots, Root{v.step, effect})
	}
}

// alike reports whether two causes are the same. What was left as it was may have been
// so several times.
func (c *Cause) alike(d *Cause) bool {
	return c.Kind == d.Kind && c.Signal.Slot == d.Signal.Slot && c.Injection == d.Injection && c.Since == d.Since &&
		(c.At == d.At || c.Kind == OmissionCause) && c.Check == d.Check && c.Needed == d.Needed
}

// line is the tree of what the system did by itself.
func (t *Tree) line(w *world, chain []Cause) { t.hang(w, chain, -1, t.At) }

// hang adds one line of causes of a link at a time.
func (t *Tree) hang(w *world, chain []Cause, effect int, at vtime.Time) {
	tr := tracer{w: w, now: t.At}
	var list []found
	for k := range chain {
		c := chain[k]
		if c.Kind == StartCause && c.Signal.Role == device.RoleTold || c.Kind == MessageCause {
			c = w.made(c.Signal.Slot, t.At)
		}
		list = append(list, found{Cause: c})
		if d, some := tr.refused(&c); some {
			list = append(list, found{Cause: d})
		}
	}
	w.settle(list, at)
	if slices.ContainsFunc(list, func(f found) bool { return f.At > at }) { // what is behind it now was not then
		list = []found{{Cause: chain[0]}}
		list[0].At = min(list[0].At, at)
	}
	for k := range list {
		t.Links = append(t.Links, Link{Cause: list[k].Cause, Effect: effect})
		effect = len(t.Links) - 1
	}
}

// sort puts each link behind the one that it is a cause of, with all that it comes
// from.
func (t *Tree) sort() {
	var list []Link
	place := make([]int, len(t.Links))
	var put func(effect, to int)
	put = func(effect, to int) {
		for k := range t.Links {
			if t.Links[k].Effect == effect {
				l := t.Links[k]
				l.Effect, place[k] = to, len(list)
				list = append(list, l)
				put(k, place[k])
			}
		}
	}
	put(-1, -1)
	t.Links = list
	for k := range list {
		for n := range list[k].Also {
			if a := &list[k].Also[n]; a.Effect >= 0 {
				a.Effect = place[a.Effect]
			}
		}
	}
	for k := range t.Roots {
		t.Roots[k].Link = place[t.Roots[k].Link]
	}
	slices.SortStableFunc(t.Roots, func(a, b Root) int { return a.Injection - b.Injection })
}
