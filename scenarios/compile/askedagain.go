package compile

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/inject"
)

// A wish is that some people ask for something: those from First on, so many, of Purpose and To or of all (-1).
type wish struct {
	right       data.Right
	purpose, to int32
	first       int32
	many        int
}

// askedAgain warns of who asks for what they asked for before: their times run from the first request on. Only
// of steps that have a time is it known which is before.
func (b *builder) askedAgain(steps []step) {
	var list []int
	for i := range steps {
		if steps[i].Start == inject.At && steps[i].syntax.At.Present() && slices.ContainsFunc(steps[i].Ops, func(op inject.Op) bool { return op.Deed == inject.AskDeed }) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(i, k int) int { return cmp.Compare(steps[i].Time, steps[k].Time) })
	before := map[wish]int{} // only looked up
	for _, i := range list {
		s := &steps[i]
		for _, op := range s.Ops {
			if op.Deed != inject.AskDeed {
				continue
			}
			w := wish{right: data.Right(op.Flow), many: op.Member}
			to, number := data.Addressee(op.Value)
			w.to = to
			w.first, w.purpose = data.Named(number)
			if first, again := b.wished(before, w); again {
				b.Warnf(s.syntax.Kind.Span, "leave it out, or ask for something else or of somebody else",
					"%s asks for %v a second time, after %s at %s: all times run from the first request on, and stores that hear of this one do it once more, but owe nothing more by it",
					s.Target, w.right, steps[first].Name, steps[first].Time.Short())
			} else {
				before[w] = i
			}
		}
	}
}

// wished finds what was asked for before that says as much: by the same people or by all of theirs, for that
// purpose or for all, of that owner or of all.
func (b *builder) wished(before map[wish]int, w wish) (step int, found bool) {
	for _, purpose := range []int32{w.purpose, -1} {
		for _, to := range []int32{w.to, -1} {
			more := wish{w.right, purpose, to, w.first, w.many}
			if step, found = before[more]; found {
				return step, true
			}
			if of := b.sys.Data.Of(w.first); of != nil {
				more.first, more.many = of.First, int(of.Count)
				if step, found = before[more]; found {
					return step, true
				}
			}
		}
	}
	return 0, false
}
