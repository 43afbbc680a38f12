package sim

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim/data"
)

// thinned says whom a store forgot so that somebody hides among fewer: one of those who hide among the fewest, of whom
// it has only what came since, or who left others alone when the answer became what it is. Person is -1
// where there is nobody.
func (w *world) thinned(question int) (f fact, person int32) {
	h, store := &w.holdings, w.holdings.Questions[question].Store
	since := w.store.Stamp(w.plan.Data.cells[question].At(0)).At
	fewest, done := h.Fewest(question), h.Done()
	for k := len(done) - 1; k >= 0; k-- {
		d := &done[k]
		if d.Store != store || d.Right != data.Erasure || d.Items == 0 || d.At > since {
			continue
		}
		name, held := h.PersonName(d.Person), h.Held(d.Person).Or(h.Kept(d.Person))
		text := fmt.Sprintf("%s forgot %d items of %s at %s", h.Stores[store].Name, d.Items, name, d.At.Short())
		for _, p := range fewest {
			if p == d.Person {
				return fact{store, fmt.Sprintf("%s, and of %s has only %s since", text, name, strings.Join(h.within(held, store), ", "))}, p
			}
		}
		if d.At == since {
			return fact{store, text + ", who was one of those others hid among"}, d.Person
		}
	}
	return f, -1
}
