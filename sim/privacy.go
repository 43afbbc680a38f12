package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Privacy is what became of data about people in a run: where they are, what people asked
// for, and who learnt what.
type Privacy struct {
	Stores []StoreHolding
	Rights []RightResult
	// Forged counts requests about nobody, Refused those that a store had no room for.
	Forged, Refused uint64
	// Left are rows that are left of people who asked for erasure, without a basis to keep
	// them: the first ones of Rows, about People.
	Left         []Remnant
	Rows, People int
	// Kept is what a basis lets stores keep of those people.
	Kept   []KeptByBasis
	Learnt []Learnt
	Thefts []Theft
	// Breaches are what was taken when, and who was told of that; Notices what stores heard and told of that.
	Breaches []Breach
	Notices  []Noticing
	Held     []HeldOf    // by persons of the system
	Stories  []StoreNews // what the story says of stores
}

// A StoreHolding is what a store holds at the end.
type StoreHolding struct {
	Store, Owner string
	Items, Came  uint64 // now, and ever
	People       int
	Bytes        float64
	Keeps        vtime.Duration // 0: for good
	// Limited says that it can become full, DaysLeft in how many days it does.
	Limited  bool
	DaysLeft float64
	// Refused is how many items it had no room for, FullAt when the first of them came.
	Refused uint64
	FullAt  vtime.Time
}

// A RightResult is what became of all requests for a right.
type RightResult struct {
	Right  data.Right
	People int // who truly asked for it
	// Done counts what stores did, Unasked of that what nobody had asked for.
	Done, Unasked uint64
	Stores        []RightOfStore
	// Owed is how many answers are owed to those who asked what is known of them.
	Owed int
}

// A RightOfStore is what a store did about a right.
type RightOfStore struct {
	Store string
	// Heard says that something is wired to it that asks for the right.
	Heard bool
	// Concerned says that somebody asked it, and that it has to heed that: an opt-out is of what
	// rests on consent or a legitimate interest, others as data.Right.Ends says.
	Concerned bool
	// Extended is how many people it told that it takes longer, Longer by how much at most, and Told how
	// long after they had asked, at most.
	Extended      int
	Longer, Told  vtime.Duration
	Done, Unasked uint64
	Items         uint64         // that it forgot
	Latest        vtime.Duration // how long after it was asked for, at most
	LatestOf      string         // whose request that was
	First, Last   vtime.Time     // when it did the first one and the last one
}

// A Remnant is what a store has about somebody who asked to be forgotten.
type Remnant struct {
	Person, Store, Attribute string
	Asked                    vtime.Time
	Items                    uint64
	From, To                 vtime.Time // of the items
	Lineage                  []string   // where they come from, in words
}

// A KeptByBasis is what a store may keep of people who asked to be forgotten.
type KeptByBasis struct {
	Store, Attribute string
	Basis            data.Basis
	KeepFor          vtime.Duration // 0: it came after they had asked
	People           int
}

// A Learnt is what somebody could learn about people, of what an expression asks.
type Learnt struct {
	Who, Attribute string
	// Of is about how many people it was asked, First when it could be learnt about one of
	// them first, Most about how many at once, Now about how many at the end.
	Of, Most, Now int
	First         vtime.Time
	// Person is one of those, about whom it is Sure, and Recipe how, a line each.
	Person string
	Sure   float64
	Recipe []string
}

// A Theft is what an attacker took from a store.
type Theft struct {
	Who, Store string
	People     int
	Attributes []string
}

// Bounds of what is listed.
const (
	maxRemnants = 20
	maxLearnt   = 50
	maxRecipe   = 12
	maxOrigins  = 8
)

// privacyResult says what became of data about people; nil where there are none.
func (w *world) privacyResult(now vtime.Time) *Privacy {
	h := &w.holdings
	if h.State == nil {
		return nil
	}
	r := &Privacy{Forged: h.Forged, Refused: h.Refused, Learnt: w.learntResults(), Thefts: h.thefts(), Held: h.heldOf(), Stories: h.newsResults()}
	for i := range h.Stores {
		r.Stores = append(r.Stores, w.storeHolding(int32(i), now))
	}
	for right := range data.Rights() {
		r.Rights = append(r.Rights, w.rightResult(data.Right(right)))
	}
	h.remnants(r)
	w.breaches(r)
	return r
}

// storeHolding says what a store holds.
func (w *world) storeHolding(i int32, now vtime.Time) StoreHolding {
	h := &w.holdings
	st := &h.Stores[i]
	n, bytes := h.Items(i)
	s := StoreHolding{Store: st.Name, Owner: w.plan.Devices[w.plan.storeRank(int(i))].Owner, Items: n, Came: h.Came(i), People: h.Subjects(i), Bytes: bytes, Keeps: st.Keeps, Limited: st.Limit > 0}
	if s.Limited {
		full := h.Fullness(i)
		s.DaysLeft, s.Refused, s.FullAt = h.DaysLeft(i, now), full.Refused, full.Since
	}
	return s
}

// rightResult says what became of all requests for a right.
func (w *world) rightResult(right data.Right) RightResult {
	h := &w.holdings
	r := RightResult{Right: right, Done: h.Counts[right].Done, Unasked: h.Counts[right].Unasked}
	asked := map[int32]vtime.Time{} // only looked up
	owed := map[int32]data.Set{}    // as well: who asked twice is owed one answer by each
	for i := range h.Asks() {
		a := &h.Asks()[i]
		if a.Right != right {
			continue
		}
		if _, before := asked[a.Person]; !before {
			asked[a.Person] = a.At
			r.People++
		}
		if right == data.Access {
			before := owed[a.Person]
			owed[a.Person] = before.Or(h.Owing(a))
			r.Owed += len(h.storesOf(owed[a.Person])) - len(h.storesOf(before))
		}
	}
	for i := range h.Stores {
		t := h.Total(int32(i), right)
		st := RightOfStore{
			Store: h.Stores[i].Name, Heard: w.plan.asksOf(i, right), Concerned: h.concerned(int32(i), right),
			Done: t.Done, Unasked: t.Unasked, Items: t.Items, Latest: t.Latest, First: t.First, Last: t.Last,
		}
		if t.LatestOf > 0 {
			st.LatestOf = h.PersonName(t.LatestOf - 1)
		}
		r.Stores = append(r.Stores, st)
	}
	for _, e := range h.Extensions() {
		if at, has := asked[e.Person]; e.Right == right && has {
			st := &r.Stores[e.Store]
			st.Extended++
			st.Longer, st.Told = max(st.Longer, e.By), max(st.Told, e.At.Sub(at))
		}
	}
	return r
}

// concerned reports whether anybody asked a store for a right that it has to heed.
func (h *holdings) concerned(store int32, right data.Right) bool {
	st := &h.Stores[store]
	for i := range h.Asks() {
		a := &h.Asks()[i]
		if a.Right == right && a.Concerns(st) && h.Heeds(store, right, a.Person, a.Purpose) {
			return true
		}
	}
	return false
}

// asksOf reports whether a request for a right can come to a store.
func (p *Plan) asksOf(store int, right data.Right) bool {
	for i := range p.book.Flows {
		if p.asksBy(&p.book.Flows[i], store, right) {
			return true
		}
	}
	return false
}

// asksBy reports whether a request for a right can come to a store by a flow.
func (p *Plan) asksBy(f *network.Flow, store int, right data.Right) bool {
	if int(f.Receiver) != p.storeRank(store) || f.Silent {
		return false
	}
	return slices.ContainsFunc(p.book.Pairs(f), func(pair network.Pair) bool { return p.Signals.At(pair.To.Slot).Signal == right.Heard() })
}

// storesOf lists the stores that shelves of a set are of.
func (h *holdings) storesOf(set data.Set) (list []int32) {
	for i := range h.Shelves {
		if store := h.Shelves[i].Store; set.Has(int32(i)) && (len(list) == 0 || list[len(list)-1] != store) {
			list = append(list, store)
		}
	}
	return list
}

// attributeOf names the attribute of a shelf, storeOf its store.
func (h *holdings) attributeOf(shelf int32) string {
	return h.Attributes[h.Shelves[shelf].Attribute].Name
}

func (h *holdings) storeOf(shelf int32) string { return h.Stores[h.Shelves[shelf].Store].Name }
