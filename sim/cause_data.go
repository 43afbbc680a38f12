package sim

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxKnown is how many links say what a store knows.
const maxKnown = 8

// A fact is what a store has to do with an answer, in words.
type fact struct {
	store int32
	text  string
}

// A plea is what somebody asked for; of nobody person is -1.
type plea struct {
	person  int32
	right   data.Right
	purpose int32 // of a right that stops something: -1: of all
	backup  int32 // that was put back since, from 1 on; 0 where none was
	store   int32 // that was asked and has not done it, from 1 on; 0 where it is another matter
	breach  int   // of which nobody was told, from 1 on; 0 where it is another matter
}

// known says what is behind an answer about people: what a store holds about whom, where that
// comes from, and why it is still there. It is nil of any other cell.
func (w *world) known(slot signal.Slot, now vtime.Time) (list []Cause) {
	if w.holdings.State == nil {
		return nil
	}
	cells := w.plan.Data.cells
	for i := range cells {
		k, ok := memberAt(cells[i], int(max(1, w.holdings.Questions[i].Count)), slot)
		if !ok {
			continue
		}
		facts, asked := w.facts(i, k)
		for _, f := range facts {
			if len(list) < maxKnown {
				list = append(list, Cause{
					Kind: DataCause, At: now, Signal: w.plan.Signals.At(slot), Value: w.store.V[slot], Who: w.holdings.Stores[f.store].Name,
					Check: f.text, Injection: -1, Otherwise: math.NaN(),
				})
			}
		}
		steps := w.hindered(asked)
		if step := w.pleaded(asked); step >= 0 {
			steps = append(steps, step)
		}
		for _, step := range steps {
			list = append(list, Cause{
				Kind: InjectionCause, At: w.timeline.Report(step).Applied, Signal: w.plan.Signals.At(slot), Value: math.NaN(),
				Injection: step, Otherwise: math.NaN(),
			})
		}
	}
	return list
}

// pleaded returns the step by which somebody asked for something, or by which a backup was put
// back since; -1 where there is none.
func (w *world) pleaded(p plea) int {
	if p.backup > 0 {
		return slices.IndexFunc(w.timeline.Steps, func(s inject.Step) bool {
			return slices.ContainsFunc(s.Ops, func(op inject.Op) bool { return op.Deed == inject.RestoreDeed && op.Flow == int(p.backup-1) })
		})
	}
	return slices.IndexFunc(w.timeline.Steps, func(s inject.Step) bool {
		return slices.ContainsFunc(s.Ops, func(op inject.Op) bool {
			to, number := data.Addressee(op.Value)
			person, purpose := data.Named(number)
			return p.person >= 0 && (to < 0 || p.store == 0 || to == w.holdings.Stores[p.store-1].Controller) && op.Deed == inject.AskDeed && data.Right(op.Flow) == p.right && p.person >= person && p.person < person+int32(op.Member) &&
				(!p.right.Stops() || purpose == p.purpose)
		})
	})
}

// hindered lists the steps that lost or held back messages by which a store hears of what
// somebody asked for, where it has not done that.
func (w *world) hindered(p plea) (steps []int) {
	if p.breach > 0 {
		return w.behindBreach(p.breach - 1)
	}
	if p.store == 0 || w.holdings.Did(p.store-1, p.right, p.person, p.purpose) {
		return nil
	}
	for i := range w.timeline.Steps {
		if w.timeline.Report(i).Effects > 0 && slices.ContainsFunc(w.timeline.Steps[i].Ops, func(op inject.Op) bool {
			return op.Kind == inject.DisturbOp && w.plan.asksBy(&w.plan.book.Flows[op.Flow], int(p.store-1), p.right)
		}) {
			steps = append(steps, i)
		}
	}
	return steps
}

// didFor finds among what stores did that one did what somebody asked for; -1 where it did not.
func (h *holdings) didFor(store, person int32, right data.Right, purpose int32) int {
	return slices.IndexFunc(h.Done(), func(d data.Done) bool { return d.Store == store && d.Does(right, person, purpose) })
}

// facts lists what is behind the answer of a question about one of its people, and what
// somebody asked for without whom it would be otherwise.
func (w *world) facts(question, k int) (list []fact, asked plea) {
	h := &w.holdings
	asked.person = -1
	q := &h.Questions[question]
	switch q.Kind {
	case data.KeptAfterErasure:
		for _, person := range h.Overdue(question, 1) {
			return w.leftOf(question, person)
		}
	case data.CollectedAfterOptOut:
		return w.takenOf(question)
	case data.Unanswered:
		return w.owedTo(question)
	case data.Unnotified:
		return w.untold(question)
	case data.HoldersOf:
		person := q.Person + int32(k)
		list = h.forgotten(person)
		has := h.Held(person).Or(h.Kept(person))
		for _, store := range h.storesOf(has) {
			list = append(list, fact{store, fmt.Sprintf("%s has %s of %s", h.Stores[store].Name, strings.Join(h.within(has, store), ", "), h.PersonName(person))})
		}
	case data.CanLearn, data.Confidence:
		if best := h.surest(question); best >= 0 && h.Value(question, k) == 0 {
			k = best // any of them
		}
		_, lines := h.Recipe(question, k)
		for _, line := range lines {
			list = append(list, fact{h.last, line})
		}
	case data.Unicity:
		list = append(list, fact{q.Store, h.Told(question)})
	case data.StolenFrom:
		for _, t := range h.thefts() {
			if t.Store == h.Stores[q.Store].Name {
				list = append(list, fact{q.Store, fmt.Sprintf("%s has %s of %s, about %s", t.Who, strings.Join(t.Attributes, ", "), t.Store, peopleOf(t.People))})
			}
		}
	default:
		list = append(list, fact{q.Store, fmt.Sprintf("%s tells people apart by %s, of %d people", h.Stores[q.Store].Name, h.telling(q.Store), h.Subjects(q.Store))})
		if f, person := w.thinned(question); person >= 0 {
			list, asked = append(list, f), plea{person: person, right: data.Erasure}
		}
	}
	return list, asked
}

// forgotten says which stores forgot a person.
func (h *holdings) forgotten(person int32) (list []fact) {
	for _, d := range h.Done() {
		if d.Person != person || d.Right != data.Erasure || d.Items == 0 {
			continue
		}
		text := fmt.Sprintf("%s forgot %d items of %s at %s", h.Stores[d.Store].Name, d.Items, h.PersonName(person), d.At.Short())
		if !d.Asked {
			text += ", who had not asked for that"
		}
		list = append(list, fact{d.Store, text})
	}
	return list
}

// telling names what a store tells people apart by.
func (h *holdings) telling(store int32) string {
	var names []string
	for i := range h.Shelves {
		if a := &h.Attributes[h.Shelves[i].Attribute]; h.Shelves[i].Store == store && a.Trait && a.Kind == data.Quasi {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// leftOf says what is left of somebody who is to be forgotten, where it comes from and why it
// is there.
func (w *world) leftOf(question int, person int32) (list []fact, asked plea) {
	h := &w.holdings
	asked = plea{person: person, right: data.Erasure}
	held := h.Held(person).And(h.Up(question, person))
	for shelf := range int32(len(h.Shelves)) {
		if !held.Has(shelf) {
			continue
		}
		store := h.Shelves[shelf].Store
		asked.store = store + 1
		list = append(list, fact{store, fmt.Sprintf("%s still holds %s of %s%s", h.Stores[store].Name, h.attributeOf(shelf), h.PersonName(person), h.longer(store, person, data.Erasure))})
		for _, line := range h.origins(shelf, person) {
			list = append(list, fact{store, line})
		}
		for _, src := range h.Lineage(shelf, person) {
			if src.Depth == 0 && src.Intake != nil && src.Intake.Shelf != shelf {
				asked.backup = h.Shelves[src.Intake.Shelf].Store + 1
			}
		}
		return append(list, w.heeded(store, person, data.Erasure, -1)), asked
	}
	return list, asked
}

// takenOf says what was taken of somebody who had opted out; of what is gone since, nothing.
func (w *world) takenOf(question int) ([]fact, plea) {
	h := &w.holdings
	shelf, a := h.Unwelcome(question)
	if a == nil {
		return nil, plea{person: -1}
	}
	store := h.Shelves[shelf].Store
	_, to, _, _ := h.Span(shelf, a.Person)
	return []fact{
		{store, fmt.Sprintf("%s took %s of %s, who had %s at %s: up to that of %s", h.Stores[store].Name, h.attributeOf(shelf), h.PersonName(a.Person), stopping(a.Right), a.At.Short(), to.Short())},
		w.heeded(store, a.Person, a.Right, a.Purpose),
	}, plea{person: a.Person, right: a.Right, purpose: a.Purpose, store: store + 1}
}

// stopping says what somebody did who asked for a right that stops something.
func stopping(right data.Right) string {
	switch right {
	case data.Withdrawal:
		return "withdrawn consent"
	case data.Objection:
		return "objected"
	}
	return "opted out"
}

// owedTo says which stores owe an answer to the first who waits for one too long.
func (w *world) owedTo(question int) (list []fact, asked plea) {
	h := &w.holdings
	at := h.unanswered(question)
	if at >= 0 {
		a := &h.Asks()[at]
		owing := h.Late(question, at)
		asked = plea{person: a.Person, right: data.Access}
		for _, store := range h.storesOf(owing) {
			if asked.store == 0 {
				asked.store = store + 1
			}
			list = append(list, fact{store, fmt.Sprintf("%s owes %s an answer, who asked at %s%s", h.Stores[store].Name, h.PersonName(a.Person), a.At.Short(), h.longer(store, a.Person, data.Access))}, w.heeded(store, a.Person, data.Access, -1))
		}
		return list, asked
	}
	return nil, plea{person: -1}
}

// longer says that a store told somebody that it takes longer.
func (h *holdings) longer(store, person int32, right data.Right) string {
	e, ok := h.Extended(store, person, right)
	if !ok {
		return ""
	}
	return fmt.Sprintf(", whom it told at %s that it takes %s longer", e.At.Short(), lasting(e.By))
}

// heeded says whether a request of somebody ever came to a store, and what that did.
func (w *world) heeded(store, person int32, right data.Right, purpose int32) fact {
	h := &w.holdings
	name := h.Stores[store].Name
	if !w.plan.asksOf(int(store), right) {
		return fact{store, fmt.Sprintf("no request for %s can come to %s: nothing is wired to it", right.Noun(), name)}
	}
	at := h.didFor(store, person, right, purpose)
	switch {
	case at < 0 && h.Did(store, right, person, purpose): // so many were done that it is not listed
		return fact{store, fmt.Sprintf("%s has met the request for %s of %s; what it has came otherwise", name, h.wanted(right, purpose), h.PersonName(person))}
	case at < 0:
		text := fmt.Sprintf("%s has met no request for %s of %s so far", name, h.wanted(right, purpose), h.PersonName(person))
		if why := w.turnedAway(store, person, right, purpose); why != "" {
			text += ": " + why
		}
		return fact{store, text}
	}
	return fact{store, fmt.Sprintf("%s met the request for %s of %s at %s; what it has came otherwise", name, h.wanted(right, purpose), h.PersonName(person), h.Done()[at].At.Short())}
}

// wanted is what somebody asked for, in words.
func (h *holdings) wanted(right data.Right, purpose int32) string {
	if purpose < 0 {
		return right.Noun()
	}
	return right.Noun() + " (" + h.Purposes[purpose] + ")"
}

// swayedOf lists the cells that an injection had influence on.
func (w *world) swayedOf(list []signal.Slot) []signal.Slot {
	return slices.DeleteFunc(list, func(s signal.Slot) bool { return w.store.Stamp(s).Influence&w.injected() == 0 })
}

// peopleOf counts people.
func peopleOf(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}
