package harden

import (
	"math/bits"
	"slices"
	"strings"
)

// A Mask is a set of barriers, by their number.
type Mask uint64

// MaxBarriers is how many there can be.
const MaxBarriers = 64

func (m Mask) with(i int) Mask    { return m | 1<<i }
func (m Mask) within(o Mask) bool { return m&^o == 0 }
func (m Mask) size() int          { return bits.OnesCount64(uint64(m)) }
func all(n int) Mask              { return Mask(1)<<n - 1 }
func (m Mask) lowest() (i int)    { return bits.TrailingZeros64(uint64(m)) }
func (m Mask) without(i int) Mask { return m &^ (1 << i) }
func (m Mask) each(yield func(int)) { // in order
	for rest := m; rest != 0; rest = rest.without(rest.lowest()) {
		yield(rest.lowest())
	}
}

// A hitting problem asks for the cheapest set that hits all cuts: has one barrier at
// least of each. Beside that it must hold none of the sets of held, and be none of
// refused or barred.
type hitting struct {
	names   []string
	costs   []int64 // in millionths
	usable  Mask
	cuts    []Mask
	held    []Mask
	refused map[Mask]bool
	barred  []span

	best  Mask
	found bool
}

// A span is sets that hold all of low, and nothing beyond high.
type span struct{ low, high Mask }

func (s span) has(m Mask) bool { return s.low.within(m) && m.within(s.high) }

// larger returns of which barriers a larger set needs one, where one that hits all cuts is
// refused or barred; 0 where it is not.
func (h *hitting) larger(m, free Mask) Mask {
	for _, s := range h.barred {
		if s.has(m) {
			return free &^ s.high
		}
	}
	if h.refused[m] {
		return free
	}
	return 0
}

// excluded reports whether a set is refused or barred.
func (h *hitting) excluded(m Mask) bool {
	return h.refused[m] || slices.ContainsFunc(h.barred, func(s span) bool { return s.has(m) })
}

// cost is what a set costs.
func (h *hitting) cost(m Mask) (sum int64) {
	m.each(func(i int) { sum += h.costs[i] })
	return sum
}

// compare orders sets: by cost, then by size, then by name.
func (h *hitting) compare(a, b Mask) int {
	switch x, y := h.cost(a), h.cost(b); {
	case x != y:
		return sign(x - y)
	case a.size() != b.size():
		return a.size() - b.size()
	}
	return strings.Compare(strings.Join(h.sorted(a), " "), strings.Join(h.sorted(b), " "))
}

func sign(x int64) int {
	if x < 0 {
		return -1
	}
	return 1
}

// sorted lists the names of a set, sorted.
func (h *hitting) sorted(m Mask) (names []string) {
	m.each(func(i int) { names = append(names, h.names[i]) })
	slices.Sort(names)
	return names
}

// solve returns the first set in the order of compare; ok is false where there is none.
func (h *hitting) solve() (m Mask, ok bool) {
	h.best, h.found = 0, false
	h.branch(0, h.usable)
	return h.best, h.found
}

// branch looks for sets that hold what is chosen and beyond it only what is free.
func (h *hitting) branch(chosen, free Mask) {
	if slices.ContainsFunc(h.held, func(held Mask) bool { return held.within(chosen) }) {
		return
	}
	cut, bound := h.tightest(chosen, free)
	switch {
	case bound < 0, h.found && h.cost(chosen)+bound > h.cost(h.best):
		return
	case cut == 0 && !h.excluded(chosen):
		if !h.found || h.compare(chosen, h.best) < 0 {
			h.best, h.found = chosen, true
		}
		return
	case cut == 0:
		cut = h.larger(chosen, free) // another set that hits all
	}
	(cut & free).each(func(i int) {
		free = free.without(i)
		h.branch(chosen.with(i), free)
	})
}

// tightest returns the cut that is not hit and leaves the least choice, 0 where all are
// hit; and what it costs at least to hit them all: the cheapest of each of some that share
// nothing. That is negative where one cannot be hit any more.
func (h *hitting) tightest(chosen, free Mask) (cut Mask, bound int64) {
	var used Mask
	for _, c := range h.cuts {
		if c&chosen != 0 {
			continue
		}
		open := c & free
		if open == 0 {
			return 0, -1
		}
		if cut == 0 || open.size() < (cut&free).size() {
			cut = c
		}
		if open&used == 0 {
			used |= open
			bound += h.cheapest(open)
		}
	}
	return cut, bound
}

// cheapest is the cost of the cheapest barrier of a set.
func (h *hitting) cheapest(m Mask) int64 {
	least := int64(-1)
	m.each(func(i int) {
		if least < 0 || h.costs[i] < least {
			least = h.costs[i]
		}
	})
	return least
}
