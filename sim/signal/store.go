package signal

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Writer says who wrote a cell: an index into the run's table of writers
// (handlers of devices, flows of messages, injections).
type Writer uint32

// A Mask is a set of roots: injections, acts, start values, chance. It flows
// along every declared read.
type Mask uint64

// A Stamp says who wrote a cell, when, and under whose influence.
type Stamp struct {
	At        vtime.Time
	Influence Mask
	By        Writer
}

// A Sway is a cell that came under another influence.
type Sway struct {
	Influence Mask
	Slot      Slot
}

// A Change is a committed write.
type Change struct {
	Slot    Slot
	Changed bool // the value is another than before
	Value   float64
}

// A Store holds the column that everybody reads, and beside each cell its Stamp.
// Writes are buffered until the end of a phase.
type Store struct {
	// V is the column as committed. Besides the store only the plant writes to
	// it, and only cells of continuous signals, which it computes on demand.
	V []float64

	// By and Influence are stamped on every write until they are set anew.
	By        Writer
	Influence Mask

	// Before, where it is set, is called with a watched slot whose value is about
	// to change, so that observers can look at it a last time.
	Before func(Slot)

	// Conflict, where it is set, is called when two writers set a cell to different
	// values in one phase.
	Conflict func(slot Slot, a, b Writer)

	// NotFinite, where it is set, is called when a cell becomes NaN or infinite.
	NotFinite func(slot Slot, value float64)

	// Points are the places where injections can step between a value and those
	// who see it.
	Points []Point

	// Fresh lists the cells that came under an influence that they were not under
	// before, each with what is new. Who passes it on empties it.
	Fresh []Sway

	stamps  []Stamp
	last    []uint32       // by slot: the phase in which it was written last, or index in pending
	phase   uint32         // counts the phases with writes
	twice   bool           // a cell was written twice in this phase
	special []special      // by slot
	place   map[Slot]int32 // of what is folded in place: the index of the point
	pending []write
	changes []Change
	// rankings are few, each over many cells.
	rankings []ranking
}

// special is what most cells are not.
type special uint8

const (
	isWatched special = 1 << iota // Before wants to know
	isFolded                      // a point folds it in place
	isRanked                      // extremes follow it
)

type write struct {
	value     float64
	influence Mask
	slot      Slot
	by        Writer
}

// NewStore returns a store of n cells, all zero, with the points.
func NewStore(n int, points []Point) *Store {
	s := &Store{
		V: make([]float64, n), Points: points,
		phase: 1, stamps: make([]Stamp, n), last: make([]uint32, n), special: make([]special, n), place: map[Slot]int32{},
	}
	for i, p := range points {
		if p.Shown >= 0 && p.Source == p.Shown {
			s.special[p.Shown] |= isFolded
			s.place[p.Shown] = int32(i)
		}
	}
	return s
}

// Watch makes Before be called for the slot.
func (s *Store) Watch(slot Slot) { s.special[slot] |= isWatched }

// Init sets a cell before the run.
func (s *Store) Init(slot Slot, value float64) {
	s.V[slot] = value
	if p := s.folded(slot); p != nil {
		p.Base = value
	}
	if s.special[slot]&isRanked != 0 {
		s.ranked(slot)
	}
}

// Set buffers a write until the end of the phase. Of several to one cell the
// last one stands.
func (s *Store) Set(slot Slot, value float64) {
	s.pending = append(s.pending, write{value, s.Influence, slot, s.By})
	s.twice = s.twice || s.last[slot] == s.phase
	s.last[slot] = s.phase
}

// Put writes a computed cell at once and reports whether its value changed.
func (s *Store) Put(slot Slot, value float64, influence Mask, by Writer, now vtime.Time) bool {
	if point := s.folded(slot); point != nil {
		written := value
		if value = point.write(value, now); same(point.Base, written) {
			point.by = by
		}
	}
	return s.show(slot, value, influence, by, now)
}

// folded returns the point that folds a cell in place, nil where there is none.
func (s *Store) folded(slot Slot) *Point {
	if s.special[slot]&isFolded == 0 {
		return nil
	}
	return &s.Points[s.place[slot]]
}

func (s *Store) show(slot Slot, value float64, influence Mask, by Writer, now vtime.Time) bool {
	stamp := &s.stamps[slot]
	if influence&^stamp.Influence != 0 {
		s.Taint(slot, influence)
	}
	if same(s.V[slot], value) {
		return false
	}
	if value-value != 0 && s.NotFinite != nil {
		s.NotFinite(slot, value)
	}
	if s.special[slot]&isWatched != 0 && s.Before != nil {
		s.Before(slot)
	}
	s.V[slot] = value
	stamp.At, stamp.By = now, by
	if s.special[slot]&isRanked != 0 {
		s.ranked(slot)
	}
	return true
}

// Pending reports whether writes are buffered.
func (s *Store) Pending() bool { return len(s.pending) > 0 }

// Commit shows the buffered writes and returns them, valid until the next
// Commit. A cell written with the value it had is among them, because a reading
// that is told again is news to whoever waits for it.
func (s *Store) Commit(now vtime.Time) []Change {
	s.changes = s.changes[:0]
	if s.twice {
		s.settleTwice()
	}
	for i := range s.pending {
		w := &s.pending[i]
		changed := s.Put(w.slot, w.value, w.influence, w.by, now)
		s.changes = append(s.changes, Change{w.slot, changed, s.V[w.slot]})
	}
	s.pending = s.pending[:0]
	s.phase++
	return s.changes
}

// settleTwice keeps of the writes to one cell the last one, in its place.
func (s *Store) settleTwice() {
	for i := range s.pending {
		s.last[s.pending[i].slot] = uint32(i)
	}
	kept := s.pending[:0]
	for i, w := range s.pending {
		if l := s.last[w.slot]; l == uint32(i) {
			kept = append(kept, w)
		} else if over := &s.pending[l]; over.by != w.by && !same(over.value, w.value) && s.Conflict != nil {
			s.Conflict(w.slot, w.by, over.by)
		}
	}
	s.pending, s.twice = kept, false
}

// Stamp returns who wrote the cell last, when, and under whose influence.
func (s *Store) Stamp(slot Slot) Stamp { return s.stamps[slot] }

// same compares bits: NaN is the same as itself, 0 is not -0.
func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// Taint adds to the influence on a cell, whether it is written or not: it might have
// been, but a message was lost.
func (s *Store) Taint(slot Slot, influence Mask) {
	stamp := &s.stamps[slot]
	if fresh := influence &^ stamp.Influence; fresh != 0 {
		stamp.Influence |= fresh
		s.Fresh = append(s.Fresh, Sway{fresh, slot})
	}
}

// Refold shows anew what a point makes of its source, and reports whether that
// changed the cell that shows it. The source was told anew, or else it is the
// layers that changed. A point that only messages carry shows nothing.
func (s *Store) Refold(point int, told bool, now vtime.Time) bool {
	p := &s.Points[point]
	if p.Shown < 0 {
		return false
	}
	x, by, influence := p.Base, p.by, s.Influence
	if p.Source != p.Shown {
		x = s.V[p.Source]
		stamp := s.stamps[p.Source]
		influence |= stamp.Influence
		if len(p.layers) == 0 {
			by = stamp.By
		}
	}
	for i := range p.layers {
		by, influence = p.layers[i].By, influence|p.layers[i].Roots
	}
	switch {
	case told:
		x = p.Tell(x, now)
	case p.OnlyTold:
		x = p.look(x, now)
	default:
		x = p.Fold(x, now)
	}
	return s.show(p.Shown, x, influence, by, now)
}

// Beneath returns the value beneath the layers of a point.
func (s *Store) Beneath(point int) float64 {
	p := &s.Points[point]
	if p.Source == p.Shown {
		return p.Base
	}
	return s.V[p.Source]
}
