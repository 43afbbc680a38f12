package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/vtime"
)

// remnants finds what is left of those who asked to be forgotten.
func (h *holdings) remnants(r *Privacy) {
	kept := make([]KeptByBasis, len(h.Shelves))
	left := map[int32]bool{} // of whom; only looked up
	for i := range h.Asks() {
		a := &h.Asks()[i]
		if a.Right != data.Erasure {
			continue
		}
		held, law, rows := h.Held(a.Person), h.Kept(a.Person), r.Rows
		for shelf := range int32(len(h.Shelves)) {
			if h.FirstAsk(a.Person, a.Right, h.Shelves[shelf].Store) != a {
				continue // others were asked, or this one was before
			}
			if law.Has(shelf) {
				kept[shelf].People++
			}
			if !held.Has(shelf) {
				continue
			}
			if _, _, _, founded := h.Unfounded(shelf, a.Person); founded > 0 { // of one row a part
				kept[shelf].People++
			}
			if r.Rows++; len(r.Left) < maxRemnants {
				r.Left = append(r.Left, h.remnant(a, shelf))
			}
		}
		if r.Rows > rows && !left[a.Person] {
			r.People++
			left[a.Person] = true
		}
	}
	for i := range kept {
		if k, sh := &kept[i], &h.Shelves[i]; k.People > 0 {
			k.Store, k.Attribute, k.Basis, k.KeepFor = h.storeOf(int32(i)), h.attributeOf(int32(i)), sh.Basis, sh.KeepFor
			r.Kept = append(r.Kept, *k)
		}
	}
}

// remnant says what a shelf has about somebody.
func (h *holdings) remnant(a *data.Ask, shelf int32) Remnant {
	x := Remnant{Person: h.PersonName(a.Person), Store: h.storeOf(shelf), Attribute: h.attributeOf(shelf), Asked: a.At, Lineage: h.origins(shelf, a.Person)}
	x.From, x.To, x.Items, _ = h.Unfounded(shelf, a.Person)
	return x
}

// origins says where what a shelf has about somebody who asked for erasure, and may not keep, comes from, from there back
// to where it was collected; at most so many lines.
func (h *holdings) origins(shelf, person int32) (lines []string) {
	for _, src := range h.UnfoundedLineage(shelf, person) {
		if line := h.origin(&src); len(lines) < maxOrigins && (len(lines) == 0 || lines[len(lines)-1] != line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// origin says where items come from.
func (h *holdings) origin(src *data.Source) string {
	name := h.storeOf(src.Shelf) + "." + h.attributeOf(src.Shelf)
	if src.Intake == nil {
		return name + " was there from the start"
	}
	how := ""
	switch in := src.Intake; in.Kind {
	case data.Collected:
		how = " was collected from " + in.Name
	case data.Derived:
		how = " was inferred"
		for k, from := range in.From {
			word := ", "
			if k == 0 {
				word = " from "
			}
			how += word + h.storeOf(from) + "." + h.attributeOf(from)
		}
	default:
		how = fmt.Sprintf(" came from %s.%s", h.storeOf(in.From[0]), h.attributeOf(in.From[0]))
		if in.Shelf != src.Shelf { // a backup that was put back
			how = fmt.Sprintf(" was put back from %s.%s", h.storeOf(in.Shelf), h.attributeOf(in.Shelf))
		}
	}
	return name + how + items(src.Span.N, src.Span.From, src.Span.To)
}

// items says how many items of which time.
func items(n uint64, from, to vtime.Time) string {
	switch {
	case n == 1:
		return ": 1 item of " + from.Short()
	case from == to:
		return fmt.Sprintf(": %d items of %s", n, from.Short())
	}
	return fmt.Sprintf(": %d items of %s to %s", n, from.Short(), to.Short())
}

// thefts says what attackers have of what stores held.
func (h *holdings) thefts() (list []Theft) {
	for who := range h.Principals {
		var people = make([]int, len(h.Stores))
		var all data.Set
		for person := range h.People() {
			took := h.Took(int32(who), person)
			all = all.Or(took)
			for _, store := range h.storesOf(took) {
				people[store] += h.Of(person).Each()
			}
		}
		for store, n := range people {
			if n > 0 {
				list = append(list, Theft{h.Principals[who].Name, h.Stores[store].Name, n, h.within(all, int32(store))})
			}
		}
	}
	return list
}

// within names the attributes of a set of shelves that a store has.
func (h *holdings) within(set data.Set, store int32) (names []string) {
	for i := range h.Shelves {
		if h.Shelves[i].Store == store && set.Has(int32(i)) {
			names = append(names, h.attributeOf(int32(i)))
		}
	}
	return names
}
