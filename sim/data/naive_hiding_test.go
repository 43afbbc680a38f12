package data

import (
	"github.com/harmproof/harmproof/sim/data/anonymity"
)

// hiding counts the classes of a store's table.
func (n *naive) hiding(q *Question) float64 {
	classes, rows, t := map[string]*class{}, 0, anonymity.Table{Quasi: make([][]int32, 1)}
	ids := map[string]int32{}
	for person := range n.m.People() {
		key, sensitive, ok := n.tableRow(q, person)
		if !ok {
			continue
		}
		c := classes[key]
		if c == nil {
			c = &class{values: map[int32]int{}}
			classes[key], ids[key] = c, int32(len(ids))
		}
		c.rows++
		c.values[sensitive]++
		rows++
		t.Quasi[0], t.Sensitive, t.Rows = append(t.Quasi[0], ids[key]), append(t.Sensitive, sensitive), rows
	}
	if rows == 0 {
		if q.Kind == KAnonymity || q.Kind == LDiversity {
			return float64(n.m.Populations[n.among(q)].Count)
		}
		return 0
	}
	if q.Kind == TCloseness {
		return t.Classes().Closeness(t.Sensitive)
	}
	least, alone, kinds := rows, 0, rows
	for _, c := range classes {
		least, kinds = min(least, c.rows), min(kinds, len(c.values))
		if c.rows == 1 {
			alone++
		}
	}
	switch q.Kind {
	case KAnonymity:
		return float64(least)
	case LDiversity:
		return float64(kinds)
	}
	return float64(alone) / float64(rows)
}

// among returns the population of whom it is asked how well they hide in a store.
func (n *naive) among(q *Question) int32 {
	if q.Kind == LDiversity || q.Kind == TCloseness {
		return n.m.Attributes[q.Attribute].Population
	}
	st := &n.m.Stores[q.Store]
	for i := st.First; i < st.First+st.Count; i++ {
		if a := &n.m.Attributes[n.m.Shelves[i].Attribute]; a.Kind == Quasi && a.Trait {
			return a.Population
		}
	}
	return n.m.Attributes[n.m.Shelves[st.First].Attribute].Population
}

// tableRow returns what a store's table says of a person: quasi-identifiers as text, and what
// is sensitive.
func (n *naive) tableRow(q *Question, person int32) (key string, sensitive int32, ok bool) {
	st := &n.m.Stores[q.Store]
	population := n.among(q)
	asks := q.Kind == LDiversity || q.Kind == TCloseness
	p := &n.m.Populations[population]
	if person < p.First || person >= p.First+p.Count || !n.has(q.Store, person) {
		return "", 0, false
	}
	ok = !asks
	for a := range n.m.Attributes {
		at := &n.m.Attributes[a]
		is := asks && int32(a) == q.Attribute
		if at.Population != population || !at.Trait || at.Kind != Quasi && !is {
			continue
		}
		value, finest := int32(-1), int32(1<<30)
		for i := st.First; i < st.First+st.Count; i++ {
			if sh := &n.m.Shelves[i]; sh.Attribute == int32(a) && len(n.items[place{i, person}]) > 0 && max(1, sh.Coarse) < finest {
				finest = max(1, sh.Coarse)
				value = n.traits[a][person-p.First] / finest
			}
		}
		if is {
			sensitive, ok = value, value >= 0
		} else {
			key += " " + string(rune('a'+value+1))
		}
	}
	return key, sensitive, ok
}
