package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data/anonymity"
	"github.com/harmproof/harmproof/sim/data/link"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A lore is what can be learnt about the people of a population: a linker, whose stores are
// those of the model and then, for each attacker, what it took of each.
type lore struct {
	*link.Linker
	population int32
	first      int32
	thieves    []int32 // principals that are attackers
	attribute  []int32 // by attribute of the model: its number here, -1 where it is of others
	shelf      []int32 // by shelf: what it has, as a number here; a guess at its attribute where that was inferred
	sure       []float64
	reads      []uint64
	marked     []bool // people who are to be asked about anew
	marks      []int32
	series     []series // that rules need
	ripe       []uint64 // by person: which of them there were when they were asked about last, as a hash
}

// A series is what a rule needs: an attribute over a time, in items so far apart at most.
type series struct {
	attribute  int32 // of the linker
	long, fine vtime.Duration
}

// loots lists the principals that are attackers.
func (m *Model) loots() (list []int32) {
	for i := range m.Principals {
		if m.Principals[i].Intruder >= 0 {
			list = append(list, int32(i))
		}
	}
	return list
}

// makeLore makes what questions about learning need, for the populations that they are about.
func (s *State) makeLore() error {
	s.lore = make([]*lore, len(s.Populations))
	for i := range s.Questions {
		q := &s.Questions[i]
		if q.Kind != CanLearn && q.Kind != Confidence {
			continue
		}
		if p := s.Attributes[q.Attribute].Population; s.lore[p] == nil {
			l, err := s.loreOf(p)
			if err != nil {
				return err
			}
			s.lore[p] = l
		}
	}
	return nil
}

// loreOf makes the linker of a population.
func (s *State) loreOf(population int32) (*lore, error) {
	p := &s.Populations[population]
	l := &lore{population: population, first: p.First, thieves: s.Model.loots(), ripe: make([]uint64, p.Count), attribute: slices.Repeat([]int32{-1}, len(s.Attributes)), marked: make([]bool, p.Count)}
	m := link.Model{People: p.Count}
	for i := range s.Attributes {
		if a := &s.Attributes[i]; a.Population == population {
			l.attribute[i] = int32(len(m.Attributes))
			b := link.Attribute{Name: a.Name, Identifies: a.Kind == Identifier}
			if a.Trait {
				b.Levels, b.Widths = s.levels(int32(i)), append([]int32{1}, s.Model.widths(int32(i))...)
			}
			m.Attributes = append(m.Attributes, b)
		}
	}
	domain := func(name string) int32 {
		at := slices.Index(m.Domains, name)
		if at < 0 {
			at = len(m.Domains)
			m.Domains = append(m.Domains, name)
		}
		return int32(at)
	}
	for i := range s.Stores {
		st := &s.Stores[i]
		b := link.Store{Name: st.Name}
		if st.Key != "" {
			b.Keys = append(b.Keys, domain(st.Key))
		}
		for _, k := range st.Others {
			b.Keys = append(b.Keys, domain(k))
		}
		b.Coarse = s.coarse(l, int32(i))
		m.Stores = append(m.Stores, b)
	}
	for _, who := range l.thieves {
		for i := range s.Stores {
			b := m.Stores[i]
			b.Name += " as " + s.Principals[who].Name + " took it"
			m.Stores = append(m.Stores, b)
		}
	}
	l.guesses(s, &m)
	l.rules(s, &m)
	m.Series = func(store, attribute, person int32) (long, fine vtime.Duration) {
		return s.series(l, store, attribute, l.first+person)
	}
	if s.roams[population] != nil {
		m.Together = func(from, to, k int32) float64 {
			if x := s.together(l, from, to, k); x != nil {
				return x.found[k].sure()
			}
			return 0
		}
		m.How = func(from, to, k int32) string { return s.howTogether(l, from, to, k) }
	}
	var err error
	l.Linker, err = link.New(m)
	l.reads = make([]uint64, len(m.Stores))
	return l, err
}

// levels returns what people have of a trait: as it is, then in the bands in which shelves keep
// it, the narrowest first.
func (s *State) levels(attribute int32) [][]int32 {
	list := [][]int32{s.traits[attribute]}
	for _, width := range s.Model.widths(attribute) {
		list = append(list, anonymity.Bands(s.traits[attribute], width))
	}
	return list
}

// widths lists the bands in which shelves keep a trait, the narrowest first.
func (m *Model) widths(attribute int32) (list []int32) {
	for i := range m.Shelves {
		if sh := &m.Shelves[i]; sh.Attribute == attribute && sh.Coarse > 1 {
			list = append(list, sh.Coarse)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// coarse lists the traits that a store keeps in bands; of several shelves the finest counts.
func (s *State) coarse(l *lore, store int32) (list []link.Coarse) {
	st := &s.Stores[store]
	for a, at := range l.attribute {
		finest := int32(-1)
		for i := st.First; i < st.First+st.Count; i++ {
			if sh := &s.Shelves[i]; sh.Attribute == int32(a) && s.Attributes[a].Trait && at >= 0 {
				if level := int32(slices.Index(s.Model.widths(int32(a)), sh.Coarse) + 1); finest < 0 || level < finest {
					finest = level
				}
			}
		}
		if finest > 0 {
			list = append(list, link.Coarse{Attribute: at, Level: finest})
		}
	}
	return list
}

// rules adds the inferences of the system's own stores, and those of the literature whose
// attributes are known here by the same names.
func (l *lore) rules(s *State, m *link.Model) {
	for i := range s.Intakes {
		in := &s.Intakes[i]
		gives := l.attribute[s.Shelves[in.Shelf].Attribute]
		if in.Kind != Derived || gives < 0 {
			continue
		}
		r := link.Rule{Name: in.Rule, Gives: gives, Least: in.Accuracy, Most: in.Accuracy, Source: "as the scenario says", Assumed: true}
		for _, from := range in.From {
			p := link.Premise{Attribute: l.attribute[s.Shelves[from].Attribute]}
			if !slices.Contains(r.From, p) {
				r.From = append(r.From, p)
			}
		}
		if slices.Contains(r.From, link.Premise{Attribute: gives}) {
			continue // what is known anyway
		}
		if r.Name == "" {
			r.Name = m.Attributes[gives].Name + " of " + s.Stores[s.Shelves[in.Shelf].Store].Name
		}
		m.Rules = append(m.Rules, r)
	}
	named := func(name string) int32 {
		return int32(slices.IndexFunc(m.Attributes, func(a link.Attribute) bool { return a.Name == name }))
	}
	for _, f := range link.Findings() {
		r := link.Rule{Name: f.Name, Gives: named(f.Gives), Least: f.Least, Most: f.Most, Source: f.Source, Assumed: f.Assumed}
		known := r.Gives >= 0
		for _, g := range f.From {
			at := named(g.Name)
			known = known && at >= 0
			r.From = append(r.From, link.Premise{Attribute: at, Long: g.Long, Fine: g.Fine})
		}
		if !known {
			continue
		}
		m.Rules = append(m.Rules, r)
		for _, p := range r.From {
			if p.Long > 0 || p.Fine > 0 {
				l.series = append(l.series, series{p.Attribute, p.Long, p.Fine})
			}
		}
	}
}

// series says over how long a time a store of the linker has an attribute of somebody, and how
// fine. Who took something has the series as it was then.
func (s *State) series(l *lore, store, attribute, person int32) (long, fine vtime.Duration) {
	n := int32(len(s.Stores))
	st := &s.Stores[store%n]
	for i := st.First; i < st.First+st.Count; i++ {
		if l.attribute[s.Shelves[i].Attribute] != attribute {
			continue
		}
		span := s.whole(i, person)
		if store >= n {
			span = s.stolen[l.thieves[store/n-1]].whole[s.base[i]+person-s.first[i]]
		}
		if span.N > 1 {
			return span.To.Sub(span.From), max(s.Shelves[i].Fine, s.Shelves[i].When, span.step())
		}
	}
	return 0, vtime.Duration(1) << 62
}

// whole returns all that a shelf has about a person as one span.
func (s *State) whole(shelf, person int32) (span Span) {
	r := s.row(shelf, person)
	span.From, span.To = r.extent()
	span.N = r.held()
	return span
}

// ripe returns which series that rules need there are about a person, as a hash (FNV-1a).
func (s *State) ripe(l *lore, person int32) (hash uint64) {
	hash = 14695981039346656037
	for i := range l.series {
		need := &l.series[i]
		for store := range int32(len(s.Stores)) {
			hash *= 1099511628211
			if long, fine := s.series(l, store, need.attribute, person); long >= need.long && (need.fine == 0 || fine <= need.fine) {
				hash ^= 1
			}
		}
	}
	return hash
}

// record returns the attributes of a set of shelves that a store has.
func (s *State) record(l *lore, store int32, in Set) (mask uint64) {
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		if a := l.shelf[i]; a >= 0 && in.Has(i) {
			mask |= link.Record | 1<<a
		}
	}
	return mask
}

// enter brings what the linker knows about a person up to date, and marks everybody about
// whom something else may be learnt now.
func (s *State) enter(l *lore, person int32) {
	k, n := person-l.first, int32(len(s.Stores))
	mark := func(p int32) {
		if !l.marked[p] {
			l.marked[p] = true
			l.marks = append(l.marks, p)
		}
	}
	mark(k)
	set := func(store int32, mask uint64) {
		if l.Held(store, k) == mask {
			return
		}
		if mask == 0 {
			l.Erase(store, k)
		} else {
			l.Put(store, k, mask)
		}
		l.Touched(store, k, mark)
	}
	all := s.held[person].Or(s.kept[person])
	for i := range s.Stores {
		set(int32(i), s.record(l, int32(i), all))
	}
	for j, who := range l.thieves {
		if s.stolen[who].of == nil {
			continue
		}
		for i := range s.Stores {
			set(n+int32(j)*n+int32(i), s.record(l, int32(i), s.stolen[who].of[person]))
		}
	}
}

// grown looks once a day about whom series have become long enough for a rule, or are so no
// longer.
func (s *State) grown() {
	for _, l := range s.lore {
		if l == nil || len(l.series) == 0 {
			continue
		}
		for k := range s.Populations[l.population].Count {
			if s.ripe(l, l.first+k) != l.ripe[k] {
				s.move(l.first + k)
			}
		}
	}
}

// learn answers the questions about what can be learnt, of all about whom that may have
// changed.
func (s *State) learn(set func(question, k int, x float64)) {
	for _, l := range s.lore {
		if l == nil {
			continue
		}
		count := s.Populations[l.population].Count
		for _, p := range s.moved {
			if p >= l.first && p < l.first+count {
				s.enter(l, p)
			}
		}
		for i := range s.Questions {
			q := &s.Questions[i]
			if q.Kind != CanLearn && q.Kind != Confidence || s.Attributes[q.Attribute].Population != l.population {
				continue
			}
			s.readsOf(l, q.Principal)
			for _, k := range l.marks {
				if at := l.first + k - q.Person; at >= 0 && at < q.Count {
					set(i, int(at), q.judge(s.sure(l, k, l.attribute[q.Attribute])))
				}
			}
		}
		for _, k := range l.marks {
			l.ripe[k] = s.ripe(l, l.first+k)
			l.marked[k] = false
		}
		l.marks = l.marks[:0]
	}
}

// judge makes an answer of a confidence.
func (q *Question) judge(sure float64) float64 {
	if q.Kind == Confidence {
		return sure
	}
	if sure > 0.5 {
		return 1
	}
	return 0
}

// sure returns how surely an attribute of a person can be learnt by who reads as l.reads
// says.
func (s *State) sure(l *lore, person, attribute int32) float64 {
	l.sure = l.Learn(l.reads, person, l.sure)
	return l.sure[attribute]
}

// readsOf settles what a principal can read.
func (s *State) readsOf(l *lore, principal int32) {
	clear(l.reads)
	n := len(s.Stores)
	for i := range s.Stores {
		l.reads[i] = s.record(l, int32(i), s.reads[principal])
	}
	for j, who := range l.thieves {
		if who == principal {
			for i := range n {
				l.reads[n+j*n+i] = ^uint64(0)
			}
		}
	}
}

// Recipe says how the principal of a question can learn what that is about, of one of its
// people, and how surely; no lines where it cannot.
func (s *State) Recipe(question, k int) (sure float64, lines []string) {
	q := &s.Questions[question]
	l := s.lore[s.Attributes[q.Attribute].Population]
	s.readsOf(l, q.Principal)
	person := q.Person + int32(k) - l.first
	r := l.Linker.Recipe(l.reads, person, l.attribute[q.Attribute])
	return r.Sure, l.Text(r, person)
}
