package sim

import (
	"encoding"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
)

// archive archives a world between two instants. What a plan says is not in it,
// nor who records and samples.
func (w *world) archive(a *snapshot.Archive) {
	w.kernel.Archive(a, func(target uint32) bool { return target != w.sampled })
	w.devices.Archive(a)
	w.timeline.Archive(a) // and the store's and the network's state with it
	w.judgement.archive(a)
	w.archiveInfections(a)
	w.archiveSwarms(a)
	w.archiveData(a)
	w.plant.Archive(a)
	w.digest.archive(a)
	w.archiveStory(a)
	snapshot.Column(a, w.why, w.archiveCauses)
	snapshot.Column(a, w.trees, w.archiveTree)
	snapshot.Column(a, w.blames, w.archiveBlame)
	snapshot.Column(a, w.also, w.archiveSteps)
	snapshot.Column(a, w.again, func(a *snapshot.Archive, list *[]recurrence) { snapshot.Slice(a, list, w.archiveRecurrence) })
	snapshot.Column(a, w.amounts, snapshot.Float)
	snapshot.Column(a, w.models, snapshot.Int)
	snapshot.Column(a, w.spread.masks, snapshot.Int)
	snapshot.Column(a, w.observers, func(a *snapshot.Archive, o *observer) { o.archive(a) })
	w.archiveLayers(a)
	snapshot.Column(a, w.windows, func(a *snapshot.Archive, win *window) { win.archive(a) })
	snapshot.Int(a, &w.windowsDue)
	snapshot.Int(a, &w.looks)
	// Before the first instant all are about to look; later nobody is.
	snapshot.Slice(a, &w.touched, snapshot.Int)
	snapshot.Slice(a, &w.stirring, snapshot.Int)
	if a.Reading() {
		w.expect(a)
	}
}

// expect marks who is about to look.
func (w *world) expect(a *snapshot.Archive) {
	for _, i := range w.touched {
		if i < 0 || int(i) >= len(w.observers) {
			a.Fail("observer %d is about to look, which there is not", i)
			return
		}
		w.observers[i].touched = true
	}
	for _, i := range w.stirring {
		if i < 0 || int(i) >= len(w.windows) {
			a.Fail("window %d is about to begin, which there is not", i)
			return
		}
		w.windows[i].pending = true
	}
}

func (o *observer) archive(a *snapshot.Archive) {
	snapshot.Bool(a, &o.truth)
	snapshot.Float(a, &o.gap)
	snapshot.Int(a, &o.due)
	snapshot.Int(a, &o.looked)
	snapshot.Float(a, &o.margin)
	snapshot.Float(a, &o.lo)
	snapshot.Float(a, &o.hi)
	snapshot.Int(a, &o.sure)
	snapshot.Int(a, &o.rises)
	snapshot.Int(a, &o.since)
	snapshot.Int(a, &o.bursts)
	snapshot.Int(a, &o.quickest)
	if o.over != nil {
		o.over.archive(a)
	}
}

func (o *overseer) archive(a *snapshot.Archive) {
	o.monitor.Archive(a)
	snapshot.Int(a, &o.seen)
	for k := range o.holds {
		snapshot.Bool(a, &o.holds[k])
		snapshot.Float(a, &o.margins[k])
		snapshot.Float(a, &o.ranges[k].lo)
		snapshot.Float(a, &o.ranges[k].hi)
	}
	snapshot.Int(a, &o.decided)
	snapshot.Int(a, &o.violations)
	snapshot.Bool(a, &o.open)
}

func (win *window) archive(a *snapshot.Archive) {
	snapshot.Slice(a, &win.pieces, func(a *snapshot.Archive, p *piece) {
		snapshot.Int(a, &p.from)
		snapshot.Int(a, &p.to)
		for i := range p.c {
			snapshot.Float(a, &p.c[i])
		}
		snapshot.Float(a, &p.sum)
		snapshot.Bool(a, &p.constant)
	})
	snapshot.Int(a, &win.lastMoved)
	snapshot.Int(a, &win.hint)
	if win.hint < 0 || win.hint > len(win.pieces) {
		a.Fail("a window looks at piece %d of %d", win.hint, len(win.pieces))
	}
}

func (d *digest) archive(a *snapshot.Archive) {
	d.flush() // as many bytes in either part give the same sum
	state, err := d.hash.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		a.Fail("the digest cannot be kept: %v", err)
	}
	snapshot.Raw(a, &state)
	snapshot.Int(a, &d.at)
	if a.Reading() && a.Err() == nil {
		if err := d.hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
			a.Fail("the digest is damaged: %v", err)
		}
	}
}

func (w *world) archiveStory(a *snapshot.Archive) {
	s := &w.story
	for _, list := range []*[]StoryEvent{&s.events, &s.fresh} {
		snapshot.Slice(a, list, func(a *snapshot.Archive, e *StoryEvent) {
			snapshot.Int(a, &e.At)
			snapshot.Int(a, &e.Kind)
			snapshot.Int(a, &e.Index)
			snapshot.Slice(a, &e.Values, snapshot.Float)
			if a.Reading() && !w.mayTell(e) {
				a.Fail("the story tells %d of number %d with %d values", e.Kind, e.Index, len(e.Values))
			}
		})
	}
	snapshot.Int(a, &s.dropped)
	if snapshot.Slice(a, &s.last, snapshot.Float); len(s.last) > 0 && len(s.last) != len(w.plan.shown) {
		a.Fail("%d columns are %d", len(w.plan.shown), len(s.last))
	}
}

// mayTell reports whether there is what a line of the story is about.
func (w *world) mayTell(e *StoryEvent) bool {
	most := map[StoryKind]int{
		AppliedStep: len(w.plan.steps), StoppedStep: len(w.plan.steps), Reverted: len(w.plan.steps), ViolationBegan: len(w.plan.invariants),
		ViolationEnded: len(w.plan.invariants), ColumnChanged: len(w.plan.shown),
		Harmed: len(w.plan.harms), HazardBegan: len(w.plan.Dangers.Hazards), HazardEnded: len(w.plan.Dangers.Hazards), GainedStep: len(w.gains), HostCaught: len(w.caughts), CheckReacted: len(w.decisions),
		StoreDid: len(w.holdings.news),
	}
	n, about := most[e.Kind]
	return e.Kind <= Ended && (!about || e.Index >= 0 && e.Index < n) && (len(e.Values) == 0 || len(e.Values) == len(w.plan.shown))
}

func (w *world) archiveCauses(a *snapshot.Archive, chain *[]Cause) {
	snapshot.Slice(a, chain, w.archiveCause)
}

func (w *world) archiveCause(a *snapshot.Archive, c *Cause) {
	slot := c.Signal.Slot
	snapshot.Int(a, &c.Kind)
	snapshot.Int(a, &c.Omitted)
	snapshot.Int(a, &c.At)
	snapshot.Int(a, &slot)
	snapshot.Float(a, &c.Value)
	snapshot.Float(a, &c.Rate)
	snapshot.String(a, &c.Who)
	for _, text := range []*string{&c.Claimed, &c.True, &c.Check, &c.Owner, &c.Needed} {
		snapshot.String(a, text)
	}
	snapshot.Int(a, &c.Since)
	snapshot.Int(a, &c.Until)
	snapshot.Int(a, &c.Injection)
	snapshot.Float(a, &c.Otherwise)
	snapshot.Slice(a, &c.Read, archiveReading)
	if !a.Reading() {
		return
	}
	if slot < 0 || int(slot) >= w.plan.Signals.Len() || c.Injection < -1 || c.Injection >= len(w.plan.steps) ||
		c.Kind > LoadCause || c.Omitted > LoadCause {
		a.Fail("a cause names signal %d and step %d, which there are not", slot, c.Injection)
		return
	}
	if slot > signal.Clock || c.Injection < 0 {
		c.Signal = w.plan.Signals.At(slot)
	}
}

// archiveTree archives the causes of a violation that were asked for.
func (w *world) archiveTree(a *snapshot.Archive, t **Tree) {
	grown := *t != nil
	if snapshot.Bool(a, &grown); !grown {
		return
	}
	if a.Reading() {
		*t = &Tree{}
	}
	snapshot.Int(a, &(*t).At)
	snapshot.Slice(a, &(*t).Links, func(a *snapshot.Archive, l *Link) {
		w.archiveCause(a, &l.Cause)
		snapshot.Int(a, &l.Effect)
		snapshot.Slice(a, &l.Also, func(a *snapshot.Archive, e *Also) {
			snapshot.Int(a, &e.Effect)
			snapshot.String(a, &e.Needed)
		})
	})
	snapshot.Slice(a, &(*t).Roots, func(a *snapshot.Archive, r *Root) {
		snapshot.Int(a, &r.Injection)
		snapshot.Int(a, &r.Link)
		if r.Injection < 0 || r.Injection >= len(w.plan.steps) || r.Link < 0 || r.Link >= len((*t).Links) {
			a.Fail("a root is step %d at link %d, which there are not", r.Injection, r.Link)
		}
	})
	for i := range (*t).Links {
		if e := (*t).Links[i].Effect; e < -1 || e >= i {
			a.Fail("link %d leads to link %d", i, e)
			return
		}
		for _, also := range (*t).Links[i].Also {
			if also.Effect < -1 || also.Effect >= len((*t).Links) {
				a.Fail("link %d leads to link %d as well", i, also.Effect)
				return
			}
		}
	}
}
