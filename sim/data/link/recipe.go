package link

// A Recipe says how an attribute can be learnt: what is read, in order, how records are joined and
// what is inferred. It begins with what says whose record it is.
type Recipe struct {
	Sure  float64
	Steps []Step
}

// A Step is one step of a recipe.
type Step struct {
	Kind  StepKind
	Store int32 // of Read; of the joins the one that is joined
	With  int32 // of the joins: a store whose record is at hand
	// Attribute is that of Read and Inferred, Key the one of ByKey.
	Attribute, Key int32
	// Traits and Levels are those of ByTraits, and Alike how many records of the store have the
	// same in them.
	Traits, Levels []int32
	Alike          int32
	Rule           int32   // of Inferred
	Sure           float64 // how surely the step leads on
}

// A StepKind says what is done in a step.
type StepKind uint8

// The kinds of steps.
const (
	Read     StepKind = iota // an attribute is read in a record
	ByKey                    // a record is found by a key that both name
	ByTraits                 // a record is found by traits that both have
	Together                 // a record is found by being at the same places at the same times
	Inferred                 // an attribute is inferred
)

// Recipe says how whoever can read so much of each store can learn an attribute of a person most
// surely. It has no steps where they cannot.
func (l *Linker) Recipe(reads []uint64, person, attribute int32) Recipe {
	l.learn(reads, person)
	b := l.best[attribute]
	r := Recipe{Sure: b.sure}
	if b.sure == 0 {
		return r
	}
	c := &cook{l: l, reads: reads, person: person, recipe: &r}
	c.local(b.anchor, b.node)
	if b.anchor != attribute {
		c.item(attribute, b.node)
	}
	return r
}

// A cook writes a recipe.
type cook struct {
	l      *Linker
	reads  []uint64
	person int32
	recipe *Recipe
	joined uint64 // stores whose records are at hand
	known  []int64
}

func (c *cook) step(s Step) { c.recipe.Steps = append(c.recipe.Steps, s) }

// first reports whether an item of a node was not told yet.
func (c *cook) first(item, node int32) bool {
	key := int64(item)<<32 | int64(node)
	for _, k := range c.known {
		if k == key {
			return false
		}
	}
	c.known = append(c.known, key)
	return true
}

// item tells how an item is known from a node.
func (c *cook) item(i, v int32) {
	n := int32(len(c.l.nodes))
	for next := c.l.next[i*n+v]; next >= 0; next = c.l.next[i*n+v] {
		if c.joined&c.l.nodes[next].stores == 0 {
			c.cross(v, next)
		}
		v = next
	}
	c.local(i, v)
}

// local tells how an item is known in a node.
func (c *cook) local(i, v int32) {
	if !c.first(i, v) {
		return
	}
	l, n := c.l, int32(len(c.l.nodes))
	if number := l.way[i*n+v]; number >= 0 {
		w := &l.ways[number]
		c.item(w.left, v)
		if w.right >= 0 {
			c.item(w.right, v)
		}
		if w.rule >= 0 {
			c.step(Step{Kind: Inferred, Attribute: w.gives, Rule: w.rule, Sure: w.factor})
		}
		return
	}
	s := l.where(c.reads, c.person, &l.items[i], &l.nodes[v])
	c.reach(v, s)
	c.step(Step{Kind: Read, Store: s, Attribute: l.items[i].attribute, Sure: 1})
}

// cross tells how a record of another node is found.
func (c *cook) cross(a, b int32) {
	l, n := c.l, int32(len(c.l.nodes))
	e := &l.edges[b*n+a]
	s := Step{Kind: Together, Store: e.to, With: e.from, Sure: e.sure}
	if e.from >= 0 {
		c.reach(a, e.from)
	} else {
		s.Kind, s.Alike = ByTraits, e.of
		for t, attribute := range l.traits {
			if level := e.by.of(t); level != 0 {
				from := c.knower(a, t, level)
				if c.reach(a, from); len(s.Traits) == 0 {
					s.With = from
				}
				s.Traits, s.Levels = append(s.Traits, attribute), append(s.Levels, int32(level-1))
			}
		}
	}
	c.joined |= 1 << e.to
	c.step(s)
}

// knower returns a store of a node that has a trait at least so finely, one whose record is at
// hand if there is one.
func (c *cook) knower(v int32, trait int, level levels) (found int32) {
	found = -1
	for s := range int32(len(c.l.m.Stores)) {
		sees := c.l.held(s, c.person)&c.reads[s]>>c.l.traits[trait]&1 != 0
		if c.l.nodes[v].stores>>s&1 != 0 && sees && c.l.kept[s].of(trait) <= level && (found < 0 || c.joined>>found&1 == 0 && c.joined>>s&1 != 0) {
			found = s
		}
	}
	return found
}

// reach tells how the record of a store is found by keys, from those of its node that are at hand:
// in as few steps as can be.
func (c *cook) reach(v, store int32) {
	l := c.l
	near := c.joined & l.nodes[v].stores
	if near == 0 { // the recipe begins here
		c.joined |= 1 << store
		return
	}
	var back [maxStores]int32
	for near>>store&1 == 0 {
		ring := near
		for to := range int32(len(l.m.Stores)) {
			for from := range int32(len(l.m.Stores)) {
				if l.nodes[v].stores&^near>>to&1 != 0 && near>>from&1 != 0 && ring>>to&1 == 0 && l.keys[from]&l.keys[to] != 0 {
					back[to] = from
					ring |= 1 << to
				}
			}
		}
		near = ring
	}
	c.follow(store, &back)
}

// follow tells the joins up to a store, the first one first.
func (c *cook) follow(store int32, back *[maxStores]int32) {
	if c.joined>>store&1 != 0 {
		return
	}
	from := back[store]
	c.follow(from, back)
	key := int32(0)
	for c.l.keys[from]&c.l.keys[store]>>key&1 == 0 {
		key++
	}
	c.joined |= 1 << store
	c.step(Step{Kind: ByKey, Store: store, With: from, Key: key, Sure: 1})
}
