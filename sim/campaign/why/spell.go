package why

import (
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// happens is when what is to be explained happens in a run, Never where it does not. One of several times
// of harm happens where the person is harmed so while it lasted, or where such harm begins between the one
// before and the one after (Between).
func (f *Finding) happens(i *sim.InvariantResult) vtime.Time {
	switch {
	case i.Verdict != monitor.Violated:
		return vtime.Never
	case f.Spell == nil:
		return i.At
	}
	after, before := f.Between()
	during := f.InvariantResult.Violations[f.Spell.Nth]
	for _, v := range i.Violations {
		if v.From > after && v.From < before || v.From < during.To && v.To > during.From {
			return v.From
		}
	}
	if before == vtime.Never && i.Count > len(i.Violations) { // those that are not kept apart come later
		return during.From
	}
	return vtime.Never
}

// Between is when the time of harm before the one that is explained was over, and when the one after it
// began: before the start, and Never, where there is none.
func (f *Finding) Between() (after, before vtime.Time) {
	after, before = -1, vtime.Never
	own := f.InvariantResult.Violations
	if f.Spell.Nth > 0 {
		after = own[f.Spell.Nth-1].To
	}
	if f.Spell.Nth+1 < len(own) {
		before = own[f.Spell.Nth+1].From
	}
	return after, before
}

// until is the invariant whose violation ends a run early, or "": of several times of harm is known at the end.
func (a *again) until() string {
	if a.Spell != nil {
		return ""
	}
	return a.Name
}
