package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Reading is a cell as a check read it: what it showed, since when, and who wrote it.
type Reading struct {
	Slot  signal.Slot
	Value float64
	At    vtime.Time
	By    signal.Writer
}

func archiveReading(a *snapshot.Archive, r *Reading) {
	snapshot.Int(a, &r.Slot)
	snapshot.Float(a, &r.Value)
	snapshot.Int(a, &r.At)
	snapshot.Int(a, &r.By)
}

// readings lists what a rule reads of the device that has a member: not the time, and
// not what is offered, which is the message itself.
func (w *world) readings(g *check.Guard, rule *check.Rule, m int) (list []Reading) {
	for _, slot := range slots(rule.Reads, m) {
		offered := slices.ContainsFunc(g.Objects, func(o check.Object) bool {
			return o.Offered > 0 && slot == o.Offered+signal.Slot(o.Stride)*signal.Slot(m)
		})
		if offered || slot == signal.Clock || slices.ContainsFunc(list, func(r Reading) bool { return r.Slot == slot }) {
			continue
		}
		stamp := w.store.Stamp(slot)
		list = append(list, Reading{slot, w.store.V[slot], stamp.At, stamp.By})
	}
	return list
}

// passedBy lists what the checks read that a message passed which told a cell what it
// shows, as far as it is still as it was then.
func (w *world) passedBy(slot signal.Slot, told signal.Stamp) (list []Reading) {
	for i := range w.plan.book.Flows {
		f := &w.plan.book.Flows[i]
		if f.By != told.By && w.plan.flowWriter(i) != told.By || f.Guard < 0 || !tells(&w.plan.book, f, slot) {
			continue
		}
		g := &w.plan.guards[f.Guard]
		for k := range g.Rules {
			if !judges(&w.plan.book, &g.Rules[k], f) {
				continue
			}
			for _, r := range w.readings(g, &g.Rules[k], w.plan.Signals.At(slot).Member) {
				if r.At <= told.At && !w.plan.g.continuous[r.Slot] && r.Slot != slot {
					list = append(list, r)
				}
			}
		}
		return list
	}
	return nil
}

// read links each check to what it read, and that to the injection behind it, where one
// is.
func (t *Tree) read(w *world) {
	for k := range t.Links {
		effect := t.Links[k].At
		for _, r := range t.Links[k].Read {
			if c := w.made(r.Slot, t.At); r.At <= effect {
				t.hang(w, w.behind(r, c, t.At), k, effect)
			}
		}
	}
}

// behind is the line of causes of what a check read: up to an injection, else that it
// was so.
func (w *world) behind(r Reading, c Cause, now vtime.Time) []Cause {
	c.Value = r.Value
	if c.At != r.At { // it is another one by now
		c.At = r.At
		if p := w.plan.writer(r.By); p.kind == wroteHandler {
			c.Kind, c.Who = DecisionCause, p.device
		}
		return []Cause{c}
	}
	chain := w.walk([]signal.Slot{r.Slot}, now) // what goes on is known now, not then
	if n := len(chain); n == 0 || chain[n-1].Kind != InjectionCause {
		return []Cause{c}
	}
	chain[0].Value = r.Value
	return chain
}
