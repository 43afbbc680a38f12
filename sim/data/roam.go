package data

import (
	"github.com/harmproof/harmproof/sim/data/places"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A roam is what stores know of where the people of a population were, and who can be found by that.
//
// A shelf that is located has a trace of everybody: for each of its items the block that they were in
// then, and the span of time. Two stores whose traces say the same of a person can be joined by that,
// as surely as few others share as many of these points (places.Matcher). That is looked at once a day,
// when somebody takes a store, and when a backup is put back.
type roam struct {
	population int32
	where      *places.Whereabouts
	located    []located
	pairs      []trail
	maps       []chart // of what was looked at last
}

// A chart is the traces of a located shelf while it is looked at, and their index where one was needed.
type chart struct {
	at     located
	when   vtime.Duration
	wide   int32
	traces *places.Traces
	index  *places.Index
}

// A located is a shelf that says where people were.
type located struct {
	shelf int32
	thief int32 // a principal that took it; -1: the shelf itself
}

// A trail is how people of one located shelf are found in another one.
type trail struct {
	from, to int32 // of located
	when     vtime.Duration
	wide     int32
	found    []found // by person
}

// A found is what a trace has in common with the one that is most like it.
type found struct {
	shared int32 // points
	alike  int32 // people who share as many, who is sought among them; 0: who is sought is not
}

func (f found) sure() float64 {
	if f.alike == 0 {
		return 0
	}
	return 1 / float64(f.alike)
}

// makeRoams finds the shelves that say where people were, of populations of whom that is asked.
func (s *State) makeRoams(seed uint64) error {
	s.roams = make([]*roam, len(s.Populations))
	for i := range s.Questions {
		q := &s.Questions[i]
		var p int32
		switch {
		case q.Kind == Unicity:
			p = s.Attributes[s.Shelves[s.locatedIn(q.Store)].Attribute].Population
		case q.Kind == CanLearn || q.Kind == Confidence:
			p = s.Attributes[q.Attribute].Population
		default:
			continue
		}
		if s.roams[p] != nil || s.Populations[p].Moves == nil {
			continue
		}
		r, err := s.roamOf(p, seed)
		if err != nil {
			return err
		}
		s.roams[p] = r
	}
	s.seed = seed
	return nil
}

// locatedIn returns the first shelf of a store that says where people were, -1 where none does.
func (m *Model) locatedIn(store int32) int32 {
	st := &m.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		if m.Shelves[i].Where > 0 {
			return i
		}
	}
	return -1
}

// trails lists the shelves that say where the people of a population were, and between which of them anybody
// of whom it is asked what they can learn could look for these.
func (m *Model) trails(population int32) (list []located, pairs []trail) {
	for _, thief := range append([]int32{-1}, m.loots()...) {
		for i := range m.Shelves {
			if sh := &m.Shelves[i]; sh.Where > 0 && m.Attributes[sh.Attribute].Population == population {
				list = append(list, located{int32(i), thief})
			}
		}
	}
	for i := range list {
		for j := range list {
			if m.joins(&list[i], &list[j]) && m.compares(population, &list[i], &list[j]) {
				a, b := &m.Shelves[list[i].shelf], &m.Shelves[list[j].shelf]
				pairs = append(pairs, trail{from: int32(i), to: int32(j), when: max(a.When, b.When), wide: max(a.Where, b.Where)})
			}
		}
	}
	return list, pairs
}

func (s *State) roamOf(population int32, seed uint64) (r *roam, err error) {
	r = &roam{population: population}
	p := &s.Populations[population]
	if r.located, r.pairs = s.trails(population); len(r.located) == 0 {
		return nil, nil
	}
	for i := range r.pairs {
		r.pairs[i].found = make([]found, p.Count)
	}
	key := rng.New(seed, p.Name, "moves")
	if m := p.Moves; m.Anywhere {
		r.where, err = places.Anywhere(p.Count, m.Hours, m.Side, key)
	} else {
		w := places.NewTown(p.Count, m.Hours)
		w.Side = m.Side
		r.where, err = w.Whereabouts(key)
	}
	return r, err
}

// joins reports whether it is of use to look for the people of one shelf in another one: not where both
// are of one store, or are joined by a key anyhow, or were taken by two.
func (m *Model) joins(a, b *located) bool {
	from, to := &m.Stores[m.Shelves[a.shelf].Store], &m.Stores[m.Shelves[b.shelf].Store]
	if from == to || a.thief >= 0 && b.thief >= 0 && a.thief != b.thief {
		return false
	}
	for _, k := range append([]string{from.Key}, from.Others...) {
		for _, l := range append([]string{to.Key}, to.Others...) {
			if k == l && k != "" {
				return false
			}
		}
	}
	return true
}

// compares reports whether anybody of whom it is asked what they can learn may read both.
func (m *Model) compares(population int32, a, b *located) bool {
	reads := func(who int32, at *located) bool {
		p := &m.Principals[who]
		return at.thief == who || at.thief < 0 && (p.Intruder >= 0 || p.Reads.Has(at.shelf))
	}
	for i := range m.Questions {
		q := &m.Questions[i]
		if (q.Kind == CanLearn || q.Kind == Confidence) && m.Attributes[q.Attribute].Population == population && reads(q.Principal, a) && reads(q.Principal, b) {
			return true
		}
	}
	return false
}

// points calls a function with each span of time and block that a located shelf says a person was in.
// Items are evenly spread between the first and the last of a span, as far as anybody knows.
func (s *State) points(r *roam, at *located, person int32, when vtime.Duration, wide int32, add func(span, block int32)) {
	spans := s.row(at.shelf, person).spans()
	if at.thief >= 0 {
		spans = nil
		if l := &s.stolen[at.thief]; l.whole != nil {
			spans = []Span{l.whole[s.base[at.shelf]+person-s.first[at.shelf]]}
		}
	}
	p := &s.Populations[r.population]
	block := places.Blocks(p.Moves.Side, wide)
	for i := range spans {
		span := &spans[i]
		if span.N == 0 {
			continue
		}
		// Nothing changes within an hour, nor within what is told apart.
		step := max(span.step(), min(when, vtime.Hour))
		last := min(span.To, vtime.Time(p.Moves.Hours)*vtime.Time(vtime.Hour)) // later nobody is anywhere
		for t := max(span.From, 0); ; t = min(t.Add(step), last) {
			if cell := r.where.At(person-p.First, int32(t/vtime.Time(vtime.Hour))); cell != places.Nowhere {
				add(int32(vtime.Duration(t)/when), block(cell))
			}
			if t >= last {
				break
			}
		}
	}
}

// chart returns the traces of a located shelf as it is now.
func (s *State) chart(r *roam, at located, when vtime.Duration, wide int32) *chart {
	for i := range r.maps {
		if c := &r.maps[i]; c.at == at && c.when == when && c.wide == wide {
			return c
		}
	}
	b := places.NewBuilder()
	p := &s.Populations[r.population]
	for k := range p.Count {
		s.points(r, &at, p.First+k, when, wide, b.Add)
		b.Next()
	}
	t, err := b.Traces()
	if err != nil { // compile allows no more than fits: what does not is not known
		t, _ = places.NewBuilder().Traces()
	}
	r.maps = append(r.maps, chart{at, when, wide, t, nil})
	return &r.maps[len(r.maps)-1]
}

// indexed returns the index of a chart.
func (c *chart) indexed() *places.Index {
	if c.index == nil {
		c.index = c.traces.Index()
	}
	return c.index
}

// look finds anew who can be found by where they were.
func (s *State) look() {
	for i := range s.Questions {
		if q := &s.Questions[i]; q.Kind == Unicity {
			s.answers[i].share = s.unicity(q)
			s.Dirty = true
		}
	}
	for _, r := range s.roams {
		if r == nil {
			continue
		}
		for i := range r.pairs {
			s.follow(r, &r.pairs[i])
		}
		r.maps = nil
	}
}

// follow looks for everybody whom one located shelf knows in another one.
func (s *State) follow(r *roam, x *trail) {
	to, first := s.chart(r, r.located[x.to], x.when, x.wide).traces, s.Populations[r.population].First
	var from *places.Traces
	var m *places.Matcher
	if to.Len() > 0 { // else nobody is there yet, or any longer
		from = s.chart(r, r.located[x.from], x.when, x.wide).traces
		m = s.chart(r, r.located[x.to], x.when, x.wide).indexed().Matcher(0)
	}
	for k := range int32(len(x.found)) {
		f := found{}
		if m != nil && k < from.People() {
			f.shared, f.alike = m.Among(from.Of(k), k)
		}
		if x.found[k] == f {
			continue
		}
		if x.found[k].alike != f.alike {
			s.move(first + k)
		}
		x.found[k] = f
	}
}

// unicity is the share of people whom so many points of what a store knows tell apart.
func (s *State) unicity(q *Question) float64 {
	shelf := s.locatedIn(q.Store)
	sh := &s.Shelves[shelf]
	r := s.roams[s.Attributes[sh.Attribute].Population]
	return s.chart(r, located{shelf, -1}, sh.When, sh.Where).indexed().Unicity(int(q.Points), s.pointsOf(shelf))
}

// pointsOf is the luck by which points of a located shelf are picked.
func (s *State) pointsOf(shelf int32) rng.Key {
	sh := &s.Shelves[shelf]
	return rng.New(s.seed, s.Stores[sh.Store].Name+"."+s.Attributes[sh.Attribute].Name, "points")
}

// number returns the store of a linker that a located shelf is of.
func (l *lore) number(s *State, at *located) int32 {
	store, n := s.Shelves[at.shelf].Store, int32(len(s.Stores))
	for j, who := range l.thieves {
		if at.thief == who {
			return n + int32(j)*n + store
		}
	}
	return store
}

// together returns the surest trail from a record of a person in one store of a linker to that in another
// one, of what can be read in both; nil where there is none.
func (s *State) together(l *lore, from, to, k int32) (best *trail) {
	r := s.roams[l.population]
	if r == nil {
		return nil
	}
	sees := func(at *located, store int32) bool {
		return l.number(s, at) == store && l.Held(store, k)&l.reads[store]>>l.shelf[at.shelf]&1 != 0
	}
	for i := range r.pairs {
		x := &r.pairs[i]
		if x.found[k].alike > 0 && (best == nil || x.found[k].alike < best.found[k].alike) && sees(&r.located[x.from], from) && sees(&r.located[x.to], to) {
			best = x
		}
	}
	return best
}
