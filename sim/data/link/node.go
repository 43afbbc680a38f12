package link

import "math/bits"

// A node is all records of a person that go by common keys: for whoever has them they are one.
type node struct {
	stores uint64
	keys   uint64
	has    uint64 // attributes that can be read
	knows  levels
}

// An edge says how surely a record of another node can be found from one, and by what.
type edge struct {
	sure     float64
	from, to int32  // stores; from is -1 where it is by traits
	by       levels // traits, 0 where it is by being together
	of       int32  // records that are alike
}

// gather makes the nodes of a person's records, as far as they are read.
func (l *Linker) gather(reads []uint64, person int32) {
	l.nodes = l.nodes[:0]
	for s := range int32(len(l.m.Stores)) {
		seen := l.held(s, person) & (reads[s] | Record)
		if reads[s] == 0 || seen == 0 {
			continue
		}
		l.seen[s] = 0
		for t, a := range l.traits {
			if seen>>a&1 != 0 {
				l.seen[s] = l.seen[s].with(t, l.kept[s].of(t))
			}
		}
		l.merge(node{1 << s, l.keys[s], seen &^ Record, l.seen[s]})
	}
}

// merge adds a node, as one with all those that it shares a key with. It stands where the first
// of them stood.
func (l *Linker) merge(n node) {
	place, kept := len(l.nodes), l.nodes[:0]
	for i, old := range l.nodes {
		if old.keys&n.keys == 0 {
			kept = append(kept, old)
			continue
		}
		if place = min(place, i); place == i {
			kept = append(kept, old)
		}
		n = node{n.stores | old.stores, n.keys | old.keys, n.has | old.has, n.knows.finest(old.knows, len(l.traits))}
	}
	if l.nodes = kept; place < len(kept) {
		l.nodes[place] = n
	} else {
		l.nodes = append(l.nodes, n)
	}
}

// edge returns the surest way from one node to another.
func (l *Linker) edge(person int32, a, b *node) (best edge) {
	for left := b.stores; left != 0; left &= left - 1 {
		to := int32(bits.TrailingZeros64(left))
		if by := a.knows.common(l.seen[to], len(l.traits)); by != 0 {
			if of := l.size(to, person, by); 1/float64(of) > best.sure {
				best = edge{1 / float64(of), -1, to, by, of}
			}
		}
		if l.m.Together == nil {
			continue
		}
		for from := range int32(len(l.m.Stores)) {
			if a.stores>>from&1 != 0 {
				if sure := min(l.m.Together(from, to, person), 1); sure > best.sure {
					best = edge{sure, from, to, 0, 0}
				}
			}
		}
	}
	return best
}
