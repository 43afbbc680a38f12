package link

import "slices"

// A Linker knows who is in which store, and says what can be learnt by joining them. Questions
// use memory of the Linker's own: one at a time.
type Linker struct {
	m       Model
	traits  []int32  // attributes
	keys    []uint64 // of each store, its domains
	kept    []levels // of each store, how finely it keeps traits
	records []uint64 // store after store, by person: the attributes kept, and Record
	shapes  [][]shape
	program
	scratch
}

// New returns a Linker of a model, or all that is wrong with it. All stores are empty.
func New(m Model) (*Linker, error) {
	if err := m.valid(); err != nil {
		return nil, err
	}
	n := len(m.Stores)
	l := &Linker{
		m: m, keys: make([]uint64, n), kept: make([]levels, n),
		records: make([]uint64, n*int(m.People)), shapes: make([][]shape, n), program: compile(&m),
	}
	for a := range m.Attributes {
		if len(m.Attributes[a].Levels) > 0 {
			l.traits = append(l.traits, int32(a))
		}
	}
	for i := range m.Stores {
		for _, k := range m.Stores[i].Keys {
			l.keys[i] |= 1 << k
		}
		for t, a := range l.traits {
			level := levels(1)
			for _, c := range m.Stores[i].Coarse {
				if c.Attribute == a {
					level = levels(c.Level + 1)
				}
			}
			l.kept[i] = l.kept[i].with(t, level)
		}
	}
	l.scratch = newScratch(n, len(m.Attributes), len(l.items))
	return l, nil
}

// Clone returns a copy that goes its own way.
func (l *Linker) Clone() *Linker {
	c := *l
	c.records, c.shapes = slices.Clone(l.records), make([][]shape, len(l.shapes))
	for s := range l.shapes {
		for _, old := range l.shapes[s] {
			old.present = old.present.Clone()
			c.shapes[s] = append(c.shapes[s], old)
		}
	}
	c.scratch = newScratch(len(l.m.Stores), len(l.m.Attributes), len(l.items))
	return &c
}

func (l *Linker) held(store, person int32) uint64 {
	return l.records[int(store)*int(l.m.People)+int(person)]
}

// Held returns which attributes a store keeps about a person, with Record; 0 where it has no
// record.
func (l *Linker) Held(store, person int32) uint64 { return l.held(store, person) }

// Holders returns which stores have a record about a person, a bit each.
func (l *Linker) Holders(person int32) (stores uint64) {
	for s := range int32(len(l.m.Stores)) {
		if l.held(s, person) != 0 {
			stores |= 1 << s
		}
	}
	return stores
}

// Put lets a store keep a record of these attributes about a person, instead of what it had.
func (l *Linker) Put(store, person int32, attributes uint64) {
	l.set(store, person, attributes|Record)
}

// Erase lets a store have no record about a person.
func (l *Linker) Erase(store, person int32) { l.set(store, person, 0) }

func (l *Linker) set(store, person int32, record uint64) {
	l.records[int(store)*int(l.m.People)+int(person)] = record
	for i := range l.shapes[store] {
		if s := &l.shapes[store][i]; record&s.needs == s.needs {
			s.present.Add(person)
		} else {
			s.present.Remove(person)
		}
	}
}

// Touched calls a function with everybody about whom something else may be learnt after the record
// of a person in a store has changed: those who are like them there. It may name somebody more
// than once.
func (l *Linker) Touched(store, person int32, f func(person int32)) {
	f(person)
	if len(l.shapes[store]) == maxShapes {
		for p := range l.m.People {
			f(p)
		}
		return
	}
	for i := range l.shapes[store] {
		for _, p := range l.shapes[store][i].present.Alike(person) {
			f(p)
		}
	}
}
