package data

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

const tick = vtime.Hour

// drawModel draws a small model: a few stores of which the later ones copy the earlier ones.
func drawModel(t *rapid.T) *Model {
	m := &Model{Purposes: []string{"billing", "research"}, Controllers: []string{"utility", "shop"}}
	for i := range rapid.IntRange(1, 2).Draw(t, "populations") {
		p := Population{Name: fmt.Sprint("people", i), Count: int32(rapid.IntRange(1, 6).Draw(t, "people")), First: m.People()}
		m.Populations = append(m.Populations, p)
		at := int32(i)
		m.Attributes = append(m.Attributes,
			Attribute{Name: "name", Population: at, Kind: Identifier, Trait: true},
			Attribute{Name: "postcode", Population: at, Kind: Quasi, Trait: true, Values: 3},
			Attribute{Name: "age", Population: at, Kind: Quasi, Trait: true, Values: 40},
			Attribute{Name: "ill", Population: at, Kind: Sensitive, Trait: true, Values: 2, Shares: []float64{0.7, 0.3}},
			Attribute{Name: "load", Population: at},
			Attribute{Name: "home", Population: at, Kind: Sensitive},
		)
	}
	coarse := map[int32]bool{}
	for i := range rapid.IntRange(2, 4).Draw(t, "stores") {
		st := Store{
			Name: fmt.Sprint("store", i), First: int32(len(m.Shelves)), Keeps: vtime.Duration(rapid.IntRange(0, 3).Draw(t, "keeps")) * day,
			Controller: int32(rapid.IntRange(0, 1).Draw(t, "controller")), Remembers: rapid.Bool().Draw(t, "remembers"), Buffer: rapid.IntRange(0, 5).Draw(t, "buffer") == 0,
		}
		st.Last = !st.Buffer && rapid.IntRange(0, 3).Draw(t, "last") == 0
		if rapid.Bool().Draw(t, "keyed") {
			st.Key = "customer_no"
		}
		m.Stores = append(m.Stores, st)
		for range rapid.IntRange(1, 4).Draw(t, "shelves") {
			drawShelf(t, m, int32(i), coarse)
		}
		m.Stores[i].Count = int32(len(m.Shelves)) - st.First
	}
	drawQuestions(t, m)
	return m
}

// drawShelf draws a shelf of a store, and how it comes by what it has. Those that keep less than
// every item are copied by nobody and keep all: a State knows the times of what they have only about.
func drawShelf(t *rapid.T, m *Model, store int32, coarse map[int32]bool) {
	sh := Shelf{
		Store: store, Attribute: int32(rapid.IntRange(0, len(m.Attributes)-1).Draw(t, "attribute")), Fine: tick, Bytes: 16,
		Purpose: int32(rapid.IntRange(-1, 1).Draw(t, "purpose")), Basis: Basis(rapid.IntRange(0, 5).Draw(t, "basis")),
	}
	if !sh.Basis.Ends() && rapid.Bool().Draw(t, "has to be kept") {
		sh.KeepFor = vtime.Duration(rapid.IntRange(1, 60).Draw(t, "keep for")) * tick
	}
	at := int32(len(m.Shelves))
	in := Intake{Shelf: at, Person: -1}
	switch rapid.IntRange(0, 3).Draw(t, "way") {
	case 0: // from the start
		sh.Attribute -= sh.Attribute%6 - sh.Attribute%4
		sh.Share, sh.Coarse = rapid.Float64Range(0, 1).Draw(t, "share"), rapid.SampledFrom([]int32{0, 5, 10}).Draw(t, "coarse")
		m.Shelves = append(m.Shelves, sh)
		return
	case 1:
		sh.Attribute += 4 - sh.Attribute%6
		if sh.KeepFor == 0 && rapid.IntRange(0, 3).Draw(t, "thin") == 0 {
			m.Stores[store].Keeps, sh.Basis, sh.Fine = 0, Contract, vtime.Duration(rapid.IntRange(2, 3).Draw(t, "fine"))*tick
			in.Thin, coarse[at] = sh.Fine, true
		}
	case 2:
		if from := int32(rapid.IntRange(0, int(at)).Draw(t, "from")); from < m.Stores[store].First && !coarse[from] {
			in.Kind, in.From, in.Each = Copied, []int32{from}, rapid.Bool().Draw(t, "each")
			sh.Attribute, sh.Fine = m.Shelves[from].Attribute, m.Shelves[from].Fine
			if st := &m.Stores[store]; sh.KeepFor == 0 && rapid.IntRange(0, 3).Draw(t, "finer") == 0 {
				st.Keeps, sh.Basis, sh.Fine = 0, Contract, vtime.Duration(rapid.IntRange(2, 3).Draw(t, "fine"))*tick
				coarse[at] = true
			}
			break
		}
		fallthrough
	default:
		population := sh.Attribute / 6
		sh.Attribute = population*6 + 5
		for from := m.Stores[store].First; from < at && len(in.From) < 2; from++ {
			if m.Shelves[from].Attribute/6 == population && !coarse[from] && rapid.Bool().Draw(t, "of") {
				in.Kind, in.From, in.Accuracy = Derived, append(in.From, from), 0.85
			}
		}
		if in.Kind != Derived {
			sh.Attribute--
		}
	}
	m.Shelves, m.Intakes = append(m.Shelves, sh), append(m.Intakes, in)
}

// drawQuestions asks all that can be asked.
func drawQuestions(t *rapid.T, m *Model) {
	ask := func(q Question) { m.Questions = append(m.Questions, q) }
	for _, grace := range []vtime.Duration{0, 20 * tick, 50 * tick} {
		ask(Question{Kind: KeptAfterErasure, Grace: grace})
		ask(Question{Kind: CollectedAfterOptOut, Grace: grace})
		ask(Question{Kind: Unanswered, Grace: grace})
		ask(Question{Kind: KeptAfterErasure, Grace: grace, Extends: 15 * tick})
		ask(Question{Kind: Unanswered, Grace: grace, Extends: 15 * tick})
	}
	for i := range m.Populations {
		p := &m.Populations[i]
		ask(Question{Kind: HoldersOf, Person: p.First, Count: p.Count})
		for who := range int32(2) {
			for a := range int32(6) {
				ask(Question{Kind: Confidence, Principal: who, Attribute: int32(i)*6 + a, Person: p.First, Count: p.Count})
				ask(Question{Kind: CanLearn, Principal: who, Attribute: int32(i)*6 + a, Person: p.First, Count: p.Count})
			}
		}
	}
	reader := Principal{Name: "reader", Intruder: -1}
	for i := range m.Shelves {
		reader.Reads.Put(int32(i), m.Shelves[i].Store < 2)
	}
	m.Principals = []Principal{reader, {Name: "thief", Intruder: 0}}
	for store := range int32(len(m.Stores)) {
		ask(Question{Kind: StolenFrom, Store: store})
		ask(Question{Kind: KAnonymity, Store: store})
		ask(Question{Kind: UniqueShare, Store: store})
		for i := m.Stores[store].First; i < m.Stores[store].First+m.Stores[store].Count; i++ {
			if a := m.Shelves[i].Attribute; m.Attributes[a].Kind == Sensitive && m.Attributes[a].Trait {
				ask(Question{Kind: LDiversity, Store: store, Attribute: a})
				ask(Question{Kind: TCloseness, Store: store, Attribute: a})
			}
		}
	}
}

// A pair is a State and what it is held against.
type pair struct {
	t      *rapid.T
	m      *Model
	s      *State
	n      *naive
	coarse map[int32]bool
	losses int
}

// A State says after every step what follows from each single item, wherever it was taken up from
// a snapshot.
func TestAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		s, err := New(m, 7)
		require.NoError(t, err)
		p := &pair{t: t, m: m, s: s, n: newNaive(m, s), coarse: map[int32]bool{}}
		for i := range m.Intakes {
			if in := &m.Intakes[i]; in.Thin > 0 || in.Kind == Copied && m.Shelves[in.Shelf].Fine > m.Shelves[in.From[0]].Fine {
				p.coarse[in.Shelf] = true
			}
		}
		p.compare()
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			p.step()
			p.compare()
		}
		p.scratch()
	})
}

// goOn lets time pass.
func (p *pair) goOn(to vtime.Time) {
	for next := p.s.Next(); next <= to; next = p.s.Next() {
		p.n.now = next
		p.s.Advance(next)
		if next >= p.n.swept.Add(day) {
			p.n.inferAll()
			p.n.sweep()
		}
	}
	p.n.now = to
}

// ticks lets some hours pass, in which devices tell.
func (p *pair) ticks(n int) {
	silent := rapid.Uint64().Draw(p.t, "silent")
	for range n {
		p.goOn((p.n.now/vtime.Time(tick) + 1) * vtime.Time(tick))
		for i := range p.m.Intakes {
			in := &p.m.Intakes[i]
			if in.Kind != Collected {
				continue
			}
			for k := range int(p.n.people(in.Shelf).Count) {
				if silent>>((i*7+k)%64)&1 == 0 {
					p.s.Collect(int32(i), k, p.n.now)
					p.n.collect(int32(i), int32(k))
				}
			}
		}
		p.n.write()
		for len(p.n.letters) > 0 && rapid.IntRange(0, 3).Draw(p.t, "post") > 0 {
			p.post()
		}
	}
}

// post has the next message of a broker come, or get lost. More losses leave more spans behind than a row
// remembers.
func (p *pair) post() {
	l := p.n.letters[0]
	p.n.letters = p.n.letters[1:]
	if p.losses < 8 && rapid.IntRange(0, 3).Draw(p.t, "lost") == 0 {
		p.losses++
		return
	}
	p.s.Receive(l.intake, l.sent, p.n.now)
	p.n.receive(l)
}

// copies has a store copy what another one has, or subscribe to it anew.
func (p *pair) copies(intake int32) {
	in := &p.m.Intakes[intake]
	if p.s.HandsOn(in.From[0]) {
		p.s.Subscribe(intake, p.n.now)
		p.n.subscribe(intake)
		return
	}
	k := rapid.IntRange(0, int(p.n.people(in.Shelf).Count)-1).Draw(p.t, "member")
	p.s.Copy(intake, k, p.n.now)
	p.n.copy(intake, int32(k))
}

func (p *pair) step() {
	t := p.t
	p.goOn(p.n.now.Add(vtime.Minute))
	store := int32(rapid.IntRange(0, len(p.m.Stores)-1).Draw(t, "store"))
	person := int32(rapid.IntRange(0, int(p.m.People())-1).Draw(t, "person"))
	right, purpose := Right(rapid.IntRange(0, 4).Draw(t, "right")), int32(rapid.IntRange(-1, 1).Draw(t, "purpose"))
	switch rapid.IntRange(0, 9).Draw(t, "step") {
	case 0, 1:
		p.ticks(rapid.IntRange(1, 40).Draw(t, "hours"))
	case 2, 3:
		if i := rapid.IntRange(0, len(p.m.Intakes)).Draw(t, "intake"); i < len(p.m.Intakes) && p.m.Intakes[i].Kind == Copied {
			p.copies(int32(i))
		}
	case 4:
		to := int32(rapid.IntRange(-1, 1).Draw(t, "to"))
		p.s.AskOf(person, right, purpose, to, p.n.now)
		p.n.ask(person, right, purpose, to)
	case 5:
		p.extend(Extension{store, person, right, p.n.now, vtime.Duration(rapid.IntRange(1, 40).Draw(t, "longer")) * tick})
	case 6:
		p.request(store, person, right, purpose)
	case 7:
		for i := p.m.Stores[store].First; i < p.m.Stores[store].First+p.m.Stores[store].Count; i++ {
			if p.coarse[i] {
				return
			}
		}
		require.Equal(t, p.n.restore(store), p.s.Restore(store, p.n.now), "put back")
	case 8:
		if rapid.IntRange(0, 3).Draw(t, "loses") == 0 {
			require.Equal(t, p.n.lose(store), p.s.Crash(store))
			return
		}
		if p.m.Stores[store].Last {
			p.s.Eavesdrop(1, store, p.n.now)
		} else {
			p.s.Steal(1, store, p.n.now)
		}
		p.n.steal(1, store)
	default:
		p.s.Grant(0, store, rapid.Bool().Draw(t, "may"))
		p.again()
	}
}

// extend has a store say that it takes longer, which counts once.
func (p *pair) extend(e Extension) {
	done := p.s.did(e.Store, e.Right, e.Person, -1)
	require.False(p.t, p.s.do(e.Store, Due{Right: e.Right, Number: Number(e.Person, -1), Extends: e.By}, e.At))
	if !done && !slices.ContainsFunc(p.n.extends, func(x Extension) bool { return x.Store == e.Store && x.Person == e.Person && x.Right == e.Right }) {
		p.n.extends = append(p.n.extends, e)
	}
}

// request has a store do what somebody asks, or nobody.
func (p *pair) request(store, person int32, right Right, purpose int32) {
	if rapid.IntRange(0, 9).Draw(p.t, "forged") == 0 {
		forged := p.s.Forged
		require.False(p.t, p.s.do(store, Due{Right: right, Number: rapid.SampledFrom([]float64{0, -1, 0.5, 1e300, Number(person+40, purpose)}).Draw(p.t, "number")}, p.n.now))
		require.Equal(p.t, forged+1, p.s.Forged)
		return
	}
	due := Due{Right: right, Number: Claimed(Number(person, purpose), right)}
	if right > Access {
		due.Right = OptOut // by the same message
	}
	p.s.do(store, due, p.n.now)
	switch right {
	case Erasure:
		p.n.erase(store, person)
	case OptOut, Withdrawal, Objection:
		p.n.stops[stop{store, person, purpose, right}] = true
	case Access:
		p.n.replies[stop{store: store, person: person}] = p.n.now
	}
}

// again goes on from a snapshot.
func (p *pair) again() {
	a := snapshot.New(0)
	p.s.Archive(a)
	s, err := New(p.m, 7)
	require.NoError(p.t, err)
	from := snapshot.Of(a.Bytes())
	s.Archive(from)
	from.Done()
	require.NoError(p.t, from.Err())
	b := snapshot.New(0)
	s.Archive(b)
	require.Equal(p.t, a.Bytes(), b.Bytes())
	p.s = s
}

// compare compares all that there is and all that is asked.
func (p *pair) compare() {
	told := map[[2]int]float64{}
	p.s.Refresh(func(question, person int, value float64) { told[[2]int{question, person}] = value })
	for i := range p.m.Questions {
		q := &p.m.Questions[i]
		for k := range int(max(1, q.Count)) {
			if x, ok := told[[2]int{i, k}]; ok {
				require.Equal(p.t, x, p.s.Value(i, k), "told")
			}
			if q.Kind != Confidence && q.Kind != CanLearn {
				require.Equal(p.t, p.n.answer(i, k), p.s.Value(i, k), "question %d %+v about %d at %v", i, *q, k, p.n.now)
			}
		}
	}
	for i := range int32(len(p.m.Shelves)) {
		p.compareShelf(i)
	}
}

func (p *pair) compareShelf(i int32) {
	t, all := p.t, uint64(0)
	p.n.everybody(i, func(person int32) {
		list := p.n.items[place{i, person}]
		all += uint64(len(list))
		r := p.s.row(i, person)
		require.LessOrEqual(t, len(r.older), maxSpans)
		from, to, n, ok := p.s.Span(i, person)
		require.Equal(t, len(list) > 0, ok, "shelf %d about %d", i, person)
		require.EqualValues(t, len(list), n, "shelf %d about %d at %v", i, person, p.n.now)
		if !ok || p.coarse[i] {
			return
		}
		require.Equal(t, [2]vtime.Time{list[0].at, list[len(list)-1].at}, [2]vtime.Time{from, to}, "shelf %d about %d", i, person)
		if len(r.older) < maxSpans {
			p.compareLineage(i, person, list)
		}
	})
	require.Equal(t, all, p.s.items[i])
}

// compareLineage checks that the items are those of the spans, and that each came by the way
// that its lineage says.
func (p *pair) compareLineage(shelf, person int32, list []item) {
	sources := p.s.Lineage(shelf, person)
	next := 0
	for k := range sources {
		src := &sources[k]
		if src.Depth > 0 {
			continue
		}
		for j := range src.Span.N {
			x := list[next]
			at := src.Span.From.Add(vtime.Duration(j) * src.Span.step())
			require.Equal(p.t, [2]int64{int64(x.at), int64(x.via)}, [2]int64{int64(at), int64(src.Span.Via)}, "item %d of shelf %d about %d", next, shelf, person)
			next++
		}
	}
	require.Equal(p.t, len(list), next)
	for _, x := range list {
		for _, o := range x.path {
			found := false
			for k := range sources {
				found = found || sources[k].Shelf == o.shelf && sources[k].Span.From <= o.at && o.at <= sources[k].Span.To
			}
			require.True(p.t, found || len(sources) == maxLineage, "shelf %d about %d: %v was in %d at %v, of which its lineage knows nothing", shelf, person, x.at, o.shelf, o.at)
		}
	}
}

// scratch compares what can be learnt with what a new State says that is given the same at once.
func (p *pair) scratch() {
	fresh, err := New(p.m, 7)
	require.NoError(p.t, err)
	for i := range fresh.Shelves {
		p.n.everybody(int32(i), func(person int32) {
			fresh.items[i] -= fresh.row(int32(i), person).clear()
			fresh.turned(int32(i), person)
			for _, x := range p.n.items[place{int32(i), person}] {
				fresh.put(int32(i), person, Span{x.at, x.at, 1, x.via}, asTheyAre)
			}
		})
	}
	fresh.stolen[1] = loot{of: make([]Set, len(fresh.held)), whole: make([]Span, len(fresh.rows)), people: make([]int, len(fresh.Stores))}
	for at := range p.n.loot[1] {
		fresh.stolen[1].of[at.person].Put(at.shelf, true)
	}
	copy(fresh.reads, p.s.reads)
	fresh.Refresh(func(int, int, float64) {})
	for i := range p.m.Questions {
		if q := &p.m.Questions[i]; q.Kind == Confidence || q.Kind == CanLearn {
			for k := range int(q.Count) {
				require.Equal(p.t, fresh.Value(i, k), p.s.Value(i, k), "%+v about %d", *q, k)
			}
		}
	}
}
