package sim

import (
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A learning is about how many people a question about learning is true.
type learning struct {
	first     vtime.Time // when it was of one first
	now, most int32
}

// evens is how sure a guess must be to count as learnt: more likely than not.
const evens = 0.5

// learnt counts about whom something can be learnt, when an answer changes.
func (h *holdings) learnt(question int, before, after float64, now vtime.Time) {
	if k := h.Questions[question].Kind; k != data.CanLearn && k != data.Confidence || (before > evens) == (after > evens) {
		return
	}
	l := &h.learnings[question]
	if after <= evens {
		l.now--
		return
	}
	if l.most == 0 {
		l.first = now
	}
	l.now++
	l.most = max(l.most, l.now)
}

func (l *learning) archive(a *snapshot.Archive) {
	snapshot.Int(a, &l.first)
	snapshot.Int(a, &l.now)
	snapshot.Int(a, &l.most)
}

// learntResults says who learnt what about whom, once where several expressions ask it.
func (w *world) learntResults() (list []Learnt) {
	h := &w.holdings
	for i := range h.learnings {
		l, q := &h.learnings[i], &h.Questions[i]
		if l.most == 0 || len(list) == maxLearnt || h.askedBefore(i) {
			continue
		}
		one := Learnt{
			Who: h.Principals[q.Principal].Name, Attribute: h.Attributes[q.Attribute].Name,
			Of: int(q.Count), Most: int(l.most), Now: int(l.now), First: l.first,
		}
		if k := h.surest(i); k >= 0 {
			one.Person = h.PersonName(q.Person + int32(k))
			one.Sure, one.Recipe = h.Recipe(i, k)
			one.Recipe = one.Recipe[:min(len(one.Recipe), maxRecipe)]
		}
		list = append(list, one)
	}
	return list
}

// askedBefore reports whether a question before asks the same about the same people.
func (h *holdings) askedBefore(i int) bool {
	q := h.Questions[i]
	for k := range h.Questions[:i] {
		p := h.Questions[k]
		if p.Kind = q.Kind; p == q && h.learnings[k].most > 0 {
			return true
		}
	}
	return false
}

// surest returns the first of the people of a question about whom most can be learnt, or -1.
func (h *holdings) surest(question int) int {
	best, sure := -1, 0.0
	for k := range int(h.Questions[question].Count) {
		if x := h.Value(question, k); x > sure {
			best, sure = k, x
		}
	}
	return best
}
