package data

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A State is what the stores of a model know in a run. Make one with New.
type State struct {
	*Model
	// Dirty says that Refresh has something to do.
	Dirty bool
	// Forged counts requests about nobody, Refused those that a store had no room for.
	Forged, Refused uint64
	Counts          [len(rights)]RightCount // by right

	base    []int32          // by shelf: its first row
	first   []int32          // by shelf: the first person of its population
	count   []int32          // by shelf: how many they are
	gap     []vtime.Duration // by shelf: how far apart items are of two spans, at least
	inStore []Set            // by store
	revived []Set            // by shelf: backups that were put back there
	makes   [][]int32        // by shelf: the intakes that infer something of it
	hands   [][]int32        // by shelf of a store that keeps the Last: the intakes that it is handed on to
	handed  []batches        // by shelf: what was handed on of it
	taps    [][]int32        // by shelf: the principals that are told all that comes

	traits   [][]int32 // by attribute: of a trait what people of its population have
	rows     []row
	items    []uint64 // by shelf: held now
	peak     []uint64 // by shelf: ever came
	cursors  [][]cursor
	held     []Set   // by person: shelves that have something about them and no reason to keep it
	kept     []Set   // by person: shelves that have something, which a basis lets them keep
	flags    []uint8 // by person
	asks     []Ask
	asksOf   map[int32][]int32 // by person; only looked up
	stops    []stop
	stopped  map[stop]bool // of stops; only looked up
	forgot   [][]forgotten // by store, sorted by person
	replied  []Set         // by person: shelves of the stores that answered; nil where none did
	heard    [][]Due       // by store: requests that came in this instant
	pending  [][]Due       // by store
	done     []Done
	totals   [][len(rights)]Total // by store and right
	extended []Extension          // in order of people, stores and rights
	growth   []growth             // by store
	subjects []int64              // by store: people about whom it has something, each as many as they stand for
	swept    vtime.Time
	stolen   []loot   // by principal
	loot     []uint64 // by store: about how many people something was stolen
	reads    []Set    // by principal: what it can read now
	breaches []Breach
	letters  []Letter
	writing  []vtime.Time // by store: when it sends the notice of an alarm that came, or vtime.Never
	alarms   []uint64     // by store: that came
	events   []Event

	answers []answer // by question
	lore    []*lore  // by population: nil where nobody asks what can be learnt
	crowds  []crowd
	roams   []*roam // by population: nil where nobody asks what places tell
	seed    uint64
	rated   []int32          // intakes with a Rate
	firsts  [][]vtime.Time   // by intake: when each person's first item comes
	lags    []vtime.Duration // by intake: how much was lost, as a time
	rests   [][]rest         // by intake of rated, and person: nil where nobody was down
	resting []int            // by intake of rated: of those, who is down now
	deaf    []bool           // by intake: its store is down
	// fullness is by store what it had no room for.
	fullness []Fullness
	poured   vtime.Time
	moved    []int32 // people of whom a row was begun or emptied since the last Refresh
	isMoved  []bool
}

// A cursor is how far an intake has come with what there is about a person: until when, -1
// where nothing came yet, and, of a copy, to which item.
type cursor struct {
	at    vtime.Time
	total uint64
}

// A stop is that a store was told not to process data about a person, for a purpose, by a right.
type stop struct {
	store, person, purpose int32
	right                  Right
}

// loot is what a principal took, which stays with it. It is empty where it took nothing.
type loot struct {
	of     []Set  // by person: shelves
	whole  []Span // by row: all that it has of it
	people []int  // by store: about how many there are in it
}

const (
	flagAsked   = 1 << iota // in asksOf
	flagStopped             // in stopped
)

// New returns the state at time 0: stores hold what they have from the start.
// It fails where a model is too large to say what can be learnt.
func New(m *Model, seed uint64) (*State, error) {
	n := int(m.People())
	s := &State{
		Model: m, base: make([]int32, len(m.Shelves)), first: make([]int32, len(m.Shelves)), count: make([]int32, len(m.Shelves)),
		gap: make([]vtime.Duration, len(m.Shelves)), inStore: make([]Set, len(m.Stores)),
		revived: make([]Set, len(m.Shelves)), items: make([]uint64, len(m.Shelves)), peak: make([]uint64, len(m.Shelves)), cursors: make([][]cursor, len(m.Intakes)),
		held: make([]Set, n), kept: make([]Set, n), flags: make([]uint8, n), isMoved: make([]bool, n),
		asksOf: map[int32][]int32{}, stopped: map[stop]bool{}, forgot: make([][]forgotten, len(m.Stores)), makes: make([][]int32, len(m.Shelves)), hands: make([][]int32, len(m.Shelves)), handed: make([]batches, len(m.Shelves)), taps: make([][]int32, len(m.Shelves)),
		stolen: make([]loot, len(m.Principals)), loot: make([]uint64, len(m.Stores)),
		heard: make([][]Due, len(m.Stores)), pending: make([][]Due, len(m.Stores)), totals: make([][len(rights)]Total, len(m.Stores)), growth: make([]growth, len(m.Stores)), subjects: make([]int64, len(m.Stores)), reads: make([]Set, len(m.Principals)),
		writing: slices.Repeat([]vtime.Time{vtime.Never}, len(m.Stores)), alarms: make([]uint64, len(m.Stores)),
	}
	rows := int32(0)
	for i := range m.Shelves {
		sh := &m.Shelves[i]
		p := &m.Populations[m.Attributes[sh.Attribute].Population]
		s.base[i], s.first[i], s.count[i] = rows, p.First, p.Count
		s.gap[i] = 2 * min(sh.Fine, math.MaxInt64/2)
		s.inStore[sh.Store].Put(int32(i), true)
		rows += p.Count
	}
	s.rows, s.fullness = make([]row, rows), slices.Repeat([]Fullness{{Since: -1}}, len(m.Stores))
	for i := range m.Principals {
		s.reads[i] = m.Principals[i].Reads
	}
	for i := range m.Intakes {
		in := &m.Intakes[i]
		if in.Kind != Collected {
			s.cursors[i] = slices.Repeat([]cursor{{at: -1}}, int(s.count[in.Shelf]))
		}
		switch {
		case in.Kind == Derived:
			for _, from := range in.From {
				s.makes[from] = append(s.makes[from], int32(i))
			}
		case in.Kind == Copied && s.HandsOn(in.From[0]):
			s.hands[in.From[0]] = append(s.hands[in.From[0]], int32(i))
		}
	}
	s.draw(seed)
	s.makeRates(seed)
	for i := range m.Shelves {
		s.stock(int32(i))
	}
	for i := range m.Stores {
		_, bytes := s.Items(int32(i))
		s.growth[i] = growth{bytes: bytes, came: s.cameBytes(int32(i)), start: bytes}
	}
	s.makeAnswers()
	s.makeCrowds()
	s.Dirty = true
	if err := s.makeRoams(seed); err != nil {
		return nil, err
	}
	return s, s.makeLore()
}

// stock puts what a shelf has from the start on it: of the first of the population, as many
// as its share says.
func (s *State) stock(shelf int32) {
	sh := &s.Shelves[shelf]
	n := int32(float64(float64(s.count[shelf])*sh.Share) + 0.5)
	for k := range n {
		s.put(shelf, s.first[shelf]+k, Span{N: 1, Via: -1}, asTheyAre)
	}
}

// row returns what a shelf has about a person.
func (s *State) row(shelf, person int32) *row {
	return &s.rows[s.base[shelf]+person-s.first[shelf]]
}

// has reports whether a shelf can have something about a person.
func (s *State) has(shelf, person int32) bool {
	k := person - s.first[shelf]
	return k >= 0 && k < s.count[shelf]
}

// asTheyAre says that items came at the times that they are of.
const asTheyAre = vtime.Time(-1)

// put puts items on a shelf that came at a time.
func (s *State) put(shelf, person int32, span Span, came vtime.Time) {
	if span = s.fitting(shelf, span); span.N == 0 {
		return
	}
	s.unwelcome(shelf, person, span, came)
	r := s.row(shelf, person)
	empty := r.last.N == 0
	s.peak[shelf] += span.N
	if s.Stores[s.Shelves[shelf].Store].Last {
		s.retain(shelf, r, span)
		empty = empty || !s.Shelves[shelf].Basis.Ends() // how long it may be kept goes by the first item
	} else {
		r.add(span, s.gap[shelf])
		r.condense(spansEach(len(s.rows)))
		s.items[shelf] += span.N
	}
	if empty {
		s.turned(shelf, person)
	}
}

// turned finds out anew whether a shelf has something about a person, and whether it may.
func (s *State) turned(shelf, person int32) {
	r := s.row(shelf, person)
	any := r.last.N > 0
	keep := any && s.mayKeep(shelf, person, r)
	was := s.held[person]
	in := s.inStore[s.Shelves[shelf].Store]
	before := was.Or(s.kept[person]).And(in)
	s.held[person].Put(shelf, any && !keep)
	s.kept[person].Put(shelf, keep)
	after := s.held[person].Or(s.kept[person]).And(in)
	switch {
	case after.Any() && !before.Any():
		s.subjects[s.Shelves[shelf].Store] += int64(s.stands(shelf))
	case before.Any() && !after.Any():
		s.subjects[s.Shelves[shelf].Store] -= int64(s.stands(shelf))
	}
	s.left(person, was)
	s.move(person)
}

// mayKeep reports whether a basis lets a shelf keep all that it has about a person who wants it
// erased: what the law demands still, as of the last sweep, and what came since on a basis
// that does not end by that. As later items may stay where earlier ones may, the first one tells.
func (s *State) mayKeep(shelf, person int32, r *row) bool {
	sh := &s.Shelves[shelf]
	if sh.Basis.Ends() {
		return false
	}
	from, _ := r.extent()
	if sh.KeepFor > 0 && s.swept.Sub(from) <= sh.KeepFor {
		return true
	}
	a := s.asked(person, Erasure, -1, sh.Store)
	return a != nil && from > a.At
}

// move notes that something about a person has come or gone.
func (s *State) move(person int32) {
	s.Dirty = true
	if !s.isMoved[person] {
		s.isMoved[person] = true
		s.moved = append(s.moved, person)
	}
}

// Holders returns how many stores have something about a person.
func (s *State) Holders(person int32) (n int) {
	all := s.held[person].Or(s.kept[person])
	for i := range s.inStore {
		if in := all.And(s.inStore[i]); in.Any() {
			n++
		}
	}
	return n
}

// Items returns how many items a store holds, and of how many bytes.
func (s *State) Items(store int32) (n uint64, bytes float64) {
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		items := s.items[i] * s.stands(i)
		n += items
		bytes += float64(float64(items) * s.Shelves[i].Bytes)
	}
	return n, bytes
}

// Came returns how many items ever came to a store.
func (s *State) Came(store int32) (n uint64) {
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		n += s.peak[i] * s.stands(i)
	}
	return n
}

// stands returns for how many people each one stands whom a shelf has something about.
func (s *State) stands(shelf int32) uint64 {
	return uint64(max(1, s.Populations[s.Attributes[s.Shelves[shelf].Attribute].Population].Stands))
}

// Subjects returns about how many people a store has something.
func (s *State) Subjects(store int32) int { return int(s.subjects[store]) }

// Oldest returns the time of the oldest item of a store, or vtime.Never where it is empty.
func (s *State) Oldest(store int32) vtime.Time {
	oldest := vtime.Never
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		for k := range s.count[i] {
			if r := &s.rows[s.base[i]+k]; r.last.N > 0 {
				from, _ := r.extent()
				oldest = min(oldest, from)
			}
		}
	}
	return oldest
}
