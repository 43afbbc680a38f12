package compile

import (
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/data"
)

// coarse settles in how wide bands a shelf keeps a trait. Bands of one trait must divide one
// another, or nobody could say which of two stores knows it more finely.
func (b *builder) coarse(sh *data.Shelf, u *syntax.Use) {
	if !u.Coarse.Present() {
		return
	}
	m := b.sys.Data.Model
	a := &m.Attributes[sh.Attribute]
	if !a.Trait {
		b.Errorf(u.Coarse.Span, "write `fine: 1h` for one item in so long", "%s is no trait of people, of which there could be bands", a.Name)
		return
	}
	width := int32(min(u.Coarse.Value, 1<<30))
	for i := range m.Shelves {
		other := &m.Shelves[i]
		if other.Attribute == sh.Attribute && other.Coarse > 1 && max(other.Coarse, width)%min(other.Coarse, width) != 0 {
			b.Errorf(u.Coarse.Span, "make one of them a multiple of the other", "bands of %d and of %d values of %s do not fit into one another", other.Coarse, width, a.Name)
			return
		}
	}
	sh.Coarse = width
}

// precision lets nothing be finer than what it is made of, wherever in the file that stands.
func (b *builder) precision() {
	m := b.sys.Data.Model
	for range m.Intakes {
		changed := false
		for i := range m.Intakes {
			in := &m.Intakes[i]
			to := &m.Shelves[in.Shelf]
			for _, from := range in.From {
				of := &m.Shelves[from]
				if of.Fine > to.Fine {
					to.Fine, changed = of.Fine, true
				}
				if in.Kind == data.Copied && of.Coarse > to.Coarse {
					to.Coarse, changed = of.Coarse, true
				}
				if in.Kind == data.Copied && (of.When > to.When || of.Where > to.Where) {
					to.When, to.Where, changed = max(of.When, to.When), max(of.Where, to.Where), true
				}
			}
		}
		if !changed {
			return
		}
	}
}
