package data

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A handed item is in a message by which a broker told those of it who subscribe. Messages are known by
// when they were sent, so that each brings what was in it however late it comes, and what was in one that
// is lost is lost.
type handed struct {
	at     vtime.Time // when the message was sent
	came   vtime.Time // when the item came
	person int32
	number uint64 // of those that came to the row
	took   uint64 // by place among the hands of the shelf: who took it, or will never have it
}

// MaxHands is how many may subscribe to what a broker keeps about people of one sort.
const MaxHands = 64

// MostHanded is how many items of a shelf can be on their way, each of 40 bytes. More of them end the run.
const MostHanded = 4 << 20

// batches are what was handed on of a shelf, in the order of time.
type batches struct {
	list []handed
	tidy int // how many they are when those go that all took
}

// add adds an item that is told to so many.
func (b *batches) add(h handed, hands int) {
	if b.tidy = max(b.tidy, 64); len(b.list) >= b.tidy {
		b.list = slices.DeleteFunc(b.list, func(h handed) bool { return bits.OnesCount64(h.took) == hands })
		b.tidy = 2 * len(b.list)
	}
	b.list = append(b.list, h)
}

// sent returns where in the list those are that were sent at a time.
func (b *batches) sent(at vtime.Time) (first, last int) {
	first, _ = slices.BinarySearchFunc(b.list, at, func(h handed, at vtime.Time) int { return cmp.Compare(h.at, at) })
	for last = first; last < len(b.list) && b.list[last].at == at; last++ {
	}
	return first, last
}

// HandsOn reports whether what comes to a shelf is handed on at once.
func (s *State) HandsOn(shelf int32) bool { return s.Stores[s.Shelves[shelf].Store].Last }

// Receive takes in what the message of a broker brings that was sent at a time.
func (s *State) Receive(intake int32, sent, now vtime.Time) {
	from := s.Intakes[intake].From[0]
	b, bit := &s.handed[from], uint64(1)<<slices.Index(s.hands[from], intake)
	first, last := b.sent(sent)
	for i := first; i < last; i++ {
		if h := &b.list[i]; h.took&bit == 0 {
			h.took |= bit
			s.receive(intake, *h, now)
		}
	}
}

// Stray says that the message of a broker that was sent at a time does not come.
func (s *State) Stray(intake int32, sent vtime.Time) {
	from := s.Intakes[intake].From[0]
	b, bit := &s.handed[from], uint64(1)<<slices.Index(s.hands[from], intake)
	first, last := b.sent(sent)
	for i := first; i < last; i++ {
		b.list[i].took |= bit
	}
}

// Handed returns how many items of a shelf are on their way to those who subscribe, or were not long ago.
func (s *State) Handed(shelf int32) int { return len(s.handed[shelf].list) }

// receive takes in an item, and what is inferred of it.
func (s *State) receive(intake int32, h handed, now vtime.Time) {
	to := s.Intakes[intake].Shelf
	c := &s.cursors[intake][h.person-s.first[to]]
	span := Span{From: h.came, To: h.came, N: 1}
	if from := s.Intakes[intake].From[0]; s.Shelves[to].Fine > s.Shelves[from].Fine {
		span = span.coarser(s.Shelves[to].Fine, c.at)
	}
	c.at, c.total = max(c.at, h.came), max(c.total, h.number)
	s.take(to, h.person, intake, span, now)
	s.infer(to, h.person, now)
}

// Subscribe has a broker tell one who subscribes anew, by a message that is sent now, what it retains. They
// are not told what they have; what is on its way to them comes by this message.
func (s *State) Subscribe(intake int32, now vtime.Time) {
	from := s.Intakes[intake].From[0]
	b, bit := &s.handed[from], uint64(1)<<slices.Index(s.hands[from], intake)
	for i := range b.list {
		h := &b.list[i]
		if r := s.row(from, h.person); r.last.N > 0 && h.number == r.total {
			h.took |= bit
		}
	}
	others := (uint64(1)<<(len(s.hands[from])-1)<<1 - 1) &^ bit
	for k := range s.count[from] {
		person := s.first[from] + k
		if r := s.row(from, person); r.last.N > 0 && s.cursors[intake][k].total < r.total {
			b.add(handed{now, r.last.To, person, r.total, others}, len(s.hands[from]))
		}
	}
}

// archiveHanded archives what is on its way from brokers.
func (s *State) archiveHanded(a *snapshot.Archive) {
	for shelf := range s.handed {
		b := &s.handed[shelf]
		if len(s.hands[shelf]) == 0 {
			continue
		}
		snapshot.Int(a, &b.tidy)
		snapshot.Slice(a, &b.list, func(a *snapshot.Archive, h *handed) {
			snapshot.Int(a, &h.at)
			snapshot.Int(a, &h.came)
			snapshot.Int(a, &h.person)
			snapshot.Int(a, &h.number)
			if snapshot.Int(a, &h.took); !s.has(int32(shelf), h.person) {
				a.Fail("something was handed on of person %d, of whom nothing is kept", h.person)
				h.person = s.first[shelf]
			}
		})
	}
}
