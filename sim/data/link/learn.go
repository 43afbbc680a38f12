package link

// A scratch is the memory of a question.
type scratch struct {
	nodes []node
	seen  []levels  // of each store, what is read of the person's traits
	edges []edge    // to node from node, row by row
	leads []float64 // their sure
	sure  []float64 // item after item, by node: how surely it is known of who has the record
	local []float64 // the same without looking at other records
	next  []int32   // the node where it comes from; -1: it is local
	way   []int32   // by which it is made where it is local; -1: it is kept
	done  []bool
	best  []answer // by attribute
}

// An answer is where to begin.
type answer struct {
	sure   float64
	node   int32 // whose record is identified
	anchor int32 // the item that identifies it
}

func newScratch(stores, attributes, items int) scratch {
	n := stores * items
	return scratch{
		seen: make([]levels, stores), edges: make([]edge, stores*stores), leads: make([]float64, stores*stores), sure: make([]float64, n), local: make([]float64, n),
		next: make([]int32, n), way: make([]int32, n), done: make([]bool, stores), best: make([]answer, attributes),
	}
}

// Learn says how surely each attribute of a person can be learnt by whoever can read so much of
// each store, a mask of attributes or Record: by the surest chain from a record that says who
// it is about. The answer is good until the next question.
func (l *Linker) Learn(reads []uint64, person int32, sure []float64) []float64 {
	l.learn(reads, person)
	sure = sure[:0]
	for _, b := range l.best {
		sure = append(sure, b.sure)
	}
	return sure
}

func (l *Linker) learn(reads []uint64, person int32) {
	l.gather(reads, person)
	n := len(l.nodes)
	for b := range n {
		for a := range n {
			if i := b*n + a; a != b {
				l.edges[i] = l.edge(person, &l.nodes[a], &l.nodes[b])
				l.leads[i] = l.edges[i].sure
			}
		}
	}
	clear(l.sure[:n*len(l.items)])
	clear(l.local[:n*len(l.items)])
	for i := range l.items {
		l.keep(reads, person, i)
		l.spread(i)
	}
	for changed := true; changed; { // each round ends one more step of inference
		changed = false
		for i := range l.items {
			if l.infer(i) {
				l.spread(i)
				changed = true
			}
		}
	}
	l.answer()
}

// keep finds an item in the records.
func (l *Linker) keep(reads []uint64, person int32, i int) {
	it, n := &l.items[i], len(l.nodes)
	for v := range l.nodes {
		l.way[i*n+v] = -1
		if a := it.attribute; a >= 0 && l.nodes[v].has>>a&1 != 0 && (it.premise == nil || l.where(reads, person, it, &l.nodes[v]) >= 0) {
			l.local[i*n+v] = 1
		}
	}
}

// where returns the first store of a node that has an item, -1 where none has it long or finely
// enough.
func (l *Linker) where(reads []uint64, person int32, it *item, v *node) int32 {
	for s := range int32(len(l.m.Stores)) {
		if v.stores>>s&1 == 0 || l.held(s, person)&reads[s]>>it.attribute&1 == 0 {
			continue
		}
		if it.premise == nil {
			return s
		}
		if l.m.Series == nil {
			continue
		}
		if long, fine := l.m.Series(s, it.attribute, person); long >= it.premise.Long && (it.premise.Fine == 0 || fine <= it.premise.Fine) {
			return s
		}
	}
	return -1
}

// infer makes an item of others and reports whether it is surer now.
func (l *Linker) infer(i int) (changed bool) {
	n := len(l.nodes)
	for number := l.items[i].from; number < l.items[i].to; number++ {
		w := &l.ways[number]
		for v := range n {
			sure := l.sure[int(w.left)*n+v]
			if w.right >= 0 {
				sure = float64(sure * l.sure[int(w.right)*n+v])
			}
			if sure = float64(sure * w.factor); sure > l.local[i*n+v] {
				l.local[i*n+v], l.way[i*n+v], changed = sure, number, true
			}
		}
	}
	return changed
}

// spread finds how surely an item is known from each node (Dijkstra's algorithm, with products).
// Rounding is monotone, so the best product is the same in whatever order stores are. Where it comes
// from changes only when it is surer: so nothing comes from itself, by whatever rules.
func (l *Linker) spread(i int) {
	n := len(l.nodes)
	sure, next, done := l.sure[i*n:(i+1)*n], l.next[i*n:(i+1)*n], l.done[:n]
	for v, local := range l.local[i*n : (i+1)*n] {
		if done[v] = false; local > sure[v] {
			sure[v], next[v] = local, -1
		}
	}
	for {
		from := -1
		for v := range n {
			if !done[v] && sure[v] > 0 && (from < 0 || sure[v] > sure[from]) {
				from = v
			}
		}
		if from < 0 {
			return
		}
		done[from] = true
		best := sure[from]
		for v, leads := range l.leads[from*n : (from+1)*n] {
			if s := float64(leads * best); s > sure[v] && !done[v] {
				sure[v], next[v] = s, int32(from)
			}
		}
	}
}

// answer finds the best beginning for each attribute: a record that says who it is about, or from
// which that is inferred. Who somebody is is known with that.
func (l *Linker) answer() {
	n := len(l.nodes)
	clear(l.best)
	for v := range n {
		anchor, sure := int32(-1), 0.0
		for i := range l.m.Attributes {
			if s := l.local[i*n+v]; l.m.Attributes[i].Identifies && s > sure {
				anchor, sure = int32(i), s
			}
		}
		for i := range l.best {
			s, by := float64(sure*l.sure[i*n+v]), anchor
			if own := l.local[i*n+v]; l.m.Attributes[i].Identifies && own > s {
				s, by = own, int32(i)
			}
			if s > l.best[i].sure {
				l.best[i] = answer{s, int32(v), by}
			}
		}
	}
}
