package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A forgotten is whom a store was told to forget, and when it was told so last.
type forgotten struct {
	person int32
	at     vtime.Time
}

// Erase has a store forget a person, but for what it must keep still, and take in nothing more
// about them on a basis that ends so. What it keeps it forgets when it need not keep it any longer.
// It returns how many items it forgot. A person there is not is a request about nobody: ok is
// false.
func (s *State) Erase(store, person int32, now vtime.Time) (items uint64, ok bool) {
	if person < 0 || int(person) >= len(s.held) {
		s.Forged++
		return 0, false
	}
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		if s.has(i, person) {
			items += s.empty(i, person, now)
		}
	}
	s.flags[person] |= flagStopped
	at, found := s.wasForgotten(store, person)
	if !found {
		s.forgot[store] = slices.Insert(s.forgot[store], at, forgotten{person: person})
	}
	s.forgot[store][at].at = now
	return items, true
}

// empty forgets what a shelf has about a person and need not keep, and returns how many items
// that was.
func (s *State) empty(shelf, person int32, now vtime.Time) (n uint64) {
	r := s.row(shelf, person)
	if keep := s.Shelves[shelf].KeepFor; keep > 0 {
		n = r.trim(now.Add(-keep))
	} else {
		n = r.clear()
	}
	if n > 0 {
		s.items[shelf] -= n
		s.turned(shelf, person)
	}
	return n
}

// wasForgotten finds the place of a person among those whom a store was told to forget.
func (s *State) wasForgotten(store, person int32) (at int, found bool) {
	return slices.BinarySearchFunc(s.forgot[store], person, func(f forgotten, p int32) int { return int(f.person) - int(p) })
}

// Stop has a store process no more data about a person for a purpose (-1: for all), as far
// as their basis is one that ends by a right. What it has already stays.
func (s *State) Stop(store, person, purpose int32, right Right) (ok bool) {
	if person < 0 || int(person) >= len(s.held) || purpose < -1 || int(purpose) >= len(s.Purposes) {
		s.Forged++
		return false
	}
	if k := (stop{store, person, purpose, right}); !s.stopped[k] {
		s.flags[person] |= flagStopped
		s.stopped[k] = true
		s.stops = append(s.stops, k)
	}
	return true
}

// Answer notes that a store told a person all that it has about them.
func (s *State) Answer(store, person int32) (ok bool) {
	if person < 0 || int(person) >= len(s.held) {
		s.Forged++
		return false
	}
	if s.replied == nil {
		s.replied = make([]Set, len(s.held))
	}
	s.answered(person, store)
	return true
}

// Restore puts back what a backup has: into every shelf of the store that the backup
// copies from, what is missing there. A store that remembers whom it forgot forgets them
// again.
func (s *State) Restore(backup int32, now vtime.Time) (items uint64) {
	s.Pour(now)
	b := &s.Stores[backup]
	for i := range s.Intakes {
		in := &s.Intakes[i]
		if in.Kind != Copied || in.Shelf < b.First || in.Shelf >= b.First+b.Count {
			continue
		}
		to := in.From[0]
		if s.Stores[s.Shelves[to].Store].Last {
			continue // nothing is put back to where it is told on the way
		}
		for k := range s.count[to] {
			items += s.restore(int32(i), in.Shelf, to, s.first[to]+k)
		}
	}
	s.look()
	return items
}

// restore puts back what a backup has about a person: what is older than all that is there.
func (s *State) restore(intake, from, to, person int32) uint64 {
	src, dst := s.row(from, person), s.row(to, person)
	first, forgotten := vtime.Never, vtime.Time(-1)
	if dst.last.N > 0 {
		first, _ = dst.extent()
	}
	store := s.Shelves[to].Store
	if at, found := s.wasForgotten(store, person); found && s.Stores[store].Remembers {
		forgotten = s.forgot[store][at].at
	}
	var list []Span
	for _, span := range src.spans() {
		if span = span.until(first); forgotten >= 0 {
			span = span.after(forgotten)
		}
		if span.Via = intake; span.N > 0 {
			list = append(list, span)
		}
	}
	n := dst.revive(list)
	if n > 0 {
		s.items[to] += n
		s.peak[to] += n
		s.revived[to].Put(from, true)
		s.turned(to, person)
		s.rewind(to, person, dst)
	}
	return n
}

// rewind lets those who copy a shelf go on from where they were in time.
func (s *State) rewind(shelf, person int32, r *row) {
	for i := range s.Intakes {
		in := &s.Intakes[i]
		if in.Kind != Copied || in.From[0] != shelf {
			continue
		}
		c := &s.cursors[i][person-s.first[shelf]]
		c.total = r.gone
		for _, span := range r.spans() {
			c.total += span.N - span.after(c.at).N
		}
	}
}

// sweepEvery is how often stores look for what they have kept too long.
const sweepEvery = day

// sweep forgets what stores have kept as long as they do, and what those keep no longer who
// were told to forget it, and finds what they may keep no longer.
func (s *State) sweep(now vtime.Time) {
	s.swept = now
	for i := range s.Shelves {
		sh := &s.Shelves[i]
		if s.Stores[sh.Store].Keeps == 0 && sh.KeepFor == 0 {
			continue
		}
		for k := range s.count[i] {
			s.age(int32(i), s.first[i]+k, now)
		}
	}
}

// age is sweep for one row. What was there from the start has no age.
func (s *State) age(shelf, person int32, now vtime.Time) {
	r := s.row(shelf, person)
	if r.last.N == 0 {
		return
	}
	sh, before := &s.Shelves[shelf], vtime.Time(0)
	if keeps := s.Stores[sh.Store].Keeps; keeps > 0 && r.last.To > 0 {
		before = now.Add(-keeps)
	}
	if sh.KeepFor > 0 {
		if at, found := s.wasForgotten(sh.Store, person); found {
			before = max(before, min(s.forgot[sh.Store][at].at+1, now.Add(-sh.KeepFor)))
		}
	}
	if before > 0 {
		s.items[shelf] -= r.trim(before)
	}
	if r.last.N == 0 || s.kept[person].Has(shelf) != s.mayKeep(shelf, person, r) {
		s.turned(shelf, person)
	}
}
