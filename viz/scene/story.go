package scene

import (
	"cmp"
	"slices"
	"sort"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// mostLines bounds how many lines of a story are kept.
const mostLines = 100_000

// A Line is a line of the story.
type Line struct {
	trace.Event
	Lane Lane
	// Text is what happened in plain words, Detail what more is known.
	Text, Detail string
	// Device is the number of a device that it is of, or -1.
	Device int
}

// A Lane is a row of the timeline.
type Lane uint8

// The lanes.
const (
	Attack Lane = iota
	Messages
	Control
	Physics
	Harm
	Invariants
	Lanes // how many there are
)

// String returns the lane's name.
func (l Lane) String() string {
	return [...]string{"Attack", "Messages", "Control", "Physics", "Harm", "Invariants", ""}[min(l, Lanes)]
}

// A Story is what happened, in order of time.
type Story struct {
	Lines []Line
	// Cut says that there were more lines than are kept.
	Cut   bool
	trace *trace.Trace
	next  vtime.Time // up to where it was read
	done  bool
	err   error
	torn  bool           // the page before could not be read
	names map[string]int // devices
}

func newStory(t *trace.Trace) *Story {
	s := &Story{trace: t, next: t.Header.From, names: map[string]int{}}
	for i := range t.Header.Devices {
		s.names[t.Header.Devices[i].ID] = i
	}
	return s
}

// Done reports whether all has been read, or as much as can be.
func (s *Story) Done() bool { return s.done }

// Until returns the time up to which it has been read.
func (s *Story) Until() vtime.Time {
	if s.done {
		return s.trace.Last()
	}
	return s.next
}

// Err returns why something could not be read: what there is of it is in the story.
func (s *Story) Err() error { return s.err }

// Read reads a page more. It returns how much has been read, from 0 to 1.
func (s *Story) Read() float64 {
	if s.done {
		return 1
	}
	last := s.trace.Last()
	to := min(s.trace.PageEnd(s.next), last)
	if to >= last || to == vtime.Never {
		to, s.done = last, true
	}
	from := s.next
	if s.torn {
		from++ // or else the page before is read once more
	}
	s.torn = false
	for e, err := range s.trace.Events(from, to) {
		if err != nil { // what comes after is read all the same
			s.err, s.torn = cmp.Or(s.err, err), true
			break
		}
		if !s.done && e.At >= to {
			break
		}
		s.add(e)
	}
	s.next = to
	if s.done {
		slices.SortStableFunc(s.Lines, func(a, b Line) int { return int(max(-1, min(1, a.At-b.At))) })
		return 1
	}
	return float64(s.next-s.trace.Header.From) / float64(max(1, last-s.trace.Header.From))
}

// ReadAll reads all of it.
func (s *Story) ReadAll() error {
	for !s.done {
		s.Read()
	}
	return s.err
}

func (s *Story) add(e trace.Event) {
	if len(s.Lines) == mostLines {
		s.Cut = true
		return
	}
	if s.twice(e.Kind) {
		return
	}
	s.Lines = append(s.Lines, s.line(e))
}

// twice reports whether the story says otherwise already what an event says: what the
// result tells of hosts is what is worth to be told of malware, where there is a result.
func (s *Story) twice(k trace.EventKind) bool {
	if s.trace.Result == nil {
		return k == trace.HostTold
	}
	return k == trace.Infected || k == trace.Cleared
}

// After returns the number of the first line after a time.
func (s *Story) After(when vtime.Time) int {
	return sort.Search(len(s.Lines), func(i int) bool { return s.Lines[i].At > when })
}

// Violations returns when invariants began to be violated, in order of time; of a story
// that is not read to its end what the trace's result says.
func (s *Story) Violations() (list []vtime.Time) {
	for i := range s.Lines {
		if s.Lines[i].Kind == trace.ViolationBegan {
			list = append(list, s.Lines[i].At)
		}
	}
	if r := s.trace.Result; r != nil && !s.done {
		for i := range r.Invariants {
			if at := r.Invariants[i].At; at != nil && r.Invariants[i].Verdict == "violated" {
				list = append(list, *at)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// settle says what of the story is so at a time.
func (s *Story) settle(x *Scene, when vtime.Time) {
	h := &s.trace.Header
	x.Devices = grown(x.Devices, len(h.Devices))
	x.Steps = grown(x.Steps, len(h.Steps))
	x.Broken = grown(x.Broken, len(h.Invariants))
	x.Harmed = grown(x.Harmed, len(h.People))
	x.Present = grown(x.Present, len(h.Hazards))
	for i := range x.Devices {
		x.Devices[i].Step = -1
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.At > when {
			break
		}
		s.apply(x, l)
	}
	for i, p := range x.Steps {
		if d := s.target(i); p == InForce && d >= 0 {
			x.Devices[d].Step = i
		}
	}
}

// grown is a slice of n zeros in the room of another.
func grown[T any](list []T, n int) []T {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}
