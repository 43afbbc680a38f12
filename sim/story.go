package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A StoryKind is what sort of thing happened.
type StoryKind uint8

// The kinds of story.
const (
	Began StoryKind = iota
	AppliedStep
	StoppedStep
	Reverted
	ViolationBegan
	ViolationEnded
	ColumnChanged // a shown signal that is true or false, or one of some labels
	GainedStep    // an attacker has something that it had not before
	CheckReacted  // for the first time
	HostCaught    // a malware came to a host, left it, or was stopped for the first time
	Harmed        // a person is, as badly as that
	HazardBegan
	HazardEnded
	StoreDid // what people asked for, or something was done with what it holds
	Ended
)

// A StoryEvent is one line of a run's story.
type StoryEvent struct {
	At   vtime.Time
	Kind StoryKind
	// Index is the step, the invariant, the column, the gain, the decision, the harm (of
	// Plan.Harms), the hazard or the news (of Privacy.Stories) that it is about.
	Index int
	// Values are those of the plan's columns when the instant was settled.
	Values []float64
}

// MaxStory is how many lines of a story are kept.
const MaxStory = 2000

// story collects the lines of a run.
type story struct {
	events  []StoryEvent
	fresh   []StoryEvent // of the present instant: their values are not known yet
	dropped int
	last    []float64
}

func (s *story) add(at vtime.Time, kind StoryKind, index int) {
	s.fresh = append(s.fresh, StoryEvent{At: at, Kind: kind, Index: index})
}

// harmed tells that a person is harmed; of several severities at once only the worst.
func (s *story) harmed(at vtime.Time, all []Harm, index int) {
	s.fresh = slices.DeleteFunc(s.fresh, func(e StoryEvent) bool {
		return e.Kind == Harmed && all[e.Index].Person == all[index].Person && all[e.Index].Exposure == all[index].Exposure
	})
	s.add(at, Harmed, index)
}

// tell completes the lines of the present instant with the columns' values.
func (w *world) tell(now vtime.Time) {
	values := w.columns(now)
	for _, e := range w.story.fresh {
		last := w.story.last
		if e.Kind == ColumnChanged && last != nil && last[e.Index] == values[e.Index] {
			continue
		}
		e.Values = values
		w.record.Told(&e)
		if len(w.story.events) >= MaxStory && e.Kind != Ended {
			w.story.dropped++
			continue
		}
		w.story.events = append(w.story.events, e)
	}
	w.story.last = values
	w.story.fresh = w.story.fresh[:0]
}

// columns evaluates what the story shows.
func (w *world) columns(now vtime.Time) []float64 {
	values := make([]float64, len(w.plan.shown))
	for i := range w.plan.shown {
		values[i] = w.plant.Value(&w.plan.columnWatches[i], w.plan.shown[i].Expression.Eval.Of(), now)
	}
	return values
}

// columnChanged notes that a cell of a shown column changed, once in an instant.
func (w *world) columnChanged(i int, now vtime.Time) {
	if slices.ContainsFunc(w.story.fresh, func(e StoryEvent) bool { return e.Kind == ColumnChanged && e.Index == i }) {
		return
	}
	if t := w.plan.shown[i].Expression.Type; t == signal.Bool || t == signal.Enum {
		w.story.add(now, ColumnChanged, i)
	}
}
