package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A naive keeps every item in a list, and does everything to each of them: what a State is
// held against.
type naive struct {
	m       *Model
	traits  [][]int32
	now     vtime.Time
	swept   vtime.Time
	items   map[place][]item
	seen    map[way]vtime.Time // how far a copy or an inference has come; absent: nothing yet
	letters []letter           // messages of brokers that are on their way
	taps    map[[2]int32]bool  // who is told all that comes to a broker, by principal and store
	asks    []naiveAsk
	stops   map[stop]bool
	forgot  map[stop]vtime.Time // by store and person
	replies map[stop]vtime.Time
	extends []Extension
	loot    []map[place]bool // by principal
	taken   []uint64         // by question: items after an opt-out
}

type place struct{ shelf, person int32 }

type way struct{ intake, person int32 }

// An item is one value, and where it was before.
type item struct {
	at   vtime.Time
	via  int32
	path []origin
}

type origin struct {
	shelf int32
	at    vtime.Time
}

type naiveAsk struct {
	person, purpose int32
	right           Right
	at              vtime.Time
	to              int32
	owed            []int32 // stores
}

func newNaive(m *Model, s *State) *naive {
	n := &naive{
		m: m, traits: s.traits, items: map[place][]item{}, taps: map[[2]int32]bool{}, seen: map[way]vtime.Time{}, stops: map[stop]bool{},
		forgot: map[stop]vtime.Time{}, replies: map[stop]vtime.Time{}, taken: make([]uint64, len(m.Questions)),
	}
	for range m.Principals {
		n.loot = append(n.loot, map[place]bool{})
	}
	for i := range m.Shelves {
		p := n.people(int32(i))
		for k := range int32(float64(p.Count)*m.Shelves[i].Share + 0.5) {
			n.add(int32(i), p.First+k, item{0, -1, nil})
		}
	}
	return n
}

// people returns the population that a shelf is about.
func (n *naive) people(shelf int32) *Population {
	return &n.m.Populations[n.m.Attributes[n.m.Shelves[shelf].Attribute].Population]
}

func (n *naive) everybody(shelf int32, do func(person int32)) {
	p := n.people(shelf)
	for k := range p.Count {
		do(p.First + k)
	}
}

func (n *naive) add(shelf, person int32, x item) {
	at := place{shelf, person}
	if n.last(shelf) {
		n.items[at] = nil
		for who := range n.loot {
			if x.via >= 0 && n.m.Intakes[x.via].Kind == Collected && n.taps[[2]int32{int32(who), n.m.Shelves[shelf].Store}] {
				n.loot[who][at] = true
			}
		}
	}
	n.items[at] = append(n.items[at], x)
}

// last reports whether a shelf is of a store that keeps the last item alone.
func (n *naive) last(shelf int32) bool { return n.m.Stores[n.m.Shelves[shelf].Store].Last }

// offer is add, unless the store was told not to take it.
func (n *naive) offer(shelf, person int32, x item, came vtime.Time) {
	sh := &n.m.Shelves[shelf]
	if _, forgotten := n.forgot[stop{store: sh.Store, person: person}]; forgotten && sh.Basis.Ends() {
		return
	}
	for _, right := range endedBy[sh.Basis] {
		if n.stops[stop{sh.Store, person, sh.Purpose, right}] || n.stops[stop{sh.Store, person, -1, right}] {
			return
		}
	}
	if asked, ok := n.optedOut(person, sh); ok {
		for i := range n.m.Questions {
			if q := &n.m.Questions[i]; q.Kind == CollectedAfterOptOut && came.Sub(asked) > q.Grace {
				n.taken[i]++
			}
		}
	}
	n.add(shelf, person, x)
}

// endedBy are by basis the rights that end it (GDPR Art. 7(3): consent; Art. 21(1): Art. 6(1)(e) and (f)).
var endedBy = [...][]Right{Consent: {OptOut, Withdrawal}, PublicTask: {Objection}, LegitimateInterest: {OptOut, Objection}}

func (n *naive) optedOut(person int32, sh *Shelf) (vtime.Time, bool) {
	for _, a := range n.asks {
		if slices.Contains(endedBy[sh.Basis], a.right) && a.person == person && (a.purpose == sh.Purpose || a.purpose < 0) && n.meant(a, sh.Store) {
			return a.at, true
		}
	}
	return 0, false
}

func (n *naive) collect(intake, member int32) {
	in := &n.m.Intakes[intake]
	person := in.Person
	if person < 0 {
		person = n.people(in.Shelf).First + member
	}
	if list := n.items[place{in.Shelf, person}]; in.Thin > 0 && len(list) > 0 && list[len(list)-1].at/vtime.Time(in.Thin) == n.now/vtime.Time(in.Thin) {
		return
	}
	n.offer(in.Shelf, person, item{n.now, intake, nil}, n.now)
}

func (n *naive) copy(intake, member int32) {
	in := &n.m.Intakes[intake]
	n.everybody(in.Shelf, func(person int32) {
		if !in.Each || person == n.people(in.Shelf).First+member {
			n.copyOf(intake, person)
			n.infer(in.Shelf, person)
		}
	})
}

func (n *naive) copyOf(intake, person int32) {
	in := &n.m.Intakes[intake]
	from, w := in.From[0], way{intake, person}
	for _, x := range slices.Clone(n.items[place{from, person}]) {
		if last, any := n.seen[w]; !any || x.at > last {
			n.takeOver(intake, person, x)
		}
	}
	if n.m.Stores[n.m.Shelves[from].Store].Buffer {
		delete(n.items, place{from, person})
	}
}

// takeOver copies an item, unless there is one of its time already and the copy is coarser.
func (n *naive) takeOver(intake, person int32, x item) {
	in, w := &n.m.Intakes[intake], way{intake, person}
	from, fine := in.From[0], n.m.Shelves[in.Shelf].Fine
	last, any := n.seen[w]
	n.seen[w] = x.at
	if any && fine > n.m.Shelves[from].Fine && x.at/vtime.Time(fine) == last/vtime.Time(fine) {
		return
	}
	came, src, dst := n.now, &n.m.Stores[n.m.Shelves[from].Store], &n.m.Stores[n.m.Shelves[in.Shelf].Store]
	if src.Controller == dst.Controller && !src.Buffer && !src.Last { // it has it already
		came = x.at
	}
	n.offer(in.Shelf, person, item{x.at, intake, append(slices.Clone(x.path), origin{from, x.at})}, came)
}

// A letter is a message of a broker that is on its way.
type letter struct {
	intake int32
	sent   vtime.Time
	items  map[int32]item // by person
}

// write has brokers tell those who subscribe what came in this instant, of some shelf.
func (n *naive) write() {
	for i := range n.m.Intakes {
		in := &n.m.Intakes[i]
		if in.Kind != Copied || !n.last(in.From[0]) {
			continue
		}
		l := letter{int32(i), n.now, map[int32]item{}}
		n.everybody(in.Shelf, func(person int32) {
			if list := n.items[place{in.From[0], person}]; len(list) > 0 && list[0].at == n.now && list[0].via >= 0 && n.m.Intakes[list[0].via].Kind == Collected {
				l.items[person] = list[0]
			}
		})
		if len(l.items) > 0 {
			n.letters = append(n.letters, l)
		}
	}
}

// subscribe has a broker tell what it retains and was not told, or is on its way, which goes by this letter.
func (n *naive) subscribe(intake int32) {
	in := &n.m.Intakes[intake]
	now := letter{intake, n.now, map[int32]item{}}
	n.everybody(in.Shelf, func(person int32) {
		list := n.items[place{in.From[0], person}]
		if last, any := n.seen[way{intake, person}]; len(list) > 0 && (!any || list[0].at > last) {
			now.items[person] = list[0]
			for _, l := range n.letters {
				if x, ok := l.items[person]; ok && l.intake == intake && x.at == list[0].at {
					delete(l.items, person)
				}
			}
		}
	})
	n.letters = append(n.letters, now)
}

// receive has a letter come.
func (n *naive) receive(l letter) {
	n.everybody(n.m.Intakes[l.intake].Shelf, func(person int32) {
		if x, ok := l.items[person]; ok {
			n.takeOver(l.intake, person, x)
			n.infer(n.m.Intakes[l.intake].Shelf, person)
		}
	})
}

func (n *naive) infer(shelf, person int32) {
	for i := range n.m.Intakes {
		if in := &n.m.Intakes[i]; in.Kind == Derived && slices.Contains(in.From, shelf) && n.derive(int32(i), person) {
			n.infer(in.Shelf, person)
		}
	}
}

func (n *naive) derive(intake, person int32) bool {
	in := &n.m.Intakes[intake]
	from, to, series := vtime.Time(0), vtime.Never, false
	for _, shelf := range in.From {
		list := n.items[place{shelf, person}]
		if len(list) == 0 {
			return false
		}
		if !n.m.Attributes[n.m.Shelves[shelf].Attribute].Trait {
			from, to, series = max(from, list[0].at), min(to, list[len(list)-1].at), true
		}
	}
	if !series {
		if len(n.items[place{in.Shelf, person}]) > 0 {
			return false
		}
		from, to = n.now, n.now
	}
	fine, w := n.m.Shelves[in.Shelf].Fine, way{intake, person}
	if fine == 0 {
		from = to
	}
	if last, any := n.seen[w]; any {
		from = max(from, last.Add(max(1, fine)))
	}
	if from > to {
		return false
	}
	for at := from; at <= to; at = at.Add(max(1, fine)) {
		n.seen[w] = at
		n.offer(in.Shelf, person, item{at, intake, nil}, n.now)
	}
	return true
}

func (n *naive) forget(at place, gone func(item) bool) (items uint64) {
	before := len(n.items[at])
	n.items[at] = slices.DeleteFunc(n.items[at], gone)
	return uint64(before - len(n.items[at]))
}

func (n *naive) erase(store, person int32) (items uint64) {
	for i := range n.m.Shelves {
		if sh := &n.m.Shelves[i]; sh.Store == store {
			items += n.forget(place{int32(i), person}, func(x item) bool { return sh.KeepFor == 0 || n.now.Sub(x.at) > sh.KeepFor })
		}
	}
	n.forgot[stop{store: store, person: person}] = n.now
	return items
}

// lose forgets all that a store has.
func (n *naive) lose(store int32) (items uint64) {
	for who := range n.loot {
		delete(n.taps, [2]int32{int32(who), store})
	}
	for i := range n.m.Shelves {
		if n.m.Shelves[i].Store == store {
			n.everybody(int32(i), func(person int32) {
				items += n.forget(place{int32(i), person}, func(item) bool { return true })
			})
		}
	}
	return items
}

func (n *naive) restore(backup int32) (items uint64) {
	for i := range n.m.Intakes {
		in := &n.m.Intakes[i]
		if in.Kind != Copied || n.m.Shelves[in.Shelf].Store != backup {
			continue
		}
		to := in.From[0]
		if n.last(to) {
			continue
		}
		n.everybody(to, func(person int32) {
			here := n.items[place{to, person}]
			var back []item
			for _, x := range n.items[place{in.Shelf, person}] {
				store := n.m.Shelves[to].Store
				told, forgotten := n.forgot[stop{store: store, person: person}]
				if len(here) > 0 && x.at >= here[0].at || forgotten && n.m.Stores[store].Remembers && x.at <= told {
					continue
				}
				back = append(back, item{x.at, int32(i), append(slices.Clone(x.path), origin{in.Shelf, x.at})})
			}
			n.items[place{to, person}] = append(back, here...)
			items += uint64(len(back))
		})
	}
	return items
}

func (n *naive) sweep() {
	n.swept = n.now
	for i := range n.m.Shelves {
		sh := &n.m.Shelves[i]
		keeps := n.m.Stores[sh.Store].Keeps
		n.everybody(int32(i), func(person int32) {
			told, forgotten := n.forgot[stop{store: sh.Store, person: person}]
			n.forget(place{int32(i), person}, func(x item) bool {
				return keeps > 0 && x.at > 0 && n.now.Sub(x.at) > keeps || sh.KeepFor > 0 && forgotten && x.at <= told && n.now.Sub(x.at) > sh.KeepFor
			})
		})
	}
}

func (n *naive) inferAll() {
	for i := range n.m.Intakes {
		if in := &n.m.Intakes[i]; in.Kind == Derived {
			n.everybody(in.Shelf, func(person int32) {
				if n.derive(int32(i), person) {
					n.infer(in.Shelf, person)
				}
			})
		}
	}
}

// meant reports whether a store was asked.
func (n *naive) meant(a naiveAsk, store int32) bool {
	return a.to < 0 || a.to == n.m.Stores[store].Controller
}

func (n *naive) ask(person int32, right Right, purpose, to int32) {
	for _, a := range n.asks {
		if a.person == person && a.right == right && (right == Erasure || right == Access || a.purpose == purpose || a.purpose < 0) && (a.to == to || a.to < 0) {
			return
		}
	}
	a := naiveAsk{person, purpose, right, n.now, to, nil}
	for store := range n.m.Stores {
		if n.has(int32(store), person) && n.meant(a, int32(store)) {
			a.owed = append(a.owed, int32(store))
		}
	}
	n.asks = append(n.asks, a)
}

// has reports whether a store has anything about a person.
func (n *naive) has(store, person int32) bool {
	for i := range n.m.Shelves {
		if n.m.Shelves[i].Store == store && len(n.items[place{int32(i), person}]) > 0 {
			return true
		}
	}
	return false
}

func (n *naive) steal(principal, store int32) {
	n.taps[[2]int32{principal, store}] = n.m.Stores[store].Last
	for i := range n.m.Shelves {
		if n.m.Shelves[i].Store == store {
			n.everybody(int32(i), func(person int32) {
				if at := (place{int32(i), person}); len(n.items[at]) > 0 {
					n.loot[principal][at] = true
				}
			})
		}
	}
}

// may reports whether a store may keep an item about somebody who asked for erasure.
func (n *naive) may(at place, x item) bool {
	sh := &n.m.Shelves[at.shelf]
	if sh.Basis.Ends() {
		return false
	}
	if sh.KeepFor > 0 && n.swept.Sub(x.at) <= sh.KeepFor {
		return true
	}
	for _, a := range n.asks {
		if a.person == at.person && a.right == Erasure && n.meant(a, sh.Store) {
			return x.at > a.at
		}
	}
	return false
}

// late reports whether the time that a store has for what was asked is up.
func (n *naive) late(q *Question, a naiveAsk, store int32) bool {
	grace := q.Grace
	for _, e := range n.extends {
		if e.Store == store && e.Person == a.person && e.Right == a.right && e.At >= a.at && e.At.Sub(a.at) <= grace {
			grace += min(e.By, q.Extends)
			break
		}
	}
	return n.meant(a, store) && n.now.Sub(a.at) > grace
}

// answer computes the answer of a question about one of its people from nothing.
func (n *naive) answer(question, k int) float64 {
	q := &n.m.Questions[question]
	sum := 0
	switch q.Kind {
	case HoldersOf:
		for store := range n.m.Stores {
			if n.has(int32(store), q.Person+int32(k)) {
				sum++
			}
		}
	case KeptAfterErasure:
		left := map[place]bool{}
		for _, a := range n.asks {
			for i := range n.m.Shelves {
				at := place{int32(i), a.person}
				if a.right == Erasure && n.late(q, a, n.m.Shelves[i].Store) && slices.ContainsFunc(n.items[at], func(x item) bool { return !n.may(at, x) }) {
					left[at] = true
				}
			}
		}
		sum = len(left)
	case CollectedAfterOptOut:
		return float64(n.taken[question])
	case Unanswered:
		owed := map[stop]bool{}
		for _, a := range n.asks {
			for _, store := range a.owed {
				at := stop{store: store, person: a.person}
				if told, ok := n.replies[at]; a.right == Access && (!ok || told < a.at) {
					owed[at] = owed[at] || n.late(q, a, store)
				}
			}
		}
		for _, late := range owed {
			if late {
				sum++
			}
		}
	case StolenFrom:
		people := map[int32]bool{}
		for _, l := range n.loot {
			for at := range l {
				if n.m.Shelves[at.shelf].Store == q.Store {
					people[at.person] = true
				}
			}
		}
		sum = len(people)
	default:
		return n.hiding(q)
	}
	return float64(sum)
}

// A class is what people of a table have in common, as text.
type class struct {
	rows   int
	values map[int32]int
}
