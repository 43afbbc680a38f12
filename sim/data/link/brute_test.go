package link

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A brute tries all ways from record to record, without memory, and counts records one by one.
type brute struct {
	*Linker
	reads  []uint64
	person int32
	groups [][]int32 // stores whose records hang together by keys
	edges  [][]float64
}

func (l *Linker) brute(reads []uint64, person int32) *brute {
	b := &brute{Linker: l, reads: reads, person: person}
	var left []int32
	for s := range int32(len(l.m.Stores)) {
		if reads[s] != 0 && l.Held(s, person) != 0 {
			left = append(left, s)
		}
	}
	for len(left) > 0 {
		group := []int32{left[0]}
		left = left[1:]
		for i := 0; i < len(left); i++ {
			if slices.ContainsFunc(group, func(s int32) bool { return b.sharesKey(s, left[i]) }) {
				group = append(group, left[i])
				left = slices.Delete(left, i, i+1)
				i = -1
			}
		}
		b.groups = append(b.groups, group)
	}
	b.edges = make([][]float64, len(b.groups))
	for v := range b.groups {
		for w := range b.groups {
			b.edges[v] = append(b.edges[v], b.leads(v, w))
		}
	}
	return b
}

func (b *brute) sharesKey(s, t int32) bool {
	return slices.ContainsFunc(b.m.Stores[s].Keys, func(k int32) bool { return slices.Contains(b.m.Stores[t].Keys, k) })
}

func (b *brute) sees(s, attribute int32) bool {
	return b.Held(s, b.person)&b.reads[s]&(1<<attribute) != 0
}

// level is how finely a store has a trait of the person, -1 where it has not.
func (b *brute) level(s, attribute int32) int32 {
	if !b.sees(s, attribute) || len(b.m.Attributes[attribute].Levels) == 0 {
		return -1
	}
	for _, c := range b.m.Stores[s].Coarse {
		if c.Attribute == attribute {
			return c.Level
		}
	}
	return 0
}

func (b *brute) leads(from, to int) (sure float64) {
	for _, t := range b.groups[to] {
		columns, needs := b.columns(from, t)
		n := 0
		for p := range b.m.People {
			differs := func(c []int32) bool { return c[p] != c[b.person] }
			if b.Held(t, p)&needs == needs && !slices.ContainsFunc(columns, differs) {
				n++
			}
		}
		if len(columns) > 0 {
			sure = max(sure, 1/float64(n))
		}
		for _, f := range b.groups[from] {
			if b.m.Together != nil {
				sure = max(sure, b.m.Together(f, t, b.person))
			}
		}
	}
	return sure
}

// columns are those on which a store is joined.
func (b *brute) columns(from int, t int32) (columns [][]int32, needs uint64) {
	for a := range int32(len(b.m.Attributes)) {
		mine := int32(-1)
		for _, f := range b.groups[from] {
			if l := b.level(f, a); l >= 0 && (mine < 0 || l < mine) {
				mine = l
			}
		}
		if theirs := b.level(t, a); mine >= 0 && theirs >= 0 {
			columns, needs = append(columns, b.m.Attributes[a].Levels[max(mine, theirs)]), needs|1<<a
		}
	}
	return columns, needs
}

// A goal is an attribute, or some premises of a rule.
type goal struct {
	attribute int32
	rule      int
	set       uint
}

func (b *brute) kept(g Premise, v int) bool {
	return slices.ContainsFunc(b.groups[v], func(s int32) bool {
		if !b.sees(s, g.Attribute) || !g.series() {
			return b.sees(s, g.Attribute)
		}
		if b.m.Series == nil {
			return false
		}
		long, fine := b.m.Series(s, g.Attribute, b.person)
		return long >= g.Long && (g.Fine == 0 || fine <= g.Fine)
	})
}

// known is how surely a goal is known from v without going where it has been, or using rules again.
func (b *brute) known(g goal, v int, been, used uint64) float64 {
	best := b.here(g, v, used)
	for w := range b.groups {
		if w != v && been>>w&1 == 0 && b.edges[v][w] > best { // no product is more
			best = max(best, float64(b.edges[v][w]*b.known(g, w, been|1<<w, used)))
		}
	}
	return best
}

func (b *brute) here(g goal, v int, used uint64) (best float64) {
	switch {
	case g.set == 0:
		if b.kept(Premise{Attribute: g.attribute}, v) {
			return 1
		}
		for i := range b.m.Rules {
			if r := &b.m.Rules[i]; r.Gives == g.attribute && used>>i&1 == 0 {
				best = max(best, float64(b.parts(goal{-1, i, 1<<len(r.From) - 1}, v, used|1<<i)*r.Most))
			}
		}
	default:
		best = b.parts(g, v, used)
	}
	return best
}

// parts puts premises together that are known from v, in any two parts.
func (b *brute) parts(g goal, v int, used uint64) (best float64) {
	if g.set&(g.set-1) == 0 {
		i := 0
		for g.set>>i&1 == 0 {
			i++
		}
		return b.premise(b.m.Rules[g.rule].From[i], v, 1<<v, used)
	}
	part := func(s uint) float64 {
		if s&(s-1) == 0 {
			return b.parts(goal{-1, g.rule, s}, v, used)
		}
		return b.known(goal{-1, g.rule, s}, v, 1<<v, used)
	}
	for s := (g.set - 1) & g.set; s > 0; s = (s - 1) & g.set {
		if s > g.set&^s { // the other way round is the same
			continue
		}
		if one := part(s); one > best {
			best = max(best, float64(one*part(g.set&^s)))
		}
	}
	return best
}

func (b *brute) premise(p Premise, v int, been, used uint64) (best float64) {
	if !p.series() {
		return b.known(goal{attribute: p.Attribute}, v, been, used)
	}
	if b.kept(p, v) {
		return 1
	}
	for w := range b.groups {
		if been>>w&1 == 0 && b.edges[v][w] > best {
			best = max(best, float64(b.edges[v][w]*b.premise(p, w, been|1<<w, used)))
		}
	}
	return best
}

func (b *brute) learn() (sure []float64) {
	for a := range int32(len(b.m.Attributes)) {
		best := 0.0
		for v := range b.groups {
			anchor := 0.0
			for i := range int32(len(b.m.Attributes)) {
				if b.m.Attributes[i].Identifies {
					anchor = max(anchor, b.here(goal{attribute: i}, v, 0))
				}
			}
			best = max(best, float64(anchor*b.known(goal{attribute: a}, v, 1<<v, 0)))
			if b.m.Attributes[a].Identifies {
				best = max(best, b.here(goal{attribute: a}, v, 0))
			}
		}
		sure = append(sure, best)
	}
	return sure
}

// A drawn model is small: brute force takes exponential time.
func drawn(t *rapid.T) Model {
	m := Model{People: rapid.Int32Range(1, 6).Draw(t, "people"), Domains: []string{"meter", "account"}}
	for i := range 6 {
		a := Attribute{Name: string(rune('a' + i)), Identifies: i == 0 || i == 5 && rapid.Bool().Draw(t, "identifies")}
		if i == 1 || i == 2 {
			fine := rapid.SliceOfN(rapid.Int32Range(0, 3), int(m.People), int(m.People)).Draw(t, "trait")
			coarse := make([]int32, m.People)
			for p := range coarse {
				coarse[p] = fine[p] / 2
			}
			a.Levels = [][]int32{fine, coarse}
		}
		m.Attributes = append(m.Attributes, a)
	}
	stores := rapid.IntRange(1, 4).Draw(t, "stores")
	for i := range stores {
		s := Store{Name: "s" + string(rune('0'+i))}
		for k := range int32(2) {
			if rapid.IntRange(0, 3).Draw(t, "key") == 0 {
				s.Keys = append(s.Keys, k)
			}
		}
		if rapid.Bool().Draw(t, "coarse") {
			s.Coarse = []Coarse{{1, 1}}
		}
		m.Stores = append(m.Stores, s)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "rules") {
		m.Rules = append(m.Rules, drawnRule(t, max(3-i, 2)))
	}
	if rapid.Bool().Draw(t, "series") {
		long := rapid.SliceOfN(rapid.IntRange(0, 2), 24, 24).Draw(t, "long")
		m.Series = func(store, attribute, person int32) (vtime.Duration, vtime.Duration) {
			i := int(store*7+attribute*3+person) % len(long)
			return vtime.Duration(long[i]) * vtime.Hour, vtime.Duration(long[(i+1)%24]) * vtime.Minute
		}
	}
	if rapid.Bool().Draw(t, "together") {
		sure := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0, 0.3, 0.7, 1}), 24, 24).Draw(t, "sure")
		m.Together = func(from, to, person int32) float64 { return sure[int(from*7+to*3+person)%24] }
	}
	return m
}

// drawnRule is a rule of at most so many premises: brute force takes very long for many.
func drawnRule(t *rapid.T, most int) Rule {
	r := Rule{Gives: rapid.Int32Range(0, 5).Draw(t, "gives"), Most: rapid.SampledFrom([]float64{0.3, 0.7, 0.9, 1}).Draw(t, "most")}
	for _, a := range rapid.SliceOfNDistinct(rapid.Int32Range(1, 5), 1, most, rapid.ID).Draw(t, "from") {
		p := Premise{Attribute: (r.Gives + a) % 6}
		if rapid.IntRange(0, 3).Draw(t, "needs") == 0 {
			p.Long, p.Fine = vtime.Hour, vtime.Minute
		}
		r.From = append(r.From, p)
	}
	return r
}

// drawnReads is what somebody reads of each store.
func drawnReads(t *rapid.T, m *Model) []uint64 {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) uint64 {
		if rapid.IntRange(0, 5).Draw(t, "keys alone") == 0 {
			return Record
		}
		return rapid.Uint64Range(0, 63).Draw(t, "reads") | rapid.Uint64Range(0, 63).Draw(t, "and")
	}), len(m.Stores), len(m.Stores)).Draw(t, "reads")
}

// change puts and erases records.
func change(t *rapid.T, l *Linker, times int) {
	for range rapid.IntRange(0, times).Draw(t, "changes") {
		s := rapid.Int32Range(0, int32(len(l.m.Stores))-1).Draw(t, "store")
		p := rapid.Int32Range(0, l.m.People-1).Draw(t, "person")
		if rapid.IntRange(0, 4).Draw(t, "erase") == 0 {
			l.Erase(s, p)
		} else {
			l.Put(s, p, rapid.Uint64Range(0, 63).Draw(t, "attributes"))
		}
	}
}
