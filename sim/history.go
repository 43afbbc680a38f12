package sim

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A History is a Recorder that keeps what changed in memory, up to a limit.
type History struct {
	Silent
	// Limit is how many changes are kept, 0 for MaxHistory.
	Limit   int
	signals *Signals
	slots   [][]Change
	courses [][]Course
	kept    int
	full    bool
}

// MaxHistory is the default limit of a History: about 128 MB.
const MaxHistory = 8 << 20

// A Change is a value of a signal from a time on.
type Change struct {
	At    vtime.Time
	Value float64 // SI
}

// Begin implements Recorder.
func (h *History) Begin(at vtime.Time, signals *Signals, values []float64) {
	h.signals, h.slots, h.courses = signals, make([][]Change, signals.Len()), make([][]Course, signals.Len())
	if h.Limit == 0 {
		h.Limit = MaxHistory
	}
	for s := range signals.All() {
		if !s.Internal {
			h.add(at, s.Slot, values[s.Slot])
		}
	}
}

// Change implements Recorder.
func (h *History) Change(at vtime.Time, slot signal.Slot, value float64) { h.add(at, slot, value) }

// Course implements Recorder.
func (h *History) Course(slot signal.Slot, c Course) {
	const asChanges = 5 // a course takes the room of so many
	if h.kept += asChanges; h.kept > h.Limit {
		h.full = true
		return
	}
	h.courses[slot] = append(h.courses[slot], c)
}

// Follows implements Recorder.
func (h *History) Follows(signal.Slot) Closeness { return Extremes }

func (h *History) add(at vtime.Time, slot signal.Slot, value float64) {
	if h.kept >= h.Limit {
		h.full = true
		return
	}
	if list := h.slots[slot]; len(list) > 0 && list[len(list)-1] == (Change{at, value}) {
		return
	}
	h.kept++
	h.slots[slot] = append(h.slots[slot], Change{at, value})
}

// Signal returns the recorded signal of a path. A path that does not exist is an
// error with the candidates.
func (h *History) Signal(path string) (*Signal, error) {
	if slot, ok := h.signals.Slot(path); ok { // else it is that of no device, or another name of a cell
		if s := h.signals.At(slot); !s.Internal && s.Path() == path {
			return h.signal(s)
		}
	}
	var near []string
	device, _, _ := strings.Cut(path, ".")
	for s := range h.signals.All() {
		if s.Internal {
			continue
		}
		if s.Path() == path {
			return h.signal(s)
		}
		if s.Device == device {
			near = append(near, s.Path())
		}
	}
	if len(near) == 0 {
		for s := range h.signals.All() {
			if d := s.Device; d != "" && !slices.Contains(near, d) {
				near = append(near, d)
			}
		}
		return nil, fmt.Errorf("there is no device of signal %q; the devices are %s", path, strings.Join(near, ", "))
	}
	return nil, fmt.Errorf("there is no signal %q; there are %s", path, strings.Join(near, ", "))
}

func (h *History) signal(s SignalInfo) (*Signal, error) {
	if h.full {
		return nil, fmt.Errorf("the run changed more than %d values; record fewer or a shorter run", h.Limit)
	}
	return &Signal{Info: s, Changes: h.slots[s.Slot], Courses: h.courses[s.Slot]}, nil
}

// A Signal is a signal as recorded.
type Signal struct {
	Info    SignalInfo
	Changes []Change // in order of time; of a continuous state where its steps begin
	Courses []Course // of a continuous signal
}

// Max returns the greatest value, in SI.
func (s *Signal) Max() float64 {
	x := math.Inf(-1)
	for _, c := range s.Changes {
		x = max(x, c.Value)
	}
	for i := range s.Courses {
		x = max(x, s.Courses[i].Max)
	}
	return x
}

// Min returns the least value, in SI.
func (s *Signal) Min() float64 {
	x := math.Inf(1)
	for _, c := range s.Changes {
		x = min(x, c.Value)
	}
	for i := range s.Courses {
		x = min(x, s.Courses[i].Min)
	}
	return x
}

// First returns the value where the recording begins.
func (s *Signal) First() float64 { return s.Changes[0].Value }

// Last returns the value at the end.
func (s *Signal) Last() float64 {
	if n := len(s.Courses); n > 0 {
		return s.Courses[n-1].At(s.Courses[n-1].To)
	}
	return s.Changes[len(s.Changes)-1].Value
}

// At returns the value at a time, of a continuous signal the one before a jump.
func (s *Signal) At(t vtime.Time) float64 {
	i := sort.Search(len(s.Courses), func(i int) bool { return s.Courses[i].To >= t })
	if i < len(s.Courses) && s.Courses[i].From <= t {
		return s.Courses[i].At(t)
	}
	i = sort.Search(len(s.Changes), func(i int) bool { return s.Changes[i].At > t })
	return s.Changes[max(0, i-1)].Value
}
