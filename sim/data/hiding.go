package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data/anonymity"
)

// A crowd is the people of a store as a table of quasi-identifiers, for a question about how
// well they hide in it.
type crowd struct {
	question   int
	population int32
	all        Set // shelves of the store
	matters    Set // of them, those that the table is made of
	quasi      []column
	sensitive  []column // one, or none
	was        []entry  // by person of the population: what mattered when the answer was found
	known      bool     // was is so: it is not where a snapshot was taken up
}

// An entry is what of a row of a table there is: whether there is one, and of which shelves.
type entry struct {
	is bool
	of Set
}

// A column is a trait in a table, and the shelves that it is on.
type column struct {
	attribute int32
	shelves   []int32
}

// makeCrowds finds the tables that questions about anonymity are about.
func (s *State) makeCrowds() {
	for i := range s.Questions {
		if q := &s.Questions[i]; q.Kind.hides() {
			s.crowds = append(s.crowds, s.crowdOf(i, q))
		}
	}
}

// hides reports whether a question is about anonymity.
func (k QuestionKind) hides() bool { return k >= KAnonymity && k <= UniqueShare }

// crowdOf makes the table of a question: of the population of the attribute that is asked
// for, of whom the store has quasi-identifiers, or of the store's first shelf.
func (s *State) crowdOf(question int, q *Question) crowd {
	st := &s.Stores[q.Store]
	c := crowd{question: question, all: s.inStore[q.Store]}
	var sensitive int32 = -1
	if q.Kind == LDiversity || q.Kind == TCloseness {
		sensitive = q.Attribute
		c.population = s.Attributes[q.Attribute].Population
	} else if of := s.Tabled(q.Store); len(of) > 0 {
		c.population = of[0]
	} else if st.Count > 0 {
		c.population = s.Attributes[s.Shelves[st.First].Attribute].Population
	}
	for k := st.First; k < st.First+st.Count; k++ {
		switch at, a := s.Shelves[k].Attribute, &s.Attributes[s.Shelves[k].Attribute]; {
		case at == sensitive:
			c.sensitive = withShelf(c.sensitive, at, k)
		case a.Kind == Quasi && a.Trait && a.Population == c.population:
			c.quasi = withShelf(c.quasi, at, k)
		default:
			continue
		}
		c.matters.Put(k, true)
	}
	c.was = make([]entry, s.Populations[c.population].Count)
	return c
}

// withShelf adds a shelf to the column of its attribute.
func withShelf(list []column, attribute, shelf int32) []column {
	for i := range list {
		if list[i].attribute == attribute {
			list[i].shelves = append(list[i].shelves, shelf)
			return list
		}
	}
	return append(list, column{attribute, []int32{shelf}})
}

// hide answers the questions about anonymity, of stores in which somebody came or went.
func (s *State) hide(set func(question, k int, x float64)) {
	for i := range s.crowds {
		if c := &s.crowds[i]; s.stirred(c) {
			set(c.question, 0, s.hidden(c))
		}
	}
}

// stirred reports whether the table has become another one.
func (s *State) stirred(c *crowd) (changed bool) {
	first := s.Populations[c.population].First
	if !c.known {
		for k := range c.was {
			c.was[k] = s.entry(c, first+int32(k))
		}
		c.known = true
		return true
	}
	for _, p := range s.moved {
		if k := p - first; k >= 0 && int(k) < len(c.was) {
			if now := s.entry(c, p); now != c.was[k] {
				c.was[k], changed = now, true
			}
		}
	}
	return changed
}

// entry returns what of a row of the table there is about a person.
func (s *State) entry(c *crowd, person int32) entry {
	in := s.held[person].Or(s.kept[person]).And(c.all)
	return entry{in.Any(), in.And(c.matters)}
}

// hidden says how well people hide in a table. Nobody is at risk in one of nobody: there k and l are as many
// as people there could be, which is finite, so that it can be reckoned with.
func (s *State) hidden(c *crowd) float64 {
	t := s.table(c, func(int32) {})
	if t.Rows == 0 {
		if k := s.Questions[c.question].Kind; k == KAnonymity || k == LDiversity {
			return float64(len(c.was))
		}
		return 0
	}
	classes := t.Classes()
	switch s.Questions[c.question].Kind {
	case KAnonymity:
		return float64(classes.K())
	case UniqueShare:
		return classes.Unique()
	case LDiversity:
		return float64(classes.Diversity(t.Sensitive))
	default:
		return classes.Closeness(t.Sensitive)
	}
}

// table lists the people about whom a store has something, and of whom it has what is
// sensitive where that is asked for. A trait that it has not of somebody is a value of its own.
// Each hears of each of them, as they come.
func (s *State) table(c *crowd, each func(person int32)) anonymity.Table {
	t := anonymity.Table{Quasi: make([][]int32, len(c.quasi))}
	first := s.Populations[c.population].First
	for k := range int32(len(c.was)) {
		in := s.held[first+k].Or(s.kept[first+k]).And(c.all)
		if !in.Any() {
			continue
		}
		if len(c.sensitive) > 0 {
			v := s.cell(&c.sensitive[0], in, k)
			if v < 0 {
				continue
			}
			t.Sensitive = append(t.Sensitive, v)
		}
		for j := range c.quasi {
			t.Quasi[j] = append(t.Quasi[j], s.cell(&c.quasi[j], in, k))
		}
		t.Rows++
		each(first + k)
	}
	return t
}

// Fewest lists the people who hide among the fewest, for a question about anonymity; nobody where it is about
// something else.
func (s *State) Fewest(question int) (people []int32) {
	at := slices.IndexFunc(s.crowds, func(c crowd) bool { return c.question == question })
	if at < 0 {
		return nil
	}
	t := s.table(&s.crowds[at], func(person int32) { people = append(people, person) })
	if t.Rows == 0 {
		return nil
	}
	classes, row := t.Classes(), -1
	return slices.DeleteFunc(people, func(int32) bool {
		row++
		return classes.Size(classes.Of[row]) > classes.K()
	})
}

// cell is what a table has of a trait of a person of the population, as finely as any shelf
// has it; -1 where none does.
func (s *State) cell(c *column, in Set, k int32) int32 {
	width := int32(0)
	for _, shelf := range c.shelves {
		if w := max(1, s.Shelves[shelf].Coarse); in.Has(shelf) && (width == 0 || w < width) {
			width = w
		}
	}
	if width == 0 {
		return -1
	}
	return s.traits[c.attribute][k] / width
}
