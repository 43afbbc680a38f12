package link

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data/anonymity"
)

// Levels say how finely traits are known, four bits each: 0 is not at all, 1 the first level.
type levels uint64

func (l levels) of(trait int) levels { return l >> (4 * trait) & 15 }

func (l levels) with(trait int, level levels) levels {
	return l&^(15<<(4*trait)) | level<<(4*trait)
}

// finest returns what is known of both together.
func (l levels) finest(m levels, traits int) levels {
	for t := range traits {
		if x, y := l.of(t), m.of(t); x == 0 || y != 0 && y < x {
			l = l.with(t, y)
		}
	}
	return l
}

// common returns on what two can be joined, and how finely.
func (l levels) common(m levels, traits int) (both levels) {
	for t := range traits {
		if x, y := l.of(t), m.of(t); x != 0 && y != 0 {
			both = both.with(t, max(x, y))
		}
	}
	return both
}

// maxShapes is how many shapes of a store are followed; classes of others are counted.
const maxShapes = 256

// A shape is the records of a store by some of their traits, as finely as others know these.
type shape struct {
	by      levels
	needs   uint64 // the attributes
	present *anonymity.Present
}

// size returns how many records of a store have the same as that of a person in some traits.
func (l *Linker) size(store, person int32, by levels) int32 {
	for i := range l.shapes[store] {
		if s := &l.shapes[store][i]; s.by == by {
			return s.present.Size(person)
		}
	}
	table, needs := l.table(by)
	if len(l.shapes[store]) == maxShapes {
		return l.count(store, person, table.Quasi, needs)
	}
	s := shape{by, needs, table.Present()}
	for p := range l.m.People {
		if l.held(store, p)&needs == needs {
			s.present.Add(p)
		}
	}
	l.shapes[store] = append(l.shapes[store], s)
	return s.present.Size(person)
}

// table returns everybody by some traits.
func (l *Linker) table(by levels) (t *anonymity.Table, needs uint64) {
	t = &anonymity.Table{Rows: int(l.m.People)}
	for i, a := range l.traits {
		if level := by.of(i); level != 0 {
			needs |= 1 << a
			t.Quasi = append(t.Quasi, l.m.Attributes[a].Levels[level-1])
		}
	}
	return t, needs
}

func (l *Linker) count(store, person int32, columns [][]int32, needs uint64) (n int32) {
	for p := range l.m.People {
		same := l.held(store, p)&needs == needs
		for i := 0; same && i < len(columns); i++ {
			same = columns[i][p] == columns[i][person]
		}
		if same {
			n++
		}
	}
	return n
}

// coarser reports whether people who are the same in the first column are so in the second.
func coarser(fine, coarse []int32) bool {
	rows := make([]int32, len(fine))
	for i := range rows {
		rows[i] = int32(i)
	}
	slices.SortFunc(rows, func(a, b int32) int { return int(int64(fine[a]) - int64(fine[b])) })
	for i := 1; i < len(rows); i++ {
		if a, b := rows[i-1], rows[i]; fine[a] == fine[b] && coarse[a] != coarse[b] {
			return false
		}
	}
	return true
}
